package audit

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

type sdcCase struct {
	ID, Kind string
	Options  struct {
		ProtectZeros any `json:"protectZeros"`
	}
	Input struct {
		Percent, Rate           json.Number
		Denominator, Population int64
		Per                     int64
		Decimals                int
		Base                    int64
		Inner, Publish          []roundedCell
	}
	Example  []int64 `json:"expected_example"`
	Metrics  struct{ MaxDiff int64 }
	Expected struct {
		Feasible    []int64 `json:"feasible_numerators"`
		Recoverable bool
	}
	Atoms []int64 `json:"atoms_true"`
	Cells []struct {
		Label       string
		Atoms       []int
		Value       int64
		Suppressed  bool
		Unpublished bool
	}
	Audit []struct {
		Label        string
		Value        int64
		Linear       bool       `json:"linear_exact"`
		Integer      []*float64 `json:"integer"`
		ZerosPrinted []*float64 `json:"integer_zeros_published"`
	}
}

// roundedCell is a count by country and year, or a total over either.
type roundedCell struct {
	Geo, Year         string
	Original, Rounded int64
}

// covers says whether a published cell holds an inner one.
func (c roundedCell) covers(one roundedCell) bool {
	within := map[string][]string{"EU": {"Portugal", "Spain"}, "nonEU": {"Iceland"}}
	return (c.Year == "Total" || c.Year == one.Year) && (c.Geo == "Total" || c.Geo == one.Geo || slices.Contains(within[c.Geo], one.Geo))
}

func sdcCases(t *testing.T, kinds ...string) []sdcCase {
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
	var cases []sdcCase
	var others []string
	for _, c := range raw.Cases {
		var head struct{ Kind string }
		if err := json.Unmarshal(c, &head); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(kinds, head.Kind) {
			if !slices.Contains(others, head.Kind) {
				others = append(others, head.Kind)
			}
			continue
		}
		var one sdcCase
		if err := json.Unmarshal(c, &one); err != nil {
			t.Fatal(err)
		}
		cases = append(cases, one)
	}
	t.Logf("sdc.json: %d cases run; kinds not run by this test: %v", len(cases), others)
	if len(cases) == 0 {
		t.Fatal("no case to run")
	}
	return cases
}

func exact(ends []*float64) bool {
	return len(ends) == 2 && ends[0] != nil && ends[1] != nil && *ends[0] == *ends[1]
}

// TestAuditAgainstKnownPatterns solves each published pattern of the case file as a reader
// would: every count that the file's integer programs find exact must come out, with its
// value, and no other; of the rest no value that they find possible may be ruled out.
func TestAuditAgainstKnownPatterns(t *testing.T) {
	ends, equal := 0, 0
	for _, c := range sdcCases(t, "audit_given_pattern", "suppress_and_audit") {
		for _, zeros := range []bool{false, true} {
			p := newPuzzle()
			for range c.Atoms {
				p.count(0, far)
			}
			at := map[string]int{}
			for _, cell := range c.Cells {
				lo, hi := cell.Value, cell.Value
				if cell.Suppressed || cell.Unpublished {
					lo, hi = 0, far
					if zeros && cell.Suppressed {
						lo = 1
					}
				}
				v := p.count(lo, hi)
				at[cell.Label] = v
				var atoms []int
				for _, a := range cell.Atoms {
					atoms = append(atoms, a-1)
				}
				p.total(v, atoms)
			}
			p.solve()
			for _, want := range c.Audit {
				span := want.Integer
				if zeros {
					span = want.ZerosPrinted
				}
				if span == nil {
					continue
				}
				if p.misfit {
					t.Errorf("%s: nothing fits", c.ID)
					break
				}
				v := at[want.Label]
				switch {
				case exact(span) && !p.known(v):
					t.Errorf("%s, zeros printed %v: %s is exact and was not found", c.ID, zeros, want.Label)
				case p.known(v) && (!exact(span) || p.lo[v] != want.Value):
					t.Errorf("%s, zeros printed %v: %s came out as %d", c.ID, zeros, want.Label, p.lo[v])
				}
				low, high := float64(p.lo[v]), float64(p.hi[v])
				if low > *span[0] || span[1] != nil && high < *span[1] || span[1] == nil && p.hi[v] < far {
					t.Errorf("%s, zeros printed %v: %s is said to be from %v to %v, which leaves tables out", c.ID, zeros, want.Label, low, high)
				}
				ends++
				if low == *span[0] && (span[1] == nil || high == *span[1]) {
					equal++
				}
			}
		}
	}
	t.Logf("%d intervals, %d of them to the end as the file's; the others are wider", ends, equal)
	if ends == 0 {
		t.Error("nothing was compared")
	}
}

