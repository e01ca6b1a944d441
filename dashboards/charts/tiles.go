package charts

import (
	"fmt"
	"math"
)

// Tile is one area of a TileMap.
type Tile struct {
	Name        string
	Column, Row int    // its place on the grid, from 0 at the top left
	Class       int    // which of the classes
	Text        string // "41%", or the mark of a gap: "[c]"
}

// TileMap is a rough map: a tile of one size for each area, so that a large area does not
// weigh more than a small one, placed roughly where it lies. Where the words do not fit in
// the tiles it is a list, in the order given. AltText begins "Tile map".
type TileMap struct {
	Tiles   []Tile
	Hex     bool // tiles have six sides, and every odd row stands half a tile to the right
	Classes []Class
	AltText string
}

// Alt implements Chart.
func (c TileMap) Alt() string { return c.AltText }

func (c TileMap) option(frame) (tree, error) { return nil, nil }

// mostTiles bounds rows and columns.
const mostTiles = 60

func (c TileMap) check() error {
	at := map[[2]int]string{}
	for _, t := range c.Tiles {
		place := [2]int{t.Column, t.Row}
		if other, taken := at[place]; taken {
			return fmt.Errorf("%s and %s are both at column %d, row %d of a tile map", other, t.Name, t.Column, t.Row)
		}
		if min(t.Column, t.Row) < 0 || max(t.Column, t.Row) >= mostTiles {
			return fmt.Errorf("%s is at column %d, row %d of a tile map: they go from 0 to %d", t.Name, t.Column, t.Row, mostTiles-1)
		}
		if err := classed(c.Classes, t.Class, t.Name); err != nil {
			return err
		}
		at[place] = t.Name
	}
	return nil
}

func (c TileMap) place(size Size) frame {
	f := frame{w: float64(size), font: fonts[size] - 1, mark: 1, thick: 1}
	top := f.legend(c.Classes) + 8
	tiles, ok := c.tiles(f, top)
	if !ok {
		c.list(&f, top)
		return f
	}
	for i, t := range c.Tiles {
		ring := tiles[i]
		middle := bounds(ring)
		lines := c.lines(f, t, ring)
		x, y := (middle.x1+middle.x2)/2, (middle.y1+middle.y2)/2
		tall := float64(len(lines)+1) * f.font * 1.15
		var words []text
		for k, line := range append(lines, t.Text) {
			word := text{s: line, x: x, y: y - tall/2 + (float64(k)+.5)*f.font*1.15, size: f.font, align: "middle", bold: k == len(lines)}
			words = append(words, lookOf(c.Classes, t.Class).on(word))
		}
		f.under = append(f.under, lookOf(c.Classes, t.Class).shape(ring, t.title(c.Classes), words...))
		f.words = append(f.words, words...)
		f.h = math.Max(f.h, math.Ceil(middle.y2+1))
	}
	return f
}

// title says what a tile stands for.
func (t Tile) title(classes []Class) string {
	return titled(t.Name, t.Text, classes[t.Class])
}

// titled is the words of a shape that stands for one area: "Norwich: 41%, 35% and over".
func titled(name, value string, c Class) string {
	if c.Shade == Withheld {
		return name + ": " + value
	}
	return name + ": " + value + ", " + c.Name
}

// widestTile keeps a map of few tiles from growing out of hand.
const widestTile = 150.0

// tiles are the rings of the tiles under top; not ok where words do not fit in them.
func (c TileMap) tiles(f frame, top float64) ([][]vertex, bool) {
	columns, half := 1.0, 0.0
	for _, t := range c.Tiles {
		columns = math.Max(columns, float64(t.Column+1))
		if c.Hex && t.Row%2 == 1 {
			half = .5
		}
	}
	side := math.Min((f.w-1)/(columns+half), widestTile)
	rings := make([][]vertex, len(c.Tiles))
	for i, t := range c.Tiles {
		x, y := .5+float64(t.Column)*side, top+.5
		if c.Hex {
			rings[i] = hexagon(x+.5*side*float64(1+t.Row%2), y+side*(.577+.866*float64(t.Row)), side-3)
		} else {
			y += float64(t.Row) * side * .72
			rings[i] = oblong(box{x, y, x + side - 4, y + side*.72 - 4})
		}
		lines, room := c.lines(f, t, rings[i]), within(rings[i], c.Hex)
		for k, line := range append(lines, t.Text) {
			if width(line, f.font, k == len(lines)) > room {
				return nil, false
			}
		}
		tall := side * .72
		if c.Hex {
			tall = side * .75
		}
		if float64(len(lines)+1)*f.font*1.15 > tall-10 {
			return nil, false
		}
	}
	return rings, true
}

// lines is the name of a tile in lines of about one length.
func (c TileMap) lines(f frame, t Tile, ring []vertex) []string {
	return balanced(t.Name, f.font, max(1, len(wrap(t.Name, f.font, within(ring, c.Hex)))))
}

// within is how wide words in a tile may be: at the middle of a hexagon's upright sides.
func within(ring []vertex, hex bool) float64 {
	b := bounds(ring)
	if hex {
		return (b.x2-b.x1)*.86 - 6
	}
	return b.x2 - b.x1 - 10
}

// hexagon stands on a corner; wide is from one upright side to the other.
func hexagon(x, y, wide float64) []vertex {
	var ring []vertex
	for k := range 6 {
		angle := math.Pi/6 + float64(k)*math.Pi/3
		ring = append(ring, vertex{x + wide/math.Sqrt(3)*math.Cos(angle), y + wide/math.Sqrt(3)*math.Sin(angle), k == 0})
	}
	return ring
}

// bounds is the box around some vertices.
func bounds(vs []vertex) box {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, v := range vs {
		b = box{math.Min(b.x1, v.x), math.Min(b.y1, v.y), math.Max(b.x2, v.x), math.Max(b.y2, v.y)}
	}
	return b
}

// list is the map where it has no room: a line to an area.
func (c TileMap) list(f *frame, top float64) {
	const pitch = 27
	y := top + pitch/2
	for _, t := range c.Tiles {
		f.under = append(f.under, lookOf(c.Classes, t.Class).shape(oblong(box{.5, y - swatchHigh/2, .5 + swatchWide, y + swatchHigh/2}), t.title(c.Classes)))
		right := math.Min(f.w, keyWide) - 2
		f.words = append(f.words, text{t.Text, right, y, f.font, "right", true, Ink, false})
		for k, line := range wrap(t.Name, f.font, right-swatchWide-24-width(t.Text, f.font, true)) {
			if k > 0 {
				y += f.font * 1.3
			}
			f.words = append(f.words, text{line, swatchWide + 9, y, f.font, "left", false, Ink, false})
		}
		y += pitch
	}
	f.h = math.Ceil(y - pitch/2)
}
