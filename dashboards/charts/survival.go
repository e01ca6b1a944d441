package charts

import (
	"math"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// DoneBy is the share of cases done by a day, in percent, with its interval.
type DoneBy struct {
	Days             float64
	Value, Low, High float64
	Text             string // "62%"
}

// Survival is how the share done grows with the days, cases that are still open taken in as
// far as they are known. It is published at a few days, and is joined between them.
type Survival struct {
	Steps   []DoneBy // in order of days
	Days    string   // under the axis: "Working days since referral"
	AltText string
}

// Alt implements Chart.
func (c Survival) Alt() string { return c.AltText }

func (c Survival) place(size Size) frame {
	z := lineSizes[size]
	f := frame{w: z.w, h: z.h * .8, left: z.left, right: 60, top: 20, bottom: z.bottom, font: z.font, mark: z.circle, thick: 1}
	if size == Narrow {
		f.right = 30
	}
	across := frame{}
	longest := 1.0
	for _, s := range c.Steps {
		longest = math.Max(longest, s.Days)
	}
	across.scale(0, longest, 0, math.Inf(1), steps(size))
	f.low, f.high, f.step = 0, 100, 20
	f.acrossLow, f.acrossHigh = 0, across.high
	var upper, lower []vertex
	for _, s := range c.Steps {
		if !math.IsNaN(s.Low) && !math.IsNaN(s.High) {
			upper = append(upper, vertex{f.across(s.Days), f.y(s.High), false})
			lower = append([]vertex{{f.across(s.Days), f.y(s.Low), false}}, lower...)
		}
	}
	if len(upper) > 0 {
		f.under = append(f.under, filled(append(append([]vertex{{f.across(0), f.y(0), true}}, upper...), lower...), Band))
	}
	f.rules()
	f.foot()
	for _, v := range f.ticks() {
		f.words = append(f.words, text{trim(v) + "%", f.left - 8, f.y(v), f.font, "right", false, Ink, false})
	}
	for _, v := range across.ticks() {
		f.words = append(f.words, text{trim(round(v)), f.across(v), f.plotBottom() + f.font*1.1, f.font, "middle", false, Ink, false})
	}
	f.words = append(f.words, text{c.Days, f.left + (f.plotRight()-f.left)/2, f.plotBottom() + f.font*2.4, f.font, "middle", false, Ink2, false})
	f.words = append(f.words, c.labels(f)...)
	return f
}

// labels stand over their points, or under them where the plot ends or one would cover another.
func (c Survival) labels(f frame) []text {
	var ts []text
	var taken []box
	for _, s := range c.Steps {
		t := text{s.Text, f.across(s.Days), f.y(s.Value) - f.font*1.1, f.font, "middle", true, Ink, true}
		for _, at := range [][3]float64{{0, -1.1, 0}, {0, 1.2, 0}, {1, 0, 12}, {1, .9, 10}} {
			t.x, t.y = f.across(s.Days)+at[2], f.y(s.Value)+at[1]*f.font
			t.align = []string{"middle", "left"}[int(at[0])]
			if b := t.box(); b.clear(taken) && b.y1 > 0 && b.x1 > f.left && b.x2 < f.w && b.y2 < f.plotBottom() {
				ts, taken = append(ts, t), append(taken, b)
				break
			}
		}
	}
	return ts
}

func (c Survival) option(f frame) (tree, error) {
	line := echarts.NewLine()
	line.SetGlobalOptions(common()...)
	line.AddSeries("done", nil, echarts.WithLineStyleOpts(opts.LineStyle{Color: Ink2, Width: 2}))
	t, err := plain(line, f)
	if err != nil {
		return nil, err
	}
	data := []any{tree{"value": []any{0, 0}, "symbol": "none"}}
	for _, s := range c.Steps {
		data = append(data, tree{"value": []any{s.Days, s.Value}})
	}
	s := series(t, 0)
	s["data"], s["showSymbol"], s["showAllSymbol"], s["symbol"], s["symbolSize"] = data, true, true, "circle", 10
	s["itemStyle"] = tree{"color": Ground, "borderColor": Navy, "borderWidth": 2.2}
	return t, nil
}
