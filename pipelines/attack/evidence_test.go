package attack

import (
	"fmt"
	"testing"
)

// printedAs is two measures over sixteen months of the whole area: the base of one, and the base
// and numerator of another, -1 for what is not printed.
func printedAs(one, base, met func(n int64) int64) *seen {
	f := &files{Area: "W"}
	for id, counts := range map[string][2]func(int64) int64{"P1": {one, func(int64) int64 { return -1 }}, "P2": {base, met}} {
		m := &measure{ID: id, Kind: "proportion"}
		for n := range int64(16) {
			m.rows = append(m.rows, row{period: fmt.Sprint(n), kind: "month", area: "W", base: counts[0](n), numerator: counts[1](n)})
		}
		f.Measures = append(f.Measures, m)
	}
	return look([]*files{f})
}

// TestFewThatAgreeByChance: sixteen counts of six different values are not one series while
// chance could make them agree; one large count among them leaves no room for it.
func TestFewThatAgreeByChance(t *testing.T) {
	for large, want := range map[int64]bool{0: false, 700: true} {
		few := func(n int64) int64 {
			switch {
			case n > 10:
				return n - 5
			case n == 10:
				return large
			}
			return 0
		}
		s := printedAs(few, few, func(int64) int64 { return -1 })
		if got := s.same(where{"P1", "base", ""}, where{"P2", "base", ""}); got != want {
			t.Errorf("with a count of %d, taken for one: %v", large, got)
		}
	}
}

// TestTheRestThatAnotherMeasureCounts: what prints the same as a base and as its rest is the
// rest where no month tells them apart, and the base where one does.
func TestTheRestThatAnotherMeasureCounts(t *testing.T) {
	rising := func(n int64) int64 { return 40 + 3*n }
	but := func(n int64) int64 {
		if n == 5 {
			return -1
		}
		return rising(n)
	}
	none := func(n int64) int64 {
		if n == 5 {
			return -1 // a few
		}
		return 0
	}
	for want, base := range map[string]func(int64) int64{"rest": but, "base": rising} {
		s := printedAs(rising, base, none)
		for _, part := range []string{"base", "rest"} {
			if got := s.same(where{"P1", "base", ""}, where{"P2", part, ""}); got != (part == want) {
				t.Errorf("the %s of P2 taken for the base of P1: %v, want the %s to be", part, got, want)
			}
		}
	}
}
