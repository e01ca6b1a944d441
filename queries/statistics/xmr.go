package statistics

import (
	"math"
	"slices"
)

// Rule is why a point of a chart is flagged. The order is the order of priority: a
// point that meets several carries the first.
type Rule string

// The rules of Making Data Count, with shifts and trends of seven points.
const (
	Common     Rule = ""             // no rule: common cause
	Outside    Rule = "outside"      // beyond a process limit
	Trend      Rule = "trend"        // seven points each higher (or each lower) than the last
	TwoOfThree Rule = "two_of_three" // two of three on one side of the mean, near the limit
	Shift      Rule = "shift"        // seven points on one side of the mean
)

// Constants of the XmR chart for moving ranges of two points.
const (
	limitFactor  = 2.66 // 3 / 1.128
	nearFactor   = 2.66 * 2 / 3
	screenFactor = 3.267 // D4: moving ranges at or above this many times their mean are set aside once
	runLength    = 7
	trendLength  = 7
)

// Options of a chart; the zero value is the usual chart of the NHS.
type Options struct {
	Unscreened bool  // keep extreme moving ranges in the limits
	Fix        int   // limits from the first Fix places of each segment; 0 for all of them
	Rebase     []int // indexes of the first point of each later segment, ascending

	// Exclude are indexes left out of centre, limits and rules; not read by NewXmR.
	Exclude []int
	// NeverNarrower keeps Laney's limits from being narrower than the model's own.
	NeverNarrower bool
}

// spans cuts n places into segments: the first place, the end of the baseline, the end.
func (o Options) spans(n int) [][3]int {
	starts := []int{0}
	for _, at := range o.Rebase {
		if at > starts[len(starts)-1] && at < n {
			starts = append(starts, at)
		}
	}
	spans := make([][3]int, len(starts))
	for i, start := range starts {
		end := n
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		base := end
		if o.Fix > 0 {
			base = min(end, start+o.Fix)
		}
		spans[i] = [3]int{start, base, end}
	}
	return spans
}

// counts says whether the value at i may enter a baseline.
func (o Options) counts(values []float64, i int) bool {
	return !math.IsNaN(values[i]) && !slices.Contains(o.Exclude, i)
}

// masked is values[start:base] with what may not enter a baseline missing.
func (o Options) masked(values []float64, start, base int) []float64 {
	kept := slices.Clone(values[start:base])
	for i := range kept {
		if !o.counts(values, start+i) {
			kept[i] = math.NaN()
		}
	}
	return kept
}

// baseline is the values that limits of a segment rest on.
func (o Options) baseline(values []float64, start, base int) []float64 {
	return slices.DeleteFunc(o.masked(values, start, base), math.IsNaN)
}

// Limits are the lines of one segment of an XmR chart, in the unit of its values; NaN where
// there are none. N is the number of values they rest on.
type Limits struct {
	Mean, Lower, Upper   float64
	NearLower, NearUpper float64 // two thirds of the way to each limit
	N                    int
}

// Segment is a stretch of the series with limits of its own; rules never reach across.
type Segment struct {
	First int // index of its first point
	Limits
}

// Signal is what the rules say of one point. First and Last bound the run, trend or window
// that flags it.
type Signal struct {
	Rule        Rule
	High        bool // above the mean, or rising
	First, Last int
}

// XmR is an individuals chart: the limits of its last segment, and a Signal per value.
type XmR struct {
	Limits
	Segments []Segment
	Points   []Signal
}

// NewXmR judges a series. A missing value (NaN) keeps its place: it has no signal, gives no
// moving range and breaks every run, trend and window. It is not interpolated.
func NewXmR(values []float64, opts Options) XmR {
	chart := XmR{Points: make([]Signal, len(values))}
	for _, span := range opts.spans(len(values)) {
		start, base, end := span[0], span[1], span[2]
		seg := Segment{start, limitsOf(values[start:base], !opts.Unscreened)}
		chart.Segments = append(chart.Segments, seg)
		chart.Limits = seg.Limits
		flagSteps(values, values, chart.Points, start, end, seg.Limits)
	}
	return chart
}

func limitsOf(values []float64, screen bool) Limits {
	given := slices.DeleteFunc(slices.Clone(values), math.IsNaN)
	n, m, ranges := len(given), mean(given), movingRanges(values)
	if len(ranges) == 0 {
		nan := math.NaN()
		return Limits{Mean: m, Lower: nan, Upper: nan, NearLower: nan, NearUpper: nan, N: n}
	}
	a := meanRange(ranges, screen)
	return Limits{m, m - limitFactor*a, m + limitFactor*a, m - nearFactor*a, m + nearFactor*a, n}
}

