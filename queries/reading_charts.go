package queries

import (
	"math"
	"slices"

	"wherry/queries/statistics"
)

// lines is a chart of a stretch, in the measure's unit: a place for each of its values.
type lines struct {
	name                 string
	why                  Phrase
	lower, centre, upper []float64
	apart                []float64 // distances from the centre
	points               []statistics.Signal
	limits               statistics.Limits // at the last point
	places               int               // of the stretch, that the limits rest on
	gaps                 bool              // it judges the time between events: long is few
}

// baselinePoints is how many useful values limits rest on: all of a short series, or else a
// fixed number of the first.
func baselinePoints(useful int) int {
	switch {
	case useful >= 30:
		return longBaseline
	case useful >= 24:
		return shortBaseline
	}
	return useful
}

// baseline is how many places of the values hold the baseline's points.
func baseline(values []float64, useful int) int {
	want := baselinePoints(useful)
	for i, v := range values {
		if !math.IsNaN(v) {
			want--
		}
		if want == 0 {
			return i + 1
		}
	}
	return len(values)
}

// baselineOf is the part of one of the stretch's series that its baseline covers.
func (s stretch) baselineOf(vs []float64) []float64 { return vs[:baseline(s.values, s.useful)] }

// chart draws the chart that suits the data.
func (s stretch) chart() lines {
	c := s.chosen()
	c.apart = make([]float64, len(s.values))
	for i, v := range s.values {
		c.apart[i] = v - c.centre[i]
	}
	return c
}

// chosen is the chart that the data choose.
func (s stretch) chosen() lines {
	if s.followsSeasons() {
		return s.seasonal()
	}
	switch s.measure.Kind {
	case Proportion:
		return s.shares()
	case Rate:
		c := statistics.UPrime(s.counts, s.bases, s.options())
		return s.scaled("u_prime", phrase("chart.u-prime."+s.perStep), c, float64(s.measure.Per))
	case Count:
		switch mean := average(s.baselineOf(s.counts)); {
		case mean < scarceCount:
			return s.between()
		case mean < rareCount:
			return s.scaled("c", phrase("chart.c"),
				statistics.C(s.values, s.options()), 1)
		}
	}
	return s.individuals()
}

func (s stretch) options() statistics.Options {
	return statistics.Options{Fix: baseline(s.values, s.useful), NeverNarrower: true}
}

// shares is the chart of a proportion: p where months differ as chance makes them, Laney's
// p' where they differ by more. A share whose base is hidden cannot be on either.
func (s stretch) shares() lines {
	for i, v := range s.values {
		if !math.IsNaN(v) && math.IsNaN(s.bases[i]) {
			return s.individuals()
		}
	}
	c := statistics.PPrime(s.counts, s.bases, s.options())
	name, why := "p", phrase("chart.p."+s.perStep)
	if c.SigmaZ > 1 {
		name, why = "p_prime", phrase("chart.p-prime."+s.perStep)
	}
	return s.scaled(name, why, c, 100)
}

// scaled puts a control chart in the measure's unit.
func (s stretch) scaled(name string, why Phrase, c statistics.Control, unit float64) lines {
	out := lines{name: name, why: why, points: c.Points, places: baseline(s.values, s.useful)}
	times := func(vs []float64) []float64 {
		scaled := make([]float64, len(vs))
		for i, v := range vs {
			scaled[i] = v * unit
		}
		return scaled
	}
	out.lower, out.centre, out.upper = times(c.Lower), times(c.Centre), times(c.Upper)
	last := len(s.values) - 1
	out.limits = statistics.Limits{Mean: out.centre[last], Lower: out.lower[last], Upper: out.upper[last], N: c.N}
	return out
}

// individuals is the XmR chart: of medians, means and counts that are not rare.
func (s stretch) individuals() lines {
	places := baseline(s.values, s.useful)
	c := statistics.NewXmR(s.values, statistics.Options{Fix: places})
	out := lines{name: "xmr", why: phrase("chart.xmr." + s.perStep),
		points: c.Points, limits: c.Limits, places: places}
	shown := s.withinReason(c.Limits)
	for range s.values {
		out.lower, out.centre, out.upper = append(out.lower, shown.Lower), append(out.centre, shown.Mean), append(out.upper, shown.Upper)
	}
	return out
}

// withinReason is limits as a reader meets them: within what the measure can be.
func (s stretch) withinReason(l statistics.Limits) statistics.Limits {
	floor, top := math.Inf(-1), math.Inf(1)
	below := slices.ContainsFunc(s.values, func(v float64) bool { return v < 0 })
	if s.measure.Kind != PairedChange && !below {
		floor = 0
	}
	if s.measure.Kind == Proportion {
		top = 100
	}
	if scale := s.measure.Scale; scale != nil && s.measure.Kind == Mean {
		floor, top = scale.Min, scale.Max
	}
	l.Lower, l.Upper = math.Max(floor, l.Lower), math.Min(top, l.Upper)
	return l
}

// gapSeries is the steps without an event between one event and the next, each at the
// place where the later one fell.
type gapSeries struct {
	gaps   []float64
	useful int
}

// gaps turns counts into gaps. A gap with a missing step in it is not known.
func (s stretch) gaps() gapSeries {
	out := gapSeries{gaps: make([]float64, len(s.values))}
	since := math.NaN()
	for i, v := range s.values {
		out.gaps[i] = math.NaN()
		switch {
		case math.IsNaN(v):
			since = v
		case v == 0:
			since++
		default:
			if !math.IsNaN(since) {
				out.gaps[i] = since
				out.useful++
			}
			since = 0
		}
	}
	return out
}

// between is the g chart of a count so rare that most steps have none: it judges how long
// they are apart, and draws no limits on the counts themselves.
func (s stretch) between() lines {
	g := s.gaps()
	packed, at := make([]float64, 0, g.useful), make([]int, 0, g.useful)
	for i, v := range g.gaps {
		if !math.IsNaN(v) {
			packed, at = append(packed, v), append(at, i)
		}
	}
	c := statistics.G(packed, statistics.Options{Fix: baseline(packed, g.useful)})
	nan := math.NaN()
	out := lines{name: "g", why: phrase("chart.g." + s.perStep),
		points: make([]statistics.Signal, len(s.values)), places: len(s.values), gaps: true,
		limits: statistics.Limits{Mean: nan, Lower: nan, Upper: nan, N: g.useful}}
	for range s.values {
		out.lower, out.centre, out.upper = append(out.lower, nan), append(out.centre, nan), append(out.upper, nan)
	}
	for k, i := range at {
		sig := c.Points[k]
		if sig.Rule != statistics.Common {
			sig.First, sig.Last, sig.High = at[sig.First], at[sig.Last], !sig.High
		}
		out.points[i] = sig
	}
	return out
}
