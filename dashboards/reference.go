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
	signals, err := queries.SignalsOf(results(b.subjects))
	if err != nil {
		return fmt.Errorf("counting signals: %w", err)
	}
	body := methodsPage{Charts: b.chartsUsed(), Chance: chanceWords(signals), HideUpTo: thousands(float64(b.Audience.HideUpTo), 0), NoZeros: b.Audience.HidesZeros(), RoundTo: b.Audience.RoundTo, MinBase: b.Audience.MinBase}
	for _, d := range b.Partnership.Definitions {
		body.Ledger = append(body.Ledger, entry(d))
	}
	body.Shown, body.Off = b.publishedRows()
	for _, m := range markWords {
		body.Marks = append(body.Marks, markNote(m))
	}
	body.Verdicts = []verdict{
		{Icon: "improve-up", Class: "improve", Word: "Improving", Detail: "An unusual change in the better direction. The arrow is the direction of the number."},
		{Icon: "concern-down", Class: "concern", Word: "Concern", Detail: "An unusual change in the worse direction. Check the data first, then ask why."},
		{Icon: "changed-up", Class: "changed", Word: "Changed", Detail: "An unusual change in a measure for which neither direction is better."},
		{Icon: "same", Word: "No significant change", Detail: "The figures move within their usual ups and downs."},
		{Icon: "few", Word: "Too few points", Detail: "Fewer than 12 points: a change cannot be told from chance yet."},
		{Icon: "unjudged", Word: "Not judged", Detail: "The figures are hidden, broken in time, or of a kind that limits do not fit."},
	}
	body.Targets = []verdict{
		{Icon: "expected", Word: "Expected to meet", Detail: "The whole usual range is on the better side of the target."},
		{Icon: "may-or-may-not", Word: "May or may not meet", Detail: "The target lies within the usual range: it will be met in some months and not in others, by chance."},
		{Icon: "not-expected", Word: "Not expected", Detail: "The whole usual range is on the other side of the target: to meet it, something has to change."},
		{Icon: "no-target", Word: "No target, or too early to say", Detail: "No body has agreed a target, or the level has shifted and the new one is not settled."},
	}
	body.Quality = []verdict{
		{Icon: "good", Word: "Good", Detail: "Every return that the measure rests on arrived for the quarter, and none is partial, unusually small or unusually large for its sender."},
		{Icon: "fair", Word: "Fair", Detail: "At least three in four of the returns arrived and are neither partial nor unusually small."},
		{Icon: "weak", Word: "Weak", Detail: "Fewer than three in four did: the others did not come, or hold less than usual. What they hold is counted; what they lack is not known, and is not nothing."},
	}
	return b.render("methods.html", "methods.html", page{Title: "How to read these pages", Nav: "methods.html", Body: body})
}

// chartWords are the charts that a series may have, and when each is chosen. The data choose:
// nobody does so by hand.
var chartWords = []markNote{
	{"p", "a share of cases, where months differ by no more than chance: limits by the number of cases of each month"},
	{"p_prime", "a share of cases, where months differ by more than chance: limits by the number of cases, widened for it"},
	{"u_prime", "a rate: limits by the number of people, widened where months differ by more than chance"},
	{"xmr", "medians, averages and counts that are not rare: limits from how much neighbouring months differ"},
	{"c", "small counts: limits of chance for counts of that size"},
	{"g", "events so rare that most months have none: the time between them is judged"},
	{"seasonal", "months of the year that differ by more than chance: each month is judged against what is usual for that month, and the usual range follows the season"},
	{"run", "fewer than 12 points: a median, and no limits"},
	{"trend", "a series that no limits suit: the page says why"},
}

// chartsUsed are the charts of this site's measures.
func (b *builder) chartsUsed() []markNote {
	var used []markNote
	for _, c := range chartWords {
		n := 0
		for _, s := range b.subjects {
			if s.Reading.Chart == c.Mark {
				n++
			}
		}
		if n > 0 {
			used = append(used, markNote{chartNames[c.Mark], fmt.Sprintf("%s. %d here", c.Words, n)})
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
	for _, v := range b.Partnership.Published {
		row := publishedRow{Title: v.Title, Of: strings.Join(given(v.Area, v.Period), ", "), Source: v.Source, AsOf: longDay(v.AsOf)}
		if !v.Verified {
			off = append(off, row)
			continue
		}
		row.Amount, row.Note = publishedAmount(v), "look again by "+longDay(v.ReviewBy)
		if b.AsAt.After(v.ReviewBy) {
			row.Note = "a newer value was to be looked for by " + longDay(v.ReviewBy)
		}
		shown = append(shown, row)
	}
	return shown, off
}

func (b *builder) glossary() error {
	terms := append([]Term{}, b.Editorial.Glossary...)
	sort.SliceStable(terms, func(i, j int) bool { return strings.ToLower(terms[i].Term) < strings.ToLower(terms[j].Term) })
	return b.render("glossary.html", "glossary.html", page{Title: "Glossary", Nav: "methods.html", Body: terms})
}

func (b *builder) accessibility() error {
	return b.render("accessibility.html", "accessibility.html", page{Title: "Accessibility statement", Body: b.board.Statement})
}

// functions are what templates may call: nothing that computes a number.
func functions(w words) template.FuncMap {
	all := template.FuncMap{
		"date":     date,
		"longDay":  longDay,
		"sentence": sentence,
		"rows":     rowsOf,
		"file":     func(a config.Area) string { return path.Base(districtHref(a)) },

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
