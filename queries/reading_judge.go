package queries

import (
	"math"

	"wherry/config"
	"wherry/queries/statistics"
)

// baselinePoints is how many useful values the limits rest on: all of a short series, or
// else a fixed number of the first.
func (s series) baselinePoints() int {
	switch {
	case s.useful >= 30:
		return longBaseline
	case s.useful >= 24:
		return shortBaseline
	}
	return s.useful
}

// baseline is how many places from the first useful value hold the baseline's points.
func (s series) baseline() int {
	want := s.baselinePoints()
	for i := s.first; i <= s.last; i++ {
		if !math.IsNaN(s.values[i]) {
			want--
		}
		if want == 0 {
			return i - s.first + 1
		}
	}
	return s.last - s.first + 1
}

// judge sets limits, flags points and says what the last one tells.
func (s series) judge(m *Measure, out *Reading, quarter config.Period) {
	places := s.baseline()
	chart := statistics.NewXmR(s.values[s.first:s.last+1], statistics.Options{Fix: places})
	out.Chart = "xmr"
	out.Limits = limitsOf(m, chart.Limits)
	out.Limits.From = out.Points[s.first].Figure.Period
	out.Limits.To = out.Points[s.first+places-1].Figure.Period
	out.Limits.Trial = s.useful < firmPoints
	for i, sig := range chart.Points {
		p := &out.Points[s.first+i]
		p.Rule, p.High = string(sig.Rule), sig.High
		p.Better = sig.Rule != statistics.Common && better(m, sig.High)
	}
	if out.Points[s.last].Figure.Period.Start.Before(quarter.Start) {
		out.Why = "There is no figure yet for this quarter that can be judged."
		return
	}
	s.change(m, out, chart)
	out.Assurance = s.assurance(m, out, chart.Limits)
}

// limitsOf is process limits as a reader meets them: within what the measure can be.
func limitsOf(m *Measure, l statistics.Limits) Limits {
	out := Limits{Mean: l.Mean, Lower: math.Max(0, l.Lower), Upper: l.Upper, N: l.N, OK: true}
	if m.Kind == Proportion {
		out.Upper = math.Min(100, l.Upper)
	}
	return out
}

func better(m *Measure, high bool) bool {
	return (m.Better == "up" && high) || (m.Better == "down" && !high)
}

// change reads the last point. A point that is part of a run on one side of the average is
// read as that run even where it also lies outside the limits: the run says more.
func (s series) change(m *Measure, out *Reading, chart statistics.XmR) {
	end := s.last - s.first
	sig := chart.Points[end]
	out.Since = out.Points[s.last].Figure.Period
	out.Run = 1
	if sig.Rule == statistics.Common {
		out.Change = NoChange
		return
	}
	first := sig.First
	if start := runStart(s.values[s.first:s.last+1], chart.Mean); end-start+1 >= runPoints && sig.Rule != statistics.Trend {
		sig.Rule, first = statistics.Shift, start
	}
	out.Rule, out.High = string(sig.Rule), sig.High
	out.Run = end - first + 1
	out.Since = out.Points[s.first+first].Figure.Period
	switch {
	case m.Better == "neither":
		out.Change = Different
	case better(m, sig.High):
		out.Change = Improving
	default:
		out.Change = Concern
	}
}

// runStart is the first place of the run on one side of the mean that ends the series.
func runStart(values []float64, mean float64) int {
	i := len(values) - 1
	above := values[i] > mean
	for i > 0 && values[i-1] != mean && !math.IsNaN(values[i-1]) && (values[i-1] > mean) == above {
		i--
	}
	return i
}

// assurance compares the target with the limits of the stretch the series is in now: those
// of the baseline while nothing has changed, those of the points since the shift once there
// are enough of them. Until then it is too early to say.
func (s series) assurance(m *Measure, out *Reading, l statistics.Limits) Assurance {
	if m.Target == nil || m.Better == "neither" {
		return NoTarget
	}
	switch {
	case out.Rule == "":
	case out.Rule == string(statistics.Shift):
		since := s.values[s.last-out.Run+1 : s.last+1]
		l = statistics.NewXmR(since, statistics.Options{}).Limits
	default:
		return TooEarly
	}
	switch l.Meets(m.Target.Value, m.Better == "up") {
	case 1:
		return Expected
	case -1:
		return NotExpected
	}
	return MayOrMayNot
}

// falseSignal is the chance that the latest point of a measure that has not changed is
// flagged all the same: 36 months, limits from the first 24. Measured over simulated
// series; the test of ExpectedFalse measures it again.
const falseSignal = 0.04

// ExpectedFalse is how many of n measures that have not changed are expected to be flagged
// in a quarter by chance alone.
func ExpectedFalse(n int) float64 { return falseSignal * float64(n) }
