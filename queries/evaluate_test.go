package queries_test

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"strings"
	"testing"

	"wherry/config"
	"wherry/queries"
)

// open everything: an audience from whom nothing is hidden, to see what was counted.
var all = config.Audience{ID: "test"}

func areas(t testing.TB) []config.Area {
	t.Helper()
	return []config.Area{
		{Code: "E10000020", Name: "Norfolk", Kind: "partnership"},
		{Code: "E07000143", Name: "Breckland", Kind: "district", Parent: "E10000020"},
		{Code: "E07000144", Name: "Broadland", Kind: "district", Parent: "E10000020"},
		{Code: "E07000148", Name: "Norwich", Kind: "district", Parent: "E10000020"},
	}
}

func span(t testing.TB) queries.Span {
	t.Helper()
	return queries.Span{
		AsAt:    date(2026, 10, 31),
		First:   period(t, "2023-10"),
		Quarter: period(t, "2026-27 Q2"),
		Areas:   areas(t),
	}
}

func period(t testing.TB, name string) config.Period {
	t.Helper()
	p, err := config.ParsePeriod(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func measure(t testing.TB, id string) *queries.Measure {
	t.Helper()
	c, err := queries.Load(queries.Files)
	if err != nil {
		t.Fatal(err)
	}
	m, err := c.Find(id)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// marac fills core.marac_case with n made-up cases, spread by hash over three years, three
// districts and one that is none of theirs, and people who come back.
func marac(t testing.TB, db *sql.DB, n int) {
	t.Helper()
	exec(t, db, "create or replace table core.marac_case_made as select * from core.marac_case limit 0")
	exec(t, db, fmt.Sprintf(`insert into core.marac_case_made by name
select
    i::varchar as marac_case_key,
    (hash(i, 5) %% (1 + %d // 3))::varchar as victim_key,
    date '2023-08-01' + (hash(i, 1) %% 1200)::integer as discussed_at,
    ['E07000143', 'E07000144', 'E07000148', 'E99999999', null][1 + (hash(i, 2) %% 5)::integer] as district,
    ['police', 'idva', 'housing', null][1 + (hash(i, 3) %% 4)::integer] as referring_agency,
    ['conference', 'coordination', null][1 + (hash(i, 4) %% 3)::integer] as model
from range(%d) as r(i)`, n, n))
	exec(t, db, "drop view core.marac_case; alter table core.marac_case_made rename to marac_case")
}

func publish(t testing.TB, db *sql.DB, m *queries.Measure, a config.Audience) *queries.Result {
	t.Helper()
	return publishOver(t, db, m, a, span(t))
}

func publishOver(t testing.TB, db *sql.DB, m *queries.Measure, a config.Audience, s queries.Span) *queries.Result {
	t.Helper()
	cells, err := queries.Evaluate(context.Background(), db, m, s)
	if err != nil {
		t.Fatal(err)
	}
	r, err := cells.Publish(a, queries.AllSupplied)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRollUp holds every figure of a measure against a count made straight from the rows.
func TestRollUp(t *testing.T) {
	db := open(t)
	marac(t, db, 3000)
	r := publish(t, db, measure(t, "MA3"), all)
	if len(r.Figures) < 200 {
		t.Fatalf("%d figures", len(r.Figures))
	}
	checked := map[config.PeriodKind]int{}
	for _, f := range r.Figures {
		where := []string{fmt.Sprintf("discussed_at >= date '%s' and discussed_at < date '%s'",
			f.Period.Start.Format("2006-01-02"), f.Period.End.Format("2006-01-02"))}
		switch {
		case f.Area == "unknown":
			where = append(where, "(district is null or district = 'E99999999')")
		case f.Area != "E10000020":
			where = append(where, "district = '"+f.Area+"'")
		}
		if f.Breakdown != "" {
			where = append(where, fmt.Sprintf("coalesce(%s, 'not recorded') = '%s'", f.Breakdown, f.Category))
		}
		var met, base int64
		err := db.QueryRow("select count(*) filter (where referring_agency <> 'police'), count(*) from core.marac_case where "+strings.Join(where, " and ")).Scan(&met, &base)
		if err != nil {
			t.Fatal(err)
		}
		if base == 0 && f.State == queries.NotApplicable {
			continue
		}
		if f.State != queries.Shown || f.Numerator != met || f.Base != base || math.Abs(f.Value-100*float64(met)/float64(base)) > 1e-9 {
			t.Errorf("%s %s %s %s: got %s %d of %d (%v), counted %d of %d", f.Period, f.Area, f.Breakdown, f.Category, f.State, f.Numerator, f.Base, f.Value, met, base)
		}
		checked[f.Period.Kind]++
	}
	want := map[config.PeriodKind]int{config.Month: 36, config.Quarter: 84, config.Year: 2, config.Rolling: 57}
	for kind, n := range want {
		if checked[kind] < n {
			t.Errorf("%s: %d figures checked, want at least %d", kind, checked[kind], n)
		}
	}
}

// TestDistinctCounts holds the figures of a measure that counts people against counts of
// different people, which are not sums of each other.
func TestDistinctCounts(t *testing.T) {
	db := open(t)
	marac(t, db, 3000)
	m := &queries.Measure{ID: "XX1", Kind: queries.Proportion, Unit: "victim_key", Breakdowns: []string{"model"}, Path: "x.sql", Line: 1,
		SQL: "select discussed_at as at, district, model, victim_key, referring_agency = 'idva' and referring_agency is not null as met from core.marac_case"}
	r := publish(t, db, m, all)
	quarters := map[string]int64{}
	for _, f := range r.Figures {
		where := fmt.Sprintf("discussed_at >= date '%s' and discussed_at < date '%s'", f.Period.Start.Format("2006-01-02"), f.Period.End.Format("2006-01-02"))
		if f.Area == "E07000148" {
			where += " and district = 'E07000148'"
		} else if f.Area != "E10000020" {
			continue
		}
		if f.Breakdown != "" {
			where += " and coalesce(model, 'not recorded') = '" + f.Category + "'"
		}
		var met, base int64
		if err := db.QueryRow("select count(distinct victim_key) filter (where referring_agency = 'idva'), count(distinct victim_key) from core.marac_case where "+where).Scan(&met, &base); err != nil {
			t.Fatal(err)
		}
		if f.Numerator != met || f.Base != base {
			t.Errorf("%s %s %s: got %d of %d, counted %d of %d", f.Period, f.Area, f.Category, f.Numerator, f.Base, met, base)
		}
		if f.Breakdown == "" && f.Area == "E10000020" && f.Period.Kind != config.Year {
			quarters[string(f.Period.Kind)] += f.Base
		}
	}
	if quarters["month"] <= quarters["quarter"] {
		t.Errorf("months sum to %d and quarters to %d: people who came back should make months more", quarters["month"], quarters["quarter"])
	}
}

// TestRowsThatDoNotSay are refused: a blank is not a no.
func TestRowsThatDoNotSay(t *testing.T) {
	db := open(t)
	marac(t, db, 100)
	for _, m := range []*queries.Measure{
		{ID: "XX1", Kind: queries.Proportion, SQL: "select discussed_at as at, referring_agency <> 'police' as met from core.marac_case"},
		{ID: "XX2", Kind: queries.Proportion, Unit: "victim_key", SQL: "select discussed_at as at, victim_key, referring_agency <> 'police' as met from core.marac_case"},
		{ID: "XX3", Kind: queries.Count, Unit: "model", SQL: "select discussed_at as at, model from core.marac_case"},
		{ID: "XX4", Kind: queries.Duration, Within: []int{1}, SQL: "select discussed_at as at, discussed_at - closed_at as days, true as ended from core.marac_case"},
		{ID: "XX5", Kind: queries.Duration, Within: []int{1}, SQL: "select discussed_at as at, -1 as days, true as ended from core.marac_case"},
	} {
		_, err := queries.Evaluate(context.Background(), db, m, span(t))
		if err == nil || !strings.Contains(err.Error(), "some rows have no") {
			t.Errorf("%s: %v", m.ID, err)
		}
	}
}

// TestEvaluateErrorsQuoteNoValue: a cast that cannot be made quotes the value in the
// database's own words, not in ours.
func TestEvaluateErrorsQuoteNoValue(t *testing.T) {
	db := open(t)
	marac(t, db, 10)
	exec(t, db, "update core.marac_case set model = 'secret-value'")
	m := &queries.Measure{ID: "XX1", Kind: queries.Proportion, SQL: "select discussed_at as at, model::integer = 1 as met from core.marac_case"}
	_, err := queries.Evaluate(context.Background(), db, m, span(t))
	if err == nil || strings.Contains(err.Error(), "secret-value") || !strings.Contains(err.Error(), "XX1") {
		t.Errorf("got %v", err)
	}
}
