package queries_test

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"testing"

	"wherry/config"
	"wherry/queries"
)

// sumKey names a sum of values of one cell.
type sumKey struct {
	period                    config.Period
	area, breakdown, category string
}

func keyOf(f queries.Figure) sumKey { return sumKey{f.Period, f.Area, f.Breakdown, f.Category} }

// sums is what a reader knows of how the cells of a measure add up: longer periods of
// shorter ones, the whole of its districts and of the categories of each breakdown.
func sumsOf(figures []queries.Figure) (equations [][]sumKey) {
	there := map[sumKey]bool{}
	tables := map[sumKey][]sumKey{} // whole and breakdown -> parts
	for _, f := range figures {
		there[keyOf(f)] = true
		if f.Breakdown != "" || f.Area != "E10000020" {
			whole := sumKey{f.Period, "E10000020", f.Breakdown, ""}
			tables[whole] = append(tables[whole], keyOf(f))
		}
	}
	for whole, parts := range tables {
		equations = append(equations, append([]sumKey{{whole.period, whole.area, "", ""}}, parts...))
	}
	for k := range there {
		for _, kind := range []config.PeriodKind{config.Quarter, config.Month} {
			if k.period.Kind == kind || k.period.Kind == config.Month {
				continue
			}
			equation, whole := []sumKey{k}, true
			for _, p := range k.period.Split(kind) {
				part := k
				part.period = p
				whole = whole && there[part]
				equation = append(equation, part)
			}
			if whole {
				equations = append(equations, equation)
			}
		}
	}
	return equations
}

// determinedSums is the hidden cells whose sum elimination finds: every shown sum is known,
// and cells of nobody have none.
func determinedSums(equations [][]sumKey, open map[sumKey]bool) map[sumKey]bool {
	const prime = 2147483647
	columns := map[sumKey]int{}
	for _, e := range equations {
		for _, k := range e {
			if _, seen := columns[k]; !seen && open[k] {
				columns[k] = len(columns)
			}
		}
	}
	var rows []map[int]int64
	for _, e := range equations {
		row := map[int]int64{}
		for i, k := range e {
			if open[k] && i == 0 {
				row[columns[k]] = prime - 1
			} else if open[k] {
				row[columns[k]] = 1
			}
		}
		rows = append(rows, row)
	}
	pivots := map[int]map[int]int64{}
	inverse := func(v int64) int64 { return new(big.Int).ModInverse(big.NewInt(v), big.NewInt(prime)).Int64() }
	subtract := func(row, pivot map[int]int64, column int) {
		by := row[column]
		for c, v := range pivot {
			if row[c] = (row[c] + (prime-by)*v) % prime; row[c] == 0 {
				delete(row, c)
			}
		}
	}
	for _, row := range rows {
		for column, pivot := range pivots {
			if row[column] != 0 {
				subtract(row, pivot, column)
			}
		}
		for column, v := range row {
			for c := range row {
				row[c] = row[c] * inverse(v) % prime
			}
			for _, pivot := range pivots {
				if pivot[column] != 0 {
					subtract(pivot, row, column)
				}
			}
			pivots[column] = row
			break
		}
	}
	found := map[sumKey]bool{}
	for k, column := range columns {
		for _, pivot := range pivots {
			if len(pivot) == 1 && pivot[column] != 0 {
				found[k] = true
			}
		}
	}
	return found
}

