package queries

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"wherry/config"
	"wherry/queries/disclosure"
)

// table is the counts of one group of measures as disclosure control sees them, and what it
// decided.
type table struct {
	audience  config.Audience // with the strictest of the rules of the group's measures
	rules     map[*Measure]config.Audience
	cells     []disclosure.Cell
	equations []disclosure.Equation
	index     map[partKey]int
	same      twins
	tied      map[string]bool // sums that are there already
	nothing   bool            // of the cell being added: there is known to be nothing in it
	classes   []classRow      // rows that may yet have to be hidden for their class
	lowered   map[string]int  // hidden counts, by the measure that names them, that level 2 could not be had for
	hidden    []bool
}

// The parts of a cell: its base; of a proportion, those that met it and those that did not;
// of a duration, those open, those ended, and those ended within the days of the measure; of
// a rate with people, the people and the events beyond the first of each; of a change, those
// who started, those of them who left, and how the paired moved.
//
// partMean and partLeaversMean stand for sums of values, one for each cell that prints a
// mean. Their number is that of the people behind it, which says how small a group is, and
// they have sums of their own, apart from those of the counts: values add up as counts do. A
// witness that moves the number of such a cell moves its sum of values just as well, by as
// little as one likes, so that what stays hidden cannot be had by subtracting means.
const (
	partBase        = "base"
	partMet         = "met"
	partUnmet       = "unmet"
	partOpen        = "open"
	partEnded       = "ended"
	partPeople      = "people"
	partRepeats     = "repeats"
	partStarted     = "started"
	partLeft        = "left"
	partImproved    = "improved"
	partSame        = "same"
	partWorse       = "worse"
	partCeiling     = "at the ceiling"
	partBelow       = "below the ceiling"
	partMean        = "mean"
	partLeaversMean = "leavers' mean"
)

// fewestPairs is the smallest group for which a change is given, whoever the audience.
const fewestPairs = 10

func partWithin(days int) string { return fmt.Sprintf("within %d", days) }
func partBeyond(days int) string { return fmt.Sprintf("beyond %d", days) }
func partBetween(from, to int) string {
	return fmt.Sprintf("between %d and %d", from, to)
}

// partKey names a count: that of the first measure of the group that has it.
type partKey struct {
	cellKey
	measure, part string
}

func (k partKey) String() string {
	return strings.Join([]string{k.measure, k.period.String(), k.area, k.breakdown, k.category, k.part}, " ")
}

// key is the name of a part of one of c's cells.
func (t *table) key(c *Cells, k cellKey, part string) partKey {
	if first, there := t.same[countSeries{c.measure.ID, part, k.breakdown}]; there {
		return partKey{cellKey: k, measure: first.measure, part: first.part}
	}
	return partKey{cellKey: k, measure: c.measure.ID, part: part}
}

// add puts every count of c in the table, with the sums that tie them together. A count of
// nothing for which no return was owed, or none has come, is known to everybody.
func (t *table) add(c *Cells, supplied Supplied) {
	if !c.measure.ProtectsPeople() {
		return
	}
	for _, k := range c.keys() {
		got, _ := supplied(c.measure, k.period)
		t.nothing = got == 0 && c.value(k).base == 0
		t.addCell(c, k)
	}
	t.nothing = false
	for _, k := range c.pieceKeys() {
		t.addCell(c, k)
	}
	t.addClasses(c)
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
	case Rate:
		if c.measure.People != "" {
			parts = append(parts, partPeople)
		}
	case Mean:
		parts = append(parts, partMean)
	case PairedChange:
		parts = append(parts, partMean, partStarted, partImproved, partSame, partWorse, partLeaversMean)
		if c.measure.Scale != nil {
			parts = append(parts, partCeiling)
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
				t.sum(false, upTo, t.index[t.key(c, k, partWithin(before))],
					t.unprinted(c, k, partBetween(before, d), v.within(d)-v.within(before)))
			}
		}
	case Rate:
		if c.measure.People != "" {
			people := t.count(c, k, partPeople, v.people, min(cost, usefulPart))
			t.sum(false, whole, people, t.unprinted(c, k, partRepeats, v.base-v.people))
		}
	case Mean:
		t.mean(c, k, partMean, v.base, cost)
	case PairedChange:
		t.addChange(c, k, v, whole, cost)
	}
}

