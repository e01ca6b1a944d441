package statistics

import "math"

// Band is one age band of a directly standardised rate. Squares is the sum over people of
// the square of their events; it equals Events where nobody has two.
type Band struct {
	Events, Squares      int64
	Population, Standard float64
}

// Standardised is a rate as it would be in the standard population.
type Standardised struct {
	Events           int64
	Value, Low, High float64
}

// DSR is the directly standardised rate per `per` with Dobson's interval. Under 10 events
// none is given; nor where a count is missing (below zero) or a band has no population:
// a missing count is never taken as none. Value, Low and High are then NaN.
func DSR(bands []Band, per, confidence float64) Standardised {
	var rate, variance, weights float64
	out := Standardised{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
	for _, b := range bands {
		if b.Events < 0 || !(b.Population > 0) {
			return out
		}
		w := b.Standard / b.Population
		out.Events += b.Events
		rate += w * float64(b.Events)
		variance += w * w * float64(b.Squares)
		weights += b.Standard
	}
	if out.Events < exactBelow || !(weights > 0) {
		return out
	}
	total := float64(out.Events)
	lo, hi := Byar(out.Events, Z(confidence))
	scale := math.Sqrt(variance/total) / weights
	rate /= weights
	out.Value, out.Low, out.High = per*rate, per*(rate+scale*(lo-total)), per*(rate+scale*(hi-total))
	return out
}

// Reference is one age band of an indirectly standardised rate: the reference's events and
// population, and the population of the area judged.
type Reference struct {
	Events             int64
	Population, People float64
}

// Indirect is an area's events against those expected at the reference's rates. Ratio is
// observed over expected; Rate is Ratio times the reference's own crude rate.
type Indirect struct {
	Expected, Ratio, RatioLow, RatioHigh float64
	Rate, Low, High                      float64
}

// ISR is the indirectly standardised ratio, and rate per `per`, of observed events, with
// the interval of PoissonRateAt. All are NaN where nothing was expected.
func ISR(observed int64, bands []Reference, per, confidence float64) Indirect {
	var out Indirect
	var events, population float64
	for _, b := range bands {
		out.Expected += float64(b.Events) / b.Population * b.People
		events += float64(b.Events)
		population += b.Population
	}
	out.Ratio, out.RatioLow, out.RatioHigh = PoissonRateAt(observed, out.Expected, 1, confidence)
	crude := per * events / population
	out.Rate, out.Low, out.High = crude*out.Ratio, crude*out.RatioLow, crude*out.RatioHigh
	return out
}