// TestSmallMeansAreHidden: no mean of fewer people than the audience's least, no change of
// fewer than ten pairs, and none of either to be had by subtracting the sums behind the
// means that are shown.
func TestSmallMeansAreHidden(t *testing.T) {
	db := open(t)
	made(t, db, 700)
	for _, a := range []config.Audience{all, board, public} {
		for kind, selected := range map[queries.Kind]string{queries.Mean: "before as value", queries.PairedChange: "before, after"} {
			m := &queries.Measure{ID: "XX1", Kind: kind, Scale: &queries.Scale{Min: 1, Max: 5}, Breakdowns: []string{"grp"}, Path: "x.sql", Line: 1,
				SQL: "select day as at, district, grp, " + selected + " from core.made"}
			least := a.MinBase
			if kind == queries.PairedChange {
				least = max(least, 10)
			}
			r := publish(t, db, m, a)
			m.Protects = "nobody"
			exact := publish(t, db, m, all)
			open, shown, small := map[sumKey]bool{}, 0, 0
			n := map[sumKey]int64{}
			for i, f := range r.Figures {
				raw := exact.Figures[i]
				n[keyOf(f)] = raw.Base
				if f.State == queries.Shown {
					shown++
					checkMean(t, a, f, raw, least)
				} else if raw.Base > 0 {
					open[keyOf(f)] = true
				}
				if raw.Base > 0 && raw.Base < least {
					small++
				}
			}
			for k := range determinedSums(sumsOf(r.Figures), open) {
				if n[k] < least {
					t.Errorf("%s %s: the mean of %d in %s %s %s can be had by subtraction", a.ID, kind, n[k], k.period, k.area, k.category)
				}
			}
			t.Logf("%s %s: %d shown, %d small", a.ID, kind, shown, small)
			if shown < 20 || (least > 0 && small == 0) {
				t.Errorf("%s %s: %d shown, %d small", a.ID, kind, shown, small)
			}
		}
	}
}

// checkMean holds a shown mean against the true one: on enough people, and rounded so that
// at least two totals of whole answers give it.
func checkMean(t *testing.T, a config.Audience, f, raw queries.Figure, least int64) {
	t.Helper()
	if raw.Base < least || (raw.Base > 0 && raw.Base <= a.HideUpTo) {
		t.Errorf("%s: %s %s shows the mean of %d", a.ID, f.Period, f.Category, raw.Base)
	}
	if f.Low > f.Value || f.High < f.Value {
		t.Errorf("%s: %v is outside %v to %v", f.Period, f.Value, f.Low, f.High)
	}
	supported := false
	for _, step := range []float64{1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01} {
		onStep := math.Abs(f.Value/step-math.Round(f.Value/step)) < 1e-9 && math.Abs(f.Value-raw.Value) <= step/2+1e-9
		supported = supported || (onStep && (step == 1 || step*float64(raw.Base) >= 2))
	}
	if !supported {
		t.Errorf("%s %s: %v for %v of %d is finer than its base supports", f.Period, f.Category, f.Value, raw.Value, raw.Base)
	}
	if p := f.Paired; p != nil {
		for _, s := range []queries.Share{p.Improved, p.Same, p.Worse} {
			if x := int64(math.Round(s.Value * float64(raw.Base) / 100)); !math.IsNaN(s.Value) && a.RoundTo <= 1 && x > 0 && x <= a.HideUpTo {
				t.Errorf("%s: a share of %d of %d is shown", f.Period, x, raw.Base)
			}
		}
		if left := raw.Paired.Started - raw.Paired.Paired; p.Started != queries.HiddenOpen && left > 0 && left <= a.HideUpTo && f.BaseShown {
			t.Errorf("%s: %d left, and both numbers are shown", f.Period, left)
		} else if !math.IsNaN(p.LeaversBefore) && left < least {
			t.Errorf("%s: the mean of %d who left is shown", f.Period, left)
		}
	}
}

// TestSmallPeopleAreHidden: people of a rate are a count like any other, and so is what they
// leave of the events.
func TestSmallPeopleAreHidden(t *testing.T) {
	db := open(t)
	made(t, db, 900)
	m := &queries.Measure{ID: "XX1", Kind: queries.Rate, Per: 10000, Population: &queries.Population{Age: "16+"}, People: "person", Path: "x.sql", Line: 1,
		SQL: "select day as at, district, person from core.made"}
	exact := publish(t, db, m, all)
	for _, a := range []config.Audience{board, public} {
		shown, hidden := 0, 0
		for i, f := range publish(t, db, m, a).Figures {
			raw := exact.Figures[i]
			small := func(n int64) bool { return n > 0 && n <= a.HideUpTo }
			if f.State != queries.Shown {
				if f.PeopleShown {
					t.Errorf("%s %s: people are shown and events are not", f.Period, f.Area)
				}
				continue
			}
			if !f.PeopleShown {
				hidden++
				if f.People != 0 || !math.IsNaN(f.Low) || !math.IsNaN(f.High) {
					t.Errorf("%s %s: hidden people leave %+v", f.Period, f.Area, f)
				}
				continue
			}
			shown++
			if small(raw.People) || small(raw.Numerator-raw.People) {
				t.Errorf("%s %s: %d events of %d people are shown", f.Period, f.Area, raw.Numerator, raw.People)
			}
			if f.People > f.Numerator || f.People%a.RoundTo != 0 || f.Low > f.Value || f.High < f.Value {
				t.Errorf("%s %s: %+v", f.Period, f.Area, f)
			}
		}
		t.Logf("%s: people shown %d, hidden %d", a.ID, shown, hidden)
		if shown == 0 || hidden == 0 {
			t.Errorf("%s: people shown %d, hidden %d", a.ID, shown, hidden)
		}
	}
}

