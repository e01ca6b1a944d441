package dashboards

import (
	"math"

	"wherry/dashboards/charts"
	"wherry/queries"
)

// against is each category's cases that met the measure beside all of its cases: what is in
// use, and what there is room for. The header's capacity names such breakdowns.
func (w words) against(m *queries.Measure, figures []queries.Figure, names []string) charts.Bullet {
	c := charts.Bullet{Unit: plainTick}
	for i, f := range figures {
		s := charts.Against{Name: names[i], Value: math.NaN(), Capacity: math.NaN(), Text: mark(f.State)}
		if f.BaseShown {
			s.Capacity = float64(f.Base)
		}
		if f.State == queries.Shown {
			s.Value = float64(f.Numerator)
			s.Text = w.text("number.of", "n", thousands(s.Value, 0), "all", counted(f.Base, f.BaseShown, f), "share", w.figureAmount(m, f))
		}
		c.Services = append(c.Services, s)
	}
	return c
}
