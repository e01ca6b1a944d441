package charts

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// geo is a file of one feature with a geometry.
func geo(geometry string) string {
	return `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"A"},"geometry":` + geometry + `}]}`
}

// TestBadBoundariesAreRefused: the file comes from outside, and each fault is named.
func TestBadBoundariesAreRefused(t *testing.T) {
	ring := `[[0,50],[1,50],[1,51],[0,50]]`
	many := strings.Repeat(`{"properties":{"code":"A"}},`, mostBoundaryAreas) + `{}`
	long := `[` + strings.Repeat(`[0,50],`, mostBoundaryPoints+1) + `[0,50]]`
	for want, text := range map[string]string{
		"is not GeoJSON":                    `code,name`,
		`is a GeoJSON "Topology"`:           `{"type":"Topology","objects":{}}`,
		"has no features":                   `{"type":"FeatureCollection","features":[]}`,
		"2000 are allowed":                  `{"type":"FeatureCollection","features":[` + many + `]}`,
		`no text in its property "code"`:    strings.Replace(geo(`{"type":"Polygon","coordinates":[`+ring+`]}`), `"code":"A"`, `"LAD24CD":"A"`, 1),
		"has no geometry":                   geo(`null`),
		`geometry is a "Point"`:             geo(`{"type":"Point","coordinates":[0,50]}`),
		"cannot be read":                    geo(`{"type":"Polygon","coordinates":[[["0","50"]]]}`),
		"a ring has 3 points":               geo(`{"type":"Polygon","coordinates":[[[0,50],[1,50],[0,50]]]}`),
		"does not end where it begins":      geo(`{"type":"Polygon","coordinates":[[[0,50],[1,50],[1,51],[0,51]]]}`),
		"a point has 1 numbers":             geo(`{"type":"Polygon","coordinates":[[[0],[1,50],[1,51],[0,50]]]}`),
		"are these eastings and northings?": geo(`{"type":"Polygon","coordinates":[[[623000,308000],[624000,308000],[624000,309000],[623000,308000]]]}`),
		"it has no points":                  geo(`{"type":"MultiPolygon","coordinates":[]}`),
		"number 1e999":                      geo(`{"type":"Polygon","coordinates":[[[1e999,50],[1,50],[1,51],[1e999,50]]]}`),
		"two features with the code":        `{"type":"FeatureCollection","features":[` + strings.Repeat(`{"properties":{"code":"A"},"geometry":{"type":"Polygon","coordinates":[`+ring+`]}},`, 2) + `{}]}`,
		"more than 100000 points":           geo(`{"type":"Polygon","coordinates":[` + long + `]}`),
		"larger than 16 MB":                 `{"type":"FeatureCollection","features":[` + strings.Repeat(" ", mostBoundaryBytes) + `]}`,
	} {
		if _, err := ReadBoundaries(strings.NewReader(text), "code"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %.200v, want an error that says %q", err, want)
		}
	}
}

// TestBoundariesAreDrawnAsText: a code or a name that is markup stays text.
func TestBoundariesAreDrawnAsText(t *testing.T) {
	name := `"><script>alert(1)</script>`
	text := strings.Replace(geo(`{"type":"Polygon","coordinates":[[[0,50],[1,50],[1,51],[0,50]]]}`), `"A"`, `"\"><script>"`, 1)
	b, err := ReadBoundaries(strings.NewReader(text), "code")
	if err != nil {
		t.Fatal(err)
	}
	svg := draw(t, newDrawer(t), Choropleth{Boundaries: b, Areas: []Area{{`"><script>`, name, 0, name}}, Classes: []Class{{name, Plain}}, AltText: name}, Mid)
	if strings.Contains(svg, "<script") {
		t.Error("a name became markup")
	}
}

