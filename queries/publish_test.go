package queries_test

import (
	"context"
	"fmt"
	"math"
	"testing"
	"time"

	"wherry/config"
	"wherry/queries"
)

var (
	board  = config.Audience{ID: "board", HideUpTo: 4, RoundTo: 1, MinBase: 10}
	public = config.Audience{ID: "public", HideUpTo: 9, RoundTo: 5, MinBase: 30}
)

// TestSmallNumbersAreHidden checks each figure that is shown: no count of it, nor what is
// left of its base, is small; and that something is shown and something hidden.
func TestSmallNumbersAreHidden(t *testing.T) {
	db := open(t)
	marac(t, db, 500)
	for _, a := range []config.Audience{board, public} {
		m := measure(t, "MA3")
		exact := publish(t, db, m, all)
		began := time.Now()
		r := publish(t, db, m, a)
		shown, hidden := 0, 0
		for i, f := range r.Figures {
			raw := exact.Figures[i]
			small := func(n int64) bool { return n > 0 && n <= a.HideUpTo }
			switch f.State {
			case queries.Shown:
				shown++
				if small(raw.Numerator) || small(raw.Base) || small(raw.Base-raw.Numerator) || raw.Base < a.MinBase {
					t.Errorf("%s: %s %s %s shows %d of %d", a.ID, f.Period, f.Area, f.Category, raw.Numerator, raw.Base)
				}
				if f.Numerator%a.RoundTo != 0 || f.Base%a.RoundTo != 0 || math.Abs(f.Value-100*float64(f.Numerator)/float64(f.Base)) > 1e-9 {
					t.Errorf("%s: %s %s: %v is not made from the printed %d of %d", a.ID, f.Period, f.Area, f.Value, f.Numerator, f.Base)
				}
				if !(f.Low <= f.Value && f.Value <= f.High) {
					t.Errorf("%s: %v is outside its interval %v to %v", a.ID, f.Value, f.Low, f.High)
				}
			case queries.Suppressed:
				hidden++
				if !math.IsNaN(f.Value) || f.Numerator != 0 || (!f.BaseShown && f.Base != 0) {
					t.Errorf("%s: %s %s is hidden but holds numbers: %+v", a.ID, f.Period, f.Area, f)
				}
			}
			if f.BaseShown && small(raw.Base) {
				t.Errorf("%s: %s %s %s prints a base of %d", a.ID, f.Period, f.Area, f.Category, raw.Base)
			}
		}
		t.Logf("%s: %d shown, %d hidden, %s", a.ID, shown, hidden, time.Since(began))
		if shown < 20 || hidden == 0 || r.Hidden.Hidden != hidden || r.Hidden.Cells != len(r.Figures) {
			t.Errorf("%s: %d shown, %d hidden, counted %+v", a.ID, shown, hidden, r.Hidden)
		}
	}
}

// TestHiddenCannotBeSubtracted: in each quarter one hidden district is never alone among
// shown ones under a shown total.
func TestHiddenCannotBeSubtracted(t *testing.T) {
	db := open(t)
	marac(t, db, 500)
	r := publish(t, db, measure(t, "MA3"), board)
	for _, whole := range r.Figures {
		if whole.Area != "E10000020" || whole.Breakdown != "" || !whole.BaseShown {
			continue
		}
		hidden, districts := 0, 0
		for _, f := range r.At(whole.Period, "") {
			if f.Area != whole.Area {
				districts++
				if !f.BaseShown {
					hidden++
				}
			}
		}
		if districts > 0 && hidden == 1 {
			t.Errorf("%s: one base hidden of %d, under a total that is shown", whole.Period, districts)
		}
	}
}

