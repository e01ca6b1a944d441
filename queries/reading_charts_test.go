package queries

import (
	"math"
	"math/rand"
	"reflect"
	"strings"
	"testing"

	"wherry/config"
)

// TestTheDataChooseTheChart gives each kind of data and expects the chart that suits it.
func TestTheDataChooseTheChart(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	share := func(move float64) func(int) (int64, int64) {
		return func(int) (int64, int64) {
			n := 300 + rng.Int63n(600)
			return binomial(rng, n, 0.6+move*rng.NormFloat64()), n
		}
	}
	counts := func(mean float64) func(int) (int64, int64) {
		return func(int) (int64, int64) { x := poisson(rng, mean); return x, x }
	}
	kind := func(k Kind) *Measure {
		return &Measure{Kind: k, Better: "up", Per: 10000, Counts: "cases", Title: "Cases"}
	}
	for _, c := range []struct {
		name   string
		m      *Measure
		months int
		cell   func(int) (int64, int64)
		want   string
	}{
		{"shares that differ by more than chance", police(), 36, share(0.08), "p_prime"},
		{"rates", kind(Rate), 36, func(int) (int64, int64) { return poisson(rng, 40), 390000 }, "u_prime"},
		{"counts", kind(Count), 36, counts(60), "xmr"},
		{"small counts", kind(Count), 36, counts(3), "c"},
		{"rare counts", kind(Count), 48, counts(0.7), "g"},
		{"medians", kind(Duration), 36, func(int) (int64, int64) { return 5 + rng.Int63n(6), 100 }, "xmr"},
		{"means", kind(Mean), 36, func(int) (int64, int64) { return 30 + rng.Int63n(9), 100 }, "xmr"},
		{"few points", police(), 9, share(0), "run"},
		{"distributions", kind(Distribution), 36, counts(60), "trend"},
		{"estimates", kind(Estimate), 36, counts(60), "trend"},
	} {
		x := read(months(c.m, c.months, c.cell)).Reading
		if x.Chart != c.want {
			t.Errorf("%s: chart %s (%s), want %s", c.name, x.Chart, x.Why, c.want)
		}
		if (x.ChartWhy.Key == "") != (c.want == "trend") || x.ChartWhy.Key == "" && x.Why.Key == "" {
			t.Errorf("%s: says why by %q and %q", c.name, x.ChartWhy.In(english(t)), x.Why.In(english(t)))
		}
	}
	binomialOnly := 0
	for range 100 {
		if read(months(police(), 36, share(0))).Reading.Chart == "p" {
			binomialOnly++
		}
	}
	if binomialOnly < 25 {
		t.Errorf("%d of 100 binomial series are on a p chart", binomialOnly)
	}
}

// TestLimitsAllowForTheBase keeps one percentage usual where few cases made it, and unusual
// where many did.
func TestLimitsAllowForTheBase(t *testing.T) {
	last := func(n int64) Reading {
		rng := rand.New(rand.NewSource(8))
		return read(months(police(), 36, func(i int) (int64, int64) {
			if i == 35 {
				return n * 3 / 4, n
			}
			return binomial(rng, 400, 0.6), 400
		})).Reading
	}
	few, many := last(20), last(2000)
	if few.Change != NoChange || many.Rule != "outside" {
		t.Errorf("75%% of 20: %s, 75%% of 2000: %s by %s", few.Change, many.Change, many.Rule)
	}
	if f, m := few.Points[35], many.Points[35]; f.Upper <= m.Upper || math.Abs(f.Centre-m.Centre) > 1e-9 {
		t.Errorf("limits of few %v to %v, of many %v to %v", f.Lower, f.Upper, m.Lower, m.Upper)
	}
	for i, p := range many.Points {
		if !(p.Lower <= p.Centre && p.Centre <= p.Upper) || p.Lower < 0 || p.Upper > 100 {
			t.Errorf("point %d: %v, %v, %v", i, p.Lower, p.Centre, p.Upper)
		}
		if (p.Rule != "") != (p.Better || p.Rule != "" && !p.High) {
			t.Errorf("point %d: rule %q, high %v, better %v", i, p.Rule, p.High, p.Better)
		}
	}
}

