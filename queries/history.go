package queries

import (
	"fmt"
	"slices"

	"wherry/config"
)

// History is what the readers of earlier editions may have kept.
type History struct {
	measures map[string]*past
	latest   *Release
}

// past is what earlier editions told of one measure.
type past struct {
	definition string // of the latest
	cells      map[cellKey]*told
	order      []cellKey // in the order they were first told
}

// told is what was told of one cell: each different tally, and which of them in what order.
type told struct {
	versions []*version
	turns    []turn
}

// turn says that from a release on, a cell was told as a version of it.
type turn struct {
	release int
	version *version
}

// version is one tally of a cell, and who was shown which parts of it.
type version struct {
	release int  // the first that told it, from 1
	young   bool // in the latest edition that told it, more was still to be counted
	printed bool // it had a place in the files of an edition, if only to say that it is hidden
	tally   tally
	shown   map[string][]string // audience -> parts, of any edition
	latest  map[string][]string // audience -> parts, of the latest edition
}

// NewHistory is the History of Releases, the earliest first.
func NewHistory(releases ...*Release) (*History, error) {
	h := &History{measures: map[string]*past{}}
	for i, r := range releases {
		h.latest = r
		for _, m := range r.Measures {
			p := h.measures[m.ID]
			if p == nil {
				p = &past{cells: map[cellKey]*told{}}
				h.measures[m.ID] = p
			}
			p.definition = m.Definition
			for _, cell := range m.Cells {
				if err := p.add(i+1, cell, r.Audiences); err != nil {
					return nil, fmt.Errorf("reading what %s told of %s: %w", r.Edition, m.ID, err)
				}
			}
		}
	}
	return h, nil
}

func (p *past) add(release int, cell *releasedCell, audiences []string) error {
	k, t, err := cell.read()
	if err != nil {
		return err
	}
	if len(cell.Shown) > len(audiences) {
		return fmt.Errorf("%s shows more than its audiences", cell.Period)
	}
	seen := p.cells[k]
	if seen == nil {
		seen = &told{}
		p.cells[k] = seen
		p.order = append(p.order, k)
	}
	v := seen.as(t)
	if v == nil {
		v = &version{release: release, tally: t, shown: map[string][]string{}}
		seen.versions = append(seen.versions, v)
	}
	seen.turns = append(seen.turns, turn{release, v})
	v.latest, v.young, v.printed = map[string][]string{}, cell.Young, v.printed || !cell.Unprinted
	for i, parts := range cell.Shown {
		a := audiences[i]
		v.latest[a] = parts
		for _, part := range parts {
			if !slices.Contains(v.shown[a], part) {
				v.shown[a] = append(v.shown[a], part)
			}
		}
	}
	return nil
}

// as is the version with a tally, or nil.
func (s *told) as(t tally) *version {
	for _, v := range s.versions {
		if v.tally.equals(t) {
			return v
		}
	}
	return nil
}

// active is what an edition told of a cell, or nil where none had told of it by then.
func (p *past) active(k cellKey, release int) (v *version) {
	if seen := p.cells[k]; seen != nil {
		for _, turn := range seen.turns {
			if turn.release > release {
				break
			}
			v = turn.version
		}
	}
	return v
}

// latest is what the latest edition that told of the cell did, or nil.
func (p *past) latest(k cellKey) *version {
	if p == nil || p.cells[k] == nil {
		return nil
	}
	turns := p.cells[k].turns
	return turns[len(turns)-1].version
}

