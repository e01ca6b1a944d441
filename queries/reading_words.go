package queries

import (
	"strings"
	"unicode"
	"unicode/utf8"

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
// became of it, Target what to expect, Trust what to bear in mind. Detail is what a table
// says after the word for Change: "above usual range".
type Sentences struct {
	Lead, Change, Target, Trust string
	ChartTitle                  string
	Detail                      string
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

// ReadingSentences says what the Reading of a Result says in the language of w, in at most 45
// words: when there are more, what to bear in mind goes first, then the target.
func ReadingSentences(r *Result, w Words) Sentences {
	m, x := r.Measure, r.Reading
	s := Sentences{Lead: lead(w, m, x), Change: changeWords(w, m, x), Target: targetWords(w, m, x), Detail: detail(w, x)}
	if w.Count(s.Lead+" "+s.Change) > mostWords {
		s.Lead = shortLead(w, m, x)
	}
	if w.Count(s.Text()) > mostWords {
		s.Target = ""
	}
	for _, t := range trustWords(w, m, x) {
		if w.Count(s.Text()+" "+t) <= mostWords {
			s.Trust = strings.TrimSpace(s.Trust + " " + t)
		}
	}
	s.ChartTitle = chartTitle(w, m, x)
	return s
}

func targetWords(w Words, m *Measure, r Reading) string {
	if m.Target == nil || r.Assurance == NoTarget {
		return ""
	}
	target := amount(w, m, m.Target.Value)
	if m.Kind == Duration {
		target = w.Text("reading.target."+dayKey(m), "n", number(m, m.Target.Value))
	}
	will := map[Assurance]string{Expected: "expected", NotExpected: "not-expected", MayOrMayNot: "may-or-may-not"}[r.Assurance]
	switch {
	case will == "":
		return w.Text("reading.target.early", "target", target)
	case r.Rule == "shift":
		return w.Text("reading.target.since."+will, "target", target, "steps", stepsWords(w, r, r.pointsSince()))
	}
	return w.Text("reading.target.now."+will, "target", target)
}

// detail is what a table says of a Reading's Change: "above usual range".
func detail(w Words, r Reading) string {
	switch r.Change {
	case TooFew:
		return w.Text("reading.detail.few", "n", r.Limits.N, "least", fewestPoints)
	case NoChange:
		return w.Text("reading.detail.same")
	case NotJudged:
		return ""
	}
	side := side(r.High)
	switch {
	case r.Chart == "g":
		return w.Text("reading.detail.gaps" + side)
	case r.Rule == "shift", r.Rule == "trend":
		return w.Text("reading.detail."+r.Rule+side, "steps", stepsWords(w, r, r.Run))
	case r.Rule == "two_of_three":
		return w.Text("reading.detail.two" + side)
	}
	return w.Text("reading.detail.outside" + side)
}

// chartTitle says what the chart shows, with no number that it does not show.
func chartTitle(w Words, m *Measure, r Reading) string {
	key := ""
	switch {
	case r.Change == NoChange:
		key = "same"
	case r.Change == TooFew:
		key = "few"
	case r.Rule != "" && r.Chart == "g":
		key = "gaps" + side(r.High)
	case r.Rule == "shift":
		key = "shift" + side(r.High) + when(r.Seasonal(), ".season") + when(r.furtherSince(), ".further")
	case r.Rule == "trend":
		key = "trend" + side(r.High)
	case r.Rule == "two_of_three":
		key = "two" + side(r.High)
	case r.Rule != "":
		key = "outside" + side(r.High) + when(r.pointsSince() > 1, ".since")
	default:
		return firstWords(m.ShortTitle(), titleWords)
	}
	says := w.Text("reading.title."+key, "period", shortPeriod(w, r.Since))
	title := w.Text("reading.title", "measure", m.ShortTitle(), "says", says)
	if w.Count(title) > titleWords {
		return capital(says)
	}
	return title
}

func firstWords(s string, n int) string {
	words := strings.Fields(s)
	return strings.Join(words[:min(n, len(words))], " ")
}

// capital makes the first letter of a sentence large; characters that are no text may stand before it.
func capital(s string) string {
	at := strings.IndexFunc(s, func(r rune) bool { return !unicode.Is(unicode.Co, r) })
	if at < 0 {
		return s
	}
	_, n := utf8.DecodeRuneInString(s[at:])
	return s[:at] + strings.ToUpper(s[at:at+n]) + s[at+n:]
}

// side is the end of a key that says which way.
func side(high bool) string {
	if high {
		return ".high"
	}
	return ".low"
}

// when is an end of a key where ok holds.
func when(ok bool, end string) string {
	if ok {
		return end
	}
	return ""
}

// stepKey is what the points of the judged series are: month, quarter, year.
func stepKey(r Reading) string {
	if len(r.Points) == 0 || r.Points[0].Figure.Period.Kind == config.Rolling {
		return "year"
	}
	return string(r.Points[0].Figure.Period.Kind)
}

// stepsWords is n of what the points are: "8 months".
func stepsWords(w Words, r Reading, n int) string { return w.Some("unit."+stepKey(r), float64(n)) }

// inPeriod is a period after "in": "July to September 2026", "the year to September 2026".
func inPeriod(w Words, p config.Period) string {
	if p.Kind == config.Rolling {
		return w.Text("reading.year-to", "month", w.Month(p.Last()))
	}
	return w.Period(p)
}

func shortPeriod(w Words, p config.Period) string {
	if p.Kind == config.Month {
		return w.Month(p.Start)
	}
	return p.String()
}
