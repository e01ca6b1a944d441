package queries_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"wherry/config"
	"wherry/queries"
	"wherry/queries/statistics"
)

func comparedQuarter() config.Period { return config.Containing(config.Quarter, date(2026, 8, 1)) }

// placed is a Figure of an area as Publish makes it.
func placed(m *queries.Measure, area string, x, n int64) queries.Figure {
	f := queries.Figure{Period: comparedQuarter(), Area: area, State: queries.Shown, Numerator: x, Base: n, BaseShown: true}
	if m.Kind == queries.Rate {
		f.Value, f.Low, f.High = statistics.PoissonRate(x, float64(n), float64(m.Per))
		return f
	}
	lo, hi := statistics.Wilson(x, n, statistics.Z95)
	f.Value, f.Low, f.High = 100*float64(x)/float64(n), 100*lo, 100*hi
	return f
}

// districts is a Result of the partnership and as many districts as pairs of numbers.
func districts(m *queries.Measure, pairs ...[2]int64) *queries.Result {
	var x, n int64
	names := []string{"A", "B", "C", "D", "E", "F", "G", "H"}
	var figures []queries.Figure
	for i, p := range pairs {
		x, n = x+p[0], n+p[1]
		figures = append(figures, placed(m, names[i], p[0], p[1]))
	}
	unknown := placed(m, "unknown", 1, 10)
	figures = slices.Concat([]queries.Figure{placed(m, "whole", x+1, n+10)}, figures, []queries.Figure{unknown})
	return &queries.Result{Measure: m, Figures: figures}
}

func hide(f *queries.Figure) {
	f.State, f.Value, f.Low, f.High = queries.Suppressed, math.NaN(), math.NaN(), math.NaN()
	f.Numerator, f.Base, f.BaseShown = 0, 0, false
}

func shareMeasure() *queries.Measure { return &queries.Measure{ID: "XX1", Kind: queries.Proportion} }

func TestCompareTellsChanceFromDifference(t *testing.T) {
	r := districts(shareMeasure(), [2]int64{50, 100}, [2]int64{48, 100}, [2]int64{53, 100}, [2]int64{20, 100}, [2]int64{49, 100}, [2]int64{52, 100}, [2]int64{50, 100})
	c := queries.Compare(r, comparedQuarter(), "district")
	if !c.OK || c.Overdispersed || c.Hidden != 0 {
		t.Fatalf("%+v", c)
	}
	if want := 100 * 322.0 / 700; math.Abs(c.Average-want) > 1e-9 {
		t.Errorf("average %v, want %v", c.Average, want)
	}
	if want := 100 * 10.0 / 710; math.Abs(c.Unknown-want) > 1e-9 {
		t.Errorf("unknown %v, want %v", c.Unknown, want)
	}
	for _, item := range c.Items {
		outside, than := 0.0, "similar"
		if item.Category == "D" {
			outside, than = 99.8, "lower"
		}
		if item.Outside != outside || item.Than != than || item.Above {
			t.Errorf("%s: outside %v, %s", item.Category, item.Outside, item.Than)
		}
	}
	d := c.Items[3]
	if diff := 20 - 100*302.0/600; math.Abs(d.Difference-diff) > 1e-9 || !(d.Low < d.Difference && d.Difference < d.High && d.High < 0) {
		t.Errorf("difference %v (%v to %v), want %v", d.Difference, d.Low, d.High, diff)
	}
}

func TestCompareWidensLimitsWhereAllDiffer(t *testing.T) {
	r := districts(shareMeasure(), [2]int64{20, 100}, [2]int64{80, 100}, [2]int64{35, 100}, [2]int64{70, 100}, [2]int64{25, 100}, [2]int64{75, 100})
	c := queries.Compare(r, comparedQuarter(), "district")
	if !c.Overdispersed || c.Dispersion < 5 || !strings.Contains(queries.InEnglish(t, c.Why), "more than chance") {
		t.Errorf("%+v", c)
	}
	plain := 100 * statistics.FunnelProportion(c.Average/100, 100).Upper95
	if c.Items[0].Limits.Upper95 <= plain || c.Items[0].Limits != c.LimitsFor(100) {
		t.Errorf("limits %+v, chance alone %v", c.Items[0].Limits, plain)
	}
}

