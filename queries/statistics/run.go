package statistics

import (
	"math"
	"slices"
)

// RunChart is what the Anhoej rules say of a series about its centre line. A value on the
// line counts for nothing; Useful are the rest. Signal is set when the longest run on one
// side exceeds LongestMax or the line is crossed fewer than CrossingsMin times. It is
// never set OnFloor: with the centre on the lowest value the rules see only ties.
type RunChart struct {
	Centre                  float64
	Useful                  int
	Longest, LongestMax     int
	Crossings, CrossingsMin int
	OnFloor, Signal         bool
}

// Run judges a series about its median; a missing value (NaN) is passed over.
func Run(y []float64) RunChart {
	given := slices.DeleteFunc(slices.Clone(y), math.IsNaN)
	centre := median(given)
	r := runsAbout(y, centre)
	if len(given) > 0 && side(slices.Min(given), centre) == 0 {
		r.OnFloor, r.Signal = true, false
	}
	return r
}

func runsAbout(y []float64, centre float64) RunChart {
	r := RunChart{Centre: centre}
	run, last := 0, 0
	for _, v := range y {
		at := side(v, centre)
		if at == 0 {
			continue
		}
		r.Useful++
		if at != last {
			if last != 0 {
				r.Crossings++
			}
			run, last = 0, at
		}
		run++
		r.Longest = max(r.Longest, run)
	}
	r.LongestMax, r.CrossingsMin = runLimits(r.Useful)
	r.Signal = r.Useful > 0 && (r.Longest > r.LongestMax || r.Crossings < r.CrossingsMin)
	return r
}

// runLimits is the longest run and the fewest crossings that chance makes of n useful
// values (Schilling; the lower 5% of a fair coin).
func runLimits(n int) (longest, crossings int) {
	if n < 1 {
		return 0, 0
	}
	longest = int(math.Round(math.Log2(float64(n)))) + 3
	for binomialCDF(int64(crossings), int64(n-1), 0.5) < 0.05 {
		crossings++
	}
	return longest, crossings
}

// median is the middle of the values, NaN of none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// MovingRange is the chart that goes with I: the distance of each value from the one
// before, its mean over the baseline as centre, and an upper limit at 3.267 times that.
func MovingRange(y []float64, opts Options) Control {
	ranges := missing(len(y))
	for _, span := range opts.spans(len(y)) {
		for i := span[0] + 1; i < span[2]; i++ {
			ranges[i] = math.Abs(y[i] - y[i-1])
		}
	}
	return chartOf("mr", ranges, opts, func(start, base, end int) stretch {
		m := mean(opts.baseline(ranges, start, base))
		sd := m * (screenFactor - 1) / 3
		return levelStretch(ranges[start:end], around(m, sd), 0)
	})
}
