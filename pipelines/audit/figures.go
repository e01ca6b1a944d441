package audit

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// gathers says that a page brings figures of several measures together: exceptions, an
// improvement area, the plan, a district, agencies, the needs assessment.
func gathers(page string) bool {
	dir, _, below := strings.Cut(page, "/")
	return slices.Contains([]string{"exceptions.html", "actions.html", "agencies.html"}, page) || below && slices.Contains([]string{"areas", "districts", "needs"}, dir)
}

// checkGathered holds a page that gathers figures against the data files: whatever stands
// under a measure's link must be printed in that measure's file, and a drawing must be one
// of that measure's page or a small chart of its series.
func (a *audience) checkGathered(r *Report, page string, doc *html.Node) {
	for _, t := range find(doc, is("table")) {
		switch {
		case hasClass(t, "scorecard"):
			a.checkScorecard(r, page, t)
		case hasClass(t, "figures"):
			for _, tr := range find(t, is("tr")) {
				if len(find(tr, is("td"))) > 0 {
					a.checkLine(r, page, tr)
				}
			}
		case hasClass(t, "plan"), hasClass(t, "grid"):
			if len(find(t, func(n *html.Node) bool { return hasClass(n, "figure") || is("td")(n) && hasClass(n, "n") })) > 0 {
				r.add(a.folder+"/"+page, "table", RuleUnknown, "a table that is about no measure has figures")
			}
		default:
			r.add(a.folder+"/"+page, "table", RuleUnknown, "the auditor does not know this kind of table")
		}
	}
	for _, n := range find(doc, func(n *html.Node) bool { return is("strong")(n) && hasClass(n, "figure") }) {
		m := a.standsUnder(n)
		if m == nil {
			r.add(a.folder+"/"+page, "figure", RulePage, "a figure belongs to no measure of the catalogue")
			continue
		}
		a.checkPrinted(r, page, m, text(n))
	}
	for _, n := range find(doc, is("p")) {
		if m := a.standsUnder(n); m != nil {
			a.checkSentence(r, page, m, text(n))
		}
	}
	a.checkGatheredDrawings(r, page, doc)
}

// checkLine holds one line of a table of figures against the data of the measure it links to.
func (a *audience) checkLine(r *Report, page string, tr *html.Node) {
	m := a.linked(tr)
	if m == nil {
		r.add(a.folder+"/"+page, "table", RulePage, "a line of figures belongs to no measure of the catalogue")
		return
	}
	for _, td := range find(tr, is("td")) {
		if hasClass(td, "n") {
			a.checkPrinted(r, page, m, text(td))
		} else {
			a.checkSentence(r, page, m, text(td))
		}
	}
}

// checkPrinted holds what is set as a figure of a measure against its data file: every number
// of it must be printed there.
func (a *audience) checkPrinted(r *Report, page string, m *measure, says string) {
	says = plainWords.ReplaceAllString(strings.ReplaceAll(says, m.Unit, ""), "")
	for _, n := range numbersIn(says) {
		r.Checked++
		if !slices.ContainsFunc(m.rows, func(row row) bool { return n.isOneOf(row.numbers()...) }) {
			r.add(a.folder+"/"+page, m.ID, RulePage, "a figure is not in the data file")
		}
	}
}

// numbers are all that a row prints.
func (r row) numbers() []string {
	all := []string{r.value, r.low, r.high}
	for _, n := range []int64{r.numerator, r.base} {
		if n >= 0 {
			all = append(all, strconv.FormatInt(n, 10))
		}
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// checkSentence looks for small whole numbers in words about a measure: each must be printed
// in its data file or count no people.
func (a *audience) checkSentence(r *Report, page string, m *measure, says string) {
	if !m.people() {
		return
	}
	says = plainWords.ReplaceAllString(strings.NewReplacer(m.ID, "", m.Unit, "").Replace(says), "")
	for _, n := range numbersIn(says) {
		r.Checked++
		if n.decimals > 0 || !m.tooSmall(int64(n.value)) || strings.Contains(says, n.text+"%") {
			continue
		}
		if !slices.ContainsFunc(m.rows, func(row row) bool { return n.isOneOf(row.numbers()...) }) {
			r.add(a.folder+"/"+page, m.ID, RulePage, "a sentence has a small number that the data file does not print")
		}
	}
}

// standsUnder is the measure of the line or block that a node stands in, nil for none.
func (a *audience) standsUnder(n *html.Node) *measure {
	for up := n.Parent; up != nil; up = up.Parent {
		if is("tr")(up) || hasClass(up, "of-measure") {
			return a.linked(up)
		}
	}
	return nil
}

// linked is the measure that the first link of a node to one leads to.
func (a *audience) linked(n *html.Node) *measure {
	for _, link := range find(n, is("a")) {
		href, _, _ := strings.Cut(attr(link, "href"), "#")
		if at := strings.Index(href, "measures/"); at >= 0 {
			if m := a.measureOf(href[at:]); m != nil {
				return m
			}
		}
	}
	return nil
}

// checkGatheredDrawings looks at the drawings of a page that gathers figures.
func (a *audience) checkGatheredDrawings(r *Report, page string, doc *html.Node) {
	for _, svg := range find(doc, is("svg")) {
		if !hasClass(svg, "spark") && !hasClass(svg, "chart") {
			if len(find(svg, func(n *html.Node) bool { return is("text")(n) || is("circle")(n) || is("rect")(n) || is("path")(n) })) > 0 && !hasClass(svg, "sprite") {
				r.add(a.folder+"/"+page, "drawing", RuleUnknown, "the auditor does not know this kind of drawing")
			}
			continue
		}
		r.Checked++
		m := a.standsUnder(svg)
		switch {
		case m == nil:
			r.add(a.folder+"/"+page, "drawing", RuleDrawing, "a drawing belongs to no measure of the catalogue")
		case hasClass(svg, "spark"):
			a.checkSpark(r, page, m, svg)
		case !a.drawnOn(m, svg):
			r.add(a.folder+"/"+page, m.ID, RuleDrawing, "a drawing is not one of the measure's own page")
		}
	}
}

// drawnOn says whether a measure's own page, which is held against the data, has the same
// drawing.
func (a *audience) drawnOn(m *measure, svg *html.Node) bool {
	if a.drawings == nil {
		a.drawings = map[string]map[string]bool{}
	}
	if a.drawings[m.ID] == nil {
		a.drawings[m.ID] = map[string]bool{}
		file, err := os.Open(filepath.Join(a.dir, "measures", strings.ToLower(m.ID)+".html"))
		if err != nil {
			return false
		}
		defer file.Close()
		doc, err := html.Parse(file)
		if err != nil {
			return false
		}
		for _, n := range find(doc, is("svg")) {
			a.drawings[m.ID][rendered(n)] = true
		}
	}
	return a.drawings[m.ID][rendered(svg)]
}

func rendered(n *html.Node) string {
	var b bytes.Buffer
	if err := html.Render(&b, n); err != nil {
		return fmt.Sprint(err)
	}
	return b.String()
}
