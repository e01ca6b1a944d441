package charts

import (
	"fmt"
	"math"
)

// Area is one area of a Choropleth.
type Area struct {
	Code, Name string
	Class      int    // which of the classes
	Text       string // "41%", or the mark of a gap: "[c]"
}

// Choropleth is a map of areas by class, within real boundaries. A large area weighs more
// than a small one in it, so it is for where that is the point; else TileMap is fairer. Areas
// whose words do not fit have letters, and a key below. AltText begins "Map". Areas of the
// boundaries that it is not given are not drawn. It is drawn without ECharts.
type Choropleth struct {
	Boundaries *Boundaries
	Areas      []Area
	Classes    []Class
	AltText    string
}

// Alt implements Chart.
func (c Choropleth) Alt() string { return c.AltText }

func (c Choropleth) option(frame) (tree, error) { return nil, nil }

// mostAreas is how many areas can have letters; a map of more is for another tool.
const mostAreas = 60

func (c Choropleth) check() error {
	if len(c.Areas) == 0 || len(c.Areas) > mostAreas {
		return fmt.Errorf("a map has %d areas: from 1 to %d can be shown", len(c.Areas), mostAreas)
	}
	seen := map[string]bool{}
	for _, a := range c.Areas {
		if !c.Boundaries.Has(a.Code) {
			return fmt.Errorf("there is no boundary of %s, %s, among %d", a.Code, a.Name, c.Boundaries.Codes())
		}
		if seen[a.Code] {
			return fmt.Errorf("%s, %s, is on a map twice", a.Code, a.Name)
		}
		seen[a.Code] = true
		if err := classed(c.Classes, a.Class, a.Name); err != nil {
			return err
		}
	}
	return nil
}

// mostPoints keeps a drawing of boundaries small: about ten bytes to a point.
const mostPoints = 1500

func (c Choropleth) place(size Size) frame {
	f := frame{w: float64(size), font: fonts[size], mark: 1, thick: 1}
	top := f.legend(c.Classes) + 8
	shapes := c.outlines(f.w, map[Size]float64{Wide: 520, Mid: 420, Narrow: 300}[size], top)
	for i := range c.Areas {
		f.h = math.Max(f.h, math.Ceil(bounds(shapes[i]).y2+2))
	}
	words := c.names(&f, shapes)
	for i, a := range c.Areas {
		f.under = append(f.under, lookOf(c.Classes, a.Class).shape(shapes[i], titled(a.Name, a.Text, c.Classes[a.Class]), words[i]...))
	}
	return f
}

// outlines are the areas in units of the drawing, in the box from top on, with as few points
// as the drawing may have.
func (c Choropleth) outlines(w, h, top float64) [][]vertex {
	all := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, a := range c.Areas {
		b := bounds(c.Boundaries.areas[a.Code])
		all = box{math.Min(all.x1, b.x1), math.Min(all.y1, b.y1), math.Max(all.x2, b.x2), math.Max(all.y2, b.y2)}
	}
	// A degree east is shorter than one north by the cosine of the latitude.
	narrowed := math.Cos((all.y1 + all.y2) / 2 * math.Pi / 180)
	wide, tall := math.Max((all.x2-all.x1)*narrowed, 1e-9), math.Max(all.y2-all.y1, 1e-9)
	per := math.Min((w-2)/wide, h/tall)
	left := (w - wide*per) / 2
	areas := make([][]vertex, len(c.Areas))
	for i, a := range c.Areas {
		for _, v := range c.Boundaries.areas[a.Code] {
			areas[i] = append(areas[i], vertex{left + (v.x-all.x1)*narrowed*per, top + (all.y2-v.y)*per, v.begins})
		}
	}
	borders := bordersOf(areas)
	for tolerance := .4; ; tolerance *= 1.5 {
		shapes := borders.simplified(tolerance)
		points := 0
		for _, s := range shapes {
			points += len(s)
		}
		if points <= mostPoints || tolerance > w/20 {
			return shapes
		}
	}
}

// names puts the name and value of each area in it, or a letter that the key explains, and
// gives the words that stand in each.
func (c Choropleth) names(f *frame, shapes [][]vertex) [][]text {
	var taken []box
	var rest []int
	within := make([][]text, len(c.Areas))
	for i, a := range c.Areas {
		if ts, ok := c.inside(*f, a, shapes[i]); ok {
			f.words, within[i] = append(f.words, ts...), ts
			for _, t := range ts {
				taken = append(taken, t.box())
			}
			continue
		}
		rest = append(rest, i)
	}
	for n, i := range rest {
		within[i] = c.letter(f, i, keyed(n), shapes[i], &taken)
	}
	y := f.h + f.font*1.2
	for n, i := range rest {
		a := c.Areas[i]
		lines := wrap(a.Name, f.font, math.Min(f.w, keyWide)-30-width(a.Text, f.font, true)-14)
		f.words = append(f.words, text{keyed(n), 1, y, f.font, "left", true, Ink, false},
			text{a.Text, math.Min(f.w, keyWide) - 2, y, f.font, "right", true, Ink, false})
		for _, line := range lines {
			f.words = append(f.words, text{line, 28, y, f.font, "left", false, Ink, false})
			y += f.font * 1.4
		}
		f.h = math.Ceil(y - f.font*.6)
	}
	return within
}

