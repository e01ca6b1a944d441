package disclosure

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// attack looks for another table that a reader cannot tell from the true one and in which
// the cell target differs. It knows nothing of witnesses: it counts through the values of
// the hidden cells. ok is false where it gave up before the end.
type attack struct {
	cells  []Cell
	eqs    []Equation
	hidden []bool
	rules  Rules
	order  []int
	values []int64
	steps  int
}

const attackSteps = 4_000_000

func newAttack(cells []Cell, eqs []Equation, hidden []bool, rules Rules) *attack {
	a := &attack{cells: cells, eqs: eqs, hidden: hidden, rules: rules, values: make([]int64, len(cells))}
	for i, c := range cells {
		a.values[i] = c.Value
	}
	return a
}

// ambiguous says whether target may have another value than the true one.
func (a *attack) ambiguous(target int) (found, ok bool) {
	a.order = a.connected(target)
	a.steps = 0
	for i, c := range a.cells {
		a.values[i] = c.Value
	}
	found = a.fill(0)
	return found, found || a.steps < attackSteps
}

// connected is the hidden cells that equations tie to target, target first.
func (a *attack) connected(target int) []int {
	order := []int{target}
	for i := 0; i < len(order); i++ {
		for _, e := range a.eqs {
			all := append([]int{e.Total}, e.Parts...)
			if !slices.Contains(all, order[i]) {
				continue
			}
			for _, c := range all {
				if a.hidden[c] && !slices.Contains(order, c) && (c == target || a.couldMove(c)) {
					order = append(order, c)
				}
			}
		}
	}
	return order
}

func (a *attack) couldMove(c int) bool { return !a.cells[c].Free }

func (a *attack) fill(at int) bool {
	if a.steps++; a.steps > attackSteps {
		return false
	}
	if at == len(a.order) {
		return a.values[a.order[0]] != a.cells[a.order[0]].Value
	}
	c := a.order[at]
	low := int64(0)
	if a.rules.ZerosShown && a.cells[c].Value > 0 && !a.cells[c].Unprinted {
		low = 1
	}
	truth := a.cells[c].Value
	for _, step := range []int64{1, -1, 0, 2, -2, 3, -3} {
		v := truth + step
		if v < low || (at == 0 && step == 0) {
			continue
		}
		a.values[c] = v
		if a.holds(c, at) && a.fill(at+1) {
			return true
		}
	}
	a.values[c] = truth
	return false
}

// holds checks the equations of c whose cells all have their value by now.
func (a *attack) holds(c, at int) bool {
	for _, e := range a.eqs {
		all := append([]int{e.Total}, e.Parts...)
		if !slices.Contains(all, c) || slices.ContainsFunc(a.order[at+1:], func(later int) bool { return slices.Contains(all, later) }) {
			continue
		}
		var now, truth, most int64
		seen := false
		for _, p := range e.Parts {
			now += a.values[p]
			truth += a.cells[p].Value
			most = max(most, a.values[p])
			seen = seen || !a.hidden[p] && a.cells[p].Value != 0
		}
		total := a.values[e.Total]
		known := !e.Approximate || seen || !a.hidden[e.Total]
		if known && now-total != truth-a.cells[e.Total].Value {
			return false
		}
		if e.Approximate && (total < most || total > now) {
			return false
		}
	}
	return true
}

