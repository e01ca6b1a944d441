package queries

import (
	"math"

	"wherry/queries/statistics"
)

// divided gives a category its percentage of the whole, made from the counts as printed.
func (c *Cells) divided(f *Figure, t *table, k cellKey, v tally) {
	whole := cellKey{period: k.period, area: k.area}
	total := c.value(whole).base
	f.BaseShown = !t.hides(c, whole, partBase)
	if f.BaseShown {
		f.Base = c.rounded(t, total)
	}
	switch {
	case total == 0 && f.BaseShown:
		f.State = NotApplicable
	case !f.BaseShown, f.Base == 0, t.hides(c, k, partBase), c.measure.ProtectsPeople() && total < t.rules[c.measure].MinBase:
		f.State = Suppressed
	default:
		f.Numerator = min(c.rounded(t, v.base), f.Base)
		c.percentage(f)
	}
}

// percentage is the value and interval of a share of the base.
func (c *Cells) percentage(f *Figure) {
	f.Value = 100 * float64(f.Numerator) / float64(f.Base)
	lo, hi := statistics.Wilson(f.Numerator, f.Base, statistics.Z95)
	f.Low, f.High = 100*lo, 100*hi
}

// dispersionStep is how finely the clustering of events in people may be read from an
// interval, where small numbers are people.
const dispersionStep = 0.25

// befell is the rate of events, with the interval that their falling on the same people
// again asks for (statistics.CompoundPoisson). Where the number of people is hidden the
// interval would give it away, and there is none.
func (c *Cells) befell(f *Figure, t *table, k cellKey, v tally) {
	f.Value, f.Low, f.High = statistics.PoissonRate(f.Numerator, float64(f.Base), float64(c.measure.Per))
	if c.measure.People == "" {
		return
	}
	if t.hides(c, k, partPeople) {
		f.Low, f.High = math.NaN(), math.NaN()
		return
	}
	f.People, f.PeopleShown = min(c.rounded(t, v.people), f.Numerator), true
	if v.base == 0 {
		return
	}
	dispersion := float64(v.squares) / float64(v.base)
	if c.measure.ProtectsPeople() {
		dispersion = dispersionStep * math.Ceil(dispersion/dispersionStep)
	}
	wider := math.Sqrt(dispersion)
	f.Low, f.High = math.Max(0, f.Value-wider*(f.Value-f.Low)), f.Value+wider*(f.High-f.Value)
}

// spread is the standard deviation behind a mean; NaN of one value.
func (c *Cells) spread(v tally, sum, square int) float64 {
	if v.base < 2 {
		return math.NaN()
	}
	return math.Sqrt(v.sums.variance(sum, square, v.base))
}

// averaged gives a figure a mean of n values with its interval.
func (c *Cells) averaged(f *Figure, t *table, n int64, mean, sd float64) {
	lo, hi := statistics.MeanT(n, mean, sd, 0.95)
	f.Value, f.Low, f.High = c.blurred(t, n, mean), c.blurred(t, n, lo), c.blurred(t, n, hi)
}

// paired gives a change its mean difference and what stands beside it.
func (c *Cells) paired(f *Figure, t *table, k cellKey, v tally) {
	n, started := v.base, v.sums.count(sumStarted)
	c.averaged(f, t, n, v.sums.mean(sumDifference, n), c.spread(v, sumDifference, sumDifferenceSquare))
	p := &Paired{Started: HiddenOpen, Paired: f.Base, AtCeiling: math.NaN(), LeaversBefore: math.NaN(),
		Before: c.blurred(t, n, v.sums.mean(sumBefore, n)), After: c.blurred(t, n, v.sums.mean(sumAfter, n))}
	if !t.hides(c, k, partStarted) {
		p.Started = c.rounded(t, started)
	}
	improved, same, worse := c.moved(v)
	p.Improved = c.shareOf(t, k, partImproved, improved, n)
	p.Same = c.shareOf(t, k, partSame, same, n)
	p.Worse = c.shareOf(t, k, partWorse, worse, n)
	if c.measure.Scale != nil {
		p.AtCeiling = c.shareOf(t, k, partCeiling, v.sums.count(sumCeiling), n).Value
	}
	if left := started - n; left > 0 && p.Started != HiddenOpen && !t.hides(c, k, partLeaversMean) {
		p.LeaversBefore = c.blurred(t, left, v.sums.mean(sumLeavers, left))
	}
	if p.MayRegress = c.mayRegress(v); p.MayRegress {
		f.Warnings = append(f.Warnings, "people were chosen by their first score, or scored far from what is usual, so some of the movement would come with no change at all")
	}
	f.Paired = p
}

// moved is how many of the paired moved the better way, stayed, and moved the other way.
// Where neither way is better, a rise is called improved.
func (c *Cells) moved(v tally) (improved, same, worse int64) {
	improved, worse = v.sums.count(sumRose), v.sums.count(sumFell)
	if c.measure.Better == "down" {
		improved, worse = worse, improved
	}
	return improved, v.base - improved - worse, worse
}

// shareOf is a part of the paired in percent, NaN where the part is hidden.
func (c *Cells) shareOf(t *table, k cellKey, part string, x, n int64) Share {
	if t.hides(c, k, part) {
		return Share{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
	}
	lo, hi := statistics.Wilson(x, n, statistics.Z95)
	return Share{Value: c.percent(t, float64(x)/float64(n)), Low: c.percent(t, lo), High: c.percent(t, hi)}
}

// mayRegress says that people were chosen for their first score, or that it lies more than
// half a standard deviation from the usual on the side from which a move is better.
func (c *Cells) mayRegress(v tally) bool {
	m := c.measure
	if m.Chosen {
		return true
	}
	if m.Usual == nil || v.base < 2 {
		return false
	}
	away := *m.Usual - v.sums.mean(sumBefore, v.base)
	switch m.Better {
	case "down":
		away = -away
	case "neither":
		away = math.Abs(away)
	}
	return away > 0.5*c.spread(v, sumBefore, sumBeforeSquare)
}

// blurred is a mean of n values to the step that n supports: the finest step at which at
// least two totals of whole-number answers give what is printed, so that a mean says no more
// than its base does. n is taken at the least that its printed form may stand for.
func (c *Cells) blurred(t *table, n int64, mean float64) float64 {
	if !c.measure.ProtectsPeople() || math.IsNaN(mean) {
		return mean
	}
	least := float64(c.rounded(t, n))
	if t.audience.RoundTo > 1 {
		least -= float64(t.audience.RoundTo / 2)
	}
	for _, perUnit := range []float64{100, 50, 20, 10, 5, 2} {
		if least >= 2*perUnit {
			return math.Round(mean*perUnit)/perUnit + 0 // no minus zero
		}
	}
	return math.Round(mean) + 0
}
