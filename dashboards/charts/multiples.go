package charts

import (
	"fmt"
	"math"
	"strings"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
)

// Panel is one area's series in a SmallMultiples.
type Panel struct {
	Name   string
	Points []Point
}

// SmallMultiples shows the same series for each of several areas, a panel to each, all on one
// scale. Panels stand in the order given, which is one of names and never of values. AltText
// begins "Small multiples".
type SmallMultiples struct {
	Panels  []Panel // all with the same slots
	Whole   *Level  // the same in each panel, the partnership's value: "Norfolk 32%"
	Ceiling float64
	Unit    func(float64) string
	AltText string
}

// Alt implements Chart.
func (c SmallMultiples) Alt() string { return c.AltText }

func (c SmallMultiples) check() error {
	for _, p := range c.Panels {
		if len(p.Points) != len(c.Panels[0].Points) {
			return fmt.Errorf("%s has %d points and %s has %d: panels share their slots", p.Name, len(p.Points), c.Panels[0].Name, len(c.Panels[0].Points))
		}
	}
	return nil
}

// Start is the value at which the scale begins, for the caption to say.
func (c SmallMultiples) Start() float64 { return c.scaled(frame{}).low }

// scaled gives a frame the scale that all panels share. It leaves out zero where the values
// lie far from it.
func (c SmallMultiples) scaled(f frame) frame {
	low, high := math.Inf(1), 0.0
	add := func(v float64) {
		if !math.IsNaN(v) {
			low, high = math.Min(low, v), math.Max(high, v)
		}
	}
	for _, p := range c.Panels {
		for _, q := range p.Points {
			add(q.Value)
		}
	}
	if c.Whole != nil {
		add(c.Whole.Value)
	}
	if low > high || low < high/3 {
		low = 0
	}
	f.scale(low, topOf(high, c.Ceiling), 0, c.Ceiling, 3)
	return f
}

// multiples are the measures that depend on the width.
type multiples struct {
	columns         int
	tall, gap, font float64 // of a plot; between panels; of words
}

var multipleSizes = map[Size]multiples{Wide: {4, 104, 22, 13.5}, Mid: {3, 96, 18, 13}, Narrow: {2, 84, 12, 12}}

func (c SmallMultiples) place(size Size) frame {
	z := multipleSizes[size]
	z.columns = max(min(z.columns, len(c.Panels)), 1)
	f := c.scaled(frame{w: float64(size), font: z.font, mark: 1, thick: 1, slots: 1})
	if len(c.Panels) > 0 {
		f.slots = max(len(c.Panels[0].Points), 1)
	}
	y, left := 0.0, 0.0
	for _, v := range f.ticks() {
		left = math.Max(left, width(c.Unit(v), z.font, false)+8)
	}
	if c.Whole != nil {
		f.under = append(f.under, wholePen.stroke(.5, 9.5, 34, 9.5))
		f.words = append(f.words, text{c.Whole.Label, 42, 9.5, z.font, "left", true, Ink, false})
		y = 26
	}
	wide := (f.w - left - z.gap*float64(z.columns-1) - 4) / float64(z.columns)
	for from := 0; from < len(c.Panels); from += z.columns {
		row := c.Panels[from:min(from+z.columns, len(c.Panels))]
		titles := 0
		for _, p := range row {
			titles = max(titles, len(wrap(p.Name, z.font, wide/bolder)))
		}
		top := y + float64(titles)*z.font*1.15 + z.font*1.7
		for i, p := range row {
			panel := f
			panel.under, panel.over, panel.words, panel.panels = nil, nil, nil, nil
			panel.left = left + float64(i)*(wide+z.gap)
			panel.right, panel.top, panel.h = f.w-panel.left-wide, top, top+z.tall
			c.panel(&panel, p, y, i == 0)
			f.under, f.over, f.words = append(f.under, panel.under...), append(f.over, panel.over...), append(f.words, panel.words...)
			panel.under, panel.over, panel.words = nil, nil, nil
			f.panels = append(f.panels, panel)
		}
		y = top + z.tall + z.font*2.6
	}
	f.h = math.Ceil(y - z.font*.7)
	for i := range f.panels {
		f.panels[i].bottom = f.h - f.panels[i].h
		f.panels[i].h = f.h
	}
	return f
}

