package queries_test

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"

	"wherry/config"
	"wherry/queries"
)

// example is the repository's own partnership.
func example(t testing.TB) *config.Partnership {
	t.Helper()
	p, err := config.Load(t.TempDir(), os.DirFS("../config"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// columnType is how a contract's column lies in landing.
func columnType(kind string) string {
	switch kind {
	case "list":
		return "varchar[]"
	case "date":
		return "date"
	case "timestamp":
		return "timestamp"
	case "integer":
		return "bigint"
	case "decimal":
		return "double"
	}
	return "varchar"
}

// schemaOf is the statements that make an empty warehouse.
func schemaOf(t testing.TB) []string {
	t.Helper()
	statements := []string{sqlFile(t, "schema/ledger.sql")}
	for _, c := range example(t).Contracts {
		var columns []string
		for _, col := range c.Columns {
			columns = append(columns, fmt.Sprintf("%q %s", col.Kept(), columnType(col.Type)))
		}
		statements = append(statements, fmt.Sprintf("create table landing.%q (%s, delivery_id varchar, line bigint)", c.Feed, strings.Join(columns, ", ")))
	}
	for table, file := range map[string]string{"area": "geography/areas.csv", "population": "reference/population.csv", "bank_holiday": "reference/bank_holidays.csv"} {
		statements = append(statements, fmt.Sprintf("insert into reference.%s select * from read_csv('../config/%s', header=true)", table, file))
	}
	for _, piece := range example(t).Pieces() {
		statements = append(statements, fmt.Sprintf("insert into reference.piece values ('%s', '%s')", piece.District, piece.Unitary))
	}
	statements = append(statements, `insert into reference.calendar
select day, working, sum(working::integer) over (order by day)::bigint
from (select day::date as day, isodow(day) < 6 and day::date not in (select day from reference.bank_holiday) as working
      from generate_series(timestamp '2015-01-01', timestamp '2035-12-31', interval 1 day) as d(day))`)
	for _, folder := range []string{"macros", "core"} {
		names, err := fs.Glob(queries.Files, folder+"/*.sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			statements = append(statements, sqlFile(t, name))
		}
	}
	return statements
}

func sqlFile(t testing.TB, name string) string {
	t.Helper()
	text, err := fs.ReadFile(queries.Files, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestMain makes one empty warehouse, which tests copy.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "queries")
	if err != nil {
		panic(err)
	}
	template = filepath.Join(dir, "template.duckdb")
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

var (
	template     string
	makeTemplate sync.Once
)

// opener gives empty warehouses: copies of one that is made once.
func opener(t testing.TB) func(context.Context) (*sql.DB, error) {
	t.Helper()
	makeTemplate.Do(func() {
		db, err := sql.Open("duckdb", template)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for _, s := range schemaOf(t) {
			exec(t, db, s)
		}
		exec(t, db, "checkpoint")
	})
	dir, n := t.TempDir(), 0
	return func(context.Context) (*sql.DB, error) {
		text, err := os.ReadFile(template)
		if err != nil {
			return nil, err
		}
		n++
		path := filepath.Join(dir, fmt.Sprintf("%d.duckdb", n))
		if err := os.WriteFile(path, text, 0o600); err != nil {
			return nil, err
		}
		db, err := sql.Open("duckdb", path)
		if err == nil {
			db.SetMaxOpenConns(1)
		}
		return db, err
	}
}

func open(t testing.TB) *sql.DB {
	t.Helper()
	db, err := opener(t)(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func exec(t testing.TB, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.Exec(statement); err != nil {
		t.Fatalf("%v in %s", err, statement)
	}
}

func date(y int, m time.Month, d int) time.Time { return config.Day(y, m, d) }
