package queries

import (
	"strings"

	"wherry/config"
)

// changeWords says what became of the measure, after any break that it began anew from.
func changeWords(w Words, m *Measure, r Reading) string {
	words := changed(w, m, r)
	b, broken := r.lastBreak()
	if !broken {
		return words
	}
	return breakWords(w, b) + " " + words
}

// breakWords says that figures on either side of a break are not compared, or why the usual
// range was reset.
func breakWords(w Words, b Break) string {
	day, _ := b.Definition.Day()
	if b.Definition.Kind == config.Break {
		return w.Text("reading.break.apart", "month", w.Month(day))
	}
	return w.Text("reading.break.reset", "month", w.Month(day), "why", strings.TrimSuffix(b.Definition.Title, "."))
}

func changed(w Words, m *Measure, r Reading) string {
	step := stepKey(r)
	switch r.Change {
	case TooFew:
		return w.Some("reading.few"+when(len(r.Breaks) > 0, ".since"), float64(r.Limits.N), "least", fewestPoints)
	case NotJudged:
		return r.Why.In(w)
	case NoChange:
		switch {
		case !r.Limits.OK:
			return w.Text("reading.same.gaps." + step)
		case r.Seasonal():
			return w.Text("reading.same.season", "range", rangeWords(w, m, r.Limits))
		case number(m, r.Limits.Lower) == number(m, r.Limits.Upper):
			return w.Text("reading.same.at."+step, "value", amount(w, m, r.Limits.Mean))
		}
		return w.Text("reading.same.within."+step, "range", rangeWords(w, m, r.Limits))
	}
	s := signalWords(w, m, r)
	if r.Change == Different {
		s += " " + w.Text("reading.no-direction")
	}
	return s
}

// signalWords says which rule flags the last point, and against what.
func signalWords(w Words, m *Measure, r Reading) string {
	high, against := side(r.High), "."+stepKey(r)
	if r.Seasonal() {
		against = ".season"
	}
	with := []any{"steps", stepsWords(w, r, r.Run), "value", amount(w, m, r.Limits.Mean), "since", shortPeriod(w, r.Since)}
	switch {
	case r.Chart == "g":
		return w.Text("reading.gaps" + high)
	case r.Rule == "shift":
		return w.Text("reading.shift"+high+against+when(r.furtherSince(), ".further"), with...)
	case r.Rule == "trend":
		return w.Text("reading.trend"+high+when(r.Seasonal(), ".season"), with...)
	case r.Rule == "two_of_three":
		return w.Text("reading.two" + high + "." + stepKey(r))
	}
	in := inPeriod(w, r.Since)
	if r.pointsSince() > 1 {
		return w.Text("reading.outside.since"+high+against, append(with, "period", in)...)
	}
	return w.Text("reading.outside"+high+against, append(with, "period", capital(in))...)
}

// furtherSince says that the points of a run lie further from the average from a step later than
// its first.
func (r Reading) furtherSince() bool { return r.pointsSince() != r.Run }

// rangeWords is limits as a reader says them: "58% to 71%", "3 to 9.5 days".
func rangeWords(w Words, m *Measure, l Limits) string {
	low := number(m, l.Lower)
	if m.Kind == Proportion {
		low = amount(w, m, l.Lower)
	}
	return w.Text("period.span", "from", low, "to", amount(w, m, l.Upper))
}