func TestCompareRates(t *testing.T) {
	m := &queries.Measure{ID: "XX1", Kind: queries.Rate, Per: 1000}
	r := districts(m, [2]int64{100, 10_000}, [2]int64{98, 10_000}, [2]int64{105, 10_000}, [2]int64{190, 10_000}, [2]int64{102, 10_000})
	c := queries.Compare(r, comparedQuarter(), "district")
	d := c.Items[3]
	if want := 190 / 101.25; !c.OK || d.Than != "higher" || d.Outside != 99.8 || !d.Above || math.Abs(d.Difference-want) > 1e-9 {
		t.Errorf("%+v", d)
	}
	if want := 100 * 1.0 / 596; math.Abs(c.Unknown-want) > 1e-9 {
		t.Errorf("unknown %v, want %v", c.Unknown, want)
	}

	m.People = "victim_key"
	wide := &r.Figures[4]
	wide.Low, wide.High = wide.Value-3*(wide.Value-wide.Low), wide.Value+3*(wide.High-wide.Value)
	e := queries.Compare(r, comparedQuarter(), "district").Items[3]
	if e.Difference != d.Difference || !(e.Low < d.Low && e.High > d.High) || !(e.Limits.Upper95 > d.Limits.Upper95) {
		t.Errorf("repeat events do not widen %+v to %+v", d, e)
	}
	wide.Low, wide.High = math.NaN(), math.NaN()
	if e := queries.Compare(r, comparedQuarter(), "district").Items[3]; e.Than != "" || e.Outside != 0 || !math.IsNaN(e.Difference) {
		t.Errorf("compared with its interval hidden: %+v", e)
	}
}

// TestCompareTellsNothingOfWhatIsHidden: whatever a hidden Figure holds, the comparison is
// the same, and its average is that of the units shown.
// TestCompareWithNone: where nothing befell anybody else, there is no ratio to give.
func TestCompareWithNone(t *testing.T) {
	m := &queries.Measure{ID: "XX1", Kind: queries.Rate, Per: 1000}
	c := queries.Compare(districts(m, [2]int64{30, 10_000}, [2]int64{0, 9_000}, [2]int64{0, 11_000}), comparedQuarter(), "district")
	if first := c.Items[0]; !math.IsNaN(first.Difference) || !math.IsNaN(first.Low) || first.Than != "" {
		t.Errorf("%+v", first)
	}
	if second := c.Items[1]; second.Difference != 0 || second.Than != "lower" {
		t.Errorf("%+v", second)
	}
}

func TestCompareTellsNothingOfWhatIsHidden(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pair := func(what string) [2]int64 {
			n := rapid.Int64Range(1, 300).Draw(t, what)
			return [2]int64{rapid.Int64Range(0, n).Draw(t, what+" met"), n}
		}
		shown := [][2]int64{{30, 90}, pair("b"), pair("c"), pair("d")}
		one, other := districts(shareMeasure(), append(shown, pair("one"))...), districts(shareMeasure(), append(shown, pair("other"))...)
		other.Figures[0] = one.Figures[0]
		hide(&one.Figures[5])
		a := queries.Compare(one, comparedQuarter(), "district")
		other.Figures[5].State = queries.Suppressed // its numbers stay, and may not be read
		b := queries.Compare(other, comparedQuarter(), "district")
		opts := cmp.Options{cmpopts.EquateNaNs(), cmpopts.IgnoreFields(queries.Compared{}, "Figure"), cmpopts.IgnoreUnexported(queries.Comparison{})}
		if diff := cmp.Diff(a, b, opts); diff != "" {
			t.Fatalf("a hidden number moves the comparison: %s", diff)
		}
		var x, n int64
		for _, s := range shown {
			x, n = x+s[0], n+s[1]
		}
		if a.Hidden != 1 || math.Abs(a.Average-100*float64(x)/float64(n)) > 1e-9 {
			t.Fatalf("average %v of %d in %d, %d hidden", a.Average, x, n, a.Hidden)
		}
		if last := a.Items[4]; last.Than != "" || last.Outside != 0 || !math.IsNaN(last.Limits.Upper95) {
			t.Fatalf("a hidden unit is compared: %+v", last)
		}
	})
}

