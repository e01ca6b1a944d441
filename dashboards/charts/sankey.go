package charts

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"slices"
)

// Stop is one place on a pathway: "Referred to children's services".
type Stop struct {
	Name string
	Text string // how many came: "1,240", or the mark of a gap: "[c]"
}

// Stage is a step of the pathway with the stops that people may come to in it.
type Stage struct {
	Name  string
	Stops []Stop
}

// Flow is those who went from one stop to one of the next stage.
type Flow struct {
	Stage, From, To int     // From is a stop of the Stage, To one of the stage after it
	Value           float64 // as published; NaN for one that is hidden
	Text            string  // "820", or the mark of a gap: "[c]"
}

// Sankey is a pathway from contact to outcome: a band for each flow, as thick as its value. A
// hidden flow is a marked band of one fixed thickness, and a stop is as tall as the bands
// drawn at it, never as its own total: the rest of a total would tell what is hidden. Stages
// and stops stand in the order given. Where there is little room stops have letters, and
// their names stand below. AltText begins "Flow chart". It is drawn without ECharts, which
// would give a hidden flow the thickness of a number.
type Sankey struct {
	Stages  []Stage
	Flows   []Flow
	AltText string
}

// Alt implements Chart.
func (c Sankey) Alt() string { return c.AltText }

func (c Sankey) option(frame) (tree, error) { return nil, nil }

func (c Sankey) check() error {
	type ends struct{ stage, from, to int }
	seen := map[ends]bool{}
	for _, w := range c.Flows {
		if w.Stage < 0 || w.Stage+1 >= len(c.Stages) || w.From < 0 || w.From >= len(c.Stages[w.Stage].Stops) || w.To < 0 || w.To >= len(c.Stages[w.Stage+1].Stops) {
			return fmt.Errorf("a flow of stage %d goes from stop %d to stop %d, and one of them is not there", w.Stage, w.From, w.To)
		}
		e := ends{w.Stage, w.From, w.To}
		switch {
		case seen[e]:
			return fmt.Errorf("there are two flows from %s to %s", c.from(w).Name, c.to(w).Name)
		case w.Value < 0 || math.IsInf(w.Value, 0):
			return fmt.Errorf("the flow from %s to %s is %v", c.from(w).Name, c.to(w).Name, w.Value)
		}
		seen[e] = true
	}
	return nil
}

func (c Sankey) from(w Flow) Stop { return c.Stages[w.Stage].Stops[w.From] }
func (c Sankey) to(w Flow) Stop   { return c.Stages[w.Stage+1].Stops[w.To] }

// The measures of bands and stops, in units.
const (
	hiddenThick = 9.0  // of a hidden flow, whatever its value
	stopWide    = 12.0 // of the bar of a stop
	stopLeast   = 4.0  // the height of a stop that no band reaches
	stopApart   = 14.0
)

// thickness of a flow at so many units to one; a flow of nobody has none.
func (w Flow) thickness(per float64) float64 {
	if math.IsNaN(w.Value) {
		return hiddenThick
	}
	return w.Value * per
}

// river is a pathway laid out at one width.
type river struct {
	Sankey
	per       float64 // units to one
	x         []float64
	y, tall   [][]float64 // by stage and stop: where its bar begins, and how tall it is
	lines     [][][]string
	lettered  bool
	labelWide float64
}

func (c Sankey) place(size Size) frame {
	f := frame{w: float64(size), font: fonts[size], mark: 1, thick: 1}
	if len(c.Stages) == 0 {
		f.h = 1
		return f
	}
	r := c.river(f, size)
	f.h = r.foot(f)
	r.heads(&f)
	r.bands(&f)
	r.stops(&f)
	if r.lettered {
		r.key(&f)
	}
	return f
}

// river finds the scale at which the tallest stage fits, and sets each stage from its top.
func (c Sankey) river(f frame, size Size) river {
	r := river{Sankey: c, lettered: size == Narrow}
	n := len(c.Stages)
	last := 150.0
	if size == Mid {
		last = 112
	}
	if r.lettered {
		last = f.font * 1.4
	}
	step := 0.0
	if n > 1 {
		step = (f.w - last - stopWide) / float64(n-1)
	}
	r.labelWide = math.Min(last, step*.55) - 10
	for i, s := range c.Stages {
		r.x = append(r.x, step*float64(i))
		var lines [][]string
		for k, stop := range s.Stops {
			name := balanced(stop.Name, f.font, max(1, len(wrap(stop.Name, f.font, r.labelWide))))
			if r.lettered {
				name = []string{r.letter(i, k)}
			}
			lines = append(lines, name)
		}
		r.lines = append(r.lines, lines)
	}
	height := map[Size]float64{Wide: 400, Mid: 360, Narrow: 300}[size]
	low, high := 0.0, 1e6
	for range 80 {
		if r.per = (low + high) / 2; r.tallest(f) > height {
			high = r.per
		} else {
			low = r.per
		}
	}
	r.per = low
	r.settle(f)
	return r
}

