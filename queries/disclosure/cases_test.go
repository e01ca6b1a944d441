package disclosure

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// sdcCase is a published table as sums of atoms, the unknown counts of the finest groups.
type sdcCase struct {
	ID, Kind string
	Options  struct {
		ProtectZeros any `json:"protectZeros"`
	}
	Atoms []int64 `json:"atoms_true"`
	Cells []struct {
		Label               string
		Atoms               []int
		Value               int64
		Primary, Suppressed bool
		Unpublished         bool
	}
	Audit []struct {
		Label        string
		Integer      []*float64
		ZerosPrinted []*float64 `json:"integer_zeros_published"`
	}
	Summary struct {
		Primary, Suppressed int
	} `json:"audit_summary"`
}

// ruled is a case about one rule rather than a table to protect.
type ruled struct {
	ID, Kind string
	Input    json.RawMessage
	Expected json.RawMessage
	Table    []map[string]any
}

// elsewhere is the kinds of case that other packages run: printing and rounding of numbers,
// averages and the part of cell keys that is ours in queries, rounded rows in
// pipelines/attack, percentages and rates turned back into counts, and small count rounding,
// which is not ours, in pipelines/audit.
var elsewhere = []string{"round_to_base", "rounding_interval_attack", "nhs_digital_sub_national_counts", "cell_key", "small_count_rounding",
	"percentage_recovery", "rate_recovery", "mean_recovery"}

// notOurs is the kinds of case of rules that nothing here has a use for: no sum of what each
// contributed is printed, and averages have a least base.
var notOurs = []string{"primary_magnitude"}

// readCases decodes the cases of the given kinds, of all where none is given.
func readCases[T any](t *testing.T, kinds ...string) []T {
	t.Helper()
	dir := os.Getenv("WHERRY_CASES")
	if dir == "" {
		dir = filepath.Join("..", "..", "testdata", "cases")
	}
	text, err := os.ReadFile(filepath.Join(dir, "sdc.json"))
	if err != nil {
		t.Fatal(err)
	}
	var raw struct{ Cases []json.RawMessage }
	if err := json.Unmarshal(text, &raw); err != nil {
		t.Fatal(err)
	}
	var cases []T
	for _, r := range raw.Cases {
		var head struct{ Kind string }
		if err := json.Unmarshal(r, &head); err != nil {
			t.Fatal(err)
		}
		if len(kinds) > 0 && !slices.Contains(kinds, head.Kind) {
			continue
		}
		var c T
		if err := json.Unmarshal(r, &c); err != nil {
			t.Fatal(err)
		}
		cases = append(cases, c)
	}
	if len(cases) == 0 {
		t.Fatalf("no case of %v", kinds)
	}
	return cases
}

// table is the case as cells and equations: the atoms come first and are never printed.
func (c sdcCase) table() (cells []Cell, eqs []Equation, rules Rules) {
	rules.ZerosShown = c.Options.ProtectZeros == false
	for i, v := range c.Atoms {
		cells = append(cells, Cell{Name: fmt.Sprint("atom ", i+1), Value: v, Unprinted: true})
	}
	for _, p := range c.Cells {
		e := Equation{Total: len(cells)}
		cells = append(cells, Cell{Name: p.Label, Value: p.Value, Primary: p.Primary})
		for _, a := range p.Atoms {
			e.Parts = append(e.Parts, a-1)
		}
		eqs = append(eqs, e)
	}
	return cells, eqs, rules
}

// TestKnownTables protects the tables of the case file and checks every witness on the
// atoms, from which each printed cell is summed afresh.
func TestKnownTables(t *testing.T) {
	for _, c := range readCases[sdcCase](t, "suppress_and_audit") {
		t.Run(c.ID, func(t *testing.T) {
			cells, eqs, rules := c.table()
			hidden, report, err := Protect(cells, eqs, rules)
			if err != nil {
				t.Fatal(err)
			}
			open := make([]bool, len(c.Cells))
			for _, w := range report.Witnesses {
				checkOnAtoms(t, c, hidden, rules, w, open)
			}
			for i, p := range c.Cells {
				if p.Primary && (!hidden[len(c.Atoms)+i] || !open[i]) {
					t.Errorf("%s is primary and not protected", p.Label)
				}
			}
			suppressed := report.Primary + report.Secondary
			t.Logf("%d hidden, %d in the case file", suppressed, c.Summary.Suppressed)
			if suppressed > c.Summary.Suppressed+max(2, c.Summary.Suppressed/10) {
				t.Errorf("%d cells hidden, the case file hides %d", suppressed, c.Summary.Suppressed)
			}
		})
	}
}

