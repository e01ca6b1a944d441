package charts

import (
	"math"
	"sort"
)

// SPC is a statistical process control chart: points in time, the usual range between two
// limits, the average, a target, events. Values are drawn as given: round them to what is
// published before, since a position in a drawing can be read back.
type SPC struct {
	Points         []Point
	Mean           Level
	Lower, Upper   Level
	From           int // slot at which the limits begin: a reset series has them from there only
	Target         *Level
	Events         []Event
	Floor, Ceiling float64 // bounds of what can be: 0 and 100 for percentages; infinities for none
	Unit           func(float64) string
	Whole          bool // values are counts
	AltText        string
}

// Alt implements Chart.
func (c SPC) Alt() string { return c.AltText }

func (c SPC) inTime() inTime {
	include := []float64{c.Mean.Value, c.Lower.Value, c.Upper.Value}
	if c.Target != nil {
		include = append(include, c.Target.Value)
	}
	return inTime{c.Points, c.Floor, c.Ceiling, include, c.Unit, c.Whole}
}

// Start is the value at which the scale begins, for the caption to say.
func (c SPC) Start() float64 {
	f, _ := c.inTime().layout(Wide)
	return f.low
}

func (c SPC) option(size Size) (tree, frame, error) {
	base := c.inTime()
	f, z := base.layout(size)
	above := eventText(&f, z, c.Events)
	t, err := base.option(f, z)
	if err != nil {
		return nil, f, err
	}
	left := f.edge(c.From)
	limit := dashes(Line, 1.4, []float64{5, 3})
	drawn := []any{
		f.band(c.Lower.Value, c.Upper.Value, left), f.level(c.Upper.Value, left, limit), f.level(c.Lower.Value, left, limit),
		f.level(c.Mean.Value, left, dashes(Ink, 1.4, nil)),
	}
	if c.Target != nil {
		drawn = append(drawn, targetLine(f, c.Target.Value))
	}
	t["graphic"] = append(drawn, eventLines(f, c.Events)...)
	words := append(base.axes(f, z), above...)
	if size == Narrow {
		words = append(words, c.within(f, z)...)
	} else {
		words = append(words, c.beside(f, z)...)
	}
	f.words = words
	return t, f, nil
}

func targetLine(f frame, v float64) tree {
	return f.level(v, f.left, dashes(Target, 2.4, []float64{8, 4}))
}

func eventLines(f frame, es []Event) []any {
	var ls []any
	for _, e := range es {
		ls = append(ls, stroke(f.x(e.Slot), f.top, f.x(e.Slot), f.plotBottom(), dashes(Ink, 1.6, []float64{1.6, 2.4})))
	}
	return ls
}

// eventText puts the titles above the plot, in as many rows as keeps them apart, and makes
// room for them.
func eventText(f *frame, z sizes, es []Event) []text {
	var rows [][]text
	for _, e := range es {
		lines := wrap(e.Title, z.font, f.w-16)
		half := 0.0
		for _, l := range lines {
			half = math.Max(half, width(l, z.font, false)/2)
		}
		x := math.Min(math.Max(f.x(e.Slot), half+4), f.w-half-4)
		first := 0
		for !roomIn(rows, first, len(lines), x-half-12) {
			first++
		}
		for k, l := range lines {
			for len(rows) <= first+k {
				rows = append(rows, nil)
			}
			rows[first+k] = append(rows[first+k], text{l, x, 0, z.font, "middle", false, Ink, false})
		}
	}
	pitch := z.font * 1.25
	if len(rows) > 1 {
		f.top += float64(len(rows)-1) * pitch
		f.h += float64(len(rows)-1) * pitch
	}
	var ts []text
	for r, row := range rows {
		for _, t := range row {
			t.y = f.top - 14 - float64(len(rows)-1-r)*pitch
			ts = append(ts, t)
		}
	}
	return ts
}

// roomIn says whether n rows from the first on are free to the right of x.
func roomIn(rows [][]text, first, n int, x float64) bool {
	for r := first; r < min(first+n, len(rows)); r++ {
		for _, t := range rows[r] {
			if t.box().x2 > x {
				return false
			}
		}
	}
	return true
}

