package queries

import (
	"slices"

	"wherry/config"
)

// agree brings the counts of distinct people in longer periods between what their parts allow,
// where some of those are held back: of a year there are no more people than in its quarters
// together, and no fewer than in any. A year that had more would tell that quarters were
// revised, and by how few. It is then held back as its quarters are.
func (c *Cells) agree() {
	if c.measure.Kind != Count && c.measure.Kind != Proportion && c.measure.Kind != Distribution {
		return
	}
	keys := slices.Concat(c.keys(), c.unprintedKeys())
	slices.SortStableFunc(keys, func(x, y cellKey) int {
		return int(x.period.End.Sub(x.period.Start).Hours() - y.period.End.Sub(y.period.Start).Hours())
	})
	there := map[cellKey]bool{}
	for _, k := range keys {
		there[k] = true
	}
	var moved []config.Period
	for _, k := range keys {
		if k.period.Kind == config.Month || slices.Contains(c.held, k.period) || !c.holdsBack(k.period) {
			continue
		}
		if c.bring(k, c.shorter(k, there)) && !slices.Contains(moved, k.period) {
			moved = append(moved, k.period)
		}
	}
	for _, p := range moved {
		whole := cellKey{period: p, area: c.plan.wholeArea()}
		for _, parts := range c.parted(p, there) {
			c.bring(whole, parts)
		}
	}
	c.held = append(c.held, moved...)
}

// shorter is a cell's quarters, or the months of a quarter; nil where they are not all counted.
func (c *Cells) shorter(k cellKey, there map[cellKey]bool) (parts []cellKey) {
	kind := config.Quarter
	if k.period.Kind == config.Quarter {
		kind = config.Month
	}
	for _, p := range k.period.Split(kind) {
		part := k
		part.period = p
		if !there[part] {
			return nil
		}
		parts = append(parts, part)
	}
	return parts
}

// parted is the parts of the whole in a period: its districts, and the categories of each
// breakdown.
func (c *Cells) parted(p config.Period, there map[cellKey]bool) (all [][]cellKey) {
	whole := c.plan.wholeArea()
	var districts []cellKey
	for _, d := range c.areas() {
		if k := (cellKey{period: p, area: d}); d != whole && there[k] {
			districts = append(districts, k)
		}
	}
	all = append(all, districts)
	for _, b := range c.measure.brokenDown() {
		var categories []cellKey
		for _, category := range c.categories[b] {
			if k := (cellKey{period: p, area: whole, breakdown: b, category: category}); there[k] {
				categories = append(categories, k)
			}
		}
		all = append(all, categories)
	}
	return all
}

// bring puts the count of a cell, and of those in it who met the measure and who did not, to
// at most what its parts have together, and the first two to at least what any of them has;
// it says whether that changed anything.
func (c *Cells) bring(k cellKey, parts []cellKey) bool {
	if len(parts) == 0 {
		return false
	}
	var together, most tally
	for _, p := range parts {
		t := c.value(p)
		together.base, together.met = together.base+t.base, together.met+t.met
		most.base, most.met = max(most.base, t.base), max(most.met, t.met)
	}
	now := c.value(k)
	met := max(min(now.met, together.met), most.met)
	rest := max(min(now.base-now.met, together.base-together.met), most.base-met)
	if met == now.met && met+rest == now.base {
		return false
	}
	at := c.at(k)
	at.met, at.base = met, met+rest
	return true
}
