package disclosure

import (
	"errors"
	"math/rand"
	"slices"
	"testing"
)

// TestCellsOfEarlierEditionsAreFixed gives some cells of random tables as printed before,
// and some as hidden before. What is then hidden must stay open with these known; where
// Protect says that a cell cannot be protected, going through all tables with everything
// else hidden must say so too.
func TestCellsOfEarlierEditionsAreFixed(t *testing.T) {
	rng := rand.New(rand.NewSource(9))
	protected, exposed, undue := 0, 0, 0
	for n := range 300 {
		cells, eqs := smallTable(rng)
		for i := range cells {
			switch {
			case cells[i].Unprinted:
			case rng.Intn(5) == 0:
				cells[i].Free = true
			case cells[i].Value > 0 && rng.Intn(5) == 0:
				cells[i].Unprinted, cells[i].Least = true, 1
			}
		}
		rules := Rules{HideUpTo: 3, ZerosShown: true}
		hidden, _, err := Protect(cells, eqs, rules)
		var e *Exposed
		if err != nil && !errors.As(err, &e) {
			t.Fatal(err)
		}
		if e != nil {
			hidden = make([]bool, len(cells))
			for i, c := range cells {
				hidden[i] = !c.Free && (c.Value > 0 || c.Unprinted)
			}
		}
		u := reader(cells, eqs, hidden, rules, 2*rules.HideUpTo+4)
		spans, ok := u.count()
		for at, i := range u.cells {
			c, s := cells[i], spans[at]
			if !ok || c.Value == 0 || c.Value > rules.HideUpTo {
				continue
			}
			open := s.low < s.high && (c.Level < 2 || s.high > rules.HideUpTo)
			switch {
			case e != nil && slices.Contains(e.Cells, i):
				if exposed++; open {
					undue++
				}
			case e == nil && !open:
				t.Fatalf("table %d: %s at level %d is in %v: %s", n, c.Name, c.Level, s, render(cells, hidden))
			case e == nil:
				protected++
			}
		}
	}
	t.Logf("%d small counts protected, %d given up, %d of them without need", protected, exposed, undue)
	if protected < 200 || exposed < 20 || undue*20 > exposed {
		t.Error("too little was tried, or too much given up")
	}
}

// TestADroppedSumLeaks shows that the tests above see what a sum that Protect is not told of
// gives away.
func TestADroppedSumLeaks(t *testing.T) {
	rng := rand.New(rand.NewSource(5))
	leaks, tried := 0, 0
	for range 100 {
		cells, eqs := smallTable(rng)
		rules := Rules{HideUpTo: 3, ZerosShown: true}
		drop := rng.Intn(len(eqs))
		hidden, _, err := Protect(cells, slices.Delete(slices.Clone(eqs), drop, drop+1), rules)
		if err != nil {
			t.Fatal(err)
		}
		u := reader(cells, eqs, hidden, rules, 10)
		spans, ok := u.count()
		if !ok {
			continue
		}
		tried++
		if slices.ContainsFunc(u.cells, func(i int) bool {
			s := spans[slices.Index(u.cells, i)]
			return 0 < cells[i].Value && cells[i].Value <= rules.HideUpTo && s.low == s.high
		}) {
			leaks++
		}
	}
	t.Logf("%d of %d tables leak with one sum dropped", leaks, tried)
	if leaks < 10 {
		t.Error("a dropped sum is hardly ever noticed")
	}
}

