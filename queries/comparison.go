package queries

import (
	"math"
	"slices"

	"wherry/config"
	"wherry/queries/statistics"
)

// DistrictBreakdown is the name under which Compare takes districts rather than categories.
const DistrictBreakdown = "district"

// UnitaryBreakdown is the name of the second set of areas, the unitaries.
const UnitaryBreakdown = "unitary"

// fewestCompared is how many units must be shown before they are compared.
const fewestCompared = 3

// Comparison is how the districts, agencies or groups of one breakdown stand to one another
// in one Period. Items keep the order of the Figures, which is never that of their values:
// a ranking would be mostly chance.
//
// Everything here is worked out from published Figures, as any reader of them could, so it
// tells nothing that they do not. The average is that of the units shown: one that took in
// hidden units would give them away (average times sizes, less what is shown), and the
// whole's own Figure takes in those hidden and those placed nowhere, so that the units shown
// are not expected to lie about it. Widening for people with several events is read off the
// published interval, and not done again from rows.
type Comparison struct {
	Period        config.Period
	Breakdown     string
	Items         []Compared
	Average       float64  // of the units shown, in the measure's unit; NaN where OK is false
	Hidden        int      // units that are not shown, and not part of the average
	Overdispersed bool     // the units differ by more than chance, and limits are widened for it
	Dispersion    float64  // by how much: 1 where they do not
	Unknown       float64  // percentage that could not be placed in any unit; NaN where it is not known
	OK            bool     // there is a comparison
	Why           []Phrase // how to read it, or why there is none

	per float64 // what a share of 1 is in the measure's unit
	of  func(average, size float64) statistics.Funnel
}

// Compared is one unit of a Comparison. Difference, of a proportion, is percentage points
// above the rest taken together; of a rate it is the unit's rate over the rest's. It and its
// 95% interval Low to High are NaN where the Figure is not shown.
type Compared struct {
	Category   string // the category, or the code of a district
	Figure     Figure
	Limits     statistics.Funnel // for its size, in the measure's unit; NaN where not compared
	Outside    float64           // 0, 95 or 99.8: beyond the limits within which so many of 100 lie by chance
	Above      bool              // which side, where Outside is not 0
	Difference float64
	Low, High  float64 // of the difference
	Than       string  // higher, lower or similar to the rest, by the interval; "" where not compared
}

// Compare sets the units of a breakdown ("district" for areas) against one another in one
// Period by the limits of chance and by the interval of the difference of each from the
// rest. It takes proportions and rates; of other kinds, of a breakdown with fewer than three
// units shown, and where the definition ledger refuses it, the answer says so in Why.
func Compare(r *Result, p config.Period, breakdown string) Comparison {
	c := Comparison{Period: p, Breakdown: breakdown, Average: math.NaN(), Dispersion: 1, Unknown: math.NaN()}
	c.units(r)
	if c.Why = c.refusal(r); c.Why != nil {
		return c
	}
	c.per, c.of = 100, statistics.FunnelProportion
	if r.Measure.Kind == Rate {
		c.per, c.of = float64(r.Measure.Per), statistics.FunnelRate
	}
	c.OK = true
	events, size := c.sum(-1)
	c.Average = c.per * float64(events) / float64(size)
	c.disperse(r.Measure)
	for i := range c.Items {
		c.judge(i, r.Measure)
	}
	c.Why = c.reading()
	return c
}

// Comparisons is the comparisons that the measure's header asks for, in its order, each in
// the latest Period of the kind that suits it: years taken together where the measure pools
// them, or else the headline's kind, the rolling year or the quarter, whichever is given
// first. A breakdown that no Figure has is left out.
func Comparisons(r *Result) []Comparison {
	kinds := []config.PeriodKind{r.Measure.HeadlineKind(), config.Rolling, config.Quarter}
	if r.Measure.Pool > 0 {
		kinds = append([]config.PeriodKind{config.Pooled}, kinds...)
	}
	var all []Comparison
	for _, breakdown := range r.Measure.Compare {
		for _, kind := range kinds {
			if p, ok := r.latest(kind, breakdown); ok {
				all = append(all, Compare(r, p, breakdown))
				break
			}
		}
	}
	return all
}

