package disclosure

import "fmt"

// system is the cells and equations of one Protect, and what has been decided so far.
// Decisions only ever hide more, so a witness once found stays good.
type system struct {
	cells     []Cell
	eqs       []Equation
	rules     Rules
	of        [][]int // equations that hold each cell, as total or part
	totals    []int   // number of equations each cell is the total of
	low       []int64 // least value a reader thinks possible, were the cell hidden
	fixed     []bool  // may never be hidden: free, or a zero that is always shown
	primary   []bool
	hidden    []bool
	covered   []bool // moved by some witness
	witnesses []vector
}

func newSystem(cells []Cell, eqs []Equation, rules Rules) (*system, error) {
	n := len(cells)
	s := &system{
		cells: cells, eqs: eqs, rules: rules,
		of: make([][]int, n), totals: make([]int, n), low: make([]int64, n),
		fixed: make([]bool, n), primary: make([]bool, n), hidden: make([]bool, n), covered: make([]bool, n),
	}
	for i, c := range cells {
		if err := s.addCell(i, c); err != nil {
			return nil, err
		}
	}
	for i, e := range eqs {
		if err := s.addEquation(i, e); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *system) addCell(i int, c Cell) error {
	switch {
	case c.Value < 0:
		return fmt.Errorf("cell %s is negative", c.Name)
	case c.Free && (c.Primary || c.Unprinted):
		return fmt.Errorf("cell %s is free, so it can be neither primary nor unprinted", c.Name)
	}
	small := c.Value > 0 && c.Value <= s.rules.HideUpTo
	s.primary[i] = !c.Free && (c.Primary || small)
	s.hidden[i] = s.primary[i] || c.Unprinted
	s.fixed[i] = c.Free || (s.rules.ZerosShown && c.Value == 0 && !s.hidden[i])
	if s.rules.ZerosShown && c.Value > 0 && !c.Unprinted {
		s.low[i] = 1
	}
	return nil
}

func (s *system) addEquation(i int, e Equation) error {
	var sum int64
	seen := map[int]bool{}
	for _, c := range append([]int{e.Total}, e.Parts...) {
		if c < 0 || c >= len(s.cells) {
			return fmt.Errorf("equation %d names cell %d of %d", i, c, len(s.cells))
		}
		if seen[c] {
			return fmt.Errorf("equation %d names cell %s twice", i, s.cells[c].Name)
		}
		seen[c] = true
		s.of[c] = append(s.of[c], i)
	}
	s.totals[e.Total]++
	for _, c := range e.Parts {
		sum += s.cells[c].Value
	}
	total := s.cells[e.Total].Value
	if sum != total && !(e.Approximate && sum > total) {
		return fmt.Errorf("the parts of %s do not add up to it", s.cells[e.Total].Name)
	}
	return nil
}

// bare is the primary cells without a witness, in order.
func (s *system) bare() []int {
	var cs []int
	for i := range s.cells {
		if s.primary[i] && !s.covered[i] {
			cs = append(cs, i)
		}
	}
	return cs
}

// accept hides every cell that w moves and takes w as their witness.
func (s *system) accept(w vector) {
	s.witnesses = append(s.witnesses, w)
	for _, e := range w {
		s.hidden[e.col] = true
		s.covered[e.col] = true
	}
}
