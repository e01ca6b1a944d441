package publish

import (
	"testing"

	"wherry/config"
	"wherry/queries"
)

// TestAlsoRead: a measure made from others' readings brings those that an action is linked
// to, once, and none of the rest; other measures bring nothing.
func TestAlsoRead(t *testing.T) {
	moved, linked, chosen, other := &queries.Measure{ID: "AP2", Reads: []string{"all"}}, &queries.Measure{ID: "RQ1"}, &queries.Measure{ID: "RQ2"}, &queries.Measure{ID: "RQ3"}
	catalogue := &queries.Catalogue{Measures: []*queries.Measure{moved, linked, chosen, other}}
	actions := []queries.PlanAction{{ID: "A1", Measures: []string{"RQ1", "RQ2"}}, {ID: "A2", Measures: []string{"RQ1", "ZZ9"}}}
	if got := alsoRead(catalogue, []*queries.Measure{moved, chosen}, actions); len(got) != 1 || got[0] != linked {
		t.Errorf("%d measures are read beside those chosen, want RQ1 alone", len(got))
	}
	if got := alsoRead(catalogue, []*queries.Measure{chosen, other}, actions); got != nil {
		t.Errorf("%d measures are read beside some that read none", len(got))
	}
}

// TestPlannedKeepsTheDates: a page tells slippage from the date first agreed.
func TestPlannedKeepsTheDates(t *testing.T) {
	a := queries.PlanAction{ID: "A1", Agency: "police", FirstDue: config.Day(2026, 1, 31), Due: config.Day(2026, 3, 31), Completed: config.Day(2026, 4, 30)}
	got := planned([]queries.PlanAction{a})
	if len(got) != 1 || got[0].FirstDue != a.FirstDue || got[0].Due != a.Due || got[0].Completed != a.Completed || got[0].Agency != "police" || got[0].VisibleFrom != a.VisibleFrom() {
		t.Errorf("got %+v", got)
	}
}
