package screen

import (
	"regexp"
	"strings"
)

var tenDigits = regexp.MustCompile(`^[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}$`)

// TenDigits is the ten digits of a number written as an NHS number is, "" for anything
// else. Ten equal digits pass the check of NHS numbers and are used for "missing": they are
// none.
func TenDigits(s string) string {
	s = strings.TrimSpace(s)
	if !tenDigits.MatchString(s) {
		return ""
	}
	digits := strings.NewReplacer(" ", "", "-", "").Replace(s)
	if strings.Count(digits, digits[:1]) == 10 {
		return ""
	}
	return digits
}

// NHS says whether s is written as an NHS number and passes its check digit.
func NHS(s string) bool {
	digits := TenDigits(s)
	if digits == "" {
		return false
	}
	sum := 0
	for i := range 9 {
		sum += (10 - i) * int(digits[i]-'0')
	}
	check := (11 - sum%11) % 11
	return check != 10 && check == int(digits[9]-'0')
}
