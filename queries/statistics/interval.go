package statistics

import "math"

// Z95 is the standard normal deviate of a two-sided 95% interval.
const Z95 = 1.959963984540054

// Z is the standard normal deviate of a two-sided interval of the given confidence,
// 0 < confidence < 1.
func Z(confidence float64) float64 { return math.Sqrt2 * math.Erfinv(confidence) }

// Wilson is the score interval of the proportion x/n, as shares of 1. With nothing
// counted (n is zero) both ends are NaN. At x = 0 the lower end is exactly 0 and at x = n
// the upper end exactly 1.
func Wilson[N int64 | float64](x, n N, z float64) (lo, hi float64) {
	if n <= 0 {
		return math.NaN(), math.NaN()
	}
	a, b := float64(x), float64(n)
	mid := 2*a + z*z
	spread := z * math.Sqrt(z*z+4*a*(1-a/b))
	base := 2 * (b + z*z)
	lo, hi = (mid-spread)/base, (mid+spread)/base
	if x == 0 {
		lo = 0
	}
	if x == n {
		hi = 1
	}
	return lo, hi
}
