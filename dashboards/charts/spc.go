package charts

import (
	"math"
	"sort"
)

// SPC is a statistical process control chart: points in time, the usual range between two
// limits, the average, a target, events and breaks. The lines may differ from point to point,
// as those of a p' or u' chart do. Values are drawn as given: round them to what is
// published before, since a position in a drawing can be read back.
type SPC struct {
	Points         []Point
	Lines          []Lines // one to a point
	Mean           Level   // as the lines stand at the last point that has them
	Lower, Upper   Level   // NaN where there are none: a run chart
	Target         *Level
	Noted          *Level  // a published value to compare with
	Events         []Event // a line through the middle of their slot
	Breaks         []Event // a cut before their slot: what lies on either side cannot be compared
	Floor, Ceiling float64 // bounds of what can be: 0 and 100 for percentages; infinities for none
	Unit           func(float64) string
	Whole          bool // values are counts
	AltText        string
}

// Alt implements Chart.
func (c SPC) Alt() string { return c.AltText }

func (c SPC) inTime() inTime {
	var include []float64
	for _, l := range c.Lines {
		include = append(include, l.Lower, l.Centre, l.Upper)
	}
	for _, l := range []*Level{c.Target, c.Noted} {
		if l != nil {
			include = append(include, l.Value)
		}
	}
	return inTime{c.Points, c.Floor, c.Ceiling, include, c.Unit, c.Whole, c.Events, c.Breaks}
}

// Start is the value at which the scale begins, for the caption to say.
func (c SPC) Start() float64 {
	f, _ := c.inTime().layout(Wide)
	return f.low
}

func (c SPC) option(f frame) (tree, error) { return c.inTime().option(f) }

func (c SPC) place(size Size) frame {
	base := c.inTime()
	f, z := base.layout(size)
	above := eventText(&f, z, c.Events, c.Breaks)
	lower, centre, upper := c.line(f, Lines.lower), c.line(f, Lines.centre), c.line(f, Lines.upper)
	f.under = append(f.under, bandBetween(lower, upper)...)
	base.furnish(&f, z)
	for _, l := range []struct {
		path []vertex
		pen  pen
	}{{upper, limitPen}, {lower, limitPen}, {centre, meanPen}} {
		if len(l.path) > 0 {
			f.under = append(f.under, l.pen.path(l.path))
		}
	}
	base.cuts(&f)
	f.levels(c.Target, c.Noted, c.Breaks)
	words := append(base.axes(f, z), above...)
	if size == Narrow {
		words = append(words, c.within(f, z)...)
	} else {
		words = append(words, c.beside(f, z)...)
	}
	f.words = words
	return f
}

func (l Lines) lower() float64  { return l.Lower }
func (l Lines) centre() float64 { return l.Centre }
func (l Lines) upper() float64  { return l.Upper }

// line is one of the lines as steps, each over its whole slot. It begins anew after a gap
// and at a break.
func (c SPC) line(f frame, which func(Lines) float64) []vertex {
	var vs []vertex
	down := false
	for i, l := range c.Lines {
		v := which(l)
		if math.IsNaN(v) {
			down = false
			continue
		}
		for _, b := range c.Breaks {
			down = down && b.Slot != i
		}
		y := crisp(f.y(v))
		switch {
		case !down:
			vs = append(vs, vertex{f.edge(i), y, true}, vertex{f.edge(i + 1), y, false})
		case vs[len(vs)-1].y == y:
			vs[len(vs)-1].x = f.edge(i + 1)
		default:
			vs = append(vs, vertex{f.edge(i), y, false}, vertex{f.edge(i + 1), y, false})
		}
		down = true
	}
	return vs
}

// bandBetween fills what lies between two stepped lines that begin and end together.
func bandBetween(lower, upper []vertex) []string {
	var bands []string
	for {
		up, restUp := stretch(upper)
		low, restLow := stretch(lower)
		if len(up) == 0 || len(low) == 0 {
			return bands
		}
		outline := append([]vertex{}, up...)
		for i := len(low) - 1; i >= 0; i-- {
			outline = append(outline, vertex{low[i].x, low[i].y, false})
		}
		bands = append(bands, filled(outline, Band))
		upper, lower = restUp, restLow
	}
}

