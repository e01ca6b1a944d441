package audit

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// shape is a path of a drawing that is not a symbol: an area, a band, a piece of a bar, a line.
type shape struct {
	rings  [][]point
	curved bool
	closed bool
	fill   string
	width  string // of its stroke
	dashed bool
	title  string // what it says it stands for
}

var (
	commandForm = regexp.MustCompile(`([MLHVC])([-\d. ]*)`)
	numeral     = regexp.MustCompile(`-?[\d.]+`)
)

// readShapes reads the paths of a drawing. Of a curve it keeps the ends.
func readShapes(svg *html.Node) []shape {
	var all []shape
	for _, n := range find(svg, is("path")) {
		if attr(n, "transform") != "" {
			continue // a symbol, which readDrawing reads
		}
		d := attr(n, "d")
		s := shape{fill: look(n, "fill"), width: look(n, "stroke-width"), dashed: look(n, "stroke-dasharray") != "",
			closed: strings.HasSuffix(d, "Z"), title: strings.Join(texts(find(n, is("title")), nil), " ")}
		for _, c := range commandForm.FindAllStringSubmatch(d, -1) {
			at := parsed(numeral.FindAllString(c[2], -1)...)
			if last := len(s.rings) - 1; len(at) == 1 && last >= 0 && (c[1] == "H" || c[1] == "V") {
				from := s.rings[last][len(s.rings[last])-1]
				if at = []float64{at[0], from.y}; c[1] == "V" {
					at = []float64{from.x, at[0]}
				}
			}
			if len(at) < 2 {
				continue
			}
			if c[1] == "M" || len(s.rings) == 0 {
				s.rings = append(s.rings, nil)
			}
			s.curved = s.curved || c[1] == "C"
			last := len(s.rings) - 1
			s.rings[last] = append(s.rings[last], point{at[len(at)-2], at[len(at)-1]})
		}
		all = append(all, s)
	}
	return all
}

// boxOf is the bar that a ring lies in.
func boxOf(ring []point) bar {
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, p := range ring {
		low = point{math.Min(low.x, p.x), math.Min(low.y, p.y)}
		high = point{math.Max(high.x, p.x), math.Max(high.y, p.y)}
	}
	return bar{low.x, low.y, high.x - low.x, high.y - low.y}
}

func (b bar) has(p point) bool { return p.x >= b.x && p.x <= b.x+b.w && p.y >= b.y && p.y <= b.y+b.h }

// sample says whether a shape is the sample of a class in a legend: an oblong of their size,
// with words right of it.
func (d drawing) sample(s shape) bool {
	if len(s.rings) != 1 || s.title != "" {
		return false
	}
	b := boxOf(s.rings[0])
	return math.Abs(b.w-26) < 0.2 && math.Abs(b.h-15) < 0.2 && slices.ContainsFunc(d.words, func(w word) bool {
		return w.anchor == "start" && math.Abs(w.x-b.x-b.w-8) < 0.3 && math.Abs(w.y-b.y-b.h/2) < 0.3
	})
}

// ofLegend says whether a word names a class, beside its sample.
func (d drawing) ofLegend(w word, shapes []shape) bool {
	return slices.ContainsFunc(shapes, func(s shape) bool {
		if !d.sample(s) {
			return false
		}
		b := boxOf(s.rings[0])
		return math.Abs(w.x-b.x-b.w-8) < 0.3 && math.Abs(w.y-b.y-b.h/2) < 0.3
	})
}

var markForm = regexp.MustCompile(`^\[[a-z]+\]$`)

// saidIn says whether every number of a text is one of those printed.
func saidIn(s string, printed []float64) bool {
	for _, n := range numbersIn(s) {
		as := make([]string, len(printed))
		for i, v := range printed {
			as[i] = strconv.FormatFloat(v, 'f', -1, 64)
		}
		if !n.isOneOf(as...) {
			return false
		}
	}
	return true
}

// mapShows is why a map shows more than its rows. Each area's shape has a title, "Norwich:
// 41%, 35% and over"; one that is hidden has a dashed edge and no class, and every other
// shape is a sample of the legend or white.
func (d drawing) mapShows(rows []row, shapes []shape) string {
	for _, s := range shapes {
		if !s.closed {
			continue // strokes
		}
		if s.title == "" {
			if s.fill != ground && !d.sample(s) {
				return "a map has a shape that says nothing of itself"
			}
			continue
		}
		i := slices.IndexFunc(rows, func(r row) bool { return strings.HasPrefix(s.title, r.areaName+": ") })
		if i < 0 {
			return "a map has an area that the table beside it has not"
		}
		value, class, classed := strings.Cut(strings.TrimPrefix(s.title, rows[i].areaName+": "), ", ")
		switch r := rows[i]; {
		case r.value == "" && (classed || !s.dashed || s.fill != ground || !markForm.MatchString(value)):
			return "a map shades an area whose value is hidden"
		case r.value != "" && (s.dashed || !saidIn(value, parsed(r.value)) || class == ""):
			return "a map shows an area otherwise than the table beside it"
		}
	}
	for _, w := range d.words {
		said := d.ofLegend(w, shapes) || slices.ContainsFunc(rows, func(r row) bool {
			return strings.Contains(r.areaName, w.text) || r.value != "" && saidIn(w.text, parsed(r.value))
		})
		if len(numbersIn(w.text)) > 0 && !said {
			return "a map has a number that is not printed"
		}
	}
	return ""
}

// ground is the white of a drawing, as its shapes name it.
const ground = "#FFFFFF"

// cellsShow is why a heatmap shows more than its table. Each cell has a word in it: a number
// that is printed, a word, or a mark, whose cell has a dashed edge.
func (d drawing) cellsShow(printed []float64, shapes []shape) string {
	for _, s := range shapes {
		if !s.closed || d.sample(s) {
			continue
		}
		for _, ring := range s.rings {
			b := boxOf(ring)
			i := slices.IndexFunc(d.words, func(w word) bool { return w.anchor == "middle" && b.has(w.point) })
			switch {
			case i < 0:
				return "a heatmap has a cell without words"
			case markForm.MatchString(d.words[i].text) != s.dashed:
				return "a heatmap shades a cell whose value is hidden"
			case !saidIn(d.words[i].text, printed):
				return "a heatmap has a number that is not printed"
			}
		}
	}
	return ""
}
