package queries

import (
	"math"
	"math/rand"
	"regexp"
	"strings"
	"testing"

	"wherry/config"
)

var readingQuarter = config.Containing(config.Quarter, config.Day(2026, 7, 1))

// binomial draws the number of n cases that meet a chance p.
func binomial(rng *rand.Rand, n int64, p float64) (x int64) {
	for range n {
		if rng.Float64() < p {
			x++
		}
	}
	return x
}

func shown(p config.Period, value float64, x, n int64) Figure {
	return Figure{Period: p, Area: "E10", State: Shown, Value: value, Low: math.NaN(), High: math.NaN(), Numerator: x, Base: n, BaseShown: true}
}

// months is a proportion by month up to September 2026, with the quarter itself.
func months(m *Measure, n int, cell func(i int) (x, base int64)) *Result {
	r := &Result{Measure: m}
	first := config.Containing(config.Month, readingQuarter.Last()).Shift(1 - n)
	var x3, n3 int64
	for i := range n {
		x, base := cell(i)
		if i >= n-3 {
			x3, n3 = x3+x, n3+base
		}
		r.Figures = append(r.Figures, shown(first.Shift(i), valueOf(m, x, base), x, base))
	}
	r.Figures = append(r.Figures, shown(readingQuarter, valueOf(m, x3, n3), x3, n3))
	return r
}

func valueOf(m *Measure, x, n int64) float64 {
	switch m.Kind {
	case Proportion:
		return 100 * float64(x) / float64(n)
	case Rate:
		return float64(m.Per) * float64(x) / float64(n)
	}
	return float64(x)
}

func police() *Measure {
	return &Measure{ID: "RQ1", Title: "Police referrals with every core detail completed", Short: "Police referrals complete",
		Counts: "police referrals received", Met: "had every core detail", Kind: Proportion, Better: "up"}
}

func read(r *Result) *Result {
	r.Reading = Read(r, readingQuarter, "E10", 5, 5)
	return r
}

func TestReadFindsAShiftAndSaysSo(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for _, c := range []struct {
		name   string
		better string
		after  float64
		want   Change
		words  string
	}{
		{"up is better", "up", 0.80, Improving, "It has been above its monthly average of"},
		{"down is better", "down", 0.80, Concern, "It has been above its monthly average of"},
		{"fall", "up", 0.40, Concern, "It has been below its monthly average of"},
		{"neither", "neither", 0.80, Different, "no better or worse direction"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := police()
			m.Better = c.better
			r := read(months(m, 36, func(i int) (int64, int64) {
				if i < 28 {
					return binomial(rng, 150, 0.6), 150
				}
				return binomial(rng, 150, c.after), 150
			}))
			x := r.Reading
			if x.Change != c.want || x.Rule != "shift" || x.Run < 8 || x.Run > 12 {
				t.Errorf("change %s by %s, run %d", x.Change, x.Rule, x.Run)
			}
			s := ReadingSentences(r, english(t))
			if want := x.Points[28].Figure.Period; x.Since != want {
				t.Errorf("since %s, changed in %s", x.Since, want)
			}
			if more := strings.Contains(s.Change, "by more since February 2026"); more != (x.Run > 8) {
				t.Errorf("a run of %d: %q", x.Run, s.Change)
			}
			if !strings.Contains(s.Change, c.words) {
				t.Errorf("says %q", s.Change)
			}
			t.Log(s.Text(), "|", s.ChartTitle, "|", s.Detail)
		})
	}
}

// TestNoiseIsSeldomCalledAChange measures how often stable series of many shapes have
// their latest point flagged.
func TestNoiseIsSeldomCalledAChange(t *testing.T) {
	const runs = 1500
	for _, c := range []struct {
		name   string
		months int
		base   int64
		share  float64
		most   float64
	}{
		{"36 months", 36, 120, 0.6, 0.055},
		{"24 months", 24, 120, 0.6, 0.07},
		{"13 months", 13, 120, 0.6, 0.035},
		{"small bases", 36, 20, 0.3, 0.06},
		{"large bases", 36, 900, 0.8, 0.055},
	} {
		t.Run(c.name, func(t *testing.T) {
			rng := rand.New(rand.NewSource(20261031))
			flagged := 0
			for range runs {
				x := read(months(police(), c.months, func(int) (int64, int64) { return binomial(rng, c.base, c.share), c.base })).Reading
				if x.Change == Improving || x.Change == Concern {
					flagged++
				}
			}
			share := float64(flagged) / runs
			t.Logf("%.3f of %d stable series flagged", share, runs)
			if share > c.most {
				t.Errorf("%.3f is more than %.3f", share, c.most)
			}
		})
	}
}

