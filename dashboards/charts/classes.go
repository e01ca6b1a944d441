package charts

import (
	"html"
	"math"
	"slices"
)

// Shade is how a class looks: its ground and its strokes tell it without colour, from light
// to dark. Give the class that is seen most the shade Plain.
type Shade int

// The shades.
const (
	Plain    Shade = iota // white
	Lined                 // white, thin strokes
	Tinted                // a light ground
	Hatched               // a light ground, close strokes
	Solid                 // dark, with white words
	Withheld              // nothing is shown: a dashed edge and falling strokes; a mark says why
)

// Class is one of the few classes that values fall in, or one part of a stack.
type Class struct {
	Name  string // "20% to 29%"; of Withheld, "[c] hidden to protect people"
	Shade Shade
}

// look is what makes up a shade.
type look struct {
	ground, edge, words string
	strokes             pen
	apart               float64 // of strokes, in units; 0 for none
	falling             bool
	dashes              string // of the edge
}

var looks = map[Shade]look{
	Plain:    {ground: Ground, edge: Navy, words: Ink},
	Lined:    {ground: Ground, edge: Navy, words: Ink, strokes: pen{Line, 1, ""}, apart: 14},
	Tinted:   {ground: Interval, edge: Navy, words: Ink},
	Hatched:  {ground: Interval, edge: Navy, words: Ink, strokes: pen{Navy, 1.4, ""}, apart: 8},
	Solid:    {ground: Navy, edge: Navy, words: Ground},
	Withheld: {ground: Ground, edge: Line, words: Ink2, strokes: pen{Interval, 1, "3 3"}, apart: 18, falling: true, dashes: "4 3"},
}

// on is words that stand on the shade: among strokes they have an edge of their own.
func (l look) on(t text) text {
	t.ink, t.halo = l.words, l.apart > 0
	return t
}

// shape fills rings with the shade, whose strokes leave out the words that stand on it. What
// it stands for is said in a title, which a pointer shows and an auditor reads; empty for none.
func (l look) shape(rings []vertex, title string, words ...text) string {
	edge := ` stroke="` + l.edge + `" stroke-width="1"`
	if l.dashes != "" {
		edge += ` stroke-dasharray="` + l.dashes + `"`
	}
	if title != "" {
		title = "<title>" + html.EscapeString(title) + "</title>"
	}
	s := `<path d="` + closed(rings) + `" fill="` + l.ground + `"` + edge + `>` + title + `</path>`
	return s + l.hatched(rings, words)
}

// hatched is the strokes of the shade alone.
func (l look) hatched(rings []vertex, words []text) string {
	if l.apart == 0 {
		return ""
	}
	lines := hatch(append(rings[:len(rings):len(rings)], holes(words)...), l.apart, l.falling)
	if len(lines) == 0 {
		return ""
	}
	return l.strokes.path(lines)
}

// holes are the rings around words; lines of words under each other have one.
func holes(words []text) []vertex {
	var boxes []box
	for _, t := range words {
		b := t.box()
		b.x1, b.x2 = b.x1-4, b.x2+4
		if n := len(boxes); n > 0 && b.x1 < boxes[n-1].x2 && boxes[n-1].x1 < b.x2 && b.y1 > boxes[n-1].y1 && b.y1 < boxes[n-1].y2+4 {
			l := &boxes[n-1]
			*l = box{math.Min(l.x1, b.x1), l.y1, math.Max(l.x2, b.x2), b.y2}
			continue
		}
		boxes = append(boxes, b)
	}
	var rings []vertex
	for _, b := range boxes {
		rings = append(rings, oblong(b)...)
	}
	return rings
}

// closed is the path of rings, each closed.
func closed(rings []vertex) string {
	d := ""
	for _, ring := range ringsOf(rings) {
		d += trace(ring) + "Z"
	}
	return d
}

// ringsOf parts a run of vertices where the pen is lifted.
func ringsOf(vs []vertex) [][]vertex {
	var rings [][]vertex
	for _, v := range vs {
		if v.begins || len(rings) == 0 {
			rings = append(rings, nil)
		}
		rings[len(rings)-1] = append(rings[len(rings)-1], v)
	}
	return rings
}

// oblong is the ring of a rectangle.
func oblong(b box) []vertex {
	return []vertex{{b.x1, b.y1, true}, {b.x2, b.y1, false}, {b.x2, b.y2, false}, {b.x1, b.y2, false}}
}

// hatch is oblique strokes within rings. A pattern element would need an id, and the ids of
// two drawings on one page may meet.
func hatch(rings []vertex, apart float64, falling bool) []vertex {
	turn := 1.0
	if falling {
		turn = -1
	}
	cuts := map[int][]float64{} // by stroke: where along it an edge is crossed
	for _, ring := range ringsOf(rings) {
		for i, a := range ring {
			b := ring[(i+1)%len(ring)]
			from, to := (turn*a.x+a.y)/apart, (turn*b.x+b.y)/apart
			for k := int(math.Ceil(math.Min(from, to))); float64(k) < math.Max(from, to); k++ {
				at := (float64(k) - from) / (to - from)
				cuts[k] = append(cuts[k], a.x+(b.x-a.x)*at)
			}
		}
	}
	strokes := make([]int, 0, len(cuts))
	for k := range cuts {
		strokes = append(strokes, k)
	}
	slices.Sort(strokes)
	var lines []vertex
	for _, k := range strokes {
		xs := cuts[k]
		slices.Sort(xs)
		for i := 0; i+1 < len(xs); i += 2 {
			for n, x := range xs[i : i+2] {
				lines = append(lines, vertex{x, float64(k)*apart - turn*x, n == 0})
			}
		}
	}
	return lines
}

// swatch is the size of a class's sample in a legend.
const swatchWide, swatchHigh = 26.0, 15.0

// legend draws the classes with their words at the top, line under line within the frame's
// width, and gives the height that they take.
func (f *frame) legend(classes []Class) float64 {
	x, y, line := .5, swatchHigh/2+1, swatchHigh+9
	for _, c := range classes {
		wide := swatchWide + 8 + width(c.Name, f.font, false)
		if x > 1 && x+wide > f.w {
			x, y = .5, y+line
		}
		l := looks[c.Shade]
		f.over = append(f.over, l.shape(oblong(box{x, y - swatchHigh/2, x + swatchWide, y + swatchHigh/2}), ""))
		f.words = append(f.words, text{c.Name, x + swatchWide + 8, y, f.font, "left", false, Ink, false})
		x += wide + 22
	}
	return y + line/2
}

// lookOf is the look of class i; one that is not there is an error of the caller's, which
// classed finds.
func lookOf(classes []Class, i int) look { return looks[classes[i].Shade] }

// keyWide keeps the values of a key near its names.
const keyWide = 420.0

// fonts are the sizes of words at each width.
var fonts = map[Size]float64{Wide: 15, Mid: 14, Narrow: 12.5}
