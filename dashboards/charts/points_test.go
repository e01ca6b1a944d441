package charts

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

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
	for _, m := range regexp.MustCompile(`<path d="([^"]+)" fill="none" stroke="`+Ink2+`"`).FindAllStringSubmatch(ungrouped(svg), -1) {
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
