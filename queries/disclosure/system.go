package disclosure

import "fmt"

// system is the cells and equations of one Protect, and what has been decided so far.
// Decisions only ever hide more, so a witness once found stays good.
type system struct {
	cells     []Cell
	eqs       []Equation
	rules     Rules
	of        [][]int // equations that hold each cell, as total or part
	rough     [][]int // approximate ones of those
	totals    []int   // number of equations each cell is the total of
	low       []int64 // least value a reader thinks possible, were the cell hidden
	fixed     []bool  // may never be hidden: free, or a zero that is always shown
	primary   []bool
	rise      []int64 // a primary cell's witness must raise it by this; 0: change it
	hidden    []bool
	moved     []bool // by some witness
	covered   []bool // primary cells with a witness of their own
	witnesses []vector
	desk      desk
}

// desk is what the search keeps by cell while it works on one part. The parts share it.
type desk struct {
	where   [][]int // rows of the basis that may change the cell, ascending; nil outside it
	needy   []bool  // to be served by the witnesses of the part
	need    []int   // witnesses that serve a needy cell
	touched []int   // witnesses that move the cell
	blocked []int   // how often a needy cell kept another from being shown
}

func newDesk(n int) desk {
	return desk{make([][]int, n), make([]bool, n), make([]int, n), make([]int, n), make([]int, n)}
}

// clear makes the desk ready for the next part.
func (d *desk) clear(cells []int) {
	for _, c := range cells {
		d.where[c], d.needy[c], d.need[c], d.touched[c], d.blocked[c] = nil, false, 0, 0, 0
	}
}

func newSystem(cells []Cell, eqs []Equation, rules Rules) (*system, error) {
	n := len(cells)
	s := &system{
		cells: cells, eqs: eqs, rules: rules,
		of: make([][]int, n), rough: make([][]int, n), totals: make([]int, n), low: make([]int64, n),
		fixed: make([]bool, n), primary: make([]bool, n), hidden: make([]bool, n),
		rise: make([]int64, n), moved: make([]bool, n), covered: make([]bool, n),
		desk: newDesk(n),
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
	case c.Least < 0 || c.Least > c.Value:
		return fmt.Errorf("cell %s cannot be known to be at least %d", c.Name, c.Least)
	case c.Level < 0 || c.Level > 2:
		return fmt.Errorf("cell %s asks for level %d of 2", c.Name, c.Level)
	case c.Free && (c.Primary || c.Unprinted):
		return fmt.Errorf("cell %s is free, so it can be neither primary nor unprinted", c.Name)
	}
	small := c.Value > 0 && c.Value <= s.rules.HideUpTo
	s.primary[i] = !c.Free && (c.Primary || small)
	if c.Level >= 2 {
		s.rise[i] = max(0, s.rules.HideUpTo+1-c.Value)
	}
	s.hidden[i] = s.primary[i] || c.Unprinted
	s.fixed[i] = c.Free || (s.rules.ZerosShown && c.Value == 0 && !s.hidden[i])
	s.low[i] = c.Least
	if s.rules.ZerosShown && c.Value > 0 && !c.Unprinted {
		s.low[i] = max(1, c.Least)
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
	if e.Approximate {
		for _, c := range append([]int{e.Total}, e.Parts...) {
			s.rough[c] = append(s.rough[c], i)
		}
	}
	for _, c := range e.Parts {
		sum += s.cells[c].Value
	}
	total := s.cells[e.Total].Value
	if sum != total && !(e.Approximate && sum > total) {
		return &Unequal{s.cells[e.Total].Name}
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
		s.moved[e.col] = true
		s.covered[e.col] = s.covered[e.col] || s.primary[e.col] && s.servesAt(e)
	}
}

// serves says whether w is a witness for the primary cell p.
func (s *system) serves(w vector, p int) bool {
	return s.servesAt(entry{p, w.at(p)})
}

// servesAt says whether the change e is enough for its primary cell.
func (s *system) servesAt(e entry) bool {
	if rise := s.rise[e.col]; rise > 0 {
		return e.val >= rise
	}
	return e.val != 0
}