// TestAFurtherTableKeepsWhatIsProtected: publishing a further table may move secondary cells
// about, but hides every small count still, and what is hidden of the first table, with all
// witnesses, protects the first table by itself.
func TestAFurtherTableKeepsWhatIsProtected(t *testing.T) {
	rng := rand.New(rand.NewSource(6))
	fewer, grew := 0, 0
	for range 200 {
		cells, eqs := smallTable(rng)
		rules := Rules{HideUpTo: 3, ZerosShown: true}
		first := eqs[:1+rng.Intn(len(eqs))]
		before, _, err := Protect(cells, first, rules)
		if err != nil {
			t.Fatal(err)
		}
		for i := range cells {
			cells[i].Preferred = before[i]
		}
		after, report, err := Protect(cells, eqs, rules)
		if err != nil {
			t.Fatal(err)
		}
		s, err := newSystem(cells, first, rules)
		if err != nil {
			t.Fatal(err)
		}
		s.hidden = after
		for _, w := range report.Witnesses {
			v := make(vector, len(w))
			for k, m := range w {
				v[k] = entry{m.Cell, m.By}
			}
			if err := s.verify(v); err != nil {
				t.Fatal(err)
			}
		}
		switch a, b := hiddenCount(after), hiddenCount(before); {
		case a > b:
			grew++
		case a < b:
			fewer++
		}
	}
	t.Logf("of 200 tables %d hide more with a further table and %d fewer", grew, fewer)
	if grew < 20 || fewer*10 > grew {
		t.Error("a further table should mostly hide more")
	}
}

func hiddenCount(hidden []bool) (n int) {
	for _, h := range hidden {
		if h {
			n++
		}
	}
	return n
}

// TestThePatternPersists protects tables again after a late record: with the cells hidden
// before preferred, more of the secondary ones are hidden again than without. Those that
// nothing needs any more are shown all the same.
func TestThePatternPersists(t *testing.T) {
	rng := rand.New(rand.NewSource(7))
	kept := map[bool]int{}
	all := 0
	rules := Rules{HideUpTo: 3, ZerosShown: true}
	for range 400 {
		cells, eqs := smallTable(rng)
		for i := range cells {
			cells[i].Preferred = false
		}
		before, _, err := Protect(cells, eqs, rules)
		if err != nil {
			t.Fatal(err)
		}
		later := slices.Clone(cells)
		later[0].Value += 5
		for _, e := range eqs {
			if last := e.Parts[len(e.Parts)-1]; later[last].Unprinted {
				later[last].Value = later[e.Total].Value - later[e.Parts[0]].Value
				continue
			}
			later[e.Total].Value = 0
			for _, p := range e.Parts {
				later[e.Total].Value += later[p].Value
			}
		}
		for _, prefer := range []bool{false, true} {
			for i := range later {
				later[i].Preferred = prefer && before[i]
			}
			after, _, err := Protect(later, eqs, rules)
			if err != nil {
				t.Fatal(err)
			}
			for i, c := range cells {
				if before[i] && !c.Unprinted && c.Value > rules.HideUpTo {
					all++
					if after[i] {
						kept[prefer]++
					}
				}
			}
		}
	}
	t.Logf("of %d secondary cells %d are hidden again where preferred, %d where not", all/2, kept[true], kept[false])
	lost, without := all/2-kept[true], all/2-kept[false]
	if all < 400 || lost*4 > without*3 {
		t.Error("preferring the pattern keeps hardly more of it")
	}
}

func TestProtectSaysWhatItCannotProtect(t *testing.T) {
	cells := []Cell{{Name: "a", Value: 3}, {Name: "b", Value: 1, Level: 2}, {Name: "c", Value: 2}, {Name: "t", Value: 6, Free: true}}
	eqs := []Equation{{Total: 3, Parts: []int{0, 1, 2}}}
	_, _, err := Protect(cells, eqs, Rules{HideUpTo: 4, ZerosShown: true})
	var e *Exposed
	if !errors.As(err, &e) || !slices.Equal(e.Cells, []int{1}) || !slices.Equal(e.Names, []string{"b"}) {
		t.Fatalf("%v: 1 cannot be 5 of 6 with two others of at least 1", err)
	}
	cells[1].Level = 1
	if _, _, err := Protect(cells, eqs, Rules{HideUpTo: 4, ZerosShown: true}); err != nil {
		t.Fatal(err)
	}
}
