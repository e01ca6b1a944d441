package audit

import (
	"testing"

	"pgregory.net/rapid"
)

// TestSolveSeesThroughOverlaps publishes sums of random overlapping groups, as areas that
// cross each other give, and holds what comes out against every table that fits.
func TestSolveSeesThroughOverlaps(t *testing.T) {
	const most = 3 // what each count is known to be at the most, so that every table can be tried
	rapid.Check(t, func(t *rapid.T) {
		truth := make([]int64, rapid.IntRange(2, 8).Draw(t, "counts"))
		p := newPuzzle()
		for i := range truth {
			truth[i] = rapid.Int64Range(0, 1).Draw(t, "n")
			p.count(0, most)
		}
		for range rapid.IntRange(1, 7).Draw(t, "groups") {
			var group []int
			var sum int64
			for i := range truth {
				if rapid.Bool().Draw(t, "in") {
					group, sum = append(group, i), sum+truth[i]
				}
			}
			if len(group) > 0 {
				p.total(p.count(sum, sum), group)
			}
		}
		fits := allTables(p.clone(), truth, most)
		p.solve()
		if p.misfit {
			t.Fatal("the true table does not fit")
		}
		for i := range truth {
			if p.known(i) && (p.lo[i] != truth[i] || len(fits[i]) != 1) {
				t.Fatalf("count %d is claimed, tables that fit give it %d values", i, len(fits[i]))
			}
			if !p.known(i) && len(fits[i]) == 1 {
				t.Fatalf("count %d is the same in every table and was not found", i)
			}
		}
	})
}

// TestEliminationSolvesWhatBoundsCannot takes a part too large to search, in which one count
// follows from two sums that no bound brings together.
func TestEliminationSolvesWhatBoundsCannot(t *testing.T) {
	p := newPuzzle()
	var many []int
	for range smallPart + 4 {
		many = append(many, p.count(0, far))
	}
	lone := p.count(0, far)
	p.total(p.count(100, 100), many)
	p.total(p.count(103, 103), append([]int{lone}, many...))
	p.solve()
	if !p.known(lone) || p.lo[lone] != 3 {
		t.Errorf("the count is between %d and %d", p.lo[lone], p.hi[lone])
	}
	for _, v := range many {
		if p.known(v) {
			t.Errorf("count %d is claimed", v)
		}
	}
}
