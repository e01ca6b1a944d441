package statistics

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// ordered fails unless lo <= mid <= hi; an end that is NaN promises nothing.
func ordered(t *rapid.T, what string, lo, mid, hi float64) {
	slack := 1e-9 * math.Max(1, math.Abs(mid))
	if lo > mid+slack || hi < mid-slack || lo > hi+slack {
		t.Fatalf("%s: %v is not within %v to %v", what, mid, lo, hi)
	}
}

type seriesOf struct{ x, n []float64 }

func drawSeries(t *rapid.T) seriesOf {
	s := seriesOf{}
	for range rapid.IntRange(2, 36).Draw(t, "points") {
		n := float64(rapid.IntRange(1, 400).Draw(t, "n"))
		x := float64(rapid.IntRange(0, int(n)).Draw(t, "x"))
		if rapid.IntRange(0, 9).Draw(t, "missing") == 0 {
			x, n = math.NaN(), math.NaN()
		}
		s.x, s.n = append(s.x, x), append(s.n, n)
	}
	return s
}

func (s seriesOf) charts(opts Options) []Control {
	return []Control{
		P(s.x, s.n, opts), PPrime(s.x, s.n, opts), U(s.x, s.n, opts), UPrime(s.x, s.n, opts),
		C(s.x, opts), G(s.x, opts), T(s.x, opts), I(s.x, opts), MovingRange(s.x, opts),
	}
}

func TestLimitsOfEveryChartAreOrdered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSeries(t)
		opts := Options{Fix: rapid.IntRange(0, 20).Draw(t, "fix"), NeverNarrower: rapid.Bool().Draw(t, "floor")}
		if at := rapid.IntRange(0, len(s.x)).Draw(t, "rebase"); at > 0 {
			opts.Rebase = []int{at}
		}
		for _, c := range s.charts(opts) {
			for i := range s.x {
				ordered(t, c.Kind, c.Lower[i], c.Centre[i], c.Upper[i])
				v := c.Values[i]
				drawn := v > c.Upper[i]+1e-9 || v < c.Lower[i]-1e-9
				if flagged := c.Points[i].Rule == Outside; drawn && !flagged {
					t.Fatalf("%s: point %d is drawn outside its limits and not flagged: %v in %v to %v", c.Kind, i, v, c.Lower[i], c.Upper[i])
				}
				if math.IsNaN(s.x[i]) && c.Points[i].Rule != Common {
					t.Fatalf("%s: missing point %d is flagged", c.Kind, i)
				}
			}
		}
	})
}

func TestAFrozenBaselineIsNotMovedByALaterPoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSeries(t)
		more := seriesOf{append(append([]float64{}, s.x...), 7), append(append([]float64{}, s.n...), 9)}
		opts := Options{Fix: len(s.x)}
		after := more.charts(opts)
		for k, before := range s.charts(opts) {
			for i := range s.x {
				same(t, before.Kind, before.Centre[i], after[k].Centre[i])
				same(t, before.Kind, before.Lower[i], after[k].Lower[i])
				same(t, before.Kind, before.Upper[i], after[k].Upper[i])
			}
		}
	})
}

func same(t *rapid.T, what string, a, b float64) {
	if a != b && !(math.IsNaN(a) && math.IsNaN(b)) {
		t.Fatalf("%s: %v became %v", what, a, b)
	}
}

func TestASegmentIsJudgedAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawSeries(t), drawSeries(t)
		both := seriesOf{append(append([]float64{}, a.x...), b.x...), append(append([]float64{}, a.n...), b.n...)}
		joined := both.charts(Options{Rebase: []int{len(a.x)}})
		for k, alone := range b.charts(Options{}) {
			for i := range b.x {
				same(t, alone.Kind, alone.Upper[i], joined[k].Upper[len(a.x)+i])
				want := alone.Points[i]
				if want.Rule != Common {
					want.First += len(a.x)
					want.Last += len(a.x)
				}
				if got := joined[k].Points[len(a.x)+i]; got != want {
					t.Fatalf("%s: point %d: %+v alone, %+v after another segment", alone.Kind, i, want, got)
				}
			}
		}
	})
}

func TestLaneyLimitsAreNeverNarrowerWhenToldSo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSeries(t)
		plain, laney := P(s.x, s.n, Options{}), PPrime(s.x, s.n, Options{NeverNarrower: true})
		for i := range s.x {
			if laney.Upper[i] < plain.Upper[i]-1e-12 || laney.Lower[i] > plain.Lower[i]+1e-12 {
				t.Fatalf("point %d: %v to %v within %v to %v", i, laney.Lower[i], laney.Upper[i], plain.Lower[i], plain.Upper[i])
			}
		}
	})
}

func TestFunnelsNarrowWithSizeAndNest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		average := rapid.Float64Range(0.001, 0.999).Draw(t, "average")
		n := float64(rapid.IntRange(1, 100_000).Draw(t, "n"))
		for _, funnel := range []func(average, n float64) Funnel{FunnelProportion, FunnelRate} {
			small, large := funnel(average, n), funnel(average, 2*n)
			ordered(t, "95%", small.Lower95, average, small.Upper95)
			ordered(t, "lower limits", small.Lower998, small.Lower95, average)
			ordered(t, "upper limits", average, small.Upper95, small.Upper998)
			ordered(t, "size, above", average, large.Upper95, small.Upper95)
			ordered(t, "size, below", small.Lower95, large.Lower95, average)
		}
	})
}

