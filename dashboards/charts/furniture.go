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

// lettering is the size and ink that a group of labels may say once.
type lettering struct {
	size float64
	ink  string
}

// usual is the lettering that most labels of ts have, the first of those that as many have.
func usual(ts []text) lettering {
	var best lettering
	many := map[lettering]int{}
	for _, t := range ts {
		many[lettering{t.size, t.ink}]++
	}
	for _, t := range ts {
		if l := (lettering{t.size, t.ink}); many[l] > many[best] {
			best = l
		}
	}
	return best
}

// written is labels as one group, which says once what most of them look like, and in it those
// that stand alike as a group each, in the order that such come in.
func written(ts []text) string {
	if len(ts) == 0 {
		return ""
	}
	all := usual(ts)
	var stances []string
	alike := map[string][]string{}
	for _, t := range ts {
		s := t.stance()
		if alike[s] == nil {
			stances = append(stances, s)
		}
		alike[s] = append(alike[s], t.svg(all))
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<g font-size="%s" fill="%s" transform="translate(0 %s)">`, trim(all.size), all.ink, trim(round(drop*all.size)))
	for _, s := range stances {
		if s == "" {
			b.WriteString(strings.Join(alike[s], ""))
			continue
		}
		b.WriteString("<g" + s + ">" + strings.Join(alike[s], "") + "</g>")
	}
	b.WriteString("</g>")
	return b.String()
}

// stance is how a label stands at its point and on the plot, as attributes.
func (t text) stance() string {
	s := map[string]string{"middle": ` text-anchor="middle"`, "right": ` text-anchor="end"`}[t.align]
	if t.halo {
		s += ` stroke="` + Ground + `" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`
	}
	return s
}

// drop is how far below the middle of a line its letters stand, in its size. The group of labels
// is moved by it: office programs ignore dominant-baseline.
const drop = .35

// svg is the label as an element of a group of that lettering and of its stance.
func (t text) svg(group lettering) string {
	looks := ""
	if t.size != group.size {
		looks += ` dy="` + trim(round(drop*(t.size-group.size))) + `" font-size="` + trim(t.size) + `"`
	}
	if t.ink != group.ink {
		looks += ` fill="` + t.ink + `"`
	}
	if t.bold {
		looks += ` font-weight="bold"`
	}
	return fmt.Sprintf(`<text x="%s" y="%s"%s>%s</text>`, trim(round(t.x)), trim(round(t.y)), looks, html.EscapeString(t.s))
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
	return `<path d="` + trace(points) + `"` + p.attributes() + `/>`
}

// trace is the path of points, to a tenth; what runs along or up is written shorter.
func trace(points []vertex) string {
	var d strings.Builder
	var x, y string
	for _, v := range points {
		lastX, lastY := x, y
		x, y = trim(tenth(v.x)), trim(tenth(v.y))
		switch {
		case v.begins:
			d.WriteString("M" + x + " " + y)
		case y == lastY:
			d.WriteString("H" + x)
		case x == lastX:
			d.WriteString("V" + y)
		default:
			d.WriteString("L" + x + " " + y)
		}
	}
	return d.String()
}

// filled is a closed shape without an edge.
func filled(points []vertex, ink string) string {
	return `<path d="` + trace(points) + `Z" fill="` + ink + `"/>`
}

// ring is the hollow circle of an ordinary point.
func ring(x, y, size float64) string {
	return circle(x, y, size/2, `fill="`+Ground+`" stroke="`+Usual+`" stroke-width="2"`)
}

// circle is written as one, so that an auditor finds its middle.
func circle(x, y, radius float64, style string) string {
	return fmt.Sprintf(`<circle cx="%s" cy="%s" r="%s" %s/>`, trim(round(x)), trim(round(y)), trim(round(radius)), style)
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
