package dashboards

import (
	"math"
	"strings"

	"wherry/config"
	"wherry/dashboards/charts"
	"wherry/queries"
)

// compares says whether the header asks for limits of chance over a breakdown, and the kind
// has such limits.
func compares(m *queries.Measure, breakdown string) bool {
	return contains(m.Compare, breakdown) && (m.Kind == queries.Proportion || m.Kind == queries.Rate)
}

// funnel draws a comparison by the limits of chance, and puts into br's rows how each unit
// stands to them. Where there can be none, it says why and draws nothing.
func (b *builder) funnel(s *subject, br *breakdown, period config.Period, breakdown string) error {
	m, w := s.Measure, b.fixed
	c := queries.Compare(s.Result, period, breakdown)
	br.Words = append(br.Words, w.saying(c.Why))
	if !c.OK {
		return nil
	}
	name := func(category string) string {
		if breakdown == queries.DistrictBreakdown {
			return b.areaName(category)
		}
		return b.categoryName(breakdown, category)
	}
	items := map[string]queries.Compared{}
	f := charts.Funnel{Average: charts.Level{Value: held(m, c.Average), Label: inEnglish.text("chart.average", "value", short(m, c.Average))}, Ceiling: ceiling(m), Unit: tick(m), SizeUnit: plainTick,
		Sizes: sentenceStart(m.Counts), Limits: func(size float64) charts.Limit {
			l := c.LimitsFor(size)
			return charts.Limit{Lower95: l.Lower95, Upper95: l.Upper95, Lower998: l.Lower998, Upper998: l.Upper998}
		}}
	if m.Kind == queries.Rate {
		f.Sizes = inEnglish.text("compare.population")
	}
	var outside []string
	br.stands = map[string]string{}
	for _, item := range c.Items {
		items[name(item.Category)] = item
		if math.IsNaN(item.Limits.Lower95) {
			continue
		}
		f.Units = append(f.Units, charts.Unit{Name: name(item.Category), Size: float64(item.Figure.Base), Value: held(m, item.Figure.Value), Outside: item.Outside, High: item.Above})
		br.stands[item.Category] = standsWithin
		if item.Outside > 0 {
			outside = append(outside, name(item.Category))
			br.stands[item.Category] = standsLower
			if item.Above {
				br.stands[item.Category] = standsHigher
			}
		}
	}
	br.Words = append(br.Words, w.outsideWords(outside))
	if c.Unknown > 0 {
		br.Words = append(br.Words, w.text("compare.unknown", "share", share(c.Unknown)))
	}
	br.Columns = append(br.Columns, w.text("head.limits"), w.text("head.rest"))
	for i := range br.Rows {
		item := items[br.Rows[i].Name]
		br.Rows[i].Cells = append(br.Rows[i].Cells, tableCell{Text: w.limitWords(item)}, tableCell{Text: w.restWords(m, item)})
	}
	br.Key = []keyItem{{"k-similar", w.text("key.limits.within")}, {"k-beyond", w.text("key.limits.inner")}, {"k-higher", w.text("key.limits.both")}}
	f.AltText = clip(inEnglish.text("alt.funnel", "what", br.Subtitle, "words", strings.Join(br.Words, " ")))
	var err error
	br.SVG, err = b.half(f, s.ID+"-"+br.ID)
	return err
}

// outsideWords names who lies beyond the limits, in the order of their names.
func (w words) outsideWords(names []string) string {
	if len(names) == 0 {
		return w.text("compare.none")
	}
	return w.text("compare.beyond", "names", w.list(names))
}

func (w words) limitWords(c queries.Compared) string {
	side := "below"
	if c.Above {
		side = "above"
	}
	switch {
	case c.Figure.State != queries.Shown:
		return orElse(mark(c.Figure.State), mark(queries.NotApplicable))
	case math.IsNaN(c.Limits.Lower95):
		return w.text("compare.cell.not")
	case c.Outside > 95:
		return w.text("compare.cell.both." + side)
	case c.Outside > 0:
		return w.text("compare.cell.inner." + side)
	}
	return w.text("compare.cell.within")
}

// restWords is the difference of a unit from all the others together, with its interval.
func (w words) restWords(m *queries.Measure, c queries.Compared) string {
	switch {
	case c.Figure.State != queries.Shown:
		return orElse(mark(c.Figure.State), mark(queries.NotApplicable))
	case math.IsNaN(c.Difference):
		return mark(queries.NotApplicable)
	case m.Kind == queries.Rate:
		return w.text("compare.cell.times", "n", thousands(c.Difference, 1), "range", w.span(thousands(c.Low, 1), thousands(c.High, 1)))
	}
	plus := ""
	if math.Round(c.Difference) > 0 {
		plus = "+"
	}
	return w.text("compare.cell.points", "n", plus+thousands(c.Difference, 0), "range", w.span(thousands(c.Low, 0), thousands(c.High, 0)))
}

func sentenceStart(s string) string { return strings.TrimSuffix(sentence(s), ".") }
