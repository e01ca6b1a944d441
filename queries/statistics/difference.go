package statistics

import "math"

// NewcombeDifference is the share x1/n1 less the share x2/n2, as shares of 1, with
// Newcombe's hybrid score interval. All are NaN where either base is not above zero.
func NewcombeDifference(x1, n1, x2, n2 int64, confidence float64) (diff, lo, hi float64) {
	if n1 <= 0 || n2 <= 0 {
		return math.NaN(), math.NaN(), math.NaN()
	}
	z := Z(confidence)
	p1, p2 := float64(x1)/float64(n1), float64(x2)/float64(n2)
	l1, u1 := Wilson(x1, n1, z)
	l2, u2 := Wilson(x2, n2, z)
	diff = p1 - p2
	return diff, diff - math.Hypot(p1-l1, u2-p2), diff + math.Hypot(u1-p1, p2-l2)
}

// RateRatio is the rate x1/t1 over the rate x2/t2, with its exact conditional interval. The
// ratio and its upper end are infinite where only x2 is zero; all are NaN where neither
// side has an event or an exposure is not above zero.
func RateRatio(x1 int64, t1 float64, x2 int64, t2, confidence float64) (ratio, lo, hi float64) {
	if x1 < 0 || x2 < 0 || x1+x2 == 0 || !(t1 > 0) || !(t2 > 0) {
		return math.NaN(), math.NaN(), math.NaN()
	}
	low, high := clopperPearson(x1, x1+x2, confidence)
	odds := func(p float64) float64 { return p / (1 - p) * t2 / t1 }
	return float64(x1) / t1 / (float64(x2) / t2), odds(low), odds(high)
}