// TestRareEventsAreJudgedByTheirGaps brings events closer together.
func TestRareEventsAreJudgedByTheirGaps(t *testing.T) {
	m := &Measure{Kind: Count, Better: "down", Counts: "reviews", Title: "Reviews", Protects: "nobody"}
	r := read(months(m, 48, func(i int) (int64, int64) {
		if i >= 38 || i%3 == 0 {
			return 1, 1
		}
		return 0, 0
	}))
	x := r.Reading
	if x.Chart != "g" || x.Change != Concern || !x.High || x.Limits.OK {
		t.Errorf("chart %s, change %s by %s, high %v (%s)", x.Chart, x.Change, x.Rule, x.High, x.Why.In(english(t)))
	}
	s := ReadingSentences(r, english(t))
	if s.Change != "They have come closer together than usual." || s.Detail != "closer together than usual" {
		t.Errorf("says %q, %q", s.Change, s.Detail)
	}
}

// onceChanged is police referrals by month that change from 50% to 80% at place 16.
func onceChanged() *Result {
	rng := rand.New(rand.NewSource(5))
	return months(police(), 36, func(i int) (int64, int64) {
		if i < 16 {
			return binomial(rng, 300, 0.5), 300
		}
		return binomial(rng, 300, 0.8), 300
	})
}

func definition(kind config.DefinitionKind, on string) config.Definition {
	return config.Definition{ID: "it-changed", Title: "A new form", Kind: kind, On: on, Says: "It changed.", Source: "The book"}
}

// TestABreakEndsAllComparison puts a change of definition where the level changes: without
// it the change is found, with it nothing reaches across.
func TestABreakEndsAllComparison(t *testing.T) {
	plain := read(onceChanged()).Reading
	if plain.Change != Improving {
		t.Fatalf("without a break: %s", plain.Change)
	}
	r := onceChanged()
	r.Measure.Target = &Target{Value: 70}
	r.Reading = Read(r, readingQuarter, "E10", 5, 5, definition(config.Break, "2025-02-01"))
	x := r.Reading
	if len(x.Breaks) != 1 || x.Breaks[0].Period.String() != "2025-02" || x.Change != NoChange || x.Limits.Points != 20 {
		t.Fatalf("breaks %v, change %s, %d points", x.Breaks, x.Change, x.Limits.Points)
	}
	if x.Limits.From.String() != "2025-02" || math.Abs(x.Limits.Mean-80) > 3 || x.Assurance != Expected {
		t.Errorf("limits from %s about %v, target %s", x.Limits.From, x.Limits.Mean, x.Assurance)
	}
	if before, after := x.Points[15], x.Points[16]; math.Abs(before.Centre-50) > 3 || math.Abs(after.Centre-80) > 3 {
		t.Errorf("the lines do not break: %v then %v", before.Centre, after.Centre)
	}
	if s := ReadingSentences(r, english(t)); !strings.HasPrefix(s.Change, "Figures before and after February 2025 cannot be compared. There is no significant change.") {
		t.Errorf("says %q", s.Change)
	}
}

func TestNoTotalReachesAcrossABreak(t *testing.T) {
	r := onceChanged()
	r.Reading = Read(r, readingQuarter, "E10", 5, 5, definition(config.Break, "2026-08-15"))
	x := r.Reading
	if x.Headline.State != Broken || !math.IsNaN(x.Headline.Value) || x.Headline.Base != 0 || x.Headline.Numerator != 0 {
		t.Errorf("headline %+v", x.Headline)
	}
	if last := x.Points[34]; last.Figure.State != Broken || x.Change != TooFew || x.Limits.Points != 1 || x.Breaks[0].Period.String() != "2026-09" {
		t.Errorf("August is %s, change %s of %d points, breaks %v", last.Figure.State, x.Change, x.Limits.Points, x.Breaks)
	}
	s := ReadingSentences(r, english(t))
	if !strings.HasPrefix(s.Lead, "Not given: the definition changed within July to September 2026") ||
		s.Change != "Figures before and after August 2026 cannot be compared. There is 1 point since. At least 12 are needed before a change can be judged." {
		t.Errorf("says %q, %q", s.Lead, s.Change)
	}
}

func TestLimitsResetForANamedReasonAlone(t *testing.T) {
	reset := definition(config.Warning, "2025-02-01")
	reset.Rebase = true
	r := onceChanged()
	r.Reading = Read(r, readingQuarter, "E10", 5, 5, reset)
	if x := r.Reading; x.Change != NoChange || x.Limits.From.String() != "2025-02" || x.Headline.State != Shown {
		t.Errorf("%s, limits from %s", x.Change, x.Limits.From)
	}
	if s := ReadingSentences(r, english(t)); !strings.HasPrefix(s.Change, "From February 2025 the usual range is reset: A new form. ") {
		t.Errorf("says %q", s.Change)
	}
	for name, d := range map[string]config.Definition{"warning": definition(config.Warning, "2025-02-01"), "undated": definition(config.Break, "")} {
		r := onceChanged()
		x := Read(r, readingQuarter, "E10", 5, 5, d)
		if x.Change != Improving || len(x.Breaks) != 0 || len(x.Cautions) != 1 {
			t.Errorf("%s: %s, %d breaks, %d cautions", name, x.Change, len(x.Breaks), len(x.Cautions))
		}
	}
}

