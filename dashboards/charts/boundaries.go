package charts

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
)

// What a file of boundaries may hold. A file beyond this is refused, not cut.
const (
	mostBoundaryBytes  = 16 << 20
	mostBoundaryAreas  = 2000
	mostBoundaryPoints = 100_000
)

// Boundaries are the outlines of areas, by code, from a GeoJSON file.
type Boundaries struct {
	areas map[string][]vertex // rings in degrees: x east, y north
}

// Codes is how many areas there are outlines of.
func (b *Boundaries) Codes() int { return len(b.areas) }

// Has says whether there is an outline of an area.
func (b *Boundaries) Has(code string) bool { return b.areas[code] != nil }

// ReadBoundaries reads a GeoJSON FeatureCollection of polygons in longitude and latitude
// (WGS84, as RFC 7946 asks), whose features have their area's code in a property of the given
// name ("code", "LAD24CD"). The file comes from outside: one that is too large, is of another
// kind, or has a point that is not on the globe is refused with the feature that is wrong.
func ReadBoundaries(r io.Reader, property string) (*Boundaries, error) {
	raw, err := io.ReadAll(io.LimitReader(r, mostBoundaryBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading boundaries: %w", err)
	}
	if len(raw) > mostBoundaryBytes {
		return nil, fmt.Errorf("reading boundaries: the file is larger than %d MB: ask for ultra generalised boundaries", mostBoundaryBytes>>20)
	}
	var file struct {
		Type     string    `json:"type"`
		Features []feature `json:"features"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, fmt.Errorf("reading boundaries: the file is not GeoJSON: %w", err)
	}
	switch {
	case file.Type != "FeatureCollection":
		return nil, fmt.Errorf("reading boundaries: the file is a GeoJSON %.40q, and a FeatureCollection is needed", file.Type)
	case len(file.Features) == 0:
		return nil, errors.New("reading boundaries: the file has no features")
	case len(file.Features) > mostBoundaryAreas:
		return nil, fmt.Errorf("reading boundaries: the file has %d features, and %d are allowed", len(file.Features), mostBoundaryAreas)
	}
	b := &Boundaries{areas: map[string][]vertex{}}
	points := 0
	for i, f := range file.Features {
		code, ok := f.Properties[property].(string)
		if !ok || code == "" {
			return nil, fmt.Errorf("reading boundaries: feature %d has no text in its property %q", i+1, property)
		}
		if b.Has(code) {
			return nil, fmt.Errorf("reading boundaries: there are two features with the code %.40q", code)
		}
		rings, err := f.rings()
		if err != nil {
			return nil, fmt.Errorf("reading boundaries: feature %d, %.40q: %w", i+1, code, err)
		}
		if points += len(rings); points > mostBoundaryPoints {
			return nil, fmt.Errorf("reading boundaries: the file has more than %d points: ask for ultra generalised boundaries", mostBoundaryPoints)
		}
		b.areas[code] = rings
	}
	return b, nil
}

type feature struct {
	Properties map[string]any `json:"properties"`
	Geometry   *struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	} `json:"geometry"`
}

// rings are the rings of a feature's polygons, outer ones turning one way and holes the
// other, so that a plain fill leaves holes open.
func (f feature) rings() ([]vertex, error) {
	if f.Geometry == nil {
		return nil, errors.New("it has no geometry")
	}
	var polygons [][][][]float64
	var err error
	switch f.Geometry.Type {
	case "Polygon":
		polygons = make([][][][]float64, 1)
		err = json.Unmarshal(f.Geometry.Coordinates, &polygons[0])
	case "MultiPolygon":
		err = json.Unmarshal(f.Geometry.Coordinates, &polygons)
	default:
		return nil, fmt.Errorf("its geometry is a %.40q, and a Polygon or MultiPolygon is needed", f.Geometry.Type)
	}
	if err != nil {
		return nil, fmt.Errorf("its coordinates cannot be read: %w", err)
	}
	var all []vertex
	for _, polygon := range polygons {
		for k, points := range polygon {
			ring, err := ringOf(points)
			if err != nil {
				return nil, err
			}
			if hole := k > 0; (turning(ring) < 0) != hole {
				ring = reversed(ring)
			}
			all = append(all, ring...)
		}
	}
	if len(all) == 0 {
		return nil, errors.New("it has no points")
	}
	return all, nil
}

// ringOf is a ring of positions without the last, which repeats the first.
func ringOf(points [][]float64) ([]vertex, error) {
	if len(points) < 4 {
		return nil, fmt.Errorf("a ring has %d points, and 4 are needed", len(points))
	}
	ring := make([]vertex, len(points))
	for i, p := range points {
		if len(p) < 2 {
			return nil, fmt.Errorf("a point has %d numbers, and 2 are needed", len(p))
		}
		if math.Abs(p[0]) > 180 || math.Abs(p[1]) > 85 {
			return nil, fmt.Errorf("a point is at %v, %v, which is no longitude and latitude: are these eastings and northings? Ask for WGS84", p[0], p[1])
		}
		ring[i] = vertex{p[0], p[1], i == 0}
	}
	if first, last := ring[0], ring[len(ring)-1]; first.x != last.x || first.y != last.y {
		return nil, errors.New("a ring does not end where it begins")
	}
	return ring[:len(ring)-1], nil
}

// turning is twice the area of a ring; its sign says which way the ring turns.
func turning(ring []vertex) float64 {
	sum := 0.0
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		sum += a.x*b.y - b.x*a.y
	}
	return sum
}

func reversed(ring []vertex) []vertex {
	out := make([]vertex, len(ring))
	for i, v := range ring {
		out[len(ring)-1-i] = vertex{v.x, v.y, i == len(ring)-1}
	}
	return out
}
