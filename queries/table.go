package queries

import (
	"fmt"
	"slices"
	"strings"

	"wherry/config"
	"wherry/queries/disclosure"
)

// table is the counts of one group of measures as disclosure control sees them, and what it
// decided.
type table struct {
	audience  config.Audience
	cells     []disclosure.Cell
	equations []disclosure.Equation
	index     map[partKey]int
	hidden    []bool
}

// The parts of a cell: its base; of a proportion, those that met it and those that did not;
// of a duration, those open, those ended, and those ended within the days of the measure.
const (
	partBase  = "base"
	partMet   = "met"
	partUnmet = "unmet"
	partOpen  = "open"
	partEnded = "ended"
)

func partWithin(days int) string { return fmt.Sprintf("within %d", days) }
func partBeyond(days int) string { return fmt.Sprintf("beyond %d", days) }
func partBetween(from, to int) string {
	return fmt.Sprintf("between %d and %d", from, to)
}

// partKey names a count. measure is empty for the bases of wholes and districts, which the
// measures of a group share.
type partKey struct {
	cellKey
	measure, part string
}

func (k partKey) String() string {
	return strings.Join([]string{k.measure, k.period.String(), k.area, k.breakdown, k.category, k.part}, " ")
}

func newTable(a config.Audience) *table {
	return &table{audience: a, index: map[partKey]int{}}
}

// key is the name of a part of one of c's cells.
func (c *Cells) key(k cellKey, part string) partKey {
	if part == partBase && k.breakdown == "" {
		return partKey{cellKey: k, part: part}
	}
	return partKey{cellKey: k, measure: c.measure.ID, part: part}
}

// add puts every count of c in the table, with the sums that tie them together.
func (t *table) add(c *Cells) {
	if !c.measure.ProtectsPeople() {
		return
	}
	for _, k := range c.keys() {
		t.addCell(c, k)
	}
	for _, part := range c.printedParts() {
		t.addSums(c, part)
	}
}

// printedParts is the parts that are printed, as numbers or as what a share is made from.
func (c *Cells) printedParts() []string {
	parts := []string{partBase}
	switch c.measure.Kind {
	case Proportion:
		parts = append(parts, partMet)
	case Duration:
		parts = append(parts, partOpen)
		for _, d := range c.measure.Within {
			parts = append(parts, partWithin(d))
		}
	}
	return parts
}

// addCell puts the parts of one cell in the table, and that they make up its base.
func (t *table) addCell(c *Cells, k cellKey) {
	v := c.value(k)
	cost := c.usefulness(k)
	whole := t.count(c, k, partBase, v.base, cost+0.5)
	split := func(part, rest string, n int64) int {
		i := t.count(c, k, part, n, cost)
		t.sum(false, whole, i, t.unprinted(c, k, rest, v.base-n))
		return i
	}
	switch c.measure.Kind {
	case Proportion:
		split(partMet, partUnmet, v.met)
	case Duration:
		split(partOpen, partEnded, v.base-v.endedCases())
		for i, d := range c.measure.Within {
			upTo := split(partWithin(d), partBeyond(d), v.within(d))
			if i > 0 {
				before := c.measure.Within[i-1]
				t.sum(false, upTo, t.index[c.key(k, partWithin(before))],
					t.unprinted(c, k, partBetween(before, d), v.within(d)-v.within(before)))
			}
		}
	}
}

// usefulness is what a reader loses with a cell: the page leads with the headline, then
// come the other figures of the partnership, districts and categories.
func (c *Cells) usefulness(k cellKey) float64 {
	switch {
	case k.breakdown != "":
		return 2
	case k.area == unknownArea:
		return 0
	case k.area != c.plan.wholeArea():
		return 3
	case k.period.Kind == c.measure.HeadlineKind():
		return 12
	case k.period.Kind == config.Month:
		return 6
	}
	return 7
}

func (t *table) count(c *Cells, k cellKey, part string, n int64, cost float64) int {
	return t.put(c.key(k, part), disclosure.Cell{Value: n, Cost: cost})
}

func (t *table) unprinted(c *Cells, k cellKey, part string, n int64) int {
	return t.put(c.key(k, part), disclosure.Cell{Value: n, Unprinted: true})
}

