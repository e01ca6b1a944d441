package queries

import (
	"fmt"
	"slices"

	"wherry/config"
	"wherry/queries/disclosure"
)

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
	ofWhole := slices.Concat(c.plan.whole, c.plan.unprinted.whole, c.plan.recalled.whole)
	ofDistricts := slices.Concat(c.plan.detail, c.plan.unprinted.detail, c.plan.recalled.detail)
	ofCategories := slices.Concat(c.plan.grouped, c.plan.unprinted.grouped, c.plan.recalled.grouped)
	t.addPeriodSums(c, part, cellKey{area: whole}, ofWhole)
	for _, area := range c.areas() {
		t.addPeriodSums(c, part, cellKey{area: area}, ofDistricts)
	}
	if c.measure.additive() { // else nobody knows how many of a piece are in several periods
		for _, piece := range c.pieces() {
			t.addPeriodSums(c, part, cellKey{area: piece}, ofDistricts)
		}
	}
	for _, b := range c.measure.brokenDown() {
		for _, category := range slices.Concat(c.categories[b], c.former[b]) {
			t.addPeriodSums(c, part, cellKey{area: whole, breakdown: b, category: category}, ofCategories)
		}
	}
	for _, p := range ofDistricts {
		for _, set := range [][]string{c.districts(), c.unitaries()} {
			t.addSum(c, part, cellKey{period: p, area: whole}, inAreas(p, set))
		}
		for _, area := range c.areas() {
			t.addSum(c, part, cellKey{period: p, area: area}, inAreas(p, c.plan.within(area)))
		}
	}
	for _, p := range ofCategories {
		total := cellKey{period: p, area: whole}
		for _, b := range c.measure.brokenDown() {
			var categories []cellKey
			for _, category := range slices.Concat(c.categories[b], c.former[b]) {
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

// addSum ties a total to its parts, in this edition and in those before it. Sums of distinct
// people are approximate: one person may be in several parts.
func (t *table) addSum(c *Cells, part string, total cellKey, parts []cellKey) {
	s := placedSum{measure: c.measure.ID, approximate: c.measure.Unit != "" || part == partPeople, total: t.key(c, total, part)}
	for _, k := range parts {
		s.parts = append(s.parts, t.key(c, k, part))
	}
	t.earlier.sums = append(t.earlier.sums, s)
	t.tie(s, func(k partKey) bool { return !slices.Contains(c.former[k.breakdown], k.category) })
}

// tie adds a sum of what is there now, of the parts that were given.
func (t *table) tie(s placedSum, given func(partKey) bool) {
	whole, there := t.at(s.total)
	if !there || !given(s.total) {
		return
	}
	var parts []int
	for _, k := range s.parts {
		if !given(k) {
			continue
		}
		i, there := t.at(k)
		if !there {
			return
		}
		parts = append(parts, i)
	}
	if len(parts) > 0 && (!s.approximate || t.believable(whole, parts)) {
		t.sum(s.approximate, whole, parts...)
	}
}

// believable says whether parts can be distinct people of a whole: where some periods are
// held back as an earlier edition gave them, they may be fewer.
func (t *table) believable(whole int, parts []int) bool {
	var sum int64
	for _, i := range parts {
		sum += t.cells[i].Value
	}
	return sum >= t.cells[whole].Value
}
