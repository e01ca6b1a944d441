package charts

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Words go round a chart that leaves its page.
type Words struct {
	Title, Subtitle string
	Notes           []string // at the foot, a line each: source, marking
}

// attributes is what finish puts on the outermost element.
type attributes struct {
	class, label string
	words        *Words // makes a document of its own
}

// marks reads the data's shapes from what ECharts' server-side renderer gives. Style
// elements, classes, clip paths, ids and hints for live charts are left behind: they would
// break a strict content policy, meet those of other charts, or mean nothing. A style, an
// element or an attribute that is not known is an error, so that a new version of ECharts
// cannot change what readers see unnoticed.
func marks(raw string) ([]mark, error) {
	var ms []mark
	decoder := xml.NewDecoder(strings.NewReader(raw))
	for depth := 0; ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return ms, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading the drawing: %w", err)
		}
		t, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		depth++
		switch name := t.Name.Local; {
		case depth == 1 && name == "svg", name == "g" && !attributed(t, "transform"), name == "rect" && depth == 2:
		case name == "defs" || name == "style":
			if err := decoder.Skip(); err != nil {
				return nil, fmt.Errorf("reading the drawing: %w", err)
			}
		case name == "path":
			m, err := readMark(t)
			if err != nil {
				return nil, err
			}
			if m.seen() {
				ms = append(ms, m)
			}
		default:
			return nil, fmt.Errorf("the drawing has an element %s that is not known", name)
		}
	}
}

func attributed(t xml.StartElement, name string) bool {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return true
		}
	}
	return false
}

// kept are attributes that say how a shape looks; dropped say nothing in a still drawing.
var (
	kept    = regexp.MustCompile(`^(fill|fill-opacity|stroke|stroke-opacity|stroke-dasharray|stroke-linecap|stroke-linejoin)$`)
	dropped = regexp.MustCompile(`^(class|pointer-events|ecmeta_.*)$`)
)

func readMark(t xml.StartElement) (mark, error) {
	var m mark
	var d, transform, lineWidth string
	for _, a := range t.Attr {
		switch name := a.Name.Local; {
		case name == "d":
			d = a.Value
		case name == "transform":
			transform = a.Value
		case name == "stroke-width":
			lineWidth = a.Value
		case kept.MatchString(name):
			m.style = append(m.style, name+`="`+html.EscapeString(a.Value)+`"`)
		case !dropped.MatchString(name):
			return m, fmt.Errorf("the drawing has a %s, %.40q, that is not known", name, a.Value)
		}
	}
	if transform != "" {
		return m, m.read(d, transform, lineWidth)
	}
	if lineWidth != "" {
		m.style = append(m.style, `stroke-width="`+html.EscapeString(lineWidth)+`"`)
	}
	return m, m.outline(d)
}

var shape = regexp.MustCompile(`^[MLAZlz0-9 .-]*$`)

// read makes m a symbol from its path, its matrix and the width of its line.
func (m *mark) read(path, transform, lineWidth string) error {
	inner, ok := strings.CutPrefix(transform, "matrix(")
	inner, closed := strings.CutSuffix(inner, ")")
	ns, err := numbers(inner)
	if err != nil || !ok || !closed || len(ns) != 6 || !shape.MatchString(path) {
		return fmt.Errorf("the drawing has a symbol of a form that is not known: %.40q", transform)
	}
	m.symbol = &symbolMark{path: path, a: ns[0], b: ns[1], c: ns[2], d: ns[3], x: ns[4], y: ns[5]}
	if lineWidth != "" {
		w, err := numbers(lineWidth)
		if err != nil || len(w) != 1 {
			return fmt.Errorf("the drawing has a line width that is not known: %.20q", lineWidth)
		}
		m.symbol.lineWidth = w[0] * math.Hypot(ns[0], ns[1])
	} else if strings.Contains(strings.Join(m.style, " "), "stroke=") {
		m.symbol.lineWidth = math.Hypot(ns[0], ns[1])
	}
	return nil
}

