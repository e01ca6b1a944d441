package queries_test

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"wherry/config"
	"wherry/queries"
	"wherry/queries/statistics"
)

// made fills core.made with n rows for measures of every kind: day, district, grp, person,
// before, after (null for every third), so that what a measure counts can be counted again
// by hand.
func made(t *testing.T, db *sql.DB, n int) {
	t.Helper()
	marac(t, db, n)
	exec(t, db, `create table core.made as select discussed_at as day, district, model as grp, victim_key as person,
    (hash(marac_case_key, 9) % 5)::integer + 1 as before,
    case when hash(marac_case_key, 10) % 3 > 0 then (hash(marac_case_key, 11) % 5)::integer + 1 end as after
from core.marac_case`)
}

// where is the rows of a figure, for a count made straight from them.
func where(f queries.Figure) string {
	conditions := []string{fmt.Sprintf("day >= date '%s' and day < date '%s'", f.Period.Start.Format("2006-01-02"), f.Period.End.Format("2006-01-02"))}
	switch {
	case f.Area == "unknown":
		conditions = append(conditions, "(district is null or district = 'E99999999')")
	case f.Area != "E10000020":
		conditions = append(conditions, "district = '"+f.Area+"'")
	}
	if f.Breakdown != "" {
		conditions = append(conditions, "coalesce(grp, 'not recorded') = '"+f.Category+"'")
	}
	return strings.Join(conditions, " and ")
}

func scan(t *testing.T, db *sql.DB, query string, into ...any) {
	t.Helper()
	if err := db.QueryRow(query).Scan(into...); err != nil {
		t.Fatalf("%v in %s", err, query)
	}
}

func near(got, want float64) bool { return math.Abs(got-want) < 1e-9*math.Max(1, math.Abs(want)) }

// TestMeansRollUp holds each mean, and its spread, against the database's own.
func TestMeansRollUp(t *testing.T) {
	db := open(t)
	made(t, db, 1500)
	m := &queries.Measure{ID: "XX1", Kind: queries.Mean, Breakdowns: []string{"grp"}, Path: "x.sql", Line: 1,
		SQL: "select day as at, district, grp, before * 1.25 as value from core.made"}
	checked := 0
	for _, f := range publish(t, db, m, all).Figures {
		if f.State != queries.Shown {
			continue
		}
		var n int64
		var mean float64
		var sd sql.NullFloat64
		scan(t, db, "select count(*), avg(before * 1.25), stddev_samp(before * 1.25) from core.made where "+where(f), &n, &mean, &sd)
		lo, hi := statistics.MeanT(n, mean, sd.Float64, 0.95)
		if f.Base != n || (n > 1 && (math.Abs(f.Value-mean) > 0.5 || f.Low > f.Value || f.High < f.Value)) {
			t.Errorf("%s %s %s: %+v, counted %d mean %v", f.Period, f.Area, f.Category, f, n, mean)
		}
		if n >= 200 && (math.Abs(f.Value-mean) > 0.00501 || math.Abs(f.Low-lo) > 0.00501 || math.Abs(f.High-hi) > 0.00501) {
			t.Errorf("%s: %v (%v to %v), want %v (%v to %v)", f.Period, f.Value, f.Low, f.High, mean, lo, hi)
		}
		checked++
	}
	if checked < 200 {
		t.Errorf("%d figures checked", checked)
	}
	m.Protects = "nobody"
	for _, f := range publish(t, db, m, all).Figures {
		if f.State == queries.Shown {
			var mean float64
			scan(t, db, "select avg(before * 1.25) from core.made where "+where(f), &mean)
			if !near(f.Value, mean) {
				t.Errorf("%s: %v is not the exact %v", f.Period, f.Value, mean)
			}
		}
	}
}

