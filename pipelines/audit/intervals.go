package audit

import (
	"math"
	"strconv"
)

// z95 is the normal quantile of a two-sided 95% interval.
const z95 = 1.959963984540054

// wilson is the score interval of the share x of n, as shares of 1.
func wilson(x, n int64) (low, high float64) {
	p, size := float64(x)/float64(n), float64(n)
	middle := (p + z95*z95/(2*size)) / (1 + z95*z95/size)
	half := z95 / (1 + z95*z95/size) * math.Sqrt(p*(1-p)/size+z95*z95/(4*size*size))
	return math.Max(0, middle-half), math.Min(1, middle+half)
}

// newcombe is the interval of the share x1 of n1 less the share x2 of n2.
func newcombe(x1, n1, x2, n2 int64) (diff, low, high float64) {
	p1, p2 := float64(x1)/float64(n1), float64(x2)/float64(n2)
	l1, u1 := wilson(x1, n1)
	l2, u2 := wilson(x2, n2)
	diff = p1 - p2
	return diff, diff - math.Hypot(p1-l1, u2-p2), diff + math.Hypot(u1-p1, p2-l2)
}

// byar is the interval of a count of at least 10 events.
func byar(x int64) (low, high float64) {
	n := float64(x)
	low = n * math.Pow(1-1/(9*n)-z95/(3*math.Sqrt(n)), 3)
	n++
	return low, n * math.Pow(1-1/(9*n)+z95/(3*math.Sqrt(n)), 3)
}

// poissonBelow is the chance of at most x events where mean are expected.
func poissonBelow(x int64, mean float64) float64 {
	sum, term := 0.0, math.Exp(-mean)
	for k := int64(0); k <= x; k++ {
		sum += term
		term *= mean / float64(k+1)
	}
	return sum
}

// endsOfCount is the interval of a count of events: Byar's from 10, exact below.
func endsOfCount(x int64) (low, high float64) {
	if x >= 10 {
		return byar(x)
	}
	solve := func(below func(mean float64) bool) float64 {
		lo, hi := 0.0, 40.0
		for range 80 {
			if middle := (lo + hi) / 2; below(middle) {
				lo = middle
			} else {
				hi = middle
			}
		}
		return lo
	}
	if x > 0 {
		low = solve(func(mean float64) bool { return 1-poissonBelow(x-1, mean) < 0.025 })
	}
	return low, solve(func(mean float64) bool { return poissonBelow(x, mean) > 0.025 })
}

// prints says whether v, printed as files print it, is text.
func prints(text string, v float64) bool {
	printed, err := strconv.ParseFloat(text, 64)
	return err == nil && math.Abs(printed-v) <= 0.05+1e-6
}

// intervalFollows holds the interval of a share or rate against the counts printed beside it:
// one made from finer or hidden counts would give them away. Of a rate whose events befall
// people again, it may be wider, in steps that say little of who.
func (m *measure) intervalFollows(row row) bool {
	if row.low == "" && row.high == "" {
		return true
	}
	switch {
	case m.Kind == "proportion" || m.isPart(row):
		low, high := wilson(row.numerator, row.base)
		return prints(row.low, 100*low) && prints(row.high, 100*high)
	case m.Kind == "rate":
		return m.rateFollows(row)
	case m.Kind == "count" || m.Kind == "distribution":
		return false
	}
	return true
}

// dispersionStep is how finely the interval of a rate may tell how events cluster in people.
const dispersionStep = 0.25

func (m *measure) rateFollows(row row) bool {
	least, most := endsOfCount(row.numerator)
	unit := float64(m.Per) / float64(row.base)
	value := float64(row.numerator) * unit
	for dispersion := 1.0; dispersion <= 400; dispersion += dispersionStep {
		wider := math.Sqrt(dispersion)
		low, high := math.Max(0, value-wider*(value-least*unit)), value+wider*(most*unit-value)
		if prints(row.low, low) && prints(row.high, high) {
			return true
		}
	}
	return false
}

// meanSteps are the steps, to a unit, that a mean may be printed to, and twice each is the
// fewest answers that such a mean needs for two totals to fit it.
var meanSteps = []int64{1, 2, 5, 10, 20, 50, 100}

// tooFine says whether a mean of n answers, as printed, can stand for one total alone.
func tooFine(text string, n int64) bool {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return false // not printed
	}
	for _, perUnit := range meanSteps {
		if at := v * float64(perUnit); math.Abs(at-math.Round(at)) < 1e-6 {
			return perUnit > 1 && n < 2*perUnit
		}
	}
	return true
}
