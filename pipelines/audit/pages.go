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
	m := a.measureOf(name)
	for _, t := range find(doc, is("table")) {
		switch {
		case m != nil && hasClass(t, "data"):
			a.checkTable(r, name, m, t)
		case hasClass(t, "scorecard"):
			a.checkScorecard(r, name, t)
		case name == "data-quality.html":
			a.checkReturns(r, name, t)
		}
	}
	if m == nil {
		return
	}
	for _, s := range find(doc, is("section")) {
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

// checkTable holds a measure's table against its data file: all numbers of a table row must
// be those of one row of data, and a hidden row has none.
func (a *audience) checkTable(r *Report, page string, m *measure, t *html.Node) {
	heads := texts(find(t, is("th")), func(n *html.Node) bool { return attr(n, "scope") == "col" })
	if len(heads) == 0 {
		return
	}
	for _, tr := range find(t, is("tr")) {
		label := texts(find(tr, is("th")), func(n *html.Node) bool { return attr(n, "scope") == "row" })
		if len(label) == 0 {
			continue
		}
		r.Checked++
		cells := texts(find(tr, is("td")), nil)
		candidates := a.candidates(m, heads[0], label[0])
		if !slices.ContainsFunc(candidates, func(row row) bool { return a.explains(m, row, heads[1:], cells) }) && anyNumber(heads[1:], cells) {
			r.add(a.folder+"/"+page, heads[0]+" "+label[0], RulePage, "the table prints a number that its row of the data file does not")
		}
	}
}

// candidates is the rows of data that a table row may stand for: by period for a table in
// time; for others, by name, in the edition's quarter or the rolling year that ends with it.
func (a *audience) candidates(m *measure, head, label string) []row {
	inTime := slices.Contains([]string{"Month", "Quarter", "Year", "Twelve months"}, head)
	var rows []row
	for _, row := range m.rows {
		switch {
		case inTime:
			if row.area != a.Area || row.breakdown != "" || row.name() != label {
				continue
			}
		case head == "District":
			if row.breakdown != "" || row.areaName != label || !a.latest(m, row) {
				continue
			}
		default:
			if row.breakdown == "" || !a.latest(m, row) {
				continue
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// name is a row's period as tables print it: "Oct 2024", "Jul to Sep 2026", "Year to Sep
// 2026", "Apr 2025 to Mar 2026".
func (r row) name() string {
	switch r.kind {
	case "month":
		return r.start.Format("Jan 2006")
	case "quarter":
		return r.start.Format("Jan") + " to " + r.end.Format("Jan 2006")
	case "rolling":
		return "Year to " + r.end.Format("Jan 2006")
	}
	return r.start.Format("Jan 2006") + " to " + r.end.Format("Jan 2006")
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

// explains says whether every number in the cells is one that the row of data prints. A
// share of a duration's cases done in time is no column of the data; it must not pin down
// a small count of the base.
func (a *audience) explains(m *measure, row row, heads, cells []string) bool {
	for i, cell := range cells {
		if i >= len(heads) || heads[i] == "Reading" {
			continue
		}
		for _, n := range numbersIn(cell) {
			if strings.HasPrefix(heads[i], "Within ") {
				if row.value == "" || a.pinsDown(m, n, row.base) {
					return false
				}
				continue
			}
			if !n.isOneOf(row.value, row.low, row.high, count(row.numerator), count(row.base)) {
				return false
			}
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

// pinsDown says whether a percentage of a known base can stand for one small count alone.
func (a *audience) pinsDown(m *measure, n number, base int64) bool {
	if !m.people() || base <= 0 {
		return false
	}
	least, most, ok := feasibleTo(n.exact(), n.decimals, base, 100)
	return ok && least == most && a.tooSmall(least)
}

func anyNumber(heads, cells []string) bool {
	for i, c := range cells {
		if i < len(heads) && heads[i] != "Reading" && len(numbersIn(c)) > 0 {
			return true
		}
	}
	return false
}

// checkScorecard holds the figure of each measure in a scorecard against its data: it must
// be a value of the whole partnership in a period that ends with the quarter.
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
		for _, n := range numbersIn(figures[0]) {
			if !slices.ContainsFunc(m.rows, func(row row) bool {
				return row.area == a.Area && row.breakdown == "" && a.latest(m, row) && n.isOneOf(row.value)
			}) {
				r.add(a.folder+"/"+page, m.ID, RulePage, "the figure is not in the data file")
			}
		}
	}
}

// checkReturns looks for small counts in the tables of returns.
func (a *audience) checkReturns(r *Report, page string, t *html.Node) {
	heads := texts(find(t, is("th")), func(n *html.Node) bool { return attr(n, "scope") == "col" })
	for _, tr := range find(t, is("tr")) {
		cells := texts(find(tr, is("td")), nil)
		for i, c := range cells {
			at := i + len(heads) - len(cells)
			if at < 0 || (heads[at] != "Rows" && heads[at] != "Kept out") {
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
