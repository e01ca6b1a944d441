package queries

import (
	"slices"

	"wherry/config"
)

// material is the share of what was printed from which a revision of the whole is made even
// where that hides some of its districts and categories.
const material = 0.1

// holdBack keeps figures as the latest edition gave them where what has changed since is so
// little that old and new together would tell of a few people: those who came late, or went.
// Cells that are given together are held together, so that they still add up: where numbers
// add up over time, a quarter with its months; else each period. What is held back is
// made once enough has changed. With all, every revision is held back. Nothing is held where
// the measure's definition has changed.
func (c *Cells) holdBack(p *past, threshold int64, all bool) {
	if p == nil || p.definition != c.measure.definition() || !c.measure.ProtectsPeople() {
		return
	}
	for _, together := range c.revisedTogether() {
		if slices.Contains(c.held, together.main) {
			continue
		}
		if changed, seen, few := c.revised(p, together, threshold); changed && (!seen || few || all) {
			c.restore(p, together)
			c.held = append(c.held, together.main)
		}
	}
	if len(c.held) == 0 {
		return
	}
	if !c.measure.additive() {
		c.agree()
		return
	}
	for _, k := range slices.Concat(c.keys(), c.unprintedKeys()) {
		if k.period.Kind != config.Month && k.period.Kind != config.Quarter && c.holdsBack(k.period) {
			*c.at(k) = c.overQuarters(k)
		}
	}
}

// holdsBack says whether a period has a part that is held back.
func (c *Cells) holdsBack(p config.Period) bool {
	return slices.ContainsFunc(c.held, func(q config.Period) bool { return p.Holds(q.Start) })
}

// together is the cells revised or held back as one.
type together struct {
	main config.Period
	keys []cellKey
}

func (c *Cells) revisedTogether() []together {
	var groups []together
	at := map[config.Period]int{}
	for _, k := range slices.Concat(c.keys(), c.unprintedKeys()) {
		main := k.period
		if c.measure.additive() {
			if main.Kind != config.Month && main.Kind != config.Quarter {
				continue
			}
			main = config.Containing(config.Quarter, main.Start)
		}
		i, known := at[main]
		if !known {
			i = len(groups)
			at[main] = i
			groups = append(groups, together{main: main})
		}
		groups[i].keys = append(groups[i].keys, k)
	}
	return groups
}

// revised says whether any cell of a group differs from what it was in an earlier edition,
// whether a reader can see it, and whether old and new would tell of a few: a number of the
// whole that changed by no more than the threshold, or one of a district or category while
// the whole changed little.
func (c *Cells) revised(p *past, g together, threshold int64) (changed, seen, few bool) {
	immaterial, fewBelow := true, false
	for _, k := range g.keys {
		now := c.value(k)
		latest := p.latest(k)
		if latest != nil && latest.young {
			return false, false, false // more of it has been counted: no revision
		}
		changed = changed || latest != nil && !latest.tally.equals(now)
		whole := k.area == c.plan.wholeArea() && k.breakdown == ""
		if p.cells[k] == nil {
			continue
		}
		for _, old := range p.cells[k].versions {
			if !old.told() || old.tally.equals(now) {
				continue
			}
			seen = true
			if c.differByFew(old.tally, now, threshold) {
				few = few || whole
				fewBelow = true
			}
			if by := now.base - old.tally.base; whole && float64(max(by, -by)) >= material*float64(old.tally.base) {
				immaterial = false
			}
		}
	}
	return changed, seen, few || fewBelow && immaterial
}

// differByFew says whether two tallies of one cell differ in a count by 1 to the threshold,
// or in their values alone.
func (c *Cells) differByFew(old, now tally, threshold int64) bool {
	was, is := c.counted(old), c.counted(now)
	same := true
	for i := range is {
		by := is[i] - was[i]
		by = max(by, -by)
		if by > 0 {
			same = false
			if by <= threshold {
				return true
			}
		}
	}
	return same && c.measure.Kind != Duration
}

// counted is the counts of a tally that are printed, or that follow at once from those that
// are. How many have ended changes by itself, and is left to the disclosure control.
func (c *Cells) counted(t tally) []int64 {
	switch c.measure.Kind {
	case Proportion:
		return []int64{t.base, t.met, t.base - t.met}
	case PairedChange:
		improved, same, worse := c.moved(t)
		return []int64{t.base, t.sums.count(sumStarted), improved, same, worse, t.sums.count(sumCeiling)}
	case Rate:
		return []int64{t.base, t.people}
	}
	return []int64{t.base}
}

// restore takes the cells of a group as the latest edition that had them.
func (c *Cells) restore(p *past, g together) {
	for _, k := range g.keys {
		delete(c.tallies, k)
		if v := p.latest(k); v != nil {
			*c.at(k) = v.tally
		}
	}
}
