package charts

import (
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"
)

// text is one line of text at a point. Align is left, middle or right; the line's middle
// stands at y.
type text struct {
	s     string
	x, y  float64
	size  float64
	align string
	bold  bool
	ink   string
	halo  bool // stands on the plot: a white edge keeps lines from running into it
}

func (t text) box() box {
	w, x := width(t.s, t.size, t.bold), t.x
	switch t.align {
	case "middle":
		x -= w / 2
	case "right":
		x -= w
	}
	return box{x, t.y - t.size*.55, x + w, t.y + t.size*.55}
}

// svg is the label as an element. dy, not dominant-baseline, which office programs ignore.
func (t text) svg() string {
	anchor := map[string]string{"left": "start", "middle": "middle", "right": "end"}[t.align]
	weight := ""
	if t.bold {
		weight = ` font-weight="bold"`
	}
	if t.halo {
		weight += ` stroke="` + Ground + `" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`
	}
	return fmt.Sprintf(`<text x="%s" y="%s" dy=".35em" text-anchor="%s" font-size="%s"%s fill="%s">%s</text>`,
		trim(round(t.x)), trim(round(t.y)), anchor, trim(t.size), weight, t.ink, html.EscapeString(t.s))
}

// pen is how a line of the furniture looks.
type pen struct {
	ink    string
	width  float64
	dashes string // "5 3"; empty for a solid line
}

// The lines that are not data.
var (
	rulePen   = pen{Grid, 1, ""}
	axisPen   = pen{Ink, 1, ""}
	meanPen   = pen{Ink, 1.4, ""}
	limitPen  = pen{Line, 1.4, "5 3"}
	outerPen  = pen{Line, 1.4, "1.6 2.4"}
	targetPen = pen{Target, 2.4, "8 4"}
	eventPen  = pen{Ink, 1.6, "1.6 2.4"}
	wholePen  = pen{Ink, 1.6, "5 4"}
	notedPen  = pen{Navy, 1.6, "2 3"} // a published value to compare with
	breakPen  = pen{Ink, 1.2, ""}
)

func (p pen) attributes() string {
	s := ` fill="none" stroke="` + p.ink + `" stroke-width="` + trim(p.width) + `"`
	if p.dashes != "" {
		s += ` stroke-dasharray="` + p.dashes + `"`
	}
	return s
}

// stroke is a straight line between two points of the view box.
func (p pen) stroke(x1, y1, x2, y2 float64) string {
	return p.path([]vertex{{x1, y1, true}, {x2, y2, false}})
}

// path is a line through points.
func (p pen) path(points []vertex) string {
	return `<path d="` + trace(points) + `"` + p.attributes() + `></path>`
}

func trace(points []vertex) string {
	var d strings.Builder
	for _, v := range points {
		if v.begins {
			d.WriteByte('M')
		} else {
			d.WriteByte('L')
		}
		d.WriteString(trim(tenth(v.x)) + " " + trim(tenth(v.y)))
	}
	return d.String()
}

// filled is a closed shape without an edge.
func filled(points []vertex, ink string) string {
	return `<path d="` + trace(points) + `Z" fill="` + ink + `"></path>`
}

// ring is the hollow circle of an ordinary point, written as ECharts writes its symbols: every
// point of a chart in time is a shape moved by a matrix, so that an auditor finds them all.
func ring(x, y, size float64) string {
	r := trim(size / 2)
	return fmt.Sprintf(`<path d="M1 0A1 1 0 1 1 1 -0.1A1 1 0 0 1 1 0" transform="matrix(%s,0,0,%s,%s,%s)" fill="%s" stroke="%s" stroke-width="%s"></path>`,
		r, r, trim(round(x)), trim(round(y)), Ground, Usual, trim(round(4/size)))
}

// rules draws the lines of the value axis, and the foot that the slots stand on.
func (f *frame) rules() {
	for _, v := range f.ticks() {
		if f.rows {
			x := crisp(f.across(v))
			f.under = append(f.under, rulePen.stroke(x, f.top, x, f.plotBottom()))
		} else {
			f.under = append(f.under, rulePen.stroke(f.left, crisp(f.y(v)), f.plotRight(), crisp(f.y(v))))
		}
	}
}

// foot draws the horizontal axis; side the vertical one.
func (f *frame) foot() {
	f.under = append(f.under, axisPen.stroke(f.left, crisp(f.plotBottom()), f.plotRight(), crisp(f.plotBottom())))
}

func (f *frame) side() {
	f.under = append(f.under, axisPen.stroke(crisp(f.left), f.top, crisp(f.left), f.plotBottom()))
}

// crisp puts a line on whole pixels.
func crisp(v float64) float64 { return math.Round(v-.5) + .5 }

// level is a line across the plot at height v, from x1 to its right edge.
func (f frame) level(v, x1 float64, p pen) string {
	return p.stroke(x1, crisp(f.y(v)), f.plotRight(), crisp(f.y(v)))
}

// slotNames names the slots of an ECharts category axis.
func (f frame) slotNames() []string {
	names := make([]string, f.slots)
	for i := range names {
		names[i] = strconv.Itoa(i)
	}
	return names
}

func round(v float64) float64 { return math.Round(v*100) / 100 }