// TestSmallCountRoundingOfTheCaseFile holds a rounded publication, by a method that we do not
// use, against what it promises: no small count, everything additive, large inner cells as
// they were, and a reader who puts all of it together has no more of a small one than 0 or the
// base, which stand for several counts each.
func TestSmallCountRoundingOfTheCaseFile(t *testing.T) {
	for _, c := range sdcCases(t, "small_count_rounding") {
		base := c.Input.Base
		p := newPuzzle()
		inner := make([]int, len(c.Input.Inner))
		for i := range inner {
			inner[i] = p.count(0, far)
		}
		worst := int64(0)
		for i, cell := range c.Input.Publish {
			var parts []int
			for j, one := range c.Input.Inner {
				if cell.covers(one) {
					parts = append(parts, inner[j])
				}
			}
			n := c.Example[i]
			if len(parts) == 0 || n > 0 && n < base {
				t.Errorf("%s: %d is printed for %s %s, of %d inner cells", c.ID, n, cell.Geo, cell.Year, len(parts))
			}
			p.total(p.count(n, n), parts)
			worst = max(worst, abs(n-cell.Original))
		}
		if p.solve(); p.misfit || worst > c.Metrics.MaxDiff {
			t.Errorf("%s: not additive (%v), or off by %d and not %d at most", c.ID, p.misfit, worst, c.Metrics.MaxDiff)
		}
		for j, one := range c.Input.Inner {
			v := inner[j]
			if !p.known(v) || p.lo[v] != one.Rounded || one.Original >= base && one.Original != one.Rounded {
				t.Errorf("%s: %s %s was %d and comes out as %d to %d", c.ID, one.Geo, one.Year, one.Original, p.lo[v], p.hi[v])
			}
			if one.Original < base && p.lo[v] != 0 && p.lo[v] != base {
				t.Errorf("%s: %s %s was small and is neither 0 nor %d, which stand for several counts each", c.ID, one.Geo, one.Year, base)
			}
		}
		t.Logf("%s: we do not round small counts: boards would read counts of people who are not there", c.ID)
	}
}

func TestSharesAgainstKnownAnswers(t *testing.T) {
	for _, c := range sdcCases(t, "percentage_recovery", "rate_recovery") {
		value, n, scale := c.Input.Percent, c.Input.Denominator, int64(100)
		if c.Kind == "rate_recovery" {
			value, n, scale = c.Input.Rate, c.Input.Population, c.Input.Per
		}
		number := numbersIn(value.String())[0]
		least, most, ok := feasibleTo(number.exact(), c.Input.Decimals, n, scale)
		var got []int64
		for k := least; ok && k <= min(most, n); k++ {
			got = append(got, k)
		}
		if !slices.Equal(got, c.Expected.Feasible) {
			t.Errorf("%s: got %v, want %v", c.ID, got, c.Expected.Feasible)
		}
	}
}

// TestSolveNeverClaimsTooMuch holds what the puzzle calls known against a count through
// every table that fits.
func TestSolveNeverClaimsTooMuch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, cols := rapid.IntRange(1, 3).Draw(t, "rows"), rapid.IntRange(1, 3).Draw(t, "cols")
		truth := make([]int64, rows*cols)
		p := newPuzzle()
		hidden := make([]bool, rows*cols)
		for i := range truth {
			truth[i] = rapid.Int64Range(0, 4).Draw(t, "n")
			if hidden[i] = truth[i] > 0 && rapid.Bool().Draw(t, "hidden"); hidden[i] {
				p.count(1, far)
			} else {
				p.count(truth[i], truth[i])
			}
		}
		margin := func(at func(k int) int, n int) {
			var cells []int
			var sum int64
			for k := range n {
				cells, sum = append(cells, at(k)), sum+truth[at(k)]
			}
			if rapid.IntRange(0, 3).Draw(t, "printed") > 0 {
				p.total(p.count(sum, sum), cells)
			}
		}
		for r := range rows {
			margin(func(k int) int { return r*cols + k }, cols)
		}
		for c := range cols {
			margin(func(k int) int { return k*cols + c }, rows)
		}
		fits := allTables(p.clone(), truth, 7)
		p.solve()
		if p.misfit {
			t.Fatal("the true table does not fit")
		}
		for i := range truth {
			if p.known(i) && p.lo[i] != truth[i] {
				t.Fatalf("count %d is %d and came out as %d", i, truth[i], p.lo[i])
			}
			if p.known(i) != (len(fits[i]) == 1) && !(len(fits[i]) == 1 && p.hi[i] >= far) {
				t.Fatalf("count %d: known is %v, tables that fit give it %d values", i, p.known(i), len(fits[i]))
			}
		}
	})
}

// allTables is the values each count takes in the tables that fit, with hidden counts up to
// a limit and more.
func allTables(p *puzzle, truth []int64, limit int64) []map[int64]bool {
	fits := make([]map[int64]bool, len(truth))
	for i := range fits {
		fits[i] = map[int64]bool{}
	}
	values := slices.Clone(p.lo)
	var fill func(i int)
	fill = func(i int) {
		if i == len(truth) {
			for _, s := range p.sums {
				left := -s.is
				for k, v := range s.vars {
					left += s.coef[k] * values[v]
				}
				if left != 0 {
					return
				}
			}
			for k := range truth {
				fits[k][values[k]] = true
			}
			return
		}
		if p.known(i) {
			fill(i + 1)
			return
		}
		for v := p.lo[i]; v <= limit; v++ {
			values[i] = v
			fill(i + 1)
		}
		values[i] = p.lo[i]
	}
	fill(0)
	return fits
}
