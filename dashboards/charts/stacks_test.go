package charts

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var rectForm = regexp.MustCompile(`<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"[^>]*fill="(#[0-9A-Fa-f]+)"`)

// rectsIn are the rectangles of a drawing as x, y, width, height, and their ground.
func rectsIn(svg string) (rects [][4]float64, grounds []string) {
	for _, m := range rectForm.FindAllStringSubmatch(ungrouped(svg), -1) {
		var r [4]float64
		for i := range r {
			r[i], _ = strconv.ParseFloat(m[i+1], 64)
		}
		rects, grounds = append(rects, r), append(grounds, m[5])
	}
	return rects, grounds
}

// TestPartsAreAsLongAsTheirValues at every width, each from the end of the one before.
func TestPartsAreAsLongAsTheirValues(t *testing.T) {
	d, c := newDrawer(t), madeUpKinds()["stacked"].(Stacked)
	for _, s := range []Size{Wide, Mid, Narrow} {
		f := c.place(s)
		rects, grounds := rectsIn(draw(t, d, c, s))
		for i, stack := range c.Stacks {
			at := 0.0
			for k, v := range stack.Values {
				if math.IsNaN(v) || v == 0 {
					continue
				}
				found := false
				for n, r := range rects {
					if math.Abs(r[0]-f.across(at)) <= 1 && math.Abs(r[0]+r[2]-f.across(at+v)) <= 1 && math.Abs(r[1]+r[3]/2-f.row(i)) <= 1 && strings.EqualFold(grounds[n], looks[c.Parts[k].Shade].ground) {
						found = true
					}
				}
				if !found {
					t.Errorf("at %d there is no part of %s from %v to %v", s, stack.Name, at, at+v)
				}
				at += v
			}
		}
	}
}

// TestHiddenPartsAreOfOneSize: two bars that differ in what is hidden have the same piece.
func TestHiddenPartsAreOfOneSize(t *testing.T) {
	c := Stacked{Parts: scale5[:2], Ceiling: 100, Unit: percent, AltText: "Stacked bar chart.",
		Stacks: []Stack{{"A", []float64{30, gap}, []string{"30%", "[c]"}, ""}, {"B", []float64{80, gap}, []string{"80%", "[c]"}, ""}}}
	svg := draw(t, newDrawer(t), c, Wide)
	pieces := regexp.MustCompile(`<path d="M([\d.]+) [\d.]+H([\d.]+)V[^"]*Z" fill="#FFFFFF" stroke="`+Line+`"`).FindAllStringSubmatch(ungrouped(svg), -1)
	if len(pieces) != 2 {
		t.Fatalf("there are %d pieces for hidden parts, want 2", len(pieces))
	}
	for _, p := range pieces {
		from, _ := strconv.ParseFloat(p[1], 64)
		to, _ := strconv.ParseFloat(p[2], 64)
		if math.Abs(to-from-hiddenWide+3) > .11 {
			t.Errorf("a hidden part is %v long, want %v", to-from, hiddenWide-3)
		}
	}
}

func TestAStackOfOtherPartsIsRefused(t *testing.T) {
	c := Stacked{Parts: scale5[:2], Stacks: []Stack{{"A", []float64{1}, []string{"1", "2"}, ""}}, Ceiling: 100, Unit: percent}
	if _, err := newDrawer(t).Draw(c, "x"); err == nil || !strings.Contains(err.Error(), "A has 1 values") {
		t.Errorf("got %v", err)
	}
}

// TestCapacityStandsWhereItShould: the light bar and the dark one end at their numbers, a
// hidden use has no bar and an unknown capacity no stroke.
func TestCapacityStandsWhereItShould(t *testing.T) {
	d, c := newDrawer(t), madeUpKinds()["bullet"].(Bullet)
	for _, s := range []Size{Wide, Mid, Narrow} {
		f := c.place(s)
		rects, grounds := rectsIn(draw(t, d, c, s))
		want := 0
		for i, a := range c.Services {
			for ground, v := range map[string]float64{Navy: a.Value, Band: a.Capacity} {
				if math.IsNaN(v) {
					continue
				}
				want++
				found := false
				for n, r := range rects {
					if grounds[n] == ground && math.Abs(r[0]-f.left) <= 1 && math.Abs(r[0]+r[2]-f.across(v)) <= 1 && math.Abs(r[1]+r[3]/2-f.row(i)) <= 1 {
						found = true
					}
				}
				if !found {
					t.Errorf("at %d %s has no bar of %v", s, a.Name, v)
				}
			}
		}
		if len(rects) != want {
			t.Errorf("at %d there are %d bars, want %d", s, len(rects), want)
		}
	}
}
