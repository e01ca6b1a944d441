package dashboards

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"wherry/queries"
)

// Protection is what the auditor found of a finished site: how many statements it held
// against the rules, how many earlier editions it read with it, and what hiding cost.
type Protection struct {
	Checked, Earlier int
	Losses           []Loss
}

// Loss is what disclosure control costs in a measure: of its Figures how many hide something.
// Least to Most is the narrowest range that is left for any hidden count, Most -1 where nothing
// limits one; Few is how many hidden counts are known to be few, but not which number; Known is
// how many can be worked out, being nobody or more than few.
type Loss struct {
	Measure            string
	Figures, Hidden    int
	Level, Least, Most int64
	Few, Known         int
}

// protectionPage is the body of protection.html.
type protectionPage struct {
	Checked, Earlier       string
	Figures, Hidden, Share string
	Known, HideUpTo        string // Known "" for none
	Audiences              int
	Families               []lossFamily
}

type lossFamily struct {
	Title string
	Lines []lossLine
}

type lossLine struct {
	Href, Title                                        string
	Figures, Hidden, Share, Promised, Left, Few, Known string
}

// WriteProtection adds protection.html to the site that Write made of s below dir. It tells
// what is hidden and what could be learnt of it, which is known once the site is audited.
func WriteProtection(dir string, s Site, p Protection) error {
	board := s.Editorial.Boards[s.Audience.ID]
	if board == nil {
		return fmt.Errorf("audience %q has no board: add dashboards/boards/%s.yaml", s.Audience.ID, s.Audience.ID)
	}
	said := wordsOf(s)
	t, err := template.New("site").Funcs(functions(said)).ParseFS(Files, "templates/*.html")
	if err != nil {
		return fmt.Errorf("reading page templates: %w", err)
	}
	b := &builder{Site: s, board: board, fixed: said, templates: t, views: map[string]*template.Template{}, files: map[string][]byte{}}
	if err := b.render("protection.html", "protection.html", page{Title: b.fixed.text("title.hidden"), Nav: "methods.html", Body: b.protectionBody(p)}); err != nil {
		return err
	}
	return b.save(dir)
}

func (b *builder) protectionBody(p Protection) protectionPage {
	body := protectionPage{Checked: thousands(float64(p.Checked), 0), Earlier: b.fixed.earlierEditions(p.Earlier), Audiences: b.readable()}
	figures, hidden, known := 0, 0, 0
	for _, family := range b.board.Families {
		of := lossFamily{Title: family.Title}
		for _, l := range p.Losses {
			i := slices.IndexFunc(b.Results, func(r *queries.Result) bool { return r.Measure.ID == l.Measure })
			if i < 0 || b.Results[i].Measure.Family != family.Slug {
				continue
			}
			of.Lines = append(of.Lines, b.lossLine(b.Results[i], l))
			figures, hidden, known = figures+l.Figures, hidden+l.Hidden, known+l.Known
		}
		if len(of.Lines) > 0 {
			body.Families = append(body.Families, of)
		}
	}
	body.Figures, body.Hidden, body.Share = thousands(float64(figures), 0), thousands(float64(hidden), 0), shareHidden(hidden, figures)
	if known > 0 {
		body.Known = thousands(float64(known), 0)
	}
	body.HideUpTo = thousands(float64(b.Audience.HideUpTo), 0)
	return body
}

func (b *builder) lossLine(r *queries.Result, l Loss) lossLine {
	line := lossLine{Href: "measures/" + strings.ToLower(r.Measure.ID) + ".html", Title: r.Measure.ID + ": " + r.Measure.Title,
		Figures: thousands(float64(l.Figures), 0), Hidden: thousands(float64(l.Hidden), 0), Share: shareHidden(l.Hidden, l.Figures),
		Promised: b.fixed.text("hidden.promised"), Left: b.fixed.text("hidden.none"), Few: thousands(float64(l.Few), 0), Known: thousands(float64(l.Known), 0)}
	if l.Level > 1 {
		line.Promised = b.fixed.text("hidden.more-than", "n", r.Rules.HideUpTo)
	}
	switch {
	case l.Most >= 0:
		line.Left = b.fixed.span(thousands(float64(l.Least), 0), thousands(float64(l.Most), 0))
	case l.Hidden > l.Known:
		line.Left = b.fixed.text("hidden.no-limit")
	}
	return line
}

// earlierEditions says how many editions before this one were read with it.
func (w words) earlierEditions(n int) string {
	if n == 0 {
		return w.text("hidden.first")
	}
	return w.some("hidden.earlier", float64(n))
}

// readable is how many audiences' pages the readers of this site may have: theirs, and
// those held to rules at least as strict.
func (b *builder) readable() int {
	n := 0
	for _, a := range b.Partnership.Audiences {
		if a.ID == b.Audience.ID || a.HideUpTo >= b.Audience.HideUpTo {
			n++
		}
	}
	return n
}

// shareHidden is a whole percentage, at least 1 where anything is hidden.
func shareHidden(hidden, of int) string {
	if hidden == 0 {
		return "0%"
	}
	return fmt.Sprintf("%d%%", max(1, (200*hidden+of)/(2*of)))
}
