package disclosure

import "fmt"

// possible says whether a reader would believe the table after the change w: no hidden
// cell below its least value, and no sum of distinct people broken.
func (s *system) possible(w vector) bool {
	for _, e := range w {
		if s.cells[e.col].Value+e.val < s.low[e.col] {
			return false
		}
	}
	for _, e := range w {
		for _, q := range s.rough[e.col] {
			if !s.believable(s.eqs[q], w) {
				return false
			}
		}
	}
	return len(w) > 0
}

// believable says whether, after w, the total of a sum of distinct people lies between its
// largest part and the sum of its parts.
func (s *system) believable(q Equation, w vector) bool {
	total := s.cells[q.Total].Value + w.at(q.Total)
	var sum int64
	for _, c := range q.Parts {
		part := s.cells[c].Value + w.at(c)
		if part > total {
			return false
		}
		sum += part
	}
	return total <= sum
}

// verify checks a witness from nothing but the cells, the equations and what is hidden.
func (s *system) verify(w vector) error {
	if !s.possible(w) {
		return fmt.Errorf("it gives a cell a value that a reader can rule out")
	}
	for _, e := range w {
		if !s.hidden[e.col] {
			return fmt.Errorf("it changes the shown cell %s", s.cells[e.col].Name)
		}
		for _, q := range s.of[e.col] {
			if s.imbalance(s.eqs[q], w) != 0 && !s.unseen(s.eqs[q]) {
				return fmt.Errorf("it changes a sum of %s", s.cells[e.col].Name)
			}
		}
	}
	return nil
}

// imbalance is the change w makes to the parts of q less the change it makes to the total.
func (s *system) imbalance(q Equation, w vector) int64 {
	sum := -w.at(q.Total)
	for _, c := range q.Parts {
		sum += w.at(c)
	}
	return sum
}

// unseen says that a sum of distinct people is hidden as a whole, so that a reader does not
// know by how much its parts exceed it.
func (s *system) unseen(q Equation) bool {
	if !q.Approximate || !s.hidden[q.Total] {
		return false
	}
	for _, c := range q.Parts {
		if !s.hidden[c] && s.cells[c].Value != 0 {
			return false
		}
	}
	return true
}

// levels grades every cell, as Report.Levels says.
func (s *system) levels() []int {
	levels := make([]int, len(s.cells))
	for i := range s.cells {
		if s.moved[i] {
			levels[i] = 1
			if s.cells[i].Value > s.rules.HideUpTo {
				levels[i] = 2
			}
		}
	}
	for _, w := range s.witnesses {
		for times := int64(1); times <= s.rules.HideUpTo; times++ {
			for _, sign := range []int64{1, -1} {
				s.raise(levels, w, sign*times)
			}
		}
	}
	return levels
}

// raise lifts to level 2 the cells that w, made `times` times, takes above HideUpTo.
func (s *system) raise(levels []int, w vector, times int64) {
	scaled := make(vector, len(w))
	for i, e := range w {
		scaled[i] = entry{e.col, e.val * times}
	}
	if !s.possible(scaled) {
		return
	}
	for _, e := range scaled {
		if s.cells[e.col].Value+e.val > s.rules.HideUpTo {
			levels[e.col] = 2
		}
	}
}
