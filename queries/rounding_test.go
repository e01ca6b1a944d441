package queries

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"wherry/config"
)

// eachCase decodes the cases of one kind of sdc.json, in the folder of WHERRY_CASES or the one
// kept with the code.
func eachCase[T any](t *testing.T, kind string) []T {
	t.Helper()
	dir := os.Getenv("WHERRY_CASES")
	if dir == "" {
		dir = filepath.Join("..", "testdata", "cases")
	}
	text, err := os.ReadFile(filepath.Join(dir, "sdc.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []json.RawMessage }
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	var cases []T
	for _, raw := range file.Cases {
		var head struct{ Kind string }
		var c T
		if err := json.Unmarshal(raw, &head); err != nil {
			t.Fatal(err)
		}
		if head.Kind != kind {
			continue
		}
		if err := json.Unmarshal(raw, &c); err != nil {
			t.Fatal(err)
		}
		cases = append(cases, c)
	}
	if len(cases) == 0 {
		t.Fatalf("no case of %s", kind)
	}
	return cases
}

// monthly is one count of people a month, the whole area's alone.
func monthly(t *testing.T, id string, counts []int64) *Cells {
	t.Helper()
	first, err := config.ParsePeriod("2024-01")
	if err != nil {
		t.Fatal(err)
	}
	p := plan{asAt: first.Start.AddDate(10, 0, 0), areas: []config.Area{{Code: "W"}}}
	c := newCells(&Measure{ID: id, Kind: Count}, p, nil)
	for i, n := range counts {
		month := first.Shift(i)
		c.plan.whole = append(c.plan.whole, month)
		c.at(cellKey{period: month, area: "W"}).base = n
	}
	return c
}

// printed is what an audience reads of one count: "*" where it is hidden.
func printed(t *testing.T, a config.Audience, n int64) string {
	t.Helper()
	r, err := monthly(t, "XX1", []int64{n}).Publish(a, AllSupplied)
	if err != nil {
		t.Fatal(err)
	}
	f := r.Figures[0]
	switch {
	case f.State == Suppressed && !f.BaseShown:
		return "*"
	case f.State == Shown && f.Numerator == f.Base && f.Value == float64(f.Base):
		return strconv.FormatInt(f.Base, 10)
	}
	t.Fatalf("%d is given as %+v", n, f)
	return ""
}

// TestRoundingOfTheCaseFile publishes each count of the case file to an audience that rounds
// and hides nothing.
func TestRoundingOfTheCaseFile(t *testing.T) {
	for _, c := range eachCase[struct {
		ID    string
		Input struct {
			Base   int64
			Values []int64
		}
		Expected []int64
	}](t, "round_to_base") {
		for i, n := range c.Input.Values {
			if got := printed(t, config.Audience{ID: "a", RoundTo: c.Input.Base}, n); got != strconv.FormatInt(c.Expected[i], 10) {
				t.Errorf("%s: %d is printed as %s, want %d", c.ID, n, got, c.Expected[i])
			}
		}
	}
}

// TestMeansOfTheCaseFile: each of these means gives its total away as the case prints it. As it
// is printed here, other totals of whole answers to as many people give the same.
func TestMeansOfTheCaseFile(t *testing.T) {
	c, open := newCells(&Measure{ID: "XX1", Kind: Mean}, plan{}, nil), &table{audience: config.Audience{RoundTo: 1}}
	for _, one := range eachCase[struct {
		ID    string
		Input struct {
			N     int64
			Scale [2]int64
		}
		Expected struct {
			Sums []int64 `json:"feasible_sums"`
		}
	}](t, "mean_recovery") {
		n := one.Input.N
		mean := func(total int64) float64 { return c.blurred(open, n, float64(total)/float64(n)) }
		alike := 0
		for total := n * one.Input.Scale[0]; total <= n*one.Input.Scale[1]; total++ {
			if mean(total) == mean(one.Expected.Sums[0]) {
				alike++
			}
		}
		if len(one.Expected.Sums) != 1 || alike < 2 {
			t.Errorf("%s: %d totals are printed alike, %d in the case", one.ID, alike, len(one.Expected.Sums))
		}
	}
}

// TestNHSRuleOfTheCaseFile publishes each count to an audience with the settings of the NHS
// rule: 1 to 7 hidden, others to the nearest 5.
func TestNHSRuleOfTheCaseFile(t *testing.T) {
	nhs := config.Audience{ID: "nhs", HideUpTo: 7, RoundTo: 5, MinBase: 8}
	for _, c := range eachCase[struct {
		ID       string
		Input    struct{ Values []int64 }
		Expected []string
	}](t, "nhs_digital_sub_national_counts") {
		for i, n := range c.Input.Values {
			if got := printed(t, nhs, n); got != c.Expected[i] {
				t.Errorf("%s: %d is printed as %s, want %s", c.ID, n, got, c.Expected[i])
			}
		}
	}
}

// TestCellKeysOfTheCaseFile: of the cell key method, the part that is ours is that cells which
// hold the same records are one cell. Each record has some rows in each month, by its key; the
// series that are taken for one must be those of equal cell keys, and no others.
func TestCellKeysOfTheCaseFile(t *testing.T) {
	for _, c := range eachCase[struct {
		ID    string
		Input struct {
			Keys    []int64 `json:"record_keys"`
			Modulus int64
			Cells   map[string][]int
		}
		Expected map[string]int64
	}](t, "cell_key") {
		names := slices.Sorted(maps.Keys(c.Input.Cells))
		var all []*Cells
		for _, name := range names {
			counts := make([]int64, 14)
			for month := range counts {
				for _, record := range c.Input.Cells[name] {
					counts[month] += 1 + c.Input.Keys[record-1]*int64(month+3)%31
				}
			}
			all = append(all, monthly(t, name, counts))
		}
		found := findTwins(all)
		one := func(name string) string {
			if first, there := found.series[countSeries{name, partBase, ""}]; there {
				return first.measure
			}
			return name
		}
		same := 0
		for i, x := range names {
			for _, y := range names[:i] {
				if equal := c.Expected[x] == c.Expected[y]; equal != (one(x) == one(y)) {
					t.Errorf("%s: %s and %s have equal cell keys: %v; taken for one: %v", c.ID, x, y, equal, !equal)
				} else if equal {
					same++
				}
			}
		}
		if same == 0 {
			t.Errorf("%s: no two cells are the same, so nothing was tested", c.ID)
		}
		t.Logf("%s: not ours is the perturbation, and nothing here tests it: it needs a secret table and record keys "+
			"kept for years, and its totals do not add up", c.ID)
	}
}
