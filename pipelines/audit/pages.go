package audit

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// checkPages holds every table and drawing of the pages against the data files.
func (a *audience) checkPages(r *Report) error {
	return filepath.WalkDir(a.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".html" {
			return err
		}
		name, err := filepath.Rel(a.dir, path)
		if err != nil {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		doc, err := html.Parse(file)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		a.checkPage(r, filepath.ToSlash(name), doc)
		return nil
	})
}

func (a *audience) checkPage(r *Report, name string, doc *html.Node) {
	a.putInEnglish(r, name, doc)
	a.checkMarkup(r, name, doc)
	if name == protectionPage {
		a.checkLosses(r, name, find(doc, is("table")))
		return
	}
	if gathers(name) {
		a.checkGathered(r, name, doc)
		return
	}
	if inCatalogue(name) {
		a.checkCatalogued(r, name, doc)
		return
	}
	m := a.measureOf(name)
	for _, t := range find(doc, is("table")) {
		switch {
		case m != nil && hasClass(t, "data"):
			a.checkTable(r, name, m, t)
		case m != nil:
			r.add(a.folder+"/"+name, "table", RuleUnknown, "the auditor does not know this kind of table")
		case hasClass(t, "scorecard"):
			a.checkScorecard(r, name, t)
		case name == "data-quality.html":
			a.checkReturns(r, name, t)
		}
	}
	if m == nil {
		return
	}
	a.checkProse(r, name, m, doc)
	for _, s := range find(doc, is("section")) {
		a.checkWords(r, name, m, s)
		if hasClass(s, "chart-part") && m.people() {
			a.checkLimits(r, name, m, s)
		}
		a.checkSection(r, name, m, s)
	}
}

// measureOf is the measure that a page is about, or nil.
func (a *audience) measureOf(page string) *measure {
	id, ok := strings.CutPrefix(page, "measures/")
	if !ok {
		return nil
	}
	for _, m := range a.Measures {
		if strings.EqualFold(m.ID, strings.TrimSuffix(id, ".html")) {
			return m
		}
	}
	return nil
}

// names are a row's period as tables print it: "Oct 2024", "Jul to Sep 2026", "Year to Sep
// 2026", "Apr 2025 to Mar 2026".
func (r row) names() []string {
	switch r.kind {
	case "month":
		return []string{r.start.Format("Jan 2006")}
	case "quarter":
		return []string{r.start.Format("Jan") + " to " + r.end.Format("Jan 2006")}
	case "rolling":
		return []string{"Year to " + r.end.Format("Jan 2006")}
	}
	return []string{r.start.Format("Jan 2006") + " to " + r.end.Format("Jan 2006"), "Year to " + r.end.Format("Jan 2006")}
}

// namedIn says that what is printed below a node names the row's period.
func (r row) namedIn(n *html.Node) bool {
	printed := strings.ToLower(strings.Join(texts([]*html.Node{n}, nil), " "))
	return slices.ContainsFunc(r.names(), func(name string) bool { return strings.Contains(printed, strings.ToLower(name)) })
}

// latest says whether a row's period ends with the edition's quarter, or is the last of the
// years, which may end before it.
func (a *audience) latest(m *measure, given row) bool {
	for _, other := range m.rows {
		if other.end.After(given.end) && (given.kind != "year" || other.kind == "year") {
			return false
		}
	}
	return true
}

func count(n int64) string {
	if n < 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// checkScorecard holds the figure of each measure in a scorecard against its data: it must
// be a value of the whole partnership in a period that ends with the quarter, or that its
// line names.
func (a *audience) checkScorecard(r *Report, page string, t *html.Node) {
	for _, tr := range find(t, is("tr")) {
		figures := texts(find(tr, is("strong")), func(n *html.Node) bool { return hasClass(n, "figure") })
		if len(figures) == 0 {
			continue
		}
		r.Checked++
		var m *measure
		for _, link := range find(tr, is("a")) {
			href := attr(link, "href")
			if at := strings.Index(href, "measures/"); m == nil && at >= 0 {
				m = a.measureOf(href[at:])
			}
		}
		if m == nil {
			r.add(a.folder+"/"+page, "scorecard", RulePage, "a figure belongs to no measure of the catalogue")
			continue
		}
		for _, svg := range find(tr, is("svg")) {
			if hasClass(svg, "spark") {
				a.checkSpark(r, page, m, svg)
			}
		}
		for _, n := range numbersIn(strings.ReplaceAll(figures[0], m.Unit, "")) {
			if !slices.ContainsFunc(m.rows, func(row row) bool {
				return row.area == a.Area && row.breakdown == "" && (a.latest(m, row) || row.namedIn(tr)) && n.isOneOf(row.value)
			}) {
				r.add(a.folder+"/"+page, m.ID, RulePage, "the figure is not in the data file")
			}
		}
	}
}

// countsOfRows are the columns of tables of returns that count rows.
var countsOfRows = []string{"Rows", "Kept out", "In doubt"}

// checkReturns looks for small counts in the tables of returns.
func (a *audience) checkReturns(r *Report, page string, t *html.Node) {
	heads := columnHeads(t)
	counted := func(head string) bool { return slices.Contains(countsOfRows, head) }
	if hasClass(t, "returns") && !slices.ContainsFunc(heads, counted) {
		r.add(a.folder+"/"+page, "table", RuleUnknown, "a table of returns has no column of rows that the auditor can read")
	}
	for _, tr := range find(t, is("tr")) {
		cells := texts(find(tr, is("td")), nil)
		for i, c := range cells {
			at := i + len(heads) - len(cells)
			if at < 0 || !counted(heads[at]) {
				continue
			}
			for _, n := range numbersIn(c) {
				r.Checked++
				if n.decimals == 0 && a.tooSmall(int64(n.value)) {
					r.add(a.folder+"/"+page, heads[at], RuleSmall, "a small count of rows is printed")
				}
			}
		}
	}
}
