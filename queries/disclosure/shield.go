package disclosure

import (
	"cmp"
	"slices"
)

// shield protects the needy cells of one part of the system: it holds a witness for each
// while it shows one cell after another.
type shield struct {
	*desk
	s         *system
	b         *basis
	witnesses []vector
}

// protect hides cells of the part until each primary cell of it has a witness, as far as
// that can be done within the part.
func (s *system) protect(part part) {
	defer s.desk.clear(part.cells)
	sh := &shield{desk: &s.desk, s: s, b: newBasis(s, part.cells, part.eqs)}
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
		if sh.s.serves(w, p) {
			sh.need[p]++
		}
	}
	if sh.need[p] > 0 {
		sh.needy[p] = true
		return
	}
	w := sh.find(p, nil, nil, 0)
	if w == nil {
		return
	}
	sh.needy[p] = true
	sh.add(w)
}

// showOrder is the cells that may yet be shown, most useful first, those that the last
// edition hid at the end.
func (sh *shield) showOrder(cells []int) []int {
	var order []int
	for _, c := range cells {
		if !sh.s.hidden[c] {
			order = append(order, c)
		}
	}
	all := sh.s.cells
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(latest(all[i].Preferred, all[j].Preferred), cmp.Compare(all[j].Cost, all[i].Cost), cmp.Compare(all[j].Value, all[i].Value),
			cmp.Compare(all[i].Name, all[j].Name), cmp.Compare(i, j))
	})
	return order
}

// latest orders what is so after what is not.
func latest(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// show shows the cell c if every needy cell keeps a witness without it.
func (sh *shield) show(c int) {
	ids, by := sh.b.crossing(vector{{c, 1}})
	if len(ids) == 0 {
		return
	}
	sh.b.rank(ids, by)
	if sh.touched[c] == 0 {
		sh.b.use(ids[0], ids, by)
		return
	}
	var moving []int
	for i, w := range sh.witnesses {
		if w.at(c) != 0 {
			moving = append(moving, i)
		}
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
	losing := sh.losing(moving)
	freed := make([]vector, len(moving))
	for k, i := range moving {
		freed[k] = sh.freed(sh.witnesses[i], pivot, c)
	}
	for _, p := range losing {
		if sh.served(fresh, p) {
			continue
		}
		var own, others []vector
		for k, i := range moving {
			if sh.s.serves(sh.witnesses[i], p) {
				own = append(own, freed[k])
			} else {
				others = append(others, freed[k])
			}
		}
		w := sh.find(p, append(own, others...), pivot, c)
		if w == nil {
			sh.blocked[p]++
			return nil, false
		}
		fresh = append(fresh, w)
	}
	for _, v := range freed {
		if w := sh.either(v); w != nil && sh.useful(w) && !slices.ContainsFunc(fresh, func(v vector) bool { return slices.Equal(v, w) }) {
			fresh = append(fresh, w)
		}
	}
	return fresh, true
}

// losing is the needy cells that no witness would serve but those at moving, the ones that
// stood in the way most often first.
func (sh *shield) losing(moving []int) []int {
	loss := map[int]int{}
	for _, i := range moving {
		for _, e := range sh.witnesses[i] {
			if sh.needy[e.col] && sh.s.servesAt(e) {
				loss[e.col]++
			}
		}
	}
	var bare []int
	for p, n := range loss {
		if sh.need[p] == n {
			bare = append(bare, p)
		}
	}
	slices.SortFunc(bare, func(p, q int) int { return cmp.Or(sh.blocked[q]-sh.blocked[p], p-q) })
	return bare
}

func (sh *shield) useful(w vector) bool {
	return slices.ContainsFunc(w, func(e entry) bool { return sh.needy[e.col] && sh.s.servesAt(e) })
}

func (sh *shield) served(ws []vector, p int) bool {
	return slices.ContainsFunc(ws, func(w vector) bool { return sh.s.serves(w, p) })
}

func (sh *shield) add(w vector) {
	sh.witnesses = append(sh.witnesses, w)
	sh.count(w, 1)
}

func (sh *shield) count(w vector, by int) {
	for _, e := range w {
		sh.touched[e.col] += by
		if sh.needy[e.col] && sh.s.servesAt(e) {
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
		if sh.needy[e.col] && sh.need[e.col] < 2 && sh.s.servesAt(e) {
			return false
		}
	}
	return true
}