// keyed is the letter of the nth area without room for its name: A on, and numbers past Z.
func keyed(n int) string {
	if n >= 26 {
		return fmt.Sprint(n + 1)
	}
	return string(rune('A' + n))
}

// inside is the words of an area at a place where they lie wholly within it, on one line or
// more; not ok where there is none.
func (c Choropleth) inside(f frame, a Area, shape []vertex) ([]text, bool) {
	size := f.font - 1.5
	l := lookOf(c.Classes, a.Class)
	for n := 1; n <= 4; n++ {
		lines := append(balanced(a.Name, size, n), a.Text)
		wide := 0.0
		for _, line := range lines {
			wide = math.Max(wide, width(line, size, true))
		}
		tall := float64(len(lines)) * size * 1.15
		x, y, ok := roomFor(shape, wide+6, tall+4)
		if !ok {
			continue
		}
		var ts []text
		for k, line := range lines {
			t := text{s: line, x: x, y: y - tall/2 + (float64(k)+.5)*size*1.15, size: size, align: "middle", bold: k == len(lines)-1}
			ts = append(ts, l.on(t))
		}
		return ts, true
	}
	return nil, false
}

// letter puts a letter in an area and gives it, or beside the area with a stroke to it.
func (c Choropleth) letter(f *frame, i int, s string, shape []vertex, taken *[]box) []text {
	size := f.font - .5
	t := text{s: s, size: size, align: "middle", bold: true}
	if x, y, ok := roomFor(shape, width(s, size, true)+3, size*1.2); ok {
		t.x, t.y = x, y
		if t.box().clear(*taken) {
			t = lookOf(c.Classes, c.Areas[i].Class).on(t)
			f.words, *taken = append(f.words, t), append(*taken, t.box())
			return []text{t}
		}
	}
	b := bounds(shape)
	x, y := (b.x1+b.x2)/2, (b.y1+b.y2)/2
	t.ink, t.halo = Ink, true
	for far := 16.0; far < 200; far += 12 {
		for k := range 12 {
			angle := float64(k) * math.Pi / 6
			t.x, t.y = x+far*math.Cos(angle), y+far*math.Sin(angle)
			if b := t.box(); b.clear(*taken) && b.x1 > 0 && b.x2 < f.w && b.y1 > 0 && b.y2 < f.h {
				f.over = append(f.over, pen{Ink, 1, ""}.stroke(x, y, t.x, t.y))
				f.words, *taken = append(f.words, t), append(*taken, b)
				return nil
			}
		}
	}
	return nil
}

// roomFor finds a place for a box within a shape, as near to the middle of the shape as can
// be, on a grid of places.
func roomFor(shape []vertex, wide, tall float64) (x, y float64, ok bool) {
	const places = 28
	b := bounds(shape)
	if wide > b.x2-b.x1 || tall > b.y2-b.y1 {
		return 0, 0, false
	}
	rings := ringsOf(shape)
	middle := vertex{(b.x1 + b.x2) / 2, (b.y1 + b.y2) / 2, false}
	least := math.Inf(1)
	for i := 1; i < places; i++ {
		for k := 1; k < places; k++ {
			at := vertex{b.x1 + (b.x2-b.x1)*float64(i)/places, b.y1 + (b.y2-b.y1)*float64(k)/places, false}
			away := math.Hypot(at.x-middle.x, at.y-middle.y)
			if away < least && holds(rings, box{at.x - wide/2, at.y - tall/2, at.x + wide/2, at.y + tall/2}) {
				x, y, ok, least = at.x, at.y, true, away
			}
		}
	}
	return x, y, ok
}

// holds says whether a box lies within rings: its corner does, and no edge comes into it.
func holds(rings [][]vertex, b box) bool {
	within := false
	for _, ring := range rings {
		for i, v := range ring {
			next := ring[(i+1)%len(ring)]
			if (v.y > b.y1) != (next.y > b.y1) && b.x1 < v.x+(next.x-v.x)*(b.y1-v.y)/(next.y-v.y) {
				within = !within
			}
			if enters(v, next, b) {
				return false
			}
		}
	}
	return within
}

// enters says whether a stroke comes into a box, by cutting the stroke at each side.
func enters(a, c vertex, b box) bool {
	from, to := 0.0, 1.0
	for _, side := range [][3]float64{{c.x - a.x, b.x1 - a.x, b.x2 - a.x}, {c.y - a.y, b.y1 - a.y, b.y2 - a.y}} {
		if side[0] == 0 {
			if side[1] > 0 || side[2] < 0 {
				return false
			}
			continue
		}
		near, far := side[1]/side[0], side[2]/side[0]
		from, to = math.Max(from, math.Min(near, far)), math.Min(to, math.Max(near, far))
	}
	return from <= to
}