func (t *table) put(k partKey, cell disclosure.Cell) int {
	if i, there := t.index[k]; there {
		t.cells[i].Cost = max(t.cells[i].Cost, cell.Cost)
		return i
	}
	cell.Name = k.String()
	t.index[k] = len(t.cells)
	t.cells = append(t.cells, cell)
	return len(t.cells) - 1
}

func (t *table) sum(approximate bool, total int, parts ...int) {
	t.equations = append(t.equations, disclosure.Equation{Total: total, Parts: parts, Approximate: approximate})
}

// addSums ties one part of c's cells together: longer periods are sums of shorter ones, the
// partnership of its districts, and of the categories of each breakdown.
func (t *table) addSums(c *Cells, part string) {
	whole := c.plan.wholeArea()
	t.addPeriodSums(c, part, cellKey{area: whole}, c.plan.whole)
	for _, d := range c.districts() {
		t.addPeriodSums(c, part, cellKey{area: d}, c.plan.detail)
	}
	for _, b := range c.measure.Breakdowns {
		for _, category := range c.categories[b] {
			t.addPeriodSums(c, part, cellKey{area: whole, breakdown: b, category: category}, c.plan.detail)
		}
	}
	for _, p := range c.plan.detail {
		total := cellKey{period: p, area: whole}
		var districts []cellKey
		for _, d := range c.districts() {
			districts = append(districts, cellKey{period: p, area: d})
		}
		t.addSum(c, part, total, districts)
		for _, b := range c.measure.Breakdowns {
			var categories []cellKey
			for _, category := range c.categories[b] {
				categories = append(categories, cellKey{period: p, area: whole, breakdown: b, category: category})
			}
			t.addSum(c, part, total, categories)
		}
	}
}

// addPeriodSums ties the periods of one area or category: a quarter to its months, a year
// to its quarters, or to its months where no quarters are given.
func (t *table) addPeriodSums(c *Cells, part string, k cellKey, periods []config.Period) {
	for _, p := range periods {
		kinds := []config.PeriodKind{config.Quarter, config.Month}
		if p.Kind == config.Month {
			continue
		}
		if p.Kind == config.Quarter {
			kinds = kinds[1:]
		}
		for _, kind := range kinds {
			parts := p.Split(kind)
			if !slices.ContainsFunc(parts, func(q config.Period) bool { return !slices.Contains(periods, q) }) {
				total := k
				total.period = p
				t.addSum(c, part, total, eachPeriod(k, parts))
				break
			}
		}
	}
}

func eachPeriod(k cellKey, periods []config.Period) []cellKey {
	var keys []cellKey
	for _, p := range periods {
		k.period = p
		keys = append(keys, k)
	}
	return keys
}

// addSum ties a total to its parts where the table holds them all. Sums of distinct people
// are approximate: one person may be in several parts. Those of a base that a group shares
// are tied once.
func (t *table) addSum(c *Cells, part string, total cellKey, parts []cellKey) {
	if len(parts) == 0 {
		return
	}
	whole, there := t.index[c.key(total, part)]
	var indexes []int
	for _, k := range parts {
		i, known := t.index[c.key(k, part)]
		there = there && known
		indexes = append(indexes, i)
	}
	if !there {
		return
	}
	if part == partBase && t.tied(whole, indexes) {
		return
	}
	t.sum(c.measure.Unit != "", whole, indexes...)
}

func (t *table) tied(total int, parts []int) bool {
	return slices.ContainsFunc(t.equations, func(e disclosure.Equation) bool {
		return e.Total == total && slices.Equal(e.Parts, parts)
	})
}

// hideAlso marks as hidden every printed cell that another table of the same measures hides.
func (t *table) hideAlso(other *table) {
	if other == nil {
		return
	}
	for i := range t.cells {
		if !t.cells[i].Unprinted && other.hidden[i] {
			t.cells[i].Primary = true
		}
	}
}

// protect decides what is hidden.
func (t *table) protect() error {
	if len(t.cells) == 0 {
		return nil
	}
	var err error
	t.hidden, _, err = disclosure.Protect(t.cells, t.equations,
		disclosure.Rules{HideUpTo: t.audience.HideUpTo, ZerosShown: true})
	return err
}

// hides says whether a part of one of c's cells is hidden.
func (t *table) hides(c *Cells, k cellKey, part string) bool {
	if !c.measure.ProtectsPeople() {
		return false
	}
	i, there := t.index[c.key(k, part)]
	return !there || t.hidden[i]
}
