package queries

import (
	"fmt"
	"slices"
	"strings"

	"wherry/config"
)

// Merge puts categories together by the rules of their Span, before anything is hidden, and
// gives the cells in the order given. The choice is one for every period, every audience and
// all measures that share counts, so that no reader can set finer against coarser; it is
// taken at the lowest threshold of any audience. A further step of a breakdown is looked at
// where the one before it was taken.
func Merge(all []*Cells, audiences []config.Audience, h *History) []*Cells {
	merged := slices.Clone(all)
	if !slices.ContainsFunc(all, func(c *Cells) bool { return len(c.plan.merge) > 0 }) {
		return merged
	}
	for _, group := range findTwins(all).groups(all) {
		for _, steps := range all[group[0]].plan.merge {
			for n := range steps {
				if !slices.ContainsFunc(group, func(i int) bool { return merged[i].tooFine(steps[n:], audiences, h) }) {
					break
				}
				for _, i := range group {
					if merged[i].mayMerge(&steps[n]) {
						merged[i] = merged[i].coarser(steps, n)
					}
				}
			}
		}
	}
	return merged
}

// mayMerge says whether the rule is about one of c's breakdowns. Those of a rate are single
// years of age, each with its own people, and stay.
func (c *Cells) mayMerge(rule *config.Merge) bool {
	return c.measure.ProtectsPeople() && c.measure.Kind != Rate && slices.Contains(c.measure.Breakdowns, rule.Breakdown)
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

// coarser is c with the categories of one breakdown put together by step n of its rules, those
// before it taken. Units are those that were counted in the coarser categories.
func (c *Cells) coarser(steps []config.Merge, n int) *Cells {
	rule := &steps[n]
	d := newCells(c.measure, c.plan, nil)
	d.byDistrict, d.byUnitary = c.byDistrict, c.byUnitary
	d.population, d.regrouped = c.population, c.regrouped
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
			if c.measure.Unit != "" {
				continue
			}
			k.category = rule.Coarser(k.category)
		}
		d.at(k).add(*t)
	}
	for k, t := range c.regrouped[regrouping{rule.Breakdown, n}] {
		d.at(k).add(*t)
	}
	return d
}

// regrouping is the categories of a breakdown as its rules make them up to a step.
type regrouping struct {
	breakdown string
	step      int
}

// regroupings is those in which c's units are counted, whether or not their steps are taken:
// a unit may be in several categories, which add up to no coarser one.
func (c *Cells) regroupings() []regrouping {
	var all []regrouping
	for _, steps := range c.plan.merge {
		for n := range steps {
			if c.measure.Unit != "" && c.mayMerge(&steps[n]) {
				all = append(all, regrouping{steps[n].Breakdown, n})
			}
		}
	}
	return all
}

// column is the coarser category of a row of placed, by the name of the finest.
func (g regrouping) column(rules [][]config.Merge, finest string) string {
	i := slices.IndexFunc(rules, func(steps []config.Merge) bool { return steps[0].Breakdown == g.breakdown })
	steps := rules[i][:g.step+1]
	var cases strings.Builder
	for _, rule := range steps {
		for _, into := range rule.Into {
			for _, category := range into.Of {
				coarser := category
				for j := range steps {
					coarser = steps[j].Coarser(coarser)
				}
				fmt.Fprintf(&cases, " when %s then %s", literal(category), literal(coarser))
			}
		}
	}
	return fmt.Sprintf("case %[1]s%[2]s else %[1]s end", finest, cases.String())
}
