package audit

import (
	"cmp"
	"slices"
)

// slice is one category of a series, in the whole area and over all periods.
type slice struct {
	series
	category string
}

func compareSlices(x, y slice) int {
	return cmp.Or(cmp.Compare(x.measure, y.measure), cmp.Compare(x.part, y.part), cmp.Compare(x.breakdown, y.breakdown), cmp.Compare(x.category, y.category))
}

// sliced is what sources print of each slice, and which of these are of all cases of a measure.
type sliced struct {
	*printing
	of            map[slice]*seen
	wholes, parts []slice
}

// findSlices finds the categories of one measure that hold the same numbers as all cases of
// another, such as those a measure divides by agency and one that asks of that agency alone.
func (s *sameness) findSlices(p *printing) {
	all := s.sliced(p)
	type pair struct {
		measure string
		whole   slice
	}
	taken := map[pair]bool{} // two categories of a measure stay two
	for _, part := range all.parts {
		i := slices.IndexFunc(all.wholes, func(w slice) bool {
			return !taken[pair{part.measure, w}] && all.fills(part, w) && !all.outdone(part, w)
		})
		if i >= 0 {
			s.slices[part] = all.wholes[i]
			taken[pair{part.measure, all.wholes[i]}] = true
		}
	}
}

// sliced is what is printed of slices, the counts of s that are the same put together.
func (s *sameness) sliced(p *printing) sliced {
	all := sliced{printing: p, of: map[slice]*seen{}}
	places := make([]place, len(p.strata))
	for at, n := range p.number {
		places[n] = at
	}
	for _, one := range p.series {
		of := one.series
		if same, there := s.series[of]; there {
			of = same
		}
		for where, n := range one.at {
			if !p.strata[where.place].whole {
				continue
			}
			at := places[where.place]
			k := slice{of, at.category}
			if all.of[k] == nil {
				all.of[k] = &seen{series: of, distinct: one.distinct, at: map[spot]int64{}, round: one.round}
				if of.breakdown == "" {
					all.wholes = append(all.wholes, k)
				} else {
					all.parts = append(all.parts, k)
				}
			}
			all.of[k].at[spot{where.source, p.place(place{period: at.period, area: s.area}, p.strata[where.place].kind)}] = n
		}
	}
	slices.SortFunc(all.parts, compareSlices)
	return all
}

// fills says whether a category holds the same numbers as a whole, and no chance makes it.
func (s sliced) fills(part, whole slice) bool {
	x, y := s.of[part], s.of[whole]
	return x != nil && whole.measure != part.measure && x.distinct == y.distinct && x.agrees(y) && s.bits(x, y) >= enoughBits
}

// outdone is printing.outdone for the base of a category.
func (s sliced) outdone(base, whole slice) bool {
	return base.part == partBase && slices.ContainsFunc([]string{partMet, partRest}, func(part string) bool {
		some := base
		some.part = part
		return s.fills(some, whole) && !s.of[base].toldFrom(s.of[some], []*seen{s.of[whole]})
	})
}

// fitting is the part of s with which some measures' counts do not contradict each other: a
// reader who meets a contradiction knows that two series only happen to agree.
func (s *sameness) fitting(ids []string, misfits func(of func(key) key) bool) *sameness {
	kept := &sameness{series: map[series]series{}, slices: map[slice]slice{}, release: s.release, area: s.area}
	if misfits(kept.of) {
		kept.release = nil
	}
	misfit := func() bool { return misfits(kept.of) }
	all := sortedBy(s.series, func(x, y series) int { return compareSlices(slice{series: x}, slice{series: y}) })
	keep(kept.series, s.series, slices.DeleteFunc(all, func(of series) bool { return !slices.Contains(ids, of.measure) }), misfit)
	parts := sortedBy(s.slices, compareSlices)
	keep(kept.slices, s.slices, slices.DeleteFunc(parts, func(of slice) bool { return !slices.Contains(ids, of.measure) }), misfit)
	return kept
}

// keep puts into kept, of some keys of all, each with which nothing misfits beside those kept
// before it: many at once, where that can be, since what misfits does so with more as well.
func keep[K comparable, V any](kept, all map[K]V, keys []K, misfit func() bool) {
	for _, k := range keys {
		kept[k] = all[k]
	}
	if len(keys) == 0 || !misfit() {
		return
	}
	for _, k := range keys {
		delete(kept, k)
	}
	if half := len(keys) / 2; half > 0 {
		keep(kept, all, keys[:half], misfit)
		keep(kept, all, keys[half:], misfit)
	}
}

func sortedBy[K comparable, V any](m map[K]V, compare func(x, y K) int) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compare)
	return keys
}
