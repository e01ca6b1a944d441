package disclosure

import (
	"fmt"
	"strings"
)

// Cell is one count that might be printed.
type Cell struct {
	Name  string
	Value int64
	// Primary marks a cell to hide whatever its value, such as one whose complement is small.
	Primary bool
	// Free cells are known to everybody (a population, or a number that an earlier edition
	// printed): they are never hidden, nor protected where small.
	Free bool
	// Unprinted cells are never printed but can be worked out, such as base minus
	// numerator. They count as hidden at no cost; a small one is protected like any other.
	Unprinted bool
	// Cost is what a reader loses when the cell is hidden. Cells of higher cost are shown
	// first; among equals the larger value. From 10 a cell is hidden only if nothing else
	// protects its neighbours.
	Cost float64
	// Level is how open a hidden primary cell must stay: 0 or 1, that its value cannot be
	// worked out; 2, that as far as a reader can tell it may also be above HideUpTo.
	Level int
	// Least is the value a reader knows the cell to have at least, such as 1 for an
	// unprinted cell that an earlier edition hid, or where it is that of a rounded number.
	Least int64
	// Preferred cells are the first to hide for the sake of others: those that the last
	// edition hid, so that its pattern persists.
	Preferred bool
	// Fresh cells are no part of the system that hints are from, and may hold cells that are.
	Fresh bool
}

// Equation says that the cells Parts sum to the cell Total, by index. Approximate sums
// count distinct people, so that the parts may sum to more than the total; the reader is
// taken to know by how much.
type Equation struct {
	Total       int
	Parts       []int
	Approximate bool
}

// Rules are an audience's: counts 1..HideUpTo are hidden. ZerosShown says that a zero is
// always printed, so that a reader knows every hidden cell to be at least 1.
type Rules struct {
	HideUpTo   int64
	ZerosShown bool
}

// Move is a change to one cell of a Witness.
type Move struct {
	Cell int
	By   int64
}

// Witness is another table that gives the same publication: the true one with every Move
// made.
type Witness []Move

// Report says what Protect did. Levels has one entry per cell: 0 not hidden; 1 hidden and
// not to be worked out exactly; 2 also possibly above HideUpTo as far as a reader can tell.
// Unprinted cells that needed no protection are 0.
type Report struct {
	Cells, Primary, Secondary int // printed cells; hidden ones by why
	Levels                    []int
	Witnesses                 []Witness
}

// namesTold is how many cells an Exposed names.
const namesTold = 5

// Exposed is the error of cells that cannot be protected to their Level, by index: cells
// that may not be hidden give them away. At level 2 a cell may yet be open to level 1.
type Exposed struct {
	Cells []int
	Names []string
}

func (e *Exposed) Error() string {
	names, more := e.Names, ""
	if len(names) > namesTold {
		names, more = names[:namesTold], fmt.Sprintf(" and %d more", len(names)-namesTold)
	}
	return fmt.Sprintf("no way to protect %s%s: cells that may not be hidden give them away", strings.Join(names, ", "), more)
}

// Unequal is the error of a total that its parts do not add up to, by name. Counts of one day always
// do; those that a later edition has told may contradict an earlier day's.
type Unequal struct{ Total string }

func (e *Unequal) Error() string { return fmt.Sprintf("the parts of %s do not add up to it", e.Total) }

// Protect chooses the cells to hide: every primary cell, and as many others as it takes
// for each hidden cell to have a Witness. The same input gives the same choice. It is an
// error for cells and equations not to fit together and for an exact equation not to add up;
// where Free cells leave a primary cell no protection, the error is an Exposed.
//
// Hints are witnesses of an earlier system that is part of this one, such as that of the last
// edition, over the cells they share: they are used where the search finds none.
func Protect(cells []Cell, eqs []Equation, rules Rules, hints ...Witness) (hidden []bool, report Report, err error) {
	s, err := newSystem(cells, eqs, rules)
	if err != nil {
		return nil, Report{}, fmt.Errorf("reading the cells to protect: %w", err)
	}
	if bare := s.protectAll(hints); len(bare) > 0 {
		e := &Exposed{Cells: bare}
		for _, c := range bare {
			e.Names = append(e.Names, cells[c].Name)
		}
		return nil, Report{}, e
	}
	for i, w := range s.witnesses {
		if err := s.verify(w); err != nil {
			return nil, Report{}, fmt.Errorf("checking witness %d: %w", i, err)
		}
	}
	return s.hidden, s.report(), nil
}

func (s *system) report() Report {
	r := Report{Levels: s.levels()}
	for _, w := range s.witnesses {
		moves := make(Witness, len(w))
		for i, e := range w {
			moves[i] = Move{e.col, e.val}
		}
		r.Witnesses = append(r.Witnesses, moves)
	}
	for i, c := range s.cells {
		if c.Unprinted {
			continue
		}
		r.Cells++
		if s.primary[i] {
			r.Primary++
		} else if s.hidden[i] {
			r.Secondary++
		}
	}
	return r
}
