package disclosure

import "math"

// Bounds of reach: cells around a bare one that are looked at, how far one may change, what
// the wanted change gains beside the cost of a cell, and how often a part of a whole number
// is multiplied.
const (
	reachCap   = 1000
	reachGain  = 1e6
	multiplied = 6
)

// reachSizes is how many cells around a bare one are looked at in turn; with hints, those from
// reachFar on only for what these do not help with.
var reachSizes = []int{40, 120, 400, 1200}

const reachFar = 3

// reachAll looks further for witnesses for the cells still bare. With hints, that is near each,
// then around what a hint for it changes, which new sums and revisions have put out of balance,
// then far; the way up to level 2 is not looked for far.
func (s *system) reachAll(hints []Witness) {
	for _, p := range s.bare() {
		if s.covered[p] {
			continue
		}
		var w vector
		if len(hints) == 0 {
			w = s.reach(p, reachSizes)
		} else {
			w = s.reachBeyond(p, hints)
		}
		if w != nil {
			s.accept(w)
		}
	}
}

// reachBeyond is a witness for p in a system with hints, or nil.
func (s *system) reachBeyond(p int, hints []Witness) vector {
	if w := s.reach(p, reachSizes[:reachFar]); w != nil {
		return w
	}
	for _, hint := range hints {
		if hint.serves(s, p) {
			if w := s.reach(p, reachSizes[:reachFar], hint.cells()...); w != nil {
				return w
			}
		}
	}
	if s.rise[p] > 0 {
		return nil
	}
	return s.reach(p, reachSizes[reachFar:])
}

// reach looks for a witness for p among the cells that may change around it and some others,
// by way of a linear program that hides as little as it can, or gives nil.
func (s *system) reach(p int, sizes []int, also ...int) vector {
	size := 0
	for _, most := range sizes {
		cells, eqs := s.around(append([]int{p}, also...), most)
		if len(cells) == size {
			break
		}
		size = len(cells)
		for _, sign := range []float64{1, -1} {
			if sign < 0 && s.rise[p] > 0 {
				continue
			}
			if w := s.whole(cells, s.program(p, sign, cells, eqs).most(), p); w != nil {
				return w
			}
		}
	}
	return nil
}

// around is some cells and up to most that may change besides, the nearest first, and the
// equations that hold any of them.
func (s *system) around(some []int, most int) (cells, eqs []int) {
	in, done := map[int]bool{}, map[int]bool{}
	for _, c := range some {
		if !in[c] && !s.fixed[c] {
			in[c] = true
			cells = append(cells, c)
		}
	}
	most += len(cells) - 1
	for i := 0; i < len(cells); i++ {
		for _, q := range s.of[cells[i]] {
			if done[q] {
				continue
			}
			done[q] = true
			eqs = append(eqs, q)
			for _, c := range append([]int{s.eqs[q].Total}, s.eqs[q].Parts...) {
				if !in[c] && !s.fixed[c] && len(cells) < most {
					in[c] = true
					cells = append(cells, c)
				}
			}
		}
	}
	return cells, eqs
}

// program is the search for the cheapest change that moves p in the direction of sign: two
// columns for each cell, by how much it grows and by how much it shrinks.
func (s *system) program(p int, sign float64, cells, eqs []int) program {
	n := len(cells)
	lp := program{gain: make([]float64, 2*n), room: make([]float64, 2*n)}
	place := make(map[int]int, n)
	for i, c := range cells {
		place[c] = i
		cost := 0.01 + 1e-5*float64(i)
		if !s.hidden[c] {
			cost += 1 + math.Log(float64(s.cells[c].Value)+2) + s.cells[c].Cost
		}
		lp.gain[i], lp.gain[n+i] = -cost, -cost
		lp.room[i], lp.room[n+i] = reachCap, float64(min(reachCap, s.cells[c].Value-s.low[c]))
	}
	wanted, other := 0, n
	if sign < 0 {
		wanted, other = n, 0
	}
	lp.gain[wanted], lp.room[other] = reachGain, 0
	lp.room[wanted] = min(lp.room[wanted], float64(max(1, s.rise[p])))
	for _, q := range eqs {
		row := make([]float64, 2*n)
		put := func(c int, v float64) {
			if i, in := place[c]; in {
				row[i], row[n+i] = v, -v
			}
		}
		put(s.eqs[q].Total, -1)
		for _, c := range s.eqs[q].Parts {
			put(c, 1)
		}
		lp.rows = append(lp.rows, row)
	}
	return lp
}

// whole is the solution x, or a multiple of it, in whole numbers, if that is a possible
// change that keeps every equation and serves p, or nil.
func (s *system) whole(cells []int, x []float64, p int) vector {
	if x == nil {
		return nil
	}
	n := len(cells)
	for k := 1.0; k <= multiplied; k++ {
		var w vector
		for i, c := range cells {
			if v := math.Round(k * (x[i] - x[n+i])); v != 0 {
				w = append(w, entry{c, int64(v)})
			}
		}
		sortByCell(w)
		if s.serves(w, p) && s.possible(w) && s.balanced(w) {
			return w
		}
	}
	return nil
}

// balanced says whether w keeps every equation as it was.
func (s *system) balanced(w vector) bool {
	for _, e := range w {
		for _, q := range s.of[e.col] {
			if s.imbalance(s.eqs[q], w) != 0 {
				return false
			}
		}
	}
	return true
}
