package queries

import (
	"cmp"
	"maps"
	"math"
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

// twinBits is how unlikely the agreement of two counts has to be, as a power of two, for them
// to be taken for one: that a count of about n is met by chance has odds of the root of 4πn.
const twinBits = 20

// counted is one count of a measure, under each breakdown that gives it.
type counted struct {
	measure, part string
	distinct      bool
	by            map[string]map[cellKey]int64
}

// findTwins compares every printed count of every measure that protects people with those
// before it.
func findTwins(all []*Cells) twins {
	found := twins{}
	var earlier []counted
	for _, c := range all {
		if !c.measure.ProtectsPeople() {
			continue
		}
		counts := c.countSeries()
		for _, x := range counts {
			for _, y := range earlier {
				found.add(x, y)
			}
		}
		earlier = append(earlier, counts...)
	}
	return found
}

// add notes under which breakdowns x is y as far as anybody can see. Two counts of one
// measure stay two, even where everybody met it.
func (t twins) add(x, y counted) {
	for _, breakdown := range x.alike(y) {
		of, to := x.series(breakdown), y.series(breakdown)
		if first, there := t[to]; there {
			to = first
		}
		if _, there := t[of]; !there && !t.stands(to, x.measure, breakdown) {
			t[of] = to
		}
	}
}

// stands says whether a series stands for one of a measure already, or is one.
func (t twins) stands(first countSeries, measure, breakdown string) bool {
	for _, part := range []string{partBase, partMet, partUnmet} {
		s := countSeries{measure, part, breakdown}
		if s == first || t[s] == first {
			return true
		}
	}
	return false
}

func (x counted) series(breakdown string) countSeries {
	return countSeries{x.measure, x.part, breakdown}
}

// alike is the breakdowns under which two counts agree, if that is no chance: under all of
// them together where their wholes agree, else under each by itself.
func (x counted) alike(y counted) []string {
	if x.distinct != y.distinct {
		return nil
	}
	var agreed, sure []string
	var together float64
	wholeDiffers := false
	for _, breakdown := range slices.Sorted(maps.Keys(x.by)) {
		shared, bits, differ := agreement(x.by[breakdown], y.by[breakdown])
		switch {
		case differ:
			wholeDiffers = wholeDiffers || breakdown == ""
		case shared > 0:
			agreed = append(agreed, breakdown)
			together += bits
			if bits >= twinBits {
				sure = append(sure, breakdown)
			}
		}
	}
	if together >= twinBits && !wholeDiffers {
		return agreed
	}
	return sure
}

// agreement is how many cells two series share, and how unlikely it is by chance that they
// hold the same numbers there.
func agreement(x, y map[cellKey]int64) (shared int, bits float64, differ bool) {
	for k, n := range x {
		theirs, there := y[k]
		switch {
		case !there:
		case theirs != n:
			return shared, 0, true
		case n > 0:
			bits += math.Log2(4*math.Pi*float64(n)) / 2
			shared++
		default:
			shared++
		}
	}
	return shared, bits, false
}

// countSeries is the counts of c that another measure may rest on.
func (c *Cells) countSeries() []counted {
	parts := map[string]func(tally) int64{partBase: func(t tally) int64 { return t.base }}
	if c.measure.Kind == Proportion {
		parts[partMet] = func(t tally) int64 { return t.met }
		parts[partUnmet] = func(t tally) int64 { return t.base - t.met }
	}
	var all []counted
	for _, part := range []string{partBase, partMet, partUnmet} {
		number, printed := parts[part]
		if !printed {
			continue
		}
		one := counted{c.measure.ID, part, c.measure.Unit != "", map[string]map[cellKey]int64{}}
		for _, k := range c.keys() {
			if one.by[k.breakdown] == nil {
				one.by[k.breakdown] = map[cellKey]int64{}
			}
			one.by[k.breakdown][k] = number(c.value(k))
		}
		all = append(all, one)
	}
	return all
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
