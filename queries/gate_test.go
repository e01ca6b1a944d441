package queries_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wherry/queries"
)

// attacks are SELECTs, and other statements, that must be refused before they run. FILE is
// a file that exists, OUT one that must not come to exist.
var attacks = []string{
	// writing
	"copy core.marac_case to 'OUT'",
	"copy (select 1) to 'OUT' (format csv)",
	"export database 'OUT'",
	"create table core.mine as select 1 as at",
	"create temp table mine as select 1",
	"create or replace macro working_days(a, b) as 0",
	"create persistent secret s (type s3, key_id 'x', secret 'y')",
	"insert into victim.row values (2)",
	"update victim.row set n = 2",
	"delete from victim.row",
	"drop table victim.row",
	"truncate victim.row",
	"alter table victim.row add column x integer",
	"attach 'OUT' as other",
	"attach 'FILE' as other",
	"checkpoint",
	"vacuum",
	"begin transaction",
	"explain analyze delete from victim.row",
	"with gone as (delete from victim.row returning n) select n from gone",
	// two statements
	"drop table victim.row; select discussed_at as at from core.marac_case",
	"select discussed_at as at from core.marac_case; drop table victim.row",
	"select discussed_at as at from core.marac_case; select 1",
	"select 1) as x; drop table victim.row; select * from (select 1",
	"select discussed_at as at from core.marac_case -- \n; drop table victim.row",
	// settings, calls, pragmas
	"set threads = 1",
	"set variable x = 1",
	"reset threads",
	"pragma database_list",
	"pragma profiling_output = 'OUT'",
	"set log_query_path = 'OUT'",
	"set lock_configuration = false",
	"call enable_logging(storage = 'file', storage_config = {'path': 'OUT'})",
	"call pragma_version()",
	"install httpfs",
	"load httpfs",
	"use core",
	"prepare p as select 1",
	"execute p",
	// reading files and the network
	"select content::timestamp as at from read_text('FILE')",
	"select * from read_blob('FILE')",
	"select * from read_csv('FILE')",
	"select * from read_json('FILE')",
	"select * from read_parquet('FILE')",
	"select * from read_duckdb('FILE')",
	"select * from 'FILE'",
	"from 'FILE'",
	"select * from core.csv",
	"select * from glob('*')",
	"select * from sniff_csv('FILE')",
	"select * from parquet_metadata('FILE')",
	"select * from 'https://example.org/x.csv'",
	"describe 'FILE'",
	"summarize 'FILE'",
	"select discussed_at as at from core.marac_case where exists (select 1 from read_text('FILE'))",
	"select (select content from read_text('FILE'))::timestamp as at",
	"select discussed_at as at from core.marac_case union all select * from read_text('FILE')",
	"with x as (select * from read_text('FILE')) select discussed_at as at from core.marac_case",
	"select discussed_at as at from core.marac_case, lateral (select * from read_text('FILE'))",
	// SQL in text
	"select * from query('select 1')",
	"select * from query_table('core.marac_case')",
	"select * from query_table(['victim.row'])",
	"select * from json_execute_serialized_sql(json_serialize_sql('select 1'))",
	"select json_serialize_sql('select 1') as at",
	"select * from sql_auto_complete('s')",
	// the session and the catalogue
	"show tables",
	"show all tables",
	"describe core.marac_case",
	"summarize core.marac_case",
	"select current_setting('home_directory') as at",
	"select getenv('HOME') as at",
	"select getvariable('x') as at",
	"select version() as at",
	"select current_database() as at",
	"select current_date as at from core.marac_case",
	"select current_timestamp as at from core.marac_case",
	"select today()::date as at from core.marac_case",
	"select now()::timestamp as at from core.marac_case",
	"select age(discussed_at) as at from core.marac_case",
	"select random() as at",
	"select gen_random_uuid() as at",
	"select nextval('s') as at",
	"select txid_current() as at",
	"select user as at",
	"select * from duckdb_settings()",
	"select * from duckdb_databases()",
	"select * from duckdb_secrets()",
	"select * from duckdb_tables()",
	"select * from information_schema.tables",
	"select * from pg_catalog.pg_tables",
	"select * from sqlite_master",
	"select * from main.sqlite_master",
	// other tables
	"select discussed_at as at from landing.marac_case",
	"select arrived_on as at from ledger.delivery",
	"select day as at from reference.calendar",
	"select n as at from victim.row",
	"select n as at from memory.core.marac_case",
	"select discussed_at as at from marac_case",
	"select discussed_at as at from CORE.nothing",
	"select discussed_at as at from core.\"marac_case\" where repeat_flag in (select n::varchar from victim.row)",
	"select discussed_at as at from core.marac_case at (timestamp => now())",
	// a common table expression is seen only where it is in scope
	"select discussed_at as at from core.marac_case where exists (with x as (select 1) select 1 from x) and exists (select 1 from x)",
	"with a as (select 1 from b), b as (select 1) select discussed_at as at from core.marac_case",
	"with \"victim.row\" as (select 1) select n as at from victim.row",
	// shapes a measure does not need
	"with recursive t as (select 1 as n union all select n + 1 from t) select discussed_at as at from core.marac_case",
	"select discussed_at as at from core.marac_case using sample 10%",
	"select discussed_at as at from core.marac_case limit 5",
	"select * from core.marac_case",
	"select columns('at') from core.marac_case",
	"select columns(*) from (select discussed_at as at from core.marac_case)",
	"select $1 as at",
	"select ? as at",
	"select $name as at from core.marac_case",
	"pivot core.marac_case on model using count(*)",
	"select discussed_at as at from core.marac_case order by #1",
	"values (1)",
	"table core.marac_case",
	"select 'x'::regclass as at",
	"select discussed_at as at from core.marac_case positional join core.agency_referral join read_text('FILE') on true",
	"",
	";",
	"select",
	"/* nothing */",
}

