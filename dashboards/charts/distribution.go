package charts

import (
	"math"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Part is one category of a whole.
type Part struct {
	Name   string
	Value  float64 // percentage of the whole; NaN for a gap
	Before float64 // a year before; NaN where that is not known
	Text   string  // "34%", or the mark of a gap
}

// Distribution is how a whole divides into categories, in their own order, with a stroke
// where each stood a year before. It is not stacked: a hidden part would be seen as a gap.
type Distribution struct {
	Parts   []Part
	AltText string
}

// Alt implements Chart.
func (c Distribution) Alt() string { return c.AltText }

func (c Distribution) bars() Bars {
	bs := make([]Bar, len(c.Parts))
	for i, p := range c.Parts {
		bs[i] = Bar{Name: p.Name, Value: p.Value, Text: p.Text}
	}
	return Bars{Bars: bs, Ceiling: 100, Unit: func(v float64) string { return trim(v) + "%" }}
}

func (c Distribution) place(size Size) frame {
	b := c.bars()
	for i, p := range c.Parts {
		if p.Before > p.Value { // the words stand clear of the stroke
			b.Bars[i].Reach = p.Before
		}
	}
	f := b.place(size)
	f.mark = f.thick
	return f
}

func (c Distribution) option(f frame) (tree, error) {
	vs, before := make([]float64, len(c.Parts)), []any{}
	for i, p := range c.Parts {
		vs[i] = p.Value
		if !math.IsNaN(p.Before) && !math.IsNaN(p.Value) {
			before = append(before, []any{p.Before, i})
		}
	}
	chart := echarts.NewBar()
	chart.SetGlobalOptions(common()...)
	chart.AddSeries("parts", bars(vs), echarts.WithItemStyleOpts(opts.ItemStyle{Color: BarLight, BorderColor: Navy, BorderWidth: 1}))
	if len(before) > 0 {
		strokes := echarts.NewScatter()
		strokes.AddSeries("before", nil)
		chart.Overlap(strokes)
	}
	t, err := plain(chart, f)
	if err != nil {
		return nil, err
	}
	series(t, 0)["barWidth"] = f.thick
	if len(before) > 0 {
		s := series(t, 1)
		s["data"], s["symbol"], s["symbolSize"], s["z"] = before, "rect", []any{3, 26}, 5
		s["itemStyle"] = tree{"color": Ink, "opacity": 1}
	}
	return t, nil
}
