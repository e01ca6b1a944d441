package charts

import (
	"math"
	"sort"
	"strings"
)

// Size is one of the widths a chart is drawn at; the page shows the one that fits, because
// one drawing scaled down makes its text too small to read.
type Size int

// The widths, in units of the view box.
const (
	Wide   Size = 900
	Mid    Size = 640
	Narrow Size = 330
	Spark  Size = 190
)

// Reference is the width at which ECharts draws. The other widths are the same marks in
// another frame (place.go): a chart costs one drawing, not three.
const Reference = Wide

// frame is the drawing area: the whole (w, h), the plot within it, and its two axes. What
// stands under the data (rules, bands, limits), over it and in words is placed here, in Go,
// because the axes are fixed here; ECharts draws the data.
type frame struct {
	w, h                     float64
	left, right, top, bottom float64 // margins
	font                     float64
	names                    float64 // how wide the names of rows may be
	rows                     bool    // slots lie under each other; or else side by side
	slots                    int     // 0 where both axes have values
	low, high, step          float64 // of the value axis
	acrossLow, acrossHigh    float64 // of the second value axis, the horizontal one, where there are no slots
	mark                     float64 // size of symbols, set against that of the reference
	thick                    float64 // of bars, in units
	round                    float64 // radius of the corners of bars
	under, over              []string
	words                    []text  // every label, placed
	panels                   []frame // where there is more than one plot: each plot's own, alike in slots and scale
}

func (f frame) plotRight() float64  { return f.w - f.right }
func (f frame) plotBottom() float64 { return f.h - f.bottom }

// x is the middle of slot i of a horizontal category axis.
func (f frame) x(i int) float64 {
	return f.left + (float64(i)+.5)*(f.plotRight()-f.left)/float64(f.slots)
}

// edge is where slot i begins.
func (f frame) edge(i int) float64 { return f.x(i) - (f.plotRight()-f.left)/float64(f.slots)/2 }

// y is the height at which a vertical value axis shows v.
func (f frame) y(v float64) float64 {
	return f.plotBottom() - (v-f.low)/(f.high-f.low)*(f.plotBottom()-f.top)
}

// across is where a horizontal value axis shows v.
func (f frame) across(v float64) float64 {
	low, high := f.low, f.high
	if f.slots == 0 {
		low, high = f.acrossLow, f.acrossHigh
	}
	return f.left + (v-low)/(high-low)*(f.plotRight()-f.left)
}

// row is the middle of slot i of a vertical category axis, counted from the top.
func (f frame) row(i int) float64 {
	return f.top + (float64(i)+.5)*(f.plotBottom()-f.top)/float64(f.slots)
}

// scale sets a round axis that holds low to high in about n steps and keeps within floor
// and ceiling (either may be infinite).
func (f *frame) scale(low, high, floor, ceiling float64, n int) {
	if high <= low {
		high = low + 1
	}
	raw := (high - low) / float64(n)
	magnitude := math.Pow(10, math.Floor(math.Log10(raw)))
	f.step = 10 * magnitude
	for _, m := range []float64{1, 2, 5} {
		if raw <= m*magnitude*1.0001 {
			f.step = m * magnitude
			break
		}
	}
	f.low = math.Max(floor, math.Floor(low/f.step+1e-9)*f.step)
	f.high = math.Min(ceiling, math.Ceil(high/f.step-1e-9)*f.step)
	if f.high <= f.low {
		f.high = f.low + f.step
	}
}

// topOf is the highest value that a scale from zero must hold. Where nothing is shown, or all
// of it is zero, that is the ceiling, or 1.
func topOf(high, ceiling float64) float64 {
	switch {
	case high > 0:
		return high
	case math.IsInf(ceiling, 1):
		return 1
	}
	return ceiling
}

// ticks are the values the axis is labelled at.
func (f frame) ticks() []float64 {
	var ts []float64
	for i := 0; f.low+float64(i)*f.step <= f.high+f.step/1e6; i++ {
		ts = append(ts, f.low+float64(i)*f.step)
	}
	return ts
}

// advance holds the widths of Arial's printable ASCII, in thousandths of the font size.
const advance = "" +
	"278278355556556889667191333333389584278333278278556556556556556556556556556556278278584584584556" +
	"1015667667722722667611778722278500667556833722778667778722667611722667944667667611278278278469556" +
	"333556556500556556278556556222222500222833556556556556333500278556500722500500500334260334584"

// bolder is how much wider bold words are.
const bolder = 1.08

// width is how wide s is at a font size.
func width(s string, size float64, bold bool) float64 {
	total := 0.0
	for _, r := range s {
		total += glyph(r)
	}
	if bold {
		total *= bolder
	}
	return total * size / 1000
}

func glyph(r rune) float64 {
	if r < ' ' || r > '~' {
		return 556
	}
	i := int(r-' ') * 3
	if r > '@' {
		i++ // @ alone takes four digits
	}
	if r == '@' {
		return 1015
	}
	d := advance[i : i+3]
	return float64(d[0]-'0')*100 + float64(d[1]-'0')*10 + float64(d[2]-'0')
}

// wrap breaks s at spaces into lines no wider than limit where it can.
func wrap(s string, size, limit float64) []string {
	var lines []string
	for _, word := range strings.Fields(s) {
		if n := len(lines); n > 0 && width(lines[n-1]+" "+word, size, false) <= limit {
			lines[n-1] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	return lines
}

// balanced wraps s in at most n lines where it can, as narrow as they can be.
func balanced(s string, size float64, n int) []string {
	limit := width(s, size, false) / float64(n)
	for {
		if lines := wrap(s, size, limit); len(lines) <= n {
			return lines
		}
		limit += size / 2
	}
}

// spread moves heights apart until each is at least gap from the next, each as little as
// can be, and keeps them within low to high. The order of the result is that of ys.
func spread(ys []float64, gap, low, high float64) []float64 {
	type block struct {
		sum     float64 // of wanted heights, each less its place in the block
		members []int
	}
	at := func(b block) float64 { return b.sum / float64(len(b.members)) }
	order := make([]int, len(ys))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return ys[order[a]] < ys[order[b]] })
	var blocks []block
	for _, i := range order {
		blocks = append(blocks, block{ys[i], []int{i}})
		for n := len(blocks); n > 1; n-- {
			a, b := blocks[n-2], blocks[n-1]
			if at(a)+gap*float64(len(a.members)) <= at(b) {
				break
			}
			for k, m := range b.members {
				a.sum += ys[m] - gap*float64(len(a.members)+k)
			}
			a.members = append(a.members, b.members...)
			blocks = append(blocks[:n-2], a)
		}
	}
	placed := make([]float64, len(ys))
	for _, b := range blocks {
		for k, m := range b.members {
			placed[m] = at(b) + float64(k)*gap
		}
	}
	for k, limit := len(order)-1, high; k >= 0; k-- {
		placed[order[k]] = math.Min(placed[order[k]], limit)
		limit = placed[order[k]] - gap
	}
	for k, limit := 0, low; k < len(order); k++ {
		placed[order[k]] = math.Max(placed[order[k]], limit)
		limit = placed[order[k]] + gap
	}
	return placed
}

// box is a rectangle that a label or a mark takes up.
type box struct{ x1, y1, x2, y2 float64 }

func (b box) hits(o box) bool { return b.x1 < o.x2 && o.x1 < b.x2 && b.y1 < o.y2 && o.y1 < b.y2 }

func (b box) clear(taken []box) bool {
	for _, t := range taken {
		if b.hits(t) {
			return false
		}
	}
	return true
}