// beside labels the lines at their right end, moved apart where they would meet.
func (c SPC) beside(f frame, z sizes) []text {
	x := f.plotRight() + 8
	ts := []text{
		{c.Upper.Label, x, f.y(c.Upper.Value), z.font, "left", false, Ink2, false},
		{c.Mean.Label, x, f.y(c.Mean.Value), z.font, "left", false, Ink, false},
		{c.Lower.Label, x, f.y(c.Lower.Value), z.font, "left", false, Ink2, false},
	}
	if c.Target != nil {
		ts = append(ts, text{c.Target.Label, x, f.y(c.Target.Value), z.font, "left", true, Target, false})
	}
	base := c.inTime()
	if i := base.lastShown(); i >= 0 {
		p := c.Points[i]
		at := text{p.label(), x, f.y(p.Value), z.font, "left", true, p.ink(), false}
		if i < len(c.Points)-1 {
			at.x = f.x(i) + 12
			return append(apart(ts, f, z), append([]text{at}, c.notes(f, z, base.taken(f, z), 3)...)...)
		}
		ts = append(ts, at)
	}
	return append(apart(ts, f, z), c.notes(f, z, base.taken(f, z), 3)...)
}

func apart(ts []text, f frame, z sizes) []text {
	ys := make([]float64, len(ts))
	for i, t := range ts {
		ys[i] = t.y
	}
	for i, y := range spread(ys, z.font*1.2, f.top, f.plotBottom()) {
		ts[i].y = y
	}
	return ts
}

// within labels the limits inside the plot, on whichever side is free; the average stands
// in the key above the chart.
func (c SPC) within(f frame, z sizes) []text {
	base := c.inTime()
	taken := base.taken(f, z)
	var ts []text
	put := func(t text, v float64) {
		gap := z.font * .75
		for _, at := range []struct {
			align string
			x, dy float64
		}{{"left", f.edge(c.From) + 3, -gap}, {"right", f.plotRight() - 2, -gap}, {"left", f.edge(c.From) + 3, gap}, {"right", f.plotRight() - 2, gap}} {
			t.align, t.x, t.y, t.halo = at.align, at.x, f.y(v)+at.dy, true
			b := t.box()
			if b.y1 > f.top-2 && b.y2 < f.plotBottom() && b.clear(taken) {
				ts = append(ts, t)
				taken = append(taken, b)
				return
			}
		}
	}
	if i := base.lastShown(); i >= 0 {
		t := base.overLast(f, z, i)
		ts = append(ts, t)
		taken = append(taken, t.box())
	}
	if c.Target != nil {
		put(text{c.Target.Label, 0, 0, z.font, "", true, Target, false}, c.Target.Value)
	}
	put(text{c.Upper.Label, 0, 0, z.font, "", false, Ink2, false}, c.Upper.Value)
	put(text{c.Lower.Label, 0, 0, z.font, "", false, Ink2, false}, c.Lower.Value)
	return append(ts, c.notes(f, z, taken, 1)...)
}

// notes label at most n unusual points, the farthest from the average first, where a place
// beside them is free.
func (c SPC) notes(f frame, z sizes, taken []box, n int) []text {
	var slots []int
	for i, p := range c.Points {
		if p.Note != "" && !math.IsNaN(p.Value) {
			slots = append(slots, i)
		}
	}
	sort.SliceStable(slots, func(a, b int) bool {
		return math.Abs(c.Points[slots[a]].Value-c.Mean.Value) > math.Abs(c.Points[slots[b]].Value-c.Mean.Value)
	})
	var ts []text
	for _, i := range slots[:min(n, len(slots))] {
		p := c.Points[i]
		two := []text{{p.Name + ": " + p.Text, 0, 0, z.font, "", true, p.ink(), false}, {p.Note, 0, 0, z.font, "", true, p.ink(), false}}
		gap := z.diamond/2 + 5
		for _, at := range []struct {
			align  string
			dx, dy float64
		}{{"right", -gap, z.font * .9}, {"left", gap, z.font * .9}, {"right", -gap, -z.font * .9}, {"left", gap, -z.font * .9}, {"right", -gap, 0}, {"left", gap, 0}} {
			for k := range two {
				two[k].align, two[k].x = at.align, f.x(i)+at.dx
				two[k].y = f.y(p.Value) + at.dy + (float64(k)-.5)*z.font*1.2
			}
			a, b := two[0].box(), two[1].box()
			inside := math.Min(a.x1, b.x1) > f.left && math.Max(a.x2, b.x2) < f.plotRight() && a.y1 > f.top && b.y2 < f.plotBottom()
			if inside && a.clear(taken) && b.clear(taken) {
				ts = append(ts, two...)
				taken = append(taken, a, b)
				break
			}
		}
	}
	return ts
}
