package queries

import (
	"slices"

	"wherry/config"
)

// Merge puts categories together by the partnership's rules, before anything is hidden, and
// gives the cells in the order given. The choice is one for every period, every audience and
// all measures that share counts, so that no reader can set finer against coarser; it is
// taken at the lowest threshold of any audience. A further step of a breakdown is looked at
// where the one before it was taken. Measures that count a unit once keep their
// categories: one unit can be in several, which add up to no coarser one.
func Merge(all []*Cells, s *config.Settings, h *History) []*Cells {
	merged := slices.Clone(all)
	if len(s.Merge) == 0 {
		return merged
	}
	for _, group := range findTwins(all).groups(all) {
		for _, steps := range config.MergeSteps(s.Merge) {
			for n := range steps {
				if !slices.ContainsFunc(group, func(i int) bool { return merged[i].tooFine(steps[n:], s.Audiences, h) }) {
					break
				}
				for _, i := range group {
					if merged[i].mayMerge(&steps[n]) {
						merged[i] = merged[i].coarser(&steps[n])
					}
				}
			}
		}
	}
	return merged
}

// mayMerge says whether the rule is about one of c's breakdowns.
func (c *Cells) mayMerge(rule *config.Merge) bool {
	return c.measure.ProtectsPeople() && c.measure.Unit == "" && slices.Contains(c.measure.Breakdowns, rule.Breakdown)
}

// tooFine says whether the first of some steps is to be taken: of the categories that it
// would put together, more would be hidden than it allows, because few are in them, or few of
// those met the measure or did not; those of nobody do not count.
func (c *Cells) tooFine(steps []config.Merge, audiences []config.Audience, h *History) bool {
	rule := &steps[0]
	if !c.mayMerge(rule) {
		return false
	}
	if coarse, told := h.past(c.measure).coarse(steps); told {
		return coarse
	}
	var few, some int64
	least := lowest(audiences, c.measure)
	for k, t := range c.tallies {
		if k.breakdown != rule.Breakdown || t.base == 0 || rule.Coarser(k.category) == k.category {
			continue
		}
		some++
		if slices.ContainsFunc(c.counted(*t), func(n int64) bool { return 0 < n && n <= least }) {
			few++
		}
	}
	return some > 0 && (rule.WhenSmall == 0 || 100*few > rule.WhenSmall*some)
}

// lowest is the lowest threshold that any audience has for m.
func lowest(audiences []config.Audience, m *Measure) int64 {
	var least int64
	for i, a := range audiences {
		if up := a.For(m.Feeds, m.Sensitive).HideUpTo; i == 0 || up < least {
			least = up
		}
	}
	return least
}

// coarser is c with the categories of one breakdown put together.
func (c *Cells) coarser(rule *config.Merge) *Cells {
	d := newCells(c.measure, c.plan, nil)
	d.byDistrict, d.byUnitary = c.byDistrict, c.byUnitary
	d.population = c.population
	d.merged = slices.Clone(c.merged)
	if !slices.Contains(d.merged, rule.Breakdown) {
		d.merged = append(d.merged, rule.Breakdown)
	}
	for _, b := range c.measure.brokenDown() {
		for _, category := range c.categories[b] {
			if b == rule.Breakdown {
				category = rule.Coarser(category)
			}
			d.meet(b, category)
		}
	}
	for k, t := range c.tallies {
		if k.breakdown == rule.Breakdown {
			k.category = rule.Coarser(k.category)
		}
		d.at(k).add(*t)
	}
	return d
}