// seen says that a mark leaves a trace: the bars that lift others from the axis do not.
func (m mark) seen() bool {
	style := strings.Join(m.style, " ")
	return !strings.Contains(style, `fill-opacity="0"`) || strings.Contains(style, "stroke=")
}

// finish writes the drawing of a frame: what is under the data, the data, what is over it,
// and the labels last.
func finish(ms []mark, from, f frame, a attributes) string {
	shapes := slices.Clone(f.under)
	for _, m := range ms {
		shapes = append(shapes, m.svg(from, f))
	}
	var b strings.Builder
	b.WriteString(a.open(f))
	b.WriteString(alike(append(shapes, f.over...)))
	b.WriteString(written(f.words))
	if a.words != nil {
		b.WriteString("</g></svg>\n")
	} else {
		b.WriteString("</svg>")
	}
	return b.String()
}

// alike is shapes as they are, but that those of one style which follow each other say it once,
// as a group.
func alike(shapes []string) string {
	var b strings.Builder
	for i := 0; i < len(shapes); {
		n := 0
		style, ok := styleOf(shapes[i])
		for ok && i+n < len(shapes) && styled(shapes[i+n], style) {
			n++
		}
		if n < 2 {
			b.WriteString(shapes[i])
			i++
			continue
		}
		b.WriteString("<g" + strings.TrimSuffix(style, "/>") + ">")
		for _, s := range shapes[i : i+n] {
			b.WriteString(strings.TrimSuffix(s, style) + "/>")
		}
		b.WriteString("</g>")
		i += n
	}
	return b.String()
}

// styleOf is how a shape looks, which follows where it is; ok is false for what is no single shape.
func styleOf(shape string) (style string, ok bool) {
	at := strings.Index(shape, ` fill="`)
	if at < 0 || !styled(shape, shape[at:]) {
		return "", false
	}
	return shape[at:], true
}

func styled(shape, style string) bool {
	return strings.HasSuffix(shape, style) && strings.HasSuffix(style, "/>") && strings.Count(shape, "<") == 1
}

func (a attributes) open(f frame) string {
	var b strings.Builder
	w, h := trim(f.w), trim(f.h)
	top, foot := 0.0, 0.0
	b.WriteString("<svg")
	if a.words != nil {
		top, foot = 66, 16+20*float64(len(a.words.Notes))
		h = trim(f.h + top + foot)
		fmt.Fprintf(&b, ` xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" font-family="%s"`, w, h, html.EscapeString(fontFamily))
	}
	if a.class != "" {
		fmt.Fprintf(&b, ` class="%s"`, a.class)
	}
	fmt.Fprintf(&b, ` viewBox="0 0 %s %s"`, w, h)
	if a.label != "" {
		fmt.Fprintf(&b, ` role="img" aria-label="%s"`, html.EscapeString(a.label))
	} else {
		b.WriteString(` aria-hidden="true"`)
	}
	b.WriteString(">")
	if a.words != nil {
		fmt.Fprintf(&b, `<rect width="%s" height="%s" fill="%s"/>`, w, h, Ground)
		fmt.Fprintf(&b, `<text x="16" y="30" font-size="20" font-weight="bold" fill="%s">%s</text>`, Ink, html.EscapeString(a.words.Title))
		fmt.Fprintf(&b, `<text x="16" y="54" font-size="15" fill="%s">%s</text>`, Ink2, html.EscapeString(a.words.Subtitle))
		for i, note := range a.words.Notes {
			fmt.Fprintf(&b, `<text x="16" y="%s" font-size="13" fill="%s">%s</text>`, trim(f.h+top+18+20*float64(i)), Ink2, html.EscapeString(note))
		}
		fmt.Fprintf(&b, `<g transform="translate(0 %s)">`, trim(top))
	}
	return b.String()
}

func trim(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