// TestChangesRollUp holds the change of the paired, and all that stands beside it, against
// the database's own.
func TestChangesRollUp(t *testing.T) {
	db := open(t)
	made(t, db, 1500)
	m := &queries.Measure{ID: "XX1", Kind: queries.PairedChange, Better: "down", Scale: &queries.Scale{Min: 1, Max: 5}, Protects: "nobody",
		Breakdowns: []string{"grp"}, Path: "x.sql", Line: 1, SQL: "select day as at, district, grp, before, after from core.made"}
	checked := 0
	for _, f := range publish(t, db, m, all).Figures {
		if f.State != queries.Shown {
			continue
		}
		var started, paired, fell, same, rose, top int64
		var change, before, after float64
		var sd, leavers sql.NullFloat64
		scan(t, db, `select count(before), count(after), count(*) filter (after < before), count(*) filter (after = before), count(*) filter (after > before),
count(*) filter (after = 5), avg(after - before), avg(before) filter (after is not null), avg(after), stddev_samp(after - before), avg(before) filter (after is null)
from core.made where `+where(f), &started, &paired, &fell, &same, &rose, &top, &change, &before, &after, &sd, &leavers)
		p := f.Paired
		if p == nil || f.Base != paired || p.Started != started || p.Paired != paired || !near(f.Value, change) || !near(p.Before, before) || !near(p.After, after) {
			t.Fatalf("%s %s: %+v %+v, want %d %d %v %v %v", f.Period, f.Area, f, p, started, paired, change, before, after)
		}
		percent := func(n int64) float64 { return 100 * float64(n) / float64(paired) }
		if !near(p.Improved.Value, percent(fell)) || !near(p.Same.Value, percent(same)) || !near(p.Worse.Value, percent(rose)) || !near(p.AtCeiling, percent(top)) {
			t.Errorf("%s: shares %+v, want %d %d %d of %d", f.Period, p, fell, same, rose, paired)
		}
		if leavers.Valid != !math.IsNaN(p.LeaversBefore) || (leavers.Valid && !near(p.LeaversBefore, leavers.Float64)) {
			t.Errorf("%s: leavers %v, want %v", f.Period, p.LeaversBefore, leavers)
		}
		if paired > 1 {
			lo, hi := statistics.MeanT(paired, change, sd.Float64, 0.95)
			if math.Abs(f.Low-lo) > 1e-9 || math.Abs(f.High-hi) > 1e-9 {
				t.Errorf("%s: %v to %v, want %v to %v", f.Period, f.Low, f.High, lo, hi)
			}
		}
		checked++
	}
	if checked < 200 {
		t.Errorf("%d figures checked", checked)
	}
}

// TestDistributionsDivideTheWhole: categories in the order given, each with its share of the
// whole, rows and units alike.
func TestDistributionsDivideTheWhole(t *testing.T) {
	db := open(t)
	made(t, db, 1500)
	for _, unit := range []string{"", "person"} {
		m := &queries.Measure{ID: "XX1", Kind: queries.Distribution, Unit: unit, Categories: []string{"nobody", "coordination"}, Path: "x.sql", Line: 1}
		counted := "count(*)"
		m.SQL = "select day as at, district, grp as category from core.made"
		if unit != "" {
			counted = "count(distinct person)"
			m.SQL = "select day as at, district, grp as category, person from core.made"
		}
		var order []string
		checked := 0
		for _, f := range publish(t, db, m, all).Figures {
			var whole, part int64
			g := f
			g.Breakdown = ""
			scan(t, db, "select "+counted+" from core.made where "+where(g), &whole)
			scan(t, db, "select "+counted+" from core.made where "+where(f), &part)
			if f.Period.String() == "2026-27 Q2" && f.Breakdown != "" {
				order = append(order, f.Category)
			}
			switch {
			case f.Breakdown == "" && (f.Numerator != whole || f.Value != float64(whole)):
				t.Errorf("%s %s: %v, want %d", f.Period, f.Area, f.Value, whole)
			case f.Breakdown == queries.CategoryBreakdown && (f.Numerator != part || f.Base != whole || !near(f.Value, 100*float64(part)/float64(whole))):
				t.Errorf("%s %s: %d of %d (%v), want %d of %d", f.Period, f.Category, f.Numerator, f.Base, f.Value, part, whole)
			}
			checked++
		}
		if got := strings.Join(order, ", "); got != "nobody, coordination, conference, not recorded" {
			t.Errorf("categories come as %s", got)
		}
		if checked < 200 {
			t.Errorf("%d figures checked", checked)
		}
	}
}

