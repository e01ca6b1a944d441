package dashboards

import (
	"cmp"
	"math"
	"slices"

	"wherry/config"
	"wherry/dashboards/charts"
	"wherry/queries"
)

// shareBands are the classes of a percentage in a heatmap, each a fifth of all there can be.
var shareBands = []charts.Class{{Name: inEnglish.text("band.first"), Shade: charts.Plain}, {Name: inEnglish.text("band.second"), Shade: charts.Lined}, {Name: inEnglish.text("band.third"), Shade: charts.Tinted},
	{Name: inEnglish.text("band.fourth"), Shade: charts.Hatched}, {Name: inEnglish.text("band.last"), Shade: charts.Solid}, {Name: inEnglish.text("place.withheld"), Shade: charts.Withheld}}

// heatQuarters is how many quarters a heatmap of so many units has: a page has a size to keep.
func heatQuarters(units int) int {
	if units > 8 {
		return panelQuarters / 2
	}
	return panelQuarters
}

// byQuarter is the agencies, or other units that a measure compares, by the last quarters: a
// heatmap beside its table. It is nil for what is not compared, and where fewer than half of
// the figures are shown.
func (b *builder) byQuarter(s *subject, name string) (*breakdown, error) {
	if !compares(s.Measure, name) || s.Measure.Kind != queries.Proportion || !b.comparable(s) {
		return nil, nil
	}
	units := b.unitsOf(s, name)
	quarters := heatQuarters(len(units))
	if len(s.At(b.Quarter.Shift(1-quarters), name)) == 0 {
		return nil, nil // its extracts began later
	}
	d := &breakdown{ID: "by-" + hyphened(name) + "-over-time", Columns: []string{b.breakdownName(name)}}
	w := b.fixed
	d.Title = w.text("split.over-time", "what", lowerFirst(b.breakdownName(name)))
	d.Subtitle = w.text("chart.of.quarter", "what", w.whatIsMeasured(s.Measure), "place", b.Partnership.Place, "period", w.months(b.Quarter.Shift(1-quarters), b.Quarter))
	c := charts.Heatmap{Classes: shareBands}
	for i := range quarters {
		q := b.Quarter.Shift(i + 1 - quarters)
		c.Columns, d.Columns = append(c.Columns, inEnglish.axisLabel(q)), append(d.Columns, w.periodName(q))
	}
	seen := 0
	for _, category := range units {
		series := b.quartersOfCategory(s, name, category)[panelQuarters-quarters:]
		row, cells := dataRow{Name: b.categoryName(name, category)}, make([]charts.Cell, quarters)
		for i, f := range series {
			cells[i] = charts.Cell{Class: len(shareBands) - 1, Text: orElse(mark(f.State), mark(queries.Suppressed))}
			if f.State == queries.Shown {
				cells[i] = charts.Cell{Class: min(int(math.Round(held(s.Measure, f.Value)))/20, len(shareBands)-2), Text: share(f.Value)}
				seen++
			}
			row.Cells = append(row.Cells, tableCell{Text: cells[i].Text})
		}
		d.Rows, c.Rows, c.Cells = append(d.Rows, row), append(c.Rows, row.Name), append(c.Cells, cells)
	}
	if seen == 0 || 2*seen < len(d.Rows)*quarters {
		return nil, nil
	}
	d.Marks = marksOf(d.Rows)
	d.Words = []string{w.text("split.heat")}
	c.AltText = clip(inEnglish.text("alt.heat", "what", d.Subtitle, "split", lowerFirst(d.Title)))
	var err error
	d.SVG, err = b.half(c, s.ID+"-"+d.ID)
	return d, err
}

// unitsOf are the categories that a breakdown has in the last quarters, by name; what is not
// recorded comes last.
func (b *builder) unitsOf(s *subject, name string) []string {
	var units []string
	for i := range panelQuarters {
		for _, f := range s.At(b.Quarter.Shift(-i), name) {
			if f.Area == b.Partnership.Area && f.Category != "" && !contains(units, f.Category) {
				units = append(units, f.Category)
			}
		}
	}
	rank := func(category string) int {
		if lacking(category) {
			return 1
		}
		return 0
	}
	slices.SortFunc(units, func(x, y string) int {
		return cmp.Or(cmp.Compare(rank(x), rank(y)), cmp.Compare(b.categoryName(name, x), b.categoryName(name, y)))
	})
	return units
}

// quartersOfCategory is the last quarters of a category; one without a figure had nothing to count.
func (b *builder) quartersOfCategory(s *subject, name, category string) []queries.Figure {
	figures := make([]queries.Figure, panelQuarters)
	for i := range figures {
		figures[i] = queries.Figure{Period: b.Quarter.Shift(i + 1 - panelQuarters), State: queries.NotApplicable}
	}
	for _, f := range s.Series(config.Quarter, b.Partnership.Area, name, category) {
		if i := slices.IndexFunc(figures, func(q queries.Figure) bool { return q.Period == f.Period }); i >= 0 {
			figures[i] = f
		}
	}
	return figures
}
