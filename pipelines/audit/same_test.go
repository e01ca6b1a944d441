package audit

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// monthly is a proportion by month in the whole area, under a breakdown and category where
// one is named; a base or numerator of -1 is not printed.
func monthly(id, breakdown, category string, base, met func(n int64) int64) *measure {
	m := &measure{ID: id, Kind: "proportion"}
	for n := range int64(16) {
		start := time.Date(2025, time.Month(1+n), 1, 0, 0, 0, 0, time.UTC)
		m.rows = append(m.rows, row{period: start.Format("2006-01"), kind: "month", start: start, end: start.AddDate(0, 1, -1),
			area: "W", breakdown: breakdown, category: category, base: base(n), numerator: met(n)})
	}
	return m
}

func hidden(int64) int64   { return -1 }
func rising(n int64) int64 { return 40 + 3*n }

// but is rising, off by some in the sixth month.
func but(by int64) func(int64) int64 {
	return func(n int64) int64 {
		if n == 5 {
			return rising(n) + by
		}
		return rising(n)
	}
}

// gap is rising, not printed in the sixth month.
func gap(n int64) int64 {
	if n == 5 {
		return -1
	}
	return rising(n)
}

// TestAThirdSeriesAgreesWithBothOrNeither: one that contradicts a series of a group is not of
// it, though it agrees with the first.
func TestAThirdSeriesAgreesWithBothOrNeither(t *testing.T) {
	a := &audience{Area: "W", Measures: []*measure{monthly("P1", "", "", gap, hidden), monthly("P2", "", "", rising, hidden), monthly("P3", "", "", but(2), hidden)}}
	same := sameCounts([]*audience{a})
	if _, there := same.series[series{"P2", partBase, ""}]; !there {
		t.Error("two that agree are not taken for one")
	}
	if to, there := same.series[series{"P3", partBase, ""}]; there {
		t.Errorf("taken for %v, one of which it contradicts", to)
	}
}

// few is nobody in most months, and six and more in the last five.
func few(n int64) int64 { return max(0, n-10) + min(1, max(0, n-10))*5 }

// TestFewThatAgreeByChance: twelve and more counts of six different values are not one series
// while chance could make them agree; the same counts under a second breakdown, or a larger one
// of them, leave no room for chance.
func TestFewThatAgreeByChance(t *testing.T) {
	more := func(n int64) int64 {
		if n == 9 {
			return 700
		}
		return few(n)
	}
	both := func(id, breakdown, category string, base func(int64) int64) *measure {
		m := monthly(id, "", "", base, hidden)
		m.rows = append(m.rows, monthly(id, breakdown, category, base, hidden).rows...)
		return m
	}
	for name, c := range map[string]struct {
		one, other *measure
		same       int
	}{
		"by chance":               {monthly("P1", "", "", few, hidden), monthly("P2", "", "", few, hidden), 0},
		"one that is large":       {monthly("P1", "", "", more, hidden), monthly("P2", "", "", more, hidden), 1},
		"under a breakdown too":   {both("P1", "kind", "one", few), both("P2", "kind", "one", few), 2},
		"under one that is other": {both("P1", "kind", "one", few), both("P2", "sort", "one", few), 0},
	} {
		t.Run(name, func(t *testing.T) {
			same := sameCounts([]*audience{{Area: "W", Measures: []*measure{c.one, c.other}}})
			if len(same.series) != c.same {
				t.Errorf("taken for one: %v, want %d", same.series, c.same)
			}
		})
	}
}

// TestTheRestThatAnotherMeasureCounts: where all are hidden in which the base differs from its
// rest, what prints the same as both is the rest; one month in which the base is printed and its
// numerator is not tells that it is the base.
func TestTheRestThatAnotherMeasureCounts(t *testing.T) {
	none := func(n int64) int64 {
		if n == 5 {
			return -1 // a few
		}
		return 0
	}
	for want, base := range map[string]func(int64) int64{partRest: gap, partBase: rising} {
		same := sameCounts([]*audience{{Area: "W", Measures: []*measure{monthly("P1", "", "", rising, hidden), monthly("P2", "", "", base, none)}}})
		if len(same.series) != 1 || same.series[series{"P2", want, ""}] != (series{"P1", partBase, ""}) {
			t.Errorf("taken for one: %v, want the %s", same.series, want)
		}
	}
}

