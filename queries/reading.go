package queries

import (
	"math"

	"wherry/config"
)

// Bounds of what a series may be judged on.
const (
	fewestPoints  = 12  // below: a median at most, and no judgement
	firmPoints    = 20  // below: trial limits
	longBaseline  = 24  // points of the baseline from 30 points on
	shortBaseline = 15  // points of the baseline from 24 points on
	runPoints     = 7   // points of a run that shows a shift
	rareCount     = 5   // a count below this a step, on average over the baseline, is rare
	scarceCount   = 1   // a rare count below this is judged by the time between events
	rareShare     = 2   // cases a step that met a proportion, or did not, below which it has no limits
	mostHidden    = 0.2 // share of hidden points above which the rest misleads
)

// Read says what the statistics make of a Result in an edition's quarter, for the area of
// the partnership. It reads the Result's Figures and nothing else: no limit rests on a
// hidden number. got and want are the returns that came and those owed for the quarter;
// ledger is the definitions about the measure (config.Partnership.DefinitionsFor). A Figure
// of the Result whose period lies across a break becomes Broken.
func Read(r *Result, quarter config.Period, area string, got, want int, ledger ...config.Definition) Reading {
	m := r.Measure
	r.refuseAcross(ledger)
	out := Reading{Chart: "trend", Change: NotJudged, Assurance: NoTarget, Returns: got, ReturnsExpected: want}
	out.heed(ledger)
	out.Headline, out.Period = headline(r, quarter, area)
	if m.Kind == Distribution {
		out.Parts = r.partsOf(out.Headline)
	}
	if m.Target != nil && out.direction(m) != "neither" && !out.Refuses(config.RefuseTarget) {
		out.Assurance = TooEarly
	}
	figures, why := judgedSeries(r, quarter, area)
	out.Breaks = breaksOf(figures, ledger)
	for _, f := range figures {
		nan := math.NaN()
		out.Points = append(out.Points, Point{Figure: f, Lower: nan, Centre: nan, Upper: nan})
	}
	if why.Key != "" {
		out.Why = why
		return out
	}
	s := newSeries(m, &out)
	for _, earlier := range s[:len(s)-1] {
		if earlier.useful >= fewestPoints && earlier.unfit().Key == "" {
			out.draw(earlier, earlier.chart())
		}
	}
	out.judge(s[len(s)-1], quarter)
	return out
}

// headline is the figure a measure's page leads with: of its headline kind of period, the
// one that ends with the quarter, or the last that ended before. Where rows are judged only
// after a time and that one is too young, it is the last that is not.
func headline(r *Result, quarter config.Period, area string) (Figure, config.Period) {
	kind := r.Measure.HeadlineKind()
	period := config.Containing(kind, quarter.Last())
	if period.End.After(quarter.End) {
		period = period.Shift(-1)
	}
	series := r.Series(kind, area, "", "")
	for i := len(series) - 1; i >= 0; i-- {
		f := series[i]
		if f.Period == period || (f.Period.End.Before(period.End) && r.Measure.Matures > 0) {
			if !r.tooYoung(f) || i == 0 {
				return f, f.Period
			}
		}
	}
	nan := math.NaN()
	return Figure{Period: period, Area: area, State: NotApplicable, Value: nan, Low: nan, High: nan}, period
}

// tooYoung says that most of f's period cannot be judged yet, in a measure whose rows are
// judged only after a time.
func (r *Result) tooYoung(f Figure) bool {
	if r.Measure.Matures == 0 || r.Measure.Kind == Duration {
		return false
	}
	months, pending := 0, 0
	for _, month := range r.Series(config.Month, f.Area, "", "") {
		if f.Period.Holds(month.Period.Start) {
			months++
			if month.State == Pending {
				pending++
			}
		}
	}
	return f.State == Pending || 2*pending > months
}

// partsOf is the categories of a distribution's whole, in order.
func (r *Result) partsOf(whole Figure) []Figure {
	var parts []Figure
	for _, f := range r.At(whole.Period, CategoryBreakdown) {
		if f.Area == whole.Area {
			parts = append(parts, f)
		}
	}
	return parts
}

