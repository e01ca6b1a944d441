package charts

import (
	"encoding/json"
	"encoding/xml"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// drawn keeps the drawings of every kind at every width for the tests that look at them all.
var drawn = map[string]string{}

// eachDrawing calls f with every kind at every width.
func eachDrawing(t *testing.T, f func(id, svg string)) {
	t.Helper()
	if len(drawn) == 0 {
		d := newDrawer(t)
		for name, c := range kinds() {
			for _, s := range sizesOf(c) {
				drawn[name+" at "+trim(float64(s))] = draw(t, d, c, s)
			}
		}
	}
	for id, svg := range drawn {
		f(id, svg)
	}
}

// eachSeries calls f with every series of the option of every kind, as JSON reads it.
func eachSeries(t *testing.T, f func(name string, s tree)) {
	t.Helper()
	n := 0
	for name, c := range kinds() {
		option, err := c.option(c.place(Reference))
		if err != nil {
			t.Fatal(err)
		}
		if option == nil {
			continue
		}
		text, err := json.Marshal(option)
		if err != nil {
			t.Fatal(err)
		}
		var read tree
		if err := json.Unmarshal(text, &read); err != nil {
			t.Fatal(err)
		}
		for i := range read["series"].([]any) {
			f(name, series(read, i))
			n++
		}
	}
	if n < 15 {
		t.Errorf("there were %d series: too few to be true", n)
	}
}

// The traps are those of ECharts, each met once: a name says which. That breakpoints leave
// paper alone is a test of the style sheet, in package dashboards.

// TestTrapLostPoints: with "auto", a category axis with few labels leaves points out.
func TestTrapLostPoints(t *testing.T) {
	eachSeries(t, func(name string, s tree) {
		if s["type"] == "line" && (s["showAllSymbol"] != true || s["showSymbol"] == false) {
			t.Errorf("%s may lose points: showAllSymbol is %v, showSymbol %v", name, s["showAllSymbol"], s["showSymbol"])
		}
	})
	c := multiplesOfDistricts()
	want := 0
	for _, p := range c.Panels {
		for _, q := range p.Points {
			if q.Gap == "" {
				want++
			}
		}
	}
	d := newDrawer(t)
	for _, s := range []Size{Wide, Mid, Narrow} {
		if n := len(pointsIn(draw(t, d, c, s))); n != want {
			t.Errorf("at %d the small multiples show %d points, want %d", s, n, want)
		}
	}
}

// TestTrapQuotes: a double quote in the font list ends the attribute that it stands in. A drawing in a page
// names no font, so the page's style sheet must give the ones that labels are measured with.
func TestTrapQuotes(t *testing.T) {
	d := newDrawer(t)
	for name, c := range kinds() {
		drawing, err := d.Draw(c, name)
		if err != nil {
			t.Fatal(err)
		}
		if svg := drawing.File(Words{Title: name}); !strings.Contains(svg, ` font-family="Arial, &#39;Liberation Sans&#39;, Helvetica, sans-serif"`) || strings.Count(svg, "font-family") != 1 {
			t.Errorf("the file of %s does not name its fonts once, in single quotes", name)
		}
	}
	eachDrawing(t, func(id, svg string) {
		if strings.Contains(svg, "font-family") {
			t.Errorf("%s names its fonts, which its page does", id)
		}
	})
	css := string(readFile(t, "../assets/site.css"))
	if body := "font: 1rem/1.5 " + strings.ReplaceAll(fontFamily, "'", `"`) + ";"; !strings.Contains(css, body) || regexp.MustCompile(`svg[^{]*\{[^}]*font`).MatchString(css) {
		t.Errorf("the style sheet does not say %q of pages, or says something else of drawings", body)
	}
}

var (
	labelsForm = regexp.MustCompile(`<g font-size="([\d.]+)" fill="[^"]*" transform="translate\(0 ([\d.]+)\)">`)
	labelForm  = regexp.MustCompile(`<text x="[^"]*" y="[^"]*"(?: dy="([^"]*)" font-size="([^"]*)")?[^>]*>`)
)

// TestTrapBaseline: office programs ignore dominant-baseline, so labels are moved down as a group,
// and one of another size in it by the difference.
func TestTrapBaseline(t *testing.T) {
	eachDrawing(t, func(id, svg string) {
		group, labels := labelsForm.FindStringSubmatch(svg), labelForm.FindAllStringSubmatch(svg, -1)
		if strings.Contains(svg, "-baseline") || strings.Count(svg, "<text") != len(labels) || len(labels) > 0 && group == nil {
			t.Errorf("%s has words that stand where a program may not put them", id)
			return
		}
		number := func(s string) float64 {
			v, err := strconv.ParseFloat(s, 64)
			if err != nil {
				t.Errorf("%s: %v", id, err)
			}
			return v
		}
		for _, l := range labels {
			size, moved := number(group[1]), number(group[2])
			if l[2] != "" {
				size, moved = number(l[2]), moved+number(l[1])
			}
			if math.Abs(moved-.35*size) > .011 || strings.Contains(l[0], "font-size") != (l[2] != "") {
				t.Errorf("%s: a label of size %v is moved by %v", id, size, moved)
			}
		}
	})
}

// TestTrapContentPolicy: a style attribute or element breaks a strict policy, as an address
// or a script does.
func TestTrapContentPolicy(t *testing.T) {
	eachDrawing(t, func(id, svg string) {
		if bad := regexp.MustCompile(`(?i)style|<script|<image|<use|<foreignObject|href|url\(| on[a-z]+=|CDATA`).FindString(svg); bad != "" {
			t.Errorf("%s holds %q", id, bad)
		}
	})
}

// TestTrapIDs: an id is a page's, and two drawings on one may share it.
func TestTrapIDs(t *testing.T) {
	eachDrawing(t, func(id, svg string) {
		decoder := xml.NewDecoder(strings.NewReader(svg))
		for {
			token, err := decoder.Token()
			if err != nil {
				break
			}
			if start, ok := token.(xml.StartElement); ok && (attributed(start, "id") || attributed(start, "clip-path")) {
				t.Errorf("%s has an id, or refers to one", id)
			}
		}
	})
}

// TestTrapFunctions: a function is lost in JSON, so no series may need one, and go-echarts'
// own mark for script may not come through.
func TestTrapFunctions(t *testing.T) {
	eachSeries(t, func(name string, s tree) {
		text, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if s["type"] == "custom" || strings.Contains(string(text), "__f__") || strings.Contains(string(text), "function") {
			t.Errorf("%s needs a function to be drawn: %s", name, s["type"])
		}
	})
}

// TestTrapMissingValues: what is missing is null in every series and joins nothing. Each kind
// has gaps, so each must have nulls, fewer points, or no option.
func TestTrapMissingValues(t *testing.T) {
	nulls := map[string]int{}
	eachSeries(t, func(name string, s tree) {
		if s["connectNulls"] == true {
			t.Errorf("%s joins what a gap parts", name)
		}
		data, _ := s["data"].([]any)
		for _, d := range data {
			if m, ok := d.(tree); d == nil || ok && m["value"] == nil {
				nulls[name]++
			}
		}
	})
	for name, least := range map[string]int{"spc": 1, "prime": 1, "bars": 1, "stacked": 7, "bullet": 1, "small multiples": 17, "intervals": 2, "dumbbell": 2, "estimate": 2, "distribution": 1} {
		if nulls[name] < least {
			t.Errorf("%s has %d missing values in its option, want at least %d", name, nulls[name], least)
		}
	}
}

// TestAPublishedValueBeginsAfterTheLastBreak: what lies before was counted in another way.
func TestAPublishedValueBeginsAfterTheLastBreak(t *testing.T) {
	f := frame{left: 40, right: 20, w: 640, slots: 10}
	for _, c := range []struct {
		breaks []Event
		want   float64
	}{{nil, f.left}, {[]Event{{Slot: 3}, {Slot: 6}}, f.edge(6) + 4}, {[]Event{{Slot: 0}}, f.left}} {
		if got := f.since(c.breaks); got != c.want {
			t.Errorf("with breaks at %v the line begins at %v, want %v", c.breaks, got, c.want)
		}
	}
}
