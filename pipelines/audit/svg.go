package audit

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// drawing is what a chart shows: its words, the places of its points, and its bars, in the
// units of the drawing.
type drawing struct {
	words  []word
	points []point
	bars   []bar
}

type point struct{ x, y float64 }

type bar struct{ x, y, w, h float64 }

type word struct {
	point
	anchor, text string
}

var symbolAt = regexp.MustCompile(`^matrix\([^,]+,[^,]+,[^,]+,[^,]+,(-?[\d.]+),(-?[\d.]+)\)$`)

// readDrawing reads a chart. A symbol may be made of several shapes at one place; a shape
// that covers the whole drawing is its ground.
func readDrawing(svg *html.Node) drawing {
	var d drawing
	number := func(n *html.Node, name string) float64 {
		v, err := strconv.ParseFloat(attr(n, name), 64)
		if err != nil {
			return math.NaN()
		}
		return v
	}
	at := func(p point) {
		if !slices.ContainsFunc(d.points, func(q point) bool { return math.Abs(p.x-q.x) < 0.05 && math.Abs(p.y-q.y) < 0.05 }) {
			d.points = append(d.points, p)
		}
	}
	for _, n := range find(svg, func(n *html.Node) bool { return n.Type == html.ElementNode }) {
		switch n.Data {
		case "text":
			d.words = append(d.words, word{point{number(n, "x"), number(n, "y")}, anchorOf(n), text(n)})
		case "circle":
			at(point{number(n, "cx"), number(n, "cy")})
		case "path":
			if m := symbolAt.FindStringSubmatch(attr(n, "transform")); m != nil {
				x, _ := strconv.ParseFloat(m[1], 64) // the form holds digits and stops
				y, _ := strconv.ParseFloat(m[2], 64)
				at(point{x, y})
			}
		case "rect":
			if b := (bar{number(n, "x"), number(n, "y"), number(n, "width"), number(n, "height")}); !math.IsNaN(b.x) {
				d.bars = append(d.bars, b)
			}
		}
	}
	return d
}

// look is an attribute of a shape or a word that a group around it may give.
func look(n *html.Node, name string) string {
	for ; n != nil && n.Data != "svg"; n = n.Parent {
		if v := attr(n, name); v != "" {
			return v
		}
	}
	return ""
}

// anchorOf is which end of a word stands at its place.
func anchorOf(n *html.Node) string { return cmp.Or(look(n, "text-anchor"), "start") }

// scale turns a place along an axis into a value: value = at + per*place.
type scale struct {
	at, per float64
	off     float64 // how far a place may lie from its own: labels at an edge are moved in
	ok      bool
}

func (s scale) value(place float64) float64 { return s.at + s.per*place }

// unit is what one unit of the drawing is worth.
func (s scale) unit() float64 { return math.Abs(s.per) }

// slack is how far a drawn place may lie from that of the number it stands for: points are
// printed to a hundredth or a tenth, bars are moved to whole pixels.
const (
	slack    = 0.12
	barSlack = 0.75
)

// isOneOf says whether a place is that of one of some values, to a step.
func (s scale) isOneOf(place float64, vs []float64, step float64) bool {
	v := s.value(place)
	step += s.off * s.unit()
	return slices.ContainsFunc(vs, func(w float64) bool { return math.Abs(v-w) <= step+0.001 })
}

// down is the scale of values that stand one over the other at the left of a chart.
func (d drawing) down() scale {
	return d.scaleOf(func(w word) bool { return w.anchor == "end" }, func(w word) (along, across float64) { return w.y, w.x })
}

// across is the scale of values along the foot of a chart.
func (d drawing) across() scale {
	return d.scaleOf(func(w word) bool { return w.anchor == "middle" }, func(w word) (along, across float64) { return w.x, w.y })
}

var tickForm = regexp.MustCompile(`^[-−]?\d[\d,]*(\.\d+)?%?$`)

// scaleOf reads a scale from the words that stand in line and are numbers: of several lines,
// the one with most that agree.
func (d drawing) scaleOf(keep func(word) bool, place func(word) (along, across float64)) scale {
	lines := map[float64][][2]float64{}
	for _, w := range d.words {
		if !keep(w) || !tickForm.MatchString(w.text) {
			continue
		}
		v, err := strconv.ParseFloat(strings.NewReplacer(",", "", "%", "", "−", "-").Replace(w.text), 64)
		if err != nil {
			continue // the form holds only digits and signs
		}
		along, across := place(w)
		lines[across] = append(lines[across], [2]float64{along, v})
	}
	var best scale
	most := 1
	for _, ticks := range lines {
		if s := through(ticks); s.ok && len(ticks) > most {
			best, most = s, len(ticks)
		}
	}
	return best
}

// through is the scale through two of some ticks that most of the others fit: a label at the
// edge of a drawing may be moved in.
func through(ticks [][2]float64) scale {
	var best scale
	most := 0
	for i, a := range ticks {
		for _, b := range ticks[i+1:] {
			if math.Abs(a[0]-b[0]) < 1 || a[1] == b[1] {
				continue
			}
			s := scale{per: (b[1] - a[1]) / (b[0] - a[0]), ok: true}
			s.at = a[1] - s.per*a[0]
			fit := 0
			for _, t := range ticks {
				if away := math.Abs(s.value(t[0])-t[1]) / s.unit(); away <= 0.1 {
					fit++
				} else if away > s.off {
					s.off = away
				}
			}
			if fit > most {
				best, most = s, fit
			}
		}
	}
	switch {
	case most >= 3:
		best.off = 0
	case most < min(3, len(ticks)) && best.off > 1.5:
		return scale{}
	}
	return best
}

// parsed is the numbers among some texts.
func parsed(texts ...string) []float64 {
	var vs []float64
	for _, t := range texts {
		if v, err := strconv.ParseFloat(t, 64); err == nil {
			vs = append(vs, v)
		}
	}
	return vs
}