func checkOnAtoms(t *testing.T, c sdcCase, hidden []bool, rules Rules, w Witness, open []bool) {
	t.Helper()
	atoms := slices.Clone(c.Atoms)
	for _, m := range w {
		if m.Cell < len(atoms) {
			atoms[m.Cell] += m.By
		}
	}
	if slices.Min(atoms) < 0 {
		t.Errorf("witness %v takes an atom below zero", w)
	}
	for i, p := range c.Cells {
		var v int64
		for _, a := range p.Atoms {
			v += atoms[a-1]
		}
		switch {
		case !hidden[len(c.Atoms)+i]:
			if v != p.Value {
				t.Errorf("witness %v changes the shown cell %s", w, p.Label)
			}
		case rules.ZerosShown && v < 1:
			t.Errorf("witness %v empties the hidden cell %s", w, p.Label)
		case v != p.Value:
			open[i] = true
		}
	}
}

func TestProtectRefusesWhatDoesNotFit(t *testing.T) {
	ab := []Cell{{Name: "a", Value: 3}, {Name: "b", Value: 9}, {Name: "t", Value: 12}}
	free := []Cell{{Name: "a", Value: 3}, {Name: "b", Value: 9, Free: true}, {Name: "t", Value: 12, Free: true}}
	for name, c := range map[string]struct {
		cells []Cell
		eq    Equation
	}{
		"sum":      {ab, Equation{Total: 0, Parts: []int{1, 2}}},
		"index":    {ab, Equation{Total: 3, Parts: []int{0}}},
		"twice":    {ab, Equation{Total: 2, Parts: []int{0, 1, 1}}},
		"negative": {[]Cell{{Name: "a", Value: -1}}, Equation{}},
		"free":     {free, Equation{Total: 2, Parts: []int{0, 1}}},
	} {
		if _, _, err := Protect(c.cells, []Equation{c.eq}, Rules{HideUpTo: 5}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestSharedTotalsStayShown(t *testing.T) {
	c := makeCube(cubeShape{months: 36, perMonth: 120, share: 0.3, areas: 8, breakdowns: []int{6, 5, 4}, seed: 3})
	hidden, report, err := Protect(c.cells, c.eqs, Rules{HideUpTo: 5, ZerosShown: true})
	if err != nil {
		t.Fatal(err)
	}
	for q := range 12 {
		for _, kind := range []string{"base", "num"} {
			name := fmt.Sprintf("all/%s/q%d", kind, q)
			if hidden[c.index[name]] {
				t.Errorf("%s is hidden", name)
			}
		}
	}
	if report.Primary == 0 || report.Secondary > 2*report.Primary {
		t.Errorf("%d primary and %d secondary cells", report.Primary, report.Secondary)
	}
}

// TestDistinctPeopleStayBelievable: a part that holds everybody in a sum of distinct people
// cannot be larger than it is while the total is shown, so a reader rules such tables out.
func TestDistinctPeopleStayBelievable(t *testing.T) {
	for _, first := range []string{"everybody", "few"} {
		cells := []Cell{{Name: "everybody", Value: 6}, {Name: "few", Value: 3}, {Name: "total", Value: 6}}
		if first == "few" {
			cells[0], cells[1] = cells[1], cells[0]
		}
		_, report, err := Protect(cells, []Equation{{Total: 2, Parts: []int{0, 1}, Approximate: true}}, Rules{HideUpTo: 3, ZerosShown: true})
		if err != nil {
			t.Fatal(err)
		}
		if len(report.Witnesses) == 0 {
			t.Fatal("no witness")
		}
		for _, w := range report.Witnesses {
			after := []int64{cells[0].Value, cells[1].Value, cells[2].Value}
			for _, m := range w {
				after[m.Cell] += m.By
			}
			if max(after[0], after[1]) > after[2] || after[0]+after[1] < after[2] {
				t.Errorf("%v cannot be a table of distinct people", after)
			}
		}
	}
}