// latest is the last Period of a kind in which a breakdown is given.
func (r *Result) latest(kind config.PeriodKind, breakdown string) (last config.Period, ok bool) {
	for _, f := range r.Figures {
		given := f.Breakdown == breakdown
		if breakdown == DistrictBreakdown {
			given = f.Breakdown == "" && f.Area != r.whole()
		}
		if given && f.Period.Kind == kind && (!ok || f.Period.End.After(last.End)) {
			last, ok = f.Period, true
		}
	}
	return last, ok
}

// units takes the Figures of the breakdown, and what could not be placed in any.
func (c *Comparison) units(r *Result) {
	nan := math.NaN()
	figures := r.At(c.Period, c.Breakdown)
	if c.Breakdown == DistrictBreakdown {
		figures = r.Places(c.Period, c.Breakdown)
	}
	for _, f := range figures {
		name := f.Category
		if c.Breakdown == DistrictBreakdown {
			name = f.Area
		}
		switch {
		case slices.Contains(notKnown(), name):
			continue
		case !comparable(f):
			c.Hidden++
		}
		c.Items = append(c.Items, Compared{Category: name, Figure: f, Difference: nan, Low: nan, High: nan,
			Limits: statistics.Funnel{Lower95: nan, Upper95: nan, Lower998: nan, Upper998: nan}})
	}
	if percent, ok := c.unplaced(r); ok {
		c.Unknown = percent
	}
}

// comparable says whether a Figure shows both numbers that it is made from.
func comparable(f Figure) bool { return f.State == Shown && f.BaseShown && f.Base > 0 }

// unplaced is the percentage of the whole that belongs to no unit: by its base, or of a
// rate, whose base is people, by its events.
func (c *Comparison) unplaced(r *Result) (float64, bool) {
	if c.Breakdown != DistrictBreakdown {
		return r.Unknown(c.Period, c.Breakdown)
	}
	var whole, unknown *Figure
	figures := r.At(c.Period, "")
	for i, f := range figures {
		switch f.Area {
		case r.whole():
			whole = &figures[i]
		case unknownArea:
			unknown = &figures[i]
		}
	}
	if whole == nil || unknown == nil {
		return 0, false
	}
	if r.Measure.Kind == Rate {
		return 100 * float64(unknown.Numerator) / float64(whole.Numerator),
			whole.State == Shown && unknown.State == Shown && whole.Numerator > 0
	}
	return 100 * float64(unknown.Base) / float64(whole.Base), whole.BaseShown && unknown.BaseShown && whole.Base > 0
}

// refusal is why there is no comparison, nil where there is.
func (c *Comparison) refusal(r *Result) []Phrase {
	for _, d := range r.Reading.Refusals {
		if slices.Contains(d.Refuses, config.RefuseCompare) {
			return []Phrase{phrase("said", "words", d.Says)}
		}
	}
	switch {
	case r.Measure.Kind != Proportion && r.Measure.Kind != Rate:
		return []Phrase{phrase("compare.kind", "kind", r.Measure.Kind)}
	case len(c.Items)-c.Hidden < fewestCompared:
		return []Phrase{phrase("compare.fewer")}
	}
	if events, _ := c.sum(-1); events == 0 {
		return []Phrase{phrase("compare.none")}
	}
	return nil
}

// sum is the events and the size of all units shown but one; -1 leaves out none.
func (c *Comparison) sum(but int) (events, size int64) {
	for i, item := range c.Items {
		if i != but && comparable(item.Figure) {
			events += item.Figure.Numerator
			size += item.Figure.Base
		}
	}
	return events, size
}

