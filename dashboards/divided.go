package dashboards

import (
	"math"
	"slices"

	"wherry/config"
	"wherry/dashboards/charts"
	"wherry/queries"
)

// sortParts puts the categories of a distribution in the order of the measure's header; others
// follow.
func sortParts(m *queries.Measure, figures []queries.Figure) {
	slices.SortStableFunc(figures, func(a, c queries.Figure) int { return partPlace(m, a.Category) - partPlace(m, c.Category) })
}

func partPlace(m *queries.Measure, category string) int {
	if i := slices.Index(m.Categories, category); i >= 0 {
		return i
	}
	return len(m.Categories)
}

// parts is how the whole of a distribution divides, in the order of the measure's header.
func (b *builder) parts(s *subject) (*kindPart, error) {
	m, w, period := s.Measure, b.fixed, s.Reading.Period
	figures := slices.Clone(s.Reading.Parts)
	if len(figures) == 0 {
		return nil, nil
	}
	sortParts(m, figures)
	p := &kindPart{Lead: true, breakdown: breakdown{ID: "parts", Columns: append([]string{w.text("head.category")}, w.columns(m, queries.CategoryBreakdown)...)}}
	p.Title, p.Subtitle = w.text("parts.title"), w.text("parts.of", "counts", m.Counts, "place", b.Partnership.Place, "period", w.periodTitle(period))
	for _, f := range figures {
		row := b.row(m, f)
		row.Name = b.categoryName(queries.CategoryBreakdown, f.Category)
		p.Rows = append(p.Rows, row)
	}
	p.Marks = marksOf(p.Rows)
	if len(m.Pathway) > 0 {
		return p, b.pathway(s, &p.breakdown, figures)
	}
	before := map[string]float64{}
	for _, f := range s.At(yearBefore(period), queries.CategoryBreakdown) {
		if f.Area == b.Partnership.Area && f.State == queries.Shown {
			before[f.Category] = held(m, f.Value)
		}
	}
	c := charts.Distribution{}
	for i, f := range figures {
		part := charts.Part{Name: p.Rows[i].Name, Value: math.NaN(), Before: math.NaN(), Text: mark(f.State)}
		if f.State == queries.Shown {
			part.Value, part.Text = held(m, f.Value), share(f.Value)
			if v, ok := before[f.Category]; ok {
				part.Before = v
			}
		}
		c.Parts = append(c.Parts, part)
	}
	if len(before) > 0 {
		p.Key = []keyItem{{"k-year-before", w.text("key.year-before")}}
	}
	c.AltText = clip(inEnglish.text("alt.shares", "what", p.Subtitle))
	var err error
	p.SVG, err = b.half(c, s.ID+"-"+p.ID)
	return p, err
}

// partsByQuarter is how the whole of a distribution divided in the last quarters, as stacked
// bars over a table. It is nil where it has more parts than bars can tell apart, and where fewer than half of
// the figures are shown.
func (b *builder) partsByQuarter(s *subject) (*breakdown, error) {
	m, w := s.Measure, b.fixed
	if m.Kind != queries.Distribution || !b.comparable(s) {
		return nil, nil
	}
	kind := config.Quarter
	if s.Reading.Period.Kind == config.Rolling {
		kind = config.Rolling
	}
	parts, periods := b.stackedParts(s, kind)
	if len(parts) == 0 || len(periods) < 2 {
		return nil, nil
	}
	d := &breakdown{ID: "parts-over-time", Across: true, Columns: []string{w.text("head.category")}}
	d.Title = w.text("parts.over-time")
	d.Subtitle = w.text("parts.by."+string(kind), "counts", m.Counts, "place", b.Partnership.Place, "period", w.months(periods[0], periods[len(periods)-1]))
	c := charts.Stacked{Ceiling: 100, Unit: shareTick, Stacks: make([]charts.Stack, len(periods))}
	for i, q := range periods {
		c.Stacks[i].Name = inEnglish.periodName(q)
		d.Columns = append(d.Columns, w.periodName(q))
	}
	seen := 0
	for k, category := range parts {
		row := dataRow{Name: b.categoryName(queries.CategoryBreakdown, category)}
		c.Parts = append(c.Parts, charts.Class{Name: row.Name, Shade: stackShades[k]})
		for i, q := range periods {
			f := b.partAt(s, q, category)
			value, text := math.NaN(), orElse(mark(f.State), mark(queries.Suppressed))
			if f.State == queries.Shown {
				value, text = held(m, f.Value), share(f.Value)
				seen++
			}
			c.Stacks[i].Values, c.Stacks[i].Texts = append(c.Stacks[i].Values, value), append(c.Stacks[i].Texts, text)
			row.Cells = append(row.Cells, tableCell{Text: text})
		}
		d.Rows = append(d.Rows, row)
	}
	if 2*seen < len(parts)*len(periods) {
		return nil, nil
	}
	d.Marks = marksOf(d.Rows)
	c.AltText = clip(inEnglish.text("alt.stacked", "what", d.Subtitle))
	drawing, err := b.drawer.Draw(c, s.ID+"-"+d.ID)
	if err != nil {
		return nil, err
	}
	d.SVG = widths(drawing, charts.Wide, charts.Mid, charts.Narrow)
	return d, nil
}

// stackShades are the looks of the parts of a stack, such that neighbours differ without colour.
var stackShades = []charts.Shade{charts.Solid, charts.Tinted, charts.Hatched, charts.Plain, charts.Lined}

// stackedParts are the categories of a distribution in the last quarters, and the periods that have figures;
// none where a stack could not tell so many apart.
func (b *builder) stackedParts(s *subject, kind config.PeriodKind) (parts []string, periods []config.Period) {
	for i := range panelQuarters {
		q := config.Containing(kind, b.Quarter.Shift(i+1-panelQuarters).Last())
		figures := s.At(q, queries.CategoryBreakdown)
		sortParts(s.Measure, figures)
		any := false
		for _, f := range figures {
			if f.Area != b.Partnership.Area {
				continue
			}
			any = true
			if !contains(parts, f.Category) {
				parts = append(parts, f.Category)
			}
		}
		if any {
			periods = append(periods, q)
		}
	}
	if len(parts) > len(stackShades) {
		return nil, nil
	}
	slices.SortStableFunc(parts, func(x, y string) int { return partPlace(s.Measure, x) - partPlace(s.Measure, y) })
	return parts, periods
}

// partAt is a category's figure in a period; one without a figure had nothing to count.
func (b *builder) partAt(s *subject, p config.Period, category string) queries.Figure {
	for _, f := range s.At(p, queries.CategoryBreakdown) {
		if f.Area == b.Partnership.Area && f.Category == category {
			return f
		}
	}
	return queries.Figure{Period: p, State: queries.NotApplicable}
}
