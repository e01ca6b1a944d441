package warehouse

import (
	"strings"
	"testing"
)

func FuzzQuoting(f *testing.F) {
	for _, s := range []string{"", "plain", `a"b`, "it's", `"; drop table t; --`, "'; drop table t; --", "x\ny", `\'`, "é £", "$1", "/*", "--"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsRune(s, 0) || strings.ToValidUTF8(s, "") != s {
			t.Skip("neither can reach SQL: intake takes no such header")
		}
		db := must(Memory(t.Context()))(t)
		defer db.Close()
		db.SetMaxOpenConns(1)
		var got string
		check(t, db.QueryRowContext(t.Context(), "select "+Text(s)).Scan(&got))
		if got != s {
			t.Errorf("Text(%q) was read as %q", s, got)
		}
		if s == "" {
			return
		}
		must(db.ExecContext(t.Context(), "create table t ("+Ident(s)+" integer)"))(t)
		check(t, db.QueryRowContext(t.Context(), "select column_name from duckdb_columns() where table_name = 't'").Scan(&got))
		if got != s {
			t.Errorf("Ident(%q) was read as %q", s, got)
		}
	})
}
