package sample_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wherry/config"
	"wherry/pipelines/sample"
)

// plainly has every feed sent as plain CSV, so that one reader reads them all.
func plainly(p *config.Partnership) {
	for _, c := range p.Contracts {
		c.File.Formats, c.File.Encoding, c.File.Delimiter = []string{"csv"}, "", ","
	}
}

// TestEveryRowIsAcceptedByItsContract holds each value and row of every feed against its
// contract: only the planted faults break it, and each breaks the rule it was planted for.
func TestEveryRowIsAcceptedByItsContract(t *testing.T) {
	p := partnership(t)
	plainly(p)
	inbox, s := made(t, p, sample.Options{Rows: 60_000})
	db := memory(t)
	db.SetMaxOpenConns(1)
	for _, c := range p.Contracts {
		if c.InsteadOf != "" && c.Feed != "school_response_count" {
			continue // the sample's agencies send rows
		}
		c.Columns = slices.DeleteFunc(c.Columns, func(col config.Column) bool { return col.StateOf != "" }) // which nobody sends
		want, got := map[string]int64{}, map[string]int64{}
		for _, f := range s.Faults {
			if strings.HasPrefix(filepath.Base(f.File), c.Feed+"_2") && checked(c, f.Rule) {
				want[f.Rule] += f.Rows
			}
		}
		readFeed(t, db, p, c, inbox)
		for rule, query := range broken(c) {
			if n := int64(number(t, db, query)); n > 0 {
				got[rule] = n
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s breaks its contract (-planted +found):\n%s", c.Feed, diff)
		}
	}
}

// checked says whether broken counts the rule: not what depends on how a file is written, or
// on what looks like personal data.
func checked(c *config.Contract, rule string) bool {
	return broken(c)[rule] != ""
}

// readFeed makes the table sent, all text, and the view kept, typed as the contract says.
func readFeed(t *testing.T, db *sql.DB, p *config.Partnership, c *config.Contract, inbox string) {
	t.Helper()
	var kept, periods []string
	for _, col := range c.Columns {
		kept = append(kept, typed(col)+` as "`+col.Kept()+`"`)
	}
	asAt, err := time.Parse(time.DateOnly, p.AsAt)
	if err != nil {
		t.Fatal(err)
	}
	for _, period := range c.Periods(asAt) {
		periods = append(periods, fmt.Sprintf("('%s', date '%s', date '%s')", period.Slug(), period.Start.Format(time.DateOnly), period.End.Format(time.DateOnly)))
	}
	statement := fmt.Sprintf(`create or replace table code (list varchar, code varchar);
create or replace table period as from (values %s) as v(slug, begins, ends);
create or replace table sent as select * from read_csv('%s', all_varchar = true, header = true, delim = ',', quote = '"', ignore_errors = true, filename = true);
create or replace view kept as select filename as file_, %s from sent`, strings.Join(periods, ", "), filepath.Join(inbox, "*", c.Feed+"_20*.csv"), strings.Join(kept, ", "))
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatalf("reading %s: %v", c.Feed, err)
	}
	for _, col := range c.Columns {
		for _, code := range codes(p, col) {
			if _, err := db.ExecContext(t.Context(), "insert into code values (?, ?)", col.Name, code); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// codes are the values of a column that were allowed at any time since the first extracts.
func codes(p *config.Partnership, col config.Column) []string {
	all := append([]string(nil), col.Values...)
	if list := p.Codes[col.Codes]; list != nil {
		for _, code := range list.Codes {
			if code.ValidTo.IsZero() || code.ValidTo.After(config.Day(2022, time.October, 1)) {
				all = append(all, code.Code)
			}
		}
	}
	for sent := range col.Map {
		all = append(all, sent)
	}
	return all
}

// typed is the SQL of a column's value, null where it cannot be read.
func typed(col config.Column) string {
	name := `"` + col.Name + `"`
	switch col.Type {
	case "date", "timestamp":
		if col.Format != "" {
			name = fmt.Sprintf("try_strptime(%s, '%s')", name, col.Format)
		}
		return fmt.Sprintf("try_cast(%s as %s)", name, col.Type)
	case "integer":
		return "try_cast(" + name + " as bigint)"
	case "decimal":
		return "try_cast(" + name + " as double)"
	case "list":
		return "string_split(" + name + ", '|')"
	}
	return name
}

// broken are queries that count what breaks each rule of the contract.
func broken(c *config.Contract) map[string]string {
	sums := map[string][]string{}
	for _, col := range c.Columns {
		name := `"` + col.Name + `"`
		count := func(rule, when string) {
			sums[rule] = append(sums[rule], "(select count(*) from sent where "+when+")")
		}
		if col.Required {
			count("required", name+" is null")
		}
		switch col.Type {
		case "date", "timestamp", "integer", "decimal":
			article := map[string]string{"integer": "not_an_integer"}[col.Type]
			if article == "" {
				article = "not_a_" + col.Type
			}
			count(article, name+" is not null and "+typed(col)+" is null and not list_contains(['"+strings.Join(col.Small, "', '")+"'], "+name+")")
		case "pseudonym":
			count("not_a_pseudonym", "not regexp_full_match("+name+", '[0-9a-f]{32,}(:U[0-9]{4}-[0-9]{2})?')")
		case "code", "list":
			if col.Codes+strings.Join(col.Values, "") != "" {
				count("not_in_codes", fmt.Sprintf("not list_has_all((select list(code) from code where list = '%s'), string_split(%s, '|'))", col.Name, name))
			}
		}
		if col.Min != nil {
			count("out_of_range", fmt.Sprintf("%s < %d", typed(col), *col.Min))
		}
		if col.Max != nil {
			count("out_of_range", fmt.Sprintf("%s > %d", typed(col), *col.Max))
		}
	}
	queries := map[string]string{}
	for rule, parts := range sums {
		queries[rule] = strings.Join(parts, " + ")
	}
	for _, rule := range c.Rules {
		queries[rule.Code] = "select count(*) from kept where " + rule.When
	}
	if len(c.Key) > 0 {
		queries["duplicate_key"] = fmt.Sprintf("select count(*) - count(distinct (file_, %s)) from kept", strings.Join(c.Key, ", "))
	}
	if c.PeriodBy != "" {
		queries["outside_period"] = fmt.Sprintf(`select count(*) from kept join period on contains(file_, '%s_' || slug) where "%s"::date < begins or "%s"::date >= ends`, c.Feed, c.PeriodBy, c.PeriodBy)
	}
	return queries
}
