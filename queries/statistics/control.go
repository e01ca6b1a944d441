package statistics

import (
	"math"
	"slices"
)

// Control is a control chart whose limits may differ from point to point. Centre, Lower
// and Upper have a place for each point, in the unit of the plotted values; limits are NaN
// where the segment has no spread to set them by, and where they hang on a base that is
// missing. Points are
// what the four rules of Making Data Count say of each point, judged on its distance from
// the centre in standard deviations, so that a point with a small base is not held to the
// limits of one with a large base; the trend rule reads the plotted values themselves.
type Control struct {
	Kind                 string    // p, p_prime, u, u_prime, c, g, t or i
	Values               []float64 // as plotted: x/n for p and u, else as given
	Centre, Lower, Upper []float64
	SigmaZ               float64 // Laney's ratio of the last segment; 1 for a chart without
	Points               []Signal
	N                    int // values that the last segment's limits rest on
}

// stretch is one segment of a chart in the making: judged are the values the rules read,
// on the scale of its limits.
type stretch struct {
	centre, lower, upper []float64
	judged               []float64
	rules                Limits
	sigmaZ               float64
}

// P is a chart of proportions x/n with binomial limits, held within 0 and 1. A missing x
// or n is NaN; a base of zero is missing too.
func P(x, n []float64, opts Options) Control {
	return ratioChart("p", x, n, opts, binomialSpread, 1)
}

// PPrime is Laney's p' chart: P with its limits widened (or narrowed, unless
// opts.NeverNarrower) by the variation between points that the binomial leaves out.
func PPrime(x, n []float64, opts Options) Control {
	return ratioChart("p_prime", x, n, opts, binomialSpread, 1)
}

// U is a chart of rates x/n with Poisson limits, never below zero; n is the exposure in
// whatever unit the rate is to be per.
func U(x, n []float64, opts Options) Control {
	return ratioChart("u", x, n, opts, poissonSpread, math.Inf(1))
}

// UPrime is Laney's u' chart; see PPrime.
func UPrime(x, n []float64, opts Options) Control {
	return ratioChart("u_prime", x, n, opts, poissonSpread, math.Inf(1))
}

func binomialSpread(centre, n float64) float64 { return math.Sqrt(centre * (1 - centre) / n) }

func poissonSpread(centre, n float64) float64 { return math.Sqrt(centre / n) }

func ratioChart(kind string, x, n []float64, opts Options, spread func(centre, n float64) float64, top float64) Control {
	values := make([]float64, len(x))
	for i := range x {
		values[i] = math.NaN()
		if n[i] > 0 {
			values[i] = x[i] / n[i]
		}
	}
	laney := kind == "p_prime" || kind == "u_prime"
	return chartOf(kind, values, opts, func(start, base, end int) stretch {
		var events, exposure float64
		for i := start; i < base; i++ {
			if opts.counts(values, i) {
				events += x[i]
				exposure += n[i]
			}
		}
		centre := events / exposure
		z, sds := make([]float64, end-start), make([]float64, end-start)
		for i := range z {
			sds[i] = spread(centre, n[start+i])
			z[i] = (values[start+i] - centre) / sds[i]
			if sds[i] == 0 {
				z[i] = math.NaN()
			}
		}
		sigma := 1.0
		if laney {
			sigma = opts.sigmaZ(z, start, base)
		}
		return ratioStretch(values[start:end], z, sds, centre, sigma, top)
	})
}

func ratioStretch(values, z, sds []float64, centre, sigma, top float64) stretch {
	s := newStretch(len(values))
	s.sigmaZ, s.rules = sigma, Limits{Mean: 0, Lower: -3, Upper: 3, NearLower: -2, NearUpper: 2}
	for i := range values {
		s.centre[i] = centre
		if math.IsNaN(z[i]) || sigma == 0 {
			continue
		}
		s.judged[i] = z[i] / sigma
		s.lower[i] = math.Max(0, centre-3*sds[i]*sigma)
		s.upper[i] = math.Min(top, centre+3*sds[i]*sigma)
	}
	return s
}

// sigmaZ is Laney's ratio of the variation seen between points to the variation expected.
func (o Options) sigmaZ(z []float64, start, base int) float64 {
	kept := slices.Clone(z[:base-start])
	for i := range kept {
		if slices.Contains(o.Exclude, start+i) {
			kept[i] = math.NaN()
		}
	}
	ranges := movingRanges(kept)
	if len(ranges) == 0 {
		return math.NaN()
	}
	sigma := meanRange(ranges, !o.Unscreened) / d2
	if o.NeverNarrower {
		sigma = math.Max(1, sigma)
	}
	return sigma
}

// C is a chart of counts over equal stretches of time, with Poisson limits, never below
// zero.
func C(y []float64, opts Options) Control {
	return chartOf("c", y, opts, func(start, base, end int) stretch {
		m := mean(opts.baseline(y, start, base))
		return levelStretch(y[start:end], around(m, math.Sqrt(m)), 0)
	})
}

