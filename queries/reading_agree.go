package queries

import "math"

// Agree keeps two audiences of one edition from telling different stories. Rounding adds
// noise of its own, so figures that are rounded may read as a change that the finer ones do
// not show. Where r's verdict is not that of finer, the same measure for the audience with
// the finer figures, r is left unjudged and says why. That the two differ is all that
// readers of r learn of the finer figures.
func (r *Result) Agree(finer *Result, roundTo int64) {
	x := &r.Reading
	if x.Change == finer.Reading.Change || x.Change == NotJudged || x.Change == TooFew {
		return
	}
	points := make([]Point, len(x.Points))
	for i, p := range x.Points {
		points[i] = Point{Figure: p.Figure, Lower: math.NaN(), Centre: math.NaN(), Upper: math.NaN()}
	}
	assurance := x.Assurance
	if assurance != NoTarget {
		assurance = TooEarly
	}
	*x = Reading{Headline: x.Headline, Period: x.Period, Parts: x.Parts, Points: points, Chart: "trend", Change: NotJudged,
		Breaks: x.Breaks, Refusals: x.Refusals, Cautions: x.Cautions,
		Limits: Limits{N: x.Limits.N}, Assurance: assurance, Returns: x.Returns, ReturnsExpected: x.ReturnsExpected,
		Why: phrase("why.rounded", "n", roundTo)}
}