func TestWhatTheLedgerRefusesIsNotSaid(t *testing.T) {
	refusal := func(what string) Reading {
		d := definition(config.Refusal, "")
		d.Refuses = []string{what}
		r := onceChanged()
		r.Measure.Target = &Target{Value: 70}
		return Read(r, readingQuarter, "E10", 5, 5, d)
	}
	if x := refusal(config.RefuseChange); x.Change != NotJudged || x.Why.In(english(t)) != "A change is not judged: A new form." || x.Limits.OK {
		t.Errorf("change: %s, %q", x.Change, x.Why.In(english(t)))
	}
	if x := refusal(config.RefuseDirection); x.Change != Different || x.Assurance != NoTarget {
		t.Errorf("direction: %s, %s", x.Change, x.Assurance)
	}
	if x := refusal(config.RefuseTarget); x.Change != Improving || x.Assurance != NoTarget {
		t.Errorf("target: %s, %s", x.Change, x.Assurance)
	}
	if x := refusal(config.RefuseCompare); x.Change != Improving || !x.Refuses(config.RefuseCompare) || x.Refuses(config.RefuseTarget) {
		t.Errorf("compare: %s", x.Change)
	}
}

// TestHiddenMonthsMoveNoChart changes what hidden months hold, under every chart.
func TestHiddenMonthsMoveNoChart(t *testing.T) {
	for _, kind := range []Kind{Proportion, Rate, Count, Duration, Mean} {
		reading := func(secret int64) Reading {
			rng := rand.New(rand.NewSource(2))
			m := &Measure{Kind: kind, Better: "up", Per: 10000}
			r := months(m, 36, func(int) (int64, int64) { return 40 + rng.Int63n(30), 100 })
			for _, i := range []int{3, 20} {
				f := &r.Figures[i]
				f.State, f.Value, f.Numerator, f.Base, f.BaseShown = Suppressed, math.NaN(), secret, secret+1, false
			}
			return read(r).Reading
		}
		a, b := reading(1), reading(1000)
		if a.Limits != b.Limits || a.Change != b.Change || !a.Limits.OK {
			t.Errorf("%s: limits %+v and %+v", kind, a.Limits, b.Limits)
		}
		for i := range a.Points {
			p, q := a.Points[i], b.Points[i]
			if p.Rule != q.Rule || math.Float64bits(p.Upper) != math.Float64bits(q.Upper) {
				t.Errorf("%s, point %d: %v and %v", kind, i, p, q)
			}
		}
	}
}