func TestReadWaitsForTwelvePoints(t *testing.T) {
	r := read(months(police(), 6, func(i int) (int64, int64) { return 60 + int64(i%3), 100 }))
	if r.Reading.Change != TooFew || r.Reading.Limits.OK {
		t.Errorf("%+v", r.Reading)
	}
	if got := ReadingSentences(r, english(t)).Detail; got != "6 of 12 needed" {
		t.Errorf("verdict %q", got)
	}
	trial := read(months(police(), 14, func(i int) (int64, int64) { return 60 + int64(i*7%5), 100 }))
	if !trial.Reading.Limits.OK || !trial.Reading.Limits.Trial {
		t.Errorf("%+v", trial.Reading.Limits)
	}
}

func TestReadDoesNotJudgeWhatItCannot(t *testing.T) {
	count := func(better string) *Measure {
		return &Measure{Counts: "children", Kind: Count, Better: better, Short: "Children exposed"}
	}
	for name, r := range map[string]*Result{
		"rare":   months(count("down"), 36, func(i int) (int64, int64) { x := int64(i) % 9 / 8; return x, x }),
		"nobody": months(police(), 36, func(i int) (int64, int64) { return int64(i % 2), 100 }),
	} {
		x := read(r).Reading
		if x.Change != NotJudged || x.Why.Key == "" || x.Limits.OK || x.Chart != "trend" {
			t.Errorf("%s: %+v", name, x)
		}
	}
	rolling := &Result{Measure: &Measure{Kind: Rate, Per: 10000, Headline: "rolling", Counts: "cases"}}
	for i := -8; i <= 0; i++ {
		p := config.Containing(config.Rolling, readingQuarter.Last()).Shift(3 * i)
		rolling.Figures = append(rolling.Figures, shown(p, 12.3, 400, 390000))
	}
	if x := read(rolling).Reading; x.Change != NotJudged || x.Why.Key == "" || x.Headline.Value != 12.3 {
		t.Errorf("rolling: %+v", x)
	}
}

// TestAStepIsNoSeason keeps a change of level from being excused as a season.
func TestAStepIsNoSeason(t *testing.T) {
	rng := rand.New(rand.NewSource(9))
	excused := 0
	for at := range 300 {
		x := read(months(police(), 36, func(i int) (int64, int64) {
			if i < 24+at%6 {
				return binomial(rng, 200, 0.55), 200
			}
			return binomial(rng, 200, 0.75), 200
		})).Reading
		if x.Change != Improving {
			excused++
		}
	}
	if excused > 6 {
		t.Errorf("%d of 300 steps were not found", excused)
	}
}

func TestHiddenMonthsAreGapsAndNotNumbers(t *testing.T) {
	noise := []int64{0, 5, 2, 7, 1, 4, 6, 3}
	make36 := func(secret int64) *Result {
		r := months(police(), 36, func(i int) (int64, int64) { return 58 + noise[i*5%8], 100 })
		for _, i := range []int{3, 20} {
			f := &r.Figures[i]
			f.State, f.Value, f.Numerator = Suppressed, math.NaN(), secret
		}
		return read(r)
	}
	a, b := make36(1), make36(1000)
	if a.Reading.Limits != b.Reading.Limits || a.Reading.Change != b.Reading.Change || !a.Reading.Limits.OK {
		t.Errorf("a hidden number moves the limits: %+v and %+v", a.Reading.Limits, b.Reading.Limits)
	}
	if a.Reading.Points[3].Rule != "" || a.Reading.Limits.N != 24 {
		t.Errorf("%+v, %+v", a.Reading.Points[3], a.Reading.Limits)
	}
}

func TestReadComparesTheTargetWithTheCurrentStretch(t *testing.T) {
	rng := rand.New(rand.NewSource(12))
	steady := func(int) int64 { return rng.Int63n(6) }
	for _, c := range []struct {
		name   string
		target float64
		level  func(i int) int64
		want   Assurance
	}{
		{"met", 50, func(i int) int64 { return 70 + steady(i) }, Expected},
		{"not met", 95, func(i int) int64 { return 70 + steady(i) }, NotExpected},
		{"perhaps", 72, func(i int) int64 { return 70 + steady(i) }, MayOrMayNot},
		{"shifted long ago", 85, func(i int) int64 {
			if i < 26 {
				return 70 + steady(i)
			}
			return 92 + steady(i)
		}, Expected},
		{"shifted just now", 85, func(i int) int64 {
			if i < 33 {
				return 70 + steady(i)
			}
			return 92 + steady(i)
		}, TooEarly},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := police()
			m.Target = &Target{Value: c.target}
			r := read(months(m, 36, func(i int) (int64, int64) { return c.level(i), 100 }))
			if r.Reading.Assurance != c.want {
				t.Errorf("assurance %s by rule %s", r.Reading.Assurance, r.Reading.Rule)
			}
			s := ReadingSentences(r, english(t))
			if !strings.Contains(s.Target, "target") {
				t.Errorf("says %q", s.Target)
			}
			if c.want == Expected && r.Reading.Rule == "shift" && !strings.Contains(s.Target, "since this began") {
				t.Errorf("does not say which points it rests on: %q", s.Target)
			}
		})
	}
}

