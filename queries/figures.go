package queries

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"wherry/config"
	"wherry/queries/statistics"
)

// result makes the figures of c as the table allows.
func (c *Cells) result(t *table, supplied Supplied) *Result {
	r := &Result{Measure: c.measure, Statement: c.statement(), Rules: t.rules[c.measure], Merged: c.merged, Unitaries: c.unitaries(), Held: c.held}
	r.Hidden.Lowered = t.lowered[c.measure.ID]
	for _, k := range c.keys() {
		f := c.figure(t, k, supplied)
		r.Figures = append(r.Figures, f)
		r.Hidden.Cells++
		if f.State == Suppressed {
			r.Hidden.Hidden++
		}
	}
	return r
}

// figure is what may be said of one cell. Where no return was owed and nothing was counted,
// the extract had not begun: that is not a zero.
func (c *Cells) figure(t *table, k cellKey, supplied Supplied) Figure {
	f := Figure{Period: k.period, Area: k.area, Breakdown: k.breakdown, Category: k.category,
		Value: math.NaN(), Low: math.NaN(), High: math.NaN(), State: Shown}
	young := c.young(k.period)
	f.Provisional = young
	v := c.value(k)
	people, perPeople := c.peopleAt(k)
	got, want := supplied(c.measure, k.period)
	if 0 < got && got < want {
		f.Warnings = append(f.Warnings, fmt.Sprintf("%d of %d returns had come", got, want))
	}
	switch {
	case want > 0 && got == 0:
		f.State = NotSupplied
		return f
	case want == 0 && v.base == 0, c.measure.Kind == Rate && !perPeople:
		f.State = NotApplicable
		return f
	case v.base == 0 && young && c.measure.judges() && !t.hides(c, k, partBase):
		f.State = Pending
		return f
	}
	c.fill(&f, t, k, v, people)
	return f
}

// young says whether rows of a period are still to be judged.
func (c *Cells) young(p config.Period) bool {
	return p.End.AddDate(0, 0, c.measure.Matures).After(c.plan.asAt.AddDate(0, 0, 1))
}

// judges says whether the measure says something of each thing counted, so that with none
// there is nothing to say, and with few the figure is of those few.
func (m *Measure) judges() bool {
	switch m.Kind {
	case Proportion, Duration, Mean, PairedChange:
		return true
	}
	return false
}

// fill gives f its numbers, or the state that keeps them back.
func (c *Cells) fill(f *Figure, t *table, k cellKey, v tally, people int64) {
	f.BaseShown = !t.hides(c, k, partBase)
	switch {
	case c.measure.Kind == Distribution && k.breakdown != "":
		c.divided(f, t, k, v)
		return
	case c.measure.Kind == Estimate:
		f.BaseShown = false
	case c.measure.Kind == Rate:
		f.Base, f.BaseShown = people, true
	case f.BaseShown:
		f.Base = c.rounded(t, v.base)
	}
	judged := c.measure.judges()
	switch {
	case t.hides(c, k, partBase):
		f.State = Suppressed
	case v.base == 0 && (judged || c.measure.Kind == Estimate):
		f.State = NotApplicable
	case c.hidesValue(t, k):
		f.State = Suppressed
	case judged && c.measure.ProtectsPeople() && v.base < t.fewest(c.measure):
		f.State = Suppressed
	default:
		c.measured(f, t, k, v)
	}
}

// hidesValue says whether what a value is made from, beside its base, is hidden.
func (c *Cells) hidesValue(t *table, k cellKey) bool {
	switch c.measure.Kind {
	case Proportion:
		return t.hides(c, k, partMet)
	case Mean, PairedChange:
		return t.hides(c, k, partMean)
	}
	return false
}

