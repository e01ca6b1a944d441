package queries

import (
	"cmp"
	"slices"
)

// countSeries is one count of a measure under one breakdown, over all its periods, areas
// and categories.
type countSeries struct{ measure, part, breakdown string }

// twins says which series of counts of an edition hold the same numbers, such as the base of
// one measure and those who met another: a reader who sees them agree takes them for one. Each
// is known by the first of its kind. To take two for one that only chance makes equal hides
// more than was needed, and shows nothing.
type twins map[countSeries]countSeries

// Series with fewer equal counts than twinCells, or of fewer values than twinValues, agree too
// easily to be taken for one.
const (
	twinCells  = 12
	twinValues = 6
)

// twin is a series that others have been found equal to.
type twin struct {
	countSeries
	distinct bool
	values   map[cellKey]int64
}

// findTwins compares every printed series of every measure that protects people.
func findTwins(all []*Cells) twins {
	found := twins{}
	var firsts []twin
	for _, c := range all {
		if !c.measure.ProtectsPeople() {
			continue
		}
		// Two series of one measure stay two, even where everybody met it.
		taken := map[countSeries]bool{}
		for _, s := range c.countSeries() {
			i := slices.IndexFunc(firsts, func(first twin) bool { return !taken[first.countSeries] && first.equals(s) })
			if i < 0 {
				i = len(firsts)
				firsts = append(firsts, s)
			} else {
				found[s.countSeries] = firsts[i].countSeries
			}
			taken[firsts[i].countSeries] = true
		}
	}
	return found
}

// countSeries is the counts of c that another measure may rest on.
func (c *Cells) countSeries() []twin {
	parts := map[string]func(tally) int64{partBase: func(t tally) int64 { return t.base }}
	if c.measure.Kind == Proportion {
		parts[partMet] = func(t tally) int64 { return t.met }
		parts[partUnmet] = func(t tally) int64 { return t.base - t.met }
	}
	var all []twin
	for _, part := range []string{partBase, partMet, partUnmet} {
		number, printed := parts[part]
		if !printed {
			continue
		}
		at := map[string]int{}
		for _, k := range append(c.keys(), c.pieceKeys()...) {
			i, known := at[k.breakdown]
			if !known {
				i = len(all)
				at[k.breakdown] = i
				all = append(all, twin{countSeries{c.measure.ID, part, k.breakdown}, c.measure.Unit != "", map[cellKey]int64{}})
			}
			all[i].values[k] = number(c.value(k))
		}
	}
	return all
}

// equals says whether two series are one as far as anybody can see.
func (t twin) equals(s twin) bool {
	if t.breakdown != s.breakdown || t.distinct != s.distinct {
		return false
	}
	shared, values := 0, map[int64]bool{}
	for k, n := range s.values {
		theirs, there := t.values[k]
		if there && theirs != n {
			return false
		}
		if there {
			shared++
			values[n] = true
		}
	}
	return shared >= twinCells && len(values) >= twinValues
}

// groups is the measures, by index, that have to be protected as one table, in order.
func (t twins) groups(all []*Cells) [][]int {
	index := map[string]int{}
	head := make([]int, len(all))
	for i, c := range all {
		index[c.measure.ID], head[i] = i, i
	}
	var find func(int) int
	find = func(i int) int {
		if head[i] != i {
			head[i] = find(head[i])
		}
		return head[i]
	}
	for of, to := range t {
		i, j := find(index[of.measure]), find(index[to.measure])
		head[max(i, j)] = min(i, j)
	}
	byHead := map[int][]int{}
	for i := range all {
		byHead[find(i)] = append(byHead[find(i)], i)
	}
	var groups [][]int
	for _, g := range byHead {
		groups = append(groups, g)
	}
	slices.SortFunc(groups, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return groups
}
