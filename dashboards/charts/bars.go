package charts

import (
	"math"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Bar is one category. A gap has no bar: its mark stands at the axis.
type Bar struct {
	Name  string
	Value float64 // NaN for a gap
	Text  string  // "98%", or the mark of a gap: "[c]"
	Dark  bool    // singled out
	Reach float64 // where the words at the end of the bar must stand clear of, where that is past the bar
}

// Bars compares categories by length, so its axis begins at zero.
type Bars struct {
	Bars    []Bar
	Ceiling float64 // 100 for percentages; +Inf for none
	Unit    func(float64) string
	Whole   bool // values are counts: no tick between two of them
	AltText string
}

// Alt implements Chart.
func (c Bars) Alt() string { return c.AltText }

func (c Bars) place(size Size) frame {
	f := rows(size, c.names(), 0)
	f.thick = thick(size)
	high := 0.0
	for _, b := range c.Bars {
		if !math.IsNaN(b.Value) {
			high = math.Max(high, math.Max(b.Value, b.Reach))
		}
	}
	if c.Ceiling == 100 && high > 40 {
		high = 100
	}
	if c.Whole {
		high = math.Max(high, float64(steps(size)))
	}
	f.scale(0, topOf(high, c.Ceiling), 0, c.Ceiling, steps(size))
	f.rules()
	f.side()
	f.words = append(rowText(f, size, c.names(), c.Unit), c.ends(f)...)
	return f
}

func (c Bars) option(f frame) (tree, error) {
	vs := make([]float64, len(c.Bars))
	for i, b := range c.Bars {
		vs[i] = b.Value
	}
	chart := echarts.NewBar()
	chart.SetGlobalOptions(common()...)
	chart.AddSeries("values", bars(vs), echarts.WithItemStyleOpts(opts.ItemStyle{Color: BarLight, BorderColor: Navy, BorderWidth: 1}))
	t, err := plain(chart, f)
	if err != nil {
		return nil, err
	}
	s := series(t, 0)
	s["barWidth"] = f.thick
	for i, b := range c.Bars {
		if d, ok := s["data"].([]any)[i].(tree); ok && b.Dark {
			d["itemStyle"] = tree{"color": Navy}
		}
	}
	return t, nil
}

func (c Bars) names() []string {
	ns := make([]string, len(c.Bars))
	for i, b := range c.Bars {
		ns[i] = b.Name
	}
	return ns
}

// ends are the values at the end of the bars, and the marks of gaps at the axis.
func (c Bars) ends(f frame) []text {
	var ts []text
	for i, b := range c.Bars {
		if math.IsNaN(b.Value) {
			ts = append(ts, text{b.Text, f.left + 6, f.row(i), f.font, "left", false, Ink2, false})
			continue
		}
		ts = append(ts, text{b.Text, f.across(math.Max(b.Value, b.Reach)) + 6, f.row(i), f.font, "left", true, Ink, false})
	}
	return ts
}

// rows is the frame of a chart whose categories lie under each other, their names left of
// the plot or, where it is narrow, above their row. There beside is how much of that line
// other words take at its right end.
func rows(size Size, names []string, beside float64) frame {
	f := frame{w: float64(size), font: fonts[size], rows: true, slots: max(len(names), 1), top: 8, right: 64, bottom: 34, mark: 1, thick: 1}
	most, widest := 1, 0.0
	if f.names = f.w * .34; size == Narrow {
		f.names = f.w - 14 - beside
	}
	for _, name := range names {
		lines := wrap(name, f.font, f.names)
		most = max(most, len(lines))
		for _, line := range lines {
			widest = math.Max(widest, width(line, f.font, false))
		}
	}
	f.left = widest + 14
	pitch := math.Max(32, float64(most)*f.font*leading+6)
	if size == Narrow {
		more := float64(most-1) * f.font * leading
		f.left, f.right, f.bottom, pitch = 12, 52, 30, 40+more
		f.top += more / 2
	}
	f.h = f.top + f.bottom + pitch*float64(f.slots)
	return f
}

// leading is from one line of a name to the next, of the size of its words.
const leading = 1.1

// widestOf is how wide the widest of some words is, in bold.
func widestOf(words []string, font float64) float64 {
	widest := 0.0
	for _, s := range words {
		widest = math.Max(widest, width(s, font, true))
	}
	return widest
}

func steps(size Size) int {
	if size == Narrow {
		return 2
	}
	return 5
}

func thick(size Size) float64 {
	if size == Narrow {
		return 12
	}
	return 20
}

// rowText names the rows and labels the value axis below.
func rowText(f frame, size Size, names []string, unit func(float64) string) []text {
	var ts []text
	for i, name := range names {
		lines := wrap(name, f.font, f.names)
		for k, line := range lines {
			up := float64(len(lines)-1-k) * f.font * leading
			t := text{line, f.left - 8, f.row(i) - up + float64(len(lines)-1)*f.font*leading/2, f.font, "right", false, Ink, false}
			if size == Narrow {
				t.x, t.y, t.align, t.halo = f.left+1, f.row(i)-14-up, "left", true
			}
			ts = append(ts, t)
		}
	}
	for _, v := range f.ticks() {
		x := math.Min(f.across(v), f.w-width(unit(v), f.font, false)/2-1)
		x = math.Max(x, width(unit(v), f.font, false)/2)
		ts = append(ts, text{unit(v), x, f.plotBottom() + f.font*1.2, f.font, "middle", false, Ink, false})
	}
	return ts
}

// saidOf is the frame of rows from zero up to high with what is said of each in a column at the
// right or, where it is narrow, at the end of the line that names the row.
func saidOf(size Size, names, said []string, high float64, unit func(float64) string) frame {
	widest := widestOf(said, fonts[size])
	f := rows(size, names, widest)
	f.thick, f.right = thick(size), widest+20
	if size == Narrow {
		f.right = 20
	}
	f.scale(0, math.Max(high, 1), 0, math.Inf(1), steps(size))
	f.rules()
	f.side()
	f.words = rowText(f, size, names, unit)
	return f
}