// G is a chart of the number of opportunities (cases, days) between rare events. Its
// limits are geometric, about the mean; its centre line is the median, since most gaps are
// shorter than the mean.
func G(y []float64, opts Options) Control {
	return chartOf("g", y, opts, func(start, base, end int) stretch {
		kept := opts.baseline(y, start, base)
		m := mean(kept)
		l := around(m, math.Sqrt(m*(m+1)))
		l.Mean = median(kept)
		return levelStretch(y[start:end], l, 0)
	})
}

// tPower makes waiting times between rare events nearly normal (Nelson).
const tPower = 3.6

// T is a chart of the time between rare events: an individuals chart of y^(1/3.6), drawn
// on the scale of y. A time of zero or less cannot be drawn and is missing.
func T(y []float64, opts Options) Control {
	powers, shown := make([]float64, len(y)), slices.Clone(y)
	for i, v := range y {
		powers[i] = math.NaN()
		if v > 0 {
			powers[i] = math.Pow(v, 1/tPower)
		} else {
			shown[i] = math.NaN()
		}
	}
	chart := I(powers, opts)
	chart.Kind, chart.Values = "t", shown
	for i := range y {
		chart.Centre[i] = math.Pow(chart.Centre[i], tPower)
		chart.Lower[i] = math.Pow(math.Max(0, chart.Lower[i]), tPower)
		chart.Upper[i] = math.Pow(chart.Upper[i], tPower)
	}
	return chart
}

// d2 is the mean moving range of two normal values, in standard deviations.
const d2 = 1.128

// I is an individuals chart with limits at exactly 3/1.128 moving ranges, the base of T.
// For values of a measure use NewXmR, whose constants are those of Making Data Count.
func I(y []float64, opts Options) Control {
	return chartOf("i", y, opts, func(start, base, end int) stretch {
		kept := opts.masked(y, start, base)
		m := mean(opts.baseline(y, start, base))
		sd := math.NaN()
		if ranges := movingRanges(kept); len(ranges) > 0 {
			sd = meanRange(ranges, !opts.Unscreened) / d2
		}
		return levelStretch(y[start:end], around(m, sd), math.Inf(-1))
	})
}

// around is limits at three standard deviations, near limits at two.
func around(m, sd float64) Limits {
	return Limits{Mean: m, Lower: m - 3*sd, Upper: m + 3*sd, NearLower: m - 2*sd, NearUpper: m + 2*sd}
}

// levelStretch is a segment with one pair of limits, the lower never drawn below floor. A
// segment with no spread has a centre and no limits.
func levelStretch(values []float64, l Limits, floor float64) stretch {
	s := newStretch(len(values))
	s.rules = l
	for i, v := range values {
		s.centre[i] = l.Mean
		if l.Upper > l.Lower {
			s.judged[i], s.lower[i], s.upper[i] = v, math.Max(floor, l.Lower), l.Upper
		}
	}
	return s
}

func newStretch(n int) stretch {
	return stretch{missing(n), missing(n), missing(n), missing(n), Limits{}, 1}
}

func missing(n int) []float64 { return slices.Repeat([]float64{math.NaN()}, n) }

// chartOf cuts a series into segments, has each made, and applies the rules within it.
func chartOf(kind string, values []float64, opts Options, judge func(start, base, end int) stretch) Control {
	c := Control{Kind: kind, Values: slices.Clone(values), SigmaZ: 1, Points: make([]Signal, len(values))}
	for _, span := range opts.spans(len(values)) {
		start, base, end := span[0], span[1], span[2]
		s := judge(start, base, end)
		c.Centre = append(c.Centre, s.centre...)
		c.Lower = append(c.Lower, s.lower...)
		c.Upper = append(c.Upper, s.upper...)
		c.SigmaZ, c.N = s.sigmaZ, len(opts.baseline(values, start, base))
		for i, found := range opts.signals(s, values[start:end], start) {
			if found.Rule != Common {
				found.First += start
				found.Last += start
			}
			c.Points[start+i] = found
		}
	}
	return c
}

// signals applies the rules to one segment, which begins at start. An excluded point is in
// no run, trend or window, but is still seen to be outside.
func (o Options) signals(s stretch, values []float64, start int) []Signal {
	judged, steps := slices.Clone(s.judged), slices.Clone(values)
	found := make([]Signal, len(values))
	for _, at := range o.Exclude {
		if i := at - start; i >= 0 && i < len(values) {
			judged[i], steps[i] = math.NaN(), math.NaN()
		}
	}
	flagSteps(judged, steps, found, 0, len(values), s.rules)
	for _, at := range o.Exclude {
		if i := at - start; i >= 0 && i < len(values) {
			if dir := s.rules.outside(s.judged[i]); dir != 0 {
				found[i] = Signal{Outside, dir > 0, i, i}
			}
		}
	}
	return found
}
