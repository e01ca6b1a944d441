package charts

import "math"

// corner is a vertex on the grid that outlines are drawn on, in tenths of a unit: the same
// point of two areas is the same corner.
type corner struct{ x, y int }

func cornerOf(v vertex) corner {
	return corner{int(math.Round(v.x * 10)), int(math.Round(v.y * 10))}
}

func (c corner) vertex() vertex { return vertex{float64(c.x) / 10, float64(c.y) / 10, false} }

// straight is the line between two corners, the first of them first.
type straight struct{ a, b corner }

func straightOf(a, b corner) straight {
	if before(b, a) {
		a, b = b, a
	}
	return straight{a, b}
}

// before puts corners in an order that does not depend on where a ring begins.
func before(a, b corner) bool { return a.x < b.x || a.x == b.x && a.y < b.y }

// borders are the rings of several areas on the grid, and whose each straight piece is: bit i
// is that of area i. There are no more than mostAreas, so the bits suffice.
type borders struct {
	areas [][][]corner
	of    map[straight]uint64
}

// bordersOf puts the rings of areas, in units of the drawing, on the grid.
func bordersOf(areas [][]vertex) borders {
	b := borders{make([][][]corner, len(areas)), map[straight]uint64{}}
	for i, area := range areas {
		for _, r := range ringsOf(area) {
			ring := corners(r)
			b.areas[i] = append(b.areas[i], ring)
			for k, c := range ring {
				b.of[straightOf(c, ring[(k+1)%len(ring)])] |= 1 << i
			}
		}
	}
	return b
}

// simplified takes out the points that move an outline by less than tolerance. Neighbours
// keep one border between them: an outline is cut where it comes to border on
// another area, and each piece is thinned the same way whichever area it is of. A ring that comes out with fewer than three
// points is left out, unless it is the largest of its area.
func (b borders) simplified(tolerance float64) [][]vertex {
	out := make([][]vertex, len(b.areas))
	for i, rings := range b.areas {
		for k, ring := range rings {
			thin := b.thinned(ring, tolerance*10)
			if len(thin) < 3 {
				if k != largest(rings) {
					continue
				}
				thin = ring
			}
			for n, c := range thin {
				v := c.vertex()
				v.begins = n == 0
				out[i] = append(out[i], v)
			}
		}
	}
	return out
}

// largest is which of some rings holds most.
func largest(rings [][]corner) int {
	best, most := 0, -1.0
	for k, ring := range rings {
		vs := make([]vertex, len(ring))
		for i, c := range ring {
			vs[i] = c.vertex()
		}
		if size := math.Abs(turning(vs)); size > most {
			best, most = k, size
		}
	}
	return best
}

// corners puts a ring on the grid, each corner once.
func corners(ring []vertex) []corner {
	var cs []corner
	for _, v := range ring {
		if c := cornerOf(v); len(cs) == 0 || c != cs[len(cs)-1] {
			cs = append(cs, c)
		}
	}
	for len(cs) > 1 && cs[0] == cs[len(cs)-1] {
		cs = cs[:len(cs)-1]
	}
	return cs
}

// thinned is a ring piece by piece, from one corner where its neighbour changes to the next.
func (b borders) thinned(ring []corner, tolerance float64) []corner {
	var cuts []int
	for k, c := range ring {
		last, next := ring[(k+len(ring)-1)%len(ring)], ring[(k+1)%len(ring)]
		if b.of[straightOf(last, c)] != b.of[straightOf(c, next)] {
			cuts = append(cuts, k)
		}
	}
	if len(cuts) == 0 { // an island, or an area within one other
		cuts = ends(ring)
	}
	var out []corner
	for n, from := range cuts {
		to := cuts[(n+1)%len(cuts)]
		if to <= from {
			to += len(ring)
		}
		var piece []corner
		for k := from; k <= to; k++ {
			piece = append(piece, ring[k%len(ring)])
		}
		piece = thinnedPiece(piece, tolerance)
		out = append(out, piece[:len(piece)-1]...)
	}
	return out
}

// ends are two corners far apart: the first from the left, and the one farthest from it.
func ends(ring []corner) []int {
	first, far := 0, 0
	for k, c := range ring {
		if before(c, ring[first]) {
			first = k
		}
	}
	for k, c := range ring {
		d, most := away(c, ring[first]), away(ring[far], ring[first])
		if d > most || d == most && before(c, ring[far]) {
			far = k
		}
	}
	if first == far {
		return []int{first}
	}
	return []int{min(first, far), max(first, far)}
}

func away(a, b corner) float64 { return math.Hypot(float64(a.x-b.x), float64(a.y-b.y)) }

// thinnedPiece is Douglas and Peucker's: the point farthest from the straight line is kept
// where it is beyond the tolerance, and then both sides in turn. It goes from the end that
// comes first, so a border is thinned alike from both sides.
func thinnedPiece(piece []corner, tolerance float64) []corner {
	first, last := piece[0], piece[len(piece)-1]
	backward := before(last, first)
	if backward {
		piece = turned(piece)
	}
	keep := make([]bool, len(piece))
	keep[0], keep[len(piece)-1] = true, true
	spans := [][2]int{{0, len(piece) - 1}}
	for len(spans) > 0 {
		s := spans[len(spans)-1]
		spans = spans[:len(spans)-1]
		at, most := 0, tolerance
		for k := s[0] + 1; k < s[1]; k++ {
			if d := offLine(piece[k], piece[s[0]], piece[s[1]]); d > most {
				at, most = k, d
			}
		}
		if at > 0 {
			keep[at] = true
			spans = append(spans, [2]int{s[0], at}, [2]int{at, s[1]})
		}
	}
	var out []corner
	for k, c := range piece {
		if keep[k] {
			out = append(out, c)
		}
	}
	if backward {
		out = turned(out)
	}
	return out
}

func turned(cs []corner) []corner {
	out := make([]corner, len(cs))
	for i, c := range cs {
		out[len(cs)-1-i] = c
	}
	return out
}

// offLine is how far c lies from the stretch from a to b.
func offLine(c, a, b corner) float64 {
	dx, dy := float64(b.x-a.x), float64(b.y-a.y)
	if dx == 0 && dy == 0 {
		return away(c, a)
	}
	t := (float64(c.x-a.x)*dx + float64(c.y-a.y)*dy) / (dx*dx + dy*dy)
	t = math.Min(1, math.Max(0, t))
	return math.Hypot(float64(c.x-a.x)-t*dx, float64(c.y-a.y)-t*dy)
}