// linked is a random small set of linked tables: a grid of at most twelve counts with its
// margins, sums of neighbouring columns, and a part of each total that is not printed.
func linked(t *rapid.T) (cells []Cell, eqs []Equation) {
	rows := rapid.IntRange(1, 4).Draw(t, "rows")
	cols := rapid.IntRange(1, 12/rows).Draw(t, "cols")
	value := rapid.SampledFrom([]int64{0, 0, 1, 1, 1, 2, 3, 4, 5, 6, 8, 12, 40})
	approximate := rapid.Bool().Draw(t, "approximate")
	add := func(name string, v int64) int {
		cells = append(cells, Cell{Name: name, Value: v, Cost: float64(rapid.SampledFrom([]int{0, 0, 1, 3, 12}).Draw(t, "cost")),
			Level: rapid.IntRange(0, 2).Draw(t, "level"), Preferred: rapid.Bool().Draw(t, "preferred")})
		return len(cells) - 1
	}
	sum := func(name string, parts []int, shared bool) int {
		var v, most int64
		for _, p := range parts {
			v += cells[p].Value
			most = max(most, cells[p].Value)
		}
		if shared && v > most {
			v -= rapid.Int64Range(0, min(v-most, 3)).Draw(t, "shared")
		}
		i := add(name, v)
		eqs = append(eqs, Equation{Total: i, Parts: parts, Approximate: shared})
		return i
	}
	grid := make([][]int, rows)
	var rowTotals []int
	for r := range rows {
		for c := range cols {
			grid[r] = append(grid[r], add(fmt.Sprintf("r%dc%d", r, c), value.Draw(t, "v")))
		}
	}
	for r := range rows {
		rowTotals = append(rowTotals, sum(fmt.Sprintf("r%d", r), grid[r], false))
		for c := 0; c+2 <= cols && cols > 2; c++ {
			sum(fmt.Sprintf("r%dw%d", r, c), grid[r][c:c+2], false)
		}
	}
	for c := range cols {
		var column []int
		for r := range rows {
			column = append(column, grid[r][c])
		}
		if rows > 1 {
			sum(fmt.Sprintf("c%d", c), column, approximate)
		}
	}
	whole := sum("whole", rowTotals, approximate)
	if met := rapid.Int64Range(0, cells[whole].Value).Draw(t, "met"); rapid.Bool().Draw(t, "split") {
		m := add("met", met)
		u := add("unmet", cells[whole].Value-met)
		cells[u].Unprinted = true
		eqs = append(eqs, Equation{Total: whole, Parts: []int{m, u}})
	}
	return cells, eqs
}

func TestNoHiddenPrimaryCanBeWorkedOut(t *testing.T) {
	gaveUp, attacked := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		cells, eqs := linked(t)
		rules := Rules{HideUpTo: rapid.Int64Range(0, 6).Draw(t, "hide"), ZerosShown: rapid.Bool().Draw(t, "zeros")}
		hidden, report, err := Protect(cells, eqs, rules)
		if err != nil {
			t.Fatal(err)
		}
		a := newAttack(cells, eqs, hidden, rules)
		for i, c := range cells {
			small := c.Value > 0 && c.Value <= rules.HideUpTo
			if small && !hidden[i] {
				t.Fatalf("%s is small and shown", c.Name)
			}
			if !hidden[i] || (c.Unprinted && !small) {
				continue
			}
			if rules.ZerosShown && c.Value == 0 {
				t.Fatalf("%s is zero and hidden", c.Name)
			}
			if report.Levels[i] == 0 {
				t.Fatalf("%s is hidden without a level", c.Name)
			}
			attacked++
			found, ok := a.ambiguous(i)
			if !ok {
				gaveUp++
			} else if !found {
				t.Fatalf("%s can be worked out: %s", c.Name, render(cells, hidden))
			}
		}
	})
	t.Logf("%d hidden cells attacked, %d left undecided by the attack", attacked, gaveUp)
	if gaveUp*20 > attacked {
		t.Errorf("the attack gave up on %d of %d cells", gaveUp, attacked)
	}
}

func render(cells []Cell, hidden []bool) string {
	var s string
	for i, c := range cells {
		mark := ""
		if hidden[i] {
			mark = "*"
		}
		s += fmt.Sprintf(" %s=%d%s", c.Name, c.Value, mark)
	}
	return s
}

func TestProtectIsTheSameEveryTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells, eqs := linked(t)
		rules := Rules{HideUpTo: 5, ZerosShown: true}
		first, _, err := Protect(cells, eqs, rules)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			again, _, err := Protect(cells, eqs, rules)
			if err != nil || !slices.Equal(first, again) {
				t.Fatalf("another choice: %v and %v (%v)", first, again, err)
			}
		}
	})
}

// TestTheAttackWorks keeps the attack honest: it must see through patterns that leak.
func TestTheAttackWorks(t *testing.T) {
	cells := []Cell{{Name: "a", Value: 3}, {Name: "b", Value: 9}, {Name: "t", Value: 12}}
	eqs := []Equation{{Total: 2, Parts: []int{0, 1}}}
	for name, hidden := range map[string][]bool{"one": {true, false, false}, "two": {true, true, false}} {
		found, ok := newAttack(cells, eqs, hidden, Rules{5, true}).ambiguous(0)
		if !ok || found != (name == "two") {
			t.Errorf("%s hidden: ambiguous is %v", name, found)
		}
	}
	ones := []Cell{{Name: "a", Value: 1}, {Name: "b", Value: 1}, {Name: "t", Value: 2}}
	if found, _ := newAttack(ones, eqs, []bool{true, true, false}, Rules{5, true}).ambiguous(0); found {
		t.Error("two ones under a shown two are known where zeros are shown")
	}
}