// TestSharedBasesAreHiddenTogether: measures of the same cases hide the same bases, so that
// one does not give away what another hides.
func TestSharedBasesAreHiddenTogether(t *testing.T) {
	db := open(t)
	marac(t, db, 500)
	var cells []*queries.Cells
	for _, id := range []string{"MA1", "MA2", "MA3"} {
		c, err := queries.Evaluate(context.Background(), db, measure(t, id), span(t))
		if err != nil {
			t.Fatal(err)
		}
		cells = append(cells, c)
	}
	results, err := queries.Publish(cells, board, queries.AllSupplied)
	if err != nil {
		t.Fatal(err)
	}
	hidden := 0
	for _, f := range results[1].Figures {
		for _, g := range results[2].Figures {
			if f.Breakdown == "" && g.Breakdown == "" && f.Period == g.Period && f.Area == g.Area && f.BaseShown != g.BaseShown {
				t.Errorf("%s %s: base shown %v in MA2 and %v in MA3", f.Period, f.Area, f.BaseShown, g.BaseShown)
			}
		}
		for _, rate := range results[0].Figures {
			if f.Breakdown == "" && f.Period == rate.Period && f.Area == rate.Area && !f.BaseShown && rate.State == queries.Shown {
				t.Errorf("%s %s: base hidden in MA2, the same number shown as a rate in MA1", f.Period, f.Area)
			}
		}
		if !f.BaseShown {
			hidden++
		}
	}
	if hidden == 0 {
		t.Error("nothing was hidden, so nothing was tested")
	}
}

// TestRates are events for each person at risk, and have no rate where no population is.
func TestRates(t *testing.T) {
	db := open(t)
	marac(t, db, 3000)
	var women int64
	if err := db.QueryRow("select sum(population) from reference.population where area = 'E07000148' and sex = 'female' and age >= 16").Scan(&women); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, f := range publish(t, db, measure(t, "MA1"), board).Figures {
		if f.Area == "unknown" && f.State != queries.NotApplicable {
			t.Errorf("%s: a rate for an unknown area: %s", f.Period, f.State)
		}
		if f.Area == "E07000148" && f.State == queries.Shown {
			seen++
			if f.Base != women || math.Abs(f.Value-1e4*float64(f.Numerator)/float64(women)) > 1e-9 || f.Low >= f.Value || f.High <= f.Value {
				t.Errorf("%s: %d of %d is %v (%v to %v)", f.Period, f.Numerator, f.Base, f.Value, f.Low, f.High)
			}
		}
	}
	if seen == 0 {
		t.Error("no rate was shown")
	}
}

// TestRatesByYearOfAge are each per the people of that age, and those not yet born have none.
func TestRatesByYearOfAge(t *testing.T) {
	db := open(t)
	exec(t, db, "create table core.made as select * from core.police_da_incident_child limit 0")
	exec(t, db, `insert into core.made by name
select i::varchar as incident_key, i::varchar as child_key, date '2026-07-06' as incident_date, 'E07000148' as district,
    case when i % 3 = 0 then 'unborn' else '0-7' end as age_group, case when i % 3 = 0 then 'unborn' else (i % 8)::varchar end as age_band_child
from range(600) as r(i)`)
	exec(t, db, "drop view core.police_da_incident_child; alter table core.made rename to police_da_incident_child")
	var three int64
	if err := db.QueryRow("select sum(population) from reference.population where age = 3 and area in ('E07000143', 'E07000144', 'E07000148')").Scan(&three); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, f := range publish(t, db, measure(t, "CH1"), board).Figures {
		if f.Period.String() != "2026-27 Q2" || f.Breakdown != "age" {
			continue
		}
		seen[f.Category] = true
		switch f.Category {
		case "3":
			if f.State != queries.Shown || f.Base != three || f.Numerator != 50 || math.Abs(f.Value-1e4*50/float64(three)) > 1e-9 {
				t.Errorf("age 3: %+v, of %d", f, three)
			}
		case "unborn":
			if f.State != queries.NotApplicable || f.BaseShown {
				t.Errorf("unborn: %+v", f)
			}
		}
	}
	if !seen["3"] || !seen["unborn"] || len(seen) != 9 {
		t.Errorf("categories %v", seen)
	}
}

