package dashboards

import (
	"html/template"
	"sort"
	"strings"

	"wherry/queries"
)

// methodsPage is the body of methods.html.
type methodsPage struct {
	Marks    []markNote
	Verdicts []verdict
	Targets  []verdict
	Quality  []verdict
	Measures int
	ByChance string // how many of them show an unusual latest month in a quarter by chance alone
	HideUpTo string
	RoundTo  int64
	MinBase  int64
}

func (b *builder) methods() error {
	body := methodsPage{Measures: len(b.subjects), ByChance: thousands(queries.ExpectedFalse(len(b.subjects)), 1), HideUpTo: thousands(float64(b.Audience.HideUpTo), 0), RoundTo: b.Audience.RoundTo, MinBase: b.Audience.MinBase}
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
		{Icon: "good", Word: "Good", Detail: "Every return that the measure rests on arrived for the quarter."},
		{Icon: "fair", Word: "Fair", Detail: "At least three in four of the returns arrived."},
		{Icon: "weak", Word: "Weak", Detail: "Fewer than three in four of the returns arrived."},
	}
	return b.render("methods.html", "methods.html", page{Title: "How to read these pages", Nav: "methods.html", Body: body})
}

func (b *builder) glossary() error {
	terms := append([]Term{}, b.Editorial.Glossary...)
	sort.SliceStable(terms, func(i, j int) bool { return strings.ToLower(terms[i].Term) < strings.ToLower(terms[j].Term) })
	return b.render("glossary.html", "glossary.html", page{Title: "Glossary", Nav: "glossary.html", Body: terms})
}

func (b *builder) accessibility() error {
	return b.render("accessibility.html", "accessibility.html", page{Title: "Accessibility statement", Body: b.board.Statement})
}

// functions are what templates may call: nothing that computes a number.
func functions() template.FuncMap {
	return template.FuncMap{
		"date":     date,
		"longDay":  longDay,
		"sentence": sentence,
		"rows":     rowsOf,
	}
}

// rowsPart is what the table of measures needs.
type rowsPart struct {
	Root, Caption string
	Families      bool // a row names each family
	Sections      []section
}

func rowsOf(root string, families bool, caption string, sections any) rowsPart {
	p := rowsPart{Root: root, Caption: caption, Families: families}
	switch s := sections.(type) {
	case []section:
		p.Sections = s
	case section:
		p.Sections = []section{s}
	}
	return p
}