// usefulPart is what a reader loses, at most, with a number that stands beside another.
const usefulPart = 4

// addChange puts the parts of a change in the table.
func (t *table) addChange(c *Cells, k cellKey, v tally, paired int, cost float64) {
	beside := min(cost, usefulPart)
	started := v.sums.count(sumStarted)
	t.sum(false, t.count(c, k, partStarted, started, beside), paired, t.unprinted(c, k, partLeft, started-v.base))
	improved, same, worse := c.moved(v)
	t.sum(false, paired, t.count(c, k, partImproved, improved, beside), t.count(c, k, partSame, same, beside), t.count(c, k, partWorse, worse, beside))
	if c.measure.Scale != nil {
		ceiling := v.sums.count(sumCeiling)
		t.sum(false, paired, t.count(c, k, partCeiling, ceiling, beside), t.unprinted(c, k, partBelow, v.base-ceiling))
	}
	t.mean(c, k, partMean, v.base, cost)
	t.mean(c, k, partLeaversMean, started-v.base, 0)
}

// mean puts the sum of values of n people in the table; see partMean.
func (t *table) mean(c *Cells, k cellKey, part string, n int64, cost float64) {
	t.put(t.key(c, k, part), disclosure.Cell{Value: n, Primary: 0 < n && n < t.fewest(c.measure), Cost: cost, Level: t.level(c.measure, n), Unprinted: c.plan.isPiece(k.area)})
}

// fewest is the smallest group of people whose values may be put together as one.
func (t *table) fewest(m *Measure) int64 {
	if m.Kind == PairedChange {
		return max(t.rules[m].MinBase, fewestPairs)
	}
	return t.rules[m].MinBase
}

// usefulness is what a reader loses with a cell: the page leads with the headline, then
// come the other figures of the partnership, districts, categories and unitaries.
func (c *Cells) usefulness(k cellKey) float64 {
	switch {
	case k.breakdown != "":
		return 2
	case k.area == unknownArea, k.area == config.UnknownUnitary:
		return 0
	case slices.Contains(c.unitaries(), k.area):
		return 1
	case k.area != c.plan.wholeArea():
		return 3
	case k.period.Kind == c.measure.HeadlineKind():
		return 12
	case k.period.Kind == config.Month:
		return 6
	}
	return 7
}

// count puts a count in the table that is printed unless it is hidden. Where zeros are
// hidden, those of who is counted and who met a measure are; what else is said of a row (who
// is still open, who moved) says by itself that somebody is there.
func (t *table) count(c *Cells, k cellKey, part string, n int64, cost float64) int {
	cell := disclosure.Cell{Value: n, Cost: cost, Level: t.level(c.measure, n), Unprinted: c.plan.isPiece(k.area)}
	switch {
	case n > 0 || cell.Unprinted || !t.audience.HidesZeros():
	case t.nothing:
		cell.Free = true
	case part != partBase && c.value(k).base == 0:
		cell.Unprinted = true // nothing is printed of a row whose base is a hidden zero
	default:
		cell.Primary = slices.Contains([]string{partBase, partMet, partPeople, partStarted}, part)
	}
	return t.put(t.key(c, k, part), cell)
}

func (t *table) unprinted(c *Cells, k cellKey, part string, n int64) int {
	return t.put(t.key(c, k, part), disclosure.Cell{Value: n, Unprinted: true, Level: t.level(c.measure, n)})
}

