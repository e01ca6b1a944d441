package charts

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

func newDrawer(t testing.TB) *Drawer {
	t.Helper()
	js, err := os.ReadFile("../assets/echarts.min.js")
	if err != nil {
		t.Fatalf("ECharts is not there: `make test` fetches it (%v)", err)
	}
	d, err := NewDrawer(js)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func percent(v float64) string { return fmt.Sprintf("%.0f%%", v) }

var gap = math.NaN()

// series36 is three years of months: one unusual month, a gap, and a shift at the end.
func series36() []Point {
	var ps []Point
	for i := range 36 {
		m := time.Date(2023, 10+time.Month(i), 1, 0, 0, 0, 0, time.UTC)
		p := Point{Axis: m.Format("Jan\n2006"), Name: m.Format("Jan 2006"), Value: 57 + math.Mod(float64(i*7), 9) - 4}
		switch {
		case i == 10:
			p.Value, p.Mark, p.Note = 41, Worse, "unusually low"
		case i == 15:
			p.Value, p.Gap = gap, "[c]"
		case i > 26:
			p.Value, p.Mark = p.Value+16, Better
		}
		p.Provisional = i == 35
		if !math.IsNaN(p.Value) {
			p.Text = percent(p.Value)
		}
		ps = append(ps, p)
	}
	return ps
}

func control() SPC {
	return SPC{Points: series36(), Mean: Level{57, "Average 57%"}, Lower: Level{46, "Lower limit 46%"}, Upper: Level{68, "Upper limit 68%"},
		Target: &Level{90, "Target 90%"}, Events: []Event{{27, "New referral form, January 2026"}, {29, "Training programme began, March 2026"}},
		Ceiling: 100, Unit: percent, AltText: "Control chart."}
}

// kinds is one of every kind of chart, with gaps in it.
func kinds() map[string]Chart {
	return map[string]Chart{
		"spc":       control(),
		"trend":     Trend{Points: series36()[:9], Target: &Level{90, "Target 90%"}, Ceiling: 100, Unit: percent, AltText: "Line chart."},
		"sparkline": Sparkline{Points: series36()[12:], HasLimits: true, Mean: 57, Lower: 46, Upper: 68},
		"bars": Bars{Bars: []Bar{{"Name and date of birth of each child in the household", 98, "98%", false}, {"Religion or belief", 52, "52%", true}, {"Address", gap, "[c]", false}},
			Ceiling: 100, Unit: percent, AltText: "Bar chart."},
		"intervals": Intervals{Ranges: []Range{{"Norwich", 41, 35, 47, "", Higher}, {"King's Lynn and West Norfolk", 34, 28, 40, "", Similar},
			{"Breckland", 24, 19, 29, "", Lower}, {"Broadland", gap, gap, gap, "[x]", Similar}}, Whole: &Level{32, "Norfolk 32%"}, Ceiling: 100, Unit: percent, AltText: "Chart of intervals."},
	}
}

func sizesOf(c Chart) []Size {
	if _, ok := c.(Sparkline); ok {
		return []Size{Spark}
	}
	return []Size{Wide, Mid, Narrow}
}

func draw(t *testing.T, d *Drawer, c Chart, s Size, id string) string {
	t.Helper()
	svg, err := d.Draw(c, s, id)
	if err != nil {
		t.Fatal(err)
	}
	return svg
}

// allowed are the elements and attributes of a drawing that a strict content policy, an
// office program and a page full of other drawings can all take.
var (
	allowedElement   = regexp.MustCompile(`^(svg|g|path|rect|text|polygon|polyline|circle|defs|clipPath)$`)
	allowedAttribute = regexp.MustCompile(`^(xmlns|width|height|viewBox|class|role|aria-label|aria-hidden|focusable|font-(family|size|weight)|id|clip-path|transform|d|points|x|y|dy|fill(-opacity)?|paint-order|stroke(-[a-z]+)?|text-anchor)$`)
)

// TestDrawingsAreClean draws every kind at every width with one warm engine.
func TestDrawingsAreClean(t *testing.T) {
	d := newDrawer(t)
	ids := map[string]string{}
	for name, c := range kinds() {
		for _, s := range sizesOf(c) {
			id := fmt.Sprintf("%s-%d", name, s)
			svg := draw(t, d, c, s, id)
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
					if a.Name.Local == "id" {
						if other, taken := ids[a.Value]; taken {
							t.Errorf("%s and %s share the id %s", id, other, a.Value)
						}
						ids[a.Value] = id
					}
					if a.Name.Local == "clip-path" && !strings.HasPrefix(a.Value, "url(#"+id+"-") {
						t.Errorf("%s refers to %s", id, a.Value)
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

// symbolAt finds the symbols of points: they alone are moved by a matrix.
var symbolAt = regexp.MustCompile(`transform="matrix\([^,]+,[^,]+,[^,]+,[^,]+,([\d.]+),([\d.]+)\)"`)

// TestNoPointIsLost: on a category axis with thinned labels ECharts leaves symbols out
// unless it is told not to.
func TestNoPointIsLost(t *testing.T) {
	d := newDrawer(t)
	for _, s := range []Size{Wide, Mid, Narrow} {
		places := map[string]bool{}
		for _, m := range symbolAt.FindAllStringSubmatch(draw(t, d, control(), s, "x"), -1) {
			places[m[1]] = true
		}
		if len(places) != 35 {
			t.Errorf("at %d there are %d points, want 35", s, len(places))
		}
	}
}

// TestGapsStayGaps: a hidden value is null in the option, breaks the line, and has no place
// in the drawing but its mark at the axis.
func TestGapsStayGaps(t *testing.T) {
	d := newDrawer(t)
	option, f, err := control().option(Wide)
	if err != nil {
		t.Fatal(err)
	}
	if v := series(option, 0)["data"].([]any)[15]; v != nil {
		t.Errorf("the hidden month is %v in the option, want null", v)
	}
	svg := draw(t, d, control(), Wide, "x")
	for _, m := range symbolAt.FindAllStringSubmatch(svg, -1) {
		if x := fmt.Sprintf("%.1f", f.x(15)); strings.HasPrefix(m[1], x) {
			t.Errorf("there is a point at the hidden month: %v", m[0])
		}
	}
	line := regexp.MustCompile(`<path d="([^"]+)" fill="none" stroke="` + Ink2).FindStringSubmatch(svg)
	if line == nil || strings.Count(line[1], "M") != 2 {
		t.Errorf("the data line is %v, want it broken once", line)
	}
	if !strings.Contains(svg, ">[c]</text>") {
		t.Error("the gap has no mark at the axis")
	}
	bars := draw(t, d, kinds()["bars"], Wide, "x")
	if n := strings.Count(bars, `stroke="`+Navy+`"`); n != 2 {
		t.Errorf("%d bars are drawn, want 2 and a mark", n)
	}
	if !strings.Contains(bars, ">[c]</text>") {
		t.Error("the hidden category has no mark at the axis")
	}
}

// TestWordsAreText: names come from agencies' code lists; none may become markup or script.
func TestWordsAreText(t *testing.T) {
	d := newDrawer(t)
	for _, name := range []string{`</script><script>alert(1)</script>`, `__f__alert(1)__f__`, `"><svg onload="alert(1)">`, `O'Neill & "Sons" {b} {c}`} {
		svg := draw(t, d, Bars{Bars: []Bar{{name, 5, "5", false}}, Ceiling: math.Inf(1), Unit: percent, AltText: name}, Narrow, "x")
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

// TestSameBytes: a fresh engine, one that has drawn much else, in whatever order, and the
// memory of an earlier drawing give the same bytes.
func TestSameBytes(t *testing.T) {
	type one struct {
		name string
		c    Chart
		s    Size
	}
	var all []one
	for name, c := range kinds() {
		for _, s := range sizesOf(c) {
			all = append(all, one{name, c, s})
		}
	}
	short := control()
	short.Points, short.Events, short.Target = short.Points[:20], nil, nil
	all = append(all, one{"short spc", short, Wide}, one{"other bars", Bars{Bars: []Bar{{"A", 3, "3", false}, {"B", 1, "1", false}, {"C", 2, "2", false}}, Ceiling: math.Inf(1), Unit: percent, AltText: "x"}, Wide})
	random := rand.New(rand.NewPCG(5, 5))
	for n := range 6 {
		c := control()
		for i := range c.Points {
			c.Points[i].Value, c.Points[i].Mark = 40+random.Float64()*40, Mark(random.IntN(4))
			if random.IntN(6) == 0 {
				c.Points[i].Value = gap
			}
		}
		all = append(all, one{fmt.Sprint("random spc ", n), c, Wide})
	}
	want := map[string]string{}
	warm := newDrawer(t)
	for _, o := range all {
		fresh := &Drawer{program: warm.program, machines: make(chan *machine, 1), drawn: map[[32]byte]string{}}
		fresh.machines <- nil
		want[fmt.Sprint(o.name, o.s)] = draw(t, fresh, o.c, o.s, "x")
	}
	for range 4 {
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for i, o := range all {
			if i%3 == 0 {
				clear(warm.drawn)
			}
			if got := draw(t, warm, o.c, o.s, "x"); got != want[fmt.Sprint(o.name, o.s)] {
				t.Fatalf("%s at %d differs from what a fresh engine draws", o.name, o.s)
			}
		}
	}
}

func TestNothingMoves(t *testing.T) {
	for name, c := range kinds() {
		option, _, err := c.option(sizesOf(c)[0])
		if err != nil {
			t.Fatal(err)
		}
		if option["animation"] != false {
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

func TestFileStandsAlone(t *testing.T) {
	svg, err := newDrawer(t).File(control(), "rq1", Words{"Title & more", "Subtitle", []string{"Source: x", "OFFICIAL-SENSITIVE"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<svg xmlns="http://www.w3.org/2000/svg" width="900" height=`, `fill="#FFFFFF"`, "Title &amp; more", "Subtitle", "OFFICIAL-SENSITIVE", `role="img"`} {
		if !strings.Contains(svg, want) {
			t.Errorf("the file does not hold %q", want)
		}
	}
	if err := xml.Unmarshal([]byte(svg), new(struct{})); err != nil {
		t.Errorf("the file is not well formed: %v", err)
	}
}

// TestLabelsKeepApart draws nothing: it looks where labels of many series would stand.
func TestLabelsKeepApart(t *testing.T) {
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 7))
		c := control()
		shift := random.Float64()*60 - 20
		for i := range c.Points {
			if math.IsNaN(c.Points[i].Value) {
				continue
			}
			c.Points[i].Value = math.Min(100, math.Max(0, 50+random.NormFloat64()*float64(seed%13)))
			if i > 26 {
				c.Points[i].Value = math.Min(100, math.Max(0, c.Points[i].Value+shift))
			}
		}
		c.Mean.Value, c.Lower.Value, c.Upper.Value = 50, 50-float64(seed%13)*2.6, 50+float64(seed%13)*2.6
		c.Target.Value = float64(seed % 101)
		for _, s := range []Size{Wide, Mid, Narrow} {
			_, f, err := c.option(s)
			if err != nil {
				t.Fatal(err)
			}
			keptApart(t, fmt.Sprintf("seed %d at %d", seed, s), f)
		}
	}
	for name, c := range kinds() {
		for _, s := range sizesOf(c) {
			_, f, err := c.option(s)
			if err != nil {
				t.Fatal(err)
			}
			keptApart(t, fmt.Sprintf("%s at %d", name, s), f)
		}
	}
}

func keptApart(t *testing.T, name string, f frame) {
	t.Helper()
	for i, a := range f.words {
		b := a.box()
		if b.x1 < -1 || b.x2 > f.w+1 || b.y1 < -1 || b.y2 > f.h+1 {
			t.Errorf("%s: %q stands outside the drawing: %v", name, a.s, b)
		}
		for _, o := range f.words[i+1:] {
			other := o.box()
			shrunk := box{b.x1 + 1, b.y1 + 2, b.x2 - 1, b.y2 - 2}
			if shrunk.hits(other) {
				t.Errorf("%s: %q and %q collide", name, a.s, o.s)
			}
		}
	}
}

func TestUnknownStyleIsRefused(t *testing.T) {
	_, err := clean(`<svg><text style="font-size:12px;text-shadow:1px">x</text></svg>`, attributes{id: "x"})
	if err == nil || !strings.Contains(err.Error(), "text-shadow") {
		t.Errorf("got %v, want an error that names the style", err)
	}
}

func TestWidth(t *testing.T) {
	for s, want := range map[string]float64{"W": 9.44, "i": 2.22, "m": 8.33, " ": 2.78, "~": 5.84, "@": 10.15, "[c]": 2.78*2 + 5} {
		if got := width(s, 10, false); math.Abs(got-want) > .01 {
			t.Errorf("width of %q is %v, want %v", s, got, want)
		}
	}
}

func TestSpread(t *testing.T) {
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 3))
		ys := make([]float64, 1+random.IntN(6))
		for i := range ys {
			ys[i] = random.Float64() * 300
		}
		placed := spread(ys, 18, 0, 300)
		for i := range placed {
			if placed[i] < -1e-9 || placed[i] > 300+1e-9 {
				t.Fatalf("seed %d: %v is outside the plot", seed, placed[i])
			}
			for j := range placed {
				if i != j && math.Abs(placed[i]-placed[j]) < 18-1e-9 {
					t.Fatalf("seed %d: %v and %v are too close", seed, placed[i], placed[j])
				}
			}
		}
	}
	if got := spread([]float64{10, 100}, 18, 0, 300); got[0] != 10 || got[1] != 100 {
		t.Errorf("labels with room were moved: %v", got)
	}
}

func TestScaleIsRound(t *testing.T) {
	for _, c := range []struct{ low, high, wantLow, wantHigh, wantStep float64 }{
		{43, 91, 40, 100, 10}, {0, 7, 0, 8, 2}, {1043, 2311, 1000, 2500, 500}, {3.1, 3.4, 3.1, 3.4, .05}, {0, 0, 0, 1, .2},
	} {
		f := frame{}
		f.scale(c.low, c.high, 0, math.Inf(1), 6)
		if math.Abs(f.low-c.wantLow) > 1e-9 || math.Abs(f.high-c.wantHigh) > 1e-9 || math.Abs(f.step-c.wantStep) > 1e-9 {
			t.Errorf("%v to %v gives %v to %v by %v, want %v to %v by %v", c.low, c.high, f.low, f.high, f.step, c.wantLow, c.wantHigh, c.wantStep)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	d := newDrawer(b)
	for name, c := range kinds() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				clear(d.drawn)
				if _, err := d.Draw(c, sizesOf(c)[0], "x"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
