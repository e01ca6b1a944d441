package queries

import (
	"math"
	"testing"
)

// TestMedianFromPrintedCounts is the middle category where the printed counts settle it.
func TestMedianFromPrintedCounts(t *testing.T) {
	const hidden = -1
	order := []string{"0", "1", "2", "3-4", "5 or more", "10", "not recorded"}
	for _, c := range []struct {
		name   string
		whole  int64
		counts []int64 // in the order of the categories
		want   string
	}{
		{"in the middle", 40, []int64{10, 9, 8, 7, 6}, "2"},
		{"exactly half is enough", 40, []int64{10, 10, 8, 7, 5}, "1"},
		{"one less is not", 41, []int64{10, 10, 9, 7, 5}, "2"},
		{"a range", 40, []int64{6, 6, 6, 15, 7}, "3-4"},
		{"by number, not by letter", 40, []int64{6, 0, 0, 0, 12, 22}, "10"},
		{"those not recorded are left out", 60, []int64{10, 9, 8, 7, 6, 0, 20}, "2"},
		{"hidden above it", 40, []int64{22, 12, hidden, hidden, 0}, "0"},
		{"hidden below it, and too few to matter", 40, []int64{hidden, hidden, 25, 12, 0}, "2"},
		{"hidden, and it may be there", 40, []int64{14, hidden, hidden, 12, 6}, ""},
		{"hidden, and it may be below", 40, []int64{hidden, 15, 21, hidden, 0}, "2"},
		{"hidden, and it may be on either side", 40, []int64{12, hidden, 14, hidden, 0}, ""},
		{"how many are not recorded is hidden", 40, []int64{30, 0, 0, 0, 0, 0, hidden}, ""},
		{"nobody", 0, []int64{0, 0}, ""},
		{"whole hidden", hidden, []int64{30, 2}, ""},
	} {
		r := &Result{Measure: &Measure{Kind: Proportion}}
		add := func(breakdown, category string, n int64) {
			f := Figure{Period: readingQuarter, Area: "E10", Breakdown: breakdown, Category: category, State: Suppressed, Value: math.NaN()}
			if n != hidden {
				f.State, f.Base, f.BaseShown = Shown, n, true
			}
			r.Figures = append(r.Figures, f)
		}
		add("", "", c.whole)
		for i, n := range c.counts {
			add("earlier", order[i], n)
			add("another", order[i], 99)
		}
		if got, ok := r.Median(readingQuarter, "earlier"); got != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q, %v; want %q", c.name, got, ok, c.want)
		}
	}
	for category, want := range map[string][3]int{"2": {2, 2, 0}, "3-4": {3, 4, 0}, "5 or more": {5, 5, 1}} {
		from, to, open := Numbers(category)
		if from != want[0] || to != want[1] || open != (want[2] == 1) {
			t.Errorf("%s: %d, %d, %v", category, from, to, open)
		}
	}
}
