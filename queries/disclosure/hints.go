package disclosure

import "slices"

// useHints takes witnesses of an earlier system for the cells that are still bare. What they
// change is carried on to the fresh cells that hold what they change.
func (s *system) useHints(hints []Witness) {
	for _, hint := range hints {
		if !s.wanted(hint) {
			continue
		}
		if w := s.carriedOn(hint); w != nil {
			s.accept(w)
		}
	}
}

// wanted says whether a hint serves a cell that is still bare.
func (s *system) wanted(hint Witness) bool {
	for _, m := range hint {
		if s.primary[m.Cell] && !s.covered[m.Cell] && s.servesAt(entry{m.Cell, m.By}) {
			return true
		}
	}
	return false
}

// carriedOn is a hint with fresh cells changed so that every equation holds again, as far as
// equations with one fresh cell left say how; nil where it is then no possible change.
func (s *system) carriedOn(hint Witness) vector {
	change, settled, asked := map[int]int64{}, map[int]bool{}, map[int]bool{}
	var queue []int
	for _, m := range hint {
		change[m.Cell] += m.By
		queue = append(queue, s.of[m.Cell]...)
	}
	for ; len(queue) > 0; queue = queue[1:] {
		e := s.eqs[queue[0]]
		fresh := s.fresh(e, settled)
		if len(fresh) == 1 {
			settled[fresh[0]] = true
			change[fresh[0]] += needed(e, fresh[0], change)
			queue = append(queue, s.of[fresh[0]]...)
			continue
		}
		for _, c := range fresh { // another equation may say how these change
			if !asked[c] {
				asked[c] = true
				queue = append(queue, s.of[c]...)
			}
		}
	}
	var w vector
	for c, by := range change {
		if by != 0 {
			w = append(w, entry{c, by})
		}
	}
	sortByCell(w)
	if !s.possible(w) || !s.balanced(w) {
		return nil
	}
	return w
}

// fresh is the fresh cells of an equation that are not settled.
func (s *system) fresh(e Equation, settled map[int]bool) (cells []int) {
	for _, c := range append([]int{e.Total}, e.Parts...) {
		if s.cells[c].Fresh && !settled[c] {
			cells = append(cells, c)
		}
	}
	return cells
}

// needed is the further change to one cell of an equation that makes it hold.
func needed(e Equation, cell int, change map[int]int64) int64 {
	off := -change[e.Total]
	for _, c := range e.Parts {
		off += change[c]
	}
	if cell == e.Total {
		return off
	}
	return -off
}

// serves says whether a hint changes p as its witness has to.
func (w Witness) serves(s *system, p int) bool {
	return slices.ContainsFunc(w, func(m Move) bool { return m.Cell == p && s.servesAt(entry{p, m.By}) })
}

// cells is the cells that a witness changes.
func (w Witness) cells() []int {
	var cells []int
	for _, m := range w {
		cells = append(cells, m.Cell)
	}
	return cells
}
