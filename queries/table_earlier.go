package queries

import (
	"fmt"
	"slices"

	"wherry/config"
	"wherry/queries/disclosure"
)

// earlier is what a table holds of earlier editions. A count that did not change since is the
// one of this edition; one that did is a cell of its own, with the sums of its time.
type earlier struct {
	release  int                     // the edition being added, from 1; 0 for this one
	then     map[int]map[partKey]int // edition -> places whose count was another
	variants map[partKey][]int       // every count of a place
	values   []string                // by cell: tells means apart
	places   []string                // by cell: its place, whatever edition
	hints    []disclosure.Witness    // those of the last edition
	known    map[int]bool            // cells that an earlier edition showed
	revised  map[[2]int]bool         // pairs of counts whose difference is a cell
	sums     []placedSum
}

// placedSum is a sum between places, whatever edition.
type placedSum struct {
	measure     string
	approximate bool
	total       partKey
	parts       []partKey
}

func newEarlier() earlier {
	return earlier{then: map[int]map[partKey]int{}, variants: map[partKey][]int{}, known: map[int]bool{}, revised: map[[2]int]bool{}}
}

// putEarlier is put for an earlier edition.
func (t *table) putEarlier(k partKey, values string, cell disclosure.Cell) int {
	e := &t.earlier
	for _, i := range e.variants[k] {
		if t.cells[i].Value == cell.Value && e.values[i] == values {
			e.then[e.release][k] = i
			return i
		}
	}
	cell.Name, cell.Unprinted, cell.Cost = fmt.Sprintf("%s in edition %d", k, e.release), true, 0
	i := t.append(k, values, cell)
	e.then[e.release][k] = i
	return i
}

// addEarlier adds what earlier editions told of a measure whose cells are in the table.
func (t *table) addEarlier(c *Cells, p *past) {
	if p == nil || !c.measure.ProtectsPeople() {
		return
	}
	for _, release := range p.releases() {
		t.earlier.release = release
		if t.earlier.then[release] == nil {
			t.earlier.then[release] = map[partKey]int{}
		}
		for _, k := range p.order {
			v := p.active(k, release)
			if v == nil || !t.knows(c, k) {
				continue
			}
			if _, there := t.index[t.key(c, k, partBase)]; !there || !v.tally.equals(c.value(k)) {
				t.addCell(c, k, v.tally)
			}
			t.learn(c, k, v)
		}
		t.tieEarlier(c, p, release)
	}
	t.earlier.release = 0
	t.prefer(c, p)
}

// learn notes what the readers of a version of a cell know of it: the parts they were shown,
// and of those that were hidden from them, where zeros are shown, that they are not zero.
func (t *table) learn(c *Cells, k cellKey, v *version) {
	for _, part := range c.printedParts() {
		i, there := t.at(t.key(c, k, part))
		switch {
		case !there:
		case slices.Contains(v.shown[t.audience.ID], part):
			t.earlier.known[i] = true
		case v.printed && !t.audience.HidesZeros():
			t.cells[i].Least = min(1, t.cells[i].Value)
		}
	}
}

// knows says whether the place of a cell is one that c has, of whatever edition.
func (t *table) knows(c *Cells, k cellKey) bool {
	if k.breakdown != "" {
		return slices.Contains(c.measure.brokenDown(), k.breakdown)
	}
	return k.area == c.plan.wholeArea() || slices.Contains(c.areas(), k.area) || slices.Contains(c.pieces(), k.area)
}

// tieEarlier adds the sums of an earlier edition in which a count was another than now.
func (t *table) tieEarlier(c *Cells, p *past, release int) {
	differs := func(k partKey) bool { _, there := t.earlier.then[release][k]; return there }
	given := func(k partKey) bool { return p.active(k.cellKey, release) != nil }
	for _, s := range t.earlier.sums {
		if s.measure == c.measure.ID && (differs(s.total) || slices.ContainsFunc(s.parts, differs)) {
			t.tie(s, given)
		}
	}
}

// freshen marks the longer periods that no earlier edition had, or had otherwise.
func (t *table) freshen(c *Cells, p *past) {
	if p == nil {
		return
	}
	for _, k := range slices.Concat(c.keys(), c.unprintedKeys()) {
		if k.period.Kind == config.Month || k.period.Kind == config.Quarter {
			continue
		}
		if v := p.latest(k); v != nil && v.tally.equals(c.value(k)) {
			continue
		}
		for _, part := range c.allParts() {
			if i, there := t.index[t.key(c, k, part)]; there {
				t.cells[i].Fresh = true
			}
		}
	}
}

// keepLevels takes hidden counts to level 1 for which the last edition could not have level 2.
func (t *table) keepLevels(w *releasedWitnesses) {
	if w == nil {
		return
	}
	lowered := map[string]bool{}
	for _, place := range w.Lowered {
		lowered[place] = true
	}
	for i := range t.cells {
		if lowered[t.earlier.places[i]] {
			t.cells[i].Level = min(1, t.cells[i].Level)
		}
	}
}

