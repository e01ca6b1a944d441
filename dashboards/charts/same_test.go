package charts

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// TestSameBytes: a fresh engine, one that has drawn much else, in whatever order, and the
// memory of an earlier drawing give the same bytes.
func TestSameBytes(t *testing.T) {
	type one struct {
		name string
		c    Chart
		s    Size
	}
	var all []one
	for name, c := range kinds() {
		for _, s := range sizesOf(c) {
			all = append(all, one{name, c, s})
		}
	}
	short := control()
	short.Points, short.Events, short.Target = short.Points[:20], nil, nil
	all = append(all, one{"short spc", short, Wide}, one{"other bars", Bars{Bars: []Bar{{"A", 3, "3", false, 0}, {"B", 1, "1", false, 0}, {"C", 2, "2", false, 0}}, Ceiling: math.Inf(1), Unit: percent, AltText: "x"}, Wide})
	random := rand.New(rand.NewPCG(5, 5))
	for n := range 6 {
		c := control()
		for i := range c.Points {
			c.Points[i].Value, c.Points[i].Mark = 40+random.Float64()*40, Mark(random.IntN(4))
			if random.IntN(6) == 0 {
				c.Points[i].Value = gap
			}
		}
		all = append(all, one{fmt.Sprint("random spc ", n), c, Wide})
	}
	want := map[string]string{}
	warm := newDrawer(t)
	freshOf := map[string]*Drawer{} // one to a chart: its widths share a drawing
	for _, o := range all {
		if freshOf[o.name] == nil {
			freshOf[o.name] = &Drawer{program: warm.program, machines: make(chan *machine, 1), drawn: map[drawingKey][]mark{}}
			freshOf[o.name].machines <- nil
		}
		want[fmt.Sprint(o.name, o.s)] = draw(t, freshOf[o.name], o.c, o.s)
	}
	for range 4 {
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for i, o := range all {
			if i%3 == 0 {
				clear(warm.drawn)
			}
			if got := draw(t, warm, o.c, o.s); got != want[fmt.Sprint(o.name, o.s)] {
				t.Fatalf("%s at %d differs from what a fresh engine draws", o.name, o.s)
			}
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	d := newDrawer(b)
	for name, c := range kinds() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				clear(d.drawn)
				drawing, err := d.Draw(c, "x")
				if err != nil {
					b.Fatal(err)
				}
				for _, s := range sizesOf(c) {
					drawing.SVG(s)
				}
			}
		})
	}
}