// TestStates are the reasons why a figure is not there.
func TestStates(t *testing.T) {
	db := open(t)
	marac(t, db, 3000)
	exec(t, db, "delete from core.marac_case where discussed_at >= date '2026-08-01' or (discussed_at >= date '2024-01-01' and discussed_at < date '2024-02-01')")
	m := measure(t, "MA3")
	m.Matures = 60
	cells, err := queries.Evaluate(context.Background(), db, m, span(t))
	if err != nil {
		t.Fatal(err)
	}
	late, early := period(t, "2025-02"), period(t, "2024-01")
	r, err := cells.Publish(board, func(_ *queries.Measure, p config.Period) (got, want int) {
		switch {
		case p == late:
			return 0, 1
		case p == early:
			return 0, 0
		case p.Kind == config.Quarter:
			return 2, 3
		}
		return 1, 1
	})
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]queries.State{}
	for _, f := range r.Figures {
		if f.Area == "E10000020" && f.Breakdown == "" {
			states[f.Period.String()] = f.State
			if f.Period.Kind == config.Quarter && (len(f.Warnings) != 1 || f.Warnings[0] != "2 of 3 returns had come") {
				t.Errorf("%s: warnings %v", f.Period, f.Warnings)
			}
			young := f.Period.End.After(date(2026, 9, 2))
			if f.State == queries.Shown && f.Provisional != young {
				t.Errorf("%s: provisional %v", f.Period, f.Provisional)
			}
		}
	}
	for p, want := range map[string]queries.State{"2025-02": queries.NotSupplied, "2026-09": queries.Pending,
		"2024-01": queries.NotApplicable, "2025-03": queries.Shown} {
		if states[p] != want {
			t.Errorf("%s: %s, want %s", p, states[p], want)
		}
	}
}

