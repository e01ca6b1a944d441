package queries_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wherry/config"
	"wherry/queries"
)

// TestPlanActions reads the plan as its updates leave it: complete from the first of the days
// on which it has been so without a break.
func TestPlanActions(t *testing.T) {
	db := open(t)
	exec(t, db, `insert into ledger.delivery (delivery_id, agency, feed, period, period_start, period_end, submission)
values ('a', 'safeguarding_partnership', 'action_plan', '2026-04', '2026-04-01', '2026-05-01', 1), ('b', 'safeguarding_partnership', 'action_plan', '2026-05', '2026-05-01', '2026-06-01', 1),
       ('c', 'safeguarding_partnership', 'action_plan', '2026-06', '2026-06-01', '2026-07-01', 1)`)
	exec(t, db, `insert into landing.action_plan (delivery_id, action_id, title, improvement_area, owner_agency, owner_role, brag, status_date, baseline_due, current_due, linked_measures)
values ('a', 'A1', 'Old title', 'NFK1', 'police', 'Lead', 'green', '2026-04-30', '2026-03-01', null, ['RQ9']),
       ('b', 'A1', 'Title', 'NFK1', 'police', 'Lead', 'blue', '2026-05-31', '2026-03-01', '2026-06-01', ['RQ1']),
       ('c', 'A1', 'Title', 'NFK1', 'police', 'Lead', 'blue', '2026-06-30', '2026-03-01', '2026-06-01', ['RQ1', 'RQ2']),
       ('a', 'A2', 'Opened again', 'NFK2', null, null, 'blue', '2026-04-30', null, null, null),
       ('b', 'A2', 'Opened again', 'NFK2', null, null, 'amber', '2026-05-31', null, null, null),
       ('a', 'A3', 'Closed twice', 'NFK2', null, null, 'blue', '2026-04-30', null, null, []),
       ('b', 'A3', 'Closed twice', 'NFK2', null, null, 'red', '2026-05-31', null, null, []),
       ('c', 'A3', 'Closed twice', 'NFK2', null, null, 'blue', '2026-06-30', null, null, [])`)
	got, err := queries.PlanActions(context.Background(), db)
	if err != nil {
		t.Fatal(err)
	}
	want := []queries.PlanAction{
		{ID: "A1", Title: "Title", Area: "NFK1", Agency: "police", Owner: "Lead", Status: "blue", FirstDue: date(2026, 3, 1), Due: date(2026, 6, 1), Completed: date(2026, 5, 31), Measures: []string{"RQ1", "RQ2"}},
		{ID: "A2", Title: "Opened again", Area: "NFK2", Status: "amber", Measures: []string{}},
		{ID: "A3", Title: "Closed twice", Area: "NFK2", Status: "blue", Completed: date(2026, 6, 30), Measures: []string{}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if from := got[0].VisibleFrom(); from != date(2026, 12, 1) {
		t.Errorf("visible from %s", from)
	}
	if !got[1].VisibleFrom().IsZero() {
		t.Error("an action that is not complete has no day from which it should be visible")
	}
}

// readingOf is a measure whose last point shows a change since a month, or none.
func readingOf(id string, change queries.Change, since string) *queries.Result {
	r := &queries.Result{Measure: &queries.Measure{ID: id}, Reading: queries.Reading{Change: change}}
	if since != "" {
		r.Reading.Since, _ = config.ParsePeriod(since)
	}
	return r
}

// TestEffects sets actions against readings: what each status needs, and the days about
// which it turns.
func TestEffects(t *testing.T) {
	quarter, _ := config.ParsePeriod("2026-27 Q2") // ends on 30 September 2026
	results := []*queries.Result{
		readingOf("AA1", queries.Improving, "2026-03"), readingOf("AA2", queries.Concern, "2026-03"), readingOf("AA3", queries.NoChange, ""),
		readingOf("AA4", queries.NotJudged, ""), readingOf("AA5", queries.TooFew, ""), readingOf("AA6", queries.Different, "2026-03"),
	}
	for _, c := range []struct {
		measure   string
		completed time.Time
		want      string
	}{
		{"AA1", date(2026, 3, 1), queries.EffectMoved},
		{"AA1", date(2026, 3, 2), queries.EffectNone}, // its run began before
		{"AA2", date(2026, 3, 1), queries.EffectOtherWay},
		{"AA2", date(2026, 3, 2), queries.EffectNone},
		{"AA3", date(2026, 3, 1), queries.EffectNone},
		{"AA3", date(2026, 3, 30), queries.EffectNone},
		{"AA3", date(2026, 3, 31), queries.EffectTooEarly}, // six months from it is the first of October
		{"AA1", date(2026, 4, 1), queries.EffectTooEarly},
		{"AA4", date(2026, 4, 1), queries.EffectTooEarly},
		{"AA4", date(2026, 3, 1), queries.EffectNotMeasured},
		{"AA5", date(2026, 3, 1), queries.EffectNotMeasured},
		{"AA6", date(2026, 3, 1), queries.EffectNotMeasured}, // no direction is better
		{"ZZ9", date(2026, 3, 1), queries.EffectNotMeasured},
	} {
		action := queries.PlanAction{ID: "A", Completed: c.completed, Measures: []string{c.measure}}
		got := queries.Effects([]queries.PlanAction{action}, results, quarter)
		if len(got) != 1 || got[0].Status != c.want || got[0].Measure != c.measure {
			t.Errorf("%s complete on %s: %v, want %s", c.measure, c.completed.Format(time.DateOnly), got, c.want)
		}
	}
	open := []queries.PlanAction{{ID: "A", Measures: []string{"AA1"}}}
	if got := queries.Effects(open, results, quarter); len(got) != 0 {
		t.Errorf("an action that is not complete has %v", got)
	}
}

// TestSettle counts each action once, by the first status that any of its measures has.
func TestSettle(t *testing.T) {
	year, _ := config.ParsePeriod("year to 2026-09")
	part := func(category string, numerator int64) queries.Figure {
		return queries.Figure{Period: year, Breakdown: queries.CategoryBreakdown, Category: category, State: queries.Shown, Numerator: numerator, Base: 4, BaseShown: true}
	}
	r := &queries.Result{Measure: &queries.Measure{ID: "AP2", Kind: queries.Distribution}, Figures: []queries.Figure{
		{Period: year, State: queries.Shown, Value: 4, Base: 4, BaseShown: true},
		part(queries.EffectMoved, 0), part(queries.EffectNone, 0), part(queries.EffectNotMeasured, 1), part("a measure is linked", 3),
	}}
	effect := func(action, status string, day time.Time) queries.Effect {
		return queries.Effect{Action: action, Status: status, CompletedOn: day}
	}
	in := date(2026, 9, 30)
	r.Settle([]queries.Effect{
		effect("A1", queries.EffectNone, in), effect("A1", queries.EffectMoved, in), effect("A1", queries.EffectTooEarly, in),
		effect("A2", queries.EffectNone, in), effect("A3", queries.EffectNone, date(2025, 10, 1)), effect("A4", queries.EffectNotMeasured, in),
		effect("A5", queries.EffectMoved, date(2026, 10, 1)), effect("A6", queries.EffectMoved, date(2025, 9, 30)),
	})
	want := map[string]int64{"": 0, queries.EffectMoved: 1, queries.EffectNone: 2, queries.EffectNotMeasured: 1}
	if len(r.Figures) != len(want) {
		t.Fatalf("%d figures, want %d", len(r.Figures), len(want))
	}
	for _, f := range r.Figures {
		if f.Numerator != want[f.Category] {
			t.Errorf("%q: %d, want %d", f.Category, f.Numerator, want[f.Category])
		}
	}
	if f := r.Figures[2]; f.Value != 50 || f.Low > 50 || f.High < 50 {
		t.Errorf("no change: %v from %v to %v", f.Value, f.Low, f.High)
	}
}
