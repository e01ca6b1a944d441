package charts

import "math"

// Trend is a line through points in time with nothing judged: for series too short, too
// sparse or of a kind that limits do not fit.
type Trend struct {
	Points         []Point
	Target         *Level
	Noted          *Level // a published value to compare with
	Events, Breaks []Event
	Floor, Ceiling float64
	Unit           func(float64) string
	Whole          bool // values are counts
	AltText        string
}

// Alt implements Chart.
func (c Trend) Alt() string { return c.AltText }

func (c Trend) inTime() inTime {
	var include []float64
	for _, l := range []*Level{c.Target, c.Noted} {
		if l != nil {
			include = append(include, l.Value)
		}
	}
	if last := (inTime{points: c.Points}).lastShown(); c.Ceiling == 100 && last >= 0 {
		v := c.Points[last].Value // a few points of chance must not fill the whole height
		include = append(include, math.Max(0, v-15), math.Min(100, v+15))
	}
	return inTime{c.Points, c.Floor, c.Ceiling, include, c.Unit, c.Whole, c.Events, c.Breaks}
}

// Start is the value at which the scale begins, for the caption to say.
func (c Trend) Start() float64 {
	f, _ := c.inTime().layout(Wide)
	return f.low
}

func (c Trend) option(f frame) (tree, error) { return c.inTime().option(f) }

func (c Trend) place(size Size) frame {
	base := c.inTime()
	f, z := base.layout(size)
	words := eventText(&f, z, c.Events, c.Breaks)
	base.furnish(&f, z)
	base.cuts(&f)
	f.levels(c.Target, c.Noted, c.Breaks)
	words = append(words, base.axes(f, z)...)
	f.words = append(words, c.labels(f, z)...)
	return f
}

// labels name the last value, the target and the published value: beside the plot, or in it
// where it is narrow.
func (c Trend) labels(f frame, z sizes) []text {
	base := c.inTime()
	taken := base.taken(f, z)
	narrow := f.right < 60
	var ts, lines []text
	if i := base.lastShown(); i >= 0 {
		p := c.Points[i]
		t := text{p.label(), f.x(i) + 12, f.y(p.Value), z.font, "left", true, p.ink(), false}
		if narrow {
			t = base.overLast(f, z, i)
		}
		ts = append(ts, t)
		taken = append(taken, t.box())
	}
	add := func(l *Level, bold bool, ink string) {
		if l != nil {
			lines = append(lines, text{l.Label, f.plotRight() + 8, f.y(l.Value), z.font, "left", bold, ink, false})
		}
	}
	add(c.Target, true, Target)
	add(c.Noted, false, Navy)
	if !narrow {
		var wrapped []text
		for _, t := range lines {
			for k, line := range wrap(t.s, z.font, f.right-10) {
				t.s, t.y = line, t.y+math.Min(float64(k), 1)*z.font*1.1
				wrapped = append(wrapped, t)
			}
		}
		if len(ts) > 0 && ts[0].x > f.plotRight()-20 {
			return apart(append(ts, wrapped...), f, z)
		}
		return append(ts, apart(wrapped, f, z)...)
	}
	for _, t := range lines {
		for _, dy := range []float64{-z.font * .75, z.font * .75} {
			at := t
			at.x, at.y, at.halo = f.left+3, t.y+dy, true
			if b := at.box(); b.clear(taken) && b.y1 > f.top-4 && b.x2 < f.w {
				ts, taken = append(ts, at), append(taken, b)
				break
			}
		}
	}
	return ts
}
