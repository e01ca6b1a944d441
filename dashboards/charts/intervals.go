package charts

import (
	"math"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Compared says whether a place differs clearly from the whole: its interval leaves out the
// value of the whole.
type Compared int

// The comparisons: a circle, an up triangle, a down triangle.
const (
	Similar Compared = iota
	Higher
	Lower
)

// Range is one place's value with its 95% interval.
type Range struct {
	Name             string
	Value, Low, High float64 // NaN for a gap
	Gap              string  // "[c]"
	Compared         Compared
}

// Intervals compares places by range, so that noise is not read as rank.
type Intervals struct {
	Ranges  []Range
	Whole   *Level // the partnership's value, "Norfolk 32"
	Ceiling float64
	Unit    func(float64) string
	AltText string
}

// Alt implements Chart.
func (c Intervals) Alt() string { return c.AltText }

func (c Intervals) place(size Size) frame {
	f := c.layout(size)
	f.rules()
	f.foot()
	words := rowText(f, size, c.names(), c.Unit)
	for i, r := range c.Ranges {
		if math.IsNaN(r.Value) {
			words = append(words, text{r.Gap, f.left + 6, f.row(i), f.font, "left", false, Ink2, false})
		}
	}
	if c.Whole != nil {
		at := f.across(c.Whole.Value)
		f.under = append(f.under, wholePen.stroke(at, f.top, at, f.plotBottom()))
		half := width(c.Whole.Label, f.font, true) / 2
		x := math.Min(math.Max(at, half+2), f.w-half-2)
		words = append(words, text{c.Whole.Label, x, 14, f.font, "middle", true, Ink, false})
	}
	f.words = words
	return f
}

func (c Intervals) option(f frame) (tree, error) {
	t, err := c.build(f)
	if err != nil {
		return nil, err
	}
	series(t, 0)["itemStyle"] = tree{"opacity": 0}
	series(t, 1)["itemStyle"] = tree{"color": Interval}
	series(t, 0)["barWidth"], series(t, 1)["barWidth"] = 8, 8
	c.points(series(t, 2))
	return t, nil
}

// Start is the value at which the scale begins, for the caption to say.
func (c Intervals) Start() float64 { return c.layout(Wide).low }

// layout fixes frame and scale. The scale leaves out zero where the ranges lie far from it,
// since a range, unlike a bar, is not read by its length from zero.
func (c Intervals) layout(size Size) frame {
	f := rows(size, c.names(), 0)
	f.top += 24
	f.h += 24
	f.round = 4
	low, high := math.Inf(1), 0.0
	for _, r := range c.Ranges {
		for _, v := range []float64{r.Low, r.Value, r.High} {
			if !math.IsNaN(v) {
				low, high = math.Min(low, v), math.Max(high, v)
			}
		}
	}
	if c.Whole != nil {
		low, high = math.Min(low, c.Whole.Value), math.Max(high, c.Whole.Value)
	}
	if low > high || low < high/3 {
		low = 0
	} else {
		low -= (high - low) * .1
	}
	f.scale(low, topOf(high, c.Ceiling), 0, c.Ceiling, steps(size)+1)
	return f
}

// build lays each interval as a transparent bar up to its low end with a visible one on
// top, and the value as a point over both.
func (c Intervals) build(f frame) (tree, error) {
	under, over := make([]float64, len(c.Ranges)), make([]float64, len(c.Ranges))
	at := make([]opts.ScatterData, len(c.Ranges))
	for i, r := range c.Ranges {
		under[i], over[i] = r.Low, r.High-r.Low
		if !math.IsNaN(r.Value) {
			at[i].Value = r.Value
		}
	}
	chart := echarts.NewBar()
	chart.SetGlobalOptions(common()...)
	chart.AddSeries("low", bars(under), echarts.WithBarChartOpts(opts.BarChart{Stack: "interval"}))
	chart.AddSeries("interval", bars(over), echarts.WithBarChartOpts(opts.BarChart{Stack: "interval"}))
	points := echarts.NewScatter()
	points.AddSeries("values", at)
	chart.Overlap(points)
	return plain(chart, f)
}

// points gives each value the shape of its comparison.
func (c Intervals) points(s tree) {
	s["z"] = 5
	for i, r := range c.Ranges {
		d, ok := s["data"].([]any)[i].(tree)
		if !ok {
			continue
		}
		d["value"] = []any{r.Value, i}
		switch r.Compared {
		case Higher:
			d["symbol"], d["symbolSize"], d["itemStyle"] = "triangle", 16, tree{"color": Navy, "opacity": 1}
		case Lower:
			d["symbol"], d["symbolSize"], d["symbolRotate"], d["itemStyle"] = "triangle", 16, 180, tree{"color": Navy, "opacity": 1}
		default:
			d["symbol"], d["symbolSize"], d["itemStyle"] = "circle", 11, tree{"color": Ground, "borderColor": Navy, "borderWidth": 2.4, "opacity": 1}
		}
	}
}

func (c Intervals) names() []string {
	ns := make([]string, len(c.Ranges))
	for i, r := range c.Ranges {
		ns[i] = r.Name
	}
	return ns
}