// movingRanges is the distances between neighbours, both of them given.
func movingRanges(values []float64) []float64 {
	var ranges []float64
	for i := 1; i < len(values); i++ {
		if r := math.Abs(values[i] - values[i-1]); !math.IsNaN(r) {
			ranges = append(ranges, r)
		}
	}
	return ranges
}

// meanRange is the mean moving range. Screening that would leave nothing, or only zeros,
// is not applied: limits of no width would flag every point of a sparse series.
func meanRange(ranges []float64, screen bool) float64 {
	all := mean(ranges)
	if !screen {
		return all
	}
	kept := slices.DeleteFunc(slices.Clone(ranges), func(r float64) bool { return r >= screenFactor*all })
	if len(kept) == 0 || mean(kept) == 0 {
		return all
	}
	return mean(kept)
}

func mean(vs []float64) float64 {
	var sum float64
	for _, v := range vs {
		sum += v
	}
	return sum / float64(len(vs))
}

// side is +1 where a lies above b, -1 below and 0 where they are equal but for rounding in
// the last digits, or where either is missing.
func side(a, b float64) int {
	slack := 1e-11 * math.Max(1, math.Max(math.Abs(a), math.Abs(b)))
	switch {
	case a-b > slack:
		return 1
	case b-a > slack:
		return -1
	}
	return 0
}

// outside is the side on which v lies beyond the limits, 0 within them.
func (l Limits) outside(v float64) int {
	if side(v, l.Upper) > 0 {
		return 1
	}
	if side(v, l.Lower) < 0 {
		return -1
	}
	return 0
}

// near is the side on which v lies beyond a near limit without being outside.
func (l Limits) near(v float64) int {
	if l.outside(v) != 0 {
		return 0
	}
	if side(v, l.NearUpper) > 0 {
		return 1
	}
	if side(v, l.NearLower) < 0 {
		return -1
	}
	return 0
}

// flagSteps sets the signals of the points [start, end), lowest priority first. values are
// on the scale of l; steps, whose rise or fall is a trend, may be on another.
func flagSteps(values, steps []float64, points []Signal, start, end int, l Limits) {
	runs(start, end, runLength, func(i int) int { return side(values[i], l.Mean) }, func(first, last, dir int) {
		mark(points, first, last, Signal{Shift, dir > 0, first, last})
	})
	for i := start + 2; i < end; i++ {
		twoOfThree(values, points, i, l)
	}
	runs(start+1, end, trendLength-1, func(i int) int { return side(steps[i], steps[i-1]) }, func(first, last, dir int) {
		mark(points, first-1, last, Signal{Trend, dir > 0, first - 1, last})
	})
	for i := start; i < end; i++ {
		if dir := l.outside(values[i]); dir != 0 {
			points[i] = Signal{Outside, dir > 0, i, i}
		}
	}
}

func mark(points []Signal, first, last int, s Signal) {
	for i := first; i <= last; i++ {
		points[i] = s
	}
}

// runs calls found for each longest stretch of [start, end) on which dir is the same and
// not zero, where it has at least n places.
func runs(start, end, n int, dir func(int) int, found func(first, last, dir int)) {
	first, current := start, 0
	for i := start; i <= end; i++ {
		d := 0
		if i < end {
			d = dir(i)
		}
		if d == current && d != 0 {
			continue
		}
		if current != 0 && i-first >= n {
			found(first, i-1, current)
		}
		first, current = i, d
	}
}

// twoOfThree flags the near points of the window that ends at i.
func twoOfThree(values []float64, points []Signal, i int, l Limits) {
	dir := side(values[i], l.Mean)
	var hits []int
	for k := i - 2; k <= i; k++ {
		if dir == 0 || side(values[k], l.Mean) != dir {
			return
		}
		if l.near(values[k]) == dir {
			hits = append(hits, k)
		}
	}
	if len(hits) < 2 {
		return
	}
	for _, k := range hits {
		points[k] = Signal{TwoOfThree, dir > 0, i - 2, i}
	}
}

// Meets says what limits promise of a target: +1 when every common-cause value meets it,
// -1 when none does, 0 when some may and some may not, or there are no limits. With
// higherIsBetter a value meets the target by reaching it.
func (l Limits) Meets(target float64, higherIsBetter bool) int {
	if math.IsNaN(l.Lower) || math.IsNaN(l.Upper) {
		return 0
	}
	all := -1
	if higherIsBetter {
		all = 1
	}
	switch {
	case side(target, l.Lower) < 0:
		return all
	case side(target, l.Upper) > 0:
		return -all
	}
	return 0
}
