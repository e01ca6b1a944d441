package statistics

import "math"

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
