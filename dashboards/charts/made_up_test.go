package charts

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
)

// districts are seven names of unlike length.
var districts = []string{"Breckland", "Broadland", "Great Yarmouth", "King's Lynn and West Norfolk", "North Norfolk", "Norwich", "South Norfolk"}

// scale5 is every shade, lightest first, and what is not shown.
var scale5 = []Class{{"Under 20%", Plain}, {"20% to 29%", Lined}, {"30% to 39%", Tinted}, {"40% to 49%", Hatched}, {"50% and over", Solid}, {"[c] hidden to protect people", Withheld}}

// madeUpKinds is one of each kind that shows classes, panels, flows and capacity, with gaps.
func madeUpKinds() map[string]Chart {
	return map[string]Chart{
		"small multiples": multiplesOfDistricts(),
		"heatmap":         returns(12),
		"long heatmap":    returns(26),
		"values heatmap":  shares(),
		"sankey":          pathway(),
		"tile map":        tiles(false),
		"hexagons":        tiles(true),
		"choropleth":      Choropleth{Boundaries: quilt(), Areas: quiltAreas(), Classes: scale5, AltText: "Map of areas."},
		"bullet": Bullet{Services: []Against{{"Refuge", 27, 32, "27 of 32 places"}, {"High-risk advisers (IDVA)", 14, 9.5, "14 of 9.5 posts' cases"}, {"Dispersed accommodation", gap, 12, "[c] of 12 places"},
			{"Move-on homes", 6, gap, "6, places [x]"}}, Unit: trim, AltText: "Bullet chart."},
		"stacked": Stacked{Parts: []Class{{"No further action", Plain}, {"Early help", Lined}, {"Child in need", Tinted}, {"Child protection", Hatched}, {"Looked after", Solid}},
			Stacks: []Stack{{"Police", []float64{41, 22, 20, 12, 5}, []string{"41%", "22%", "20%", "12%", "5%"}, "1,240"},
				{"Health visitor or school nurse", []float64{30, 35, 20, gap, gap}, []string{"30%", "35%", "20%", "[c]", "[c]"}, "310"},
				{"School", []float64{gap, gap, gap, gap, gap}, []string{"[x]", "[x]", "[x]", "[x]", "[x]"}, ""},
				{"Housing", []float64{60, 40, 0, 0, 0}, []string{"60%", "40%", "0%", "0%", "0%"}, "85"}}, Ceiling: 100, Unit: percent, AltText: "Stacked bar chart."},
	}
}

// multiplesOfDistricts has, among its panels, one with a run of gaps, one with a point alone
// between two gaps, and one that is hidden throughout.
func multiplesOfDistricts() SmallMultiples {
	c := SmallMultiples{Whole: &Level{57, "Norfolk 57%"}, Ceiling: 100, Unit: percent, AltText: "Small multiples."}
	for d, name := range districts {
		p := Panel{Name: name}
		for q := range 12 {
			m := time.Date(2023, 10+time.Month(3*q), 1, 0, 0, 0, 0, time.UTC)
			v := math.Round(50 + 9*math.Sin(float64(q*(d+2))) + float64(d))
			point := Point{Axis: m.Format("Jan\n2006"), Name: m.Format("Jan 2006"), Value: v, Text: percent(v), Provisional: q == 11}
			switch {
			case d == 2 && q > 2 && q < 6, d == 3 && (q == 4 || q == 6), d == 4:
				point = Point{Axis: point.Axis, Name: point.Name, Value: gap, Gap: "[c]"}
			case d == 0 && q == 7:
				point.Value, point.Text, point.Mark = 88, "88%", Worse
			case d == 1 && q > 9:
				point.Mark = Better
			}
			p.Points = append(p.Points, point)
		}
		c.Panels = append(c.Panels, p)
	}
	return c
}

func months(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = time.Date(2024, 8+time.Month(i), 1, 0, 0, 0, 0, time.UTC).Format("Jan\n2006")
	}
	return names
}

// returns is agencies by months in four words and their letters.
func returns(n int) Heatmap {
	c := Heatmap{Rows: []string{"Constabulary", "Children's services", "Norfolk and Norwich University Hospitals", "Probation", "Specialist services", "Housing"}, Columns: months(n), AltText: "Heatmap.",
		Classes: []Class{{"O on time", Plain}, {"L late", Lined}, {"P part", Hatched}, {"N none", Solid}}}
	for r := range c.Rows {
		var row []Cell
		for k := range n {
			class := []int{0, 0, 0, 0, 1, 0, 0, 2, 0, 0, 3}[(r*5+k*k)%11]
			row = append(row, Cell{class, "OLPN"[class : class+1]})
		}
		c.Cells = append(c.Cells, row)
	}
	return c
}

// shares is areas by quarters, with hidden ones.
func shares() Heatmap {
	c := Heatmap{Rows: districts, Columns: []string{"Q3\n2025-26", "Q4\n2025-26", "Q1\n2026-27", "Q2\n2026-27"}, Classes: scale5, AltText: "Heatmap."}
	for r := range c.Rows {
		var row []Cell
		for k := range c.Columns {
			v := 12 + (r*17+k*9)%45
			cell := Cell{min(max(v/10-1, 0), 4), fmt.Sprint(v, "%")}
			if (r+k)%6 == 5 {
				cell = Cell{5, "[c]"}
			}
			row = append(row, cell)
		}
		c.Cells = append(c.Cells, row)
	}
	return c
}

