package audit

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// checkFiles looks at what an audience's folder holds: a file that the auditor cannot read
// may say anything.
func (a *audience) checkFiles(r *Report) error {
	return filepath.WalkDir(a.dir, func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(a.dir, at)
		if err != nil {
			return err
		}
		r.Checked++
		if name = filepath.ToSlash(name); !a.expects(name) {
			r.add(a.folder+"/"+name, "file", RuleUnknown, "the auditor does not know this file")
		}
		switch dir, file := path.Split(name); {
		case path.Ext(name) == ".js":
			return a.checkScript(r, name)
		case dir == "assets/" && isLogo(file):
			return a.checkLogo(r, name)
		}
		return nil
	})
}

// topPages are the pages that lie in an audience's folder itself: what each may hold is known.
var topPages = []string{"index.html", "exceptions.html", "measures.html", "agencies.html", "actions.html", "data-quality.html", "changes.html", protectionPage,
	"methods.html", "glossary.html", "accessibility.html", "catalogue.html", "codes.html"}

// expects says whether a file is one that an edition has: pages, a data file, a drawing and a
// query to a measure, a page to an extract that the catalogue lists, and the assets.
func (a *audience) expects(name string) bool {
	dir, file := path.Split(name)
	ext := path.Ext(file)
	stem := strings.TrimSuffix(file, ext)
	ours := slices.ContainsFunc(a.Measures, func(m *measure) bool { return strings.ToLower(m.ID) == stem })
	switch dir {
	case "":
		return slices.Contains(topPages, file)
	case "districts/":
		return name == "districts/index.html" || ext == ".html" && slices.ContainsFunc(a.Measures, func(m *measure) bool {
			return slices.ContainsFunc(m.rows, func(r row) bool { return strings.ToLower(r.area) == stem })
		})
	case "families/", "areas/", "needs/":
		return ext == ".html" && !strings.ContainsFunc(stem, unicode.IsDigit)
	case "measures/":
		return ext == ".html" && ours
	case "charts/":
		return ext == ".svg" && ours
	case "queries/":
		return ext == ".html" && ours
	case "feeds/":
		return ext == ".html" && slices.Contains(a.listed(), name)
	case "data/":
		return ext == ".csv" && (ours || a.hasBeside(stem)) || file == "catalogue.json" || file == witnessFile || file == protectionFile || a.isCopy(file)
	case "assets/":
		return file == scriptFile || file == styleFile || isLogo(file)
	}
	return false
}

// hasBeside says whether a file name is that of the numbers beside a measure's rows.
func (a *audience) hasBeside(stem string) bool {
	id, ok := strings.CutSuffix(stem, "-beside")
	return ok && slices.ContainsFunc(a.Measures, func(m *measure) bool { return strings.ToLower(m.ID) == id })
}

// checkMarkup looks for what a browser does not show: comments, scripts and attributes that
// carry data.
func (a *audience) checkMarkup(r *Report, page string, doc *html.Node) {
	r.Checked++
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.CommentNode:
			r.add(a.folder+"/"+page, "comment", RuleUnknown, "a page has a comment, which the auditor does not read")
		case is("script")(n) && isKnownScript(n, page):
		case is("img")(n) && isLogoOf(n, page):
		case is("script")(n), is("template")(n), is("input")(n), is("img")(n):
			r.add(a.folder+"/"+page, n.Data, RuleUnknown, "a page has an element that the auditor does not read")
		}
		for _, at := range n.Attr {
			if maySay(n, at) && !inEnglish(doc) {
				continue
			}
			if strings.HasPrefix(at.Key, "data-") || at.Key == "title" || at.Key == "onclick" {
				r.add(a.folder+"/"+page, at.Key, RuleUnknown, "a page has an attribute that the auditor does not read")
			}
		}
	}
}

// checkOrder looks at the order of categories in a data file: one that differs between
// periods would tell which hidden one is larger.
func (a *audience) checkOrder(r *Report, m *measure) {
	type table struct{ period, breakdown string }
	order := map[table][]string{}
	first := map[string][]string{}
	for _, row := range m.rows {
		if row.breakdown != "" && row.area == a.Area {
			t := table{row.period, row.breakdown}
			order[t] = append(order[t], row.category)
			if !slices.Contains(first[row.breakdown], row.category) {
				first[row.breakdown] = append(first[row.breakdown], row.category)
			}
		}
	}
	for t, categories := range order {
		r.Checked++
		last := -1
		for _, c := range categories {
			at := slices.Index(first[t.breakdown], c)
			if at < last {
				r.add(a.folder+"/"+m.file(), t.period+" "+t.breakdown, RuleOrder, "categories are in another order than in other periods")
				break
			}
			last = at
		}
	}
}

// checkPlaces looks at the order of a table's lines: where those shown are sorted by value,
// a hidden one among them is given away by its place.
func (a *audience) checkPlaces(r *Report, page string, m *measure, t table) {
	if m.Kind == "distribution" || slices.Contains(inTime, t.heads[0]) || slices.Contains(ofAreas, t.heads[0]) {
		return // in an order of their own
	}
	var labels []string
	var values []float64
	hidden, between := false, false
	for _, l := range t.lines {
		switch {
		case l.row == nil:
		case l.row.value == "":
			hidden = true
		case notKnown(*l.row):
		default:
			between = between || hidden
			values, labels = append(values, parsed(l.row.value)...), append(labels, l.label)
		}
	}
	r.Checked++
	falling := slices.IsSortedFunc(values, func(x, y float64) int { return compareFloats(y, x) })
	if between && falling && len(values) >= 3 && !slices.IsSorted(labels) && !startsWithDigit(labels) {
		r.add(a.folder+"/"+page, t.heads[0], RuleOrder, "lines are sorted by value and a hidden one stands among them")
	}
}

func compareFloats(x, y float64) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

func startsWithDigit(labels []string) bool {
	return !slices.ContainsFunc(labels, func(l string) bool { return l == "" || !unicode.IsDigit(rune(l[0])) })
}

// checkManifest looks at an edition's manifest: the hash of a file that is not shipped would
// let a reader try guesses of what it holds.
func checkManifest(r *Report, dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if os.IsNotExist(err) {
		return nil // a draft has none yet
	}
	if err != nil {
		return err
	}
	var manifest struct {
		Files map[string]string `json:"files"`
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		return fmt.Errorf("manifest.json: %w", err)
	}
	for name := range manifest.Files {
		r.Checked++
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			r.add("manifest.json", name, RuleUnknown, "the manifest has the hash of a file that is not in the edition")
		}
	}
	return nil
}
