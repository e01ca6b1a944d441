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
	step, latest := stepName(r), ""
	if len(r.Points) > 0 {
		latest = capital(strings.TrimPrefix(inPeriod(r.Since), "in "))
	}
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
		if number(m, r.Limits.Lower) == number(m, r.Limits.Upper) {
			return fmt.Sprintf("There is no significant change. The latest %s is at its usual %s.", step, mean)
		}
		return fmt.Sprintf("There is no significant change. The latest %s is within its usual range of %s.", step, rangeWords(m, r.Limits))
	}
	var s string
	switch {
	case r.Chart == "g":
		s = fmt.Sprintf("They have come %s than usual.", pick(r.High, "closer together", "further apart"))
	case r.Rule == "shift":
		s = fmt.Sprintf("It has been %s its %sly average of %s for %d %ss in a row.", pick(r.High, "above", "below"), step, mean, r.Run, step)
	case r.Rule == "trend":
		s = fmt.Sprintf("It has %s for %d %ss in a row.", pick(r.High, "risen", "fallen"), r.Run, step)
	case r.Rule == "two_of_three":
		s = fmt.Sprintf("Two of the last three %ss were close to the %s limit.", step, pick(r.High, "upper", "lower"))
	default:
		s = fmt.Sprintf("%s was unusually %s compared with the %sly average of %s.", latest, pick(r.High, "high", "low"), step, mean)
	}
	if r.Change == Different {
		s += " This measure has no better or worse direction."
	}
	return s
}

// rangeWords is limits as a reader says them: "58% to 71%", "3 to 9.5 days".
func rangeWords(m *Measure, l Limits) string {
	if m.Kind == Proportion {
		return amount(m, l.Lower) + " to " + amount(m, l.Upper)
	}
	return number(m, l.Lower) + " to " + amount(m, l.Upper)
}
