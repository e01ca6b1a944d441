package charts

import (
	"fmt"
	"math"
	"slices"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Stack is one bar of several parts.
type Stack struct {
	Name   string
	Values []float64 // one to a part; NaN for a gap
	Texts  []string  // "34%", or the mark of a gap: "[c]"
	Text   string    // at the end of the bar: "1,240"; empty for none
}

// Stacked shows how several wholes divide into the same few parts, in their own order. For
// the parts that are hidden a piece of one fixed width stands after the others, so the length
// of a bar that has one says nothing of them. AltText begins "Stacked bar chart".
type Stacked struct {
	Parts   []Class
	Stacks  []Stack
	Ceiling float64 // 100 for percentages; +Inf for none
	Unit    func(float64) string
	AltText string
}

// Alt implements Chart.
func (c Stacked) Alt() string { return c.AltText }

func (c Stacked) check() error {
	for _, s := range c.Stacks {
		if len(s.Values) != len(c.Parts) || len(s.Texts) != len(c.Parts) {
			return fmt.Errorf("%s has %d values and %d texts and there are %d parts", s.Name, len(s.Values), len(s.Texts), len(c.Parts))
		}
	}
	return nil
}

// hiddenWide is the width of the piece that stands for hidden parts, whatever their size.
const hiddenWide = 30.0

func (c Stacked) place(size Size) frame {
	names, high, ends := make([]string, len(c.Stacks)), 0.0, 0.0
	for i, s := range c.Stacks {
		names[i] = s.Name
		high = math.Max(high, s.shown())
		ends = math.Max(ends, float64(len(s.gaps()))*hiddenWide+width(s.Text, fonts[size], true))
	}
	f := rows(size, names, 0)
	f.thick, f.right = 22, math.Max(ends+14, 30)
	if size == Narrow {
		f.thick = 13
	}
	tall := f.legend(c.Parts) + 6
	f.top, f.h = f.top+tall, f.h+tall
	if c.Ceiling == 100 {
		high = 100
	}
	f.scale(0, topOf(high, c.Ceiling), 0, c.Ceiling, steps(size))
	f.rules()
	f.side()
	f.words = append(f.words, rowText(f, size, names, c.Unit)...)
	for i, s := range c.Stacks {
		c.pieces(&f, i, s)
	}
	return f
}

// pieces puts strokes and words on the parts of a bar, and the pieces of hidden parts after
// them.
func (c Stacked) pieces(f *frame, i int, s Stack) {
	sum, y, small := 0.0, f.row(i), f.font-1.5
	for k, v := range s.Values {
		if math.IsNaN(v) || v <= 0 {
			continue
		}
		l, from, to := looks[c.Parts[k].Shade], f.across(sum), f.across(sum+v)
		sum += v
		var words []text
		if width(s.Texts[k], small, false)+5 <= to-from {
			words = []text{l.on(text{s: s.Texts[k], x: (from + to) / 2, y: y, size: small, align: "middle"})}
		}
		f.over = append(f.over, l.hatched(oblong(box{from, y - f.thick/2, to, y + f.thick/2}), words))
		f.words = append(f.words, words...)
	}
	x := f.across(sum) + 3
	for _, mark := range s.gaps() {
		b := box{x, y - f.thick/2, x + hiddenWide - 3, y + f.thick/2}
		t := looks[Withheld].on(text{s: mark, x: (b.x1 + b.x2) / 2, y: y, size: small, align: "middle"})
		f.over, f.words = append(f.over, looks[Withheld].shape(oblong(b), "", t)), append(f.words, t)
		x += hiddenWide
	}
	if s.Text != "" {
		f.words = append(f.words, text{s.Text, x + 4, y, f.font, "left", true, Ink, false})
	}
}

// shown is the sum of the parts that are not hidden.
func (s Stack) shown() float64 {
	sum := 0.0
	for _, v := range s.Values {
		if !math.IsNaN(v) {
			sum += v
		}
	}
	return sum
}

// gaps are the marks of the hidden parts, each mark once.
func (s Stack) gaps() []string {
	var marks []string
	for k, v := range s.Values {
		if math.IsNaN(v) && !slices.Contains(marks, s.Texts[k]) {
			marks = append(marks, s.Texts[k])
		}
	}
	return marks
}

func (c Stacked) option(f frame) (tree, error) {
	chart := echarts.NewBar()
	chart.SetGlobalOptions(common()...)
	for k, p := range c.Parts {
		vs := make([]float64, len(c.Stacks))
		for i, s := range c.Stacks {
			vs[i] = s.Values[k]
		}
		chart.AddSeries(fmt.Sprint("part ", k), bars(vs), echarts.WithBarChartOpts(opts.BarChart{Stack: "whole"}),
			echarts.WithItemStyleOpts(opts.ItemStyle{Color: looks[p.Shade].ground, BorderColor: Navy, BorderWidth: 1}))
	}
	t, err := plain(chart, f)
	if err != nil {
		return nil, err
	}
	for k := range c.Parts {
		series(t, k)["barWidth"] = f.thick
	}
	return t, nil
}
