package queries

import (
	"fmt"
	"math"

	"wherry/config"
	"wherry/queries/statistics"
)

// Bounds of what a series may be judged on.
const (
	fewestPoints  = 12  // below: no limits
	firmPoints    = 20  // below: trial limits
	longBaseline  = 24  // points of the baseline from 30 points on
	shortBaseline = 15  // points of the baseline from 24 points on
	runPoints     = 7   // points of a run that shows a shift
	rareCount     = 5   // a count or rate below this a step, on average over the baseline, has no limits
	rareShare     = 2   // likewise the cases a step that met a proportion, or did not
	mostHidden    = 0.2 // share of hidden points above which the rest misleads
)

// Ratios of season to noise (statistics.Season) above which a series is taken to follow the
// seasons: one in two hundred series without a season goes beyond.
const (
	seasonOfTwo  = 5.3 // two years of months, F(11, 11)
	seasonOfMore = 3.6 // three or more, F(11, 22)
)

// Read says what the statistics make of a Result in an edition's quarter, for the area of
// the partnership. It reads the Result's Figures and nothing else: no limit rests on a
// hidden number. got and want are the returns that came and those owed for the quarter.
func Read(r *Result, quarter config.Period, area string, got, want int) Reading {
	m := r.Measure
	out := Reading{Chart: "trend", Change: NotJudged, Assurance: NoTarget, Returns: got, ReturnsExpected: want}
	out.Headline, out.Period = headline(r, quarter, area)
	if m.Target != nil && m.Better != "neither" {
		out.Assurance = TooEarly
	}
	figures, why := judgedSeries(r, quarter, area)
	for _, f := range figures {
		out.Points = append(out.Points, Point{Figure: f})
	}
	if why != "" {
		out.Why = why
		return out
	}
	s := newSeries(m, figures)
	out.Limits.N = s.useful
	if s.useful < fewestPoints {
		out.Change = TooFew
		out.Why = fmt.Sprintf("%d of the %d points needed to judge a change.", s.useful, fewestPoints)
		return out
	}
	if out.Why = s.unfit(m); out.Why != "" {
		return out
	}
	s.judge(m, &out, quarter)
	return out
}

// headline is the figure a measure's page leads with: of its headline kind of period, the
// one that ends with the quarter, or the last that ended before.
func headline(r *Result, quarter config.Period, area string) (Figure, config.Period) {
	kind := r.Measure.HeadlineKind()
	period := config.Containing(kind, quarter.Last())
	if period.End.After(quarter.End) {
		period = period.Shift(-1)
	}
	for _, f := range r.Series(kind, area, "", "") {
		if f.Period == period {
			return f, period
		}
	}
	nan := math.NaN()
	return Figure{Period: period, Area: area, State: NotApplicable, Value: nan, Low: nan, High: nan}, period
}

// judgedSeries is the figures that show change: months, or quarters where there are no
// months. Rolling years and years come with why they cannot be judged.
func judgedSeries(r *Result, quarter config.Period, area string) (figures []Figure, why string) {
	for _, kind := range []config.PeriodKind{config.Month, config.Quarter, config.Rolling, config.Year} {
		for _, f := range r.Series(kind, area, "", "") {
			if !f.Period.End.After(quarter.End) {
				figures = append(figures, f)
			}
		}
		if len(figures) == 0 {
			continue
		}
		switch kind {
		case config.Rolling:
			why = "Each rolling year shares most of its months with the one before, so a change cannot be judged from them."
		case config.Year:
			why = "Years are too few to judge a change."
		}
		return figures, why
	}
	return nil, "There are no figures yet."
}

// series is a judged series as numbers: NaN where a figure is not shown or not whole.
type series struct {
	values, numerators, rests []float64
	useful, hidden            int
	first, last               int // places of the first and last useful value
	perStep                   string
}

func newSeries(m *Measure, figures []Figure) series {
	s := series{first: -1, last: -1, perStep: "month"}
	for i, f := range figures {
		s.perStep = string(f.Period.Kind)
		v := math.NaN()
		if f.State == Shown && !(partial(f) && (m.Kind == Count || m.Kind == Rate)) {
			v = f.Value
			s.useful++
			s.last = i
			if s.first < 0 {
				s.first = i
			}
			s.numerators = append(s.numerators, float64(f.Numerator))
			s.rests = append(s.rests, float64(f.Base-f.Numerator))
		}
		if f.State == Suppressed {
			s.hidden++
		}
		s.values = append(s.values, v)
	}
	return s
}

// partial says that more may yet be counted in f: a count of it is not yet whole.
func partial(f Figure) bool { return f.Provisional || len(f.Warnings) > 0 }

// unfit is why no limits suit the series, in words, or "".
func (s series) unfit(m *Measure) string {
	if float64(s.hidden) > mostHidden*float64(s.hidden+s.useful) {
		return "Too many " + s.perStep + "s are hidden to protect people for a change to be judged."
	}
	mean, rest := average(s.numerators[:s.baselinePoints()]), average(s.rests[:s.baselinePoints()])
	switch {
	case (m.Kind == Count || m.Kind == Rate) && mean < rareCount:
		return fmt.Sprintf("Counts this small (about %s a %s) vary too much by chance for a usual range.", decimals(mean, 0), s.perStep)
	case m.Kind == Proportion && math.Min(mean, rest) < rareShare:
		return fmt.Sprintf("Too few cases a %s for a usual range: on average fewer than %d met this, or fewer than %d did not.", s.perStep, rareShare, rareShare)
	}
	if s.perStep == "month" {
		f, years, ok := statistics.Season(s.values, 12)
		if ok && (f > seasonOfTwo || (years > 2 && f > seasonOfMore)) {
			return "The figures follow the seasons, so neighbouring months cannot be compared. Compare the same month a year before."
		}
	}
	return ""
}

func average(vs []float64) float64 {
	var sum float64
	for _, v := range vs {
		sum += v
	}
	return sum / float64(len(vs))
}
