package dashboards

import (
	"errors"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"wherry/config"
	"wherry/queries"
)

// drawingsOf are the drawings of a page whose label begins so.
func drawingsOf(page, label string) []string {
	var all []string
	for _, svg := range regexp.MustCompile(`(?s)<svg class="chart.*?</svg>`).FindAllString(page, -1) {
		if strings.Contains(svg[:strings.IndexByte(svg, '>')], `aria-label="`+label) {
			all = append(all, svg)
		}
	}
	return all
}

// TestDistrictsOverTime: a panel and a line to each district, and on the page of districts the
// same drawings and no others.
func TestDistrictsOverTime(t *testing.T) {
	dir := written(t, madeUp("board"))
	page := read(t, dir, "measures", "rq1.html")
	section := part(t, page, `<h2 id="district-over-time">`, "</section>")
	holds(t, "the section", section, `<th scope="col" class="n">Oct to Dec 2024</th>`, `<th scope="col" class="n">Jul to Sep 2026</th>`, "to quarter by chance alone")
	if n := strings.Count(section, `<th scope="row">`); n != len(districtCodes) {
		t.Errorf("%d districts are in the table", n)
	}
	if n := len(drawingsOf(page, "Small multiples")); n != 3 {
		t.Errorf("the drawing stands at %d widths", n)
	}
	together := read(t, dir, "districts", "index.html")
	for _, kind := range []string{"Small multiples", "Tile map"} {
		found := drawingsOf(together, kind)
		if len(found) == 0 {
			t.Errorf("the page of districts has no %s", kind)
		}
		for _, svg := range found {
			if !strings.Contains(page+read(t, dir, "measures", "is1.html")+read(t, dir, "measures", "tr1.html")+read(t, dir, "measures", "sa2.html")+read(t, dir, "measures", "ma2.html"), svg) {
				t.Errorf("a %s is on no measure's page", kind)
			}
		}
	}
	if len(together) > 200<<10 {
		t.Errorf("the page of districts is %d bytes", len(together))
	}
}

// TestWhatIsNotComparedIsNotDrawn: no panels and no map where comparing is refused, where the
// definition changed, and where most is hidden.
func TestWhatIsNotComparedIsNotDrawn(t *testing.T) {
	s := madeUp("board")
	for i, f := range s.Results[1].Figures {
		if f.Area != s.Partnership.Area && i%3 != 0 {
			s.Results[1].Figures[i] = queries.Figure{Period: f.Period, Area: f.Area, State: queries.Suppressed}
		}
	}
	dir := written(t, s)
	for id, why := range map[string]string{"ma1": "comparing is refused", "ma2": "the definition changed", strings.ToLower(s.Results[1].Measure.ID): "most is hidden"} {
		if strings.Contains(read(t, dir, "measures", id+".html"), "district-over-time") {
			t.Errorf("%s has panels although %s", id, why)
		}
	}
	if got := drawingsOf(read(t, dir, "measures", "ma1.html"), "Tile map"); got != nil {
		t.Error("districts that are not compared are on a map")
	}
	s = madeUp("board")
	s.Partnership.Tiles = nil
	if strings.Contains(read(t, written(t, s), "measures", "rq1.html"), "Tile map") {
		t.Error("there is a map without places for its tiles")
	}
}

// TestHiddenDistrictsHaveNoShade: a district that is hidden has its mark and a dashed edge,
// however it would stand.
func TestHiddenDistrictsHaveNoShade(t *testing.T) {
	s := madeUp("board")
	r := s.Results[0]
	for i, f := range r.Figures {
		if f.Area == "E07000148" {
			r.Figures[i] = queries.Figure{Period: f.Period, Area: f.Area, State: queries.Suppressed}
		}
	}
	svgs := drawingsOf(read(t, written(t, s), "measures", "rq1.html"), "Tile map")
	if len(svgs) != 2 {
		t.Fatalf("there are %d maps", len(svgs))
	}
	for _, svg := range svgs {
		holds(t, "the map", svg, "<title>Norwich: [c]</title>", "Not shown: the mark says why")
		if !regexp.MustCompile(`stroke-dasharray="4 3"><title>Norwich: `).MatchString(svg) || regexp.MustCompile(`stroke-dasharray="4 3"><title>Breckland`).MatchString(svg) {
			t.Error("the shade of a hidden district is not that of what is hidden")
		}
	}
}

const square = `{"type":"Feature","properties":{"LAD":"%"},"geometry":{"type":"Polygon","coordinates":[[[0,52],[1,52],[1,53],[0,52]]]}}`

func TestFaultsOfBoundaries(t *testing.T) {
	p := &config.Partnership{Areas: []config.Area{{Code: "W"}, {Code: "A", Name: "West", Parent: "W"}}}
	collection := func(code string) string {
		return `{"type":"FeatureCollection","features":[` + strings.Replace(square, "%", code, 1) + `]}`
	}
	for _, c := range []struct{ file, text, want string }{
		{"", "", ""},
		{"a.geojson", collection("A"), ""},
		{"b.geojson", collection("A"), "cannot be opened"},
		{"../a.geojson", collection("A"), "must stand below config"},
		{"a.geojson", collection("B"), "there is no outline of West, A"},
		{"a.geojson", strings.Replace(collection("A"), "[0,52],[1,52]", "[600000,310000],[1,52]", 1), "ask for WGS84"},
		{"a.geojson", strings.Replace(collection("A"), "LAD", "code", 1), `property "LAD"`},
		{"a.geojson", "PK", "not GeoJSON"},
	} {
		p.Boundaries = config.Boundaries{File: c.file, Code: "LAD"}
		got, err := LoadBoundaries(fstest.MapFS{"a.geojson": {Data: []byte(c.text)}}, p)
		var problems config.Problems
		switch {
		case c.want == "" && (err != nil || (got == nil) != (c.file == "")):
			t.Errorf("%s: %v, %v", c.file, got, err)
		case c.want != "" && (!errors.As(err, &problems) || !strings.Contains(strings.ToLower(err.Error()), strings.ToLower(c.want)) || problems[0].File != "config/"+c.file || problems[0].Hint == ""):
			t.Errorf("%s: %v, want %q", c.file, err, c.want)
		}
	}
}

// TestMapWithinRealBoundaries draws the districts of the made-up site in their outlines.
func TestMapWithinRealBoundaries(t *testing.T) {
	folder := os.DirFS("/work/shared/data")
	const file = "districts-norfolk-hertfordshire.geojson"
	if _, err := fs.Stat(folder, file); err != nil {
		t.Skip(file + " is not there")
	}
	s := madeUp("board")
	s.Partnership.Boundaries = config.Boundaries{File: file, Code: "code"}
	s.Editorial = editorial(t)
	var err error
	if s.Editorial.Boundaries, err = LoadBoundaries(folder, s.Partnership); err != nil {
		t.Fatal(err)
	}
	page := read(t, written(t, s), "measures", "rq1.html")
	if n := len(drawingsOf(page, "Map. ")); n != 2 || strings.Contains(page, "Tile map") {
		t.Errorf("%d maps have outlines", n)
	}
}
