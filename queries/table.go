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
	audience     config.Audience // with the strictest of the rules of the group's measures
	rules        map[*Measure]config.Audience
	cells        []disclosure.Cell
	equations    []disclosure.Equation
	index        map[partKey]int
	same         twins
	tied         map[string]bool // sums that are there already
	earlier      earlier
	nothing      bool           // of the cell being added: there is known to be nothing in it
	classed      map[int]bool   // counts hidden for their class, by index
	longer       map[int][]int  // by such a count of nobody, those of its longer periods
	unproved     map[int]bool   // those of them that have no witness
	classes      []classRow     // rows that may yet have to be hidden for their class
	loweredCells []int          // counts that level 2 could not be had for, by index
	lowered      map[string]int // hidden counts, by the measure that names them, that level 2 could not be had for
	hidden       []bool
	witnesses    []disclosure.Witness
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
	return t.same.place(c.measure.ID, k, part)
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
		t.addCell(c, k, c.value(k))
	}
	t.nothing = false
	for _, k := range c.unprintedKeys() {
		t.addCell(c, k, c.value(k))
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

// allParts is every part of a cell, printed or not.
func (c *Cells) allParts() []string {
	parts := append(c.printedParts(), partUnmet, partEnded, partRepeats, partLeft, partBelow)
	for i, d := range c.measure.Within {
		parts = append(parts, partBeyond(d))
		if i > 0 {
			parts = append(parts, partBetween(c.measure.Within[i-1], d))
		}
	}
	return parts
}

// addCell puts the parts of one cell in the table, and that they make up its base.
func (t *table) addCell(c *Cells, k cellKey, v tally) {
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
		var sooner int
		for i, d := range c.measure.Within {
			upTo := split(partWithin(d), partBeyond(d), v.within(d))
			if i > 0 {
				before := c.measure.Within[i-1]
				t.sum(false, upTo, sooner, t.unprinted(c, k, partBetween(before, d), v.within(d)-v.within(before)))
			}
			sooner = upTo
		}
	case Rate:
		if c.measure.People != "" {
			people := t.count(c, k, partPeople, v.people, min(cost, usefulPart))
			t.sum(false, whole, people, t.unprinted(c, k, partRepeats, v.base-v.people))
		}
	case Mean:
		t.mean(c, k, partMean, v, sumValue, v.base, cost)
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
	t.mean(c, k, partMean, v, sumDifference, v.base, cost)
	t.mean(c, k, partLeaversMean, v, sumLeavers, started-v.base, 0)
}

// mean puts a sum of values of n people in the table; see partMean.
func (t *table) mean(c *Cells, k cellKey, part string, v tally, which int, n int64, cost float64) {
	t.put(t.key(c, k, part), v.sums.text(which), disclosure.Cell{Value: n, Primary: 0 < n && n < t.fewest(c.measure), Cost: cost, Level: t.level(c.measure, n), Unprinted: c.keepsBack(k)})
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
	cell := disclosure.Cell{Value: n, Cost: cost, Level: t.level(c.measure, n), Unprinted: c.keepsBack(k)}
	switch {
	case n > 0 || cell.Unprinted || !t.audience.HidesZeros():
	case t.nothing:
		cell.Free = true
	case part != partBase && c.value(k).base == 0:
		cell.Unprinted = true // nothing is printed of a row whose base is a hidden zero
	default:
		cell.Primary = slices.Contains([]string{partBase, partMet, partPeople, partStarted}, part)
	}
	return t.put(t.key(c, k, part), "", cell)
}

func (t *table) unprinted(c *Cells, k cellKey, part string, n int64) int {
	return t.put(t.key(c, k, part), "", disclosure.Cell{Value: n, Unprinted: true, Level: t.level(c.measure, n)})
}

// put adds a count, or gives the one that is there. values tells apart means over as many
// people; it is "" for a count.
func (t *table) put(k partKey, values string, cell disclosure.Cell) int {
	if t.earlier.release > 0 {
		return t.putEarlier(k, values, cell)
	}
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
	return t.append(k, values, cell)
}

func (t *table) append(k partKey, values string, cell disclosure.Cell) int {
	i := len(t.cells)
	t.cells = append(t.cells, cell)
	t.earlier.places = append(t.earlier.places, k.String())
	t.earlier.values = append(t.earlier.values, values)
	t.earlier.variants[k] = append(t.earlier.variants[k], i)
	return i
}

// at is the count of a place: of this edition or of the earlier one that is being added.
func (t *table) at(k partKey) (i int, there bool) {
	if i, there = t.earlier.then[t.earlier.release][k]; there {
		return i, true
	}
	i, there = t.index[k]
	return i, there
}

// hideAlso marks as hidden every printed cell that another table of the same measures hides.
func (t *table) hideAlso(other *table) {
	if other == nil {
		return
	}
	for i := range t.cells { // both hold the same cells up to here
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
		cells, small := t.freed()
		hidden, report, err := disclosure.Protect(cells, t.equations,
			disclosure.Rules{HideUpTo: t.audience.HideUpTo, ZerosShown: !t.audience.HidesZeros()}, t.earlier.hints...)
		var exposed *disclosure.Exposed
		if errors.As(err, &exposed) && t.lower(exposed.Cells) {
			continue
		}
		if err != nil {
			return err
		}
		for i := range small {
			hidden[i] = hidden[i] || small[i]
		}
		t.hidden, t.witnesses = hidden, report.Witnesses
		if !t.markClasses() {
			return nil
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