// never is the words that no sentence may use of a number.
var never = regexp.MustCompile(`(?i)\b(fail\w*|breach\w*|poor\w*|good news|dropped|soared|slumped|due to|led to|because of|only|just|refused|alleged)\b|NaN|%%|%!`)

func TestSentencesKeepToTheWords(t *testing.T) {
	rng := rand.New(rand.NewSource(77))
	kinds := []Kind{Count, Proportion, Rate, Duration}
	for i := range 3000 {
		m := police()
		m.Kind, m.Better, m.Per = kinds[i%4], []string{"up", "down", "neither"}[rng.Intn(3)], 10000
		m.Population = &Population{Sex: "female", Age: "16+"}
		if rng.Intn(2) == 0 {
			m.Target = &Target{Value: float64(5 + rng.Intn(95))}
		}
		step, base := rng.Float64()*0.4, int64(10+rng.Intn(300))
		r := months(m, 4+rng.Intn(33), func(i int) (int64, int64) {
			p := 0.4
			if i > 20 {
				p += step
			}
			return binomial(rng, base, p), base
		})
		last := &r.Figures[len(r.Figures)-1]
		last.State = []State{Shown, Shown, Shown, Suppressed, NotSupplied, NotApplicable, Pending}[rng.Intn(7)]
		r.Figures[len(r.Figures)-2].Provisional = rng.Intn(3) == 0
		r.Reading = Read(r, readingQuarter, "E10", 3+rng.Intn(3), 5)
		s := ReadingSentences(r, english(t))
		if n := len(strings.Fields(s.Text())); n > mostWords || s.Lead == "" || s.Change == "" {
			t.Fatalf("%d words: %q", n, s.Text())
		}
		if n := len(strings.Fields(s.ChartTitle)); n > titleWords || n == 0 {
			t.Fatalf("title of %d words: %q", n, s.ChartTitle)
		}
		all := s.Text() + " " + s.ChartTitle + " " + s.Detail
		if bad := never.FindString(all); bad != "" {
			t.Fatalf("%q in %q", bad, all)
		}
		if strings.Contains(strings.ReplaceAll(strings.ToLower(all), "no significant change", ""), "significant") {
			t.Fatalf("an unusual value is called significant: %q", all)
		}
		if i < 16 {
			t.Log(s.Text(), "|", s.ChartTitle, "|", s.Detail)
		}
	}
}

func TestSentencesNameWhatIsCounted(t *testing.T) {
	year := config.Containing(config.Rolling, readingQuarter.Last())
	for _, c := range []struct {
		m     Measure
		value float64
		lead  string
	}{
		{Measure{Kind: Rate, Per: 10000, Counts: "young children exposed", Headline: "rolling", Population: &Population{Age: "0-7"}}, 56.24,
			"There were 56.2 young children exposed per 10,000 children aged 0 to 7 in the year to September 2026."},
		{Measure{Kind: Rate, Per: 10000, Counts: "cases discussed", Headline: "rolling", Population: &Population{Sex: "female", Age: "16+"}}, 30.06,
			"There were 30.1 cases discussed per 10,000 females aged 16 and over in the year to September 2026."},
		{Measure{Kind: Duration, Title: "Working days to first contact", Headline: "rolling"}, 3, "Working days to first contact: the median was 3 working days in the year to September 2026."},
		{Measure{Kind: Count, Counts: "actions reported", Headline: "rolling"}, 1278, "There were 1,278 actions reported in the year to September 2026."},
		{Measure{Kind: Proportion, Counts: "places offered", Met: "were used", Headline: "rolling"}, 99.7, "99.7% of places offered were used in the year to September 2026."},
	} {
		r := &Result{Measure: &c.m, Figures: []Figure{shown(year, c.value, 10, 100)}}
		if got := ReadingSentences(read(r), english(t)).Lead; got != c.lead {
			t.Errorf("got  %q\nwant %q", got, c.lead)
		}
	}
}