// releases is the editions that told anything new, in order.
func (p *past) releases() []int {
	var all []int
	for _, seen := range p.cells {
		for _, turn := range seen.turns {
			all = append(all, turn.release)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// tells says whether the latest word on a cell is this one already.
func (p *past) tells(k cellKey, t tally, cell *releasedCell, audiences []string) bool {
	v := p.latest(k)
	if v == nil || v.young != cell.Young || !v.tally.equals(t) {
		return false
	}
	for i, a := range audiences {
		if !sameParts(v.latest[a], cell.Shown[i]) {
			return false
		}
	}
	return true
}

// past is what h holds of a measure, or nil.
func (h *History) past(m *Measure) *past {
	if h == nil {
		return nil
	}
	return h.measures[m.ID]
}

// told says whether any audience was shown any part of it.
func (v *version) told() bool {
	for _, parts := range v.shown {
		if len(parts) > 0 {
			return true
		}
	}
	return false
}

// recall adds the periods to the plan of c that earlier editions gave and this one does not,
// and their categories. Where numbers add up over time they are worked out anew; else they
// are taken as they were last told.
func (c *Cells) recall(p *past) {
	if p == nil {
		return
	}
	whole := c.plan.wholeArea()
	u, r := &c.plan.unprinted, &c.plan.recalled
	for _, k := range p.order {
		given, counted, extra := c.plan.whole, u.whole, &r.whole
		switch {
		case k.breakdown != "":
			if !slices.Contains(c.measure.brokenDown(), k.breakdown) {
				continue
			}
			given, counted, extra = c.plan.grouped, u.grouped, &r.grouped
			c.meetFormer(k.breakdown, k.category)
		case k.area != whole:
			given, counted, extra = c.plan.detail, u.detail, &r.detail
		}
		if slices.Contains(given, k.period) || slices.Contains(counted, k.period) {
			continue
		}
		if !slices.Contains(*extra, k.period) {
			*extra = append(*extra, k.period)
		}
		if c.tallies[k] == nil {
			*c.at(k) = c.recalled(k, p)
		}
	}
}

// meetFormer notes a category that earlier editions gave and this one does not.
func (c *Cells) meetFormer(breakdown, category string) {
	if !slices.Contains(c.categories[breakdown], category) && !slices.Contains(c.former[breakdown], category) {
		c.former[breakdown] = append(c.former[breakdown], category)
	}
}

// recalled is the tally of a cell that this edition does not count.
func (c *Cells) recalled(k cellKey, p *past) tally {
	quarters := k.period.Split(config.Quarter)
	longer := k.period.Kind != config.Month && k.period.Kind != config.Quarter
	if longer && c.measure.additive() && !slices.ContainsFunc(quarters, func(q config.Period) bool { return !c.planned(k, q) }) {
		return c.overQuarters(k)
	}
	return p.latest(k).tally
}

// planned says whether the plan counts a period for the group of cells that k is one of.
func (c *Cells) planned(k cellKey, period config.Period) bool {
	u, r := c.plan.unprinted, c.plan.recalled
	all := slices.Concat(c.plan.whole, u.whole, r.whole)
	switch {
	case k.breakdown != "":
		all = slices.Concat(c.plan.grouped, u.grouped, r.grouped)
	case k.area != c.plan.wholeArea():
		all = slices.Concat(c.plan.detail, u.detail, r.detail)
	}
	return slices.Contains(all, period)
}

// overQuarters is the tally of a longer period as the sum of its quarters.
func (c *Cells) overQuarters(k cellKey) tally {
	var t tally
	for _, q := range k.period.Split(config.Quarter) {
		k.period = q
		t.add(c.value(k))
	}
	return t
}

// coarse says whether earlier editions took the first of some steps, by which categories are
// put together; told, whether they gave what it would put together, or is made, at all. What
// they did is kept: to give both would tell the difference.
func (p *past) coarse(steps []config.Merge) (coarse, told bool) {
	if p == nil {
		return false, false
	}
	for _, k := range p.order {
		if k.breakdown != steps[0].Breakdown {
			continue
		}
		made := slices.ContainsFunc(steps, func(m config.Merge) bool { return m.Makes(k.category) })
		coarse = coarse || made
		told = told || made || steps[0].Coarser(k.category) != k.category
	}
	return coarse, told
}

// protected is how the last edition protected some measures for an audience.
func (h *History) protected(audience string, some []*Cells) []*releasedWitnesses {
	if h == nil || h.latest == nil {
		return nil
	}
	var all []*releasedWitnesses
	for i, a := range h.latest.Audiences {
		if a != audience {
			continue
		}
		for _, c := range some {
			if w := h.latest.Protected[i][c.measure.ID]; w != nil {
				all = append(all, w)
			}
		}
	}
	return all
}