// inside is the attacks that start as a query does, each as a common table expression of an
// otherwise good measure. Those that are refused for their outermost form alone are left out.
func inside(attacks []string) []string {
	harmless := []string{"values (1)", "table core.marac_case", "select * from core.marac_case"}
	var wrapped []string
	for _, a := range attacks {
		word, _, _ := strings.Cut(a, " ")
		if slices.Contains([]string{"select", "from", "with", "describe", "summarize", "show", "values", "table"}, word) && !slices.Contains(harmless, a) {
			wrapped = append(wrapped, "with hidden as (\n"+a+"\n) select discussed_at as at from core.marac_case")
		}
	}
	return wrapped
}

// TestGateRefuses runs every attack past Check, and proves that nothing of it ran: the table
// and the file are as they were, and no new file has come.
func TestGateRefuses(t *testing.T) {
	db := open(t)
	dir := t.TempDir()
	file, out := filepath.Join(dir, "file.csv"), filepath.Join(dir, "out")
	if err := os.WriteFile(file, []byte("at\n2026-01-01\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	exec(t, db, "create schema victim; create table victim.row as select 1 as n")
	for _, attack := range append(inside(attacks), attacks...) {
		text := strings.NewReplacer("FILE", file, "OUT", out).Replace(attack)
		m := &queries.Measure{ID: "XX1", Kind: queries.Count, Path: "measures/x/x.sql", SQL: text, Line: 10}
		if problems := queries.Check(context.Background(), db, m); len(problems) == 0 {
			t.Errorf("not refused: %s", attack)
		} else if problems[0].Line < 10 {
			t.Errorf("%s: refused at line %d, outside the SELECT", attack, problems[0].Line)
		}
		var n, rows int
		if err := db.QueryRow("select min(n), count(*) from victim.row").Scan(&n, &rows); err != nil || n != 1 || rows != 1 {
			t.Fatalf("%s: it ran: n %d, rows %d, %v", attack, n, rows, err)
		}
		if found, _ := filepath.Glob(filepath.Join(dir, "*")); len(found) != 1 {
			t.Fatalf("%s: it wrote %v", attack, found)
		}
	}
}

// TestAttacksWorkWithoutTheGate shows that the test above can see harm: run straight, the
// same texts read a file, write one and drop the table.
func TestAttacksWorkWithoutTheGate(t *testing.T) {
	db := open(t)
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	exec(t, db, "create schema victim; create table victim.row as select 1 as n")
	exec(t, db, "copy (select 1) to '"+out+"'")
	if _, err := os.Stat(out); err != nil {
		t.Errorf("copy wrote nothing: %v", err)
	}
	var content string
	if err := db.QueryRow("select content from read_text('" + out + "')").Scan(&content); err != nil || content == "" {
		t.Errorf("read_text read nothing: %v", err)
	}
	if stmt, err := db.Prepare("drop table victim.row; select 1"); err == nil {
		defer func() { _ = stmt.Close() }()
	}
	if _, err := db.Exec("select n from victim.row"); err == nil {
		t.Error("preparing two statements did not run the first: the reason for the gate is gone")
	}
}

// TestGatePasses holds what measures need, so that the gate does not refuse everything.
func TestGatePasses(t *testing.T) {
	db := open(t)
	for _, text := range []string{
		"select discussed_at as at from core.marac_case",
		"SELECT discussed_at AS at FROM Core.MARAC_Case -- the end",
		"select discussed_at as at, district from core.marac_case;",
		"with a as (select * from core.marac_case), b as (select * from a) select b.discussed_at as at from b order by 1",
		"select m.discussed_at as at from core.marac_case m left join core.agency_referral r on r.child_key = m.victim_key",
		"select discussed_at as at from core.marac_case where exists (select 1 from core.agency_referral r where r.child_key = victim_key)",
		"select d as at from (select unnest(generate_series(date '2026-01-01', date '2026-01-03', interval 1 day))::date as d)",
		"select discussed_at as at from core.marac_case, range(3) as r(i), unnest([1, 2]) as u(x)",
		"select max(discussed_at) as at from core.marac_case group by victim_key having count(*) > 1",
		"select discussed_at as at from core.marac_case qualify row_number() over (partition by victim_key order by discussed_at) = 1",
		"select case when working_days(discussed_at, closed_at) between 1 and 5 then discussed_at else closed_at end as at from core.marac_case",
		"select a.discussed_at as at from core.marac_case a where a.victim_disability::decimal(4, 1) > 1",
		"select discussed_at as at from core.marac_case intersect select closed_at from core.marac_case",
		"select distinct discussed_at as at from core.marac_case where len(list_filter(['a'], lambda x : x = model)) > 0",
	} {
		m := &queries.Measure{ID: "XX1", Kind: queries.Count, Path: "x.sql", SQL: text, Line: 1}
		if problems := queries.Check(context.Background(), db, m); len(problems) > 0 {
			t.Errorf("%s:\n%v", text, problems)
		}
	}
}

// TestColumnContract is the columns each kind needs.
func TestColumnContract(t *testing.T) {
	db := open(t)
	for _, c := range []struct {
		name, sql string
		measure   queries.Measure
		want      string
	}{
		{"missing met", "select discussed_at as at from core.marac_case", queries.Measure{Kind: queries.Proportion}, `does not give "met"`},
		{"extra column", "select discussed_at as at, victim_key from core.marac_case", queries.Measure{Kind: queries.Count}, `gives "victim_key"`},
		{"near miss", "select discussed_at as at, true as mett from core.marac_case", queries.Measure{Kind: queries.Proportion}, "did you mean met?"},
		{"text for met", "select discussed_at as at, repeat_flag as met from core.marac_case", queries.Measure{Kind: queries.Proportion}, "met is varchar, not boolean"},
		{"text for at", "select victim_key as at from core.marac_case", queries.Measure{Kind: queries.Count}, "at is varchar"},
		{"breakdown", "select discussed_at as at from core.marac_case", queries.Measure{Kind: queries.Count, Breakdowns: []string{"model"}}, `does not give "model"`},
		{"unit", "select discussed_at as at from core.marac_case", queries.Measure{Kind: queries.Count, Unit: "victim_key"}, `does not give "victim_key"`},
		{"duration", "select discussed_at as at, 1 as days from core.marac_case", queries.Measure{Kind: queries.Duration}, `does not give "ended"`},
		{"unknown column", "select\n  discussed_at as at,\n  nothing as district\nfrom core.marac_case", queries.Measure{Kind: queries.Count}, "x.sql:12"},
	} {
		c.measure.Path, c.measure.SQL, c.measure.Line = "x.sql", c.sql, 10
		problems := queries.Check(context.Background(), db, &c.measure)
		if got := problems.Error(); !strings.Contains(got, c.want) {
			t.Errorf("%s: want %q in:\n%s", c.name, c.want, got)
		}
	}
}
