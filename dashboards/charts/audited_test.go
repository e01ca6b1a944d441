package charts

import (
	"fmt"
	"html"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wherry/pipelines/audit"
)

// printed is a measure as its data file has it: a percentage for each of seven districts in
// each of four quarters; NaN for a hidden one.
type printed [7][4]float64

var fine = printed{{14, 26, 33, 41}, {26, 31, 33, 22}, {33, gap, gap, 30}, {41, gap, 44, gap}, {58, 52, 51, 47}, {gap, gap, gap, gap}, {14, 21, 18, 24}}

var quarterDates = [4][2]string{{"2025-10-01", "2025-12-31"}, {"2026-01-01", "2026-03-31"}, {"2026-04-01", "2026-06-30"}, {"2026-07-01", "2026-09-30"}}

// drawingFaults writes an edition with one drawing beside one table, and gives what the
// auditor says of drawings.
func drawingFaults(t *testing.T, svg, table string) []string {
	t.Helper()
	root := t.TempDir()
	put := func(name, text string) {
		path := filepath.Join(root, "board", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("data/catalogue.json", `{"audience":"board","hide_up_to":5,"round_to":1,"min_base":6,"area":"W","measures":[{"id":"M1","kind":"proportion","unit":"percent","protects":"people","breakdowns":["kind"]}]}`)
	lines := []string{"measure,period,period_kind,period_start,period_end,area,area_name,breakdown,category,value,unit,low,high,numerator,base,marker_value,marker_base"}
	row := func(q int, area, name string, v float64) {
		shown, mark := ",percent,,,,", "c"
		if !math.IsNaN(v) {
			shown, mark = fmt.Sprintf("%v,percent,%v,%v,%v,100", v, v-5, v+5, v), ""
		}
		lines = append(lines, strings.Join([]string{"M1,quarter from " + quarterDates[q][0] + ",quarter", quarterDates[q][0], quarterDates[q][1], area, name, ",", shown, mark, mark}, ","))
	}
	for q := range 4 {
		row(q, "W", "The whole", 35)
		for i, name := range districts {
			row(q, fmt.Sprint("D", i), name, fine[i][q])
		}
	}
	put("data/m1.csv", strings.Join(lines, "\n")+"\n")
	put("measures/m1.html", `<html><body><section><h2 id="part">Part</h2><p class="subtitle">What, W, July to September 2026</p>`+table+svg+`</section></body></html>`)
	r, err := audit.Edition(root)
	if err != nil {
		t.Fatal(err)
	}
	var faults []string
	for _, f := range r.Findings {
		if f.Rule == audit.RuleDrawing {
			faults = append(faults, f.String())
		}
	}
	return faults
}

// tableOf is a table of rows of words, whose first line is heads.
func tableOf(rows ...[]string) string {
	var b strings.Builder
	b.WriteString(`<table class="data">`)
	for n, row := range rows {
		b.WriteString("<tr>")
		for i, cell := range row {
			switch {
			case n == 0:
				b.WriteString(`<th scope="col">`)
			case i == 0:
				b.WriteString(`<th scope="row">`)
			default:
				b.WriteString("<td>")
			}
			b.WriteString(html.EscapeString(cell))
		}
	}
	return b.String() + "</table>"
}

// said is a number of the data as a page prints it.
func said(v float64) string {
	if math.IsNaN(v) {
		return "[c]"
	}
	return percent(v)
}

// latestTable is the table of districts in the last quarter.
func latestTable() string {
	rows := [][]string{{"District", "Percentage"}}
	for i, name := range districts {
		rows = append(rows, []string{name, said(fine[i][3])})
	}
	return tableOf(rows...)
}

// bandOf is the class of a value.
func bandOf(v float64) int {
	if math.IsNaN(v) {
		return 5
	}
	return min(max(int(v)/10-1, 0), 4)
}

// panelsOf, tilesOf, mapOf and cellsOf draw what is printed; a test plants a leak in them.
func panelsOf(p printed) SmallMultiples {
	c := SmallMultiples{Ceiling: 100, Unit: percent, AltText: "Small multiples of districts."}
	for i, name := range districts {
		panel := Panel{Name: name}
		for q, axis := range []string{"Q3\n2025-26", "Q4\n2025-26", "Q1\n2026-27", "Q2\n2026-27"} {
			point := Point{Axis: axis, Name: strings.ReplaceAll(axis, "\n", " "), Value: p[i][q], Text: said(p[i][q])}
			if math.IsNaN(point.Value) {
				point.Gap, point.Text = "[c]", ""
			}
			panel.Points = append(panel.Points, point)
		}
		c.Panels = append(c.Panels, panel)
	}
	return c
}

func tilesOf(p printed) TileMap {
	c := tiles(false)
	for i := range c.Tiles {
		c.Tiles[i].Class, c.Tiles[i].Text = bandOf(p[i][3]), said(p[i][3])
	}
	c.AltText = "Tile map of districts."
	return c
}

func mapOf(p printed) Choropleth {
	c := Choropleth{Boundaries: quilt(), Classes: scale5, AltText: "Map of districts."}
	for i, name := range districts {
		c.Areas = append(c.Areas, Area{fmt.Sprintf("Q%d%d", i/quiltSide, i%quiltSide), name, bandOf(p[i][3]), said(p[i][3])})
	}
	return c
}

func cellsOf(p printed) Heatmap {
	c := shares()
	for i := range c.Rows {
		for q := range c.Columns {
			c.Cells[i][q] = Cell{bandOf(p[i][q]), said(p[i][q])}
		}
	}
	c.AltText = "Heatmap of districts by quarter."
	return c
}

// allTable prints all quarters of all districts.
func allTable() string {
	rows := [][]string{{"Kind", "Q3", "Q4", "Q1", "Q2"}}
	for i, name := range districts {
		row := []string{name}
		for q := range 4 {
			row = append(row, said(fine[i][q]))
		}
		rows = append(rows, row)
	}
	return tableOf(rows...)
}

// flowTable prints the flows of a pathway, and its stops.
func flowTable(c Sankey) string {
	rows := [][]string{{"Kind", "To", "People"}}
	for _, w := range c.Flows {
		rows = append(rows, []string{c.from(w).Name, c.to(w).Name, w.Text})
	}
	for _, s := range c.Stages {
		for _, stop := range s.Stops {
			rows = append(rows, []string{stop.Name, "", stop.Text})
		}
	}
	return tableOf(rows...)
}

func stackTable(c Stacked) string {
	rows := [][]string{{"Kind", "A", "B", "C", "D", "E", "All"}}
	for _, s := range c.Stacks {
		rows = append(rows, append(append([]string{s.Name}, s.Texts...), s.Text))
	}
	return tableOf(rows...)
}

func bulletTable(c Bullet) string {
	rows := [][]string{{"Kind", "In use"}}
	for _, s := range c.Services {
		rows = append(rows, []string{s.Name, s.Text})
	}
	return tableOf(rows...)
}

// TestTheAuditorReadsDrawings: it understands every kind at every width as they are drawn.
func TestTheAuditorReadsDrawings(t *testing.T) {
	d := newDrawer(t)
	flow, stack, room := pathway(), madeUpKinds()["stacked"].(Stacked), madeUpKinds()["bullet"].(Bullet)
	for name, c := range map[string]struct {
		chart Chart
		table string
	}{
		"small multiples": {panelsOf(fine), latestTable()}, "tile map": {tilesOf(fine), latestTable()}, "map": {mapOf(fine), latestTable()}, "heatmap": {cellsOf(fine), allTable()},
		"sankey": {flow, flowTable(flow)}, "stacked": {stack, stackTable(stack)}, "bullet": {room, bulletTable(room)},
	} {
		for _, s := range []Size{Wide, Mid, Narrow} {
			for _, f := range drawingFaults(t, draw(t, d, c.chart, s), c.table) {
				t.Errorf("%s at %d: %s", name, s, f)
			}
		}
	}
}

// TestTheAuditorSeesLeaks draws in each kind what is hidden, at every width.
func TestTheAuditorSeesLeaks(t *testing.T) {
	d := newDrawer(t)
	leaky := fine
	leaky[2][1], leaky[5][3] = 27, 12
	line := panelsOf(fine) // the mark of a gap stays, and the point is drawn
	line.Panels[5].Points[3].Value = 12
	dark := tilesOf(fine)
	dark.Tiles[5].Class = 0
	shaded := mapOf(fine)
	shaded.Areas[5].Class = 2
	cell := cellsOf(fine)
	cell.Cells[5][0].Class = 1
	flow := pathway()
	thick := pathway()
	i := slices.IndexFunc(thick.Flows, func(w Flow) bool { return math.IsNaN(w.Value) })
	thick.Flows[i].Value = 24
	stack, longer := madeUpKinds()["stacked"].(Stacked), madeUpKinds()["stacked"].(Stacked)
	longer.Stacks = slices.Clone(longer.Stacks)
	longer.Stacks[1].Values = []float64{30, 35, 20, 9, gap}
	room, used := madeUpKinds()["bullet"].(Bullet), madeUpKinds()["bullet"].(Bullet)
	used.Services = slices.Clone(used.Services)
	used.Services[2].Value = 8
	for name, c := range map[string]struct {
		chart Chart
		table string
	}{
		"points of hidden quarters": {panelsOf(leaky), latestTable()}, "a point over its mark": {line, latestTable()},
		"a tile that says": {tilesOf(leaky), latestTable()}, "a tile that is shaded": {dark, latestTable()},
		"an area that says": {mapOf(leaky), latestTable()}, "an area that is shaded": {shaded, latestTable()},
		"a cell that says": {cellsOf(leaky), allTable()}, "a cell that is shaded": {cell, allTable()},
		"a flow as thick as it is": {thick, flowTable(flow)}, "a part as long as it is": {longer, stackTable(stack)}, "a hidden use": {used, bulletTable(room)},
	} {
		for _, s := range []Size{Wide, Mid, Narrow} {
			if len(drawingFaults(t, draw(t, d, c.chart, s), c.table)) == 0 {
				t.Errorf("%s at %d is not seen", name, s)
			}
		}
	}
}
