package disclosure

import (
	"cmp"
	"slices"
)

// Bounds of the search; passing them hides more than was needed.
const (
	pivotsTried = 12
	rowsTried   = 24
	mendsTried  = 40
)

// shield protects the needy cells of one part of the system: it holds a witness for each
// while it shows one cell after another.
type shield struct {
	s         *system
	b         *basis
	need      map[int]int // needy cell -> witnesses that move it
	witnesses []vector
}

// protect hides cells of the part until each primary cell of it has a witness, as far as
// that can be done within the part.
func (s *system) protect(part part) {
	sh := &shield{s: s, b: newBasis(s, part.cells, part.eqs), need: map[int]int{}}
	for _, p := range part.needy {
		sh.begin(p)
	}
	if len(sh.witnesses) == 0 {
		return
	}
	for _, c := range sh.showOrder(part.cells) {
		sh.show(c)
	}
	for _, w := range sh.thinned() {
		s.accept(w)
	}
}

// begin finds a first witness for p, if no witness so far moves it.
func (sh *shield) begin(p int) {
	for _, w := range sh.witnesses {
		if w.at(p) != 0 {
			sh.need[p]++
		}
	}
	if sh.need[p] > 0 {
		return
	}
	w := sh.find(p)
	if w == nil {
		return
	}
	sh.need[p] = 0
	sh.add(w)
}

// find is a possible change in the basis that moves p, or nil.
func (sh *shield) find(p int) vector {
	var tried []vector
	for _, id := range sh.b.where[p] {
		v := sh.b.rows[id]
		if v.at(p) == 0 {
			continue
		}
		if w := sh.either(v); w != nil {
			return w
		}
		if tried = append(tried, v, v.negated()); len(tried) >= 2*rowsTried {
			break
		}
	}
	for _, v := range tried {
		if w := sh.mend(v, p); w != nil {
			return w
		}
	}
	return nil
}

// either is v or its opposite, whichever is possible, or nil.
func (sh *shield) either(v vector) vector {
	if sh.s.possible(v) {
		return v
	}
	if n := v.negated(); sh.s.possible(n) {
		return n
	}
	return nil
}

// mend adds rows of the basis to v until no cell is too low, keeping p changed.
func (sh *shield) mend(v vector, p int) vector {
	for range mendsTried {
		lack, worst := sh.s.lack(v)
		if lack == 0 {
			if sh.s.possible(v) {
				return v
			}
			return nil
		}
		best := vector(nil)
		for _, id := range sh.b.where[worst] {
			row := sh.b.rows[id]
			at := row.at(worst)
			if at == 0 {
				continue
			}
			next, ok := combine(1, v, at/abs(at), row)
			if !ok || next.at(p) == 0 {
				continue
			}
			if l, _ := sh.s.lack(next); l < lack {
				lack, best = l, next
			}
		}
		if best == nil {
			return nil
		}
		v = best
	}
	return nil
}

// lack is by how much v takes cells too low, in all, and the cell it takes lowest.
func (s *system) lack(v vector) (sum int64, worst int) {
	var most int64
	for _, e := range v {
		if short := s.low[e.col] - s.cells[e.col].Value - e.val; short > 0 {
			sum += short
			if short > most {
				most, worst = short, e.col
			}
		}
	}
	return sum, worst
}

// showOrder is the cells that may yet be shown, most useful first.
func (sh *shield) showOrder(cells []int) []int {
	var order []int
	for _, c := range cells {
		if !sh.s.hidden[c] {
			order = append(order, c)
		}
	}
	all := sh.s.cells
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(all[j].Cost, all[i].Cost), cmp.Compare(all[j].Value, all[i].Value),
			cmp.Compare(all[i].Name, all[j].Name), cmp.Compare(i, j))
	})
	return order
}

