package charts

import (
	"fmt"
	"math"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Against is one service held against what it has room for.
type Against struct {
	Name     string
	Value    float64 // in use; NaN for a gap
	Capacity float64 // what there is room for; NaN where it is not known
	Text     string  // "27 of 32 places", or the mark of a gap: "[c]"
}

// Bullet shows how much of each capacity is in use: a dark bar over a light one that ends in
// a stroke at the capacity. Its axis begins at zero, and a bar may go past its stroke.
// AltText begins "Bullet chart".
type Bullet struct {
	Services []Against
	Unit     func(float64) string
	AltText  string
}

// Alt implements Chart.
func (c Bullet) Alt() string { return c.AltText }

func (c Bullet) place(size Size) frame {
	names, said, high := make([]string, len(c.Services)), make([]string, len(c.Services)), 0.0
	for i, s := range c.Services {
		names[i], said[i] = s.Name, s.Text
		for _, v := range []float64{s.Value, s.Capacity} {
			if !math.IsNaN(v) {
				high = math.Max(high, v)
			}
		}
	}
	f := saidOf(size, names, said, high, c.Unit)
	f.thick = thick(size) * .45
	for i, s := range c.Services {
		if !math.IsNaN(s.Capacity) {
			f.under = append(f.under, room(f.left, f.across(s.Capacity), f.row(i), thick(size)))
			f.over = append(f.over, pen{Ink, 3, ""}.stroke(f.across(s.Capacity), f.row(i)-thick(size)*.5-2, f.across(s.Capacity), f.row(i)+thick(size)*.5+2))
		}
		t := text{s.Text, f.plotRight() + 12, f.row(i), f.font, "left", true, Ink, false}
		if math.IsNaN(s.Value) {
			t.bold, t.ink = false, Ink2
		}
		if size == Narrow {
			t.x, t.y, t.align = f.w-2, f.row(i)-14, "right"
		}
		f.words = append(f.words, t)
	}
	return f
}

// room is the light bar of a capacity, written as a rectangle as bars of data are, so that an
// auditor finds it.
func room(from, to, y, high float64) string {
	return fmt.Sprintf(`<rect x="%s" y="%s" width="%s" height="%s" fill="%s" stroke="%s"/>`,
		trim(round(from)), trim(round(y-high/2)), trim(round(to-from)), trim(high), Band, Line)
}

func (c Bullet) option(f frame) (tree, error) {
	vs := make([]float64, len(c.Services))
	for i, s := range c.Services {
		vs[i] = s.Value
	}
	chart := echarts.NewBar()
	chart.SetGlobalOptions(common()...)
	chart.AddSeries("in use", bars(vs), echarts.WithItemStyleOpts(opts.ItemStyle{Color: Navy}))
	t, err := plain(chart, f)
	if err != nil {
		return nil, err
	}
	series(t, 0)["barWidth"] = f.thick
	return t, nil
}
