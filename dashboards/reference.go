package dashboards

import (
	"fmt"
	"html/template"
	"maps"
	"path"
	"sort"
	"strings"

	"wherry/config"
	"wherry/queries"
)

// methodsPage is the body of methods.html.
type methodsPage struct {
	Marks    []markNote
	Verdicts []verdict
	Targets  []verdict
	Quality  []verdict
	Charts   []markNote // each chart in use, by name
	Chance   string     // signals, against the number to expect by chance
	Ledger   []ledgerEntry
	Shown    []publishedRow // published values in use
	Off      []publishedRow // those that nobody has verified
	HideUpTo string
	NoZeros  bool // zeros are hidden as well
	RoundTo  int64
	MinBase  int64
}

func (b *builder) methods() error {
	w := b.fixed
	signals, err := queries.SignalsOf(results(b.subjects))
	if err != nil {
		return fmt.Errorf("counting signals: %w", err)
	}
	body := methodsPage{Charts: b.chartsUsed(), Chance: b.fixed.chanceWords(signals), HideUpTo: thousands(float64(b.Audience.HideUpTo), 0), NoZeros: b.Audience.HidesZeros(), RoundTo: b.Audience.RoundTo, MinBase: b.Audience.MinBase}
	for _, d := range b.Partnership.Definitions {
		body.Ledger = append(body.Ledger, b.fixed.entry(d))
	}
	body.Shown, body.Off = b.publishedRows()
	for _, m := range markWords {
		body.Marks = append(body.Marks, markNote(m))
	}
	body.Verdicts = []verdict{
		{Icon: "improve-up", Class: "improve", Word: "Improving", Detail: w.text("refer.verdict.improving")},
		{Icon: "concern-down", Class: "concern", Word: "Concern", Detail: w.text("refer.verdict.concern")},
		{Icon: "changed-up", Class: "changed", Word: "Changed", Detail: w.text("refer.verdict.changed")},
		{Icon: "same", Word: "No significant change", Detail: w.text("refer.verdict.same")},
		{Icon: "few", Word: "Too few points", Detail: w.text("refer.verdict.few")},
		{Icon: "unjudged", Word: "Not judged", Detail: w.text("refer.verdict.unjudged")},
	}
	body.Targets = []verdict{
		{Icon: "expected", Word: "Expected to meet", Detail: w.text("refer.verdict.expected")},
		{Icon: "may-or-may-not", Word: "May or may not meet", Detail: w.text("refer.verdict.may")},
		{Icon: "not-expected", Word: "Not expected", Detail: w.text("refer.verdict.not-expected")},
		{Icon: "no-target", Word: w.text("refer.no-target"), Detail: w.text("refer.verdict.no-target")},
	}
	body.Quality = []verdict{
		{Icon: "good", Word: "Good", Detail: w.text("refer.verdict.good")},
		{Icon: "fair", Word: "Fair", Detail: w.text("refer.verdict.fair")},
		{Icon: "weak", Word: "Weak", Detail: w.text("refer.verdict.weak")},
	}
	return b.render("methods.html", "methods.html", page{Title: w.text("title.methods"), Nav: "methods.html", Body: body})
}

// chartsInOrder are the charts that a series may have. The data choose: nobody does so by hand.
var chartsInOrder = []string{"p", "p_prime", "u_prime", "xmr", "c", "g", "seasonal", "run", "trend"}

// chartsUsed are the charts of this site's measures, and when each is chosen.
func (b *builder) chartsUsed() []markNote {
	var used []markNote
	for _, chart := range chartsInOrder {
		n := 0
		for _, s := range b.subjects {
			if s.Reading.Chart == chart {
				n++
			}
		}
		if n > 0 {
			when := b.fixed.text("refer.chart." + strings.ReplaceAll(chart, "_", "-"))
			used = append(used, markNote{b.fixed.chartName(chart), b.fixed.some("refer.charts", float64(n), "when", when)})
		}
	}
	return used
}

// publishedRow is a published value with where it comes from.
type publishedRow struct {
	Title, Amount, Of, Source, AsOf, Note string
}

// publishedRows are the values in use, and those switched off because nobody has verified
// them: their numbers are not shown.
func (b *builder) publishedRows() (shown, off []publishedRow) {
	w := b.fixed
	for _, v := range b.Partnership.Published {
		row := publishedRow{Title: v.Title, Of: w.comma(given(v.Area, v.Period)), Source: v.Source, AsOf: w.longDay(v.AsOf)}
		if !v.Verified {
			off = append(off, row)
			continue
		}
		row.Amount, row.Note = w.publishedAmount(v), w.text("refer.review", "day", w.longDay(v.ReviewBy))
		if b.AsAt.After(v.ReviewBy) {
			row.Note = w.text("refer.review.past", "day", w.longDay(v.ReviewBy))
		}
		shown = append(shown, row)
	}
	return shown, off
}

func (b *builder) glossary() error {
	terms := append([]Term{}, b.Editorial.Glossary...)
	sort.SliceStable(terms, func(i, j int) bool { return strings.ToLower(terms[i].Term) < strings.ToLower(terms[j].Term) })
	return b.render("glossary.html", "glossary.html", page{Title: b.fixed.text("title.glossary"), Nav: "methods.html", Body: terms})
}

func (b *builder) accessibility() error {
	return b.render("accessibility.html", "accessibility.html", page{Title: b.fixed.text("title.statement"), Body: b.board.Statement})
}

// functions are what templates may call: nothing that computes a number.
func functions(w words) template.FuncMap {
	all := template.FuncMap{
		"date":     w.date,
		"longDay":  w.longDay,
		"sentence": sentence,
		"rows":     rowsOf,
		"file":     func(a config.Area) string { return path.Base(districtHref(a)) },

		"period":      w.periodFull,
		"shortMonth":  w.shortName,
		"plan":        planTable,
		"planMissing": planMissing,
	}
	maps.Copy(all, w.functions())
	return all
}

// rowsPart is what the table of measures needs.
type rowsPart struct {
	Root     string
	Caption  any
	Families bool // a row names each family
	Sections []section
}

func rowsOf(root string, families bool, caption any, sections any) rowsPart {
	p := rowsPart{Root: root, Caption: caption, Families: families}
	switch s := sections.(type) {
	case []section:
		p.Sections = s
	case familyPage:
		p.Sections = []section{s.section}
	case section:
		p.Sections = []section{s}
	}
	return p
}
