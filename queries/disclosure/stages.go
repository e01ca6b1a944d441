package disclosure

// keepShown is the Cost from which a cell is kept shown as long as that protects all.
const keepShown = 10

// part is cells that equations tie together once locked cells are taken as shown.
type part struct {
	cells, eqs []int
	needy      []int // primary cells without a witness
}

// protectAll finds a witness for every primary cell, hiding as it goes, and returns those
// that it could not protect. Totals that tie several tables together stay shown in the
// first round; each later round gives up those beside the cells still bare.
func (s *system) protectAll(hints []Witness) []int {
	locked := make([]bool, len(s.cells))
	for i, c := range s.cells {
		locked[i] = !s.hidden[i] && (s.totals[i] > 1 || c.Cost >= keepShown)
	}
	for {
		for _, p := range s.parts(locked) {
			s.protect(p)
		}
		s.useHints(hints)
		bare := s.bare()
		if len(bare) == 0 {
			return nil
		}
		if !s.unlock(locked, bare) && !s.unlockParts(locked) {
			break
		}
	}
	s.reachAll(hints)
	for _, p := range s.parts(locked) {
		s.hideAll(p)
	}
	return s.bare()
}

// parts splits the cells that may change by the equations between them, and returns the
// parts that hold a bare primary cell, in order of their first cell.
func (s *system) parts(locked []bool) []part {
	can := func(c int) bool { return !s.fixed[c] && (s.hidden[c] || !locked[c]) }
	seen := make([]bool, len(s.cells))
	done := make([]bool, len(s.eqs))
	var parts []part
	for start := range s.cells {
		if seen[start] || !can(start) {
			continue
		}
		p := part{cells: []int{start}}
		seen[start] = true
		for i := 0; i < len(p.cells); i++ {
			for _, q := range s.of[p.cells[i]] {
				if done[q] {
					continue
				}
				done[q] = true
				p.eqs = append(p.eqs, q)
				for _, c := range append([]int{s.eqs[q].Total}, s.eqs[q].Parts...) {
					if !seen[c] && can(c) {
						seen[c] = true
						p.cells = append(p.cells, c)
					}
				}
			}
		}
		for _, c := range p.cells {
			if s.primary[c] && !s.covered[c] {
				p.needy = append(p.needy, c)
			}
		}
		if len(p.needy) > 0 {
			parts = append(parts, p)
		}
	}
	return parts
}

// unlock gives up the locked cells that share an equation with one of the given cells, and
// says whether there were any.
func (s *system) unlock(locked []bool, cells []int) bool {
	any := false
	for _, cell := range cells {
		for _, q := range s.of[cell] {
			for _, c := range append([]int{s.eqs[q].Total}, s.eqs[q].Parts...) {
				any = any || locked[c]
				locked[c] = false
			}
		}
	}
	return any
}

// unlockParts gives up the locked cells beside every part that holds a bare cell.
func (s *system) unlockParts(locked []bool) bool {
	any := false
	for _, p := range s.parts(locked) {
		any = s.unlock(locked, p.cells) || any
	}
	return any
}

// hideAll is the last resort: the whole part is hidden, so that a table many times as large
// is as likely as the true one.
func (s *system) hideAll(p part) {
	var larger vector
	for _, c := range p.cells {
		s.hidden[c] = true
		if v := s.cells[c].Value; v > 0 {
			larger = append(larger, entry{c, v * max(1, s.rules.HideUpTo)})
		}
	}
	sortByCell(larger)
	if s.verify(larger) == nil {
		s.accept(larger)
	}
}
