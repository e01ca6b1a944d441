package dashboards

import (
	"math"
	"strings"

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
	key := "alt.line"
	if s.Reading.Limits.OK {
		key = "alt.control"
	}
	alt := inEnglish.text(key, "what", englishOf(f.Subtitle), "change", s.Says.Change)
	drawing, err := b.drawer.Draw(b.picture(s, clip(alt)), s.ID)
	if err != nil {
		return f, err
	}
	notes := []string{inEnglish.text("chart.source", "partnership", b.Partnership.Name, "source", m.Source)}
	if b.Partnership.Illustrative {
		notes = append(notes, inEnglish.text("chart.illustrative"))
	}
	if b.Audience.Marking != "" {
		notes = append(notes, b.Audience.Marking)
	}
	b.put("charts/"+s.ID+".svg", []byte(drawing.File(charts.Words{Title: englishOf(f.Title), Subtitle: englishOf(f.Subtitle), Notes: notes})))
	f.SVG = widths(drawing, charts.Wide, charts.Mid, charts.Narrow)
	return f, nil
}

// subtitle says what is measured, how often, where and when.
func (b *builder) subtitle(m *queries.Measure, series []plotted) string {
	w, place := b.fixed, b.Partnership.Place
	if len(series) == 0 {
		return w.text("chart.of", "what", w.whatIsMeasured(m), "place", place)
	}
	first, last := series[0].Figure.Period, series[len(series)-1].Figure.Period
	return w.text("chart.of."+string(first.Kind), "what", w.whatIsMeasured(m), "place", place, "period", w.months(first, last))
}

// key explains the marks that the chart has, and no others.
func (b *builder) key(s *subject) []keyItem {
	used := map[string]bool{}
	names := []string{"ordinary", "better", "worse", "changed"}
	for _, p := range inEnglish.chartPoints(s.Measure, s.Reading, s.series) {
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
	w, limits := b.fixed, s.Reading.Limits
	add(limits.OK && used["ordinary"], "k-ordinary", w.text("key.ordinary"))
	add(used["better"], "k-better", w.text("key.better"))
	add(used["worse"], "k-worse", w.text("key.worse"))
	add(used["changed"], "k-changed", w.text("key.changed"))
	for _, name := range []string{"better", "worse", "changed"} {
		add(used["provisional "+name], "k-provisional-"+name, w.text("key.provisional."+name))
	}
	if limits.OK {
		add(true, "k-band", w.text("key.range", "range", w.usualRange(s.Measure, s.Reading)))
		add(!s.Reading.Seasonal(), "k-average", w.text("key.average", "value", w.amount(s.Measure, limits.Mean)))
		add(s.Reading.Seasonal(), "k-average", w.text("key.season"))
	}
	if middle, ok := median(s); ok {
		add(true, "k-average", w.text("key.median", "value", w.amount(s.Measure, middle)))
	}
	if v, ok := b.noted(s.Measure); ok {
		add(b.notedLevel(s.Measure, s.series) != nil, "k-noted", w.text("key.published", "title", v.Title, "value", w.publishedAmount(v), "of", w.comma(given(v.Area, v.Period))))
	}
	breaks, _ := w.breaksOf(s.Reading, s.series)
	add(len(breaks) > 0, "k-break", w.text("key.break"))
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
	w, r := b.fixed, s.Reading
	var parts []string
	if r.ChartWhy.Key != "" {
		parts = append(parts, w.saying([]queries.Phrase{r.ChartWhy}))
	}
	if r.Limits.OK || r.Chart == "run" {
		key := "chart.median-of"
		if r.Limits.OK {
			key = "chart.limits-of"
		}
		parts = append(parts, w.text(key, "steps", w.steps(r, r.Limits.N), "from", w.month(r.Limits.From.Start), "to", w.month(r.Limits.To.Last())))
		if r.Limits.Trial {
			parts = append(parts, w.text("chart.trial"))
		}
	}
	if !r.Limits.OK && r.Why.Key != "" {
		parts = append(parts, w.saying([]queries.Phrase{r.Why}))
	}
	if start := b.scaleStart(s); start > 0 {
		parts = append(parts, w.text("chart.scale", "start", tick(s.Measure)(start)))
	}
	if r.Limits.OK {
		parts = append(parts, w.text("chart.alone."+string(stepOf(r))))
	}
	return strings.Join(parts, " ")
}

// scaleStart is where the scale of the measure's chart in time begins.
func (b *builder) scaleStart(s *subject) float64 {
	if len(s.series) == 0 {
		return 0
	}
	switch c := b.picture(s, "").(type) {
	case charts.SPC:
		return c.Start()
	case charts.Trend:
		return c.Start()
	}
	return 0
}

// flagged names each run of unusual points with the rule that flagged it, the latest first.
func (w words) flagged(s *subject) []string {
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
		when := w.periodName(p.Figure.Period)
		if first < i {
			when = w.span(w.periodName(ps[first].Figure.Period), when)
		}
		lines = append(lines, w.text("chart.flagged", "when", when, "what", lowerFirst(w.pointWords(s.Measure, s.Reading, p.Figure, &p))))
		i = first
	}
	return lines
}

// chartName is a chart of a Reading as analysts call it.
func (w words) chartName(chart string) string {
	if chart == "" {
		return ""
	}
	return w.text("chart.name." + strings.ReplaceAll(chart, "_", "-"))
}

func (w words) limitsWords(r queries.Reading) string {
	name := w.chartName(r.Chart)
	if !r.Limits.OK {
		return strings.TrimSpace(sentence(name) + " " + w.saying([]queries.Phrase{r.Why}))
	}
	key := "chart.baseline"
	if r.Limits.Trial {
		key = "chart.baseline.trial"
	}
	return w.text(key, "chart", name, "from", w.month(r.Limits.From.Start), "to", w.month(r.Limits.To.Last()))
}
