package dashboards

import (
	"fmt"
	"math"
	"strings"

	"wherry/config"
	"wherry/dashboards/charts"
	"wherry/queries"
)

// timeChart draws the measure's chart in time, for the page and as a file of its own.
func (b *builder) timeChart(s *subject) (figure, error) {
	m := s.Measure
	f := figure{Title: s.Says.ChartTitle, Subtitle: b.subtitle(m, s.series)}
	if len(s.series) == 0 || m.Kind == queries.Estimate {
		return f, nil // an estimate in a line would look counted: its range is drawn apart
	}
	alt := "Line chart. "
	if s.Reading.Limits.OK {
		alt = "Control chart. "
	}
	alt += f.Subtitle + ". " + s.Says.Change + " All values are in the data table of the measure’s page."
	drawing, err := b.drawer.Draw(b.picture(s, clip(alt)), s.ID)
	if err != nil {
		return f, err
	}
	notes := []string{b.Partnership.Name + ". Source: " + m.Source}
	if b.Partnership.Illustrative {
		notes = append(notes, "Illustrative data: made up, and no real figure.")
	}
	if b.Audience.Marking != "" {
		notes = append(notes, b.Audience.Marking)
	}
	b.put("charts/"+s.ID+".svg", []byte(drawing.File(charts.Words{Title: f.Title, Subtitle: f.Subtitle, Notes: notes})))
	f.SVG = widths(drawing, charts.Wide, charts.Mid, charts.Narrow)
	return f, nil
}

// subtitle says what is measured, how often, where and when.
func (b *builder) subtitle(m *queries.Measure, series []plotted) string {
	s := whatIsMeasured(m)
	if len(series) == 0 {
		return s + ", " + b.Partnership.Place
	}
	by := map[config.PeriodKind]string{config.Month: "by month", config.Quarter: "by quarter", config.Year: "by financial year", config.Rolling: "rolling years", config.Pooled: "several years together"}
	first, last := series[0].Figure.Period, series[len(series)-1].Figure.Period
	return s + ", " + by[first.Kind] + ", " + b.Partnership.Place + ", " + first.Start.Format("January 2006") + " to " + last.Last().Format("January 2006")
}

// key explains the marks that the chart has, and no others.
func (b *builder) key(s *subject) []keyItem {
	used := map[string]bool{}
	names := []string{"ordinary", "better", "worse", "changed"}
	for _, p := range chartPoints(s.Measure, s.Reading, s.series) {
		if p.Text == "" {
			continue
		}
		used[names[p.Mark]] = true
		if p.Provisional {
			used["provisional "+names[p.Mark]] = true
		}
	}
	var items []keyItem
	add := func(ok bool, icon, words string) {
		if ok {
			items = append(items, keyItem{icon, words})
		}
	}
	limits := s.Reading.Limits
	add(limits.OK && used["ordinary"], "k-ordinary", "Within usual range")
	add(used["better"], "k-better", "Unusual, better")
	add(used["worse"], "k-worse", "Unusual, worse")
	add(used["changed"], "k-changed", "Unusual")
	for _, shape := range [][2]string{{"better", "square"}, {"worse", "diamond"}, {"changed", "triangle"}} {
		add(used["provisional "+shape[0]], "k-provisional-"+shape[0], "Hollow "+shape[1]+": provisional [p]")
	}
	if limits.OK {
		add(true, "k-band", "Usual range "+strings.TrimPrefix(usually(s.Measure, s.Reading), "usually "))
		add(!s.Reading.Seasonal(), "k-average", "Average "+amount(s.Measure, limits.Mean))
		add(s.Reading.Seasonal(), "k-average", "Usual for each month of the year")
	}
	if middle, ok := median(s); ok {
		add(true, "k-average", "Median "+amount(s.Measure, middle))
	}
	if v, ok := b.noted(s.Measure); ok {
		add(b.notedLevel(s.Measure, s.series) != nil, "k-noted", v.Title+": "+publishedAmount(v)+", "+strings.Join(given(v.Area, v.Period), ", ")+". Not a target")
	}
	breaks, _ := breaksOf(s.Reading, s.series)
	add(len(breaks) > 0, "k-break", "Break: figures on either side cannot be compared")
	return items
}

// median is the line of a run chart, which has no limits.
func median(s *subject) (float64, bool) {
	if s.Reading.Chart != "run" {
		return 0, false
	}
	for _, p := range s.Reading.Points {
		if !math.IsNaN(p.Centre) {
			return p.Centre, true
		}
	}
	return 0, false
}

// caption says which chart it is and why, how the range was set and where the scale begins.
func (b *builder) caption(s *subject) string {
	r := s.Reading
	var parts []string
	if r.ChartWhy != "" {
		parts = append(parts, r.ChartWhy)
	}
	if r.Limits.OK || r.Chart == "run" {
		what := "The median is of"
		if r.Limits.OK {
			what = "The usual range is set from"
		}
		parts = append(parts, fmt.Sprintf("%s the %d %s from %s to %s.", what, r.Limits.N, steps(r, r.Limits.N),
			r.Limits.From.Start.Format("January 2006"), r.Limits.To.Last().Format("January 2006")))
		if r.Limits.Trial {
			parts = append(parts, "With fewer than 20 points the limits are on trial and may move.")
		}
	}
	if !r.Limits.OK && r.Why != "" {
		parts = append(parts, r.Why)
	}
	if len(s.series) > 0 {
		start := 0.0
		switch c := b.picture(s, "").(type) {
		case charts.SPC:
			start = c.Start()
		case charts.Trend:
			start = c.Start()
		}
		if start > 0 {
			parts = append(parts, "The scale starts at "+tick(s.Measure)(start)+".")
		}
	}
	if r.Limits.OK {
		parts = append(parts, "One "+steps(r, 1)+" on its own is rarely a sign of change.")
	}
	return strings.Join(parts, " ")
}

// flagged names each run of unusual points with the rule that flagged it, the latest first.
func flagged(s *subject) []string {
	var lines []string
	ps := s.Reading.Points
	for i := len(ps) - 1; i >= 0; i-- {
		p := ps[i]
		if p.Rule == "" {
			continue
		}
		first := i
		for first > 0 && ps[first-1].Rule == p.Rule && ps[first-1].High == p.High {
			first--
		}
		when := periodName(p.Figure.Period)
		if first < i {
			when = periodName(ps[first].Figure.Period) + " to " + when
		}
		lines = append(lines, when+": "+lowerFirst(pointWords(s.Measure, s.Reading, p.Figure, &p))+".")
		i = first
	}
	return lines
}

// chartNames are the charts of a Reading as analysts call them.
var chartNames = map[string]string{"p": "p chart", "p_prime": "Laney p' chart", "u_prime": "u' chart", "c": "c chart",
	"g": "g chart", "xmr": "XmR chart", "seasonal": "Chart with the season taken out", "run": "Run chart", "trend": "Line chart without limits"}

func limitsWords(r queries.Reading) string {
	name := chartNames[r.Chart]
	if !r.Limits.OK {
		return strings.TrimSpace(sentence(name) + " " + r.Why)
	}
	if r.Limits.Trial {
		name += " with trial limits"
	}
	return fmt.Sprintf("%s. Baseline %s to %s.", name, r.Limits.From.Start.Format("January 2006"), r.Limits.To.Last().Format("January 2006"))
}
