package disclosure

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// kindsTable is a random small table in the shape of one of the kinds that are more than a
// base and those who met it, over two or three areas and their whole.
type kindsTable struct {
	t     *rapid.T
	cells []Cell
	eqs   []Equation
}

func (k *kindsTable) add(name string, v int64, unprinted bool) int {
	k.cells = append(k.cells, Cell{Name: name, Value: v, Unprinted: unprinted, Cost: float64(rapid.SampledFrom([]int{0, 1, 4, 12}).Draw(k.t, "cost"))})
	return len(k.cells) - 1
}

func (k *kindsTable) total(total int, approximate bool, parts ...int) {
	k.eqs = append(k.eqs, Equation{Total: total, Parts: parts, Approximate: approximate})
}

func (k *kindsTable) small() int64 {
	return rapid.SampledFrom([]int64{0, 0, 1, 1, 2, 3, 4, 5, 7, 11, 30}).Draw(k.t, "n")
}

// people: events, the people they befell, and the events beyond the first of each. Somebody
// may be met with in two areas.
func (k *kindsTable) people(areas int) {
	var events, people []int
	var sumEvents, sumPeople, most int64
	area := func(name string, p, more int64) (int, int) {
		e := k.add(name+" events", p+more, false)
		i := k.add(name+" people", p, false)
		k.total(e, false, i, k.add(name+" repeats", more, true))
		return e, i
	}
	for a := range areas {
		p, more := k.small(), int64(0)
		if p > 0 {
			more = k.small()
		}
		e, i := area(fmt.Sprint("area ", a), p, more)
		events, people = append(events, e), append(people, i)
		sumEvents, sumPeople, most = sumEvents+p+more, sumPeople+p, max(most, p)
	}
	shared := rapid.Int64Range(0, min(sumPeople-most, 3)).Draw(k.t, "shared")
	e, i := area("whole", sumPeople-shared, sumEvents-sumPeople+shared)
	k.total(e, false, events...)
	k.total(i, true, people...)
}

// change: who started, who gave both scores, who left, and how the paired moved.
func (k *kindsTable) change(areas int) {
	names := []string{"started", "paired", "left", "improved", "same", "worse"}
	parts := make([][]int, len(names))
	put := func(name string, v []int64) []int {
		var is []int
		for n, what := range names {
			is = append(is, k.add(name+" "+what, v[n], what == "left"))
		}
		k.total(is[0], false, is[1], is[2])
		k.total(is[1], false, is[3], is[4], is[5])
		return is
	}
	sums := make([]int64, len(names))
	for a := range areas {
		better, same, worse, left := k.small(), k.small(), k.small(), k.small()
		paired := better + same + worse
		v := []int64{paired + left, paired, left, better, same, worse}
		for n, i := range put(fmt.Sprint("area ", a), v) {
			parts[n] = append(parts[n], i)
			sums[n] += v[n]
		}
	}
	for n, i := range put("whole", sums) {
		k.total(i, false, parts[n]...)
	}
}

// distribution: categories that make up a total, in two periods and their sum.
func (k *kindsTable) distribution(categories int) {
	var sums []int64
	var cells [][]int
	for p := range 3 {
		var is []int
		var whole int64
		for c := range categories {
			v := int64(0)
			if p < 2 {
				v = k.small()
				sums = append(sums, v)
			} else {
				v = sums[c] + sums[categories+c]
			}
			is, whole = append(is, k.add(fmt.Sprintf("period %d category %d", p, c), v, false)), whole+v
		}
		total := k.add(fmt.Sprintf("period %d total", p), whole, false)
		k.total(total, false, is...)
		cells = append(cells, append(is, total))
	}
	for c := range categories + 1 {
		k.total(cells[2][c], false, cells[0][c], cells[1][c])
	}
}

