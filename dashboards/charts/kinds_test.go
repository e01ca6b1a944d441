package charts

import (
	"fmt"
	"maps"
	"math"
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

// awaited ends before its last month, which has not come, on the average.
func awaited() SPC {
	c := control()
	c.Points[34].Value, c.Points[34].Text, c.Points[34].Mark = 57, percent(57), c.Points[0].Mark
	c.Points[35].Value, c.Points[35].Text, c.Points[35].Gap = gap, "", "[x]"
	return c
}

// kinds is one of every kind of chart, with gaps in it.
func kinds() map[string]Chart {
	all := map[string]Chart{
		"spc":       control(),
		"prime":     prime(),
		"awaited":   awaited(),
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
	maps.Copy(all, madeUpKinds())
	return all
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

var groupForm = regexp.MustCompile(`<g( fill="[^>]*)>((?:<(?:path|rect|circle) [^>]*/>)+)</g>`)

// ungrouped is a drawing whose shapes each say how they look, where a group says it of several.
func ungrouped(svg string) string {
	return groupForm.ReplaceAllStringFunc(svg, func(group string) string {
		parts := groupForm.FindStringSubmatch(group)
		return strings.ReplaceAll(parts[2], "/>", parts[1]+"/>")
	})
}
