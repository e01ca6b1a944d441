package audit

import (
	"fmt"
	"slices"
	"testing"
)

// crossed is an edition of two sets of areas in one quarter: B lies in both U and V, and
// sliver of its people in U. hidden is the areas whose counts are hidden.
func crossed(sliver int, hidden ...string) single {
	s := single{kind: "count", unit: "number",
		top: `,"geography":{"A":["A in U"],"B":["B in U","B in V"],"U":["A in U","B in U"],"V":["B in V"]}`}
	for _, c := range []struct {
		area string
		n    int
	}{{"W", 97}, {"A", 40}, {"B", 57}, {"U", 40 + sliver}, {"V", 57 - sliver}} {
		row := fmt.Sprintf("%s%s,,,%d,,,%d,%d,,", q, c.area, c.n, c.n, c.n)
		if slices.Contains(hidden, c.area) {
			row = q + c.area + ",,,,,,,,c,c"
		}
		s.rows = append(s.rows, row)
	}
	return s
}

func (s single) finds(t *testing.T, rule string) bool {
	t.Helper()
	return slices.ContainsFunc(s.audited(t).Findings, func(f Finding) bool { return f.Rule == rule })
}

// TestASliverIsFound: a district less a unitary is a small part of it, whichever areas are
// left to take it from.
func TestASliverIsFound(t *testing.T) {
	for _, c := range []struct {
		sliver int
		hidden []string
		leaks  bool
	}{
		{3, nil, true},
		{3, []string{"U"}, true},
		{3, []string{"V"}, true},
		{3, []string{"A", "B"}, false},
		{3, []string{"U", "V"}, false},
		{9, nil, false},
		{54, nil, true},
	} {
		s := crossed(c.sliver, c.hidden...)
		if got := s.finds(t, RuleSums); got != c.leaks {
			t.Errorf("a sliver of %d with %v hidden: found %v, want %v", c.sliver, c.hidden, got, c.leaks)
		}
	}
	s := crossed(3)
	s.top = ""
	if s.rows = s.rows[:3]; s.finds(t, RuleSums) {
		t.Error("one set of areas gives nothing away")
	}
}

// TestOneSetIsTiedAsBefore: a measure that is not given for the second set has its districts
// tied to the whole, whatever the catalogue says of pieces.
func TestOneSetIsTiedAsBefore(t *testing.T) {
	s := crossed(3)
	s.rows = s.rows[:3]
	s.rows[1] = q + "A,,,,,,,,c,c"
	s.rows[2] = q + "B,,,94,,,94,94,,"
	if !s.finds(t, RuleSums) {
		t.Error("the whole less one district is 3, and was not found")
	}
}

// TestAPieceIsFollowedThroughTime: a small part of one quarter is found from the other
// quarters and their year, where the areas of that quarter are hidden.
func TestAPieceIsFollowedThroughTime(t *testing.T) {
	year := func(last int) single {
		s := crossed(0)
		s.rows = nil
		total := map[string]int{}
		for i, p := range []string{"quarter,2025-10-01,2025-12-31,", "quarter,2026-01-01,2026-03-31,", "quarter,2026-04-01,2026-06-30,", q} {
			sliver := 20
			if i == 3 {
				sliver = last
			}
			for _, c := range []struct {
				area string
				n    int
			}{{"W", 97}, {"A", 40}, {"B", 57}, {"U", 40 + sliver}, {"V", 57 - sliver}} {
				total[c.area] += c.n
				row := fmt.Sprintf("%s%s,,,%d,,,%d,%d,,", p, c.area, c.n, c.n, c.n)
				if i == 3 && c.area != "W" {
					row = p + c.area + ",,,,,,,,c,c"
				}
				s.rows = append(s.rows, row)
			}
		}
		for area, n := range total {
			s.rows = append(s.rows, fmt.Sprintf("rolling,2025-10-01,2026-09-30,%s,,,%d,,,%d,%d,,", area, n, n, n))
		}
		return s
	}
	if !year(2).finds(t, RuleSums) || year(20).finds(t, RuleSums) {
		t.Error("the last quarter's piece is the year's less the other quarters'")
	}
}

func TestNewCouncilsAreReadOnPages(t *testing.T) {
	page := func(n string) single {
		s := crossed(9)
		s.page = `<section><h2 id="by-unitary">On the boundaries of April 2028</h2><p class="subtitle">Number, July to September 2026</p>
			<table class="data"><tr><th scope="col">New council</th><th scope="col">Number</th></tr><tr><th scope="row">Area U</th><td>` + n + `</td></tr></table>
			<div class="words"><p>The new councils begin on 1 April 2028. Their boundaries need not follow those of districts.</p></div></section>`
		return s
	}
	if got := page("49").audited(t).Findings; len(got) > 0 {
		t.Error(got)
	}
	if !page("48").finds(t, RulePage) {
		t.Error("48 is not what the data file prints")
	}
}