func TestFunnelAgreesWithTheIntervalOfTheUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := int64(rapid.IntRange(1, 5000).Draw(t, "n"))
		x := int64(rapid.IntRange(0, int(n)).Draw(t, "x"))
		average := float64(rapid.IntRange(1, 99).Draw(t, "average")) / 100
		lo, hi := Wilson(x, n, Z95)
		level, high := FunnelProportion(average, float64(n)).Outside(float64(x) / float64(n))
		clear := math.Abs(lo-average) > 1e-9 && math.Abs(hi-average) > 1e-9
		if outside := lo > average || hi < average; clear && outside != (level > 0) {
			t.Fatalf("%d of %d about %v: interval %v to %v, level %v", x, n, average, lo, hi, level)
		}
		if level > 0 && high != (float64(x)/float64(n) > average) {
			t.Fatalf("the side is wrong")
		}
	})
}

func TestDifferencesContainThemselvesAndMirror(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n1, n2 := rapid.Int64Range(1, 2000).Draw(t, "n1"), rapid.Int64Range(1, 2000).Draw(t, "n2")
		x1, x2 := rapid.Int64Range(0, n1).Draw(t, "x1"), rapid.Int64Range(0, n2).Draw(t, "x2")
		d, lo, hi := NewcombeDifference(x1, n1, x2, n2, 0.95)
		ordered(t, "difference", lo, d, hi)
		ordered(t, "within one", -1, d, 1)
		back, low, high := NewcombeDifference(x2, n2, x1, n1, 0.95)
		if math.Abs(back+d) > 1e-12 || math.Abs(low+hi) > 1e-12 || math.Abs(high+lo) > 1e-12 {
			t.Fatalf("%v (%v to %v) is not the mirror of %v (%v to %v)", d, lo, hi, back, low, high)
		}
		if x1+x2 == 0 {
			return
		}
		r, rl, rh := RateRatio(x1, float64(n1), x2, float64(n2), 0.95)
		ordered(t, "ratio", rl, r, rh)
		if x1 < n1 && x2 > 0 {
			if more, _, _ := RateRatio(x1+1, float64(n1), x2, float64(n2), 0.95); more <= r {
				t.Fatalf("one more event does not raise the ratio")
			}
		}
	})
}

func TestRepeatEventsWidenTheIntervalAndNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Repeats{}
		for k := range 5 {
			r[k+1] = rapid.Int64Range(0, 40).Draw(t, "people")
		}
		got := CompoundPoisson(r, 25_000, 1000, 0.95)
		rate, lo, hi := PoissonRateAt(got.Events, 25_000, 1000, 0.95)
		if got.Rate != rate || got.Low > lo+1e-12 || got.High < hi-1e-12 {
			t.Fatalf("%+v against %v (%v to %v)", got, rate, lo, hi)
		}
		ordered(t, "rate", got.Low, got.Rate, got.High)
		r[1]++
		more := CompoundPoisson(r, 25_000, 1000, 0.95)
		if more.Events != got.Events+1 || more.People != got.People+1 || more.Squares != got.Squares+1 {
			t.Fatalf("one more person with one event: %+v became %+v", got, more)
		}
	})
}

func TestStandardisingToItselfChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var bands []Band
		var reference []Reference
		var events int64
		var people float64
		for range rapid.IntRange(1, 8).Draw(t, "bands") {
			x, n := rapid.Int64Range(5, 90).Draw(t, "x"), float64(rapid.IntRange(100, 9000).Draw(t, "n"))
			bands = append(bands, Band{x, x, n, n})
			reference = append(reference, Reference{x, n, n})
			events, people = events+x, people+n
		}
		d := DSR(bands, 1000, 0.95)
		if events >= exactBelow && math.Abs(d.Value-1000*float64(events)/people) > 1e-9 {
			t.Fatalf("%v, crude %v", d.Value, 1000*float64(events)/people)
		}
		ordered(t, "standardised", d.Low, d.Value, d.High)
		i := ISR(events, reference, 1000, 0.95)
		if math.Abs(i.Ratio-1) > 1e-9 {
			t.Fatalf("ratio to itself is %v", i.Ratio)
		}
		bands[0].Events = -1
		if missing := DSR(bands, 1000, 0.95); !math.IsNaN(missing.Value) {
			t.Fatalf("a missing count is taken as %v", missing)
		}
	})
}

