package charts

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// mark is one shape of the data, as ECharts drew it in the reference frame.
type mark struct {
	style  []string // attributes as written: `fill="#12436D"`
	points []vertex // of a line, or the corners of a bar
	bar    bool
	closed bool // the line comes back to where it began
	symbol *symbolMark
}

// vertex is a point of a line; begins says that the pen is lifted before it.
type vertex struct {
	x, y   float64
	begins bool
}

// symbolMark is a shape around (0, 0), scaled, turned and put at a point.
type symbolMark struct {
	path       string
	a, b, c, d float64
	x, y       float64
	lineWidth  float64 // in units of the view box; 0 for no line
}

// circlePath is the circle as ECharts writes it, of radius 1.
const circlePath = "M1 0A1 1 0 1 1 1 -0.1A1 1 0 0 1 1 0"

// svg is the mark moved from one frame to another. The value axes stretch; around the middle
// of a slot, and around a symbol's own point, sizes are those of the new frame.
func (m mark) svg(from, to frame) string {
	style := strings.Join(m.style, " ")
	switch {
	case m.symbol != nil:
		s := *m.symbol
		k := to.mark / from.mark
		if s.path == circlePath && s.b == 0 && s.c == 0 && s.a == s.d && s.a > 0 {
			if s.lineWidth > 0 {
				style += ` stroke-width="` + trim(round(s.lineWidth)) + `"`
			}
			x, y := place(from, to, s.x, s.y)
			return circle(x, y, s.a*k, style)
		}
		if s.lineWidth > 0 {
			style += ` stroke-width="` + trim(round(s.lineWidth/(math.Hypot(s.a, s.b)*k)*100)/100) + `"`
		}
		x, y := place(from, to, s.x, s.y)
		return fmt.Sprintf(`<path d="%s" transform="matrix(%s,%s,%s,%s,%s,%s)" %s/>`, s.path,
			trim(round(s.a*k)), trim(round(s.b*k)), trim(round(s.c*k)), trim(round(s.d*k)), trim(round(x)), trim(round(y)), style)
	case m.bar:
		x1, y1 := place(from, to, m.points[0].x, m.points[0].y)
		x2, y2 := place(from, to, m.points[2].x, m.points[2].y)
		corner := ""
		if to.round > 0 {
			corner = ` rx="` + trim(to.round) + `"`
		}
		return fmt.Sprintf(`<rect x="%s" y="%s" width="%s" height="%s"%s %s/>`, trim(round(math.Min(x1, x2))), trim(round(math.Min(y1, y2))),
			trim(round(math.Abs(x2-x1))), trim(round(math.Abs(y2-y1))), corner, style)
	}
	var d strings.Builder
	for _, p := range m.points {
		x, y := place(from, to, p.x, p.y)
		if p.begins {
			d.WriteByte('M')
		} else {
			d.WriteByte('L')
		}
		d.WriteString(trim(tenth(x)) + " " + trim(tenth(y)))
	}
	if m.closed {
		d.WriteByte('Z')
	}
	return fmt.Sprintf(`<path d="%s" %s/>`, d.String(), style)
}

// place carries a point of one frame to the other.
func place(from, to frame, x, y float64) (float64, float64) {
	stretch := func(v, low, high, newLow, newHigh float64) float64 {
		return newLow + (v-low)/(high-low)*(newHigh-newLow)
	}
	switch {
	case len(from.panels) > 0:
		i := from.panelAt(x, y)
		return place(from.panels[i], to.panels[i], x, y)
	case from.slots == 0:
		return stretch(x, from.across(from.acrossLow), from.across(from.acrossHigh), to.across(from.acrossLow), to.across(from.acrossHigh)),
			stretch(y, from.y(from.low), from.y(from.high), to.y(from.low), to.y(from.high))
	case from.rows:
		i := nearest((y-from.top)/(from.plotBottom()-from.top)*float64(from.slots), from.slots)
		return stretch(x, from.across(from.low), from.across(from.high), to.across(from.low), to.across(from.high)),
			to.row(i) + (y-from.row(i))*to.thick/from.thick
	}
	i := nearest((x-from.left)/(from.plotRight()-from.left)*float64(from.slots), from.slots)
	return to.x(i) + (x-from.x(i))*to.thick/from.thick,
		stretch(y, from.y(from.low), from.y(from.high), to.y(from.low), to.y(from.high))
}

// panelAt is the panel whose plot a point lies in, or is nearest to.
func (f frame) panelAt(x, y float64) int {
	best, least := 0, math.Inf(1)
	for i, p := range f.panels {
		dx := math.Max(0, math.Max(p.left-x, x-p.plotRight()))
		dy := math.Max(0, math.Max(p.top-y, y-p.plotBottom()))
		if away := math.Hypot(dx, dy); away < least {
			best, least = i, away
		}
	}
	return best
}

// nearest is the slot of n that a place, counted in slots from the first edge, lies in.
func nearest(at float64, n int) int {
	return min(max(int(math.Floor(at)), 0), n-1)
}

func tenth(v float64) float64 { return math.Round(v*10) / 10 }

// outline reads the path of a line or a bar: M, L and l, with Z at its end. Any other
// command is an error, because a shape that cannot be read cannot be moved.
func (m *mark) outline(d string) error {
	var at vertex
	for len(d) > 0 {
		command := d[0]
		end := strings.IndexFunc(d[1:], func(r rune) bool { return r >= 'A' && r != 'e' }) + 1
		if end == 0 {
			end = len(d)
		}
		ns, err := numbers(d[1:end])
		switch {
		case err != nil:
			return err
		case command == 'Z' && len(ns) == 0 && end == len(d):
			m.closed = true
		case (command == 'M' || command == 'L') && len(ns) == 2:
			at = vertex{ns[0], ns[1], command == 'M'}
			m.points = append(m.points, at)
		case command == 'l' && len(ns) == 2:
			at = vertex{at.x + ns[0], at.y + ns[1], false}
			m.points = append(m.points, at)
		default:
			return fmt.Errorf("the drawing has a line of a form that is not known: %.20q", d)
		}
		d = d[end:]
	}
	same := func(a, b float64) bool { return math.Abs(a-b) < .05 }
	m.bar = m.closed && len(m.points) == 4 && same(m.points[0].x, m.points[3].x) && same(m.points[0].y, m.points[1].y) && same(m.points[1].x, m.points[2].x)
	return nil
}

func numbers(s string) ([]float64, error) {
	var ns []float64
	for _, field := range strings.FieldsFunc(strings.ReplaceAll(s, "-", " -"), func(r rune) bool { return r == ' ' || r == ',' }) {
		n, err := strconv.ParseFloat(field, 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
			return nil, fmt.Errorf("the drawing has %.20q where a number should be", field)
		}
		ns = append(ns, n)
	}
	return ns, nil
}
