package disclosure

// Bounds of the search; passing them hides more than was needed.
const (
	pivotsTried = 12
	rowsTried   = 24
	mended      = 8  // changes
	mendsTried  = 40 // rows added to each
)

// find is a possible change that serves p: one of vs or a row of the basis, or what mends
// these; nil where there is none. With a pivot, all are freed of their change to c.
func (sh *shield) find(p int, vs []vector, pivot vector, c int) vector {
	for _, v := range vs {
		if w := sh.fit(v, p); w != nil {
			return w
		}
	}
	var rows []vector
	for _, id := range sh.b.where[p] {
		v := sh.b.rows[id]
		if v.at(p) == 0 {
			continue
		}
		if v = sh.freed(v, pivot, c); v != nil {
			if w := sh.fit(v, p); w != nil {
				return w
			}
		}
		if rows = append(rows, v); len(rows) == rowsTried {
			break
		}
	}
	if len(vs) == 0 {
		vs = rows
	}
	for _, v := range vs[:min(len(vs), mended)] {
		for _, w := range sh.turns(v, p) {
			if w := sh.mend(w, p, pivot, c); w != nil {
				return w
			}
		}
	}
	return nil
}

// turns is v as often and in such a direction as serves p, if v moves p.
func (sh *shield) turns(v vector, p int) []vector {
	at, rise := v.at(p), sh.s.rise[p]
	switch {
	case at == 0:
		return nil
	case rise == 0:
		return []vector{v, v.negated()}
	}
	k := (rise + abs(at) - 1) / abs(at)
	return []vector{v.times(k * at / abs(at))}
}

// fit is v as often and in such a direction as serves p, if that is possible, or nil.
func (sh *shield) fit(v vector, p int) vector {
	for _, w := range sh.turns(v, p) {
		if sh.s.possible(w) {
			return w
		}
	}
	return nil
}

// mend adds rows of the basis to v until no cell is too low and p is still served, or gives
// nil. With a pivot, only what is left of the rows without their change to c is added.
func (sh *shield) mend(v vector, p int, pivot vector, c int) vector {
	for range mendsTried {
		lack, worst := sh.s.lack(v)
		if lack == 0 {
			break
		}
		if v = sh.lessLack(v, p, worst, lack, pivot, c); v == nil {
			return nil
		}
	}
	if sh.s.possible(v) {
		return v
	}
	return nil
}

// lessLack is v with the multiple of the row that most reduces its lack, by way of the cell
// worst, or nil.
func (sh *shield) lessLack(v vector, p, worst int, lack int64, pivot vector, c int) (best vector) {
	short := sh.s.low[worst] - sh.s.cells[worst].Value - v.at(worst)
	tried := 0
	for _, id := range sh.b.where[worst] {
		if sh.b.rows[id].at(worst) == 0 {
			continue
		}
		if tried++; tried > rowsTried {
			break
		}
		row := sh.freed(sh.b.rows[id], pivot, c)
		at := row.at(worst)
		if at == 0 {
			continue
		}
		for _, k := range []int64{1, (short + abs(at) - 1) / abs(at)} {
			next, ok := plus(v, k*at/abs(at), row)
			if !ok || !sh.s.serves(next, p) {
				continue
			}
			if l, _ := sh.s.lack(next); l < lack {
				lack, best = l, next
			}
		}
	}
	return best
}

// either is v or its opposite, whichever is possible, or nil.
func (sh *shield) either(v vector) vector {
	if v == nil {
		return nil
	}
	if sh.s.possible(v) {
		return v
	}
	if n := v.negated(); sh.s.possible(n) {
		return n
	}
	return nil
}

// freed is v freed of its change to c by means of pivot, or nil.
func (sh *shield) freed(v, pivot vector, c int) vector {
	if pivot == nil {
		return v
	}
	if at := v.at(c); at != 0 {
		v, _ = combine(pivot.at(c), v, -at, pivot)
	}
	return v
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
