package charts

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// bandForm is a flow: where it begins and ends, its title, and how thick it is at both ends.
var bandForm = regexp.MustCompile(`<path d="M([\d.]+) ([\d.]+)C[\d. ]+ ([\d.]+) ([\d.]+)L[\d.]+ ([\d.]+)C[\d. ]+ [\d.]+ ([\d.]+)Z"([^>]*)><title>([^<]*)</title>`)

type bandSeen struct{ thickFrom, thickTo float64 }

func bandsIn(svg string) map[string]bandSeen {
	seen := map[string]bandSeen{}
	for _, m := range bandForm.FindAllStringSubmatch(svg, -1) {
		var n [7]float64
		for i := range n[1:] {
			n[i+1], _ = strconv.ParseFloat(m[i+1], 64)
		}
		seen[m[8]] = bandSeen{n[6] - n[2], n[5] - n[4]}
	}
	return seen
}

// TestBandsAreAsThickAsTheirValues, and those of hidden flows are all of one thickness.
func TestBandsAreAsThickAsTheirValues(t *testing.T) {
	d, c := newDrawer(t), pathway()
	for _, s := range []Size{Wide, Mid, Narrow} {
		svg := draw(t, d, c, s)
		seen := bandsIn(svg)
		per := seen["Police to Referred to children&#39;s services: 640"].thickTo / 640
		shown := 0
		for _, w := range c.Flows {
			title := strings.ReplaceAll(c.from(w).Name+" to "+c.to(w).Name+": "+w.Text, "'", "&#39;")
			b, there := seen[title]
			if w.Value == 0 {
				if there {
					t.Errorf("at %d a flow of nobody is drawn: %s", s, title)
				}
				continue
			}
			shown++
			want := w.Value * per
			if math.IsNaN(w.Value) {
				want = hiddenThick
			}
			if !there || math.Abs(b.thickFrom-want) > .03 || math.Abs(b.thickTo-want) > .03 {
				t.Errorf("at %d the flow %s is %v, want %.2f thick", s, title, b, want)
			}
		}
		if len(seen) != shown {
			t.Errorf("at %d there are %d flows, want %d", s, len(seen), shown)
		}
		if n := strings.Count(svg, ">[c]</text>"); n < 4 {
			t.Errorf("at %d %d hidden flows are marked, want 4 at least", s, n)
		}
	}
}

// TestAHiddenFlowLeavesNoTrace: whatever a hidden flow was, the drawing is the same, for its
// stops are as tall as what is drawn at them.
func TestAHiddenFlowLeavesNoTrace(t *testing.T) {
	c := pathway()
	r := c.river(c.place(Wide), Wide)
	last := len(c.Stages) - 1
	sum := 0.0
	for _, w := range c.Flows {
		if w.Stage == last-1 && w.To == 2 {
			sum += w.thickness(r.per)
		}
	}
	if got := r.tall[last][2]; math.Abs(got-sum) > 1e-9 {
		t.Errorf("a stop with hidden flows is %v tall, want the %v of its bands", got, sum)
	}
}

func TestAPathwayThatGoesNowhereIsRefused(t *testing.T) {
	d := newDrawer(t)
	for want, w := range map[string][]Flow{
		"not there":     {{0, 0, 3, 5, "5"}},
		"of stage 3":    {{3, 0, 0, 5, "5"}},
		"two flows":     {{0, 0, 0, 5, "5"}, {0, 0, 0, 6, "6"}},
		"services is -": {{0, 0, 0, -5, "-5"}},
	} {
		c := pathway()
		c.Flows = w
		if _, err := d.Draw(c, "x"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error that says %q", err, want)
		}
	}
}
