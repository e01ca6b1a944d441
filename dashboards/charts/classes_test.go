package charts

import (
	"math"
	"strconv"
	"testing"
)

// lightness is the relative luminance of a colour, as WCAG 2.2 defines it.
func lightness(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for i, weight := range []float64{.0722, .7152, .2126} {
		c := float64(n>>(8*i)&0xff) / 255
		if c <= .04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func ratio(t *testing.T, a, b string) float64 {
	x, y := lightness(t, a)+.05, lightness(t, b)+.05
	return math.Max(x, y) / math.Min(x, y)
}

// TestShadesAreToldApartWithoutColour: any two differ in their strokes, or by twice the light;
// words on each can be read, and its edge can be seen.
func TestShadesAreToldApartWithoutColour(t *testing.T) {
	for s, l := range looks {
		if got := ratio(t, l.words, l.ground); got < 4.5 {
			t.Errorf("words on shade %d have a contrast of %.2f", s, got)
		}
		if got := ratio(t, l.edge, Ground); got < 3 {
			t.Errorf("the edge of shade %d has a contrast of %.2f on the page", s, got)
		}
		for o, other := range looks {
			strokes := l.apart != other.apart || l.falling != other.falling
			if light := ratio(t, l.ground, other.ground); s != o && !strokes && light < 2 {
				t.Errorf("shades %d and %d differ in nothing but colour: %.2f", s, o, light)
			}
		}
	}
}

// TestStrokesLeaveWordsOut: no stroke of a shape runs through the words on it.
func TestStrokesLeaveWordsOut(t *testing.T) {
	words := []text{{s: "Norwich", x: 60, y: 40, size: 14, align: "middle"}, {s: "41%", x: 60, y: 56, size: 14, align: "middle", bold: true}}
	rings := append(oblong(box{0, 0, 120, 90}), holes(words)...)
	if n := len(ringsOf(holes(words))); n != 1 {
		t.Errorf("two lines of words have %d holes, want one", n)
	}
	for _, v := range hatch(rings, 8, false) {
		for _, w := range words {
			b := w.box()
			if v.x > b.x1 && v.x < b.x2 && v.y > b.y1 && v.y < b.y2 {
				t.Errorf("a stroke ends at %.1f, %.1f, in the words %q", v.x, v.y, w.s)
			}
		}
	}
}

// TestWordsAmongStrokesHaveAnEdge: a number on strokes has a white edge, and one on a dark ground,
// which is white itself, has none.
func TestWordsAmongStrokesHaveAnEdge(t *testing.T) {
	for shade, l := range looks {
		word := l.on(text{s: "62%"})
		if word.halo != (l.apart > 0) || (word.halo && word.ink == Ground) {
			t.Errorf("shade %d: its words are %+v", shade, word)
		}
	}
}
