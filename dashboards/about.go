package dashboards

import (
	"math"
	"strings"

	"wherry/config"
	"wherry/dashboards/charts"
	"wherry/queries"
)

// about is the lines of "About this measure", without those that say nothing.
func (b *builder) about(s *subject) []fact {
	m := s.Measure
	w := b.fixed
	better := map[string]string{"up": "about.better.up", "down": "about.better.down", "neither": "about.better.neither"}[m.Better]
	if s.Reading.Refuses(config.RefuseDirection) {
		better = "about.better.unsaid"
	}
	var feeds []string
	for _, f := range m.Feeds {
		feeds = append(feeds, b.FeedTitle(f))
	}
	facts := []fact{{w.text("about.question"), m.Question}, {w.text("about.counts"), sentence(m.Counts)}, {w.text("about.met"), sentence(m.Met)}}
	if better != "" {
		facts = append(facts, fact{w.text("about.better"), w.text(better)})
	}
	if m.Target != nil {
		facts = append(facts, fact{w.text("about.target"), w.text("about.target.is", "target", w.amount(m, m.Target.Value), "source", m.Target.Source)})
	}
	facts = append(facts, fact{w.text("about.published"), b.notedWords(m)})
	if m.Matures > 0 {
		facts = append(facts, fact{w.text("about.matures"), w.some("about.matures.days", float64(m.Matures))})
	}
	if m.Pool > 0 {
		facts = append(facts, fact{w.text("about.pooled"), w.some("about.pooled.months", float64(m.Pool))})
	}
	facts = append(facts, fact{w.text("about.findings"), w.comma(m.Answers)}, fact{w.text("about.source"), m.Source}, fact{w.text("about.feeds"), strings.Join(feeds, "; ")},
		fact{w.text("about.reads"), strings.Join(m.Reads, ", ")}, fact{w.text("about.owner"), m.Owner}, fact{w.text("about.limits"), w.limitsWords(s.Reading)},
		fact{w.text("about.note"), m.Note}, fact{w.text("about.cannot"), m.CannotTell})
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
func (w words) ledgerOf(r queries.Reading) []ledgerEntry {
	var es []ledgerEntry
	for _, br := range r.Breaks {
		es = append(es, w.entry(br.Definition))
	}
	for _, d := range append(append([]config.Definition{}, r.Refusals...), r.Cautions...) {
		es = append(es, w.entry(d))
	}
	return es
}

func (w words) entry(d config.Definition) ledgerEntry {
	e := ledgerEntry{Definition: d, Head: w.text("defined.caution")}
	day, dated := d.Day()
	switch {
	case d.Kind == config.Break && dated:
		e.Head = w.text("defined.break")
	case d.Kind == config.Break:
		e.Head = w.text("defined.mixed")
	case d.Kind == config.Refusal:
		e.Head = w.text("defined.unsaid", "what", w.list(w.refusedWords(d)))
	case d.Rebase:
		e.Head = w.text("defined.rebase")
	}
	if dated {
		e.When = w.text("defined.from", "day", w.longDay(day))
	}
	return e
}

// refusedWords says what a refusal keeps from being said.
func (w words) refusedWords(d config.Definition) []string {
	keys := map[string]string{config.RefuseChange: "defined.unsaid.change", config.RefuseDirection: "defined.unsaid.direction",
		config.RefuseTarget: "defined.unsaid.target", config.RefuseCompare: "defined.unsaid.compare"}
	var ws []string
	for _, what := range d.Refuses {
		ws = append(ws, w.text(keys[what]))
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
	label := inEnglish.text("chart.published", "value", short(m, v.Value))
	if v.Area != "" {
		label = inEnglish.text("chart.level", "what", v.Area, "value", short(m, v.Value))
	}
	return &charts.Level{Value: v.Value, Label: label}
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
		return b.fixed.text("about.published.unchecked", "title", v.Title, "source", v.Source)
	}
	w, key := b.fixed, "about.published.is"
	if b.AsAt.After(v.ReviewBy) {
		key = "about.published.old"
	}
	return w.text(key, "title", v.Title, "value", w.publishedAmount(v), "of", w.comma(given(v.Area, v.Period)), "source", v.Source, "day", w.longDay(v.ReviewBy))
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
func (w words) publishedAmount(v config.Published) string {
	number := plainTick(v.Value)
	switch {
	case math.IsNaN(v.Value):
		number = w.span(plainTick(v.Low), plainTick(v.High))
	case !math.IsNaN(v.Low):
		number = w.withRange(number, plainTick(v.Low), plainTick(v.High))
	}
	if v.Unit == "percent" {
		return number + "%"
	}
	return strings.TrimSpace(number + " " + v.Unit)
}
