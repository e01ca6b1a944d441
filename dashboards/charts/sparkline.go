package charts

import (
	"math"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Sparkline is the shape of a series in a table cell, on its own scale. The cells beside it
// say what it shows, so it is hidden from assistive technology.
type Sparkline struct {
	Points             []Point
	HasLimits          bool
	Mean, Lower, Upper float64
}

// Alt implements Chart: there is none.
func (c Sparkline) Alt() string { return "" }

func (c Sparkline) option(Size) (tree, frame, error) {
	f := frame{w: 190, h: 46, left: 2, right: 4, top: 6, bottom: 6, slots: max(len(c.Points), 1)}
	low, high := math.Inf(1), math.Inf(-1)
	vs := make([]float64, len(c.Points))
	for i, p := range c.Points {
		vs[i] = p.Value
	}
	seen := append([]float64{}, vs...)
	if c.HasLimits {
		seen = append(seen, c.Lower, c.Upper)
	}
	for _, v := range seen {
		if !math.IsNaN(v) {
			low, high = math.Min(low, v), math.Max(high, v)
		}
	}
	if math.IsInf(low, 1) {
		low, high = 0, 1
	}
	if low == high {
		low, high = low-1, high+1
	}
	f.low, f.high, f.step = low, high, high-low
	line := echarts.NewLine()
	line.SetGlobalOptions(common()...)
	line.AddSeries("values", values(vs), echarts.WithLineStyleOpts(opts.LineStyle{Color: Ink2, Width: 1.6}))
	t, err := plain(line)
	if err != nil {
		return nil, f, err
	}
	t["grid"], t["xAxis"], t["yAxis"] = f.grid(), f.slotAxis(""), f.valueAxis()
	t["yAxis"].(tree)["show"] = false
	s := series(t, 0)
	s["showAllSymbol"], s["showSymbol"], s["connectNulls"], s["clip"] = true, true, false, false
	s["silent"], s["emphasis"] = true, tree{"disabled": true}
	s["symbol"] = "none"
	gaps(s)
	c.style(s)
	if c.HasLimits {
		t["graphic"] = []any{f.band(c.Lower, c.Upper, 0), f.level(c.Mean, 0, dashes(Line, 1, []float64{3, 2}))}
	}
	return t, f, nil
}

// style marks unusual points, and the last one by a ring.
func (c Sparkline) style(s tree) {
	last := inTime{points: c.Points}.lastShown()
	for i, p := range c.Points {
		d, ok := s["data"].([]any)[i].(tree)
		if !ok {
			continue
		}
		if p.Mark == Ordinary && i != last {
			s["data"].([]any)[i] = p.Value
			continue
		}
		if p.Mark != Ordinary {
			shape, _, style := symbol(Point{Mark: p.Mark}, sizes{})
			style["borderWidth"] = 0
			d["symbol"], d["symbolSize"], d["itemStyle"] = shape, 5.2, style
			if p.Mark == Worse {
				d["symbolSize"] = 6.4
			}
		}
		if i == last {
			_, _, style := symbol(Point{Mark: p.Mark, Provisional: true}, sizes{})
			d["symbol"], d["symbolSize"], d["itemStyle"] = "circle", 9, style
		}
	}
}