// hint takes the witnesses of the last edition for those to begin with.
func (t *table) hint(w *releasedWitnesses) {
	if w == nil {
		return
	}
	at := map[string][]int{}
	for i, place := range t.earlier.places {
		at[place] = append(at[place], i)
	}
	find := func(place string, value int64) int {
		for _, i := range at[place] {
			if t.cells[i].Value == value {
				return i
			}
		}
		return -1
	}
	for _, moves := range w.Witnesses {
		var hint disclosure.Witness
		for i := 0; i+1 < len(moves); i += 2 {
			if c := find(w.Places[moves[i]], w.Values[moves[i]]); c >= 0 {
				hint = append(hint, disclosure.Move{Cell: c, By: moves[i+1]})
			}
		}
		t.earlier.hints = append(t.earlier.hints, hint)
	}
}

// kept is what the next edition needs to know of how this one was protected.
func (t *table) kept() *releasedWitnesses {
	w := &releasedWitnesses{}
	at := map[int]int64{}
	for i, witness := range t.witnesses {
		w.Witnesses = append(w.Witnesses, nil)
		for _, m := range witness {
			if t.earlier.places[m.Cell] == "" {
				continue
			}
			n, there := at[m.Cell]
			if !there {
				n = int64(len(w.Places))
				at[m.Cell] = n
				w.Places, w.Values = append(w.Places, t.earlier.places[m.Cell]), append(w.Values, t.cells[m.Cell].Value)
			}
			w.Witnesses[i] = append(w.Witnesses[i], n, m.By)
		}
	}
	for _, i := range t.loweredCells {
		w.Lowered = append(w.Lowered, t.earlier.places[i])
	}
	return w
}

// prefer has what the latest edition hid hidden first, so that its pattern persists.
func (t *table) prefer(c *Cells, p *past) {
	for _, k := range p.order {
		v := p.latest(k)
		shown, released := v.latest[t.audience.ID]
		if !released {
			continue
		}
		for _, part := range c.printedParts() {
			if i, there := t.index[t.key(c, k, part)]; there && !slices.Contains(shown, part) {
				t.cells[i].Preferred = true
			}
		}
	}
}

// implied is a part that is never printed and follows from two that are.
type implied struct{ part, whole, other string }

func (c *Cells) impliedParts() []implied {
	switch c.measure.Kind {
	case Proportion:
		return []implied{{partUnmet, partBase, partMet}}
	case Duration:
		return []implied{{partEnded, partBase, partOpen}}
	case Rate:
		if c.measure.People != "" {
			return []implied{{partRepeats, partBase, partPeople}}
		}
	case PairedChange:
		return []implied{{partLeft, partStarted, partBase}}
	}
	return nil
}

// addRevisions ties each count that differs from one that an earlier edition showed to the
// difference: who came late, or went. Few of them are protected like any other few.
func (t *table) addRevisions(c *Cells, p *past) {
	if p == nil || !c.measure.ProtectsPeople() {
		return
	}
	for _, k := range p.order {
		for _, v := range p.cells[k].versions {
			if v.tally.equals(c.value(k)) {
				continue
			}
			for _, part := range c.printedParts() {
				if part != partMean && part != partLeaversMean {
					t.addRevision(c, k, v, part, part)
				}
			}
			for _, i := range c.impliedParts() {
				t.addRevision(c, k, v, i.part, i.whole, i.other)
			}
		}
	}
}

// addRevision ties a part of a cell to what it was in a version that showed what it follows
// from.
func (t *table) addRevision(c *Cells, k cellKey, v *version, part string, from ...string) {
	index := func(part string) (now, then int, there bool) {
		place := t.key(c, k, part)
		if now, there = t.index[place]; !there {
			return 0, 0, false
		}
		if then, there = t.earlier.then[v.release][place]; !there {
			then = now
		}
		return now, then, true
	}
	for _, part := range from {
		now, then, there := index(part)
		if !there || !t.earlier.known[then] || t.cells[now].Unprinted {
			return
		}
	}
	now, then, there := index(part)
	if !there || now == then || t.cells[then].Value == 0 || t.earlier.known[now] || t.earlier.revised[[2]int{now, then}] {
		return
	}
	t.earlier.revised[[2]int{now, then}] = true
	more, less := now, then
	if t.cells[then].Value > t.cells[now].Value {
		more, less = then, now
	}
	i := t.append(partKey{}, "", disclosure.Cell{Name: t.cells[then].Name + ", revised", Value: t.cells[more].Value - t.cells[less].Value, Unprinted: true, Fresh: true})
	t.sum(false, more, less, i)
}

// freed is the cells as disclosure control takes them: what an earlier edition showed is
// known. What is small by the rules of today is hidden all the same; small says so.
func (t *table) freed() (cells []disclosure.Cell, small []bool) {
	cells, small = slices.Clone(t.cells), make([]bool, len(t.cells))
	for i := range cells {
		c := &cells[i]
		if t.unproved[i] {
			small[i], c.Primary = true, false
		}
		if !t.earlier.known[i] {
			continue
		}
		small[i] = c.Primary || c.Value > 0 && c.Value <= t.audience.HideUpTo
		c.Free, c.Primary, c.Unprinted = true, false, false
	}
	return cells, small
}