// measured gives a figure that may be shown its value and interval. Percentages and rates
// are made from the counts as printed.
func (c *Cells) measured(f *Figure, t *table, k cellKey, v tally) {
	switch c.measure.Kind {
	case Proportion:
		f.Numerator = c.rounded(t, v.met)
		if f.Base == 0 {
			f.State = Suppressed
			return
		}
		f.Value = 100 * float64(f.Numerator) / float64(f.Base)
		lo, hi := statistics.Wilson(f.Numerator, f.Base, statistics.Z95)
		f.Low, f.High = 100*lo, 100*hi
	case Rate:
		f.Numerator = c.rounded(t, v.base)
		c.befell(f, t, k, v)
	case Mean:
		n := v.base
		c.averaged(f, t, n, v.sums.mean(sumValue, n), c.spread(v, sumValue, sumSquare))
	case PairedChange:
		c.paired(f, t, k, v)
	case Estimate:
		f.Value, f.Low, f.High = v.sums.total(sumCentral), v.sums.total(sumLow), v.sums.total(sumHigh)
	case Count, Distribution:
		f.Numerator = f.Base
		f.Value = float64(f.Base)
	case Duration:
		c.waited(f, t, k, v)
	}
}

// waited gives a duration its Kaplan-Meier median and shares. Where more than half are
// still open there is no median yet.
func (c *Cells) waited(f *Figure, t *table, k cellKey, v tally) {
	h := v.histogram()
	f.Open = HiddenOpen
	if !t.hides(c, k, partOpen) {
		f.Open = c.rounded(t, v.base-v.endedCases())
	}
	for _, d := range c.measure.Within {
		share, lo, hi := h.Within(d)
		if t.hides(c, k, partWithin(d)) {
			continue
		}
		f.Within = append(f.Within, Share{Days: d, Value: c.percent(t, share), Low: c.percent(t, lo), High: c.percent(t, hi)})
	}
	f.Slowest = c.slowest(t, k, h, f.Base)
	median, lo, hi, ok := h.Median()
	if !ok {
		f.State = Pending
		f.Warnings = append(f.Warnings, "more than half are still open, so there is no median yet")
		return
	}
	f.Value, f.Low, f.High = median, lo, hi
}

// slowestTenth is how many times the slowest tenth goes into all.
const slowestTenth = 10

// slowest is the day by which nine in ten of a cell's cases had ended. base is the number of
// cases as printed. A day bounds how many had ended by another, so that there is none beside a
// hidden share.
func (c *Cells) slowest(t *table, k cellKey, h statistics.Histogram, base int64) Slowest {
	s := Slowest{State: Suppressed, Days: math.NaN(), Low: math.NaN(), High: math.NaN()}
	if c.measure.ProtectsPeople() && base < slowestTenth*(t.audience.HideUpTo+1) {
		return s
	}
	for _, d := range c.measure.Within {
		if t.hides(c, k, partWithin(d)) {
			return s
		}
	}
	days, lo, hi, ok := h.Quantile(1 - 1./slowestTenth)
	if !ok {
		s.State = Pending
		return s
	}
	return Slowest{State: Shown, Days: days, Low: lo, High: hi}
}

// percent is a share as a percentage: whole where the audience reads rounded counts, since
// a finer one would undo the rounding.
func (c *Cells) percent(t *table, share float64) float64 {
	if t.audience.RoundTo > 1 && c.measure.ProtectsPeople() {
		return math.Round(100 * share)
	}
	return 100 * share
}

// rounded is a count as the audience reads it.
func (c *Cells) rounded(t *table, n int64) int64 {
	step := t.audience.RoundTo
	if step <= 1 || !c.measure.ProtectsPeople() {
		return n
	}
	return (n + step/2) / step * step
}

// histogram is a duration's cases by day, in order.
func (t tally) histogram() statistics.Histogram {
	var h statistics.Histogram
	for _, day := range slices.Sorted(maps.Keys(t.days)) {
		h = append(h, statistics.DayCount{Day: day, Ended: t.days[day].ended, Censored: t.days[day].open})
	}
	return h
}

// AllSupplied is a Supplied for measures whose returns are not in question.
func AllSupplied(*Measure, config.Period) (got, want int) { return 1, 1 }