// TestNewKindsCannotBeWorkedOut sets the brute force on tables in the shape of a rate with
// people, a change and a distribution.
func TestNewKindsCannotBeWorkedOut(t *testing.T) {
	gaveUp, attacked := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		k := &kindsTable{t: t}
		size := rapid.IntRange(2, 3).Draw(t, "size")
		switch rapid.SampledFrom([]string{"people", "change", "distribution"}).Draw(t, "kind") {
		case "people":
			k.people(size)
		case "change":
			k.change(2)
		case "distribution":
			k.distribution(size)
		}
		rules := Rules{HideUpTo: rapid.SampledFrom([]int64{2, 4, 9}).Draw(t, "hide"), ZerosShown: true}
		hidden, report, err := Protect(k.cells, k.eqs, rules)
		if err != nil {
			t.Fatal(err)
		}
		a := newAttack(k.cells, k.eqs, hidden, rules)
		for i, c := range k.cells {
			small := c.Value > 0 && c.Value <= rules.HideUpTo
			if small && (!hidden[i] || report.Levels[i] == 0) {
				t.Fatalf("%s is small and not protected: %s", c.Name, render(k.cells, hidden))
			}
			if !hidden[i] || (c.Unprinted && !small) {
				continue
			}
			attacked++
			if found, ok := a.ambiguous(i); !ok {
				gaveUp++
			} else if !found {
				t.Fatalf("%s can be worked out: %s", c.Name, render(k.cells, hidden))
			}
		}
	})
	t.Logf("%d hidden cells attacked, %d left undecided by the attack", attacked, gaveUp)
	if attacked < 300 && !testing.Short() || gaveUp*10 > attacked { // -short draws few tables
		t.Errorf("the attack gave up on %d of %d cells", gaveUp, attacked)
	}
}

// TestHiddenMeansCannotBeSubtracted: where the mean of every cell with enough people behind
// it is printed, and how many they are, elimination over the sums of values finds no sum of
// a group that is too small.
func TestHiddenMeansCannotBeSubtracted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells, eqs := linked(t)
		eqs = slices.DeleteFunc(eqs, func(e Equation) bool { return cells[e.Parts[0]].Name == "met" })
		for q := range eqs {
			eqs[q].Approximate = false
		}
		balance(cells, eqs)
		least := rapid.Int64Range(2, 12).Draw(t, "least")
		for i := range cells {
			cells[i].Unprinted = false
			cells[i].Primary = 0 < cells[i].Value && cells[i].Value < least
		}
		hidden, _, err := Protect(cells, eqs, Rules{HideUpTo: 0, ZerosShown: true})
		if err != nil {
			t.Fatal(err)
		}
		determined := determined(cells, eqs, hidden)
		for i, c := range cells {
			if c.Primary && (!hidden[i] || determined[i]) {
				t.Fatalf("the sum of %s can be had: %s", c.Name, render(cells, hidden))
			}
		}
	})
}

// balance makes every total the sum of its parts, as sums of values are.
func balance(cells []Cell, eqs []Equation) {
	for range eqs {
		for _, e := range eqs {
			var sum int64
			for _, p := range e.Parts {
				sum += cells[p].Value
			}
			cells[e.Total].Value = sum
		}
	}
}

// determined says which hidden cells have one value in every solution of the equations over
// the rationals, by elimination: those whose row has no other cell in it. A cell of nobody
// has no sum to find.
func determined(cells []Cell, eqs []Equation, hidden []bool) []bool {
	var rows [][]*big.Rat
	for _, e := range eqs {
		row := make([]*big.Rat, len(cells))
		for i := range row {
			row[i] = new(big.Rat)
		}
		put := func(i int, v int64) {
			if hidden[i] && cells[i].Value > 0 {
				row[i].SetInt64(v)
			}
		}
		put(e.Total, -1)
		for _, p := range e.Parts {
			put(p, 1)
		}
		rows = append(rows, row)
	}
	lead := 0
	for column := range cells {
		pivot := -1
		for r := lead; r < len(rows); r++ {
			if rows[r][column].Sign() != 0 {
				pivot = r
				break
			}
		}
		if pivot < 0 {
			continue
		}
		rows[lead], rows[pivot] = rows[pivot], rows[lead]
		for r := range rows {
			if r != lead && rows[r][column].Sign() != 0 {
				by := new(big.Rat).Quo(rows[r][column], rows[lead][column])
				for i := range cells {
					rows[r][i].Sub(rows[r][i], new(big.Rat).Mul(by, rows[lead][i]))
				}
			}
		}
		lead++
	}
	out := make([]bool, len(cells))
	for _, row := range rows[:lead] {
		only, others := -1, 0
		for i, v := range row {
			if v.Sign() != 0 {
				only, others = i, others+1
			}
		}
		if others == 1 {
			out[only] = true
		}
	}
	return out
}

// TestEliminationFindsWhatIsLeftBare keeps TestHiddenMeansCannotBeSubtracted honest.
func TestEliminationFindsWhatIsLeftBare(t *testing.T) {
	cells := []Cell{{Name: "a", Value: 3}, {Name: "b", Value: 20}, {Name: "t", Value: 23}}
	eqs := []Equation{{Total: 2, Parts: []int{0, 1}}}
	if got := determined(cells, eqs, []bool{true, false, false}); !got[0] {
		t.Error("one hidden sum under a shown total was not found")
	}
	if got := determined(cells, eqs, []bool{true, true, false}); got[0] || got[1] {
		t.Error("two hidden sums under a shown total were found")
	}
}
