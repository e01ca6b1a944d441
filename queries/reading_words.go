package queries

import (
	"fmt"
	"strings"

	"wherry/config"
)

// mostWords is the length of the sentences of one Reading taken together, titleWords of the
// title of its chart.
const (
	mostWords  = 45
	titleWords = 12
	smallBase  = 50 // below it a reader is told that small changes matter
)

// Sentences is a Reading in words; each may be empty. Lead gives the figure, Change what
// became of it, Target what to expect, Trust what to bear in mind. Verdict is Change in a
// few words, for tables.
type Sentences struct {
	Lead, Change, Target, Trust string
	ChartTitle                  string
	Verdict                     string
}

// Text is the sentences one after another.
func (s Sentences) Text() string {
	var parts []string
	for _, p := range []string{s.Lead, s.Change, s.Target, s.Trust} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " ")
}

// ReadingSentences says what the Reading of a Result says, in at most 45 words: when there
// are more, what to bear in mind goes first, then the target.
func ReadingSentences(r *Result) Sentences {
	m, x := r.Measure, r.Reading
	s := Sentences{Lead: lead(m, x), Change: changeWords(m, x), Target: targetWords(m, x), Verdict: verdict(x)}
	if strings.Count(s.Lead+" "+s.Change, " ")+1 > mostWords {
		s.Lead = shortLead(m, x)
	}
	if len(strings.Fields(s.Text())) > mostWords {
		s.Target = ""
	}
	for _, t := range trustWords(m, x) {
		if len(strings.Fields(s.Text()+" "+t)) <= mostWords {
			s.Trust = strings.TrimSpace(s.Trust + " " + t)
		}
	}
	s.ChartTitle = chartTitle(m, x)
	return s
}

func targetWords(m *Measure, r Reading) string {
	if m.Target == nil || r.Assurance == NoTarget {
		return ""
	}
	target := amount(m, m.Target.Value)
	if m.Kind == Duration {
		target = number(m, m.Target.Value) + "-" + strings.ReplaceAll(dayWord(m), " ", "-")
	}
	will := map[Assurance]string{
		Expected: "is expected to be met", NotExpected: "is not expected to be met", MayOrMayNot: "may or may not be met",
	}[r.Assurance]
	switch {
	case will == "":
		return fmt.Sprintf("It is too early to say whether the %s target will be met.", target)
	case r.Rule == "shift":
		return fmt.Sprintf("On the %d %ss since this began, the %s target %s.", r.pointsSince(), stepName(r), target, will)
	}
	return fmt.Sprintf("On current performance the %s target %s.", target, will)
}

// verdict is a Reading's Change for a table: "Improving, above usual range".
func verdict(r Reading) string {
	head := map[Change]string{Improving: "Improving", Concern: "Concern", Different: "Changed"}[r.Change]
	switch r.Change {
	case TooFew:
		return fmt.Sprintf("Too few points, %d of %d needed", r.Limits.N, fewestPoints)
	case NoChange:
		return "No significant change, within usual range"
	case NotJudged:
		return "Not judged"
	}
	if r.Chart == "g" {
		return head + ", " + pick(r.High, "closer together", "further apart") + " than usual"
	}
	switch r.Rule {
	case "shift":
		return fmt.Sprintf("%s, %s for %d %ss", head, pick(r.High, "high", "low"), r.Run, stepName(r))
	case "trend":
		return fmt.Sprintf("%s, %s for %d %ss", head, pick(r.High, "rising", "falling"), r.Run, stepName(r))
	case "two_of_three":
		return fmt.Sprintf("%s, close to the %s limit", head, pick(r.High, "upper", "lower"))
	}
	return fmt.Sprintf("%s, %s usual range", head, pick(r.High, "above", "below"))
}

// chartTitle says what the chart shows, with no number that it does not show.
func chartTitle(m *Measure, r Reading) string {
	says := ""
	switch {
	case r.Change == NoChange:
		says = "no significant change"
	case r.Change == TooFew:
		says = "too few points to judge"
	case r.Rule != "" && r.Chart == "g":
		says = pick(r.High, "closer together", "further apart") + " than usual"
	case r.Rule == "shift":
		usual := pick(r.Seasonal(), "usual for the time of year", "average")
		says = pick(r.moreSince() == "", "", "further ") + pick(r.High, "above", "below") + " " + usual + " since " + shortPeriod(r.Since)
	case r.Rule == "trend":
		says = pick(r.High, "rising", "falling") + " since " + shortPeriod(r.Since)
	case r.Rule == "two_of_three":
		says = "close to the " + pick(r.High, "upper", "lower") + " limit"
	case r.Rule != "":
		says = "unusually " + pick(r.High, "high", "low") + pick(r.pointsSince() > 1, " since ", " in ") + shortPeriod(r.Since)
	default:
		return firstWords(m.ShortTitle(), titleWords)
	}
	title := m.ShortTitle() + ": " + says
	if len(strings.Fields(title)) > titleWords {
		return capital(says)
	}
	return title
}

func firstWords(s string, n int) string {
	words := strings.Fields(s)
	return strings.Join(words[:min(n, len(words))], " ")
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// stepName is what the points of the judged series are: month, quarter.
func stepName(r Reading) string {
	if len(r.Points) == 0 || r.Points[0].Figure.Period.Kind == config.Rolling {
		return "year"
	}
	return string(r.Points[0].Figure.Period.Kind)
}

// inPeriod places a sentence in time: "in July to September 2026", "in the year to
// September 2026".
func inPeriod(p config.Period) string {
	if p.Kind == config.Rolling {
		return "in the year to " + p.Last().Format("January 2006")
	}
	return "in " + p.Title()
}

func shortPeriod(p config.Period) string {
	if p.Kind == config.Month {
		return p.Start.Format("January 2006")
	}
	return p.String()
}
