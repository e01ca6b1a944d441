package audit

import (
	"cmp"
	"math"
	"slices"
)

// stacksShow is why a chart of stacked bars shows more than is printed. Each part is as long
// as a number that is printed and begins where the one before it ends, so that no gap stands
// for what is hidden; the pieces for hidden parts are all of one length.
func (d drawing) stacksShow(across scale, printed []float64, shapes []shape) string {
	bars := slices.DeleteFunc(slices.Clone(d.bars), func(b bar) bool { return b.w < 0.5 })
	if !across.ok && len(bars) > 0 {
		return "the auditor cannot read the scale of a drawing"
	}
	slices.SortFunc(bars, func(a, b bar) int {
		return cmp.Or(cmp.Compare(math.Round(a.y), math.Round(b.y)), cmp.Compare(a.x, b.x))
	})
	for i, b := range bars {
		begins := across.isOneOf(b.x, []float64{0}, barSlack*across.unit())
		if i > 0 && math.Round(bars[i-1].y) == math.Round(b.y) {
			begins = math.Abs(b.x-bars[i-1].x-bars[i-1].w) <= 2*barSlack
		}
		if !begins {
			return "a stacked bar has a gap between its parts"
		}
		length := b.w * across.unit()
		if !slices.ContainsFunc(printed, func(v float64) bool { return math.Abs(v-length) <= 2*barSlack*across.unit() }) {
			return "the drawing has a bar that is not printed"
		}
	}
	hidden := math.NaN()
	for _, s := range shapes {
		if !s.closed || !s.dashed {
			continue
		}
		switch b := boxOf(s.rings[0]); {
		case math.IsNaN(hidden):
			hidden = b.w
		case math.Abs(b.w-hidden) > 0.25:
			return "a stacked bar has hidden parts that differ"
		}
	}
	return ""
}