func TestPairedChangeTurnsRound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 30).Draw(t, "n")
		before, after := make([]float64, n), make([]float64, n)
		for i := range n {
			before[i], after[i] = float64(rapid.IntRange(1, 5).Draw(t, "b")), float64(rapid.IntRange(1, 5).Draw(t, "a"))
		}
		there, back := PairedChange(before, after, 0.95), PairedChange(after, before, 0.95)
		ordered(t, "change", there.Low, there.Mean, there.High)
		if math.Abs(there.Mean+back.Mean) > 1e-12 || math.Abs(there.Low+back.High) > 1e-12 {
			t.Fatalf("%+v and %+v", there, back)
		}
		if n <= signFlipMost && !(there.SignFlip > 0 && there.SignFlip <= 1) {
			t.Fatalf("chance %v", there.SignFlip)
		}
		wider := PairedChange(before, after, 0.998)
		ordered(t, "confidence", wider.Low, there.Low, there.Mean)
	})
}

func TestMediansAndQuantilesKeepOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(0, 99), 1, 60).Draw(t, "values")
		m, lo, hi, _, coverage := MedianInterval(values, 0.95)
		ordered(t, "median", lo, m, hi)
		if len(values) < 6 != math.IsNaN(lo) || coverage < 0.95 {
			t.Fatalf("%d values: %v to %v at %v", len(values), lo, hi, coverage)
		}
		groups := Quantiles(values, 4, false)
		for i := range groups {
			for j := range groups {
				if values[i] < values[j] && groups[i] > groups[j] {
					t.Fatalf("%v is in group %d, %v in %d", values[i], groups[i], values[j], groups[j])
				}
			}
		}
	})
}

func TestDemandContainsItsEstimate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		share := rapid.Float64Range(0.01, 0.9).Draw(t, "share")
		n := Prevalence(share, 4000, 1.3, 100_000, rapid.Float64Range(0, 120_000).Draw(t, "known"), 0.95)
		ordered(t, "estimate", n.Low, n.Estimate, n.High)
		ordered(t, "unmet", n.UnmetLow, n.Unmet, n.UnmetHigh)
		ordered(t, "reach", n.ReachLow, n.Reach, n.ReachHigh)
		groups := []Stratum{{share, 0.01, 900}, {share / 2, 0.02, 400}}
		s := SyntheticEstimate(groups, 0.95)
		ordered(t, "synthetic", s.Low, s.Estimate, s.High)
		ordered(t, "together", s.LowTogether, s.Low, s.Estimate)
		seen := rapid.Int64Range(0, 300).Draw(t, "seen")
		m, lo, hi := PredictCount(seen, 4, 1, 0.95)
		ordered(t, "prediction", float64(lo), m, float64(hi))
		if _, more, _ := PredictCount(seen+1, 4, 1, 0.95); more < lo {
			t.Fatalf("one more event lowers the least count from %d to %d", lo, more)
		}
	})
}

func TestLogRankDoesNotMindTheOrderOfGroups(t *testing.T) {
	draw := func(t *rapid.T) (h Histogram) {
		for range rapid.IntRange(1, 10).Draw(t, "days") {
			h = append(h, DayCount{rapid.IntRange(0, 40).Draw(t, "day"), rapid.Int64Range(0, 4).Draw(t, "ended"), rapid.Int64Range(0, 4).Draw(t, "open")})
		}
		return h
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := draw(t), draw(t)
		ab, ba := LogRank(a, b), LogRank(b, a)
		if math.Abs(ab.ChiSq-ba.ChiSq) > 1e-9*math.Max(1, ab.ChiSq) {
			t.Fatalf("%v and %v", ab, ba)
		}
		if math.Abs(ab.Observed[0]+ab.Observed[1]-ab.Expected[0]-ab.Expected[1]) > 1e-9 {
			t.Fatalf("seen and expected differ in total: %+v", ab)
		}
	})
}

func TestOverdispersionIsNotMovedByOneOutlier(t *testing.T) {
	calm := []float64{-1, 0.5, 0.2, -0.7, 0.9, -0.4, 0.1}
	if phi, over := Overdispersion(calm); over || phi > 1 {
		t.Errorf("chance variation: %v", phi)
	}
	if phi, over := Overdispersion(append(calm[:6:6], 40)); over {
		t.Errorf("one outlier: %v", phi)
	}
	if phi, over := Overdispersion([]float64{-6, 5, -4, 6, 5, -5, 4}); !over || phi < 10 {
		t.Errorf("all far apart: %v", phi)
	}
	if phi, over := Overdispersion([]float64{9, -9, 9}); over || phi != 1 {
		t.Errorf("three units: %v", phi)
	}
}

func TestRunChartDoesNotJudgeAboutTheFloor(t *testing.T) {
	y := []float64{0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 1, 3, 1, 1, 2}
	if r := Run(y); !r.OnFloor || r.Signal {
		t.Errorf("%+v", r)
	}
}

func TestChartsWithoutSpreadHaveNoLimits(t *testing.T) {
	x, n := []float64{0, 0, 0, 0, 0, 0, 0, 0, 3}, []float64{9, 8, 7, 9, 8, 9, 6, 9, 9}
	for _, c := range (seriesOf{x, n}).charts(Options{Fix: 8}) {
		for i := range x {
			if c.Points[i].Rule != Common || c.Upper[i] == c.Lower[i] {
				t.Errorf("%s: point %d: %+v, limits %v to %v", c.Kind, i, c.Points[i], c.Lower[i], c.Upper[i])
			}
		}
	}
}
