package queries

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand"
	"slices"
	"testing"

	"wherry/config"
)

var readers = []config.Audience{{ID: "board", HideUpTo: 5, RoundTo: 1, MinBase: 6}}

// countedTo is the cells of a count by month and district up to a quarter.
func countedTo(t *testing.T, quarter string, counts map[string]map[string]int64) *Cells {
	t.Helper()
	return countedOf(t, &Measure{ID: "AB1", Kind: Count, SQL: "select 1"}, quarter, counts)
}

func countedOf(t *testing.T, m *Measure, quarter string, counts map[string]map[string]int64) *Cells {
	t.Helper()
	q, err := config.ParsePeriod(quarter)
	if err != nil {
		t.Fatal(err)
	}
	first, err := config.ParsePeriod("2024-04")
	if err != nil {
		t.Fatal(err)
	}
	span := Span{AsAt: q.End.AddDate(0, 1, 0), First: first, Quarter: q, Areas: []config.Area{{Code: "W"}, {Code: "A"}, {Code: "B"}, {Code: "C"}}}
	c := newCells(m, span.planFor(m), nil)
	c.byDistrict = true
	u := c.plan.unprinted
	for month, by := range counts {
		p, err := config.ParsePeriod(month)
		if err != nil {
			t.Fatal(err)
		}
		for district, n := range by {
			for _, longer := range slices.Concat(c.plan.whole, u.whole) {
				if longer.Holds(p.Start) {
					c.at(cellKey{period: longer, area: "W"}).base += n
				}
			}
			for _, longer := range slices.Concat(c.plan.detail, u.detail) {
				if longer.Holds(p.Start) {
					c.at(cellKey{period: longer, area: district}).base += n
				}
			}
		}
	}
	return c
}

// editionOf publishes the cells after earlier Releases and gives what is printed, by place.
func editionOf(t *testing.T, c *Cells, earlier *[]*Release) map[cellKey]int64 {
	t.Helper()
	h, err := NewHistory(*earlier...)
	if err != nil {
		t.Fatal(err)
	}
	results, release, err := PublishAll([]*Cells{c}, readers, AllSupplied, h)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(release)
	if err != nil {
		t.Fatal(err)
	}
	kept := new(Release)
	if err := json.Unmarshal(text, kept); err != nil {
		t.Fatal(err)
	}
	*earlier = append(*earlier, kept)
	printed := map[cellKey]int64{}
	for _, f := range results[0][0].Figures {
		if f.BaseShown {
			printed[cellKey{period: f.Period, area: f.Area}] = f.Base
		}
	}
	return printed
}

func wholeOf(t *testing.T, period string) cellKey {
	t.Helper()
	p, err := config.ParsePeriod(period)
	if err != nil {
		t.Fatal(err)
	}
	return cellKey{period: p, area: "W"}
}

// TestRevisionsOfAFewAreHeldBack: a quarter to which a few came late stays as it was, with its
// months and its year; once enough have, it is given as it is.
func TestRevisionsOfAFewAreHeldBack(t *testing.T) {
	counts := map[string]map[string]int64{"2024-04": {"A": 40, "B": 30, "C": 30}, "2024-05": {"A": 40, "B": 30, "C": 30}, "2024-06": {"A": 40, "B": 30, "C": 30},
		"2024-07": {"A": 20, "B": 20, "C": 20}}
	var earlier []*Release
	first := editionOf(t, countedTo(t, "2024-25 Q1", counts), &earlier)
	if first[wholeOf(t, "2024-25 Q1")] != 300 {
		t.Fatalf("the quarter is printed as %d", first[wholeOf(t, "2024-25 Q1")])
	}
	counts["2024-06"]["A"] += 3
	c := countedTo(t, "2024-25 Q2", counts)
	second := editionOf(t, c, &earlier)
	if second[wholeOf(t, "2024-25 Q1")] != 300 || second[wholeOf(t, "2024-06")] != 100 || len(c.held) != 1 {
		t.Errorf("with 3 more the quarter is printed as %d, June as %d, held back: %v", second[wholeOf(t, "2024-25 Q1")], second[wholeOf(t, "2024-06")], c.held)
	}
	counts["2024-06"]["A"] += 60
	counts["2024-06"]["B"] += 20
	third := editionOf(t, countedTo(t, "2024-25 Q3", counts), &earlier)
	if third[wholeOf(t, "2024-25 Q1")] != 383 {
		t.Errorf("with 83 more the quarter is printed as %d", third[wholeOf(t, "2024-25 Q1")])
	}
}