func TestSentencesOfTheOtherKinds(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name   string
		m      Measure
		figure Figure
		parts  []Figure
		lead   string
		trust  string
	}{
		{"mean", Measure{Kind: Mean, Title: "Nights stayed", MeasuredIn: "nights"}, Figure{State: Shown, Value: 34.24, Base: 80, BaseShown: true}, nil,
			"Nights stayed: the average was 34.2 nights in July to September 2026.", ""},
		{"change", Measure{Kind: PairedChange, Counts: "people trained", MeasuredIn: "points"},
			Figure{State: Shown, Value: 0.8, Base: 45, BaseShown: true, Paired: &Paired{Started: 60, Paired: 45}}, nil,
			"Scores rose by 0.80 points on average in July to September 2026, for 45 of 60 people trained who gave both.",
			"Based on 45 cases, so small changes matter."},
		{"no change", Measure{Kind: PairedChange, Counts: "people trained", MeasuredIn: "points"},
			Figure{State: Shown, Value: -0.001, Base: 90, BaseShown: true, Paired: &Paired{Started: 120, Paired: 90, MayRegress: true}}, nil,
			"Scores did not move on average in July to September 2026, for 90 of 120 people trained who gave both.",
			"Scores far from the usual move towards it without any effect."},
		{"change of teams", Measure{Kind: PairedChange, Counts: "trained teams with earlier referrals",
			Moves: "complete referrals", Against: "untrained teams", MeasuredIn: "percentage points"},
			Figure{State: Shown, Value: 5.3, Base: 52, BaseShown: true, Paired: &Paired{Started: 55, Paired: 52}}, nil,
			"Set against untrained teams, complete referrals rose by 5.3 percentage points on average in July to September 2026, for 52 of 55 trained teams with earlier referrals.", ""},
		{"estimate", Measure{Kind: Estimate, Counts: "adults who experienced abuse", MeasuredIn: "people"},
			Figure{State: Shown, Value: 28123, Low: 26000, High: 30000}, nil,
			"An estimated 28,123 people (between 26,000 and 30,000): adults who experienced abuse in July to September 2026.", ""},
		{"estimate alone", Measure{Kind: Estimate, Counts: "adults who experienced abuse", MeasuredIn: "people"},
			Figure{State: Shown, Value: 28123, Low: nan, High: nan}, nil,
			"An estimated 28,123 people: adults who experienced abuse in July to September 2026.", ""},
		{"distribution", Measure{Kind: Distribution, Counts: "stays ended"}, Figure{State: Shown, Value: 120, Base: 120, BaseShown: true},
			[]Figure{{Category: "own_tenancy", State: Shown, Value: 45}, {Category: "family", State: Shown, Value: 55}},
			"Of 120 stays ended in July to September 2026, the largest part is family, 55%.", ""},
		{"distribution in part", Measure{Kind: Distribution, Counts: "stays ended"}, Figure{State: Shown, Value: 120, Base: 120, BaseShown: true},
			[]Figure{{Category: "own_tenancy", State: Shown, Value: 45}, {Category: "family", State: Suppressed, Value: nan}},
			"There were 120 stays ended in July to September 2026.", ""},
		{"people and events", Measure{Kind: Rate, Counts: "incidents", Per: 1000}, Figure{State: Shown, Value: 4.88, Numerator: 122, Base: 25000, BaseShown: true, People: 97, PeopleShown: true}, nil,
			"There were 4.9 incidents per 1,000 people in July to September 2026.", "They befell 97 people."},
	} {
		c.figure.Period, c.figure.Area = readingQuarter, "E10"
		r := &Result{Measure: &c.m, Figures: []Figure{c.figure}}
		for _, p := range c.parts {
			p.Period, p.Area, p.Breakdown = readingQuarter, "E10", CategoryBreakdown
			r.Figures = append(r.Figures, p)
		}
		s := ReadingSentences(read(r), english(t))
		if trust := strings.Join(trustWords(english(t), r.Measure, r.Reading), " "); s.Lead != c.lead || trust != c.trust {
			t.Errorf("%s: %q, %q\nwant %q, %q", c.name, s.Lead, trust, c.lead, c.trust)
		}
	}
}

// TestAgreeKeepsWhatTheLedgerSays leaves breaks and refusals on a reading left unjudged.
func TestAgreeKeepsWhatTheLedgerSays(t *testing.T) {
	r, finer := onceChanged(), onceChanged()
	d := definition(config.Break, "2025-02-01")
	r.Reading = Read(r, readingQuarter, "E10", 5, 5, d)
	want := r.Reading.Breaks
	finer.Reading = Reading{Change: Concern}
	r.Agree(finer, 5)
	if x := r.Reading; x.Change != NotJudged || !reflect.DeepEqual(x.Breaks, want) || !math.IsNaN(x.Points[20].Centre) {
		t.Errorf("%s, breaks %v, centre %v", x.Change, x.Breaks, x.Points[20].Centre)
	}
}

// TestMostlyHiddenIsNotCalledTooFew says that months are hidden, not that there are few.
func TestMostlyHiddenIsNotCalledTooFew(t *testing.T) {
	r := months(police(), 36, func(i int) (int64, int64) { return 10 + int64(i%5), 30 })
	for i := range 30 {
		f := &r.Figures[i]
		f.State, f.Value = Suppressed, math.NaN()
	}
	if x := read(r).Reading; x.Change != NotJudged || !strings.Contains(x.Why.In(english(t)), "hidden to protect people") || x.Chart != "trend" {
		t.Errorf("%s on %s: %q", x.Change, x.Chart, x.Why.In(english(t)))
	}
}

func TestASeriesThatNeverMovesIsAtItsUsual(t *testing.T) {
	r := read(months(&Measure{Kind: Count, Better: "neither", Counts: "actions"}, 36, func(int) (int64, int64) { return 25, 25 }))
	if got := ReadingSentences(r, english(t)).Change; got != "There is no significant change. The latest month is at its usual 25." {
		t.Errorf("says %q", got)
	}
}
