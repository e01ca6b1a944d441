package queries

import (
	"math"
	"slices"

	"wherry/config"
	"wherry/queries/statistics"
)

// judge sets the limits of the stretch the series is in now, flags its points and says what
// the last one tells; or says why it cannot.
func (r *Reading) judge(s stretch, quarter config.Period) {
	r.Limits.N, r.Limits.Points = s.useful, s.useful
	if s.useful+s.hidden >= fewestPoints && s.mostlyHidden() {
		r.Why = s.unfit()
		return
	}
	if s.useful < fewestPoints {
		r.Change = TooFew
		r.Why = phrase("why.points", "n", s.useful, "least", fewestPoints)
		r.median(s)
		return
	}
	if r.Refuses(config.RefuseChange) {
		r.Why = r.refusedFor(config.RefuseChange)
		return
	}
	if r.Why = s.unfit(); r.Why.Key != "" {
		return
	}
	c := s.chart()
	r.draw(s, c)
	r.Chart, r.ChartWhy = c.name, c.why
	shown := s.withinReason(c.limits)
	r.Limits = Limits{Mean: shown.Mean, Lower: shown.Lower, Upper: shown.Upper, N: c.limits.N, Points: s.useful, Trial: s.useful < firmPoints,
		From: r.Points[s.first].Figure.Period, To: r.Points[s.first+c.places-1].Figure.Period, OK: !math.IsNaN(shown.Lower)}
	if r.Points[s.last].Figure.Period.Start.Before(quarter.Start.AddDate(0, 0, -s.measure.Matures)) {
		r.Why = phrase("why.no-figure")
		return
	}
	r.change(s, c)
	r.Assurance = r.assured(s, c)
}

// refusedFor is the reason the ledger gives for a refusal.
func (r *Reading) refusedFor(what string) Phrase {
	for _, d := range r.Refusals {
		if slices.Contains(d.Refuses, what) {
			return phrase("why.unsaid", "why", d.Title)
		}
	}
	return Phrase{}
}

// median draws the middle of a short stretch, which no limits go with.
func (r *Reading) median(s stretch) {
	if s.useful < 2 {
		return
	}
	centre := statistics.Run(s.values).Centre
	r.Chart, r.ChartWhy = "run", phrase("chart.run", "least", fewestPoints)
	r.Limits.N, r.Limits.From, r.Limits.To = s.useful, r.Points[s.first].Figure.Period, r.Points[s.last].Figure.Period
	for i := s.first; i <= s.last; i++ {
		r.Points[i].Centre = centre
	}
}

// draw puts a chart's lines and flags on the points of a stretch.
func (r *Reading) draw(s stretch, c lines) {
	for i, sig := range c.points {
		p := &r.Points[s.first+i]
		p.Lower, p.Centre, p.Upper = c.lower[i], c.centre[i], c.upper[i]
		p.Rule, p.High = string(sig.Rule), sig.High
		p.Better = sig.Rule != statistics.Common && better(r.direction(s.measure), sig.High)
	}
}

func better(direction string, high bool) bool {
	return (direction == "up" && high) || (direction == "down" && !high)
}

// change reads the last point. A point that is part of a run on one side of the average is
// read as that run even where it also lies outside the limits: the run says more.
func (r *Reading) change(s stretch, c lines) {
	end := len(s.values) - 1
	sig := c.points[end]
	r.Since = r.Points[s.last].Figure.Period
	r.Run = 1
	if sig.Rule == statistics.Common {
		r.Change = NoChange
		return
	}
	first := sig.First
	since := unbroken(c.points)
	if start := runStart(c.apart); end-start+1 >= runPoints && sig.Rule != statistics.Trend && !c.gaps {
		sig.Rule, first = statistics.Shift, start
		since = start + statistics.StepIn(c.apart[start:])
	}
	r.Rule, r.High = string(sig.Rule), sig.High
	r.Run = end - first + 1
	r.Since = r.Points[s.first+since].Figure.Period
	switch direction := r.direction(s.measure); {
	case direction == "neither":
		r.Change = Different
	case better(direction, sig.High):
		r.Change = Improving
	default:
		r.Change = Concern
	}
}

// unbroken is the first of the points outside the limits on one side that end the series; or
// else the first of the window that flags its last point.
func unbroken(points []statistics.Signal) int {
	i := len(points) - 1
	last := points[i]
	if last.Rule != statistics.Outside {
		return last.First
	}
	for i > 0 && points[i-1].Rule == last.Rule && points[i-1].High == last.High {
		i--
	}
	return i
}

// pointsSince is how many judged points there are from Since on.
func (r Reading) pointsSince() int {
	n := 0
	for _, p := range r.Points {
		if !p.Figure.Period.Start.Before(r.Since.Start) && !math.IsNaN(p.Centre) {
			n++
		}
	}
	return n
}

// runStart is the first place of the run on one side of the centre that ends a series of
// distances from it.
func runStart(apart []float64) int {
	i := len(apart) - 1
	above := apart[i] > 0
	for i > 0 && apart[i-1] != 0 && !math.IsNaN(apart[i-1]) && (apart[i-1] > 0) == above {
		i--
	}
	return i
}

// assured compares the target with the limits of the stretch the series is in now: those of
// the baseline while nothing has changed, those of the points since the shift once there are
// enough of them. Until then it is too early to say.
func (r *Reading) assured(s stretch, c lines) Assurance {
	m := s.measure
	if r.Assurance == NoTarget {
		return NoTarget
	}
	l := c.reach()
	switch {
	case r.Rule == "":
	case r.Rule == string(statistics.Shift) && !c.gaps && r.pointsSince() >= c.settled():
		l = s.since(len(s.values) - r.pointsSince()).chart().reach()
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

// since is the end of a stretch, from one of its places.
func (s stretch) since(place int) stretch {
	s.values, s.counts, s.bases = s.values[place:], s.counts[place:], s.bases[place:]
	s.first += place
	s.useful = 0
	for _, v := range s.values {
		if !math.IsNaN(v) {
			s.useful++
		}
	}
	return s
}