func (t *table) put(k partKey, cell disclosure.Cell) int {
	if i, there := t.index[k]; there {
		t.cells[i].Cost = max(t.cells[i].Cost, cell.Cost)
		t.cells[i].Unprinted = t.cells[i].Unprinted && cell.Unprinted
		t.cells[i].Free = t.cells[i].Free || cell.Free
		t.cells[i].Primary = (t.cells[i].Primary || cell.Primary) && !t.cells[i].Free
		t.cells[i].Level = max(t.cells[i].Level, cell.Level)
		return i
	}
	cell.Name = k.String()
	cell.Primary = cell.Primary && !cell.Free
	t.index[k] = len(t.cells)
	t.cells = append(t.cells, cell)
	return len(t.cells) - 1
}

// sum ties a total to its parts, once.
func (t *table) sum(approximate bool, total int, parts ...int) {
	name := fmt.Sprint(total, parts)
	if t.tied[name] {
		return
	}
	t.tied[name] = true
	t.equations = append(t.equations, disclosure.Equation{Total: total, Parts: parts, Approximate: approximate})
}

// addSums ties one part of c's cells together: longer periods are sums of shorter ones, the
// partnership of its districts, of its unitaries, and of the categories of each breakdown;
// districts and unitaries are sums of their pieces.
func (t *table) addSums(c *Cells, part string) {
	whole := c.plan.wholeArea()
	t.addPeriodSums(c, part, cellKey{area: whole}, c.plan.whole)
	for _, area := range append(c.areas(), c.pieces()...) {
		t.addPeriodSums(c, part, cellKey{area: area}, c.plan.detail)
	}
	for _, b := range c.measure.brokenDown() {
		for _, category := range c.categories[b] {
			t.addPeriodSums(c, part, cellKey{area: whole, breakdown: b, category: category}, c.plan.grouped)
		}
	}
	for _, p := range c.plan.detail {
		for _, set := range [][]string{c.districts(), c.unitaries()} {
			t.addSum(c, part, cellKey{period: p, area: whole}, inAreas(p, set))
		}
		for _, area := range c.areas() {
			t.addSum(c, part, cellKey{period: p, area: area}, inAreas(p, c.plan.within(area)))
		}
	}
	for _, p := range c.plan.grouped {
		total := cellKey{period: p, area: whole}
		for _, b := range c.measure.brokenDown() {
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
// are approximate: one person may be in several parts.
func (t *table) addSum(c *Cells, part string, total cellKey, parts []cellKey) {
	if len(parts) == 0 {
		return
	}
	whole, there := t.index[t.key(c, total, part)]
	var indexes []int
	for _, k := range parts {
		i, known := t.index[t.key(c, k, part)]
		there = there && known
		indexes = append(indexes, i)
	}
	if !there {
		return
	}
	t.sum(c.measure.Unit != "" || part == partPeople, whole, indexes...)
}

// hideAlso marks as hidden every printed cell that another table of the same measures hides.
func (t *table) hideAlso(other *table) {
	if other == nil {
		return
	}
	for i := range t.cells {
		if !t.cells[i].Unprinted && !t.cells[i].Free && other.hidden[i] {
			t.cells[i].Primary = true
		}
	}
}

// protect decides what is hidden.
func (t *table) protect() error {
	if len(t.cells) == 0 {
		return nil
	}
	for {
		var err error
		t.hidden, _, err = disclosure.Protect(t.cells, t.equations,
			disclosure.Rules{HideUpTo: t.audience.HideUpTo, ZerosShown: !t.audience.HidesZeros()})
		var exposed *disclosure.Exposed
		switch {
		case errors.As(err, &exposed) && t.lower(exposed.Cells):
		case err != nil || !t.markClasses():
			return err
		}
	}
}

// hides says whether a part of one of c's cells is hidden.
func (t *table) hides(c *Cells, k cellKey, part string) bool {
	if !c.measure.ProtectsPeople() {
		return false
	}
	i, there := t.index[t.key(c, k, part)]
	return !there || t.hidden[i]
}
