package disclosure

import (
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// unknowns is what a reader does not know of a publication: the hidden cells, between the
// least and most value that is looked at, and the sums they stand in.
type unknowns struct {
	cells     []int // hidden cells
	least     []int64
	most      []int64
	equations []unknownSum
}

// unknownSum says that the parts less the total, by place in cells, come to known; total is
// -1 where it is shown.
type unknownSum struct {
	parts []int
	total int
	known int64
}

// reader is the unknowns of a pattern, looking beyond the truth by up to more.
func reader(cells []Cell, eqs []Equation, hidden []bool, rules Rules, more int64) *unknowns {
	u := &unknowns{}
	place := map[int]int{}
	for i, c := range cells {
		if !hidden[i] {
			continue
		}
		least := c.Least
		if rules.ZerosShown && c.Value > 0 && !c.Unprinted {
			least = max(least, 1)
		}
		place[i] = len(u.cells)
		u.cells = append(u.cells, i)
		u.least = append(u.least, least)
		u.most = append(u.most, c.Value+more)
	}
	for _, e := range eqs {
		sum := unknownSum{total: -1}
		if at, in := place[e.Total]; in {
			sum.total = at
		} else {
			sum.known = cells[e.Total].Value
		}
		for _, p := range e.Parts {
			if at, in := place[p]; in {
				sum.parts = append(sum.parts, at)
			} else {
				sum.known -= cells[p].Value
			}
		}
		if len(sum.parts) > 0 || sum.total >= 0 {
			u.equations = append(u.equations, sum)
		}
	}
	return u
}

// within is the least and most value a hidden cell takes over all tables.
type within struct{ low, high int64 }

// count goes through every table of whole numbers; ok is false where there are too many.
func (u *unknowns) count() (spans []within, ok bool) {
	b := &bruteForce{u: u, value: make([]int64, len(u.cells)), set: make([]bool, len(u.cells)), spans: make([]within, len(u.cells))}
	for i := range b.spans {
		b.spans[i] = within{1 << 40, -1}
	}
	b.next()
	return b.spans, b.steps < bruteSteps
}

const bruteSteps = 2_000_000

type bruteForce struct {
	u     *unknowns
	value []int64
	set   []bool
	spans []within
	steps int
}

func (b *bruteForce) next() {
	if b.steps++; b.steps >= bruteSteps {
		return
	}
	cell, from, to := b.choose()
	if cell < 0 {
		if from > to {
			return
		}
		for i, v := range b.value {
			b.spans[i] = within{min(b.spans[i].low, v), max(b.spans[i].high, v)}
		}
		return
	}
	b.set[cell] = true
	for v := from; v <= to; v++ {
		b.value[cell] = v
		b.next()
	}
	b.set[cell] = false
}

// choose is a cell that has no value yet and the values it may have: one that a sum leaves
// no choice if there is any, else the one with the fewest. It is -1 where all have one, and
// from above to where a sum is broken.
func (b *bruteForce) choose() (cell int, from, to int64) {
	cell, from, to = -1, 0, 0
	for _, e := range b.u.equations {
		open, rest, sign := -1, e.known, int64(1)
		several := false
		each := func(at int, s int64) {
			switch {
			case b.set[at]:
				rest -= s * b.value[at]
			case open >= 0:
				several = true
			default:
				open, sign = at, s
			}
		}
		for _, p := range e.parts {
			each(p, 1)
		}
		if e.total >= 0 {
			each(e.total, -1)
		}
		switch {
		case several:
		case open < 0 && rest != 0:
			return -1, 1, 0
		case open >= 0:
			v := sign * rest
			if v < b.u.least[open] || v > b.u.most[open] {
				return -1, 1, 0
			}
			cell, from, to = open, v, v
		}
	}
	if cell >= 0 {
		return cell, from, to
	}
	for i, set := range b.set {
		if !set && (cell < 0 || b.u.most[i]-b.u.least[i] < to-from) {
			cell, from, to = i, b.u.least[i], b.u.most[i]
		}
	}
	return cell, from, to
}

// glpsol is the same by GLPK's integer programs: one for all cells, each twice.
func (u *unknowns) glpsol(t *testing.T) []within {
	t.Helper()
	n := len(u.cells)
	var lp strings.Builder
	lp.WriteString("Min\n obj:")
	each := func(f func(target, i int, name string)) {
		for target := range 2 * n {
			for i := range n {
				f(target, i, fmt.Sprintf("x%d_%d", target, i))
			}
		}
	}
	each(func(target, i int, name string) {
		weight := 0
		if target/2 == i {
			weight = 1 - 2*(target%2)
		}
		fmt.Fprintf(&lp, " %+d %s\n", weight, name)
	})
	lp.WriteString("Subject To\n none: 0 x0_0 = 0\n")
	for target := range 2 * n {
		for _, e := range u.equations {
			for _, p := range e.parts {
				fmt.Fprintf(&lp, " + x%d_%d", target, p)
			}
			if e.total >= 0 {
				fmt.Fprintf(&lp, " - x%d_%d", target, e.total)
			}
			fmt.Fprintf(&lp, " = %d\n", e.known)
		}
	}
	lp.WriteString("Bounds\n")
	each(func(_, i int, name string) { fmt.Fprintf(&lp, " %d <= %s <= %d\n", u.least[i], name, u.most[i]) })
	lp.WriteString("General\n")
	each(func(_, _ int, name string) { fmt.Fprintf(&lp, " %s\n", name) })
	lp.WriteString("End\n")
	return u.solve(t, lp.String())
}

func (u *unknowns) solve(t *testing.T, program string) []within {
	t.Helper()
	n := len(u.cells)
	dir := t.TempDir()
	in, out := filepath.Join(dir, "p.lp"), filepath.Join(dir, "p.out")
	if err := os.WriteFile(in, []byte(program), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := exec.Command("glpsol", "--lp", in, "-w", out).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	spans := make([]within, n)
	solved := false
	for line := range strings.Lines(string(text)) {
		var column int
		var value int64
		if strings.HasPrefix(line, "s mip ") {
			solved = strings.Contains(line, " o ")
		}
		if k, _ := fmt.Sscanf(line, "j %d %d", &column, &value); k == 2 {
			target, i := (column-1)/n, (column-1)%n
			if target/2 == i && target%2 == 0 {
				spans[i].low = value
			} else if target/2 == i {
				spans[i].high = value
			}
		}
	}
	if !solved {
		t.Fatalf("glpsol found no best solution:\n%s", text[:min(len(text), 500)])
	}
	return spans
}

// needGLPK skips a test where the oracle is not installed.
func needGLPK(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("glpsol"); err != nil {
		t.Skip("glpsol is not installed: the Debian package glpk-utils has it")
	}
}

// smallTable is a random table of two to twelve counts with its margins, sums of
// neighbouring columns and a split whose other half is not printed.
func smallTable(rng *rand.Rand) (cells []Cell, eqs []Equation) {
	rows, cols := 1+rng.Intn(3), 2+rng.Intn(3)
	add := func(name string, v int64) int {
		cells = append(cells, Cell{Name: name, Value: v, Level: rng.Intn(3), Preferred: rng.Intn(6) == 0, Cost: float64(rng.Intn(3))})
		return len(cells) - 1
	}
	sum := func(name string, parts []int) int {
		var v int64
		for _, p := range parts {
			v += cells[p].Value
		}
		i := add(name, v)
		eqs = append(eqs, Equation{Total: i, Parts: parts})
		return i
	}
	columns := make([][]int, cols)
	var totals []int
	for r := range rows {
		var row []int
		for c := range cols {
			v := []int64{0, 0, 1, 1, 2, 3, 4, 6, 9, 15}[rng.Intn(10)]
			row = append(row, add(fmt.Sprintf("r%dc%d", r, c), v))
			columns[c] = append(columns[c], row[c])
		}
		totals = append(totals, sum(fmt.Sprintf("r%d", r), row))
		if cols > 2 && rng.Intn(2) == 0 {
			sum(fmt.Sprintf("r%dw", r), row[:2])
		}
	}
	if rows > 1 {
		for c := range cols {
			sum(fmt.Sprintf("c%d", c), columns[c])
		}
		sum("whole", totals)
	}
	if whole := len(cells) - 1; rng.Intn(2) == 0 {
		met := add("met", rng.Int63n(cells[whole].Value+1))
		unmet := add("unmet", cells[whole].Value-cells[met].Value)
		cells[unmet].Unprinted = true
		eqs = append(eqs, Equation{Total: whole, Parts: []int{met, unmet}})
	}
	return cells, eqs
}

// TestTwoTablesForEveryPrimaryCell goes through all tables of whole numbers that 200 random
// publications leave possible and asks GLPK for the same.
func TestTwoTablesForEveryPrimaryCell(t *testing.T) {
	rng := rand.New(rand.NewSource(4))
	primary, given, level2, tried := 0, 0, 0, 0
	_, err := exec.LookPath("glpsol")
	for n := 0; tried < 200; n++ {
		cells, eqs := smallTable(rng)
		rules := Rules{HideUpTo: 2 + rng.Int63n(3), ZerosShown: rng.Intn(3) > 0}
		hidden, _, protectErr := Protect(cells, eqs, rules)
		if protectErr != nil {
			t.Fatal(protectErr)
		}
		u := reader(cells, eqs, hidden, rules, 2*rules.HideUpTo+4)
		if len(u.cells) == 0 {
			continue
		}
		spans, ok := u.count()
		if !ok {
			given++
			continue
		}
		tried++
		for at, i := range u.cells {
			if cells[i].Value == 0 || cells[i].Value > rules.HideUpTo {
				continue
			}
			primary++
			s := spans[at]
			if s.low == s.high {
				t.Fatalf("table %d: only one value for %s in %s", n, cells[i].Name, render(cells, hidden))
			}
			if cells[i].Level == 2 {
				level2++
				if s.high <= rules.HideUpTo {
					t.Fatalf("table %d: %s is surely at most %d in %s", n, cells[i].Name, s.high, render(cells, hidden))
				}
			}
		}
		if err == nil {
			if theirs := u.glpsol(t); !slices.Equal(theirs, spans) {
				t.Fatalf("table %d: GLPK says %v, brute force %v", n, theirs, spans)
			}
		}
	}
	t.Logf("%d tables, %d small counts, %d of them at level 2; %d more tables had too many possibilities to go through", tried, primary, level2, given)
	if primary < 200 || level2 < 60 || given > 20 {
		t.Error("too little was tried")
	}
	if err != nil {
		needGLPK(t)
	}
}

// TestKnownPatternsByGLPK checks the oracle against the case file's own audit, and what
// Protect makes of the same tables, the leaking ones among them, against the oracle.
func TestKnownPatternsByGLPK(t *testing.T) {
	needGLPK(t)
	for _, c := range readCases[sdcCase](t, "suppress_and_audit", "audit_given_pattern") {
		t.Run(c.ID, func(t *testing.T) {
			cells, eqs, rules := c.table()
			given := make([]bool, len(cells))
			for i := range cells {
				given[i] = i < len(c.Atoms) || c.Cells[i-len(c.Atoms)].Suppressed || c.Cells[i-len(c.Atoms)].Unpublished
			}
			read := slices.Clone(cells)
			for i := range c.Cells {
				read[len(c.Atoms)+i].Unprinted = c.Cells[i].Unpublished
			}
			for _, zeros := range []bool{false, true} {
				u := reader(read, eqs, given, Rules{ZerosShown: zeros}, 1000)
				spans := u.glpsol(t)
				for _, a := range c.Audit {
					ends := a.Integer
					if zeros {
						ends = a.ZerosPrinted
					}
					at := slices.IndexFunc(u.cells, func(i int) bool { return i >= len(c.Atoms) && cells[i].Name == a.Label })
					if at < 0 {
						t.Fatalf("no hidden cell %s", a.Label)
					}
					if s := spans[at]; ends != nil && (float64(s.low) != *ends[0] || ends[1] != nil && float64(s.high) != *ends[1]) {
						t.Errorf("%s, zeros shown %v: GLPK says %v", a.Label, zeros, s)
					}
				}
			}
			hidesZero := slices.ContainsFunc(cells, func(c Cell) bool { return c.Primary && c.Value == 0 })
			for _, zeros := range []bool{rules.ZerosShown, !hidesZero} {
				rules.ZerosShown = zeros
				hidden, _, err := Protect(cells, eqs, rules)
				if err != nil {
					t.Fatal(err)
				}
				u := reader(cells, eqs, hidden, rules, 1000)
				for at, s := range u.glpsol(t) {
					if i := u.cells[at]; cells[i].Primary && s.low == s.high {
						t.Errorf("zeros shown %v: %s is surely %d", zeros, cells[i].Name, s.low)
					}
				}
			}
		})
	}
}
