package config

import (
	"fmt"
	"strings"
)

// HeaderKey is a header without what people and spreadsheets do to it: "Visit Key " and
// "visit-key" are both visit_key.
func HeaderKey(header string) string {
	words := strings.FieldsFunc(strings.ToLower(strings.Trim(header, " \t\r\n\u00a0\ufeff\"")), func(r rune) bool {
		return strings.ContainsRune(" _-\t\r\n\u00a0", r)
	})
	return strings.Join(words, "_")
}

// headers checks that each header under which a column may come means one column, and that
// no other name lets personal data in.
func (k *contractCheck) headers() {
	means := map[string]string{}
	for i, col := range k.Columns {
		for j, header := range col.Headers() {
			path := fmt.Sprintf("columns.%d.aliases.%d", i, j-1)
			if j == 0 {
				path = fmt.Sprintf("columns.%d.name", i)
			}
			key := HeaderKey(header)
			switch other, taken := means[key]; {
			case j > 0 && key == "":
				k.s.add(path, "an alias is blank", "write the header as the agency sends it")
			case j > 0 && PersonalWord(header) != "":
				k.s.add(path, fmt.Sprintf("alias %q looks like personal data", header), "ask the agency to leave the column out")
			case taken && (j > 0 || other != col.Name) && key != "":
				k.s.add(path, fmt.Sprintf("header %q stands for the column %q already", header, other), "give each column headers of its own")
			}
			means[key] = col.Name
		}
	}
}
