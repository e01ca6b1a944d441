package warehouse

import "strings"

// Ident writes s as an SQL identifier: whatever s holds, DuckDB reads one name.
func Ident(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// Text writes s as an SQL string: whatever s holds, DuckDB reads one string.
func Text(s string) string { return `'` + strings.ReplaceAll(s, `'`, `''`) + `'` }

// List writes strings as an SQL list of strings.
func List(ss []string) string {
	quoted := make([]string, len(ss))
	for i, s := range ss {
		quoted[i] = Text(s)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