// TestNoZeroBeforeAnExtractBegins: a month for which nothing was owed has no count, and one
// for which returns came and held nothing has a true zero.
func TestNoZeroBeforeAnExtractBegins(t *testing.T) {
	db := open(t)
	m := measure(t, "AP1")
	cells, err := queries.Evaluate(context.Background(), db, m, span(t))
	if err != nil {
		t.Fatal(err)
	}
	began := period(t, "2025-06")
	r, err := cells.Publish(board, func(_ *queries.Measure, p config.Period) (got, want int) {
		if p.Start.Before(began.Start) {
			return 0, 0
		}
		return 1, 1
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Figures {
		want := queries.NotApplicable
		if !f.Period.Start.Before(began.Start) {
			want = queries.Shown
		}
		if f.State != want || (want == queries.Shown && f.Value != 0) {
			t.Errorf("%s: %s %v, want %s", f.Period, f.State, f.Value, want)
		}
	}
}

// TestProtectsNobody: counts of returns and actions are given as they are.
func TestProtectsNobody(t *testing.T) {
	db := open(t)
	exec(t, db, `insert into ledger.expected select 'police', 'marac_case', 'p', date '2026-07-01', date '2026-08-01', date '2026-08-10' from range(3)`)
	exec(t, db, `insert into ledger.delivery (delivery_id, agency, feed, period, submission, arrived_on, quarantined)
values ('d', 'police', 'marac_case', 'p', 1, date '2026-08-09', 0)`)
	for _, f := range publish(t, db, measure(t, "AP3"), public).Figures {
		if f.Period.String() == "2026-07" && (f.State != queries.Shown || f.Numerator != 3 || f.Base != 3) {
			t.Errorf("%+v", f)
		}
	}
}

// TestDurations give a median with its interval, the days for nine in ten, shares within the measure's days, and how
// many are open, unless that is a small number.
func TestDurations(t *testing.T) {
	db := open(t)
	exec(t, db, "create table core.made as select * from core.da_service_episode limit 0")
	exec(t, db, `insert into core.made by name
select i::varchar as episode_key, date '2026-07-01' + (hash(i, 1) % 80)::integer as referred_at, 'E07000148' as district,
    case when hash(i, 2) % 10 > 0 then referred_at + (hash(i, 3) % 9)::integer end as first_contact_at,
    case when hash(i, 4) % 2 = 0 then 'high' else 'medium' end as risk_intake, date '2026-10-31' as known_to
from range(400) as r(i)`)
	exec(t, db, "drop view core.da_service_episode; alter table core.made rename to da_service_episode")
	exec(t, db, "insert into reference.setting (as_at) values (date '2026-10-31')")
	for _, a := range []config.Audience{board, public} {
		for _, f := range publish(t, db, measure(t, "SI1"), a).Figures {
			if f.Period.String() != "2026-27 Q2" || f.Area != "E10000020" || f.Breakdown != "" {
				continue
			}
			if f.State != queries.Shown || f.Base != 400 || f.Value < 1 || f.Value > 6 || !(f.Low <= f.Value && f.Value <= f.High) {
				t.Errorf("%s: %+v", a.ID, f)
			}
			if len(f.Within) != 2 || f.Within[0].Days != 2 || f.Within[0].Value >= f.Within[1].Value || f.Open <= 20 || f.Open > 60 {
				t.Errorf("%s: within %v, open %d", a.ID, f.Within, f.Open)
			}
			if f.Slowest.State != queries.Shown || f.Slowest.Days < f.Value {
				t.Errorf("%s: nine in ten by %+v, half by %v", a.ID, f.Slowest, f.Value)
			}
			if whole := f.Within[0].Value == math.Round(f.Within[0].Value); whole != (a.ID == "public") {
				t.Errorf("%s: share %v", a.ID, f.Within[0].Value)
			}
		}
	}
}

// TestSlowestTenth is given where it is no small group and nothing beside it is hidden.
func TestSlowestTenth(t *testing.T) {
	for _, c := range []struct {
		n, waits int // cases, and those of them that waited long
		audience config.Audience
		want     queries.State
		days     float64
	}{
		{50, 12, board, queries.Shown, 20},
		{50, 0, board, queries.Shown, 1},
		{49, 12, board, queries.Suppressed, math.NaN()},
		{50, 3, board, queries.Suppressed, math.NaN()}, // three beyond two days are hidden
		{97, 12, public, queries.Suppressed, math.NaN()},
		{100, 12, public, queries.Shown, 20},
	} {
		db := open(t)
		exec(t, db, "create table core.made as select * from core.da_service_episode limit 0")
		exec(t, db, fmt.Sprintf(`insert into core.made by name
select i::varchar as episode_key, date '2026-07-06' as referred_at, date '2026-07-06' + case when i < %d then 28 else 1 end as first_contact_at
from range(%d) as r(i)`, c.waits, c.n))
		exec(t, db, "drop view core.da_service_episode; alter table core.made rename to da_service_episode")
		exec(t, db, "insert into reference.setting (as_at) values (date '2026-10-31')")
		for _, f := range publish(t, db, measure(t, "SI1"), c.audience).Figures {
			if f.Period.String() != "2026-27 Q2" || f.Area != "E10000020" || f.Breakdown != "" {
				continue
			}
			if s := f.Slowest; s.State != c.want || s.Days != c.days && !(math.IsNaN(s.Days) && math.IsNaN(c.days)) {
				t.Errorf("%d of %d waited, %s: %+v", c.waits, c.n, c.audience.ID, s)
			}
		}
	}
}

// TestSameInputsSameFigures publishes twice.
func TestSameInputsSameFigures(t *testing.T) {
	db := open(t)
	marac(t, db, 500)
	m := measure(t, "MA3")
	a, b := publish(t, db, m, board), publish(t, db, m, board)
	for i := range a.Figures {
		x, y := a.Figures[i], b.Figures[i]
		if x.Period != y.Period || x.Area != y.Area || x.Category != y.Category || x.State != y.State || x.Base != y.Base || x.Numerator != y.Numerator {
			t.Fatalf("figure %d differs: %+v and %+v", i, x, y)
		}
	}
}
