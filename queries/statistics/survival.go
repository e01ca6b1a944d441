package statistics

import (
	"math"
	"slices"
)

// DayCount is how many cases ended on, or were last seen still open on, one whole day
// after they began.
type DayCount struct {
	Day             int
	Ended, Censored int64
}

// Histogram is the waiting times of a group of cases. Days may come in any order and may
// repeat.
type Histogram []DayCount

// Step is one day of a Kaplan-Meier curve. Still is the share of cases not ended after the
// day and SE its standard error by Greenwood, NaN where Still is 0; Low and High are its 95%
// log-log limits, NaN where Still is 1 or 0.
type Step struct {
	Day              int
	AtRisk, Ended    int64
	Still, Low, High float64
	SE               float64
}

// Scale is on what scale limits of a survival share are symmetrical.
type Scale int

// The scales; LogLog is the one that keeps its confidence in small groups.
const (
	LogLog Scale = iota
	Log
	Plain
)

// Curve is the Kaplan-Meier curve of h, one step per day on which something happened.
// Cases censored on a day count as at risk of ending on it.
func (h Histogram) Curve() []Step { return h.CurveOn(LogLog) }

// CurveOn is Curve with limits on another scale. Log and Plain limits are held within 0 and
// 1, and meet the share where it is 1.
func (h Histogram) CurveOn(scale Scale) []Step {
	byDay := map[int]DayCount{}
	var atRisk int64
	for _, d := range h {
		c := byDay[d.Day]
		byDay[d.Day] = DayCount{d.Day, c.Ended + d.Ended, c.Censored + d.Censored}
		atRisk += d.Ended + d.Censored
	}
	days := make([]int, 0, len(byDay))
	for day, d := range byDay {
		if d.Ended+d.Censored > 0 {
			days = append(days, day)
		}
	}
	slices.Sort(days)
	steps := make([]Step, 0, len(days))
	still, variance := 1.0, 0.0
	for _, day := range days {
		d := byDay[day]
		n, e := float64(atRisk), float64(d.Ended)
		if d.Ended == atRisk {
			still = 0
		} else if d.Ended > 0 {
			still *= 1 - e/n
			variance += e / (n * (n - e))
		}
		lo, hi := scale.limits(still, variance)
		se := still * math.Sqrt(variance)
		if still <= 0 {
			se = math.NaN()
		}
		steps = append(steps, Step{day, atRisk, d.Ended, still, lo, hi, se})
		atRisk -= d.Ended + d.Censored
	}
	return steps
}

// limits is the interval of a survival share; variance is Greenwood's sum.
func (scale Scale) limits(still, variance float64) (lo, hi float64) {
	if still <= 0 || (scale == LogLog && still >= 1) {
		return math.NaN(), math.NaN()
	}
	wide := Z95 * math.Sqrt(variance)
	switch scale {
	case Log:
		return still * math.Exp(-wide), math.Min(1, still*math.Exp(wide))
	case Plain:
		return math.Max(0, still-still*wide), math.Min(1, still+still*wide)
	}
	spread := wide / math.Abs(math.Log(still))
	return math.Pow(still, math.Exp(spread)), math.Pow(still, math.Exp(-spread))
}

// Median is the day by which half the cases have ended, open cases counted for as long as
// they were seen. Where exactly half have ended for a while it is the middle of that while.
// ok is false where the curve never comes down to a half; lo and hi are NaN where the
// interval is open on that side.
func (h Histogram) Median() (m, lo, hi float64, ok bool) { return h.Quantile(0.5) }

// Quantile is the day by which a share p of the cases has ended; see Median.
func (h Histogram) Quantile(p float64) (q, lo, hi float64, ok bool) {
	return h.QuantileOn(LogLog, p)
}

// QuantileOn is Quantile with limits on another scale.
func (h Histogram) QuantileOn(scale Scale, p float64) (q, lo, hi float64, ok bool) {
	steps := h.CurveOn(scale)
	at := func(share func(Step) float64) float64 { return crossing(steps, share, p) }
	q = at(func(s Step) float64 { return 1 - s.Still })
	lo = at(func(s Step) float64 { return 1 - s.Low })
	hi = at(func(s Step) float64 { return 1 - s.High })
	return q, lo, hi, !math.IsNaN(q)
}

// crossing is the day on which a rising share first reaches p: midway to the next rise
// where it rests on p exactly, NaN where it never gets there.
func crossing(steps []Step, share func(Step) float64, p float64) float64 {
	const tolerance = 1.5e-8
	for i, s := range steps {
		v := share(s)
		if math.IsNaN(v) || v < p-tolerance {
			continue
		}
		if v > p+tolerance {
			return float64(s.Day)
		}
		for _, next := range steps[i+1:] {
			if w := share(next); !math.IsNaN(w) && w > v {
				return float64(s.Day+next.Day) / 2
			}
		}
		return float64(s.Day+steps[len(steps)-1].Day) / 2
	}
	return math.NaN()
}

// Within is the share of cases ended by the end of a day, with its 95% interval. All are
// NaN after the last case was lost from sight, and the ends where the share is 0 or 1.
func (h Histogram) Within(day int) (p, lo, hi float64) {
	steps := h.Curve()
	if len(steps) == 0 || (day > steps[len(steps)-1].Day && steps[len(steps)-1].Still > 0) {
		return math.NaN(), math.NaN(), math.NaN()
	}
	p, lo, hi = 0, math.NaN(), math.NaN()
	for _, s := range steps {
		if s.Day > day {
			break
		}
		p, lo, hi = 1-s.Still, 1-s.High, 1-s.Low
	}
	return p, lo, hi
}

// AtRisk is the number of cases seen still open at the start of a day.
func (h Histogram) AtRisk(day int) int64 {
	var n int64
	for _, d := range h {
		if d.Day >= day {
			n += d.Ended + d.Censored
		}
	}
	return n
}
