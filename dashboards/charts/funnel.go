package charts

import (
	"math"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Unit is one district or agency of a Funnel.
type Unit struct {
	Name        string
	Size, Value float64
	Outside     float64 // 0, 95 or 99.8: beyond the limits that hold so many of 100 by chance
	High        bool
}

// Limit is the limits of chance for a unit of one size; NaN where there are none.
type Limit struct{ Lower95, Upper95, Lower998, Upper998 float64 }

// Funnel compares units of different size with what chance alone would do: the smaller the
// unit, the wider the limits. It has no order, so it cannot be read as a ranking.
type Funnel struct {
	Units    []Unit
	Limits   func(size float64) Limit
	Average  Level
	Ceiling  float64
	Unit     func(float64) string
	SizeUnit func(float64) string
	Sizes    string // what the size is: "Cases in the year"
	AltText  string
}

// Alt implements Chart.
func (c Funnel) Alt() string { return c.AltText }

func (c Funnel) place(size Size) frame {
	z := lineSizes[size]
	f := frame{w: z.w, h: z.h, left: z.left, right: z.right, top: 14, bottom: z.bottom + 4, font: z.font, mark: z.circle, thick: 1}
	low, high, largest := c.Average.Value, c.Average.Value, 1.0
	for _, u := range c.Units {
		low, high, largest = math.Min(low, u.Value), math.Max(high, u.Value), math.Max(largest, u.Size)
	}
	if l := c.Limits(largest / 12); !math.IsNaN(l.Lower95) { // the mouth of the funnel may leave the plot
		low, high = math.Min(low, l.Lower95), math.Max(high, l.Upper95)
	}
	across := frame{}
	across.scale(0, largest, 0, math.Inf(1), steps(size))
	pad := (high - low) * .08
	f.scale(math.Max(0, low-pad), math.Min(high+pad, c.Ceiling), 0, c.Ceiling, 5)
	for _, v := range f.ticks() {
		f.left = math.Max(f.left, width(c.Unit(v), f.font, false)+14)
	}
	f.acrossLow, f.acrossHigh = 0, across.high
	f.rules()
	f.foot()
	c.curves(&f)
	f.words = append(c.axes(f, across), c.names(f, z, size)...)
	return f
}

// curveSteps is how many strokes make a curve.
const curveSteps = 60

// curves draws the average and the limits, as far as they lie within the plot.
func (c Funnel) curves(f *frame) {
	f.under = append(f.under, f.level(c.Average.Value, f.left, meanPen))
	for _, curve := range []struct {
		at  func(Limit) float64
		pen pen
	}{{func(l Limit) float64 { return l.Lower95 }, limitPen}, {func(l Limit) float64 { return l.Upper95 }, limitPen},
		{func(l Limit) float64 { return l.Lower998 }, outerPen}, {func(l Limit) float64 { return l.Upper998 }, outerPen}} {
		var vs []vertex
		begins := true
		for k := 1; k <= curveSteps; k++ {
			size := f.acrossHigh * float64(k*k) / (curveSteps * curveSteps) // closer where the curve bends
			v := curve.at(c.Limits(size))
			if math.IsNaN(v) || v < f.low || v > f.high {
				begins = true
				continue
			}
			vs = append(vs, vertex{f.across(size), f.y(v), begins})
			begins = false
		}
		if len(vs) > 1 {
			f.under = append(f.under, curve.pen.path(vs))
		}
	}
}

func (c Funnel) axes(f frame, across frame) []text {
	var ts []text
	for _, v := range f.ticks() {
		ts = append(ts, text{c.Unit(v), f.left - 8, f.y(v), f.font, "right", false, Ink, false})
	}
	for _, v := range across.ticks() {
		half := width(c.SizeUnit(v), f.font, false) / 2
		ts = append(ts, text{c.SizeUnit(v), math.Min(math.Max(f.across(v), half), f.w-half), f.plotBottom() + f.font*1.1, f.font, "middle", false, Ink, false})
	}
	return append(ts, text{c.Sizes, f.left + (f.plotRight()-f.left)/2, f.plotBottom() + f.font*2.5, f.font, "middle", false, Ink2, false})
}

// names labels the lines at their right end, and the units where there is room: those
// outside the limits first. The table beside the chart names them all.
func (c Funnel) names(f frame, z sizes, size Size) []text {
	var taken []box
	for _, u := range c.Units {
		r := z.diamond/2 + 1
		taken = append(taken, box{f.across(u.Size) - r, f.y(u.Value) - r, f.across(u.Size) + r, f.y(u.Value) + r})
	}
	var ts []text
	taken = append(taken, box{f.left, f.y(c.Average.Value) - 2, f.plotRight(), f.y(c.Average.Value) + 2})
	if l := c.Limits(f.acrossHigh); size != Narrow && !math.IsNaN(l.Upper95) {
		x := f.plotRight() + 8
		ts = apart([]text{{c.Average.Label, x, f.y(c.Average.Value), f.font, "left", false, Ink, false},
			{"95% limit", x, f.y(math.Min(l.Upper95, f.high)), f.font, "left", false, Ink2, false},
			{"99.8% limit", x, f.y(math.Min(l.Upper998, f.high)), f.font, "left", false, Ink2, false}}, f, z)
	}
	put := func(u Unit) {
		t := text{u.Name, 0, 0, f.font, "", u.Outside > 0, Ink, true}
		gap := z.diamond/2 + 3
		for _, at := range []struct {
			align  string
			dx, dy float64
		}{{"left", gap, 0}, {"right", -gap, 0}, {"middle", 0, -f.font - 3}, {"middle", 0, f.font + 3}, {"left", gap, -f.font * .8}, {"left", gap, f.font * .8}, {"right", -gap, -f.font * .8}, {"right", -gap, f.font * .8}} {
			t.align, t.x, t.y = at.align, f.across(u.Size)+at.dx, f.y(u.Value)+at.dy
			b := t.box()
			if b.x1 > f.left+2 && b.x2 < f.plotRight()+4 && b.y1 > f.top && b.y2 < f.plotBottom()-2 && b.clear(taken) {
				ts, taken = append(ts, t), append(taken, b)
				return
			}
		}
	}
	for _, outside := range []bool{true, false} {
		for _, u := range c.Units {
			if (u.Outside > 0) == outside && (outside || size != Narrow) {
				put(u)
			}
		}
	}
	return ts
}

// option is one point to a unit: a circle within the limits, a triangle outside, filled
// where it is outside both.
func (c Funnel) option(f frame) (tree, error) {
	chart := echarts.NewScatter()
	chart.SetGlobalOptions(common()...)
	chart.AddSeries("units", make([]opts.ScatterData, len(c.Units)))
	t, err := plain(chart, f)
	if err != nil {
		return nil, err
	}
	data := make([]any, len(c.Units))
	for i, u := range c.Units {
		d := tree{"value": []any{u.Size, u.Value}}
		fill := Ground
		if u.Outside > 95 {
			fill = Navy
		}
		d["symbol"], d["symbolSize"] = "circle", 11
		if u.Outside > 0 {
			d["symbol"], d["symbolSize"] = "triangle", 15
			if !u.High {
				d["symbolRotate"] = 180
			}
		}
		d["itemStyle"] = tree{"color": fill, "borderColor": Navy, "borderWidth": 2.2, "opacity": 1}
		data[i] = d
	}
	series(t, 0)["data"] = data
	return t, nil
}