// pathway is four stages, with flows that are hidden, one of nobody, and stops that are small.
func pathway() Sankey {
	return Sankey{AltText: "Flow chart.",
		Stages: []Stage{{"Contact", []Stop{{"Police", "1,240"}, {"Health", "310"}, {"School or nursery", "190"}, {"Housing and others", "85"}}},
			{"Decision", []Stop{{"Referred to children's services", "940"}, {"Early help offered", "480"}, {"No further action", "405"}}},
			{"Support", []Stop{{"Assessed with specialist support", "610"}, {"Assessed without it", "330"}, {"Took up early help", "295"}}},
			{"Outcome", []Stop{{"Safer, with a plan", "720"}, {"Closed, no plan", "460"}, {"Returned within a year", "[c]"}}}},
		Flows: []Flow{{0, 0, 0, 640, "640"}, {0, 0, 1, 310, "310"}, {0, 0, 2, 290, "290"}, {0, 1, 0, 170, "170"}, {0, 1, 1, 90, "90"}, {0, 1, 2, 50, "50"},
			{0, 2, 0, 95, "95"}, {0, 2, 1, 60, "60"}, {0, 2, 2, 35, "35"}, {0, 3, 0, 35, "35"}, {0, 3, 1, gap, "[c]"}, {0, 3, 2, gap, "[c]"},
			{1, 0, 0, 610, "610"}, {1, 0, 1, 330, "330"}, {1, 1, 2, 295, "295"}, {1, 2, 2, 0, "0"},
			{2, 0, 0, 430, "430"}, {2, 0, 1, 160, "160"}, {2, 0, 2, gap, "[c]"}, {2, 1, 0, 140, "140"}, {2, 1, 1, 180, "180"}, {2, 1, 2, gap, "[c]"}, {2, 2, 0, 150, "150"}, {2, 2, 1, 120, "120"}, {2, 2, 2, 25, "25"}}}
}

// tiles is the seven districts roughly where they lie.
func tiles(hex bool) TileMap {
	at := [][2]int{{1, 1}, {3, 0}, {4, 1}, {0, 0}, {2, 0}, {3, 1}, {2, 2}}
	if hex {
		at = [][2]int{{0, 1}, {2, 1}, {3, 1}, {0, 0}, {1, 0}, {1, 1}, {1, 2}}
	}
	c := TileMap{Hex: hex, Classes: scale5, AltText: "Tile map."}
	for i, name := range districts {
		class := i % len(scale5)
		c.Tiles = append(c.Tiles, Tile{name, at[i][0], at[i][1], class, []string{"14%", "26%", "33%", "41%", "58%", "[c]"}[class]})
	}
	return c
}

// quiltSide is how many areas a quilt has along each side.
const quiltSide = 3

// quiltText is a GeoJSON of nine areas with crooked borders, the middle one with a hole, and
// a tenth, Z, on an island far smaller.
func quiltText() string {
	bend := func(u, v float64) string {
		return fmt.Sprintf("[%.4f,%.4f]", 1+u+.05*math.Sin(9*v)+.02*math.Sin(31*u), 52+.6*v+.03*math.Sin(11*u)+.01*math.Sin(37*v))
	}
	var features []string
	add := func(code, rings string) {
		features = append(features, `{"type":"Feature","properties":{"code":"`+code+`"},"geometry":{"type":"Polygon","coordinates":[`+rings+`]}}`)
	}
	ring := func(u, v, side float64, steps int) string {
		var points []string
		for _, leg := range [][4]float64{{0, 0, 1, 0}, {1, 0, 0, 1}, {1, 1, -1, 0}, {0, 1, 0, -1}} {
			for k := range steps {
				t := float64(k) / float64(steps)
				points = append(points, bend(u+side*(leg[0]+leg[2]*t), v+side*(leg[1]+leg[3]*t)))
			}
		}
		return "[" + strings.Join(append(points, points[0]), ",") + "]"
	}
	for r := range quiltSide {
		for k := range quiltSide {
			rings := ring(float64(k), float64(r), 1, 40)
			if r == 1 && k == 1 {
				rings += "," + ring(1.2, 1.2, .18, 4)
			}
			add(fmt.Sprintf("Q%d%d", r, k), rings)
		}
	}
	add("Z", ring(3.3, .4, .08, 4))
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
}

func quilt() *Boundaries {
	b, err := ReadBoundaries(strings.NewReader(quiltText()), "code")
	if err != nil {
		panic(err)
	}
	return b
}

func quiltAreas() []Area {
	var areas []Area
	for i := range quiltSide * quiltSide {
		class := i % len(scale5)
		areas = append(areas, Area{fmt.Sprintf("Q%d%d", i/quiltSide, i%quiltSide), []string{"Ash", "Breckland on the Wold and Holme", "Carr"}[i%3] + fmt.Sprint(" ", i+1), class, []string{"14%", "26%", "33%", "41%", "58%", "[c]"}[class]})
	}
	return append(areas, Area{"Z", "Small Isle", 4, "58%"})
}

// TestMadeUpKindsHoldTogether: a chart here that refers to nothing is a fault of the tests.
func TestMadeUpKindsHoldTogether(t *testing.T) {
	for name, c := range madeUpKinds() {
		if k, ok := c.(checked); ok {
			if err := k.check(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
