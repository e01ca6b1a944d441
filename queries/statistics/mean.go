package statistics

import (
	"math"
	"slices"
)

// MeanSD is the mean and the standard deviation (over n - 1) of values: the mean is NaN of
// none, the deviation of fewer than two.
func MeanSD(values []float64) (m, sd float64) {
	m = mean(values)
	if len(values) < 2 {
		return m, math.NaN()
	}
	var squares float64
	for _, v := range values {
		squares += (v - m) * (v - m)
	}
	return m, math.Sqrt(squares / float64(len(values)-1))
}

// MeanT is the interval of the mean of n values by Student's t. The ends are NaN with
// fewer than two values.
func MeanT(n int64, m, sd, confidence float64) (lo, hi float64) {
	if n < 2 || math.IsNaN(sd) {
		return math.NaN(), math.NaN()
	}
	spread := tQuantile(confidence, float64(n-1)) * sd / math.Sqrt(float64(n))
	return m - spread, m + spread
}

// MedianInterval is the median of values with its exact interval by order statistics. Rank
// is that of the lower end, counted from 1, and coverage the confidence it really has. The
// ends and coverage are NaN where so few values (fewer than six, for 95%) cannot give it.
func MedianInterval(values []float64, confidence float64) (m, lo, hi float64, rank int, coverage float64) {
	sorted := slices.Sorted(slices.Values(values))
	n := int64(len(sorted))
	m, lo, hi, coverage = median(sorted), math.NaN(), math.NaN(), math.NaN()
	for r := int64(1); 2*r <= n; r++ {
		c := 1 - 2*binomialCDF(r-1, n, 0.5)
		if c < confidence {
			break
		}
		rank, coverage = int(r), c
	}
	if rank > 0 {
		lo, hi = sorted[rank-1], sorted[len(sorted)-rank]
	}
	return m, lo, hi, rank, coverage
}

// Quantiles puts each value in one of q equal groups by rank, ties by the least. With
// highestFirst group 1 holds the highest. It is nil with fewer values than groups.
func Quantiles(values []float64, q int, highestFirst bool) []int {
	n := len(values)
	if n < q || q < 1 {
		return nil
	}
	groups := make([]int, n)
	for i, v := range values {
		rank := 1
		for _, w := range values {
			if (highestFirst && w > v) || (!highestFirst && w < v) {
				rank++
			}
		}
		groups[i] = max(1, int(math.Floor(float64(q+1)-math.Ceil(float64(n+1-rank)/(float64(n)/float64(q))))))
	}
	return groups
}
