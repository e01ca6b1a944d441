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
	m := s.Measure
	d.Title, d.Across = "The pathway", true
	d.Subtitle = strings.Replace(d.Subtitle, "Percentage of", "Number of", 1)
	if shown(figures) < len(figures) {
		d.Words = append(d.Words, "The pathway is not drawn: a part of it is hidden to protect people, or not known, and a drawing would show it as the rest of the others. The table has every part that may be shown.")
		return nil
	}
	c := flows(m, figures)
	if whole := s.Reading.Headline; whole.State == queries.Shown {
		c.Stages[0].Stops[0].Text = thousands(whole.Value, 0)
	}
	if s.Rules.RoundTo > 1 {
		d.Words = append(d.Words, "Numbers are rounded, so they may not add up to their total.")
	}
	d.Words = append(d.Words, "Each band is as thick as its number. Where a band ends, nothing more is recorded here.")
	c.AltText = clip("Flow chart. " + d.Subtitle + ": " + strings.Join(m.Pathway, ", then ") + ". All values are in the table below it.")
	drawing, err := b.drawer.Draw(c, s.ID+"-"+d.ID)
	if err != nil {
		return err
	}
	d.SVG = widths(drawing, charts.Wide, charts.Mid, charts.Narrow)
	return nil
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