// TestCompareKeepsOrderAndAgrees: units stay in the order of the Figures, whatever their
// values; each is outside its limits as drawn if it says so; its interval holds its
// difference.
func TestCompareKeepsOrderAndAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := shareMeasure()
		if rapid.Bool().Draw(t, "rate") {
			m = &queries.Measure{ID: "XX1", Kind: queries.Rate, Per: 1000}
		}
		var pairs [][2]int64
		for range rapid.IntRange(3, 8).Draw(t, "units") {
			n := rapid.Int64Range(1, 500).Draw(t, "n")
			pairs = append(pairs, [2]int64{rapid.Int64Range(0, n).Draw(t, "x"), n})
		}
		c := queries.Compare(districts(m, pairs...), comparedQuarter(), "district")
		if !slices.IsSortedFunc(c.Items, func(a, b queries.Compared) int { return strings.Compare(a.Category, b.Category) }) || len(c.Items) != len(pairs) {
			t.Fatalf("units are not in the order given: %+v", c.Items)
		}
		for _, item := range c.Items {
			l := item.Limits
			if c.OK && !(l.Lower998 <= l.Lower95+1e-9 && l.Lower95 <= c.Average+1e-9 && c.Average <= l.Upper95+1e-9 && l.Upper95 <= l.Upper998+1e-9) {
				t.Fatalf("limits are not in order: %+v about %v", l, c.Average)
			}
			if item.Outside > 0 && item.Above != (item.Figure.Value > c.Average) {
				t.Fatalf("the wrong side: %+v", item)
			}
			if item.Low > item.Difference+1e-9 || item.High < item.Difference-1e-9 {
				t.Fatalf("%v is not within %v to %v", item.Difference, item.Low, item.High)
			}
		}
	})
}

// TestComparisonsTakeTheLatestPeriodOfTheHeadline: a headline by month is not given for
// districts, so the quarter is compared.
func TestComparisonsTakeTheLatestPeriodOfTheHeadline(t *testing.T) {
	m := shareMeasure()
	m.Headline, m.Compare = "month", []string{"district"}
	r := districts(m, [2]int64{5, 10}, [2]int64{6, 10}, [2]int64{7, 10})
	before := districts(m, [2]int64{1, 10}, [2]int64{2, 10}, [2]int64{3, 10})
	for i := range before.Figures {
		before.Figures[i].Period = comparedQuarter().Shift(-1)
	}
	r.Figures = append(r.Figures, before.Figures...)
	all := queries.Comparisons(r)
	if len(all) != 1 || all[0].Period != comparedQuarter() || all[0].Average != 60 {
		t.Errorf("%+v", all)
	}
}

func TestCompareSaysWhyNot(t *testing.T) {
	few := districts(shareMeasure(), [2]int64{5, 10}, [2]int64{6, 10}, [2]int64{7, 10})
	hide(&few.Figures[2])
	refused := districts(shareMeasure(), [2]int64{5, 10}, [2]int64{6, 10}, [2]int64{7, 10})
	refused.Reading.Refusals = []config.Definition{{Says: "Recording differs between districts.", Refuses: []string{config.RefuseCompare}}}
	none := districts(shareMeasure(), [2]int64{0, 10}, [2]int64{0, 10}, [2]int64{0, 10})
	waits := districts(&queries.Measure{ID: "XX1", Kind: queries.Duration}, [2]int64{5, 10}, [2]int64{6, 10}, [2]int64{7, 10})
	for want, r := range map[string]*queries.Result{
		"Fewer than three": few, "Recording differs": refused, "None was counted": none, "this is a duration": waits,
	} {
		c := queries.Compare(r, comparedQuarter(), "district")
		if c.OK || !strings.Contains(queries.InEnglish(t, c.Why), want) || !math.IsNaN(c.Average) || !math.IsNaN(c.LimitsFor(10).Lower95) {
			t.Errorf("%s: %+v", want, c)
		}
	}
}

func TestCompareGroupsOfSeveralYears(t *testing.T) {
	m := shareMeasure()
	pooled := config.Containing(config.Pooled, date(2026, 9, 30))
	r := &queries.Result{Measure: m, Figures: []queries.Figure{placed(m, "whole", 200, 500)}}
	for _, g := range []struct {
		name string
		x, n int64
	}{{"asian", 30, 80}, {"black", 20, 60}, {"white", 120, 300}, {"not recorded", 10, 60}} {
		f := placed(m, "whole", g.x, g.n)
		f.Breakdown, f.Category = "ethnicity", g.name
		r.Figures = append(r.Figures, f)
	}
	for i := range r.Figures {
		r.Figures[i].Period = pooled
	}
	c := queries.Compare(r, pooled, "ethnicity")
	m.Compare, m.Pool = []string{"ethnicity", "district"}, config.PooledMonths
	if all := queries.Comparisons(r); len(all) != 1 || all[0].Period != pooled || all[0].Breakdown != "ethnicity" {
		t.Errorf("asked for by the header: %+v", all)
	}
	if !c.OK || len(c.Items) != 3 || math.Abs(c.Unknown-12) > 1e-9 || !strings.Contains(queries.InEnglish(t, c.Why), "Several years") {
		t.Errorf("%+v", c)
	}
}
