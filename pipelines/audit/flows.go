package audit

import (
	"math"
	"slices"
	"strings"
)

// flow is a band of a flow chart: from one bar to another, so thick.
type flow struct {
	from, to point // the upper ends
	thick    float64
	number   float64 // NaN for one that is hidden
}

// flowsShow is why a flow chart shows more than its table. Each band says in its title what
// it stands for, and is as thick as its number, which is printed; those that are hidden are
// all of one thickness. A bar is as tall as the bands at one of its sides: the rest of a total
// would tell what is hidden.
func (d drawing) flowsShow(printed []float64, shapes []shape) string {
	var flows []flow
	for _, s := range shapes {
		if !s.curved {
			continue
		}
		f, why := s.flow()
		if why != "" {
			return why
		}
		flows = append(flows, f)
	}
	printed, why := sumsOf(flows, printed, shapes)
	if why == "" {
		why = inProportion(flows)
	}
	if why != "" {
		return why
	}
	for _, s := range shapes {
		if s.curved || !s.closed {
			continue
		}
		b := boxOf(s.rings[0])
		in, out := 0.0, 0.0
		for _, f := range flows {
			if f.comesTo(b) {
				in += f.thick
			}
			if f.leaves(b) {
				out += f.thick
			}
		}
		if most := math.Max(in, out); b.h > math.Max(most, 4)+0.5 {
			return "a flow chart has a bar that is taller than its bands"
		}
	}
	return d.flowWords(printed, flows)
}

// flow reads a band: its corners are upper left, upper right, lower right, lower left.
func (s shape) flow() (flow, string) {
	if len(s.rings) != 1 || len(s.rings[0]) != 4 {
		return flow{}, "the auditor does not know this kind of band"
	}
	c := s.rings[0]
	f := flow{c[0], c[1], c[2].y - c[1].y, math.NaN()}
	at := strings.LastIndex(s.title, ": ")
	if at < 0 {
		return f, "a flow chart has a band that says nothing of itself"
	}
	said := s.title[at+2:]
	switch ns := numbersIn(said); {
	case markForm.MatchString(said) && s.dashed:
	case len(ns) == 1 && !s.dashed:
		f.number = ns[0].value
	default:
		return f, "a flow chart has a band that does not say its number"
	}
	return f, ""
}

// sumsOf is what is printed with the numbers of flows that are sums of printed flows: those that
// leave the bar which the flow comes to. It adds nothing to what a reader can work out. A
// number that is neither is why the chart shows too much.
func sumsOf(flows []flow, printed []float64, shapes []shape) ([]float64, string) {
	slices.SortStableFunc(flows, func(x, y flow) int { return compareFloats(y.from.x, x.from.x) }) // from the last stage back
	for _, f := range flows {
		if math.IsNaN(f.number) || slices.Contains(printed, f.number) {
			continue
		}
		sum, parts := 0.0, 0
		for _, s := range shapes {
			b := boxOf(s.rings[0])
			if s.curved || !s.closed || !f.comesTo(b) {
				continue
			}
			for _, on := range flows {
				if on.leaves(b) {
					sum, parts = sum+on.number, parts+1
				}
			}
		}
		if parts == 0 || sum != f.number {
			return nil, "a flow chart has a number that is not printed"
		}
		printed = append(printed, f.number)
	}
	return printed, ""
}

func (f flow) comesTo(b bar) bool {
	return math.Abs(f.to.x-b.x) < 0.3 && f.to.y > b.y-0.3 && f.to.y < b.y+b.h+0.3
}

func (f flow) leaves(b bar) bool {
	return math.Abs(f.from.x-b.x-b.w) < 0.3 && f.from.y > b.y-0.3 && f.from.y < b.y+b.h+0.3
}

// inProportion is why bands are not as thick as their numbers, or hidden ones differ.
func inProportion(flows []flow) string {
	hidden := math.NaN()
	largest := slices.MaxFunc(append(flows, flow{number: math.NaN()}), func(x, y flow) int {
		return compareFloats(numberOr0(x), numberOr0(y))
	})
	per := largest.thick / largest.number
	for _, f := range flows {
		switch {
		case !math.IsNaN(f.number) && math.Abs(f.thick-f.number*per) > 0.05:
			return "a flow chart has a band that is not as thick as its number"
		case math.IsNaN(f.number) && math.IsNaN(hidden):
			hidden = f.thick
		case math.IsNaN(f.number) && math.Abs(f.thick-hidden) > 0.05:
			return "a flow chart has hidden bands that differ"
		}
	}
	return ""
}

func numberOr0(f flow) float64 {
	if math.IsNaN(f.number) {
		return 0
	}
	return f.number
}

// flowWords is why the words of a flow chart say more than is printed. Numbers over all bands
// are those of stages.
func (d drawing) flowWords(printed []float64, flows []flow) string {
	top := math.Inf(1)
	for _, f := range flows {
		top = math.Min(top, math.Min(f.from.y, f.to.y))
	}
	for _, w := range d.words {
		if tickForm.MatchString(w.text) && w.y > top && !saidIn(w.text, printed) {
			return "a flow chart has a number that is not printed"
		}
	}
	return ""
}
