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

// findSlices finds the categories of one measure that hold the same numbers as all cases of
// another, such as those a measure divides by agency and one that asks of that agency alone.
func (s *sameness) findSlices(printed []*seen) {
	at := map[slice]*seen{}
	var wholes, parts []slice
	for _, one := range printed {
		of := one.series
		if same, there := s.series[of]; there {
			of = same
		}
		for where, n := range one.at {
			if where.place.area != s.area {
				continue
			}
			k := slice{of, where.place.category}
			if at[k] == nil {
				at[k] = &seen{series: of, distinct: one.distinct, at: map[spot]int64{}}
				if of.breakdown == "" {
					wholes = append(wholes, k)
				} else {
					parts = append(parts, k)
				}
			}
			at[k].at[spot{where.source, place{period: where.place.period}}] = n
		}
	}
	slices.SortFunc(parts, compareSlices)
	type pair struct {
		measure string
		whole   slice
	}
	taken := map[pair]bool{} // two categories of a measure stay two
	for _, p := range parts {
		i := slices.IndexFunc(wholes, func(w slice) bool {
			if w.measure == p.measure || at[w].distinct != at[p].distinct || taken[pair{p.measure, w}] {
				return false
			}
			agree, often := at[p].agrees(at[w])
			return agree && often
		})
		if i >= 0 {
			s.slices[p] = wholes[i]
			taken[pair{p.measure, wholes[i]}] = true
		}
	}
}

// fitting is the part of s with which some measures' counts do not contradict each other: a
// reader who meets a contradiction knows that two series only happen to agree.
func (s *sameness) fitting(ids []string, misfits func(of func(key) key) bool) *sameness {
	kept := &sameness{series: map[series]series{}, slices: map[slice]slice{}, release: s.release, area: s.area}
	if misfits(kept.of) {
		kept.release = nil
	}
	for _, of := range sortedBy(s.series, func(x, y series) int { return compareSlices(slice{series: x}, slice{series: y}) }) {
		if !slices.Contains(ids, of.measure) {
			continue
		}
		kept.series[of] = s.series[of]
		if misfits(kept.of) {
			delete(kept.series, of)
		}
	}
	for _, of := range sortedBy(s.slices, compareSlices) {
		if !slices.Contains(ids, of.measure) {
			continue
		}
		kept.slices[of] = s.slices[of]
		if misfits(kept.of) {
			delete(kept.slices, of)
		}
	}
	return kept
}

func sortedBy[K comparable, V any](m map[K]V, compare func(x, y K) int) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compare)
	return keys
}
