package charts

import "math"

// Trend is a line through points in time with nothing judged: for series too short, too
// sparse or of a kind that limits do not fit.
type Trend struct {
	Points         []Point
	Target         *Level
	Events         []Event
	Floor, Ceiling float64
	Unit           func(float64) string
	Whole          bool // values are counts
	AltText        string
}

// Alt implements Chart.
func (c Trend) Alt() string { return c.AltText }

func (c Trend) inTime() inTime {
	var include []float64
	if c.Target != nil {
		include = []float64{c.Target.Value}
	}
	if last := (inTime{points: c.Points}).lastShown(); c.Ceiling == 100 && last >= 0 {
		v := c.Points[last].Value // a few points of chance must not fill the whole height
		include = append(include, math.Max(0, v-15), math.Min(100, v+15))
	}
	return inTime{c.Points, c.Floor, c.Ceiling, include, c.Unit, c.Whole}
}

// Start is the value at which the scale begins, for the caption to say.
func (c Trend) Start() float64 {
	f, _ := c.inTime().layout(Wide)
	return f.low
}

func (c Trend) option(size Size) (tree, frame, error) {
	base := c.inTime()
	f, z := base.layout(size)
	words := eventText(&f, z, c.Events)
	t, err := base.option(f, z)
	if err != nil {
		return nil, f, err
	}
	drawn := eventLines(f, c.Events)
	if c.Target != nil {
		drawn = append(drawn, targetLine(f, c.Target.Value))
	}
	t["graphic"] = drawn
	words = append(words, base.axes(f, z)...)
	f.words = append(words, c.labels(f, z)...)
	return t, f, nil
}

// labels name the last value and the target: beside the plot, or in it where it is narrow.
func (c Trend) labels(f frame, z sizes) []text {
	base := c.inTime()
	taken := base.taken(f, z)
	var ts []text
	narrow := f.right < 60
	if i := base.lastShown(); i >= 0 {
		p := c.Points[i]
		t := text{p.label(), f.x(i) + 12, f.y(p.Value), z.font, "left", true, p.ink(), false}
		if narrow {
			t = base.overLast(f, z, i)
		}
		ts = append(ts, t)
		taken = append(taken, t.box())
	}
	if c.Target == nil {
		return ts
	}
	t := text{c.Target.Label, f.plotRight() + 8, f.y(c.Target.Value), z.font, "left", true, Target, false}
	if !narrow {
		if len(ts) > 0 && t.box().hits(ts[0].box()) {
			return apart(append(ts, t), f, z)
		}
		return append(ts, t)
	}
	for _, dy := range []float64{-z.font * .75, z.font * .75} {
		t.x, t.y = f.left+3, f.y(c.Target.Value)+dy
		if b := t.box(); b.clear(taken) && b.y1 > f.top-4 {
			return append(ts, t)
		}
	}
	return ts
}