// TestPeopleOfARate: in each period, people are counted afresh, and the interval is that of
// a compound Poisson count.
func TestPeopleOfARate(t *testing.T) {
	db := open(t)
	made(t, db, 1500)
	m := &queries.Measure{ID: "XX1", Kind: queries.Rate, Per: 10000, Population: &queries.Population{Age: "16+"}, People: "person", Protects: "nobody",
		Path: "x.sql", Line: 1, SQL: "select day as at, district, person from core.made"}
	again := 0
	for _, f := range publish(t, db, m, all).Figures {
		if f.State != queries.Shown {
			continue
		}
		rows, err := db.Query("select k, count(*) from (select count(*) as k from core.made where " + where(f) + " group by person) group by k")
		if err != nil {
			t.Fatal(err)
		}
		repeats := statistics.Repeats{}
		defer rows.Close()
		for rows.Next() {
			var k int
			var people int64
			if err := rows.Scan(&k, &people); err != nil {
				t.Fatal(err)
			}
			repeats[k] = people
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		want := statistics.CompoundPoisson(repeats, float64(f.Base), 10000, 0.95)
		if f.Numerator != want.Events || !f.PeopleShown || f.People != want.People || !near(f.Value, want.Rate) || !near(f.Low, want.Low) || !near(f.High, want.High) {
			t.Errorf("%s %s: %+v, want %+v", f.Period, f.Area, f, want)
		}
		if want.Squares > want.Events {
			again++
		}
	}
	if again < 50 {
		t.Errorf("people had several events in %d figures only", again)
	}
}

// TestEstimatesAddUp: rows of a period are summed, bounds with them, and nothing is hidden.
func TestEstimatesAddUp(t *testing.T) {
	db := open(t)
	made(t, db, 900)
	m := &queries.Measure{ID: "XX1", Kind: queries.Estimate, Protects: "nobody", Path: "x.sql", Line: 1,
		SQL: "select day as at, before + 0.3 as value, before - 0.1 as low, before + 1 as high from core.made"}
	shown := 0
	for _, f := range publish(t, db, m, public).Figures {
		var n int64
		var value, low, high sql.NullFloat64
		scan(t, db, "select count(*), sum(before + 0.3), sum(before - 0.1), sum(before + 1) from core.made where "+where(f), &n, &value, &low, &high)
		if n == 0 {
			if f.State != queries.NotApplicable {
				t.Errorf("%s: %s with no row", f.Period, f.State)
			}
			continue
		}
		shown++
		if f.BaseShown || math.Abs(f.Value-value.Float64) > 1e-6 || math.Abs(f.Low-low.Float64) > 1e-6 || math.Abs(f.High-high.Float64) > 1e-6 {
			t.Errorf("%s: %+v, want %v %v %v", f.Period, f, value, low, high)
		}
	}
	if shown < 40 {
		t.Errorf("%d shown", shown)
	}
}

// TestPooling: categories are given for the thirty-six months to the quarter and for nothing
// else, and add up to the whole; a measure that starts later pools what there is, and its
// period says so.
func TestPooling(t *testing.T) {
	db := open(t)
	made(t, db, 1500)
	m := &queries.Measure{ID: "XX1", Kind: queries.Proportion, Breakdowns: []string{"grp"}, Pool: config.PooledMonths, Path: "x.sql", Line: 1,
		SQL: "select day as at, district, grp, before > 2 as met from core.made"}
	r := publish(t, db, m, all)
	pooled := period(t, "2023-10 to 2026-09")
	var whole, sum int64
	for _, f := range r.Figures {
		if f.Breakdown != "" && f.Period != pooled {
			t.Fatalf("a category is given for %s", f.Period)
		}
		if f.Period != pooled {
			continue
		}
		var met, base int64
		scan(t, db, "select count(*) filter (before > 2), count(*) from core.made where "+where(f), &met, &base)
		if f.Numerator != met || f.Base != base {
			t.Errorf("%s %s: %d of %d, want %d of %d", f.Area, f.Category, f.Numerator, f.Base, met, base)
		}
		if f.Breakdown != "" {
			sum += f.Base
		} else if f.Area == "E10000020" {
			whole = f.Base
		}
	}
	if whole == 0 || sum != whole {
		t.Errorf("categories sum to %d of %d", sum, whole)
	}
	if unknown, ok := r.Unknown(pooled, "grp"); !ok || unknown <= 0 || unknown >= 100 {
		t.Errorf("unknown %v %v", unknown, ok)
	}
	s := span(t)
	s.Starts = map[string]time.Time{"marac_case": date(2023, 10, 1)}
	m.Feeds, m.LooksBack = []string{"marac_case"}, 12
	cells, err := queries.Evaluate(context.Background(), db, m, s)
	if err != nil {
		t.Fatal(err)
	}
	late, err := cells.Publish(all, queries.AllSupplied)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range late.Figures {
		if f.Breakdown != "" && f.Period.String() != "2024-10 to 2026-09" {
			t.Fatalf("pooled over %s", f.Period)
		}
	}
}

// TestScoresThatAreNotNumbers are refused, as are estimates out of order.
func TestScoresThatAreNotNumbers(t *testing.T) {
	db := open(t)
	made(t, db, 100)
	for _, m := range []*queries.Measure{
		{ID: "XX1", Kind: queries.Mean, SQL: "select day as at, after as value from core.made"},
		{ID: "XX2", Kind: queries.Estimate, Protects: "nobody", SQL: "select day as at, before as value, before + 1 as low, before + 2 as high from core.made"},
		{ID: "XX3", Kind: queries.Rate, Per: 1, Population: &queries.Population{Age: "16+"}, People: "grp", SQL: "select day as at, grp from core.made"},
	} {
		_, err := queries.Evaluate(context.Background(), db, m, span(t))
		if err == nil || !strings.Contains(err.Error(), "some rows have no") {
			t.Errorf("%s: %v", m.ID, err)
		}
	}
}
