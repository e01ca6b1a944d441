package queries

import (
	"math"
	"slices"

	"wherry/config"
)

// heed puts into the Reading what the ledger says of the measure. A break whose day is not
// known cannot be drawn, so it is a caution.
func (r *Reading) heed(ledger []config.Definition) {
	for _, d := range ledger {
		_, dated := d.Day()
		switch {
		case d.Kind == config.Refusal:
			r.Refusals = append(r.Refusals, d)
		case d.Kind == config.Warning && !d.Rebase, d.Kind == config.Break && !dated:
			r.Cautions = append(r.Cautions, d)
		}
	}
}

// Refuses says whether the ledger refuses a reading of the measure: one of config.RefuseChange,
// RefuseDirection, RefuseTarget and RefuseCompare.
func (r *Reading) Refuses(what string) bool {
	return slices.ContainsFunc(r.Refusals, func(d config.Definition) bool { return slices.Contains(d.Refuses, what) })
}

// direction is the better direction of the measure as the ledger allows it: up, down or
// neither.
func (r *Reading) direction(m *Measure) string {
	if r.Refuses(config.RefuseDirection) {
		return "neither"
	}
	return m.Better
}

// resets says whether limits begin again on the day of d.
func resets(d config.Definition) bool {
	_, dated := d.Day()
	return dated && (d.Kind == config.Break || d.Rebase)
}

// breaksOf is the breaks that fall within a series of figures, in time order. Each is placed
// at the first period that lies wholly after it.
func breaksOf(figures []Figure, ledger []config.Definition) []Break {
	var breaks []Break
	for _, d := range ledger {
		day, _ := d.Day()
		if !resets(d) || len(figures) == 0 || !figures[0].Period.Start.Before(day) {
			continue
		}
		for _, f := range figures {
			if !f.Period.Start.Before(day) {
				breaks = append(breaks, Break{f.Period, d})
				break
			}
		}
	}
	slices.SortStableFunc(breaks, func(a, b Break) int { return a.Period.Start.Compare(b.Period.Start) })
	return breaks
}

func (r *Reading) breaksAt(p config.Period) bool {
	return slices.ContainsFunc(r.Breaks, func(b Break) bool { return b.Period == p })
}

// lastBreak is where the stretch that is judged begins, and whether the series has a break.
func (r *Reading) lastBreak() (Break, bool) {
	if len(r.Breaks) == 0 {
		return Break{}, false
	}
	last := r.Breaks[len(r.Breaks)-1]
	for _, b := range r.Breaks {
		if b.Period == last.Period && b.Definition.Kind == config.Break {
			last = b
		}
	}
	return last, true
}

// refuseAcross marks as Broken every figure, shown or hidden, that adds up cases from both
// sides of a break: it is of one definition in part and of another in part.
func (r *Result) refuseAcross(ledger []config.Definition) {
	for _, d := range ledger {
		day, dated := d.Day()
		if d.Kind != config.Break || !dated {
			continue
		}
		for i, f := range r.Figures {
			if (f.State == Shown || f.State == Suppressed) && f.Period.Start.Before(day) && day.Before(f.Period.End) {
				nan := math.NaN()
				r.Figures[i] = Figure{Period: f.Period, Area: f.Area, Breakdown: f.Breakdown, Category: f.Category,
					State: Broken, Value: nan, Low: nan, High: nan, Provisional: f.Provisional, Warnings: f.Warnings}
			}
		}
	}
}
