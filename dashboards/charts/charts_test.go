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
	"strconv"
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

// limits is a funnel around 72%.
func limits(n float64) Limit {
	sd := 100 * math.Sqrt(.72*.28/n)
	return Limit{72 - 1.96*sd, 72 + 1.96*sd, 72 - 3.09*sd, 72 + 3.09*sd}
}

// lines36 are the lines of the control chart; those of p' widen and narrow with the base.
func lines36(prime bool) []Lines {
	ls := make([]Lines, 36)
	for i := range ls {
		ls[i] = Lines{46, 57, 68}
		if prime {
			ls[i] = Lines{46 + float64(i%3), 57, 68 - float64(i%3)}
		}
		if prime && i > 20 {
			ls[i] = Lines{ls[i].Lower + 12, 69, ls[i].Upper + 12}
		}
	}
	return ls
}

// prime has limits of its own for each point, a break with new limits, and a published value.
func prime() SPC {
	c := control()
	c.Lines, c.Breaks, c.Noted = lines36(true), []Event{{21, "New definition, July 2025"}}, &Level{52, "England 52% (2024-25)"}
	c.Mean, c.Lower, c.Upper = Level{69, "Average 69%"}, Level{60, "Lower limit 60%"}, Level{78, "Upper limit 78%"}
	return c
}

func control() SPC {
	return SPC{Points: series36(), Lines: lines36(false), Mean: Level{57, "Average 57%"}, Lower: Level{46, "Lower limit 46%"}, Upper: Level{68, "Upper limit 68%"},
		Target: &Level{90, "Target 90%"}, Events: []Event{{27, "New referral form, January 2026"}, {29, "Training programme began, March 2026"}},
		Ceiling: 100, Unit: percent, AltText: "Control chart."}
}