// TestTwoCategoriesStayTwo: both may print what another measure's cases do, and only one be them.
func TestTwoCategoriesStayTwo(t *testing.T) {
	kinds := monthly("P1", "kind", "one", rising, hidden)
	kinds.rows = append(kinds.rows, monthly("P1", "kind", "other", rising, hidden).rows...)
	same := sameCounts([]*audience{{Area: "W", Measures: []*measure{kinds, monthly("P2", "", "", rising, hidden)}}})
	if len(same.slices) != 1 {
		t.Errorf("taken for one: %v", same.slices)
	}
}

// TestARevisedPeriodIsNotTheSame, whether its base or its numerator was revised.
func TestARevisedPeriodIsNotTheSame(t *testing.T) {
	for _, c := range []struct {
		base, met func(int64) int64
		same      int
	}{{rising, rising, 16}, {but(1), rising, 15}, {rising, but(1), 15}} {
		now := &audience{Area: "W", Measures: []*measure{monthly("P1", "", "", rising, rising)}}
		before := &audience{Area: "W", release: 1, Measures: []*measure{monthly("P1", "", "", c.base, c.met)}}
		if got := len(sameCounts([]*audience{now, before}).release); got != c.same {
			t.Errorf("%d periods are the same, want %d", got, c.same)
		}
	}
}

// TestWhatDoesNotFitIsLeftOut keeps the series that can be the same and drops the others.
func TestWhatDoesNotFitIsLeftOut(t *testing.T) {
	first := series{"P1", partBase, ""}
	s := &sameness{area: "W", series: map[series]series{{"P2", partBase, ""}: first, {"P3", partBase, ""}: first},
		slices: map[slice]slice{{series{"P2", partMet, "kind"}, "one"}: {series: first}, {series{"P3", partMet, "kind"}, "one"}: {series: first}}}
	kept := s.fitting([]string{"P1", "P2", "P3"}, func(of func(key) key) bool {
		return of(key{measure: "P3", part: partBase}).measure == "P1" || of(key{measure: "P3", part: partMet, place: place{area: "W", breakdown: "kind", category: "one"}}).measure == "P1"
	})
	got := fmt.Sprint(kept.series, kept.slices)
	if len(kept.series) != 1 || len(kept.slices) != 1 || strings.Contains(got, "P3") {
		t.Errorf("kept %s", got)
	}
}

// TestALeakIsToldOnce: what is printed is not told again as worked out, nor what follows from
// the board's own edition as following with another's.
func TestALeakIsToldOnce(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(d *draft)
		never []string
	}{
		"a small numerator is printed": {func(d *draft) { d.set(2, "A", 3, 70) }, []string{"can be worked out"}},
		"a small base is printed":      {func(d *draft) { d.set(2, "A", 0, 4) }, []string{"a hidden count can be worked out"}},
		"a leak of the board's own":    {leakBySums, []string{RuleAudiences}},
	} {
		t.Run(name, func(t *testing.T) {
			board, public := cleanDraft(), cleanDraft()
			public.hideUpTo, public.roundTo, public.minBase = 9, 5, 20
			c.spoil(board)
			leakBySums(public)
			r := audited(t, map[string]*draft{"board": board, "public": public})
			if len(r.Findings) == 0 {
				t.Fatal("nothing is found")
			}
			for _, f := range r.Findings {
				if strings.HasPrefix(f.File, "board/") && slices.ContainsFunc(c.never, func(never string) bool { return f.Rule == never || strings.Contains(f.Detail, never) }) {
					t.Error(f)
				}
			}
		})
	}
}

// leakBySums hides a small numerator without company.
func leakBySums(d *draft) {
	d.set(2, "A", 3, 70)
	d.row("quarter", 2, "A").hideMet = true
}

// TestWhatTwoAudiencesPrintIsTiedOnce: the categories that both print fill the whole once.
func TestWhatTwoAudiencesPrintIsTiedOnce(t *testing.T) {
	audiences := make([]*audience, 2)
	for i := range audiences {
		m := monthly("P1", "", "", rising, hidden)
		m.rows = append(m.rows, monthly("P1", "kind", "one", func(n int64) int64 { return 10 + n }, hidden).rows...)
		m.rows = append(m.rows, monthly("P1", "kind", "other", func(n int64) int64 { return rising(n) - 10 - n }, hidden).rows...)
		audiences[i] = &audience{Area: "W", Measures: []*measure{m}}
	}
	s := assemble(audiences, []string{"P1"}, nil)
	if s.solve(); s.misfit {
		t.Error("counts that fit are taken for a contradiction")
	}
}
