package charts

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"
)

// titledForm is a shape that says what it stands for: its path, its look, its words.
var titledForm = regexp.MustCompile(`<path d="([^"]*)"([^>]*)><title>([^<]*)</title>`)

// TestEveryAreaIsSaid: at every width each area of a map has one shape, whose title, ground
// and edge are those of its class, and its mark or value is in words.
func TestEveryAreaIsSaid(t *testing.T) {
	d := newDrawer(t)
	for _, c := range []Chart{tiles(false), tiles(true), Choropleth{Boundaries: quilt(), Areas: quiltAreas(), Classes: scale5, AltText: "Map."}} {
		type area struct {
			name, text string
			class      int
		}
		var areas []area
		switch k := c.(type) {
		case TileMap:
			for _, tile := range k.Tiles {
				areas = append(areas, area{tile.Name, tile.Text, tile.Class})
			}
		case Choropleth:
			for _, a := range k.Areas {
				areas = append(areas, area{a.Name, a.Text, a.Class})
			}
		}
		for _, s := range []Size{Wide, Mid, Narrow} {
			svg := draw(t, d, c, s)
			seen := map[string]string{}
			for _, m := range titledForm.FindAllStringSubmatch(svg, -1) {
				seen[strings.ReplaceAll(m[3], "&#39;", "'")] = m[2]
			}
			if len(seen) != len(areas) {
				t.Errorf("%T at %d has %d titled shapes, want %d", c, s, len(seen), len(areas))
			}
			for _, a := range areas {
				style, there := seen[titled(a.name, a.text, scale5[a.class])]
				l := looks[scale5[a.class].Shade]
				if !there || !strings.Contains(style, `fill="`+l.ground+`"`) || strings.Contains(style, "dash") != (l.dashes != "") {
					t.Errorf("%T at %d shows %s as %q", c, s, a.name, style)
				}
			}
			if n := strings.Count(svg, ">[c]</text>"); n == 0 {
				t.Errorf("%T at %d does not mark what is hidden", c, s)
			}
		}
	}
}

func TestMapsThatReferToNothingAreRefused(t *testing.T) {
	d := newDrawer(t)
	twice := tiles(false)
	twice.Tiles[1].Column, twice.Tiles[1].Row = twice.Tiles[0].Column, twice.Tiles[0].Row
	far := tiles(false)
	far.Tiles[1].Row = 1 << 30
	classless := tiles(true)
	classless.Tiles[2].Class = len(scale5)
	unknown := Choropleth{Boundaries: quilt(), Areas: []Area{{"E07000148", "Norwich", 0, "1%"}}, Classes: scale5}
	double := Choropleth{Boundaries: quilt(), Areas: append(quiltAreas(), quiltAreas()[0]), Classes: scale5}
	uneven := returns(3)
	uneven.Cells[1] = uneven.Cells[1][:2]
	short := multiplesOfDistricts()
	short.Panels[1].Points = short.Panels[1].Points[1:]
	for want, c := range map[string]Chart{
		"are both at":               twice,
		"they go from 0":            far,
		"is of class 6":             classless,
		"no boundary of E07000148":  unknown,
		"is on a map twice":         double,
		"has 2 cells and there are": uneven,
		"panels share their slots":  short,
	} {
		if _, err := d.Draw(c, "x"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error that says %q", err, want)
		}
	}
}

// TestCellsStandInTheirClass: the words of each cell of a heatmap lie in the shape of its
// class, at every width, and no shape has a cell more.
func TestCellsStandInTheirClass(t *testing.T) {
	for name, c := range map[string]Heatmap{"returns": returns(26), "shares": shares()} {
		for _, s := range []Size{Wide, Mid, Narrow} {
			f := c.place(s)
			cells := map[string]int{}
			for _, row := range c.Cells {
				for _, cell := range row {
					cells[looks[c.Classes[cell.Class].Shade].words+"|"+cell.Text]++
				}
			}
			boxes := 0
			for _, shape := range f.under {
				boxes += strings.Count(shape[:strings.IndexByte(shape, '>')], "M")
			}
			if want := len(c.Rows) * len(c.Columns); boxes != want {
				t.Errorf("%s at %d has %d cells, want %d", name, s, boxes, want)
			}
			for _, w := range f.words {
				cells[w.ink+"|"+w.s]--
			}
			for cell, n := range cells {
				if n > 0 {
					t.Errorf("%s at %d leaves out %d cells that say %s", name, s, n, cell)
				}
			}
		}
	}
}

// TestStrokesStayInTheirShape: every stroke of a hatch lies within its rings and off their
// holes.
func TestStrokesStayInTheirShape(t *testing.T) {
	rings := append(oblong(box{10, 10, 90, 70}), oblong(box{30, 30, 60, 50})...)
	rings = append(rings, hexagon(150, 40, 50)...)
	for _, falling := range []bool{false, true} {
		lines := hatch(rings, 7, falling)
		if len(lines) < 40 || len(lines)%2 != 0 {
			t.Fatalf("there are %d ends of strokes", len(lines))
		}
		for i := 0; i < len(lines); i += 2 {
			for _, at := range []float64{.01, .5, .99} {
				x, y := lines[i].x+(lines[i+1].x-lines[i].x)*at, lines[i].y+(lines[i+1].y-lines[i].y)*at
				if !holds(ringsOf(rings), box{x, y, x, y}) {
					t.Errorf("a stroke is at %.1f, %.1f, outside its shape", x, y)
				}
			}
			if slope := (lines[i+1].y - lines[i].y) / (lines[i+1].x - lines[i].x); math.Abs(slope) > 1e-9 && (slope > 0) != falling {
				t.Errorf("a stroke goes the wrong way: %v", slope)
			}
		}
	}
}

// TestRealBoundaries draws seven real districts.
func TestRealBoundaries(t *testing.T) {
	file, err := os.Open("/work/shared/data/districts-norfolk-hertfordshire.geojson")
	if err != nil {
		t.Skip("districts-norfolk-hertfordshire.geojson is not there")
	}
	defer file.Close()
	b, err := ReadBoundaries(file, "code")
	if err != nil {
		t.Fatal(err)
	}
	if b.Codes() != 17 {
		t.Errorf("there are %d areas, want 17", b.Codes())
	}
	c := Choropleth{Boundaries: b, Classes: scale5, AltText: "Map."}
	for i, name := range districts {
		c.Areas = append(c.Areas, Area{fmt.Sprintf("E0700014%d", 3+i), name, i % 6, "1%"})
	}
	d := newDrawer(t)
	for _, s := range []Size{Wide, Mid, Narrow} {
		svg := draw(t, d, c, s)
		if len(svg) > 20<<10 {
			t.Errorf("at %d the map is %d bytes", s, len(svg))
		}
		keptApart(t, fmt.Sprint("the map of Norfolk at ", s), c.place(s))
	}
}
