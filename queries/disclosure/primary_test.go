package disclosure

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"
)

func decode(t *testing.T, text json.RawMessage, into any) {
	t.Helper()
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

// TestEveryKindOfCaseIsKnown names each kind of the case file: run here, or elsewhere.
func TestEveryKindOfCaseIsKnown(t *testing.T) {
	here := []string{"suppress_and_audit", "audit_given_pattern", "primary_rules", "class_disclosure"}
	for _, kind := range slices.Concat(here, elsewhere, notOurs) {
		cases := readCases[ruled](t, kind)
		t.Logf("%-32s %2d cases, here: %v", kind, len(cases), slices.Contains(here, kind))
	}
	for _, c := range readCases[ruled](t) {
		if !slices.Contains(slices.Concat(here, elsewhere, notOurs), c.Kind) {
			t.Errorf("%s is of the unknown kind %s", c.ID, c.Kind)
		}
	}
}

func TestPrimaryRules(t *testing.T) {
	for _, c := range readCases[ruled](t, "primary_rules") {
		var in struct {
			Table     map[string]map[string]int64
			Threshold int64
		}
		var want struct {
			Small [][]string
			Group []struct{ Row, Category string }
		}
		decode(t, c.Input, &in)
		decode(t, c.Expected, &want)
		var small [][]string
		var group []string
		for _, row := range slices.Sorted(maps.Keys(in.Table)) {
			categories := slices.Sorted(maps.Keys(in.Table[row]))
			var counts []int64
			for _, k := range categories {
				counts = append(counts, in.Table[row][k])
			}
			for i, primary := range primaryCells(t, counts, in.Threshold-1) {
				if primary {
					small = append(small, []string{row, categories[i]})
				}
			}
			for _, i := range ClassCells(counts, total(counts), 1) {
				group = append(group, row+" "+categories[i])
			}
		}
		var wanted []string
		for _, g := range want.Group {
			wanted = append(wanted, g.Row+" "+g.Category)
		}
		if !slices.Equal(group, wanted) || fmt.Sprint(small) != fmt.Sprint(want.Small) {
			t.Errorf("%s: small %v and class %v, not %v and %v", c.ID, small, group, want.Small, wanted)
		}
	}
}

// primaryCells is which of a row's cells a system takes as primary.
func primaryCells(t *testing.T, counts []int64, hideUpTo int64) []bool {
	t.Helper()
	cells := make([]Cell, len(counts))
	for i, n := range counts {
		cells[i] = Cell{Name: fmt.Sprint(i), Value: n}
	}
	s, err := newSystem(cells, nil, Rules{HideUpTo: hideUpTo, ZerosShown: true})
	if err != nil {
		t.Fatal(err)
	}
	return s.primary
}

func key(labels []string) string { return fmt.Sprintf("%q", labels) }

// TestClassDisclosure finds, in each published table, the cells that tell the class of the
// people in a row, and compares them with those that the package's own rule marked.
func TestClassDisclosure(t *testing.T) {
	for _, c := range readCases[ruled](t, "class_disclosure") {
		names := []string{"v1", "v2", "v3"}
		if c.ID == "k_disclosure_1" {
			names = []string{"mun", "inj"}
		}
		for d, name := range names {
			rows := map[string][]map[string]any{}
			for _, cell := range c.Table {
				var others []string
				for _, n := range names {
					if n != name {
						others = append(others, cell[n].(string))
					}
				}
				if cell[name] != "Total" {
					rows[key(others)] = append(rows[key(others)], cell)
				}
			}
			for _, id := range slices.Sorted(maps.Keys(rows)) {
				checkClass(t, c.ID, name, rows[id], d == len(names)-1)
			}
		}
	}
}

func checkClass(t *testing.T, id, name string, row []map[string]any, last bool) {
	t.Helper()
	var counts []int64
	for _, cell := range row {
		counts = append(counts, int64(cell["freq"].(float64)))
	}
	found := ClassCells(counts, total(counts), 1)
	for i, cell := range row {
		marked, there := cell[name+"-prikk"].(bool)
		if there && marked != slices.Contains(found, i) {
			t.Errorf("%s: %v: class cell by %s: %v", id, cell, name, !marked)
		}
		if !there && last && slices.Contains(found, i) && cell["suppressed"] != true && cell["mun"] != "Total" {
			t.Errorf("%s: %v tells the class of people and the case shows it", id, cell)
		}
	}
}

func TestClassPrimaryHidesAZeroBesideAFullRow(t *testing.T) {
	for _, c := range []struct {
		counts []int64
		want   []int
	}{
		{[]int64{14, 0, 0}, []int{0, 1}}, {[]int64{0, 0, 9}, []int{0, 2}}, {[]int64{0, 1, 22}, []int{2}},
		{[]int64{1, 1}, []int{0, 1}}, {[]int64{0, 0}, nil}, {[]int64{5, 6}, nil}, {[]int64{4}, []int{0}},
	} {
		if got := ClassPrimary(c.counts, total(c.counts), 1); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, not %v", c.counts, got, c.want)
		}
	}
}

func total(counts []int64) (all int64) {
	for _, n := range counts {
		all += n
	}
	return all
}

// TestFullRowIsProtected: a row with everybody in one category is hidden so that another
// category may hold some of them.
func TestFullRowIsProtected(t *testing.T) {
	counts := []int64{14, 0, 0, 14}
	cells := make([]Cell, len(counts))
	for i, n := range counts {
		cells[i] = Cell{Name: fmt.Sprint(i), Value: n, Level: 2}
	}
	for _, i := range ClassPrimary(counts[:3], 14, 1) {
		cells[i].Primary = true
	}
	eqs := []Equation{{Total: 3, Parts: []int{0, 1, 2}}}
	hidden, report, err := Protect(cells, eqs, Rules{HideUpTo: 5, ZerosShown: true})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(hidden, []bool{true, true, false, false}) || report.Levels[1] != 2 {
		t.Errorf("hidden %v, levels %v", hidden, report.Levels)
	}
}

// TestSmallComplementIsHidden: what a count leaves of a total is a cell that nobody prints, and
// where it is small the count is hidden.
func TestSmallComplementIsHidden(t *testing.T) {
	for met, want := range map[int64]bool{20: false, 19: true, 15: true, 14: false, 6: false, 5: true, 0: false} {
		cells := []Cell{{Name: "base", Value: 20, Cost: 12}, {Name: "met", Value: met}, {Name: "unmet", Value: 20 - met, Unprinted: true}}
		hidden, _, err := Protect(cells, []Equation{{Total: 0, Parts: []int{1, 2}}}, Rules{HideUpTo: 5, ZerosShown: true})
		if err != nil {
			t.Fatal(err)
		}
		if hidden[1] != want || hidden[0] {
			t.Errorf("%d of 20: hidden %v", met, hidden)
		}
	}
}