// disperse says whether the units differ about their average by more than chance.
func (c *Comparison) disperse(m *Measure) {
	average := c.Average / c.per
	var z []float64
	for _, item := range c.Items {
		f := item.Figure
		repeated := repeats(f, m)
		if !comparable(f) || math.IsNaN(repeated) {
			continue
		}
		size := float64(f.Base)
		variance := average / size * repeated
		if m.Kind == Proportion {
			variance = average * (1 - average) / size
		}
		if variance > 0 {
			z = append(z, (float64(f.Numerator)/size-average)/math.Sqrt(variance))
		}
	}
	if phi, over := statistics.Overdispersion(z); over {
		c.Overdispersed, c.Dispersion = true, phi
	}
}

// repeats is by how much events that befall the same people again widen a rate's variance,
// as the published interval tells it: 1 where they are not told apart, NaN where the
// interval is hidden.
func repeats(f Figure, m *Measure) float64 {
	if m.Kind != Rate || m.People == "" {
		return 1
	}
	if !comparable(f) {
		return math.NaN()
	}
	value, _, high := statistics.PoissonRate(f.Numerator, float64(f.Base), float64(m.Per))
	wider := (f.High - value) / (high - value)
	return math.Max(1, wider*wider)
}

// judge sets one unit against its limits and against the rest.
func (c *Comparison) judge(at int, m *Measure) {
	item := &c.Items[at]
	f := item.Figure
	repeated := repeats(f, m)
	if !comparable(f) || math.IsNaN(repeated) {
		return
	}
	item.Limits = c.LimitsFor(float64(f.Base) / repeated)
	item.Outside, item.Above = item.Limits.Outside(f.Value)
	events, size := c.sum(at)
	same := 0.0
	switch {
	case m.Kind == Proportion:
		d, lo, hi := statistics.NewcombeDifference(f.Numerator, f.Base, events, size, 0.95)
		item.Difference, item.Low, item.High = 100*d, 100*lo, 100*hi
	case events > 0: // nothing is a number of times none
		same = 1
		ratio, lo, hi := statistics.RateRatio(f.Numerator, float64(f.Base), events, float64(size), 0.95)
		item.Difference, item.Low, item.High = ratio, stretched(lo, ratio, repeated), stretched(hi, ratio, repeated)
	}
	switch {
	case math.IsNaN(item.Difference):
	case item.Low > same:
		item.Than = "higher"
	case item.High < same:
		item.Than = "lower"
	default:
		item.Than = "similar"
	}
}

// stretched moves an end of a ratio's interval away from it, on the scale of logarithms, as
// repeat events ask.
func stretched(end, ratio, repeated float64) float64 {
	if repeated == 1 || !(end > 0) || !(ratio > 0) || math.IsInf(end, 1) {
		return end
	}
	return ratio * math.Pow(end/ratio, math.Sqrt(repeated))
}

// LimitsFor is the limits of chance for a unit of any size (its base), in the measure's
// unit, to draw a funnel by. All are NaN where OK is false.
func (c *Comparison) LimitsFor(size float64) statistics.Funnel {
	if !c.OK {
		nan := math.NaN()
		return statistics.Funnel{Lower95: nan, Upper95: nan, Lower998: nan, Upper998: nan}
	}
	f := c.of(c.Average/c.per, size/c.Dispersion)
	return statistics.Funnel{Lower95: c.per * f.Lower95, Upper95: c.per * f.Upper95, Lower998: c.per * f.Lower998, Upper998: c.per * f.Upper998}
}

// reading is how to read the comparison, in sentences.
func (c *Comparison) reading() []Phrase {
	says := []Phrase{phrase("compare.limits")}
	if c.Hidden > 0 {
		says = append(says, phrase("compare.hidden"+when(c.Hidden == 1, ".one"), "n", c.Hidden))
	}
	if c.Overdispersed {
		says = append(says, phrase("compare.dispersed"))
	}
	if c.Period.Kind == config.Pooled {
		says = append(says, phrase("compare.pooled"))
	}
	return says
}