// show shows the cell c if every needy cell keeps a witness without it.
func (sh *shield) show(c int) {
	ids, by := sh.b.crossing(vector{{c, 1}})
	if len(ids) == 0 {
		return
	}
	sh.b.rank(ids, by)
	var moving []int
	for i, w := range sh.witnesses {
		if w.at(c) != 0 {
			moving = append(moving, i)
		}
	}
	if len(moving) == 0 {
		sh.b.use(ids[0], ids, by)
		return
	}
	for _, pivot := range ids[:min(len(ids), pivotsTried)] {
		if fresh, ok := sh.without(c, moving, sh.b.rows[pivot]); ok {
			sh.replace(moving, fresh)
			sh.b.use(pivot, ids, by)
			return
		}
	}
}

// without is witnesses to put in the place of those at moving, none of which changes c:
// the pivot is taken out of them. ok is false where a needy cell would be left bare.
func (sh *shield) without(c int, moving []int, pivot vector) (fresh []vector, ok bool) {
	loss := map[int]int{}
	for _, i := range moving {
		for _, e := range sh.witnesses[i] {
			if _, needy := sh.need[e.col]; needy {
				loss[e.col]++
			}
		}
		if w := sh.reduced(sh.witnesses[i], pivot, c); w != nil {
			fresh = append(fresh, w)
		}
	}
	var bare []int
	for p, n := range loss {
		if sh.need[p] == n && !moved(fresh, p) {
			bare = append(bare, p)
		}
	}
	slices.Sort(bare)
	for _, p := range bare {
		if moved(fresh, p) {
			continue
		}
		w := sh.another(p, pivot, c)
		if w == nil {
			return nil, false
		}
		fresh = append(fresh, w)
	}
	return fresh, true
}

// another is a row of the basis that moves p, freed of c, or nil.
func (sh *shield) another(p int, pivot vector, c int) vector {
	tried := 0
	for _, id := range sh.b.where[p] {
		v := sh.b.rows[id]
		if v.at(p) == 0 {
			continue
		}
		if w := sh.reduced(v, pivot, c); w != nil && w.at(p) != 0 {
			return w
		}
		if tried++; tried == rowsTried {
			break
		}
	}
	return nil
}

// reduced is v freed of its change to c by means of pivot, if that is possible, or nil.
func (sh *shield) reduced(v, pivot vector, c int) vector {
	if at := v.at(c); at != 0 {
		var ok bool
		if v, ok = combine(pivot.at(c), v, -at, pivot); !ok {
			return nil
		}
	}
	return sh.either(v)
}

func moved(ws []vector, p int) bool {
	return slices.ContainsFunc(ws, func(w vector) bool { return w.at(p) != 0 })
}

func (sh *shield) add(w vector) {
	sh.witnesses = append(sh.witnesses, w)
	sh.count(w, 1)
}

func (sh *shield) count(w vector, by int) {
	for _, e := range w {
		if _, needy := sh.need[e.col]; needy {
			sh.need[e.col] += by
		}
	}
}

// replace puts fresh witnesses in the place of those at the given places.
func (sh *shield) replace(places []int, fresh []vector) {
	for k := len(places) - 1; k >= 0; k-- {
		i := places[k]
		sh.count(sh.witnesses[i], -1)
		sh.witnesses = slices.Delete(sh.witnesses, i, i+1)
	}
	for _, w := range fresh {
		sh.add(w)
	}
}

// thinned is the witnesses without those that others make needless, the ones that would
// hide most being dropped first.
func (sh *shield) thinned() []vector {
	ws := slices.Clone(sh.witnesses)
	cost := func(w vector) (n int) {
		for _, e := range w {
			if !sh.s.hidden[e.col] {
				n++
			}
		}
		return n
	}
	slices.SortStableFunc(ws, func(v, w vector) int { return cost(w) - cost(v) })
	kept := ws[:0]
	for _, w := range ws {
		if sh.needless(w) {
			sh.count(w, -1)
			continue
		}
		kept = append(kept, w)
	}
	return kept
}

func (sh *shield) needless(w vector) bool {
	for _, e := range w {
		if n, needy := sh.need[e.col]; needy && n < 2 {
			return false
		}
	}
	return true
}
