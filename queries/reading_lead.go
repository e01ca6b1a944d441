package queries

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// lead gives the headline figure in a sentence, or says why there is none.
func lead(m *Measure, r Reading) string {
	in := inPeriod(r.Period)
	switch r.Headline.State {
	case Suppressed:
		return "Not shown, to protect people in small groups."
	case NotSupplied:
		return "Not shown: the returns that this rests on were not supplied."
	case NotApplicable:
		return "There was nothing to count " + in + "."
	case Pending:
		return "It is too early to give a figure for " + strings.TrimPrefix(in, "in ") + "."
	case Broken:
		return "Not given: the definition changed within " + strings.TrimPrefix(in, "in ") + ", so figures cannot be added across it."
	}
	value := amount(m, r.Headline.Value)
	switch m.Kind {
	case Proportion:
		return fmt.Sprintf("%s of %s %s %s.", value, m.Counts, m.Met, in)
	case Rate:
		return fmt.Sprintf("There were %s %s per %s %s %s.", value, m.Counts, whole(float64(m.Per)), peopleWords(m.Population), in)
	case Duration:
		if m.Met != "" {
			return fmt.Sprintf("Half of %s %s within %s %s.", m.Counts, m.Met, value, in)
		}
		return fmt.Sprintf("%s: the median was %s %s.", m.Title, value, in)
	case Mean:
		return fmt.Sprintf("%s: the average was %s %s.", m.Title, value, in)
	case PairedChange:
		return pairedLead(m, r.Headline, in)
	case Estimate:
		return estimateLead(m, r.Headline, in)
	case Distribution:
		return distributionLead(m, r, in)
	}
	return countLead(m, r, in)
}

// shortLead is lead for where other sentences need the room.
func shortLead(m *Measure, r Reading) string {
	if r.Headline.State != Shown {
		return lead(m, r)
	}
	return fmt.Sprintf("%s: %s %s.", m.ShortTitle(), amount(m, r.Headline.Value), inPeriod(r.Period))
}

func countLead(m *Measure, r Reading, in string) string {
	value := amount(m, r.Headline.Value)
	if value == "1" {
		return fmt.Sprintf("The count of %s was 1 %s.", m.Counts, in)
	}
	return fmt.Sprintf("There were %s %s %s.", value, m.Counts, in)
}

// pairedLead says how far what the measure follows moved, and for how many of those who began.
func pairedLead(m *Measure, f Figure, in string) string {
	what, both := m.Moves, ""
	if what == "" {
		what, both = "scores", " who gave both"
	}
	if m.Against != "" {
		what = "set against " + m.Against + ", " + what
	}
	what = capital(what)
	moved := "did not move"
	if size := amount(m, math.Abs(f.Value)); number(m, f.Value) != number(m, 0) {
		moved = pick(f.Value > 0, "rose", "fell") + " by " + size
	}
	if p := f.Paired; p != nil && p.Started > 0 && p.Paired > 0 {
		return fmt.Sprintf("%s %s on average %s, for %s of %s %s%s.",
			what, moved, in, whole(float64(p.Paired)), whole(float64(p.Started)), m.Counts, both)
	}
	return fmt.Sprintf("%s of %s %s on average %s.", what, m.Counts, moved, in)
}

func estimateLead(m *Measure, f Figure, in string) string {
	value := amount(m, f.Value)
	if math.IsNaN(f.Low) || math.IsNaN(f.High) {
		return fmt.Sprintf("An estimated %s: %s %s.", value, m.Counts, in)
	}
	return fmt.Sprintf("An estimated %s (between %s and %s): %s %s.", value, number(m, f.Low), number(m, f.High), m.Counts, in)
}

// distributionLead names the largest part, where every part is shown: a hidden one might be
// larger.
func distributionLead(m *Measure, r Reading, in string) string {
	shown := len(r.Parts) > 0 && !slices.ContainsFunc(r.Parts, func(f Figure) bool { return f.State != Shown })
	if !shown || r.Headline.Value == 0 {
		return countLead(m, r, in)
	}
	largest := slices.MaxFunc(r.Parts, func(a, b Figure) int {
		switch {
		case a.Value < b.Value:
			return -1
		case a.Value > b.Value:
			return 1
		}
		return 0
	})
	return fmt.Sprintf("Of %s %s %s, the largest part is %s, %s%%.", whole(r.Headline.Value), m.Counts, in,
		strings.ReplaceAll(largest.Category, "_", " "), whole(largest.Value))
}

// trustWords is what to bear in mind, the most important first.
func trustWords(m *Measure, r Reading) []string {
	var ws []string
	if r.Returns < r.ReturnsExpected {
		ws = append(ws, fmt.Sprintf("%d of %d returns were supplied.", r.Returns, r.ReturnsExpected))
	}
	if n := len(r.Points); n > 0 && r.Points[n-1].Figure.Provisional {
		ws = append(ws, capital(strings.TrimPrefix(inPeriod(r.Points[n-1].Figure.Period), "in "))+" is provisional.")
	}
	h := r.Headline
	if h.State == Shown && h.PeopleShown && h.People > 0 && h.People < h.Numerator {
		ws = append(ws, fmt.Sprintf("They befell %s people.", whole(float64(h.People))))
	}
	if p := h.Paired; h.State == Shown && p != nil && p.MayRegress {
		ws = append(ws, "Scores far from the usual move towards it without any effect.")
	}
	if h.State == Shown && h.BaseShown && h.Base < smallBase && restsOnCases(m.Kind) {
		ws = append(ws, fmt.Sprintf("Based on %d cases, so small changes matter.", h.Base))
	}
	if r.Limits.OK && r.Limits.Trial {
		ws = append(ws, "The usual range is a first estimate.")
	}
	return ws
}

// restsOnCases says whether a kind's value is worked out from Base cases.
func restsOnCases(k Kind) bool {
	switch k {
	case Proportion, Duration, Mean, PairedChange:
		return true
	}
	return false
}
