package statistics

import (
	"math"
	"slices"
)

// Funnel is the limits within which a unit of one size is expected to lie if it shares the
// average: 95% and 99.8% of such units do.
type Funnel struct{ Lower95, Upper95, Lower998, Upper998 float64 }

// Outside says beyond which limits of the funnel v lies: 0, 95 or 99.8, and on which side.
func (f Funnel) Outside(v float64) (level float64, high bool) {
	switch {
	case side(v, f.Upper998) > 0:
		return 99.8, true
	case side(v, f.Lower998) < 0:
		return 99.8, false
	case side(v, f.Upper95) > 0:
		return 95, true
	case side(v, f.Lower95) < 0:
		return 95, false
	}
	return 0, false
}

// FunnelProportion is the shares whose Wilson interval, on a base of n, just reaches the
// average share. Where units vary more than chance by phi (see Overdispersion) pass n/phi.
// All are NaN where n is not above zero.
func FunnelProportion(average, n float64) Funnel {
	at := func(confidence float64) (lo, hi float64) {
		if !(n > 0) {
			return math.NaN(), math.NaN()
		}
		spread := Z(confidence) * math.Sqrt(average*(1-average)/n)
		return math.Max(0, average-spread), math.Min(1, average+spread)
	}
	return funnelOf(at)
}

// FunnelRate is the rates whose interval, on an exposure of n, just reaches the average
// rate; both are per one of n. The interval is exact below 10 events and Byar's from 10,
// as for PoissonRate. Where units vary more than chance by phi pass n/phi. All are NaN
// where n is not above zero.
func FunnelRate(average, n float64) Funnel {
	expected := average * n
	at := func(confidence float64) (lo, hi float64) {
		if !(expected >= 0) || !(n > 0) {
			return math.NaN(), math.NaN()
		}
		guess := expected + 10
		hi = solve(func(x float64) bool { return countAbove(x, expected, confidence) }, guess)
		if countBelow(0, expected, confidence) {
			lo = solve(func(x float64) bool { return !countBelow(x, expected, confidence) }, guess)
		}
		return lo / n, hi / n
	}
	return funnelOf(at)
}

func funnelOf(at func(confidence float64) (lo, hi float64)) Funnel {
	var f Funnel
	f.Lower95, f.Upper95 = at(0.95)
	f.Lower998, f.Upper998 = at(0.998)
	return f
}

// countAbove says whether the interval of a count x, as PoissonRateAt has it, lies wholly
// above expected; x need not be whole, so that it can be solved for.
func countAbove(x, expected, confidence float64) bool {
	switch {
	case x <= 0:
		return false
	case x < exactBelow:
		return incompleteGamma(x, expected) < (1-confidence)/2
	}
	return x*math.Pow(1-1/(9*x)-Z(confidence)/(3*math.Sqrt(x)), 3) > expected
}

// countBelow says whether that interval lies wholly below expected.
func countBelow(x, expected, confidence float64) bool {
	if x < exactBelow {
		return 1-incompleteGamma(x+1, expected) < (1-confidence)/2
	}
	y := x + 1
	return y*math.Pow(1-1/(9*y)+Z(confidence)/(3*math.Sqrt(y)), 3) < expected
}

// FunnelRatio is the funnel around 1 for a ratio of observed to expected events, drawn from
// the observed count: observed over its exact Poisson bounds. Lower limits belong to the
// expected count at which observed would be just low. At observed = 0 the upper limits are
// infinite.
func FunnelRatio(observed int64) Funnel {
	return funnelOf(func(confidence float64) (lo, hi float64) {
		low, high := ExactPoisson(observed, confidence)
		return float64(observed) / high, float64(observed) / low
	})
}

// OutsideRatio says at which level, 0, 95 or 99.8, observed events differ from the number
// expected, and whether they are more: Byar's interval from 10 events, exact below.
func OutsideRatio(observed int64, expected float64) (level float64, high bool) {
	for _, confidence := range []float64{0.998, 0.95} {
		_, lo, hi := PoissonRateAt(observed, 1, 1, confidence)
		if lo > expected || hi < expected {
			return math.Round(confidence*1000) / 10, lo > expected
		}
	}
	return 0, false
}

// Overdispersion is how much more units vary about their average than chance makes them:
// phi is the mean square of their standardised distances z, the most extreme tenth on each
// side (at least one) drawn in to the next, so that one outlying unit does not excuse
// itself. over is set where phi exceeds 1 by more than two of its standard errors
// (Spiegelhalter). With fewer than five units there is no telling: phi is 1.
func Overdispersion(z []float64) (phi float64, over bool) {
	sorted := slices.Sorted(slices.Values(slices.DeleteFunc(slices.Clone(z), math.IsNaN)))
	n := len(sorted)
	if n < 5 {
		return 1, false
	}
	cut := max(1, int(math.Round(float64(n)/10)))
	low, high := sorted[cut], sorted[n-1-cut]
	var sum float64
	for _, v := range sorted {
		v = math.Min(math.Max(v, low), high)
		sum += v * v
	}
	phi = sum / float64(n)
	return phi, phi > 1+2*math.Sqrt(2/float64(n))
}