// TestAYearOfPeopleAgreesWithItsQuarters: where a quarter of distinct people is held back, a
// year that is new gives no more people than its quarters together as they are printed.
func TestAYearOfPeopleAgreesWithItsQuarters(t *testing.T) {
	m := &Measure{ID: "AB1", Kind: Count, SQL: "select 1", Unit: "child_key"}
	counts := map[string]map[string]int64{}
	for _, month := range []string{"2024-04", "2024-05", "2024-06", "2024-07", "2024-08", "2024-09", "2024-10", "2024-11", "2024-12", "2025-01", "2025-02", "2025-03"} {
		counts[month] = map[string]int64{"A": 40, "B": 30, "C": 30}
	}
	var earlier []*Release
	editionOf(t, countedOf(t, m, "2024-25 Q3", counts), &earlier)
	counts["2024-08"]["A"] += 3
	c := countedOf(t, m, "2024-25 Q4", counts)
	printed := editionOf(t, c, &earlier)
	quarters := int64(0)
	for _, q := range []string{"2024-25 Q1", "2024-25 Q2", "2024-25 Q3", "2024-25 Q4"} {
		quarters += printed[wholeOf(t, q)]
	}
	if quarters != 1200 || printed[wholeOf(t, "2024-25")] != 1200 {
		t.Errorf("the quarters are printed as %d people together and their year as %d, held back: %v", quarters, printed[wholeOf(t, "2024-25")], c.held)
	}
}

// TestFewWithinALargeRevisionAreHidden: where the whole is revised by many and one
// district by a few, that district is not printed beside what it was.
func TestFewWithinALargeRevisionAreHidden(t *testing.T) {
	counts := map[string]map[string]int64{"2024-04": {"A": 40, "B": 30, "C": 30}}
	var earlier []*Release
	first := editionOf(t, countedTo(t, "2024-25 Q1", counts), &earlier)
	counts["2024-04"]["A"] += 40
	counts["2024-04"]["B"] += 20
	counts["2024-04"]["C"] += 2
	second := editionOf(t, countedTo(t, "2024-25 Q1", counts), &earlier)
	at := wholeOf(t, "2024-25 Q1")
	if second[at] != 162 {
		t.Errorf("the whole is printed as %d", second[at])
	}
	hidden := 0
	for _, district := range []string{"A", "B", "C"} {
		at.area = district
		if _, shown := second[at]; !shown {
			hidden++
		}
	}
	at.area = "C"
	if n, shown := second[at]; shown && n != first[at] || hidden < 2 {
		t.Errorf("C, revised by 2, is printed as %d; %d districts hidden", n, hidden)
	}
}

// TestNothingFollowsFromEditionsTogether publishes random counts quarter after quarter, with
// late cases, and solves all that every edition prints for the counts of districts by quarter
// as they were in each edition: none that is hidden and small is left with one value.
func TestNothingFollowsFromEditionsTogether(t *testing.T) {
	hidden := 0
	for seed := range int64(40) {
		rng := rand.New(rand.NewSource(seed))
		counts := map[string]map[string]int64{}
		var earlier []*Release
		unknown := newUnknowns()
		month, err := config.ParsePeriod("2024-04")
		if err != nil {
			t.Fatal(err)
		}
		for range 8 {
			for range 3 {
				counts[month.String()] = map[string]int64{"A": rng.Int63n(5), "B": rng.Int63n(8), "C": 5 + rng.Int63n(20), "unknown": rng.Int63n(2)}
				month = month.Shift(1)
			}
			if late := month.Shift(-1 - rng.Intn(9)); counts[late.String()] != nil && rng.Intn(2) == 0 {
				counts[late.String()][[]string{"A", "B", "C"}[rng.Intn(3)]] += rng.Int63n(12)
			}
			c := countedTo(t, config.Containing(config.Quarter, month.Shift(-1).Start).String(), counts)
			hidden += unknown.take(c, editionOf(t, c, &earlier))
		}
		for _, name := range unknown.determined() {
			t.Errorf("seed %d: %s can be worked out", seed, name)
		}
	}
	if hidden < 200 {
		t.Errorf("only %d counts were hidden, so little was tested", hidden)
	}
}

