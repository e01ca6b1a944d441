package config

import "strings"

// PersonForm is the form, in RE2, of one person's pseudonym as agencies send it: the id of the
// key that it was made with (one of keyIDs; any eight digits, or none, where there are none),
// and 32 to 64 hexadecimal digits.
func PersonForm(keyIDs []string) string {
	key := "([0-9a-f]{8}-)?"
	if len(keyIDs) > 0 {
		key = "(" + strings.Join(keyIDs, "|") + ")-"
	}
	return key + "[0-9a-f]{32,64}"
}

// PseudonymForm is PersonForm, or an unborn child's: its mother's, with the month in which it
// is expected.
func PseudonymForm(keyIDs []string) string {
	return PersonForm(keyIDs) + "(:U[0-9]{4}-(0[1-9]|1[0-2]))?"
}
