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
// one measure and those who met another, or one category of a measure and the whole of
// another: a reader who sees them agree takes them for one. Each is known by the first of its
// kind. To take two for one that only chance makes equal hides more than was needed, and shows
// nothing.
type twins struct {
	series     map[countSeries]countSeries
	categories map[categorySeries]countSeries // to the whole of another measure
}

// categorySeries is one count of one category of a measure, over all its periods.
type categorySeries struct{ measure, part, breakdown, category string }

// twinBits is how unlikely the agreement of two counts has to be, as a power of two, for them
// to be taken for one: that a count of about n is met by chance has odds of the root of 4πn.
const twinBits = 20

// counted is one count of a measure, under each breakdown that gives it.
type counted struct {
	measure, part string
	distinct      bool
	by            map[string][]numbered
}

// numbered is what a count is in one cell, by the number of the cell. A series has them in order.
type numbered struct {
	cell int32
	is   int64
}

// cellNumbers gives every cell a number of its own.
type cellNumbers struct {
	of   map[cellKey]int32
	keys []cellKey // by number
}

func (all *cellNumbers) number(k cellKey) int32 {
	n, there := all.of[k]
	if !there {
		n = int32(len(all.keys))
		all.of[k] = n
		all.keys = append(all.keys, k)
	}
	return n
}

// inCellOrder is a series in order, each of its cells once.
func inCellOrder(series []numbered) []numbered {
	slices.SortFunc(series, func(x, y numbered) int { return cmp.Compare(x.cell, y.cell) })
	return slices.Compact(series)
}

// findTwins compares every printed count of every measure that protects people with those
// before it, and its categories with the wholes of all.
func findTwins(all []*Cells) twins {
	found := twins{map[countSeries]countSeries{}, map[categorySeries]countSeries{}}
	var counts []counted
	cells := &cellNumbers{of: map[cellKey]int32{}}
	for _, c := range all {
		if !c.measure.ProtectsPeople() {
			continue
		}
		fresh := c.countSeries(cells)
		for _, x := range fresh {
			for _, y := range counts {
				found.add(x, y)
			}
		}
		counts = append(counts, fresh...)
	}
	for _, x := range counts {
		categories := x.categories(cells)
		for _, y := range counts {
			if x.measure != y.measure && x.distinct == y.distinct {
				found.addCategories(categories, y)
			}
		}
	}
	return found
}

// add notes under which breakdowns x is y as far as anybody can see. Two counts of one
// measure stay two, even where everybody met it.
func (t twins) add(x, y counted) {
	for _, breakdown := range x.alike(y) {
		of, to := x.series(breakdown), t.first(y.series(breakdown))
		if _, there := t.series[of]; !there && !t.stands(to, x.measure, breakdown) {
			t.series[of] = to
		}
	}
}

// addCategories notes which categories of x are the whole of y as far as anybody can see.
func (t twins) addCategories(x []category, y counted) {
	for _, c := range x {
		if _, bits, differ := agreement(c.numbers, y.by[""]); !differ && bits >= twinBits && t.free(c.categorySeries, t.first(y.series(""))) {
			t.categories[c.categorySeries] = t.first(y.series(""))
		}
	}
}

// category is the numbers of one category of a count, in the cells of the whole.
type category struct {
	categorySeries
	numbers []numbered
}

// categories is those of every breakdown of a count, by name.
func (x counted) categories(cells *cellNumbers) []category {
	var all []category
	for _, breakdown := range slices.Sorted(maps.Keys(x.by)) {
		if breakdown == "" {
			continue
		}
		whole := map[string][]numbered{}
		for _, n := range x.by[breakdown] {
			k := cells.keys[n.cell]
			name := k.category
			k.breakdown, k.category = "", ""
			whole[name] = append(whole[name], numbered{cells.number(k), n.is})
		}
		for _, name := range slices.Sorted(maps.Keys(whole)) {
			all = append(all, category{categorySeries{x.measure, x.part, breakdown, name}, inCellOrder(whole[name])})
		}
	}
	return all
}

// free says whether a category of a measure may be taken for a whole: it has not been yet, and
// neither the measure's own whole, nor another category or part of it, has been.
func (t twins) free(at categorySeries, whole countSeries) bool {
	if _, there := t.categories[at]; there || t.stands(whole, at.measure, "") {
		return false
	}
	for other, to := range t.categories {
		if to == whole && other.measure == at.measure && other.breakdown == at.breakdown {
			return false
		}
	}
	return true
}

// first is the series that stands for one.
func (t twins) first(s countSeries) countSeries {
	if to, there := t.series[s]; there {
		return to
	}
	return s
}

// stands says whether a series stands for one of a measure already, or is one.
func (t twins) stands(first countSeries, measure, breakdown string) bool {
	for _, part := range []string{partBase, partMet, partUnmet} {
		s := countSeries{measure, part, breakdown}
		if s == first || t.series[s] == first {
			return true
		}
	}
	return false
}

// place is the name of a part of a cell: that of the first measure that has it.
func (t twins) place(measure string, k cellKey, part string) partKey {
	if to, there := t.categories[categorySeries{measure, part, k.breakdown, k.category}]; there {
		k.breakdown, k.category = "", ""
		return partKey{cellKey: k, measure: to.measure, part: to.part}
	}
	to := t.first(countSeries{measure, part, k.breakdown})
	return partKey{cellKey: k, measure: to.measure, part: to.part}
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
func agreement(x, y []numbered) (shared int, bits float64, differ bool) {
	for len(x) > 0 && len(y) > 0 {
		switch {
		case x[0].cell < y[0].cell:
			x = x[1:]
			continue
		case x[0].cell > y[0].cell:
			y = y[1:]
			continue
		case x[0].is != y[0].is:
			return shared, 0, true
		case x[0].is > 0:
			bits += math.Log2(4*math.Pi*float64(x[0].is)) / 2
		}
		shared++
		x, y = x[1:], y[1:]
	}
	return shared, bits, false
}

// countSeries is the counts of c that another measure may rest on.
func (c *Cells) countSeries(cells *cellNumbers) []counted {
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
		one := counted{c.measure.ID, part, c.measure.Unit != "", map[string][]numbered{}}
		for _, k := range append(c.keys(), c.pieceKeys()...) {
			one.by[k.breakdown] = append(one.by[k.breakdown], numbered{cells.number(k), number(c.value(k))})
		}
		for breakdown, series := range one.by {
			one.by[breakdown] = inCellOrder(series)
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
	join := func(x, y string) {
		i, j := find(index[x]), find(index[y])
		head[max(i, j)] = min(i, j)
	}
	for of, to := range t.series {
		join(of.measure, to.measure)
	}
	for of, to := range t.categories {
		join(of.measure, to.measure)
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
