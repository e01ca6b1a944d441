package charts

import (
	"math"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Guess is one modelled number with the range it may lie in.
type Guess struct {
	Name             string
	Value, Low, High float64 // NaN for a gap
	Text             string  // "3,100 (2,400 to 3,900)", or the mark of a gap
}

// Estimate shows modelled numbers: solid as far as the number is at least likely to reach,
// open as far as it may, with a point at the middle estimate. Its axis begins at zero.
type Estimate struct {
	Guesses []Guess
	Unit    func(float64) string
	AltText string
}

// Alt implements Chart.
func (c Estimate) Alt() string { return c.AltText }

func (c Estimate) place(size Size) frame {
	names, said, high := make([]string, len(c.Guesses)), make([]string, len(c.Guesses)), 0.0
	for i, g := range c.Guesses {
		names[i], said[i] = g.Name, g.Text
		if !math.IsNaN(g.High) {
			high = math.Max(high, g.High)
		}
	}
	f := saidOf(size, names, said, high, c.Unit)
	for i, g := range c.Guesses {
		t := text{g.Text, f.plotRight() + 12, f.row(i), f.font, "left", true, Ink, false}
		switch {
		case math.IsNaN(g.Value):
			t = text{g.Text, f.left + 6, f.row(i), f.font, "left", false, Ink2, false}
		case size == Narrow:
			t.x, t.y, t.align = f.w-2, f.row(i)-14, "right"
		}
		f.words = append(f.words, t)
	}
	return f
}

func (c Estimate) option(f frame) (tree, error) {
	low, open, points := make([]float64, len(c.Guesses)), make([]float64, len(c.Guesses)), []any{}
	for i, g := range c.Guesses {
		low[i], open[i] = g.Low, g.High-g.Low
		if !math.IsNaN(g.Value) {
			points = append(points, []any{g.Value, i})
		}
	}
	chart := echarts.NewBar()
	chart.SetGlobalOptions(common()...)
	chart.AddSeries("at least", bars(low), echarts.WithBarChartOpts(opts.BarChart{Stack: "guess"}))
	chart.AddSeries("may be", bars(open), echarts.WithBarChartOpts(opts.BarChart{Stack: "guess"}))
	middle := echarts.NewScatter()
	middle.AddSeries("estimate", nil)
	chart.Overlap(middle)
	t, err := plain(chart, f)
	if err != nil {
		return nil, err
	}
	for i := range 2 {
		series(t, i)["barWidth"] = f.thick
		series(t, i)["itemStyle"] = []tree{{"color": BarLight, "borderColor": Navy, "borderWidth": 1},
			{"color": Ground, "borderColor": Navy, "borderWidth": 1.4, "borderType": []any{4, 3}}}[i]
	}
	s := series(t, 2)
	s["data"], s["symbol"], s["symbolSize"], s["z"] = points, "circle", 10, 5
	s["itemStyle"] = tree{"color": Navy, "opacity": 1}
	return t, nil
}