// TestSmallCategoriesAreHidden: a category of a distribution is a count, its share comes from
// the printed counts, and one hidden category is never alone under a shown total.
func TestSmallCategoriesAreHidden(t *testing.T) {
	db := open(t)
	made(t, db, 900)
	m := &queries.Measure{ID: "XX1", Kind: queries.Distribution, Path: "x.sql", Line: 1,
		SQL: "select day as at, district, 'score ' || before || coalesce(grp, '') as category from core.made"}
	exact := publish(t, db, m, all)
	for _, a := range []config.Audience{board, public} {
		shown := 0
		alone := map[string]int{}
		for i, f := range publish(t, db, m, a).Figures {
			raw := exact.Figures[i]
			if f.Breakdown == "" {
				continue
			}
			if f.State == queries.Suppressed && raw.Numerator > 0 && raw.Base >= a.MinBase && f.BaseShown {
				alone[fmt.Sprint(f.Period)]++
			}
			if f.State != queries.Shown {
				continue
			}
			shown++
			if raw.Numerator > 0 && raw.Numerator <= a.HideUpTo || raw.Base < a.MinBase {
				t.Errorf("%s %s shows %d of %d", f.Period, f.Category, raw.Numerator, raw.Base)
			}
			if f.Numerator%a.RoundTo != 0 || !near(f.Value, 100*float64(f.Numerator)/float64(f.Base)) || f.Low > f.Value || f.High < f.Value {
				t.Errorf("%s %s: %+v", f.Period, f.Category, f)
			}
		}
		hidden := 0
		for p, n := range alone {
			hidden += n
			if n == 1 {
				t.Errorf("%s %s: one category hidden under a shown total", a.ID, p)
			}
		}
		t.Logf("%s: %d categories shown, %d hidden", a.ID, shown, hidden)
		if shown == 0 || hidden == 0 {
			t.Errorf("%s: %d shown, %d hidden", a.ID, shown, hidden)
		}
	}
}

// TestChosenByScoreIsSaid: a change among people chosen for their first score, or far from
// the usual, carries a warning.
func TestChosenByScoreIsSaid(t *testing.T) {
	db := open(t)
	made(t, db, 900)
	usual := func(v float64) *float64 { return &v }
	for _, c := range []struct {
		chosen bool
		usual  *float64
		better string
		want   bool
	}{{true, nil, "up", true}, {false, nil, "up", false}, {false, usual(4.9), "up", true}, {false, usual(3), "up", false}, {false, usual(4.9), "down", false}, {false, usual(1.1), "down", true}} {
		m := &queries.Measure{ID: "XX1", Kind: queries.PairedChange, Chosen: c.chosen, Usual: c.usual, Better: c.better, Protects: "nobody", Path: "x.sql", Line: 1,
			SQL: "select day as at, before, after from core.made"}
		cells, err := queries.Evaluate(context.Background(), db, m, span(t))
		if err != nil {
			t.Fatal(err)
		}
		r, err := cells.Publish(all, queries.AllSupplied)
		if err != nil {
			t.Fatal(err)
		}
		last := r.Series(config.Rolling, "E10000020", "", "")
		if f := last[len(last)-1]; f.Paired.MayRegress != c.want || (len(f.Warnings) > 0) != c.want {
			t.Errorf("%+v: %+v", c, f)
		}
	}
}
