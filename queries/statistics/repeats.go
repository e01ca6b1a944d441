package statistics

import "math"

// Repeats is how many people had how many events each: Repeats[2] is the number of people
// with two.
type Repeats map[int]int64

// Events is the number of events.
func (r Repeats) Events() int64 { return r.sum(func(k int64) int64 { return k }) }

// People is the number of people with any event.
func (r Repeats) People() int64 { return r.sum(func(k int64) int64 { return min(k, 1) }) }

// Squares is the sum over people of the square of their events: the variance of a compound
// Poisson count.
func (r Repeats) Squares() int64 { return r.sum(func(k int64) int64 { return k * k }) }

func (r Repeats) sum(of func(k int64) int64) (total int64) {
	for k, people := range r {
		total += of(int64(k)) * people
	}
	return total
}

// RepeatRate is a rate of events that fall on the same people again. Dispersion is the
// variance over that of independent events: 1 where nobody has two.
type RepeatRate struct {
	Events, People, Squares     int64
	Rate, Low, High, Dispersion float64
}

// CompoundPoisson is the rate of events per `per` among n people, with an interval that
// does not take repeat events for independent ones: the interval of PoissonRateAt, its
// distances from the count widened by the root of the dispersion. The numbers are NaN
// where n is not above zero; Dispersion is NaN without events, and the interval is then
// that of a plain count of zero.
func CompoundPoisson(r Repeats, n, per, confidence float64) RepeatRate {
	out := RepeatRate{Events: r.Events(), People: r.People(), Squares: r.Squares()}
	events := float64(out.Events)
	out.Dispersion = float64(out.Squares) / events
	rate, lo, hi := PoissonRateAt(out.Events, n, per, confidence)
	out.Rate, out.Low, out.High = rate, lo, hi
	if out.Events > 0 {
		wider := math.Sqrt(out.Dispersion)
		out.Low = math.Max(0, rate-wider*(rate-lo))
		out.High = rate + wider*(hi-rate)
	}
	return out
}
