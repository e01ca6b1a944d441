package dashboards

import (
	"slices"
	"strings"

	"wherry/dashboards/charts"
	"wherry/queries"
)

// pathway draws the categories of a distribution as flows through its stages. A diagram of flows shows that
// what comes to a stop leaves it again, so that one hidden flow is the rest of the others: it is drawn where
// every category is shown, and otherwise the page says why it is not.
func (b *builder) pathway(s *subject, d *breakdown, figures []queries.Figure) error {
	m, w := s.Measure, b.fixed
	d.Title, d.Across = w.text("parts.pathway"), true
	d.Subtitle = w.text("parts.pathway.of", "counts", m.Counts, "place", b.Partnership.Place, "period", w.periodTitle(s.Reading.Period))
	if shown(figures) < len(figures) {
		d.Words = append(d.Words, w.text("parts.pathway.hidden"))
		return nil
	}
	c := flows(m, figures)
	if whole := s.Reading.Headline; whole.State == queries.Shown {
		c.Stages[0].Stops[0].Text = thousands(whole.Value, 0)
	}
	if s.Rules.RoundTo > 1 {
		d.Words = append(d.Words, w.text("parts.pathway.rounded"))
	}
	d.Words = append(d.Words, w.text("parts.pathway.bands"))
	c.AltText = clip(inEnglish.text("alt.flow", "what", d.Subtitle, "stages", inEnglish.then(m.Pathway)))
	drawing, err := b.drawer.Draw(c, s.ID+"-"+d.ID)
	if err != nil {
		return err
	}
	d.SVG = widths(drawing, charts.Wide, charts.Mid, charts.Narrow)
	return nil
}

// then is names of what comes one after another.
func (w words) then(names []string) string {
	all := names[0]
	for _, name := range names[1:] {
		all = w.text("list.then", "before", all, "next", name)
	}
	return all
}

// flows are the paths of the categories, from one stop at which all begin. Those that take the same steps
// are one flow until they part.
func flows(m *queries.Measure, figures []queries.Figure) charts.Sankey {
	c := charts.Sankey{Stages: make([]charts.Stage, len(m.Pathway))}
	came, stops := make([]map[string]float64, len(m.Pathway)), make([][]string, len(m.Pathway)) // by stage: the paths to its stops
	for i, name := range m.Pathway {
		c.Stages[i].Name, came[i] = name, map[string]float64{}
	}
	c.Stages[0].Stops = []charts.Stop{{Name: sentenceStart(m.Counts)}}
	for _, f := range figures {
		path := ""
		for i, step := range queries.PathOf(f.Category) {
			if path += "\n" + step; !contains(stops[i+1], path) {
				stops[i+1] = append(stops[i+1], path)
			}
			came[i+1][path] += float64(f.Numerator)
		}
	}
	for i := 1; i < len(stops); i++ {
		for to, path := range stops[i] {
			above, step := path[:strings.LastIndex(path, "\n")], path[strings.LastIndex(path, "\n")+1:]
			n := thousands(came[i][path], 0)
			c.Stages[i].Stops = append(c.Stages[i].Stops, charts.Stop{Name: sentenceStart(step), Text: n})
			c.Flows = append(c.Flows, charts.Flow{Stage: i - 1, From: max(0, slices.Index(stops[i-1], above)), To: to, Value: came[i][path], Text: n})
		}
	}
	return c
}
