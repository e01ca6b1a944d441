package statistics

import "math"

// exactBelow is the count under which Byar's approximation gives way to exact limits.
const exactBelow = 10

// Byar is Byar's approximate interval of a Poisson count x. The lower end is 0 at x = 0
// and NaN where the approximation goes below zero.
func Byar(x int64, z float64) (lo, hi float64) {
	a := float64(x)
	cube := func(y, z float64) float64 { return y * math.Pow(1-1/(9*y)+z/(3*math.Sqrt(y)), 3) }
	if x > 0 {
		if lo = cube(a, -z); lo < 0 {
			lo = math.NaN()
		}
	}
	return lo, cube(a+1, z)
}

// ExactPoisson is Garwood's exact interval of a Poisson count x: the means at which a
// count this large, or this small, has probability (1 - confidence)/2.
func ExactPoisson(x int64, confidence float64) (lo, hi float64) {
	tail := (1 - confidence) / 2
	if x > 0 {
		lo = solve(func(mean float64) bool { return 1-poissonCDF(x-1, mean) > tail }, float64(x))
	}
	hi = solve(func(mean float64) bool { return poissonCDF(x, mean) < tail }, 2*float64(x)+20)
	return lo, hi
}

// PoissonRate is x events among n people as a rate per `per`, with its 95% interval: exact
// below 10 events, Byar from 10. All three are NaN where n is not above zero.
func PoissonRate(x int64, n, per float64) (rate, lo, hi float64) {
	return PoissonRateAt(x, n, per, 0.95)
}

// PoissonRateAt is PoissonRate at another confidence, such as 0.998.
func PoissonRateAt(x int64, n, per, confidence float64) (rate, lo, hi float64) {
	if n <= 0 || x < 0 {
		return math.NaN(), math.NaN(), math.NaN()
	}
	if x < exactBelow {
		lo, hi = ExactPoisson(x, confidence)
	} else {
		lo, hi = Byar(x, Z(confidence))
	}
	scale := per / n
	return float64(x) * scale, lo * scale, hi * scale
}

// poissonCDF is P(X <= x) for a Poisson count of the given mean.
func poissonCDF(x int64, mean float64) float64 {
	return 1 - incompleteGamma(float64(x)+1, mean)
}

// solve is the least mean at which past holds, given that it holds from there on; high is
// a first guess at a mean where it does.
func solve(past func(float64) bool, high float64) float64 {
	low := 0.0
	for !past(high) {
		low, high = high, 2*high
	}
	for range 200 {
		mid := low + (high-low)/2
		if mid <= low || mid >= high {
			break
		}
		if past(mid) {
			high = mid
		} else {
			low = mid
		}
	}
	return low + (high-low)/2
}
