package queries

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"wherry/config"
)

// Cells is a measure's raw numbers for every period, area and category. They never leave
// the package: Publish gives what an audience may see.
type Cells struct {
	measure    *Measure
	plan       plan
	byDistrict bool
	byUnitary  bool
	tallies    map[cellKey]*tally
	categories map[string][]string               // breakdown -> its categories, in order
	former     map[string][]string               // breakdown -> categories that only earlier editions had
	held       []config.Period                   // kept as an earlier edition gave them; see holdBack
	population map[residents]int64               // rate: people at risk
	merged     []string                          // breakdowns whose categories were put together
	regrouped  map[regrouping]map[cellKey]*tally // of a unit: what coarser categories hold, should they be made
}

// cellKey names a cell; breakdown and category are empty for an area as a whole.
type cellKey struct {
	period              config.Period
	area                string
	breakdown, category string
}

// tally is the numbers of one cell. base is everything counted (of a change, those with both
// scores); met, of a proportion, those that met it. people and squares, of a rate with
// people, are the people that the events befell and the sum of the squares of their events:
// they are never summed from shorter periods. days, of a duration, is the number of cases by
// day and whether ended. sums are those of the kind.
type tally struct {
	base, met       int64
	people, squares int64
	days            map[int]*dayTally
	sums            sums
}

// dayTally is the cases that ended, or were last known of, after a number of days.
type dayTally struct{ ended, open int64 }

func (t *tally) add(other tally) {
	t.base += other.base
	t.met += other.met
	t.people += other.people
	t.squares += other.squares
	if other.sums != nil {
		t.sums = t.sums.add(other.sums)
	}
	for day, d := range other.days {
		t.addDays(day, d.ended, d.open)
	}
}

func (t *tally) addDays(day int, ended, open int64) {
	if t.days == nil {
		t.days = map[int]*dayTally{}
	}
	if t.days[day] == nil {
		t.days[day] = &dayTally{}
	}
	t.days[day].ended += ended
	t.days[day].open += open
}

// ended is the number of cases that have ended.
func (t *tally) endedCases() int64 {
	var n int64
	for _, d := range t.days {
		n += d.ended
	}
	return n
}

// within is the number of cases that ended within a number of days.
func (t *tally) within(limit int) int64 {
	var n int64
	for day, d := range t.days {
		if day <= limit {
			n += d.ended
		}
	}
	return n
}

func newCells(m *Measure, p plan, columns []sqlColumn) *Cells {
	c := &Cells{measure: m, plan: p, byDistrict: gives(columns, DistrictBreakdown),
		byUnitary: gives(columns, UnitaryBreakdown) && len(p.pieces) > 0,
		tallies:   map[cellKey]*tally{}, categories: map[string][]string{}, former: map[string][]string{}, regrouped: map[regrouping]map[cellKey]*tally{}}
	if len(m.Categories) > 0 {
		c.categories[CategoryBreakdown] = slices.Clone(m.Categories)
	}
	return c
}

// at is the tally of a cell, made where there is none.
func (c *Cells) at(k cellKey) *tally {
	if c.tallies[k] == nil {
		c.tallies[k] = &tally{}
	}
	return c.tallies[k]
}

// meet notes that a category exists. Those that the header orders come first, then the
// others by name, "not recorded" last.
func (c *Cells) meet(breakdown, category string) {
	if slices.Contains(c.categories[breakdown], category) {
		return
	}
	c.categories[breakdown] = append(c.categories[breakdown], category)
	place := func(name string) int {
		if breakdown == CategoryBreakdown {
			if i := slices.Index(c.measure.Categories, name); i >= 0 {
				return i
			}
		}
		if name == notRecorded {
			return len(c.measure.Categories) + 1
		}
		return len(c.measure.Categories)
	}
	slices.SortFunc(c.categories[breakdown], func(a, b string) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), strings.Compare(a, b))
	})
}

// districts is the districts that the measure is given for.
func (c *Cells) districts() []string {
	if !c.byDistrict {
		return nil
	}
	return append(c.plan.districts(), unknownArea)
}

// keys is every cell of the plan, counted or not, in a fixed order: the whole by period,
// then areas, then categories. A cell in which nothing was counted is zero.
func (c *Cells) keys() []cellKey { return c.keysOf(c.plan.whole, c.plan.detail, c.plan.grouped) }

// unprintedKeys is the cells that are counted and not given, in a fixed order.
func (c *Cells) unprintedKeys() []cellKey {
	u := c.plan.unprinted
	keys := c.keysOf(u.whole, u.detail, u.grouped)
	for _, p := range slices.Concat(c.plan.detail, u.detail) {
		keys = append(keys, inAreas(p, c.pieces())...)
	}
	r := c.plan.recalled
	return append(keys, c.keysOf(r.whole, r.detail, r.grouped)...)
}

// keepsBack says whether a cell is counted and not given.
func (c *Cells) keepsBack(k cellKey) bool {
	given := c.plan.whole
	switch {
	case c.plan.isPiece(k.area):
		return true
	case k.breakdown != "":
		given = c.plan.grouped
	case k.area != c.plan.wholeArea():
		given = c.plan.detail
	}
	return !slices.Contains(given, k.period)
}

func (c *Cells) keysOf(ofWhole, ofDistricts, ofCategories []config.Period) []cellKey {
	var keys []cellKey
	whole := c.plan.wholeArea()
	for _, p := range ofWhole {
		keys = append(keys, cellKey{period: p, area: whole})
	}
	for _, p := range ofDistricts {
		for _, d := range c.areas() {
			keys = append(keys, cellKey{period: p, area: d})
		}
	}
	for _, b := range c.measure.brokenDown() {
		for _, category := range c.categories[b] {
			for _, p := range ofCategories {
				keys = append(keys, cellKey{period: p, area: whole, breakdown: b, category: category})
			}
		}
	}
	return keys
}

// residents are the people of an area, and of a single year of age where that is given.
type residents struct{ area, age string }

// peopleAt is how many people a cell of a rate is per; ok is false where that is not known.
func (c *Cells) peopleAt(k cellKey) (people int64, ok bool) {
	who := residents{area: k.area}
	if k.breakdown != "" {
		who.age = k.category
	}
	people, ok = c.population[who]
	return people, ok
}

// Format keeps raw numbers out of logs and errors, whatever the verb.
func (c *Cells) Format(s fmt.State, _ rune) {
	fmt.Fprintf(s, "cells of %s, not to be printed", c.measure.ID)
}
