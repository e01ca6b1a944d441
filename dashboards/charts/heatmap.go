package charts

import (
	"fmt"
	"math"
	"strings"
)

// Cell is one place of a Heatmap.
type Cell struct {
	Class int    // which of the classes
	Text  string // what stands in it: "98%", "L", "[c]"
}

// Heatmap is a table of classes, agencies by months, say: each cell has a shade, and in it a
// letter or a value, so that nothing rests on colour. Rows and columns stand as given. Where
// not all columns fit side by side, the rest stand below. A hundred cells take some 25 KB at
// each width. AltText begins "Heatmap". It is drawn without ECharts, whose cells hold no
// strokes.
type Heatmap struct {
	Rows    []string
	Columns []string // first and second line parted by a line feed: "Oct\n2024"
	Cells   [][]Cell // a line to each row, a cell to each column
	Classes []Class
	AltText string
}

// Alt implements Chart.
func (c Heatmap) Alt() string { return c.AltText }

func (c Heatmap) option(frame) (tree, error) { return nil, nil }

func (c Heatmap) check() error {
	if len(c.Cells) != len(c.Rows) {
		return fmt.Errorf("a heatmap has %d names of rows and %d rows", len(c.Rows), len(c.Cells))
	}
	for i, row := range c.Cells {
		if len(row) != len(c.Columns) {
			return fmt.Errorf("row %s of a heatmap has %d cells and there are %d columns", c.Rows[i], len(row), len(c.Columns))
		}
		for _, cell := range row {
			if err := classed(c.Classes, cell.Class, c.Rows[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// classed is an error where class i of something is not among the classes.
func classed(classes []Class, i int, of string) error {
	if i < 0 || i >= len(classes) {
		return fmt.Errorf("%s is of class %d and there are %d classes", of, i, len(classes))
	}
	return nil
}

// grid is the measures of a heatmap at one width.
type grid struct {
	per                int     // columns side by side
	wide, high         float64 // of a cell
	pitch              float64 // from one row to the next
	over               float64 // the height of a row's name, where it stands over the row
	above              bool    // names stand over their rows
	left, heads, small float64
	names              float64 // how wide the names of rows may be
}

func (c Heatmap) grid(size Size, f frame) grid {
	g := grid{high: 30, heads: f.font * 2.6, small: f.font - 1}
	least := 0.0
	for _, row := range c.Cells {
		for _, cell := range row {
			least = math.Max(least, width(cell.Text, g.small, false)+8)
		}
	}
	for _, name := range c.Columns {
		first, _, _ := strings.Cut(name, "\n")
		least = math.Max(least, width(first, f.font, false)+5)
	}
	lines := 1.0
	if g.names = f.w * .28; size == Narrow {
		g.names, g.high, g.above = f.w-2, 24, true
	}
	for _, name := range c.Rows {
		wrapped := wrap(name, f.font, g.names)
		lines = math.Max(lines, float64(len(wrapped)))
		for _, line := range wrapped {
			g.left = math.Max(g.left, width(line, f.font, false)+12)
		}
	}
	if g.above {
		g.left, g.over = 0, (lines*leading+.4)*f.font
	} else {
		g.high = math.Max(g.high, lines*f.font*leading+2)
	}
	if g.pitch = g.high + g.over; g.above {
		g.pitch += f.font * .2
	}
	n := max(len(c.Columns), 1)
	g.per = min(max(int((f.w-g.left-1)/least), 1), n)
	blocks := (n + g.per - 1) / g.per
	g.per = (n + blocks - 1) / blocks
	g.wide = math.Min((f.w-g.left-1)/float64(g.per), 72)
	return g
}

func (c Heatmap) place(size Size) frame {
	f := frame{w: float64(size), font: fonts[size], mark: 1, thick: 1}
	g := c.grid(size, f)
	y := f.legend(c.Classes) + 6
	for from := 0; from < len(c.Columns); from += g.per {
		y = c.block(&f, g, from, min(from+g.per, len(c.Columns)), y) + 14
	}
	f.h = math.Ceil(y - 12)
	return f
}

// block draws the columns from one to before another under y and gives where it ends. The
// cells of a class are one shape: a page may hold hundreds.
func (c Heatmap) block(f *frame, g grid, from, to int, y float64) float64 {
	c.heads(f, g, from, to, y)
	top := y + g.heads
	if g.above {
		top += f.font * .3
	}
	rings, words := make([][]vertex, len(c.Classes)), make([][]text, len(c.Classes))
	for i, row := range c.Cells {
		under := top + float64(i)*g.pitch
		name := text{x: g.left - 10, y: under + g.high/2, size: f.font, align: "right", ink: Ink}
		if g.above {
			under += g.over
			name.x, name.align = 1, "left"
			name.y = under - (float64(len(wrap(c.Rows[i], f.font, g.names)))*leading/2+.2)*f.font
		}
		f.stack(wrap(c.Rows[i], f.font, g.names), name)
		for k, cell := range row[from:to] {
			x := g.left + .5 + float64(k)*g.wide
			rings[cell.Class] = append(rings[cell.Class], oblong(box{x, under, x + g.wide - 2, under + g.high - 2})...)
			t := text{s: cell.Text, x: x + g.wide/2 - 1, y: under + g.high/2 - 1, size: g.small, align: "middle"}
			words[cell.Class] = append(words[cell.Class], lookOf(c.Classes, cell.Class).on(t))
		}
	}
	for i, r := range rings {
		if len(r) > 0 {
			f.under = append(f.under, lookOf(c.Classes, i).shape(r, "", words[i]...))
			f.words = append(f.words, words[i]...)
		}
	}
	return top + float64(len(c.Rows))*g.pitch
}

// heads names the columns: the first line of each, and the second where it changes and there
// is room.
func (c Heatmap) heads(f *frame, g grid, from, to int, y float64) {
	var taken []box
	before := func(k int) string {
		if k == from {
			return "" // each block says its own
		}
		_, second, _ := strings.Cut(c.Columns[k-1], "\n")
		return second
	}
	for k := to - 1; k >= from; k-- {
		first, second, _ := strings.Cut(c.Columns[k], "\n")
		x := g.left + .5 + (float64(k-from)+.5)*g.wide - 1
		f.words = append(f.words, text{first, x, y + f.font*.7, f.font, "middle", false, Ink, false})
		half := width(second, f.font, false) / 2
		t := text{second, math.Min(math.Max(x, half+1), f.w-half-1), y + f.font*1.9, f.font, "middle", false, Ink, false}
		if second != "" && second != before(k) && t.box().clear(taken) {
			f.words, taken = append(f.words, t), append(taken, t.box())
		}
	}
}

// stack writes lines of words under each other, around the height of the pattern.
func (f *frame) stack(lines []string, pattern text) {
	for k, line := range lines {
		t := pattern
		t.s, t.y = line, pattern.y+(float64(k)-float64(len(lines)-1)/2)*pattern.size*leading
		f.words = append(f.words, t)
	}
}