// unknowns is the counts of districts by quarter, one for each tally an edition had of them,
// and what is printed of them as equations.
type unknowns struct {
	at    map[string]int
	names []string
	small []bool
	rows  [][]*big.Rat // dense; the last column is the value
}

func newUnknowns() *unknowns { return &unknowns{at: map[string]int{}} }

// take adds the equations of one edition and says how many small counts it hides.
func (u *unknowns) take(c *Cells, printed map[cellKey]int64) (hidden int) {
	index := func(k cellKey) int {
		n := c.value(k).base
		name := fmt.Sprint(k.period, " ", k.area, " of ", n)
		i, there := u.at[name]
		if !there {
			i = len(u.names)
			u.at[name] = i
			u.names, u.small = append(u.names, name), append(u.small, n > 0 && n <= readers[0].HideUpTo)
		}
		return i
	}
	for _, k := range c.keys() {
		if k.period.Kind == config.Month {
			continue
		}
		n, shown := printed[k]
		if !shown {
			if v := c.value(k).base; v > 0 && v <= readers[0].HideUpTo {
				hidden++
			}
			continue
		}
		row := map[int]int64{}
		areas := []string{k.area}
		if k.area == "W" {
			areas = c.districts()
		}
		for _, area := range areas {
			for _, q := range k.period.Split(config.Quarter) {
				row[index(cellKey{period: q, area: area})]++
			}
		}
		u.rows = append(u.rows, dense(row, n))
	}
	return hidden
}

func dense(row map[int]int64, value int64) []*big.Rat {
	out := []*big.Rat{new(big.Rat).SetInt64(value)}
	for i, v := range row {
		for len(out) < i+2 {
			out = append(out, new(big.Rat))
		}
		out[i+1] = new(big.Rat).SetInt64(v)
	}
	return out
}

// determined is the small counts that the equations leave one value.
func (u *unknowns) determined() []string {
	n := len(u.names)
	var done [][]*big.Rat
	var pivots []int
	for _, row := range u.rows {
		for len(row) < n+1 {
			row = append(row, new(big.Rat))
		}
		for i, p := range pivots {
			subtract(row, done[i], p)
		}
		lead := slices.IndexFunc(row[1:], func(v *big.Rat) bool { return v.Sign() != 0 })
		if lead < 0 {
			continue
		}
		by := new(big.Rat).Inv(row[lead+1])
		for i := range row {
			row[i] = new(big.Rat).Mul(row[i], by)
		}
		for i := range done {
			subtract(done[i], row, lead)
		}
		done, pivots = append(done, row), append(pivots, lead)
	}
	var found []string
	for i, row := range done {
		others := slices.ContainsFunc(row[1:pivots[i]+1], func(v *big.Rat) bool { return v.Sign() != 0 }) ||
			slices.ContainsFunc(row[pivots[i]+2:], func(v *big.Rat) bool { return v.Sign() != 0 })
		if !others && u.small[pivots[i]] {
			found = append(found, u.names[pivots[i]])
		}
	}
	return found
}

func subtract(row, by []*big.Rat, at int) {
	k := row[at+1]
	if k.Sign() == 0 {
		return
	}
	for i := range row {
		row[i] = new(big.Rat).Sub(row[i], new(big.Rat).Mul(k, by[i]))
	}
}
