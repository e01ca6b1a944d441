package charts

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// Words go round a chart that leaves its page.
type Words struct {
	Title, Subtitle string
	Notes           []string // at the foot, a line each: source, marking
}

// attributes is what clean puts on the outermost element.
type attributes struct {
	id, class, label string
	w, h             float64
	labels           []text
	words            *Words // makes a document of its own
}

// clean rewrites what ECharts' server-side renderer gives. A style attribute, a style
// element and a class would break the content policy or mean nothing; dominant-baseline is
// ignored by office programs; ids would meet those of other charts; hints for live charts
// repeat data indexes. The labels that the kind placed are added. An unknown style property is an error, so that a new version of
// ECharts cannot change what readers see unnoticed.
func clean(raw string, a attributes) (string, error) {
	var b strings.Builder
	decoder := xml.NewDecoder(strings.NewReader(raw))
	ids := map[string]string{}
	depth := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", fmt.Errorf("reading the drawing: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			switch {
			case depth == 1:
				b.WriteString(a.open())
			case t.Name.Local == "style":
				if err := decoder.Skip(); err != nil {
					return "", fmt.Errorf("reading the drawing: %w", err)
				}
				depth--
			default:
				if err := element(&b, t, a.id, ids); err != nil {
					return "", err
				}
			}
		case xml.EndElement:
			if depth--; depth == 0 {
				b.WriteString(a.close())
			} else {
				b.WriteString("</" + t.Name.Local + ">")
			}
		case xml.CharData:
			b.WriteString(html.EscapeString(strings.TrimSpace(string(t))))
		}
	}
	return b.String(), nil
}

// dropped are attributes that say nothing in a still drawing.
var dropped = regexp.MustCompile(`^(class|pointer-events|ecmeta_.*|dominant-baseline|style)$`)

func element(b *strings.Builder, t xml.StartElement, prefix string, ids map[string]string) error {
	b.WriteString("<" + t.Name.Local)
	put := func(name, value string) { fmt.Fprintf(b, ` %s="%s"`, name, html.EscapeString(value)) }
	for _, at := range t.Attr {
		name := at.Name.Local
		switch {
		case name == "style":
			if err := styles(at.Value, put); err != nil {
				return err
			}
		case name == "dominant-baseline" && at.Value == "central":
			put("dy", ".35em")
		case name == "id":
			put("id", renamed(at.Value, prefix, ids))
		case dropped.MatchString(name):
		default:
			put(name, reference.ReplaceAllStringFunc(at.Value, func(s string) string {
				return "url(#" + renamed(s[5:len(s)-1], prefix, ids) + ")"
			}))
		}
	}
	b.WriteString(">")
	return nil
}

var reference = regexp.MustCompile(`url\(#[^)]+\)`)

// renamed gives ids in order of first sight, below the chart's own.
func renamed(id, prefix string, ids map[string]string) string {
	if _, ok := ids[id]; !ok {
		ids[id] = prefix + "-" + strconv.Itoa(len(ids)+1)
	}
	return ids[id]
}

// styles writes the declarations of a style attribute as attributes. The font family stands
// once, on the outermost element.
func styles(css string, put func(name, value string)) error {
	for _, declaration := range strings.Split(css, ";") {
		name, value, _ := strings.Cut(declaration, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		switch name {
		case "", "font-family", "white-space":
		case "font-size":
			put(name, strings.TrimSuffix(value, "px"))
		case "font-weight":
			if value != "normal" {
				put(name, value)
			}
		default:
			return fmt.Errorf("the drawing has a style %q that a page's content policy would block", name)
		}
	}
	return nil
}

func (a attributes) open() string {
	var b strings.Builder
	w, h := trim(a.w), trim(a.h)
	top, foot := 0.0, 0.0
	b.WriteString("<svg")
	if a.words != nil {
		top, foot = 66, 16+20*float64(len(a.words.Notes))
		h = trim(a.h + top + foot)
		fmt.Fprintf(&b, ` xmlns="http://www.w3.org/2000/svg" width="%s" height="%s"`, w, h)
	}
	if a.class != "" {
		fmt.Fprintf(&b, ` class="%s"`, a.class)
	}
	fmt.Fprintf(&b, ` viewBox="0 0 %s %s" font-family="%s"`, w, h, html.EscapeString(fontFamily))
	if a.label != "" {
		fmt.Fprintf(&b, ` role="img" aria-label="%s"`, html.EscapeString(a.label))
	} else {
		b.WriteString(` aria-hidden="true" focusable="false"`)
	}
	b.WriteString(">")
	if a.words != nil {
		fmt.Fprintf(&b, `<rect width="%s" height="%s" fill="%s"></rect>`, w, h, Ground)
		fmt.Fprintf(&b, `<text x="16" y="30" font-size="20" font-weight="bold" fill="%s">%s</text>`, Ink, html.EscapeString(a.words.Title))
		fmt.Fprintf(&b, `<text x="16" y="54" font-size="15" fill="%s">%s</text>`, Ink2, html.EscapeString(a.words.Subtitle))
		for i, note := range a.words.Notes {
			fmt.Fprintf(&b, `<text x="16" y="%s" font-size="13" fill="%s">%s</text>`, trim(a.h+top+18+20*float64(i)), Ink2, html.EscapeString(note))
		}
		fmt.Fprintf(&b, `<g transform="translate(0 %s)">`, trim(top))
	}
	return b.String()
}

// close writes the labels last, over everything that is drawn.
func (a attributes) close() string {
	var b strings.Builder
	for _, t := range a.labels {
		b.WriteString(t.svg())
	}
	if a.words != nil {
		b.WriteString("</g></svg>\n")
	} else {
		b.WriteString("</svg>")
	}
	return b.String()
}

func trim(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
