package dashboards

import (
	"math"
	"strconv"
	"time"

	"wherry/config"
	"wherry/dashboards/charts"
	"wherry/queries"
)

// plotted is one step of a measure's series for the whole partnership.
type plotted struct {
	Figure queries.Figure
	Point  *queries.Point // nil where the step was not judged
}

// seriesOf is the series that the measure's chart shows, without holes in time: the judged
// points where there are any, or else the shortest kind of period that has figures.
func seriesOf(r *queries.Result, area string) []plotted {
	kind := config.Month
	switch {
	case len(r.Reading.Points) > 0:
		kind = r.Reading.Points[0].Figure.Period.Kind
	default:
		for _, k := range []config.PeriodKind{config.Month, config.Quarter, config.Year, config.Rolling} {
			if len(r.Series(k, area, "", "")) > 0 {
				kind = k
				break
			}
		}
	}
	steps := map[time.Time]plotted{}
	var first, last config.Period
	add := func(p plotted) {
		at := p.Figure.Period
		if len(steps) == 0 || at.Start.Before(first.Start) {
			first = at
		}
		if len(steps) == 0 || at.Start.After(last.Start) {
			last = at
		}
		steps[at.Start] = p
	}
	for _, f := range r.Series(kind, area, "", "") {
		add(plotted{Figure: f})
	}
	for i := range r.Reading.Points {
		add(plotted{r.Reading.Points[i].Figure, &r.Reading.Points[i]})
	}
	if len(steps) == 0 {
		return nil
	}
	n := 1
	if kind == config.Rolling {
		n = 3 // published at quarter ends
	}
	var ps []plotted
	for at := first; !at.Start.After(last.Start); at = at.Shift(n) {
		p, ok := steps[at.Start]
		if !ok {
			p = plotted{Figure: queries.Figure{Period: at, Area: area, State: queries.NotApplicable}}
		}
		ps = append(ps, p)
	}
	return ps
}

// chartPoints prepares a series for drawing. A figure that may not be read is a gap with
// its mark; nothing of its value goes on.
func chartPoints(m *queries.Measure, r queries.Reading, series []plotted) []charts.Point {
	ps := make([]charts.Point, len(series))
	for i, s := range series {
		f := s.Figure
		p := charts.Point{Axis: axisLabel(f.Period), Name: periodName(f.Period), Value: math.NaN(), Provisional: f.Provisional}
		if f.State != queries.Shown {
			if f.State != queries.NotApplicable {
				p.Gap = mark(f.State)
			}
			ps[i] = p
			continue
		}
		p.Value, p.Text = held(f.Value), amount(m.Kind, f.Value)
		if s.Point != nil && s.Point.Rule != "" {
			p.Mark = pointMark(m, *s.Point)
			inRun := r.Since.Kind == f.Period.Kind && !f.Period.Start.Before(r.Since.Start)
			if s.Point.Rule == "outside" && !inRun {
				p.Note = "unusually low"
				if s.Point.High {
					p.Note = "unusually high"
				}
			}
		}
		ps[i] = p
	}
	return ps
}

func pointMark(m *queries.Measure, p queries.Point) charts.Mark {
	switch {
	case p.Rule == "":
		return charts.Ordinary
	case m.Better == "neither":
		return charts.Changed
	case p.Better:
		return charts.Better
	}
	return charts.Worse
}

// axisLabel is the two lines under a step: "Oct" over "2024".
func axisLabel(p config.Period) string {
	switch p.Kind {
	case config.Quarter:
		return "Q" + strconv.Itoa(1+(int(p.Start.Month())+8)%12/3) + "\n" + p.String()[:7]
	case config.Year:
		return p.String()[:4] + "\nto " + p.String()[5:]
	case config.Rolling:
		return p.Last().Format("Jan\n2006")
	}
	return p.Start.Format("Jan\n2006")
}

// periodName is a step in a table: "Oct 2024", "Jul to Sep 2026", "Year to Sep 2026".
func periodName(p config.Period) string {
	switch p.Kind {
	case config.Month:
		return p.Start.Format("Jan 2006")
	case config.Quarter:
		return p.Start.Format("Jan") + " to " + p.Last().Format("Jan 2006")
	case config.Year:
		return "Apr " + p.Start.Format("2006") + " to Mar " + p.Last().Format("2006")
	}
	return "Year to " + p.Last().Format("Jan 2006")
}

// picture is the measure's chart in time: a control chart where there are limits, or else
// a trend.
func picture(m *queries.Measure, r queries.Reading, series []plotted, events []config.Event, alt string) charts.Chart {
	points := chartPoints(m, r, series)
	floor, ceiling := 0.0, math.Inf(1)
	if m.Kind == queries.Proportion {
		ceiling = 100
	}
	var target *charts.Level
	if m.Target != nil {
		target = &charts.Level{Value: m.Target.Value, Label: "Target " + number(m.Kind, m.Target.Value)}
		if m.Kind == queries.Proportion {
			target.Label += "%"
		}
	}
	marked := eventsOf(m, series, events)
	if !r.Limits.OK {
		return charts.Trend{Points: points, Target: target, Events: marked, Floor: floor, Ceiling: ceiling, Unit: tick(m.Kind), Whole: m.Kind == queries.Count, AltText: alt}
	}
	level := func(name string, v float64) charts.Level {
		label := name + " " + number(m.Kind, v)
		if m.Kind == queries.Proportion {
			label += "%"
		}
		return charts.Level{Value: held(v), Label: label}
	}
	return charts.SPC{
		Points: points, Mean: level("Average", r.Limits.Mean), Lower: level("Lower limit", r.Limits.Lower), Upper: level("Upper limit", r.Limits.Upper),
		From: limitsFrom(r, series), Target: target, Events: marked, Floor: floor, Ceiling: ceiling, Unit: tick(m.Kind), Whole: m.Kind == queries.Count, AltText: alt,
	}
}

// limitsFrom is the slot of the first step that the limits were set from.
func limitsFrom(r queries.Reading, series []plotted) int {
	for i, s := range series {
		if s.Figure.Period.Start.Equal(r.Limits.From.Start) {
			return i
		}
	}
	return 0
}

// eventsOf are the dated changes that the settings name for m and the chart covers.
func eventsOf(m *queries.Measure, series []plotted, events []config.Event) []charts.Event {
	var es []charts.Event
	for _, e := range events {
		on, err := time.Parse(time.DateOnly, e.On)
		if err != nil || !contains(e.Measures, m.ID) {
			continue // the settings were checked on load: a date that cannot be read does not get here
		}
		for i, s := range series {
			if s.Figure.Period.Holds(on) {
				es = append(es, charts.Event{Slot: i, Title: e.Title + ", " + on.Format("January 2006")})
				break
			}
		}
	}
	return es
}

// sparkline is the last 24 steps of a series; nil where too few can be drawn to show a shape.
func sparkline(m *queries.Measure, r queries.Reading, series []plotted) *charts.Sparkline {
	points := chartPoints(m, r, series)
	points = points[max(0, len(points)-24):]
	shown := 0
	for _, p := range points {
		if !math.IsNaN(p.Value) {
			shown++
		}
	}
	if shown < enough && !r.Limits.OK {
		return nil
	}
	return &charts.Sparkline{Points: points, HasLimits: r.Limits.OK,
		Mean: held(r.Limits.Mean), Lower: held(r.Limits.Lower), Upper: held(r.Limits.Upper)}
}
