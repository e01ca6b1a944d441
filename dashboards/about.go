package dashboards

import (
	"fmt"
	"math"
	"strings"

	"wherry/config"
	"wherry/dashboards/charts"
	"wherry/queries"
)

// about is the lines of "About this measure", without those that say nothing.
func (b *builder) about(s *subject) []fact {
	m := s.Measure
	better := map[string]string{"up": "Higher", "down": "Lower", "neither": "Neither: a change asks for a closer look"}[m.Better]
	if s.Reading.Refuses(config.RefuseDirection) {
		better = "Neither: see the definitions below"
	}
	var feeds []string
	for _, f := range m.Feeds {
		feeds = append(feeds, b.FeedTitle(f))
	}
	facts := []fact{{"Question", m.Question}, {"Counts", sentence(m.Counts)}, {"Met when", sentence(m.Met)}, {"Better is", better}}
	if m.Target != nil {
		facts = append(facts, fact{"Target", amount(m, m.Target.Value) + ". " + m.Target.Source})
	}
	facts = append(facts, fact{"Published value", b.notedWords(m)})
	if m.Matures > 0 {
		facts = append(facts, fact{"Judged after", fmt.Sprintf("%d days. Younger records are left out, never counted as not met.", m.Matures)})
	}
	if m.Pool > 0 {
		facts = append(facts, fact{"Years taken together", fmt.Sprintf("Groups are compared over %d months, because they are small.", m.Pool)})
	}
	facts = append(facts, fact{"Inspectors’ findings", strings.Join(m.Answers, ", ")}, fact{"Source", m.Source}, fact{"Data from", strings.Join(feeds, "; ")},
		fact{"Made from", strings.Join(m.Reads, ", ")}, fact{"Owner", m.Owner}, fact{"Limits", limitsWords(s.Reading)},
		fact{"How it is counted", m.Note}, fact{"Does not tell you", m.CannotTell})
	var said []fact
	for _, f := range facts {
		if strings.TrimSpace(f.Words) != "" {
			said = append(said, f)
		}
	}
	return said
}

// ledgerEntry is an entry of the definition ledger as a page tells it.
type ledgerEntry struct {
	config.Definition
	Head string // "Break", "Not judged", "Bear in mind"
	When string // "from 1 April 2025", "day not recorded"
}

// Anchor is the entry's place on the methods page; "" for one that has none: an event of the
// settings.
func (e ledgerEntry) Anchor() string {
	if e.ID == "" {
		return ""
	}
	return "def-" + e.ID
}

// ledgerOf is what the ledger says of a measure: breaks, refusals, cautions.
func ledgerOf(r queries.Reading) []ledgerEntry {
	var es []ledgerEntry
	for _, br := range r.Breaks {
		es = append(es, entry(br.Definition))
	}
	for _, d := range append(append([]config.Definition{}, r.Refusals...), r.Cautions...) {
		es = append(es, entry(d))
	}
	return es
}

func entry(d config.Definition) ledgerEntry {
	e := ledgerEntry{Definition: d, Head: "Bear in mind"}
	day, dated := d.Day()
	switch {
	case d.Kind == config.Break && dated:
		e.Head = "Break in the series"
	case d.Kind == config.Break:
		e.Head = "More than one definition"
	case d.Kind == config.Refusal:
		e.Head = "Not said here: " + list(refusedWords(d))
	case d.Rebase:
		e.Head = "New usual range"
	}
	if dated {
		e.When = "from " + longDay(day)
	}
	return e
}

// refusedWords says what a refusal keeps from being said.
func refusedWords(d config.Definition) []string {
	words := map[string]string{config.RefuseChange: "change over time", config.RefuseDirection: "better or worse",
		config.RefuseTarget: "whether a target will be met", config.RefuseCompare: "comparison of areas or agencies"}
	var ws []string
	for _, what := range d.Refuses {
		ws = append(ws, words[what])
	}
	return ws
}

// noted is the published value that a measure is shown beside; ok is false where there is
// none, where nobody has verified it, and where it has no single value.
func (b *builder) noted(m *queries.Measure) (config.Published, bool) {
	if m.Benchmark == "" {
		return config.Published{}, false
	}
	v, ok := b.Partnership.PublishedValue(m.Benchmark)
	return v, ok && !math.IsNaN(v.Value)
}

// notedLevel is the line of a published value. Counts and rates grow with the length of the
// period, and published ones are of a year: on a chart of months there is no line for them.
func (b *builder) notedLevel(m *queries.Measure, series []plotted) *charts.Level {
	v, ok := b.noted(m)
	if !ok || len(series) == 0 {
		return nil
	}
	yearly := series[0].Figure.Period.Kind == config.Rolling || series[0].Figure.Period.Kind == config.Year
	if (m.Kind == queries.Count || m.Kind == queries.Rate) && !yearly {
		return nil
	}
	where := v.Area
	if where == "" {
		where = "Published"
	}
	return &charts.Level{Value: v.Value, Label: where + " " + short(m, v.Value)}
}

// notedWords tells the published value with its source, or why it is not shown.
func (b *builder) notedWords(m *queries.Measure) string {
	if m.Benchmark == "" {
		return ""
	}
	v, ok := b.Partnership.PublishedValue(m.Benchmark)
	switch {
	case !ok && v.Key == "":
		return ""
	case !ok:
		return fmt.Sprintf("%s: not shown, because nobody has yet checked it in its source (%s).", v.Title, v.Source)
	}
	words := fmt.Sprintf("%s: %s (%s). %s. For reference: it is not a target.", v.Title, publishedAmount(v), strings.Join(given(v.Area, v.Period), ", "), v.Source)
	if b.AsAt.After(v.ReviewBy) {
		words += " A newer value was to be looked for by " + longDay(v.ReviewBy) + "."
	}
	return words
}

// given is those of some texts that say something.
func given(texts ...string) []string {
	var ts []string
	for _, t := range texts {
		if t != "" {
			ts = append(ts, t)
		}
	}
	return ts
}

// publishedAmount prints a published value with its unit: "16.2 per 1,000 people", "28 to 40%".
func publishedAmount(v config.Published) string {
	number := plainTick(v.Value)
	switch {
	case math.IsNaN(v.Value):
		number = plainTick(v.Low) + " to " + plainTick(v.High)
	case !math.IsNaN(v.Low):
		number += " (" + plainTick(v.Low) + " to " + plainTick(v.High) + ")"
	}
	if v.Unit == "percent" {
		return number + "%"
	}
	return strings.TrimSpace(number + " " + v.Unit)
}
