package charts

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// TestLabelsKeepApart draws nothing: it looks where labels of many series would stand.
func TestLabelsKeepApart(t *testing.T) {
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 7))
		c := control()
		shift := random.Float64()*60 - 20
		for i := range c.Points {
			if math.IsNaN(c.Points[i].Value) {
				continue
			}
			c.Points[i].Value = math.Min(100, math.Max(0, 50+random.NormFloat64()*float64(seed%13)))
			if i > 26 {
				c.Points[i].Value = math.Min(100, math.Max(0, c.Points[i].Value+shift))
			}
		}
		c.Mean.Value, c.Lower.Value, c.Upper.Value = 50, 50-float64(seed%13)*2.6, 50+float64(seed%13)*2.6
		for i := range c.Lines {
			c.Lines[i] = Lines{c.Lower.Value, c.Mean.Value, c.Upper.Value}
		}
		c.Target.Value = float64(seed % 101)
		for _, s := range []Size{Wide, Mid, Narrow} {
			keptApart(t, fmt.Sprintf("seed %d at %d", seed, s), c.place(s))
		}
	}
	for name, c := range kinds() {
		for _, s := range sizesOf(c) {
			keptApart(t, fmt.Sprintf("%s at %d", name, s), c.place(s))
		}
	}
}

func keptApart(t *testing.T, name string, f frame) {
	t.Helper()
	for i, a := range f.words {
		b := a.box()
		if b.x1 < -1 || b.x2 > f.w+1 || b.y1 < -1 || b.y2 > f.h+1 {
			t.Errorf("%s: %q stands outside the drawing: %v", name, a.s, b)
		}
		for _, o := range f.words[i+1:] {
			other := o.box()
			shrunk := box{b.x1 + 1, b.y1 + 2, b.x2 - 1, b.y2 - 2}
			if shrunk.hits(other) {
				t.Errorf("%s: %q and %q collide", name, a.s, o.s)
			}
		}
	}
}

func TestWidth(t *testing.T) {
	for s, want := range map[string]float64{"W": 9.44, "i": 2.22, "m": 8.33, " ": 2.78, "~": 5.84, "@": 10.15, "[c]": 2.78*2 + 5} {
		if got := width(s, 10, false); math.Abs(got-want) > .01 {
			t.Errorf("width of %q is %v, want %v", s, got, want)
		}
	}
}

func TestSpread(t *testing.T) {
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 3))
		ys := make([]float64, 1+random.IntN(6))
		for i := range ys {
			ys[i] = random.Float64() * 300
		}
		placed := spread(ys, 18, 0, 300)
		for i := range placed {
			if placed[i] < -1e-9 || placed[i] > 300+1e-9 {
				t.Fatalf("seed %d: %v is outside the plot", seed, placed[i])
			}
			for j := range placed {
				if i != j && math.Abs(placed[i]-placed[j]) < 18-1e-9 {
					t.Fatalf("seed %d: %v and %v are too close", seed, placed[i], placed[j])
				}
			}
		}
	}
	if got := spread([]float64{10, 100}, 18, 0, 300); got[0] != 10 || got[1] != 100 {
		t.Errorf("labels with room were moved: %v", got)
	}
}

func TestScaleIsRound(t *testing.T) {
	for _, c := range []struct{ low, high, wantLow, wantHigh, wantStep float64 }{
		{43, 91, 40, 100, 10}, {0, 7, 0, 8, 2}, {1043, 2311, 1000, 2500, 500}, {3.1, 3.4, 3.1, 3.4, .05}, {0, 0, 0, 1, .2},
	} {
		f := frame{}
		f.scale(c.low, c.high, 0, math.Inf(1), 6)
		if math.Abs(f.low-c.wantLow) > 1e-9 || math.Abs(f.high-c.wantHigh) > 1e-9 || math.Abs(f.step-c.wantStep) > 1e-9 {
			t.Errorf("%v to %v gives %v to %v by %v, want %v to %v by %v", c.low, c.high, f.low, f.high, f.step, c.wantLow, c.wantHigh, c.wantStep)
		}
	}
}

// TestAScaleOfNothingIsPlain: where all is hidden, or zero, the axis still has round numbers.
func TestAScaleOfNothingIsPlain(t *testing.T) {
	hidden := []Bar{{Name: "A", Value: gap, Text: "[c]"}, {Name: "B", Value: gap, Text: "[c]"}}
	for name, c := range map[string]Chart{
		"bars": Bars{Bars: hidden, Ceiling: 100, Unit: trim}, "counts": Bars{Bars: hidden, Ceiling: math.Inf(1), Unit: trim, Whole: true}, "rates": Bars{Bars: hidden, Ceiling: math.Inf(1), Unit: trim},
		"zero": Bars{Bars: []Bar{{Name: "A", Value: 0, Text: "0%"}}, Ceiling: 100, Unit: trim}, "intervals": Intervals{Ranges: []Range{{Name: "A", Value: gap, Low: gap, High: gap, Gap: "[c]"}}, Ceiling: 100, Unit: trim},
	} {
		f := c.place(Wide)
		want := map[string]float64{"counts": 5, "rates": 1}[name]
		if want == 0 {
			want = 100
		}
		if f.low != 0 || f.high != want {
			t.Errorf("%s have a scale from %v to %v, want 0 to %v", name, f.low, f.high, want)
		}
	}
}
