package statistics

import "math"

// Need is how many people a survey's prevalence implies in a population, what is known to
// services, and the rest. Each pair of ends is the survey's sampling interval on the logit
// scale: it does not cover the assumption that the local rate is the surveyed one. Unmet
// is never below zero; where Known exceeds Estimate the estimate is too low.
type Need struct {
	SE                         float64 // of the prevalence, design effect included
	Share, ShareLow, ShareHigh float64
	WaldLow, WaldHigh          float64 // of the share, for comparison with published tables
	Estimate, Low, High        float64 // people
	Unmet, UnmetLow, UnmetHigh float64 // people
	Reach, ReachLow, ReachHigh float64 // known over estimate
}

// Prevalence applies a share found among respondents (unweighted) of a survey with a
// design effect to a population, of whom known are known to services.
func Prevalence(share, respondents, designEffect, population, known, confidence float64) Need {
	z := Z(confidence)
	out := Need{Share: share, SE: math.Sqrt(designEffect * share * (1 - share) / respondents)}
	out.WaldLow, out.WaldHigh = share-z*out.SE, share+z*out.SE
	logit, spread := math.Log(share/(1-share)), z*out.SE/(share*(1-share))
	expit := func(v float64) float64 { return 1 / (1 + math.Exp(-v)) }
	out.ShareLow, out.ShareHigh = expit(logit-spread), expit(logit+spread)
	out.Estimate, out.Low, out.High = share*population, out.ShareLow*population, out.ShareHigh*population
	unmet := func(estimate float64) float64 { return math.Max(0, estimate-known) }
	out.Unmet, out.UnmetLow, out.UnmetHigh = unmet(out.Estimate), unmet(out.Low), unmet(out.High)
	out.Reach, out.ReachLow, out.ReachHigh = known/out.Estimate, known/out.High, known/out.Low
	return out
}

// Stratum is one group of a synthetic estimate: its prevalence with standard error, as
// shares of 1, and its people.
type Stratum struct{ Share, SE, Population float64 }

// Synthetic is an estimate summed over groups. SE takes their errors as independent, which
// is the least it can be; SETogether as fully shared, which is the most.
type Synthetic struct {
	Estimate, SE, Low, High               float64
	SETogether, LowTogether, HighTogether float64
	Share                                 float64 // of the whole population
}

// SyntheticEstimate is the people expected in an area if each group has its surveyed
// prevalence there. Ends are never below zero.
func SyntheticEstimate(groups []Stratum, confidence float64) Synthetic {
	var out Synthetic
	var population, variance float64
	for _, g := range groups {
		out.Estimate += g.Share * g.Population
		out.SETogether += g.SE * g.Population
		variance += g.SE * g.SE * g.Population * g.Population
		population += g.Population
	}
	z := Z(confidence)
	out.SE = math.Sqrt(variance)
	out.Low, out.High = math.Max(0, out.Estimate-z*out.SE), out.Estimate+z*out.SE
	out.LowTogether, out.HighTogether = math.Max(0, out.Estimate-z*out.SETogether), out.Estimate+z*out.SETogether
	out.Share = out.Estimate / population
	return out
}

// PredictCount is what the next `ahead` periods may hold after observed events in periods
// of the same length: the mean, and the least and greatest count of which both tails, given
// the total, keep (1 - confidence)/2. It supposes one constant rate and no more variation
// than Poisson's.
func PredictCount(observed, periods, ahead int64, confidence float64) (m float64, lo, hi int64) {
	tail := (1 - confidence) / 2
	share := float64(ahead) / float64(periods+ahead)
	m = float64(observed) / float64(periods) * float64(ahead)
	inside := func(y int64) bool {
		n := observed + y
		return binomialCDF(y, n, share) >= tail && 1-binomialCDF(y-1, n, share) >= tail
	}
	lo = int64(m)
	for lo > 0 && inside(lo-1) {
		lo--
	}
	hi = int64(m)
	for inside(hi + 1) {
		hi++
	}
	return m, lo, hi
}
