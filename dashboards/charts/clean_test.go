package charts

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"
)

// allowed are the elements and attributes of a drawing that a strict content policy, an
// office program and a page full of other drawings can all take.
var (
	allowedElement   = regexp.MustCompile(`^(svg|g|path|rect|text|title|circle)$`)
	allowedAttribute = regexp.MustCompile(`^(xmlns|width|height|viewBox|class|role|aria-label|aria-hidden|focusable|font-(family|size|weight)|transform|d|x|y|rx|cx|cy|r|dy|fill(-opacity)?|paint-order|stroke(-[a-z]+)?|text-anchor)$`)
)

// TestDrawingsAreClean draws every kind at every width with one warm engine.
func TestDrawingsAreClean(t *testing.T) {
	d := newDrawer(t)
	for name, c := range kinds() {
		for _, s := range sizesOf(c) {
			id := fmt.Sprintf("%s-%d", name, s)
			svg := draw(t, d, c, s)
			for _, bad := range []string{"style", "CDATA", "dominant-baseline", "ecmeta", "NaN", "Infinity", "undefined", "zr", "http"} {
				if strings.Contains(svg, bad) {
					t.Errorf("%s holds %q", id, bad)
				}
			}
			decoder := xml.NewDecoder(strings.NewReader(svg))
			for depth := 0; ; {
				token, err := decoder.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s is not well formed: %v", id, err)
				}
				start, ok := token.(xml.StartElement)
				if !ok {
					continue
				}
				depth++
				if !allowedElement.MatchString(start.Name.Local) {
					t.Errorf("%s has an element %s", id, start.Name.Local)
				}
				for _, a := range start.Attr {
					if !allowedAttribute.MatchString(a.Name.Local) || (a.Name.Local == "class" && depth > 1) {
						t.Errorf("%s has an attribute %s", id, a.Name.Local)
					}
				}
			}
			if label := `aria-label="` + c.Alt() + `"`; c.Alt() != "" && !strings.Contains(svg, label) {
				t.Errorf("%s is not labelled %s", id, label)
			}
			if c.Alt() == "" && !strings.Contains(svg, `aria-hidden="true"`) {
				t.Errorf("%s has no label and is not hidden from assistive technology", id)
			}
		}
	}
}

// TestWordsAreText: names come from agencies' code lists; none may become markup or script.
func TestWordsAreText(t *testing.T) {
	d := newDrawer(t)
	for _, name := range []string{`</script><script>alert(1)</script>`, `__f__alert(1)__f__`, `"><svg onload="alert(1)">`, `O'Neill & "Sons" {b} {c}`} {
		svg := draw(t, d, Bars{Bars: []Bar{{name, 5, "5", false, 0}}, Ceiling: math.Inf(1), Unit: percent, AltText: name}, Narrow)
		var texts []string
		decoder := xml.NewDecoder(strings.NewReader(svg))
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			switch x := token.(type) {
			case xml.StartElement:
				if !allowedElement.MatchString(x.Name.Local) {
					t.Errorf("%s became an element %s", name, x.Name.Local)
				}
			case xml.CharData:
				texts = append(texts, string(x))
			}
		}
		if !strings.Contains(strings.Join(texts, "\n"), name) {
			t.Errorf("%s is not shown as it was typed: %q", name, texts)
		}
	}
}

// TestUnknownShapesAreRefused: what a new version of ECharts may draw is not passed on
// unseen.
func TestUnknownShapesAreRefused(t *testing.T) {
	for raw, want := range map[string]string{
		`<svg><path d="M1 2L3 4" style="text-shadow:1px"></path></svg>`:           "text-shadow",
		`<svg><image href="x"></image></svg>`:                                     "image",
		`<svg><path d="M1 2C3 4 5 6 7 8"></path></svg>`:                           "form that is not known",
		`<svg><path d="M1 2LNaN 4"></path></svg>`:                                 "not known",
		`<svg><path d="M0 0Z" transform="rotate(3)"></path></svg>`:                "rotate",
		`<svg><path d="M1 2L3 4" filter="url(#x)"></path></svg>`:                  "filter",
		`<svg><g transform="translate(3 4)"><path d="M1 2L3 4"></path></g></svg>`: "element g",
	} {
		if _, err := marks(raw); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want an error that says %q", raw, err, want)
		}
	}
}

func TestFileStandsAlone(t *testing.T) {
	drawing, err := newDrawer(t).Draw(control(), "rq1")
	if err != nil {
		t.Fatal(err)
	}
	svg := drawing.File(Words{"Title & more", "Subtitle", []string{"Source: x", "OFFICIAL-SENSITIVE"}})
	for _, want := range []string{`<svg xmlns="http://www.w3.org/2000/svg" width="900" height=`, `fill="#FFFFFF"`, "Title &amp; more", "Subtitle", "OFFICIAL-SENSITIVE", `role="img"`} {
		if !strings.Contains(svg, want) {
			t.Errorf("the file does not hold %q", want)
		}
	}
	if err := xml.Unmarshal([]byte(svg), new(struct{})); err != nil {
		t.Errorf("the file is not well formed: %v", err)
	}
}

func TestNothingMoves(t *testing.T) {
	for name, c := range kinds() {
		option, err := c.option(c.place(sizesOf(c)[0]))
		if err != nil {
			t.Fatal(err)
		}
		if option != nil && option["animation"] != false {
			t.Errorf("%s is animated: %v", name, option["animation"])
		}
		text, err := json.Marshal(option)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "http") {
			t.Errorf("%s names an address", name)
		}
	}
}
