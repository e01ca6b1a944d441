package charts

import (
	"fmt"
	"math"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Pair is the mean score of one group before and after.
type Pair struct {
	Name          string
	Before, After float64 // NaN for a gap
	Text          string  // the change with its interval: "+0.6 (0.4 to 0.8)", or the mark of a gap
}

// Dumbbell shows how far scores moved: a hollow point before, a filled one after, a bar
// between them, on the whole scale that answers can take.
type Dumbbell struct {
	Pairs     []Pair
	Low, High float64 // the lowest and highest answer; NaN where there is no fixed scale
	Unit      func(float64) string
	AltText   string
}

// Alt implements Chart.
func (c Dumbbell) Alt() string { return c.AltText }

func (c Dumbbell) place(size Size) frame {
	names, said := make([]string, len(c.Pairs)), make([]string, len(c.Pairs))
	low, high := math.Inf(1), math.Inf(-1)
	for i, p := range c.Pairs {
		names[i], said[i] = p.Name, p.Text
		for _, v := range []float64{p.Before, p.After} {
			if !math.IsNaN(v) {
				low, high = math.Min(low, v), math.Max(high, v)
			}
		}
	}
	widest := widestOf(said, fonts[size])
	f := rows(size, names, widest)
	if size != Narrow {
		f.right = widest + 24
	} else {
		f.right = 16
	}
	if !math.IsNaN(c.Low) && !math.IsNaN(c.High) {
		low, high = c.Low, c.High
	}
	if math.IsInf(low, 1) {
		low, high = 0, 1
	}
	f.thick = 4
	f.scale(low, high, low, high, steps(size))
	f.rules()
	f.foot()
	f.words = rowText(f, size, names, c.Unit)
	for i, p := range c.Pairs {
		if !math.IsNaN(p.Before) && !math.IsNaN(p.After) {
			f.over = append(f.over, hollow(f.across(p.Before), f.row(i), 13))
		}
		t := text{p.Text, f.plotRight() + 14, f.row(i), f.font, "left", true, Ink, false}
		switch {
		case math.IsNaN(p.Before) || math.IsNaN(p.After):
			t = text{p.Text, f.left + 6, f.row(i), f.font, "left", false, Ink2, false}
		case size == Narrow:
			t.x, t.y, t.align = f.w-2, f.row(i)-14, "right"
		}
		f.words = append(f.words, t)
	}
	return f
}

// hollow is a ring in navy.
func hollow(x, y, size float64) string {
	return fmt.Sprintf(`<circle cx="%s" cy="%s" r="%s" fill="%s" stroke="%s" stroke-width="2.4"/>`, trim(round(x)), trim(round(y)), trim(size/2), Ground, Navy)
}

// option lays each pair as a transparent bar up to its lower score with a thin one on top,
// and the score after as a point over both. The score before is a ring of the furniture: one
// symbol to a row, as in every other chart of rows.
func (c Dumbbell) option(f frame) (tree, error) {
	n := len(c.Pairs)
	under, between := make([]float64, n), make([]float64, n)
	after := []any{}
	for i, p := range c.Pairs {
		under[i], between[i] = math.Min(p.Before, p.After), math.Abs(p.After-p.Before)
		if !math.IsNaN(under[i]) {
			after = append(after, []any{p.After, i})
		}
	}
	chart := echarts.NewBar()
	chart.SetGlobalOptions(common()...)
	chart.AddSeries("lower", bars(under), echarts.WithBarChartOpts(opts.BarChart{Stack: "pair"}))
	chart.AddSeries("between", bars(between), echarts.WithBarChartOpts(opts.BarChart{Stack: "pair"}))
	points := echarts.NewScatter()
	points.AddSeries("after", nil)
	chart.Overlap(points)
	t, err := plain(chart, f)
	if err != nil {
		return nil, err
	}
	for i := range 2 {
		series(t, i)["barWidth"], series(t, i)["itemStyle"] = f.thick, []tree{{"opacity": 0}, {"color": Interval}}[i]
	}
	s := series(t, 2)
	s["data"], s["symbol"], s["symbolSize"], s["z"] = after, "circle", 13, 5
	s["itemStyle"] = tree{"color": Navy, "opacity": 1}
	return t, nil
}
