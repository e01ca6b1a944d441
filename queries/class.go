package queries

import (
	"slices"

	"wherry/queries/disclosure"
)

// classRow is a row in which everybody, or nobody, met the measure, and the numbers of the
// whole that say so already, by index.
type classRow struct {
	cells []int
	told  []int
}

// addClasses marks what would tell of everybody in a row that they did, or did not, what a
// proportion asks. Only measures at level 2 are looked at, and only the rows below the
// whole: what is so of a whole county tells nobody about a neighbour. Where the whole says
// it of everybody in a period, it says it of every row within, and they keep nothing back. A
// row of few prints neither its base nor how many met it, so a zero there is not seen.
func (t *table) addClasses(c *Cells) {
	coalition, ok := t.rules[c.measure].ClassCoalition()
	if !ok {
		return
	}
	t.addGroups(c, coalition)
	if c.measure.Kind == Proportion {
		t.addAnswers(c, coalition)
	}
	t.markClasses()
}

// addGroups adds the rows in which everybody counted is in one category of several. Where they
// are few, so that the row prints no number of them, zeros beside it tell as much. That it is
// not recorded of anybody tells nothing.
func (t *table) addGroups(c *Cells, coalition int64) {
	for _, b := range c.measure.brokenDown() {
		for _, p := range c.plan.grouped {
			k := cellKey{period: p, area: c.plan.wholeArea()}
			total := c.value(k).base
			k.breakdown = b
			var counts []int64
			categories := t.openFirst(c, k)
			for _, category := range categories {
				k.category = category
				counts = append(counts, c.value(k).base)
			}
			if len(counts) < 2 {
				continue
			}
			var row classRow
			told := false
			for _, i := range disclosure.ClassPrimary(counts, total, coalition) {
				k.category = categories[i]
				told = told || counts[i] > 0 && k.category != notRecorded
				row.cells = append(row.cells, t.index[t.key(c, k, partBase)])
				if counts[i] == 0 {
					t.longer[row.cells[len(row.cells)-1]] = t.emptyLonger(c, k)
				}
			}
			if told {
				t.classes = append(t.classes, row)
			}
		}
	}
}

// openFirst is the categories of k's breakdown, those first of which fewest longer periods print
// that they hold nobody: a zero that is hidden beside a printed zero of its year is no secret.
func (t *table) openFirst(c *Cells, k cellKey) []string {
	closed := map[string]int{}
	categories := slices.Clone(c.categories[k.breakdown])
	for _, k.category = range categories {
		closed[k.category] = len(t.emptyLonger(c, k))
	}
	slices.SortStableFunc(categories, func(a, b string) int { return closed[a] - closed[b] })
	return categories
}

// emptyLonger is the bases of k's category in the longer periods that hold k's and nobody, by
// index.
func (t *table) emptyLonger(c *Cells, k cellKey) (empty []int) {
	shorter := k.period
	for _, p := range c.plan.grouped {
		k.period = p
		if p != shorter && !p.Start.After(shorter.Start) && !p.End.Before(shorter.End) && c.value(k).base == 0 {
			empty = append(empty, t.index[t.key(c, k, partBase)])
		}
	}
	return empty
}

// addAnswers adds the rows of a proportion in which everybody, or nobody, met it.
func (t *table) addAnswers(c *Cells, coalition int64) {
	for _, k := range c.keys() {
		v, parts := c.value(k), []string{partMet, partUnmet}
		if 0 < v.base && v.base <= t.audience.HideUpTo {
			t.cells[t.index[t.key(c, k, partMet)]].Unprinted = true
			continue
		}
		row := classRow{told: t.toldByWhole(c, k)}
		for _, i := range disclosure.ClassPrimary([]int64{v.met, v.base - v.met}, v.base, coalition) {
			row.cells = append(row.cells, t.index[t.key(c, k, parts[i])])
		}
		if len(row.cells) > 0 && c.belowWhole(k) {
			t.classes = append(t.classes, row)
		}
	}
}

// belowWhole says that a cell is of a part of the whole: an area or a category.
func (c *Cells) belowWhole(k cellKey) bool {
	return k.area != c.plan.wholeArea() || k.breakdown != ""
}

// toldByWhole is the numerators of the whole, by index, that tell of everybody in a period
// that holds k's.
func (t *table) toldByWhole(c *Cells, k cellKey) []int {
	var told []int
	for _, p := range c.plan.whole {
		whole := cellKey{period: p, area: c.plan.wholeArea()}
		v := c.value(whole)
		if !p.Start.After(k.period.Start) && !p.End.Before(k.period.End) && v.base > 0 && (v.met == 0 || v.met == v.base) {
			told = append(told, t.index[t.key(c, whole, partMet)])
		}
	}
	return told
}

// markClasses marks the rows that no number shown of the whole tells of, and says whether
// there were any left to mark.
func (t *table) markClasses() bool {
	marked := false
	t.classes = slices.DeleteFunc(t.classes, func(row classRow) bool {
		if slices.ContainsFunc(row.told, func(i int) bool { return t.hidden == nil || !t.hidden[i] }) {
			return false
		}
		for _, i := range row.cells {
			t.cells[i].Primary = !t.cells[i].Free
			t.classed[i] = true
		}
		marked = true
		return true
	})
	return marked
}
