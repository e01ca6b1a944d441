package statistics

import (
	"math"
	"slices"
)

// Season is how strongly a series follows the seasons: the F ratio of the differences
// between places in the cycle (months of the year, for a cycle of 12) to what is left once
// each whole cycle keeps its own level, so that a change of level does not look like a
// season. It uses the last whole cycles; a missing value is taken as its cycle's mean. ok
// is false with fewer than two cycles or with nothing but the season left.
func Season(values []float64, cycle int) (f float64, cycles int, ok bool) {
	cycles = len(values) / cycle
	if cycles < 2 || cycle < 2 {
		return 0, cycles, false
	}
	values = values[len(values)-cycles*cycle:]
	levels, overall := make([]float64, cycles), 0.0
	for c := range levels {
		var n float64
		for _, v := range values[c*cycle : (c+1)*cycle] {
			if !math.IsNaN(v) {
				levels[c] += v
				n++
			}
		}
		if n == 0 {
			return 0, cycles, false
		}
		levels[c] /= n
	}
	effects := make([]float64, cycle)
	for i, v := range values {
		if !math.IsNaN(v) {
			effects[i%cycle] += (v - levels[i/cycle]) / float64(cycles)
		}
	}
	overall = mean(effects)
	var between, within float64
	for _, e := range effects {
		between += float64(cycles) * (e - overall) * (e - overall)
	}
	for i, v := range values {
		rest := overall - effects[i%cycle]
		if !math.IsNaN(v) {
			rest += v - levels[i/cycle]
		}
		within += rest * rest
	}
	if within == 0 {
		return 0, cycles, false
	}
	return between / float64(cycle-1) / (within / float64((cycles-1)*(cycle-1))), cycles, true
}

// fewestFree is the fewest degrees of freedom that limits of a Seasonal chart rest on.
const fewestFree = 6

// Seasonal is a chart of a series with its season taken out. Its first base values, whole
// cycles of them, say what is usual for each place in the cycle: Centre, so that the limits
// follow the season. spread is the variance of each value as a share of one that is not
// known: ones for single values, p(1-p)/n for shares of n. That one is what is left in the
// baseline once each cycle keeps its own level too; neverNarrower holds it to at least one, the
// model's own. Limits are those of a new value, for which what is usual is an estimate; the
// values that helped to make it lie nearer to it, so few of them are flagged. A place known
// from fewer than two values is not judged. The rules read the distances from Centre.
func Seasonal(values, spread []float64, cycle, base int, neverNarrower bool) Control {
	usual, weight := usualOf(values[:base], spread, cycle)
	apart := make([]float64, len(values))
	for i, v := range values {
		apart[i] = v - usual[i%cycle]
	}
	sigma := leftOver(apart[:base], spread, cycle)
	if neverNarrower {
		sigma = math.Max(1, sigma)
	}
	c := chartOf("seasonal", apart, Options{Fix: base}, func(_, _, _ int) stretch {
		s := newStretch(len(apart))
		s.sigmaZ, s.rules = sigma, Limits{Mean: 0, Lower: -3, Upper: 3, NearLower: -2, NearUpper: 2}
		for i, a := range apart {
			s.centre[i] = usual[i%cycle]
			if sd := sigma * math.Sqrt(spread[i]+1/weight[i%cycle]); sd > 0 {
				s.judged[i], s.lower[i], s.upper[i] = a/sd, s.centre[i]-3*sd, s.centre[i]+3*sd
			}
		}
		return s
	})
	c.Values = slices.Clone(values)
	return c
}

// usualOf is the weighted mean of each place in the cycle and the weight it rests on; NaN
// where fewer than two values are given.
func usualOf(values, spread []float64, cycle int) (usual, weight []float64) {
	usual, weight = make([]float64, cycle), make([]float64, cycle)
	given := make([]int, cycle)
	for i, v := range values {
		if !math.IsNaN(v) {
			given[i%cycle]++
			usual[i%cycle] += v / spread[i]
			weight[i%cycle] += 1 / spread[i]
		}
	}
	for k, n := range given {
		usual[k] /= weight[k]
		if n < 2 {
			usual[k], weight[k] = math.NaN(), math.NaN()
		}
	}
	return usual, weight
}

// leftOver is the standard deviation of distances from what is usual, as a share of their
// spread, once each cycle keeps its own level.
func leftOver(apart, spread []float64, cycle int) float64 {
	var squares float64
	places, n, cycles := map[int]bool{}, 0, len(apart)/cycle
	for c := range cycles {
		var sum, weight float64
		for i := c * cycle; i < (c+1)*cycle; i++ {
			if !math.IsNaN(apart[i]) {
				sum += apart[i] / spread[i]
				weight += 1 / spread[i]
				places[i%cycle] = true
				n++
			}
		}
		for i := c * cycle; i < (c+1)*cycle; i++ {
			if !math.IsNaN(apart[i]) {
				squares += (apart[i] - sum/weight) * (apart[i] - sum/weight) / spread[i]
			}
		}
	}
	free := n - len(places) - (cycles - 1)
	if free < fewestFree {
		return math.NaN()
	}
	return math.Sqrt(squares / float64(free))
}
