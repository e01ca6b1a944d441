package audit

import (
	"math"
	"slices"

	"golang.org/x/net/html"
)

// sparkSteps is how many steps of a series the small chart of a scorecard takes in.
const sparkSteps = 24

// checkSpark holds the small chart of a measure in a scorecard against its data: its line
// may bend only where a value is printed, and as high as all printed values together say.
func (a *audience) checkSpark(r *Report, page string, m *measure, svg *html.Node) {
	r.Checked++
	rows, _, _ := a.series(m, drawing{})
	rows = rows[max(0, len(rows)-sparkSteps):]
	var line []point
	for _, shape := range readShapes(svg) {
		if shape.fill == "none" && !shape.dashed && shape.width == "1.6" {
			line = append(line, slices.Concat(shape.rings...)...)
		}
	}
	if len(line) == 0 || len(rows) == 0 {
		return
	}
	const left, right = 2, 186
	slot := float64(right-left) / float64(len(rows))
	var ticks [][2]float64
	for _, p := range line {
		i := int(math.Floor((p.x - left) / slot))
		if i < 0 || i >= len(rows) || rows[i].value == "" {
			r.add(a.folder+"/"+page, m.ID, RuleDrawing, "a small chart has a point where the data file has no value")
			return
		}
		ticks = append(ticks, [2]float64{p.y, parsed(rows[i].value)[0]})
	}
	if !inLine(ticks) {
		r.add(a.folder+"/"+page, m.ID, RuleDrawing, "a small chart is not drawn from the values of the data file")
	}
}

// inLine says whether heights and values lie on one straight line, as far as heights printed
// to a tenth can tell.
func inLine(ticks [][2]float64) bool {
	low, high := ticks[0], ticks[0]
	for _, t := range ticks {
		if t[1] < low[1] {
			low = t
		}
		if t[1] > high[1] {
			high = t
		}
	}
	if high[1] == low[1] {
		return true // one value throughout says nothing of a scale
	}
	per := (high[0] - low[0]) / (high[1] - low[1])
	for _, t := range ticks {
		if math.Abs(low[0]+per*(t[1]-low[1])-t[0]) > 0.25 {
			return false
		}
	}
	return true
}