// kinds is one of every kind of chart, with gaps in it.
func kinds() map[string]Chart {
	return map[string]Chart{
		"spc":       control(),
		"prime":     prime(),
		"trend":     Trend{Points: series36()[:9], Target: &Level{90, "Target 90%"}, Ceiling: 100, Unit: percent, AltText: "Line chart."},
		"sparkline": Sparkline{Points: series36()[12:], Lines: lines36(false)[12:]},
		"bars": Bars{Bars: []Bar{{"Name and date of birth of each child in the household", 98, "98%", false, 0}, {"Religion or belief", 52, "52%", true, 0}, {"Address", gap, "[c]", false, 0}},
			Ceiling: 100, Unit: percent, AltText: "Bar chart."},
		"funnel": Funnel{Units: []Unit{{"Breckland", 140, 71, 0, false}, {"Broadland", 150, 74, 0, false}, {"Great Yarmouth", 110, 58, 99.8, false}, {"King's Lynn and West Norfolk", 180, 79, 95, true},
			{"North Norfolk", 96, 70, 0, false}, {"Norwich", 320, 73, 0, false}, {"South Norfolk", 150, 72, 0, false}},
			Limits: limits, Average: Level{72, "Average 72%"}, Ceiling: 100, Unit: percent, SizeUnit: trim, Sizes: "Referrals in the year to September 2026", AltText: "Funnel plot."},
		"dumbbell":     Dumbbell{Pairs: []Pair{{"All who answered", 2.3, 3.1, "+0.8 (0.6 to 1.0)"}, {"Aged 16 to 24", 2.6, 2.4, "-0.2 (-0.6 to 0.2)"}, {"Aged 65 and over", gap, gap, "[c]"}}, Low: 1, High: 5, Unit: trim, AltText: "Dumbbell chart."},
		"distribution": Distribution{Parts: []Part{{"Own home with support", 46, 40, "46%"}, {"Refuge", 23, 31, "23%"}, {"Bed and breakfast", gap, 4, "[c]"}, {"Not recorded", 8, gap, "8%"}}, AltText: "Bar chart."},
		"survival":     Survival{Steps: []DoneBy{{2, 31, 27, 35, "31%"}, {5, 62, 58, 66, "62%"}, {10, 91, 88, 93, "91%"}}, Days: "Days since referral", AltText: "Curve."},
		"estimate":     Estimate{Guesses: []Guess{{"Norfolk", 14200, 11800, 16900, "14,200 (11,800 to 16,900)"}, {"Great Yarmouth", 1900, 1500, 2400, "1,900 (1,500 to 2,400)"}, {"Norwich", gap, gap, gap, "[x]"}}, Unit: trim, AltText: "Bar chart."},
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

func draw(t *testing.T, d *Drawer, c Chart, s Size) string {
	t.Helper()
	drawing, err := d.Draw(c, "x")
	if err != nil {
		t.Fatal(err)
	}
	return drawing.SVG(s)
}

// allowed are the elements and attributes of a drawing that a strict content policy, an
// office program and a page full of other drawings can all take.
var (
	allowedElement   = regexp.MustCompile(`^(svg|g|path|rect|text|circle)$`)
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

// pointAt finds the places of points: rings, and symbols, which alone are moved by a matrix.
var pointAt = regexp.MustCompile(`(?:cx="([\d.]+)" cy="([\d.]+)"|transform="matrix\([^,]+,[^,]+,[^,]+,[^,]+,([\d.]+),([\d.]+)\)")`)

func pointsIn(svg string) [][2]string {
	var ps [][2]string
	for _, m := range pointAt.FindAllStringSubmatch(svg, -1) {
		ps = append(ps, [2]string{m[1] + m[3], m[2] + m[4]})
	}
	return ps
}

// TestEveryPointStandsWhereItShould: no point is lost, and at every width each lies at its
// slot and at the height of its value, on the line.
func TestEveryPointStandsWhereItShould(t *testing.T) {
	d := newDrawer(t)
	for _, c := range []SPC{control(), prime()} {
		for _, s := range []Size{Wide, Mid, Narrow} {
			svg, f := draw(t, d, c, s), c.place(s)
			places := map[string]bool{}
			for _, p := range pointsIn(svg) {
				places[p[0][:strings.IndexByte(p[0]+".", '.')]+" "+p[1][:strings.IndexByte(p[1]+".", '.')]] = true
			}
			near := func(x, y float64) bool {
				for _, dx := range []float64{-.2, 0, .2} {
					for _, dy := range []float64{-.2, 0, .2} {
						if places[fmt.Sprintf("%.0f %.0f", math.Floor(x+dx), math.Floor(y+dy))] {
							return true
						}
					}
				}
				return false
			}
			line := regexp.MustCompile(`[ML]([\d.]+) ([\d.]+)`).FindAllStringSubmatch(dataLines(svg), -1)
			for i, p := range c.Points {
				if math.IsNaN(p.Value) {
					continue
				}
				if x, y := f.x(i), f.y(p.Value); !near(x, y) {
					t.Errorf("at %d there is no point for slot %d at %.1f, %.1f", s, i, x, y)
				} else if !on(line, x, y) {
					t.Errorf("at %d the line does not go through slot %d at %.1f, %.1f", s, i, x, y)
				}
			}
			if len(pointsIn(svg)) != 35 {
				t.Errorf("at %d there are %d points, want 35", s, len(pointsIn(svg)))
			}
		}
	}
}

func on(line [][]string, x, y float64) bool {
	for _, v := range line {
		vx, _ := strconv.ParseFloat(v[1], 64)
		vy, _ := strconv.ParseFloat(v[2], 64)
		if math.Abs(vx-x) < .15 && math.Abs(vy-y) < .15 {
			return true
		}
	}
	return false
}

// dataLines are the paths of the data line.
func dataLines(svg string) string {
	var all strings.Builder
	for _, m := range regexp.MustCompile(`<path d="([^"]+)" fill="none" stroke="`+Ink2+`"`).FindAllStringSubmatch(svg, -1) {
		all.WriteString(m[1])
	}
	return all.String()
}

// TestGapsStayGaps: a hidden value is null in the option, breaks the line, and has no place
// in the drawing but its mark at the axis.
func TestGapsStayGaps(t *testing.T) {
	d := newDrawer(t)
	f := control().place(Wide)
	option, err := control().option(f)
	if err != nil {
		t.Fatal(err)
	}
	if v := series(option, 0)["data"].([]any)[15]; v != nil {
		t.Errorf("the hidden month is %v in the option, want null", v)
	}
	svg := draw(t, d, control(), Wide)
	for _, p := range pointsIn(svg) {
		if x := fmt.Sprintf("%.1f", f.x(15)); strings.HasPrefix(p[0], x) {
			t.Errorf("there is a point at the hidden month: %v", p)
		}
	}
	if line := dataLines(svg); strings.Count(line, "M") != 2 {
		t.Errorf("the data line is %v, want it broken once", line)
	}
	if !strings.Contains(svg, ">[c]</text>") {
		t.Error("the gap has no mark at the axis")
	}
	bars := draw(t, d, kinds()["bars"], Wide)
	if n := strings.Count(bars, `stroke="`+Navy+`"`); n != 2 {
		t.Errorf("%d bars are drawn, want 2 and a mark", n)
	}
	if !strings.Contains(bars, ">[c]</text>") {
		t.Error("the hidden category has no mark at the axis")
	}
}

// TestBreaksAreBreaks: neither the data line nor a limit runs over a break.
func TestBreaksAreBreaks(t *testing.T) {
	c := prime()
	svg, f := draw(t, newDrawer(t), c, Wide), c.place(Wide)
	if line := dataLines(svg); strings.Count(line, "M") != 3 {
		t.Errorf("the data line is %v, want it broken by the gap and by the break", line)
	}
	for name, line := range map[string][]vertex{"lower": c.line(f, Lines.lower), "average": c.line(f, Lines.centre), "upper": c.line(f, Lines.upper)} {
		first, rest := stretch(line)
		if len(rest) == 0 || first[len(first)-1].x > f.edge(21)+.01 || rest[0].x < f.edge(21)-.01 {
			t.Errorf("the %s line does not end and begin at the break", name)
		}
	}
	if !strings.Contains(svg, "New definition, July 2025") {
		t.Error("the break is not named")
	}
}

// TestBarsAreAsLongAsTheirValues at every width, though ECharts drew one.
func TestBarsAreAsLongAsTheirValues(t *testing.T) {
	d := newDrawer(t)
	c := kinds()["bars"].(Bars)
	for _, s := range []Size{Wide, Mid, Narrow} {
		f := c.place(s)
		rects := regexp.MustCompile(`<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"`).FindAllStringSubmatch(draw(t, d, c, s), -1)
		if len(rects) != 2 {
			t.Fatalf("at %d there are %d bars, want 2", s, len(rects))
		}
		for i, r := range rects {
			var n [4]float64
			for k := range n {
				n[k], _ = strconv.ParseFloat(r[k+1], 64)
			}
			if math.Abs(n[0]-f.left) > 1 || math.Abs(n[0]+n[2]-f.across(c.Bars[i].Value)) > 1 || math.Abs(n[1]+n[3]/2-f.row(i)) > 1 || math.Abs(n[3]-thick(s)) > 1.5 {
				t.Errorf("at %d bar %d is %v, want it from %v to %v in the middle of %v", s, i, n, f.left, f.across(c.Bars[i].Value), f.row(i))
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
	all = append(all, one{"short spc", short, Wide}, one{"other bars", Bars{Bars: []Bar{{"A", 3, "3", false, 0}, {"B", 1, "1", false, 0}, {"C", 2, "2", false, 0}}, Ceiling: math.Inf(1), Unit: percent, AltText: "x"}, Wide})
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
		fresh := &Drawer{program: warm.program, machines: make(chan *machine, 1), drawn: map[[32]byte][]mark{}}
		fresh.machines <- nil
		want[fmt.Sprint(o.name, o.s)] = draw(t, fresh, o.c, o.s)
	}
	for range 4 {
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for i, o := range all {
			if i%3 == 0 {
				clear(warm.drawn)
			}
			if got := draw(t, warm, o.c, o.s); got != want[fmt.Sprint(o.name, o.s)] {
				t.Fatalf("%s at %d differs from what a fresh engine draws", o.name, o.s)
			}
		}
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
		for i := range c.Lines {
			c.Lines[i] = Lines{c.Lower.Value, c.Mean.Value, c.Upper.Value}
		}
		c.Target.Value = float64(seed % 101)
		for _, s := range []Size{Wide, Mid, Narrow} {
			keptApart(t, fmt.Sprintf("seed %d at %d", seed, s), c.place(s))
		}
	}
	for name, c := range kinds() {
		for _, s := range sizesOf(c) {
			keptApart(t, fmt.Sprintf("%s at %d", name, s), c.place(s))
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
				drawing, err := d.Draw(c, "x")
				if err != nil {
					b.Fatal(err)
				}
				for _, s := range sizesOf(c) {
					drawing.SVG(s)
				}
			}
		})
	}
}
