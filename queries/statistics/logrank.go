package statistics

import "math"

// LogRankTest compares two groups of waiting times: ended cases seen and expected in each group, the log-rank
// statistic of the first against the second, and its chance.
type LogRankTest struct {
	ChiSq, P           float64
	Observed, Expected [2]float64
}

// LogRank tests whether two groups of cases end at the same pace. ChiSq and P are NaN where
// nothing ended while both groups had cases.
func LogRank(a, b Histogram) LogRankTest {
	var out LogRankTest
	var variance float64
	for _, s := range append(append(Histogram{}, a...), b...).Curve() {
		n, d := float64(s.AtRisk), float64(s.Ended)
		if d == 0 {
			continue
		}
		inA := float64(a.AtRisk(s.Day))
		out.Expected[0] += d * inA / n
		out.Expected[1] += d * (n - inA) / n
		if n > 1 {
			variance += d * (inA / n) * (1 - inA/n) * (n - d) / (n - 1)
		}
	}
	for i, h := range [2]Histogram{a, b} {
		for _, day := range h {
			out.Observed[i] += float64(day.Ended)
		}
	}
	difference := out.Observed[0] - out.Expected[0]
	out.ChiSq, out.P = math.NaN(), math.NaN()
	if variance > 0 {
		out.ChiSq = difference * difference / variance
		out.P = math.Erfc(math.Sqrt(out.ChiSq / 2))
	}
	return out
}