// drawn is how thick the bands at a stop are on the side where they are most.
func (r river) drawn(stage, stop int) float64 {
	in, out := 0.0, 0.0
	for _, w := range r.Flows {
		if w.Stage == stage && w.From == stop {
			out += w.thickness(r.per)
		}
		if w.Stage+1 == stage && w.To == stop {
			in += w.thickness(r.per)
		}
	}
	return math.Max(stopLeast, math.Max(in, out))
}

// slot is the height that a stop and its words take.
func (r river) slot(f frame, stage, stop int) float64 {
	lines := float64(len(r.lines[stage][stop]) + 1)
	if r.lettered {
		lines = 1.2
	}
	return math.Max(r.drawn(stage, stop), lines*f.font*1.15)
}

func (r river) tallest(f frame) float64 {
	most := 0.0
	for i, s := range r.Stages {
		sum := -stopApart
		for k := range s.Stops {
			sum += r.slot(f, i, k) + stopApart
		}
		most = math.Max(most, sum)
	}
	return most
}

// headLines is how many lines the tallest stage name takes.
func (r river) headLines(f frame) int {
	n := 1
	for i := range r.Stages {
		n = max(n, len(r.head(f, i)))
	}
	return n
}

// head is a stage's name in lines.
func (r river) head(f frame, i int) []string {
	room := f.w
	switch {
	case r.lettered:
		return []string{fmt.Sprint(i + 1)}
	case i+1 < len(r.x):
		room = r.x[1] - 14
	case i > 0:
		room = f.w - r.x[i]
	}
	return wrap(r.Stages[i].Name, f.font, room/bolder)
}

func (r *river) settle(f frame) {
	top := float64(r.headLines(f))*f.font*1.15 + 12
	for i, s := range r.Stages {
		var ys, talls []float64
		at := top
		for k := range s.Stops {
			slot, drawn := r.slot(f, i, k), r.drawn(i, k)
			ys, talls = append(ys, at+(slot-drawn)/2), append(talls, drawn)
			at += slot + stopApart
		}
		r.y, r.tall = append(r.y, ys), append(r.tall, talls)
	}
}

func (r river) heads(f *frame) {
	for i := range r.Stages {
		for k, line := range r.head(*f, i) {
			f.words = append(f.words, text{line, r.x[i], (float64(k) + .6) * f.font * 1.15, f.font, "left", true, Ink, false})
		}
	}
}

// bands draws each flow between its stops, in the order of the stops at both ends, with its
// value before the stop that it reaches where there is room.
func (r river) bands(f *frame) {
	ordered := r.ordered()
	out, in := map[[2]int]float64{}, map[[2]int]float64{}
	var taken []box
	for _, t := range r.labels(*f) {
		taken = append(taken, t.box())
	}
	for _, w := range ordered {
		thick := w.thickness(r.per)
		if thick == 0 {
			continue
		}
		from, to := [2]int{w.Stage, w.From}, [2]int{w.Stage + 1, w.To}
		y1, y2 := r.y[w.Stage][w.From]+out[from], r.y[w.Stage+1][w.To]+in[to]
		out[from], in[to] = out[from]+thick, in[to]+thick
		f.under = append(f.under, r.band(w, y1, y2, thick))
		for _, t := range r.places(*f, w, y1+thick/2, y2+thick/2) {
			if b := t.box(); b.clear(taken) && b.y2 <= f.h {
				f.words, taken = append(f.words, t), append(taken, b)
				break
			}
		}
	}
	f.words = append(f.words, r.labels(*f)...)
}

// foot is where the lowest stop ends, with its words.
func (r river) foot(f frame) float64 {
	lowest := 0.0
	for i := range r.Stages {
		for k := range r.y[i] {
			lowest = math.Max(lowest, r.y[i][k]+math.Max(r.tall[i][k], (r.tall[i][k]+r.slot(f, i, k))/2)+3)
		}
	}
	return math.Ceil(lowest)
}

