package queries

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"wherry/config"
)

// mostWords is the length of the sentences of one Reading taken together, titleWords of the
// title of its chart.
const (
	mostWords  = 45
	titleWords = 12
	smallBase  = 50 // below it a reader is told that small changes matter
	adult      = 18 // years
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
		s.Lead = fmt.Sprintf("%s: %s %s.", m.ShortTitle(), amount(m, x.Headline.Value), inPeriod(x.Period))
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
	}
	if value == "1" {
		return fmt.Sprintf("The count of %s was 1 %s.", m.Counts, in)
	}
	return fmt.Sprintf("There were %s %s %s.", value, m.Counts, in)
}

func changeWords(m *Measure, r Reading) string {
	mean := amount(m, r.Limits.Mean)
	step, latest := stepName(r), ""
	if n := len(r.Points); n > 0 {
		latest = capital(strings.TrimPrefix(inPeriod(r.Since), "in "))
	}
	switch r.Change {
	case TooFew:
		return fmt.Sprintf("There are %d points so far. At least %d are needed before a change can be judged.", r.Limits.N, fewestPoints)
	case NotJudged:
		return r.Why
	case NoChange:
		return fmt.Sprintf("There is no significant change. The latest %s is within its usual range of %s.", step, rangeWords(m, r.Limits))
	}
	var s string
	switch r.Rule {
	case "shift":
		s = fmt.Sprintf("It has been %s its %sly average of %s for %d %ss in a row.", pick(r.High, "above", "below"), step, mean, r.Run, step)
	case "trend":
		s = fmt.Sprintf("It has %s for %d %ss in a row.", pick(r.High, "risen", "fallen"), r.Run, step)
	case "two_of_three":
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
		return fmt.Sprintf("On the %d %ss since this began, the %s target %s.", r.Run, stepName(r), target, will)
	}
	return fmt.Sprintf("On current performance the %s target %s.", target, will)
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
	if h.State == Shown && h.BaseShown && h.Base < smallBase && (m.Kind == Proportion || m.Kind == Duration) {
		ws = append(ws, fmt.Sprintf("Based on %d cases, so small changes matter.", h.Base))
	}
	if r.Limits.OK && r.Limits.Trial {
		ws = append(ws, "The usual range is a first estimate.")
	}
	return ws
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
	case r.Rule == "shift":
		says = pick(r.High, "above", "below") + " average since " + shortPeriod(r.Since)
	case r.Rule == "trend":
		says = pick(r.High, "rising", "falling") + " since " + shortPeriod(r.Since)
	case r.Rule == "two_of_three":
		says = "close to the " + pick(r.High, "upper", "lower") + " limit"
	case r.Rule != "":
		says = "unusually " + pick(r.High, "high", "low") + " in " + shortPeriod(r.Since)
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

// peopleWords is who a rate is per: "females aged 16 and over", "children aged 0 to 7".
func peopleWords(p *Population) string {
	if p == nil {
		return "people"
	}
	from, to, spans := strings.Cut(p.Age, "-")
	who := map[string]string{"female": "females", "male": "males"}[p.Sex]
	if oldest, err := strconv.Atoi(to); who == "" {
		who = "people"
		if err == nil && oldest < adult {
			who = "children"
		}
	}
	switch {
	case p.Age == "":
		return who
	case strings.HasSuffix(p.Age, "+"):
		return who + " aged " + strings.TrimSuffix(p.Age, "+") + " and over"
	case spans:
		return who + " aged " + from + " to " + to
	}
	return who + " aged " + p.Age
}

// amount is a value with its unit: "76%", "6 days", "12.3", "1,278".
func amount(m *Measure, v float64) string {
	n := number(m, v)
	switch {
	case m.Kind == Proportion:
		return n + "%"
	case m.Kind == Duration && n == "1":
		return n + " " + dayWord(m)
	case m.Kind == Duration:
		return n + " " + dayWord(m) + "s"
	}
	return n
}

// dayWord is what a duration counts: its title says whether they are working days.
func dayWord(m *Measure) string {
	if strings.Contains(strings.ToLower(m.Title), "working day") {
		return "working day"
	}
	return "day"
}

// number is a value without its unit: whole percentages but at the ends of the scale,
// rates to one decimal, days as they are.
func number(m *Measure, v float64) string {
	switch m.Kind {
	case Rate:
		if math.Abs(v) < 100 {
			return decimals(v, 1)
		}
	case Duration:
		if v != math.Trunc(v) {
			return decimals(v, 1)
		}
	case Proportion:
		if (v > 99.5 && v < 100) || (v > 0 && v < 0.5) {
			return decimals(v, 1)
		}
	}
	return whole(v)
}

func whole(v float64) string { return decimals(v, 0) }

// decimals prints v to so many places, with commas between thousands.
func decimals(v float64, places int) string {
	s := strconv.FormatFloat(math.Abs(v), 'f', places, 64)
	digits, rest, _ := strings.Cut(s, ".")
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if rest != "" {
		digits += "." + rest
	}
	if v < 0 && strings.ContainsAny(digits, "123456789") {
		return "-" + digits
	}
	return digits
}
