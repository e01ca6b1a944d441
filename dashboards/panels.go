package dashboards

import (
	"wherry/config"
	"wherry/dashboards/charts"
	"wherry/queries"
)

// panelQuarters is how many quarters the small charts of districts show, and their table.
const panelQuarters = 8

// overTime is the same series for each district, by name and on one scale, beside its table:
// the quarters to that of the edition. It is nil where a district has too few quarters, where
// more than half of the figures are hidden or missing, and where districts or quarters may
// not be compared.
func (b *builder) overTime(s *subject) (*breakdown, error) {
	m, w, districts := s.Measure, b.fixed, b.districtsOf()
	if m.Kind != queries.Proportion && m.Kind != queries.Rate || len(districts) == 0 || !b.comparable(s) {
		return nil, nil
	}
	d := &breakdown{ID: "district-over-time", noun: "district", Columns: []string{w.text("head.district")}}
	for i := range panelQuarters {
		d.Columns = append(d.Columns, w.periodName(b.Quarter.Shift(i+1-panelQuarters)))
	}
	d.Title = w.text("place.over-time")
	d.Subtitle = w.text("chart.by-quarter", "what", w.whatIsMeasured(m), "period", w.months(b.Quarter.Shift(1-panelQuarters), b.Quarter))
	c := charts.SmallMultiples{Whole: b.wholeLevel(s), Ceiling: ceiling(m), Unit: tick(m)}
	seen := 0
	for _, a := range districts {
		series := b.quartersOf(s, a)
		if series == nil {
			return nil, nil
		}
		row := dataRow{Name: a.Name}
		for _, p := range series {
			if p.Figure.State == queries.Shown {
				seen++
			}
			cells := b.row(m, p.Figure).Cells
			value := cells[len(cells)-1]
			value.Main = false
			row.Cells = append(row.Cells, value)
		}
		d.Rows = append(d.Rows, row)
		c.Panels = append(c.Panels, charts.Panel{Name: a.Name, Points: inEnglish.chartPoints(m, s.Reading, series)})
	}
	if 2*seen < len(districts)*panelQuarters {
		return nil, nil
	}
	d.Marks = marksOf(d.Rows)
	d.Caption = w.text("place.panels")
	if start := c.Start(); start > 0 {
		d.Caption += " " + w.text("chart.scale", "start", c.Unit(start))
	}
	c.AltText = clip(inEnglish.text("alt.panels", "what", d.Subtitle, "words", d.Caption))
	drawing, err := b.drawer.Draw(c, s.ID+"-"+d.ID)
	if err != nil {
		return nil, err
	}
	d.SVG = widths(drawing, charts.Wide, charts.Mid, charts.Narrow)
	return d, nil
}

// comparable says that the districts of a measure may be compared, and its last quarters.
func (b *builder) comparable(s *subject) bool {
	first := b.Quarter.Shift(1 - panelQuarters)
	for _, br := range s.Reading.Breaks {
		if br.Definition.Kind == config.Break && br.Period.Start.After(first.Start) {
			return false
		}
	}
	return !s.Reading.Refuses(config.RefuseCompare)
}

// quartersOf is the last quarters of a district; nil where it has fewer figures.
func (b *builder) quartersOf(s *subject, a config.Area) []plotted {
	series := make([]plotted, 0, panelQuarters)
	for _, f := range s.Series(config.Quarter, a.Code, "", "") {
		if !f.Period.Start.Before(b.Quarter.Shift(1-panelQuarters).Start) && !f.Period.Start.After(b.Quarter.Start) {
			series = append(series, plotted{Figure: f})
		}
	}
	if len(series) != panelQuarters {
		return nil
	}
	return series
}

// wholeLevel is the partnership's value in the edition's quarter; nil where it is not shown.
func (b *builder) wholeLevel(s *subject) *charts.Level {
	for _, f := range s.At(b.Quarter, "") {
		if f.Area == b.Partnership.Area && f.State == queries.Shown {
			return &charts.Level{Value: held(s.Measure, f.Value), Label: inEnglish.text("chart.whole", "place", b.Partnership.Place, "period", inEnglish.periodName(f.Period), "value", short(s.Measure, f.Value))}
		}
	}
	return nil
}