// judgedSeries is the figures that show change: months, or quarters where there are no
// months. What no chart judges comes with why.
func judgedSeries(r *Result, quarter config.Period, area string) (figures []Figure, why Phrase) {
	for _, kind := range []config.PeriodKind{config.Month, config.Quarter, config.Rolling, config.Year} {
		for _, f := range r.Series(kind, area, "", "") {
			if !f.Period.End.After(quarter.End) {
				figures = append(figures, f)
			}
		}
		if len(figures) > 0 {
			return figures, unjudged(r.Measure.Kind, kind)
		}
	}
	return nil, phrase("why.none")
}

// unjudged is why no chart judges a measure of a kind by periods of a kind, or "".
func unjudged(kind Kind, by config.PeriodKind) Phrase {
	switch {
	case kind == Distribution:
		return phrase("why.distribution")
	case kind == Estimate:
		return phrase("why.estimate")
	case by == config.Rolling:
		return phrase("why.rolling")
	case by == config.Year:
		return phrase("why.years")
	}
	return Phrase{}
}

// stretch is a part of a judged series between breaks, as numbers: NaN where a figure is
// not shown or not whole. A series without a break is one stretch.
type stretch struct {
	measure        *Measure
	values         []float64 // in the measure's unit
	counts, bases  []float64 // what the value is made from; NaN where not shown
	useful, hidden int
	first, last    int // places of the first and last useful value in the series
	perStep        string
}

// newSeries cuts the points of a Reading into stretches at its breaks.
func newSeries(m *Measure, out *Reading) []stretch {
	var all []stretch
	from := 0
	for i, p := range out.Points {
		if i > from && out.breaksAt(p.Figure.Period) {
			all = append(all, newStretch(m, out.Points, from, i))
			from = i
		}
	}
	return append(all, newStretch(m, out.Points, from, len(out.Points)))
}

// newStretch reads the points [from, to), less what is missing at either end.
func newStretch(m *Measure, points []Point, from, to int) stretch {
	s := stretch{measure: m, first: from, last: from - 1, perStep: string(points[from].Figure.Period.Kind)}
	for i := from; i < to; i++ {
		f := points[i].Figure
		if f.State == Suppressed {
			s.hidden++
		}
		if !countable(m, f) {
			continue
		}
		if s.useful == 0 {
			s.first = i
		}
		s.useful++
		s.last = i
	}
	for _, p := range points[s.first : s.last+1] {
		v, x, n := math.NaN(), math.NaN(), math.NaN()
		if f := p.Figure; countable(m, f) {
			v = f.Value
			if m.HasNumerator() {
				x = float64(f.Numerator)
			}
			if f.BaseShown {
				n = float64(f.Base)
			}
		}
		s.values, s.counts, s.bases = append(s.values, v), append(s.counts, x), append(s.bases, n)
	}
	return s
}

// countable says that f is shown, and that nothing more may yet be counted in it.
func countable(m *Measure, f Figure) bool {
	partial := f.Provisional || len(f.Warnings) > 0
	return f.State == Shown && !(partial && (m.Kind == Count || m.Kind == Rate))
}

// unfit is why no limits suit the stretch, in words, or "".
func (s stretch) unfit() Phrase {
	if s.mostlyHidden() {
		return phrase("why.hidden." + s.perStep)
	}
	met := average(s.baselineOf(s.counts))
	switch s.measure.Kind {
	case Count:
		if met < scarceCount {
			return s.unfitGaps()
		}
	case Rate:
		if met < scarceCount {
			return s.scarce()
		}
	case Proportion:
		if math.Min(met, average(s.baselineOf(s.bases))-met) < rareShare {
			return phrase("why.rare."+s.perStep, "least", rareShare)
		}
	}
	if s.followsSeasons() && math.IsNaN(s.seasonal().limits.Lower) {
		return phrase("why.seasons")
	}
	return Phrase{}
}

// mostlyHidden says that too much of the stretch is hidden for the rest to be judged.
func (s stretch) mostlyHidden() bool {
	return float64(s.hidden) > mostHidden*float64(s.hidden+s.useful)
}

// unfitGaps is why the time between events cannot be judged, or "".
func (s stretch) unfitGaps() Phrase {
	if s.gaps().useful < fewestPoints {
		return s.scarce()
	}
	return Phrase{}
}

func (s stretch) scarce() Phrase {
	return phrase("why.scarce."+s.perStep, "least", scarceCount)
}

// average is the mean of the values that are not missing.
func average(vs []float64) float64 {
	var sum, n float64
	for _, v := range vs {
		if !math.IsNaN(v) {
			sum += v
			n++
		}
	}
	return sum / n
}
