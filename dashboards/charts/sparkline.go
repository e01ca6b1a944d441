package charts

import (
	"fmt"
	"math"
)

// Sparkline is the shape of a series in a table cell, on its own scale. The cells beside it
// say what it shows, so it is hidden from assistive technology. It is a line of two dozen
// points in a space of a thumb's size, and is written without ECharts.
type Sparkline struct {
	Points []Point
	Lines  []Lines // one to a point; none where there are no limits
}

// Alt implements Chart: there is none.
func (c Sparkline) Alt() string { return "" }

func (c Sparkline) option(frame) (tree, error) { return nil, nil }

func (c Sparkline) place(Size) frame {
	f := frame{w: 190, h: 46, left: 2, right: 4, top: 6, bottom: 6, slots: max(len(c.Points), 1), mark: 1, thick: 1}
	f.low, f.high = c.extent()
	f.step = f.high - f.low
	limits := SPC{Points: c.Points, Lines: c.Lines}
	f.under = bandBetween(limits.line(f, Lines.lower), limits.line(f, Lines.upper))
	if centre := limits.line(f, Lines.centre); len(centre) > 0 {
		f.under = append(f.under, pen{Line, 1, "3 2"}.path(centre))
	}
	if line := c.line(f); len(line) > 0 {
		f.under = append(f.under, pen{Ink2, 1.6, ""}.path(line))
	}
	f.over = c.marks(f)
	return f
}

func (c Sparkline) extent() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	add := func(v float64) {
		if !math.IsNaN(v) {
			low, high = math.Min(low, v), math.Max(high, v)
		}
	}
	for _, p := range c.Points {
		add(p.Value)
	}
	for _, l := range c.Lines {
		add(l.Lower)
		add(l.Upper)
	}
	switch {
	case math.IsInf(low, 1):
		return 0, 1
	case low == high:
		return low - 1, high + 1
	}
	return low, high
}

// line joins neighbours; a gap breaks it.
func (c Sparkline) line(f frame) []vertex {
	var vs []vertex
	begins := true
	for i, p := range c.Points {
		if math.IsNaN(p.Value) {
			begins = true
			continue
		}
		vs = append(vs, vertex{f.x(i), f.y(p.Value), begins})
		begins = false
	}
	return vs
}

// marks are the unusual points, and the last one in a ring.
func (c Sparkline) marks(f frame) []string {
	var ms []string
	last := inTime{points: c.Points}.lastShown()
	for i, p := range c.Points {
		if math.IsNaN(p.Value) {
			continue
		}
		x, y, ink := f.x(i), f.y(p.Value), p.ink()
		if p.Mark == Ordinary {
			ink = Usual
		}
		switch {
		case i == last:
			ms = append(ms, fmt.Sprintf(`<circle cx="%s" cy="%s" r="4.5" fill="%s" stroke="%s" stroke-width="2"/>`, trim(tenth(x)), trim(tenth(y)), Ground, ink))
		case p.Mark == Better:
			ms = append(ms, filled([]vertex{{x - 2.6, y - 2.6, true}, {x + 2.6, y - 2.6, false}, {x + 2.6, y + 2.6, false}, {x - 2.6, y + 2.6, false}}, ink))
		case p.Mark == Worse:
			ms = append(ms, filled([]vertex{{x, y - 3.2, true}, {x + 3.2, y, false}, {x, y + 3.2, false}, {x - 3.2, y, false}}, ink))
		case p.Mark == Changed:
			ms = append(ms, filled([]vertex{{x, y - 2.6, true}, {x + 2.6, y + 2.6, false}, {x - 2.6, y + 2.6, false}}, ink))
		}
	}
	return ms
}