// places are where the value of a flow may stand: before the stop that it reaches, and along
// its band.
func (r river) places(f frame, w Flow, y1, y2 float64) []text {
	x1, x2 := r.x[w.Stage]+stopWide, r.x[w.Stage+1]
	t := text{w.Text, x2 - 6, y2, f.font - 1.5, "right", false, Ink, true}
	ts := []text{t}
	for _, at := range []float64{.5, .6, .7, .4, .8, .3, .2} {
		// The band's curve: its handles lie half way across, at the heights of its ends.
		t.align, t.x = "middle", x1+(x2-x1)*(1.5*at*(1-at)+at*at*at)
		t.y = y1 + (y2-y1)*(3*at*at-2*at*at*at)
		ts = append(ts, t)
	}
	return ts
}

// ordered is the flows by stage, by where they come from and by where they go.
func (r river) ordered() []Flow {
	all := slices.Clone(r.Flows)
	slices.SortFunc(all, func(a, b Flow) int {
		return cmp.Or(cmp.Compare(a.Stage, b.Stage), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return all
}

// band is one flow as a shape between two bars.
func (r river) band(w Flow, y1, y2, thick float64) string {
	x1, x2 := r.x[w.Stage]+stopWide, r.x[w.Stage+1]
	middle := trim(tenth((x1 + x2) / 2))
	at := func(x, y float64) string { return trim(tenth(x)) + " " + trim(round(y)) }
	d := "M" + at(x1, y1) + "C" + middle + " " + trim(round(y1)) + " " + middle + " " + trim(round(y2)) + " " + at(x2, y2) +
		"L" + at(x2, y2+thick) + "C" + middle + " " + trim(round(y2+thick)) + " " + middle + " " + trim(round(y1+thick)) + " " + at(x1, y1+thick) + "Z"
	style := ` fill="` + Interval + `" fill-opacity="0.55" stroke="` + Navy + `" stroke-width="0.7"`
	if math.IsNaN(w.Value) {
		style = ` fill="` + Ground + `" stroke="` + Line + `" stroke-width="1.2" stroke-dasharray="4 3"`
	}
	title := html.EscapeString(r.from(w).Name + " to " + r.to(w).Name + ": " + w.Text)
	return `<path d="` + d + `"` + style + `><title>` + title + `</title></path>`
}

// stops draws the bars.
func (r river) stops(f *frame) {
	for i, s := range r.Stages {
		for k := range s.Stops {
			b := box{r.x[i], r.y[i][k], r.x[i] + stopWide, r.y[i][k] + r.tall[i][k]}
			f.over = append(f.over, filled(oblong(b), Navy))
		}
	}
}

// labels are the names and numbers beside the bars, or their letters.
func (r river) labels(f frame) []text {
	var ts []text
	for i, s := range r.Stages {
		for k, stop := range s.Stops {
			lines := r.lines[i][k]
			if !r.lettered {
				lines = append(lines[:len(lines):len(lines)], stop.Text)
			}
			for n, line := range lines {
				y := r.y[i][k] + r.tall[i][k]/2 + (float64(n)-float64(len(lines)-1)/2)*f.font*1.15
				ts = append(ts, text{line, r.x[i] + stopWide + 6, y, f.font, "left", n == len(lines)-1, Ink, true})
			}
		}
	}
	return ts
}

// letter names a stop where there is no room for its name: A on, over all stages, and numbers
// past Z.
func (c Sankey) letter(stage, stop int) string {
	for _, s := range c.Stages[:stage] {
		stop += len(s.Stops)
	}
	if stop >= 26 {
		return fmt.Sprint(stop + 1)
	}
	return string(rune('A' + stop))
}

// key names the stops under the drawing.
func (r river) key(f *frame) {
	y := f.h + f.font
	for i, s := range r.Stages {
		f.words = append(f.words, text{fmt.Sprintf("%d %s", i+1, s.Name), 1, y, f.font, "left", true, Ink, false})
		y += f.font * 1.5
		for k, stop := range s.Stops {
			lines := wrap(stop.Name, f.font, f.w-26-width(stop.Text, f.font, true)-14)
			f.words = append(f.words, text{r.letter(i, k), 1, y, f.font, "left", true, Ink, false}, text{stop.Text, f.w - 2, y, f.font, "right", true, Ink, false})
			for _, line := range lines {
				f.words = append(f.words, text{line, 22, y, f.font, "left", false, Ink, false})
				y += f.font * 1.4
			}
		}
		y += f.font * .5
	}
	f.h = math.Ceil(y - f.font*.6)
}
