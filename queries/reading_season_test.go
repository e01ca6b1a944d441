package queries

import (
	"math"
	"math/rand"
	"strings"
	"testing"

	"wherry/config"
)

// seasonalMonths is a measure with a season of so many standard deviations (amplitude) and a
// shift of so many from a place on.
func seasonalMonths(rng *rand.Rand, m *Measure, n int, amplitude, shift float64, at int) *Result {
	r := &Result{Measure: m}
	first := config.Containing(config.Month, readingQuarter.Last()).Shift(1 - n)
	for i := range n {
		move := amplitude * math.Sin(float64(i)*math.Pi/6)
		if i >= at {
			move += shift
		}
		f := shown(first.Shift(i), 400+20*(move+rng.NormFloat64()), 400, 400)
		switch m.Kind {
		case Proportion: // the standard deviation of 400 cases at a half is 2.5 points
			f.Numerator = binomial(rng, 400, 0.5+0.025*move)
			f.Value = float64(f.Numerator) / 4
		case Rate:
			f.Base = 390000
			f.Numerator = poisson(rng, 100+10*move)
			f.Value = float64(f.Numerator) / 39
		}
		r.Figures = append(r.Figures, f)
	}
	return read(r)
}

func seasonalKinds() map[string]*Measure {
	return map[string]*Measure{
		"duration": {Kind: Duration, Better: "up", Counts: "cases", Title: "Days"},
		"share":    {Kind: Proportion, Better: "up", Counts: "cases", Met: "did", Title: "Cases"},
		"rate":     {Kind: Rate, Per: 10000, Better: "up", Counts: "cases", Title: "Cases"},
	}
}

// TestASeasonIsNotCalledAChange counts false signals on stable series with a season, and on
// those without: the first are no more frequent, within the error of this count.
func TestASeasonIsNotCalledAChange(t *testing.T) {
	const series = 800
	for name, m := range seasonalKinds() {
		for _, n := range []int{25, 36, 44} {
			rng := rand.New(rand.NewSource(20261128))
			flagged := func(amplitude float64) (share float64, adjusted int) {
				found := 0
				for range series {
					x := seasonalMonths(rng, m, n, amplitude, 0, n).Reading
					if x.Change != NoChange {
						found++
					}
					if x.Seasonal() {
						adjusted++
					}
				}
				return float64(found) / series, adjusted
			}
			plain, _ := flagged(0)
			season, adjusted := flagged(4)
			t.Logf("%s, %d months: %.3f flagged without a season, %.3f with one, %d adjusted", name, n, plain, season, adjusted)
			if season > plain+0.02 || adjusted < series*95/100 {
				t.Errorf("%s, %d months: %.3f flagged with a season, %.3f without; %d of %d adjusted", name, n, season, plain, adjusted, series)
			}
		}
	}
}

// TestAShiftIsFoundThroughASeason moves seasonal series by two standard deviations, and looks
// nine months later and at when it is said to have begun.
func TestAShiftIsFoundThroughASeason(t *testing.T) {
	const series = 600
	for name, m := range seasonalKinds() {
		rng := rand.New(rand.NewSource(5))
		found, near := 0, 0
		for range series {
			x := seasonalMonths(rng, m, 36, 4, 2, 27).Reading
			if x.Change == Improving && x.Seasonal() {
				found++
				if x.Rule == "shift" && x.pointsSince() >= 7 && x.pointsSince() <= 11 {
					near++
				}
			}
		}
		t.Logf("%s: %d of %d found, %d to within two months", name, found, series, near)
		if found < series*65/100 || near < found*70/100 {
			t.Errorf("%s: %d of %d shifts found, %d of them to within two months", name, found, series, near)
		}
	}
}

// TestASeasonIsSaidInWords reads a seasonal share that rose, one that did not, and one of
// which too many early months are hidden.
func TestASeasonIsSaidInWords(t *testing.T) {
	m := seasonalKinds()["share"]
	m.Target = &Target{Value: 34}
	rng := rand.New(rand.NewSource(11))
	steady := seasonalMonths(rng, m, 36, 4, 0, 36)
	x, s := steady.Reading, ReadingSentences(steady, english(t))
	if !strings.Contains(s.Change, "With the season taken out, the latest month is within its usual range of ") || !strings.Contains(x.ChartWhy.In(english(t)), "the season is taken out") {
		t.Errorf("says %q, %q", s.Change, x.ChartWhy.In(english(t)))
	}
	// a target within the band of one month of the year, though not of the last, may be missed
	if last := x.Points[35]; last.Lower <= 34 || x.Assurance != MayOrMayNot {
		t.Errorf("limits of the last month %v to %v, target %s", last.Lower, last.Upper, x.Assurance)
	}
	for i := 24; i < 36; i++ {
		if p, q := x.Points[i], x.Points[i-12]; math.Abs(p.Centre-q.Centre) > 1e-9 || p.Lower >= p.Centre || p.Upper <= p.Centre {
			t.Errorf("month %d: %v, %v, %v; a year before %v", i, p.Lower, p.Centre, p.Upper, q.Centre)
		}
	}
	limits := func(secret int64) Limits {
		r := seasonalMonths(rand.New(rand.NewSource(11)), m, 36, 4, 0, 36)
		f := &r.Figures[17]
		f.State, f.Value, f.Numerator, f.Base, f.BaseShown = Suppressed, math.NaN(), secret, secret+1, false
		return read(r).Reading.Limits
	}
	if a, b := limits(1), limits(1000); a != b || !a.OK {
		t.Errorf("a hidden month moves the limits: %+v and %+v", a, b)
	}
	rose := seasonalMonths(rng, m, 36, 4, 3, 27)
	x, s = rose.Reading, ReadingSentences(rose, english(t))
	if x.Rule != "shift" || !strings.HasPrefix(s.Change, "It has been above what is usual for the time of year for ") ||
		!strings.Contains(s.ChartTitle, "above usual for the time of year since ") || x.Assurance != TooEarly {
		t.Errorf("says %q, %q, target %s", s.Change, s.ChartTitle, x.Assurance)
	}
	for _, i := range []int{1, 2, 3, 4, 5, 7} {
		f := &steady.Figures[i]
		f.State, f.Value = Suppressed, math.NaN()
	}
	if x := read(steady).Reading; x.Change != NotJudged || !strings.Contains(x.Why.In(english(t)), "too few months of the first two years are known") || x.Limits.OK {
		t.Errorf("%s: %q", x.Change, x.Why.In(english(t)))
	}
}
