package charts

import (
	"math"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Mark says how a point of a series is drawn; its shape carries the meaning.
type Mark int

// The marks: a hollow circle, a square, a diamond, a triangle.
const (
	Ordinary Mark = iota
	Better
	Worse
	Changed // unusual, where neither direction is better
)

// Point is one slot of a series in time.
type Point struct {
	Axis        string  // first and second line of the axis label, parted by a line feed: "Oct\n2024"
	Name        string  // "Oct 2024"
	Value       float64 // NaN for a gap
	Gap         string  // what stands at the axis of a gap: "[c]"
	Text        string  // the value as people read it: "78%"
	Mark        Mark
	Provisional bool
	Note        string // words for an unusual point, "unusually low"; empty for none
}

// Event is a dated change that a chart marks by a line.
type Event struct {
	Slot  int
	Title string
}

// Level is a straight line with its label.
type Level struct {
	Value float64
	Label string
}

// Lines are the lines of a control chart at one slot; NaN where there are none. A run chart
// has a Centre alone.
type Lines struct{ Lower, Centre, Upper float64 }

// inTime is the part that SPC and Trend share: a line through points in time, on an axis
// that need not begin at zero.
type inTime struct {
	points         []Point
	floor, ceiling float64 // the value axis keeps within these
	include        []float64
	unit           func(float64) string // label of the value axis
	whole          bool                 // values are counts: no tick between two of them
	events, breaks []Event
}

// sizes are the measures of a line chart that depend on its width.
type sizes struct {
	w, h, left, right, top, bottom, font float64
	circle, square, diamond              float64
	every                                int // slots from one axis label to the next
}

var lineSizes = map[Size]sizes{
	Wide:   {900, 430, 52, 150, 34, 52, 15, 8, 11, 16, 3},
	Mid:    {640, 350, 48, 128, 32, 50, 14, 7, 10, 14, 4},
	Narrow: {330, 330, 40, 22, 32, 46, 12.5, 6, 8, 12, 6},
}

// layout fixes frame and scale. Past 24 points labels and symbols give way.
func (c inTime) layout(size Size) (frame, sizes) {
	z := lineSizes[size]
	f := frame{w: z.w, h: z.h, left: z.left, right: z.right, top: z.top, bottom: z.bottom, font: z.font, slots: max(len(c.points), 1),
		mark: z.circle, thick: 1}
	low, high := math.Inf(1), math.Inf(-1)
	add := func(v float64) {
		if !math.IsNaN(v) {
			low, high = math.Min(low, v), math.Max(high, v)
		}
	}
	for _, p := range c.points {
		add(p.Value)
	}
	for _, v := range c.include {
		add(v)
	}
	if math.IsInf(low, 1) {
		low, high = 0, 1
	}
	if high-low < 1e-9 && !c.whole { // a level series stands in the middle of a scale of its own size
		room := math.Max(math.Abs(high)*.1, .5)
		low, high = low-room, high+room
	}
	pad := (high - low) * .08
	if c.whole && high-low < 6 {
		f.scale(math.Floor(low)-1, math.Ceil(high)+1, c.floor, c.ceiling, 6)
		f.step = math.Max(1, f.step)
	} else {
		f.scale(low-pad, high+pad, c.floor, c.ceiling, 6)
	}
	for _, v := range f.ticks() {
		f.left = math.Max(f.left, width(c.unit(v), f.font, false)+14)
	}
	if z.every*7 < len(c.points) && size != Wide {
		z.every *= 2
	}
	return f, z
}

// option builds the line by go-echarts: one series for each stretch between breaks, with
// the symbols of unusual points.
func (c inTime) option(f frame) (tree, error) {
	line := echarts.NewLine()
	line.SetGlobalOptions(common()...)
	stretches := c.stretches()
	for _, s := range stretches {
		vs := make([]float64, len(c.points))
		for i, p := range c.points {
			vs[i] = math.NaN()
			if i >= s[0] && i < s[1] {
				vs[i] = p.Value
			}
		}
		line.AddSeries("values", values(vs), echarts.WithLineChartOpts(opts.LineChart{ShowSymbol: opts.Bool(true)}),
			echarts.WithLineStyleOpts(opts.LineStyle{Color: Ink2, Width: 2}))
	}
	t, err := plain(line, f)
	if err != nil {
		return nil, err
	}
	z := lineSizes[Reference]
	for n := range stretches {
		s := series(t, n)
		s["showAllSymbol"], s["connectNulls"], s["symbol"], s["z"] = true, false, "none", 3
		for i, p := range c.points {
			d, ok := s["data"].([]any)[i].(tree)
			switch {
			case ok && p.Mark == Ordinary:
				s["data"].([]any)[i] = p.Value // a bare number is drawn much faster
			case ok:
				d["symbol"], d["symbolSize"], d["itemStyle"] = symbol(p, z)
			}
		}
	}
	return t, nil
}

// stretches are the slots between breaks: from the first of each pair to before the second.
func (c inTime) stretches() [][2]int {
	var all [][2]int
	from := 0
	for _, b := range c.breaks {
		if b.Slot > from && b.Slot < len(c.points) {
			all = append(all, [2]int{from, b.Slot})
			from = b.Slot
		}
	}
	return append(all, [2]int{from, len(c.points)})
}

// furnish draws the axes, and over the line the rings of ordinary points.
func (c inTime) furnish(f *frame, z sizes) {
	f.rules()
	f.foot()
	for i, p := range c.points {
		if p.Mark == Ordinary && !math.IsNaN(p.Value) {
			f.over = append(f.over, ring(f.x(i), f.y(p.Value), z.circle))
		}
	}
}

// cuts draws a break as a gap in all that is drawn, with its line, and events as lines. It
// comes after the bands and limits.
func (c inTime) cuts(f *frame) {
	for _, e := range c.events {
		f.under = append(f.under, eventPen.stroke(f.x(e.Slot), f.top, f.x(e.Slot), f.plotBottom()))
	}
	for _, b := range c.breaks {
		x := f.edge(b.Slot)
		f.under = append(f.under, filled([]vertex{{x - 4, f.top - 2, true}, {x + 4, f.top - 2, false}, {x + 4, f.plotBottom() - 1, false}, {x - 4, f.plotBottom() - 1, false}}, Ground),
			breakPen.stroke(crisp(x), f.top, crisp(x), f.plotBottom()+6))
	}
}

// symbol is the shape, size and style of a point. A provisional one is hollow.
func symbol(p Point, z sizes) (string, float64, tree) {
	shape, size, ink := "circle", z.circle, Usual
	switch p.Mark {
	case Better:
		shape, size, ink = "rect", z.square, Improve
	case Worse:
		shape, size, ink = "diamond", z.diamond, Concern
	case Changed:
		shape, size, ink = "triangle", z.diamond-2, Neutral
	}
	fill := ink
	if p.Provisional || p.Mark == Ordinary {
		fill = Ground
	}
	return shape, size, tree{"color": fill, "borderColor": ink, "borderWidth": 2}
}

// axes are the labels of both axes and the marks of gaps.
func (c inTime) axes(f frame, z sizes) []text {
	var ts []text
	for _, v := range f.ticks() {
		ts = append(ts, text{c.unit(v), f.left - 8, f.y(v), z.font, "right", false, Ink, false})
	}
	for i := 0; i < len(c.points); i += z.every {
		first, second := c.points[i].Axis, ""
		for k, r := range first {
			if r == '\n' {
				first, second = first[:k], first[k+1:]
				break
			}
		}
		half := math.Max(width(first, z.font, false), width(second, z.font, false)) / 2
		x := math.Min(math.Max(f.x(i), half+1), f.w-half-1)
		ts = append(ts, text{first, x, f.plotBottom() + z.font*1.1, z.font, "middle", false, Ink, false},
			text{second, x, f.plotBottom() + z.font*2.3, z.font, "middle", false, Ink, false})
	}
	return append(ts, c.gapMarks(f, z)...)
}

// gapMarks stand at the axis, one to a run of gaps where there is no room for each.
func (c inTime) gapMarks(f frame, z sizes) []text {
	var ts []text
	for i := 0; i < len(c.points); i++ {
		if c.points[i].Gap == "" {
			continue
		}
		j := i
		for j+1 < len(c.points) && c.points[j+1].Gap == c.points[i].Gap {
			j++
		}
		size := z.font - 2
		step := f.x(1) - f.x(0)
		if width(c.points[i].Gap, size, false)+3 <= step {
			for k := i; k <= j; k++ {
				ts = append(ts, text{c.points[k].Gap, f.x(k), f.plotBottom() - size*.8, size, "middle", false, Ink2, false})
			}
		} else {
			ts = append(ts, text{c.points[i].Gap, (f.x(i) + f.x(j)) / 2, f.plotBottom() - size*.8, size, "middle", false, Ink2, false})
		}
		i = j
	}
	return ts
}

// taken are the boxes that points and the line between them cover.
func (c inTime) taken(f frame, z sizes) []box {
	var bs []box
	last := -1
	for i, p := range c.points {
		if math.IsNaN(p.Value) {
			last = -1
			continue
		}
		r := z.circle/2 + 2
		if p.Mark != Ordinary {
			r = z.diamond/2 + 2
		}
		bs = append(bs, box{f.x(i) - r, f.y(p.Value) - r, f.x(i) + r, f.y(p.Value) + r})
		if last >= 0 {
			bs = append(bs, segment(f.x(last), f.y(c.points[last].Value), f.x(i), f.y(p.Value))...)
		}
		last = i
	}
	return bs
}

// segment covers a straight stroke with small boxes.
func segment(x1, y1, x2, y2 float64) []box {
	var bs []box
	n := int(math.Max(math.Abs(x2-x1), math.Abs(y2-y1))/6) + 1
	for k := range n {
		x, y := x1+(x2-x1)*float64(k)/float64(n), y1+(y2-y1)*float64(k)/float64(n)
		bs = append(bs, box{x - 3, y - 3, x + 3, y + 3})
	}
	return bs
}

// lastShown is the last slot with a value, or -1.
func (c inTime) lastShown() int {
	for i := len(c.points) - 1; i >= 0; i-- {
		if !math.IsNaN(c.points[i].Value) {
			return i
		}
	}
	return -1
}

// ink is the colour of the words beside a point.
func (p Point) ink() string {
	return map[Mark]string{Ordinary: Ink, Better: Improve, Worse: Concern, Changed: Neutral}[p.Mark]
}

// label is the value with the mark of a provisional one.
func (p Point) label() string {
	if p.Provisional {
		return p.Text + " [p]"
	}
	return p.Text
}

// overLast labels slot i, the last with a value, inside the plot: above or below every point
// that the label would cover, whichever is nearer to its own.
func (c inTime) overLast(f frame, z sizes, i int) text {
	p := c.points[i]
	t := text{p.label(), math.Min(f.plotRight(), f.x(i)+width(p.label(), z.font, true)/2), 0, z.font, "right", true, p.ink(), true}
	over, under := f.y(p.Value), f.y(p.Value)
	for k, q := range c.points {
		if !math.IsNaN(q.Value) && f.x(k) > t.box().x1-z.diamond/2 {
			over, under = math.Min(over, f.y(q.Value)), math.Max(under, f.y(q.Value))
		}
	}
	away := z.diamond/2 + z.font*.7
	t.y = over - away
	if own := f.y(p.Value); t.y < f.top || (under-own < own-over && under+away < f.plotBottom()-z.font) {
		t.y = under + away
	}
	return t
}
