package queries

import (
	"fmt"
	"strings"

	"wherry/config"
)

// changeWords says what became of the measure, after any break that it began anew from.
func changeWords(m *Measure, r Reading) string {
	words := changed(m, r)
	b, broken := r.lastBreak()
	if !broken {
		return words
	}
	return breakWords(b) + " " + words
}

// breakWords says that figures on either side of a break are not compared, or why the usual
// range was reset.
func breakWords(b Break) string {
	day, _ := b.Definition.Day()
	from := day.Format("January 2006")
	if b.Definition.Kind == config.Break {
		return "Figures before and after " + from + " cannot be compared."
	}
	return "From " + from + " the usual range is reset: " + strings.TrimSuffix(b.Definition.Title, ".") + "."
}

func changed(m *Measure, r Reading) string {
	mean := amount(m, r.Limits.Mean)
	step := stepName(r)
	switch r.Change {
	case TooFew:
		since := "so far"
		if len(r.Breaks) > 0 {
			since = "since"
		}
		return fmt.Sprintf("There %s %d %s %s. At least %d are needed before a change can be judged.",
			pick(r.Limits.N == 1, "is", "are"), r.Limits.N, pick(r.Limits.N == 1, "point", "points"), since, fewestPoints)
	case NotJudged:
		return r.Why
	case NoChange:
		if !r.Limits.OK {
			return fmt.Sprintf("There is no significant change in how many %ss lie between them.", step)
		}
		if r.Seasonal() {
			return fmt.Sprintf("There is no significant change. With the season taken out, the latest %s is within its usual range of %s.", step, rangeWords(m, r.Limits))
		}
		if number(m, r.Limits.Lower) == number(m, r.Limits.Upper) {
			return fmt.Sprintf("There is no significant change. The latest %s is at its usual %s.", step, mean)
		}
		return fmt.Sprintf("There is no significant change. The latest %s is within its usual range of %s.", step, rangeWords(m, r.Limits))
	}
	s := signalWords(m, r)
	if r.Change == Different {
		s += " This measure has no better or worse direction."
	}
	return s
}

// signalWords says which rule flags the last point, and against what.
func signalWords(m *Measure, r Reading) string {
	step := stepName(r)
	average := fmt.Sprintf("its %sly average of %s", step, amount(m, r.Limits.Mean))
	it := "It"
	if r.Seasonal() {
		average, it = "what is usual for the time of year", "With the season taken out, it"
	}
	switch {
	case r.Chart == "g":
		return fmt.Sprintf("They have come %s than usual.", pick(r.High, "closer together", "further apart"))
	case r.Rule == "shift":
		return fmt.Sprintf("It has been %s %s for %d %ss in a row%s.", pick(r.High, "above", "below"), average, r.Run, step, r.moreSince())
	case r.Rule == "trend":
		return fmt.Sprintf("%s has %s for %d %ss in a row.", it, pick(r.High, "risen", "fallen"), r.Run, step)
	case r.Rule == "two_of_three":
		return fmt.Sprintf("Two of the last three %ss were close to the %s limit.", step, pick(r.High, "upper", "lower"))
	}
	average = "unusually " + pick(r.High, "high", "low") + " compared with " + strings.Replace(average, "its", "the", 1) + "."
	if r.pointsSince() > 1 {
		return "Since " + strings.TrimPrefix(inPeriod(r.Since), "in ") + " it has been " + average
	}
	return capital(strings.TrimPrefix(inPeriod(r.Since), "in ")) + " was " + average
}

// moreSince says from when the points of a run lie further from the average, where that is
// not its first.
func (r Reading) moreSince() string {
	if r.pointsSince() == r.Run {
		return ""
	}
	return ", by more since " + shortPeriod(r.Since)
}

// rangeWords is limits as a reader says them: "58% to 71%", "3 to 9.5 days".
func rangeWords(m *Measure, l Limits) string {
	if m.Kind == Proportion {
		return amount(m, l.Lower) + " to " + amount(m, l.Upper)
	}
	return number(m, l.Lower) + " to " + amount(m, l.Upper)
}
