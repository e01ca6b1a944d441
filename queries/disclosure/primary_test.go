package disclosure

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
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
	here := []string{"suppress_and_audit", "audit_given_pattern", "primary_rules", "primary_magnitude", "class_disclosure",
		"percentage_recovery", "rate_recovery", "mean_recovery"}
	for _, kind := range slices.Concat(here, elsewhere) {
		cases := readCases[ruled](t, kind)
		t.Logf("%-32s %2d cases, here: %v", kind, len(cases), slices.Contains(here, kind))
	}
	for _, c := range readCases[ruled](t) {
		if !slices.Contains(slices.Concat(here, elsewhere), c.Kind) {
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
			for _, i := range ClassCells(counts, sum(counts), 1) {
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

func TestMagnitudeRules(t *testing.T) {
	for _, c := range readCases[ruled](t, "primary_magnitude") {
		var in struct{ Contributions []int64 }
		want := map[string]bool{}
		decode(t, c.Input, &in)
		decode(t, c.Expected, &want)
		got := map[string]bool{
			"nk_1_80": Dominated(in.Contributions, 1, 80), "nk_2_85": Dominated(in.Contributions, 2, 85),
			"p_percent_10": Estimable(in.Contributions, 10), "p_percent_25": Estimable(in.Contributions, 25),
			"frequency_lt_3": len(in.Contributions) < 3, "frequency_lt_10": len(in.Contributions) < 10,
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s: %v, not %v", c.ID, got, want)
		}
	}
}

// TestRatiosGiveCountsAway inverts the printed percentages, rates and means of the cases.
func TestRatiosGiveCountsAway(t *testing.T) {
	for _, c := range readCases[ruled](t, "percentage_recovery", "rate_recovery", "mean_recovery") {
		var in struct {
			Percent, Rate, Mean             json.Number
			Denominator, Population, N, Per int64
			Decimals                        int
		}
		var want struct {
			Numerators  []int64 `json:"feasible_numerators"`
			Sums        []int64 `json:"feasible_sums"`
			Recoverable *bool
		}
		decode(t, c.Input, &in)
		decode(t, c.Expected, &want)
		shown, base, per := in.Percent, in.Denominator, int64(100)
		switch c.Kind {
		case "rate_recovery":
			shown, base, per = in.Rate, in.Population, in.Per
		case "mean_recovery":
			shown, base, per = in.Mean, in.N, 1
		}
		r, ok := new(big.Rat).SetString(string(shown))
		if !ok {
			t.Fatalf("%s shows %q", c.ID, shown)
		}
		low, high := Numerators(r, in.Decimals, base, per)
		if c.Kind == "percentage_recovery" {
			high = min(high, base)
		}
		var got []int64
		for n := low; n <= high; n++ {
			got = append(got, n)
		}
		if !slices.Equal(got, slices.Concat(want.Numerators, want.Sums)) || want.Recoverable != nil && *want.Recoverable != (low == high) {
			t.Errorf("%s: %v, not %v%v", c.ID, got, want.Numerators, want.Sums)
		}
	}
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
	found := ClassCells(counts, sum(counts), 1)
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
		if got := ClassPrimary(c.counts, sum(c.counts), 1); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, not %v", c.counts, got, c.want)
		}
	}
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

func TestSmallComplement(t *testing.T) {
	for count, want := range map[int64]bool{20: false, 19: true, 15: true, 14: false, 0: false} {
		if got := SmallComplement(count, 20, 5); got != want {
			t.Errorf("%d of 20: %v", count, got)
		}
	}
}