// panel furnishes one panel, whose name stands from y on: the name, the last value under it,
// rules, the first and the last slot, and the marks of gaps.
func (c SmallMultiples) panel(f *frame, p Panel, y float64, first bool) {
	f.rules()
	f.foot()
	if c.Whole != nil {
		f.under = append(f.under, f.level(c.Whole.Value, f.left, wholePen))
	}
	names := wrap(p.Name, f.font, (f.plotRight()-f.left)/bolder)
	for k, line := range names {
		f.words = append(f.words, text{line, f.left, y + (float64(k)+.6)*f.font*1.15, f.font, "left", true, Ink, false})
	}
	if n := len(p.Points); n > 0 {
		said := p.Points[n-1].Name + ": " + p.Points[n-1].Gap
		if last := (inTime{points: p.Points}).lastShown(); last >= 0 {
			said = p.Points[last].Name + ": " + p.Points[last].label()
		}
		f.words = append(f.words, text{said, f.left, y + (float64(len(names))+.6)*f.font*1.15, f.font, "left", false, Ink, false})
	}
	if first {
		for _, v := range f.ticks() {
			f.words = append(f.words, text{c.Unit(v), f.left - 6, f.y(v), f.font, "right", false, Ink, false})
		}
	}
	if n := len(p.Points); n > 0 {
		under := f.plotBottom() + f.font*.95
		f.words = append(f.words, text{strings.ReplaceAll(p.Points[0].Axis, "\n", " "), f.left, under, f.font - 1, "left", false, Ink, false})
		if n > 1 {
			f.words = append(f.words, text{strings.ReplaceAll(p.Points[n-1].Axis, "\n", " "), f.plotRight(), under, f.font - 1, "right", false, Ink, false})
		}
	}
	for i, q := range p.Points { // one alone between two gaps has no line
		if q.plain() && !math.IsNaN(q.Value) {
			f.over = append(f.over, dot(f.x(i), f.y(q.Value)))
		}
	}
	c.marks(f, p)
}

// marks puts the mark of each run of gaps at the axis, where there is room.
func (c SmallMultiples) marks(f *frame, p Panel) {
	var taken []box
	for i := 0; i < len(p.Points); i++ {
		if p.Points[i].Gap == "" {
			continue
		}
		j := i
		for j+1 < len(p.Points) && p.Points[j+1].Gap == p.Points[i].Gap {
			j++
		}
		size := f.font - 1
		half := width(p.Points[i].Gap, size, false) / 2
		x := math.Min(math.Max((f.x(i)+f.x(j))/2, f.left+half+1), f.plotRight()-half-1)
		t := text{p.Points[i].Gap, x, f.plotBottom() - size*.75, size, "middle", false, Ink2, true}
		if t.box().clear(taken) {
			f.words, taken = append(f.words, t), append(taken, t.box())
		}
		i = j
	}
}

// plain says that a point has no symbol of its own, but a dot.
func (p Point) plain() bool { return p.Mark == Ordinary && !p.Provisional }

// dot is a plain point: hundreds stand in one drawing, and a circle is short.
func dot(x, y float64) string {
	return fmt.Sprintf(`<circle cx="%s" cy="%s" r="2" fill="%s"/>`, trim(round(x)), trim(round(y)), Ink2)
}

// option is a line to a panel, each in axes of its own that are all the same.
func (c SmallMultiples) option(f frame) (tree, error) {
	if len(c.Panels) == 0 {
		return nil, nil
	}
	line := echarts.NewLine()
	line.SetGlobalOptions(common()...)
	for _, p := range c.Panels {
		vs := make([]float64, len(p.Points))
		for i, q := range p.Points {
			vs[i] = q.Value
		}
		line.AddSeries("values", values(vs))
	}
	t, err := plain(line, f)
	if err != nil {
		return nil, err
	}
	small := sizes{circle: 4, square: 7, diamond: 10}
	var grids, across, up []any
	for k, p := range c.Panels {
		grid, x, y := axes(f.panels[k])
		x["gridIndex"], y["gridIndex"] = k, k
		grids, across, up = append(grids, grid), append(across, x), append(up, y)
		s := series(t, k)
		s["xAxisIndex"], s["yAxisIndex"], s["connectNulls"] = k, k, false
		s["showSymbol"], s["showAllSymbol"], s["symbol"] = true, true, "none"
		s["lineStyle"] = tree{"color": Ink2, "width": 1.6}
		for i, q := range p.Points {
			if d, ok := s["data"].([]any)[i].(tree); ok && !q.plain() {
				d["symbol"], d["symbolSize"], d["itemStyle"] = symbol(q, small)
			}
		}
	}
	t["grid"], t["xAxis"], t["yAxis"] = grids, across, up
	return t, nil
}