// FuzzReadBoundaries: whatever a file holds, it is refused or drawn, in bounds and in numbers.
func FuzzReadBoundaries(f *testing.F) {
	f.Add(geo(`{"type":"Polygon","coordinates":[[[0,50],[1,50],[1,51],[0,50]]]}`))
	f.Add(geo(`{"type":"Polygon","coordinates":[[[0,50],[0,50],[0,50],[0,50]]]}`))
	f.Add(geo(`{"type":"MultiPolygon","coordinates":[[[[-180,-85],[180,-85],[180,85],[-180,-85]],[[0,0],[1,1],[0,1],[0,0]]],[[[0,50],[1e-300,50],[0,51],[0,50]]]]}`))
	f.Add(quiltText())
	f.Fuzz(func(t *testing.T, text string) {
		b, err := ReadBoundaries(strings.NewReader(text), "code")
		if err != nil {
			return
		}
		c := Choropleth{Boundaries: b, Classes: scale5, AltText: "Map."}
		for code := range b.areas {
			if len(c.Areas) < mostAreas {
				c.Areas = append(c.Areas, Area{code, "Norwich", len(c.Areas) % len(scale5), "1%"})
			}
		}
		if err := c.check(); err != nil {
			t.Fatal(err)
		}
		for _, s := range []Size{Wide, Narrow} {
			drawing := finish(nil, frame{}, c.place(s), attributes{})
			if strings.Contains(drawing, "NaN") || strings.Contains(drawing, "Inf") || len(drawing) > 1<<20 {
				t.Errorf("the map of %q at %d is %d bytes, or has what is no number", text, s, len(drawing))
			}
		}
	})
}

// TestNeighboursKeepOneBorder: however much is thinned, every stretch of an outline that two
// areas share is in both.
func TestNeighboursKeepOneBorder(t *testing.T) {
	c := Choropleth{Boundaries: quilt(), Areas: quiltAreas()}
	last := math.MaxInt
	for _, tolerance := range []float64{.1, 1, 5, 20} {
		var shapes [][]vertex
		for _, a := range c.Areas {
			var rings []vertex
			for _, v := range c.Boundaries.areas[a.Code] {
				rings = append(rings, vertex{v.x * 200, -v.y * 300, v.begins})
			}
			shapes = append(shapes, rings)
		}
		points, edges := 0, map[string]int{}
		for _, shape := range bordersOf(shapes).simplified(tolerance) {
			points += len(shape)
			for _, ring := range ringsOf(shape) {
				for i, v := range ring {
					next := ring[(i+1)%len(ring)]
					a, b := fmt.Sprint(v.x, v.y), fmt.Sprint(next.x, next.y)
					edges[min(a, b)+" "+max(a, b)]++
				}
			}
		}
		shared := 0
		for _, n := range edges {
			if n == 2 {
				shared++
			}
		}
		if shared < 12 || points >= last {
			t.Errorf("at a tolerance of %v there are %d points, and %d stretches are shared", tolerance, points, shared)
		}
		// Nine areas in a square have 12 borders with each other and 12 sides to the sea. The
		// island and the hole have some 20 stretches.
		if outer := len(edges) - shared; tolerance == 20 && (shared != 12 || outer > 12+20) {
			t.Errorf("%d stretches are shared and %d are not: borders came apart", shared, outer)
		}
		last = points
	}
}

// TestManyPointsAreThinned: a detailed file makes no larger a drawing than a plain one.
func TestManyPointsAreThinned(t *testing.T) {
	var points []string
	for i := range 60_000 {
		angle := 2 * math.Pi * float64(i) / 60_000
		r := .5 + .02*math.Sin(400*angle) + .002*math.Sin(9000*angle)
		points = append(points, fmt.Sprintf("[%.6f,%.6f]", 1+r*math.Cos(angle), 52+r*math.Sin(angle)))
	}
	b, err := ReadBoundaries(strings.NewReader(geo(`{"type":"Polygon","coordinates":[[`+strings.Join(append(points, points[0]), ",")+`]]}`)), "code")
	if err != nil {
		t.Fatal(err)
	}
	svg := draw(t, newDrawer(t), Choropleth{Boundaries: b, Areas: []Area{{"A", "A", 0, "1"}}, Classes: scale5, AltText: "Map."}, Wide)
	if len(svg) > 30<<10 {
		t.Errorf("the drawing is %d bytes", len(svg))
	}
}
