package statistics

import "math"

// signFlipMost is the most pairs for which every flip of signs is tried.
const signFlipMost = 14

// Paired is the change of the same people from before to after. Mean is after less before,
// with a t interval (of no width where everyone changed alike; T, P and DZ are then NaN).
// DZ is the mean over the deviation of the changes; DAv over the mean deviation of the two
// scores; G is DAv for small samples (Hedges). SignFlip is the exact two-sided chance of a
// mean change as large were signs a toss of a coin, NaN above 14 pairs.
type Paired struct {
	N                 int64
	Mean, SD          float64
	Low, High         float64
	T, P, DZ, DAv, G  float64
	R                 float64 // correlation of before and after
	Before, After     float64 // mean scores
	SDBefore, SDAfter float64
	SignFlip          float64
}

// PairedChange compares before[i] with after[i]; both are given for every pair. With fewer
// than two pairs only N and the means are numbers.
func PairedChange(before, after []float64, confidence float64) Paired {
	d := make([]float64, len(before))
	for i := range before {
		d[i] = after[i] - before[i]
	}
	out := Paired{N: int64(len(d)), T: math.NaN(), P: math.NaN(), DZ: math.NaN(), SignFlip: signFlip(d)}
	out.Mean, out.SD = MeanSD(d)
	out.Before, out.SDBefore = MeanSD(before)
	out.After, out.SDAfter = MeanSD(after)
	out.Low, out.High = MeanT(out.N, out.Mean, out.SD, confidence)
	if out.SD > 0 {
		n := float64(out.N)
		out.DZ = out.Mean / out.SD
		out.T = out.DZ * math.Sqrt(n)
		out.P = 2 * tCDF(-math.Abs(out.T), n-1)
	}
	out.DAv = out.Mean / math.Sqrt((out.SDBefore*out.SDBefore+out.SDAfter*out.SDAfter)/2)
	out.G = out.DAv * (1 - 3/(4*float64(out.N-1)-1))
	out.R = covariance(before, after) / (out.SDBefore * out.SDAfter)
	return out
}

func covariance(a, b []float64) float64 {
	ma, mb := mean(a), mean(b)
	var sum float64
	for i := range a {
		sum += (a[i] - ma) * (b[i] - mb)
	}
	return sum / float64(len(a)-1)
}

// signFlip is the share of all choices of signs whose sum is at least as far from zero.
func signFlip(d []float64) float64 {
	if len(d) == 0 || len(d) > signFlipMost {
		return math.NaN()
	}
	var seen float64
	for _, v := range d {
		seen += v
	}
	extreme := 0
	for signs := range 1 << len(d) {
		var sum float64
		for i, v := range d {
			if signs>>i&1 == 1 {
				v = -v
			}
			sum += v
		}
		if math.Abs(sum) >= math.Abs(seen)-1e-9 {
			extreme++
		}
	}
	return float64(extreme) / float64(int(1)<<len(d))
}

// Regression is how far scores move towards the mean with no change at all, for people
// chosen by a first score beyond a cut. Effect is a distance, never negative; First and
// Second are their expected mean scores.
type Regression struct{ ICC, Effect, First, Second float64 }

// RegressionToMean is by the formula of Davis (1976): scores vary between people by
// sdBetween and from one time to the next within a person by sdWithin; above says that
// people over the cut were chosen, otherwise those under it.
func RegressionToMean(m, sdBetween, sdWithin, cut float64, above bool) Regression {
	total := math.Hypot(sdBetween, sdWithin)
	direction := 1.0
	if !above {
		direction = -1
	}
	z := direction * (cut - m) / total
	density := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
	hazard := density / normalCDF(-z)
	out := Regression{ICC: sdBetween * sdBetween / (total * total)}
	out.Effect = sdWithin * sdWithin / total * hazard
	out.First = m + direction*total*hazard
	out.Second = out.First - direction*out.Effect
	return out
}
