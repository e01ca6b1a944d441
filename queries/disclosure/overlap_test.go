package disclosure

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"
)

// overlapping is random counts of the pieces where two sets of areas overlap, in one quarter
// or in two and their half-year. Only the areas of both sets and the whole are printed. sets
// is, for each set, the equations and cells that a table of that set alone would have.
func overlapping(rng *rand.Rand) (cells []Cell, eqs []Equation, sets [2][]Equation) {
	count := func(name string, v int64, unprinted bool) int {
		cells = append(cells, Cell{Name: name, Value: v, Unprinted: unprinted, Cost: float64(rng.Intn(4))})
		return len(cells) - 1
	}
	add := func(name string, unprinted bool, of []int) int {
		var v int64
		for _, i := range of {
			v += cells[i].Value
		}
		total := count(name, v, unprinted)
		eqs = append(eqs, Equation{Total: total, Parts: of})
		return total
	}
	first, second := 2+rng.Intn(2), 2+rng.Intn(2)
	var crossed [][2]int
	for i := range first {
		for _, j := range rng.Perm(second)[:1+rng.Intn(2)] {
			crossed = append(crossed, [2]int{i, j})
		}
	}
	quarters := 1 + rng.Intn(2)
	var byQuarter [][]int // pieces, areas of both sets, whole
	for q := range quarters + 1 {
		if q == quarters && quarters == 1 {
			break
		}
		var these []int
		for k := range crossed {
			name := fmt.Sprintf("q%d piece %d", q, k)
			if q < quarters {
				these = append(these, count(name, []int64{0, 1, 2, 3, 5, 8, 13}[rng.Intn(7)], true))
			} else {
				these = append(these, add(name, true, []int{byQuarter[0][k], byQuarter[1][k]}))
			}
		}
		whole := 0
		for set, n := range []int{first, second} {
			var areas []int
			for i := range n {
				var of []int
				for k, c := range crossed {
					if c[set] == i {
						of = append(of, these[k])
					}
				}
				if len(of) > 0 {
					areas = append(areas, add(fmt.Sprintf("q%d set %d area %d", q, set, i), false, of))
				}
			}
			if set == 0 {
				whole = add(fmt.Sprintf("q%d whole", q), false, areas)
			} else {
				eqs = append(eqs, Equation{Total: whole, Parts: areas})
			}
			sets[set] = append(sets[set], Equation{Total: whole, Parts: areas})
		}
		byQuarter = append(byQuarter, these)
	}
	return cells, eqs, sets
}

// TestTwoSetsOfAreasAreProtectedTogether publishes random areas of two sets that overlap and
// goes through all tables of whole numbers that are left: no small area, and no small piece
// where a district and a unitary overlap, is the same in all of them. Protected one set at a
// time, many are.
func TestTwoSetsOfAreasAreProtectedTogether(t *testing.T) {
	rng := rand.New(rand.NewSource(28))
	rules := Rules{HideUpTo: 3, ZerosShown: true}
	bare := func(cells []Cell, eqs []Equation, hidden []bool) (found []string, tried int) {
		for i, c := range cells {
			hidden[i] = hidden[i] || c.Unprinted
		}
		u := reader(cells, eqs, hidden, rules, 2*rules.HideUpTo+4)
		spans, ok := u.count()
		if !ok {
			return nil, 0
		}
		for at, i := range u.cells {
			if v := cells[i].Value; 0 < v && v <= rules.HideUpTo {
				tried++
				if spans[at].low == spans[at].high {
					found = append(found, cells[i].Name)
				}
			}
		}
		return found, tried
	}
	small, leaks, tables := 0, 0, 0
	for n := range 400 {
		cells, eqs, sets := overlapping(rng)
		hidden, _, err := Protect(cells, eqs, rules)
		if err != nil {
			t.Fatal(err)
		}
		found, tried := bare(cells, eqs, slices.Clone(hidden))
		if len(found) > 0 {
			t.Fatalf("table %d: %v can be worked out: %s", n, found, render(cells, hidden))
		}
		small += tried
		apart := make([]bool, len(cells))
		for _, one := range sets {
			some, _, err := Protect(cells, one, rules)
			if err != nil {
				t.Fatal(err)
			}
			for i := range apart {
				apart[i] = apart[i] || some[i]
			}
		}
		if found, tried := bare(cells, eqs, apart); tried > 0 {
			tables++
			leaks += min(len(found), 1)
		}
	}
	t.Logf("%d small counts of areas and pieces stay open; of %d tables, %d leak one set at a time", small, tables, leaks)
	if small < 400 || leaks*4 < tables {
		t.Error("too little was tried, or the sets hardly ever give each other away")
	}
}
