package dashboards

import (
	"math"
	"slices"
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
func (w words) chartPoints(m *queries.Measure, r queries.Reading, series []plotted) []charts.Point {
	ps := make([]charts.Point, len(series))
	for i, s := range series {
		f := s.Figure
		p := charts.Point{Axis: w.axisLabel(f.Period), Name: w.periodName(f.Period), Value: math.NaN(), Provisional: f.Provisional}
		if f.State != queries.Shown {
			if f.State != queries.NotApplicable {
				p.Gap = mark(f.State)
			}
			ps[i] = p
			continue
		}
		p.Value, p.Text = held(m, f.Value), w.figureAmount(m, f)
		if s.Point != nil && s.Point.Rule != "" {
			p.Mark = pointMark(m, r, *s.Point)
			inRun := r.Since.Kind == f.Period.Kind && !f.Period.Start.Before(r.Since.Start)
			if s.Point.Rule == "outside" && !inRun {
				p.Note = w.text("chart.low")
				if s.Point.High {
					p.Note = w.text("chart.high")
				}
			}
		}
		ps[i] = p
	}
	return ps
}

func pointMark(m *queries.Measure, r queries.Reading, p queries.Point) charts.Mark {
	switch {
	case p.Rule == "":
		return charts.Ordinary
	case m.Better == "neither" || r.Refuses(config.RefuseDirection):
		return charts.Changed
	case p.Better:
		return charts.Better
	}
	return charts.Worse
}

// chartLines are the lines of the control chart, one to a step, as held as the figures are.
// They are nil where there are none at all.
func chartLines(m *queries.Measure, series []plotted) []charts.Lines {
	nan := math.NaN()
	lines := make([]charts.Lines, len(series))
	any := false
	for i, s := range series {
		lines[i] = charts.Lines{Lower: nan, Centre: nan, Upper: nan}
		if s.Point == nil || math.IsNaN(s.Point.Centre) {
			continue
		}
		any = true
		lines[i] = charts.Lines{Lower: held(m, s.Point.Lower), Centre: held(m, s.Point.Centre), Upper: held(m, s.Point.Upper)}
	}
	if !any {
		return nil
	}
	return lines
}

// bounds are what a measure can be at the least and at the most.
func bounds(m *queries.Measure, series []plotted) (floor, ceiling float64) {
	floor, ceiling = 0, math.Inf(1)
	switch m.Kind {
	case queries.Proportion:
		ceiling = 100
	case queries.Mean:
		if m.Scale != nil {
			floor, ceiling = m.Scale.Min, m.Scale.Max
		}
	case queries.PairedChange:
		floor = math.Inf(-1)
	}
	for _, s := range series {
		if s.Figure.State == queries.Shown && s.Figure.Value < floor {
			floor = math.Inf(-1)
		}
	}
	return floor, ceiling
}

// picture is the measure's chart in time: a control chart where there are lines, or else a
// trend.
func (b *builder) picture(s *subject, alt string) charts.Chart {
	m := s.Measure
	points := inEnglish.chartPoints(m, s.Reading, s.series)
	floor, ceiling := bounds(m, s.series)
	target, noted := inEnglish.targetLevel(m), b.notedLevel(m, s.series)
	breaks, resets := inEnglish.breaksOf(s.Reading, s.series)
	events := append(resets, inEnglish.eventsOf(m, s.series, b.Partnership.Events, s.Reading)...)
	whole := m.Kind == queries.Count || m.Kind == queries.Distribution
	lines := chartLines(m, s.series)
	if lines == nil {
		return charts.Trend{Points: points, Target: target, Noted: noted, Events: events, Breaks: breaks, Floor: floor, Ceiling: ceiling, Unit: tick(m), Whole: whole, AltText: alt}
	}
	last := charts.Lines{}
	for _, l := range lines {
		if !math.IsNaN(l.Centre) {
			last = l
		}
	}
	level := func(key string, v float64) charts.Level {
		if math.IsNaN(v) {
			return charts.Level{Value: v}
		}
		return charts.Level{Value: v, Label: inEnglish.text(key, "value", short(m, v))}
	}
	middle := "chart.average"
	switch {
	case s.Reading.Chart == "run":
		middle = "chart.median"
	case s.Reading.Seasonal():
		middle = "chart.usual"
	}
	return charts.SPC{
		Points: points, Lines: lines, Mean: level(middle, last.Centre), Lower: level("chart.lower", last.Lower), Upper: level("chart.upper", last.Upper),
		Target: target, Noted: noted, Events: events, Breaks: breaks, Floor: floor, Ceiling: ceiling, Unit: tick(m), Whole: whole, AltText: alt,
	}
}

// short prints v for a label on a chart: with a percent sign, but no longer unit.
func short(m *queries.Measure, v float64) string {
	if m.Kind == queries.Proportion {
		return share(v)
	}
	return number(m, v)
}

func (w words) targetLevel(m *queries.Measure) *charts.Level {
	if m.Target == nil {
		return nil
	}
	return &charts.Level{Value: m.Target.Value, Label: w.text("chart.target", "value", short(m, m.Target.Value))}
}

// breaksOf are the places where the chart is cut, because what lies on either side cannot be
// compared, and those where limits alone begin again.
func (w words) breaksOf(r queries.Reading, series []plotted) (breaks, resets []charts.Event) {
	for _, br := range r.Breaks {
		for i, s := range series {
			e := charts.Event{Slot: i, Title: w.text("chart.event", "what", br.Definition.Title, "when", w.monthOf(br.Definition.On))}
			switch {
			case s.Figure.Period != br.Period || i == 0:
			case br.Definition.Kind == config.Break:
				breaks = append(breaks, e)
			default:
				resets = append(resets, e)
			}
		}
	}
	return breaks, resets
}

// eventsOf are the dated changes that the settings name for m and the chart covers, but for
// those from which limits begin again: they are drawn as such.
func (w words) eventsOf(m *queries.Measure, series []plotted, events []config.Event, r queries.Reading) []charts.Event {
	var es []charts.Event
	for _, e := range events {
		on, err := time.Parse(time.DateOnly, e.On)
		drawn := slices.ContainsFunc(r.Breaks, func(br queries.Break) bool { return br.Definition.Title == e.Title && br.Definition.On == e.On })
		if err != nil || drawn || !contains(e.Measures, m.ID) {
			continue // the settings were checked on load: a date that cannot be read does not get here
		}
		for i, s := range series {
			if s.Figure.Period.Holds(on) {
				es = append(es, charts.Event{Slot: i, Title: w.text("chart.event", "what", e.Title, "when", w.month(on))})
				break
			}
		}
	}
	return es
}

// sparkline is the last 24 steps of a series; nil where too few can be drawn to show a shape.
func (w words) sparkline(m *queries.Measure, r queries.Reading, series []plotted) *charts.Sparkline {
	points, lines := w.chartPoints(m, r, series), chartLines(m, series)
	from := max(0, len(points)-24)
	points = points[from:]
	if lines != nil {
		lines = lines[from:]
	}
	shown := 0
	for _, p := range points {
		if !math.IsNaN(p.Value) {
			shown++
		}
	}
	if shown < enough && !r.Limits.OK {
		return nil
	}
	return &charts.Sparkline{Points: points, Lines: lines}
}