// stretch is the first unbroken part of a line, and the rest.
func stretch(vs []vertex) (first, rest []vertex) {
	for i := range vs {
		if i > 0 && vs[i].begins {
			return vs[:i], vs[i:]
		}
	}
	return vs, nil
}

// levels draws a target across the plot, and a published value from the last break on.
func (f *frame) levels(target, noted *Level, breaks []Event) {
	if noted != nil {
		f.under = append(f.under, f.level(noted.Value, f.since(breaks), notedPen))
	}
	if target != nil {
		f.under = append(f.under, f.level(target.Value, f.left, targetPen))
	}
}

// since is where the points begin that a published value may be compared with: after the last break.
func (f *frame) since(breaks []Event) float64 {
	from := f.left
	for _, b := range breaks {
		if b.Slot > 0 && b.Slot < f.slots {
			from = math.Max(from, f.edge(b.Slot)+4)
		}
	}
	return from
}

// eventText puts the titles above the plot, in as many rows as keeps them apart, and makes
// room for them.
func eventText(f *frame, z sizes, events, breaks []Event) []text {
	var rows [][]text
	for k, e := range append(append([]Event{}, breaks...), events...) {
		at := f.x(e.Slot)
		if k < len(breaks) {
			at = f.edge(e.Slot)
		}
		lines := wrap(e.Title, z.font, f.w-16)
		half := 0.0
		for _, l := range lines {
			half = math.Max(half, width(l, z.font, false)/2)
		}
		x := math.Min(math.Max(at, half+4), f.w-half-4)
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
	var ts []text
	add := func(l *Level, bold bool, ink string) {
		if l != nil && !math.IsNaN(l.Value) {
			for k, line := range wrap(l.Label, z.font, f.right-10) {
				ts = append(ts, text{line, x, f.y(l.Value) + float64(k)*z.font*1.1, z.font, "left", bold, ink, false})
			}
		}
	}
	add(&c.Upper, false, Ink2)
	add(&c.Mean, false, Ink)
	add(&c.Lower, false, Ink2)
	add(c.Target, true, Target)
	add(c.Noted, false, Navy)
	base := c.inTime()
	notes := c.notes(f, z, base.taken(f, z), 3)
	i := base.lastShown()
	if i < 0 {
		return append(apart(ts, f, z), notes...)
	}
	p := c.Points[i]
	at := text{p.label(), x, f.y(p.Value), z.font, "left", true, p.ink(), false}
	if beside := at; i < len(c.Points)-1 {
		beside.x = f.x(i) + 12
		if beside.box().x2 < x { // short of the words at the end of the lines
			return append(apart(ts, f, z), append([]text{beside}, notes...)...)
		}
	}
	return append(apart(append(ts, at), f, z), notes...)
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
	left := f.left + 3
	put := func(t text, v float64) {
		if math.IsNaN(v) {
			return
		}
		gap := z.font * .75
		for _, at := range []struct {
			align string
			x, dy float64
		}{{"left", left, -gap}, {"right", f.plotRight() - 2, -gap}, {"left", left, gap}, {"right", f.plotRight() - 2, gap}} {
			t.align, t.x, t.y, t.halo = at.align, at.x, f.y(v)+at.dy, true
			b := t.box()
			if b.y1 > f.top-2 && b.y2 < f.plotBottom() && b.x2 < f.w && b.clear(taken) {
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
	if c.Noted != nil {
		left = f.since(c.Breaks) + 3
		put(text{c.Noted.Label, 0, 0, z.font, "", false, Navy, false}, c.Noted.Value)
		left = f.left + 3
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
	sort.SliceStable(slots, func(a, b int) bool { return c.off(slots[a]) > c.off(slots[b]) })
	var ts []text
	for _, i := range slots[:min(n, len(slots))] {
		p := c.Points[i]
		two := []text{{p.Name + ": " + p.Text, 0, 0, z.font, "", true, p.ink(), true}, {p.Note, 0, 0, z.font, "", true, p.ink(), true}}
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

// off is how far a point lies from its own average.
func (c SPC) off(i int) float64 { return math.Abs(c.Points[i].Value - c.Lines[i].Centre) }
