package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// The one script of a site. It may hold no data, so its bytes are known; whoever changes it reads
// the change and puts its hash here.
const (
	scriptFile = "enhance.js"
	scriptHash = "a7d28a6974a4340a8a654cc80bbde5f2b89805995ca83cf56701ff8095378122"
)

// checkScript holds a script's bytes against the one that is known.
func (a *audience) checkScript(r *Report, name string) error {
	text, err := os.ReadFile(filepath.Join(a.dir, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	r.Checked++
	if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != scriptHash {
		r.add(a.folder+"/"+name, "file", RuleUnknown, "a script is not the one that the auditor knows")
	}
	return nil
}

// isKnownScript says whether a script element names the site's own script and holds nothing.
func isKnownScript(n *html.Node, page string) bool {
	want := strings.Repeat("../", strings.Count(page, "/")) + "assets/" + scriptFile
	for _, at := range n.Attr {
		switch {
		case at.Key == "src", at.Key == "defer" && at.Val == "", at.Key == "blocking" && at.Val == "render":
		default:
			return false
		}
	}
	return n.FirstChild == nil && attr(n, "src") == want
}

// inCatalogue says whether a page is one of those for analysts, which tell of SQL and contracts.
func inCatalogue(page string) bool {
	dir, file := path.Split(page)
	return dir == "queries/" || dir == "feeds/" || dir == "" && (file == "catalogue.html" || file == "codes.html")
}

// listed is the pages that the catalogue links to.
func (a *audience) listed() []string {
	if a.links != nil {
		return a.links
	}
	a.links = []string{}
	file, err := os.Open(filepath.Join(a.dir, "catalogue.html"))
	if err != nil {
		return a.links // no catalogue lists nothing
	}
	defer file.Close()
	doc, err := html.Parse(file)
	if err != nil {
		return a.links
	}
	for _, link := range find(doc, is("a")) {
		a.links = append(a.links, attr(link, "href"))
	}
	return a.links
}

// checkCatalogued looks at a page for analysts. Its tables describe, or count the rows of
// returns, or say in words what came of them, or hold a worked example; each says which by its
// class. It draws nothing.
func (a *audience) checkCatalogued(r *Report, page string, doc *html.Node) {
	left := numbersOf(find(doc, func(n *html.Node) bool { return is("pre")(n) && attr(n, "id") == "source" }))
	for _, t := range find(doc, is("table")) {
		r.Checked++
		switch {
		case hasClass(t, "described"):
			a.checkDescribed(r, page, t)
			if !inEnglish(doc) && unreadable(t) {
				r.add(a.folder+"/"+page, "described", RuleUnknown, "a column's head is in a language that the auditor does not read")
			}
		case hasClass(t, "returns"):
			a.checkReturns(r, page, t)
		case hasClass(t, "coverage"):
			if strings.ContainsFunc(strings.Join(texts(find(t, is("td")), nil), " "), unicode.IsDigit) {
				r.add(a.folder+"/"+page, "coverage", RuleUnknown, "a table of what came of returns holds a number")
			}
		case hasClass(t, "example"):
			for n, times := range numbersOf([]*html.Node{t}) {
				if left[n] -= times; left[n] < 0 {
					r.add(a.folder+"/"+page, "example", RulePage, "a worked example has a number that the file on its page does not")
				}
			}
		default:
			r.add(a.folder+"/"+page, "table", RuleUnknown, "the auditor does not know this kind of table")
		}
	}
	for _, svg := range find(doc, is("svg")) {
		if !hasClass(svg, "sprite") {
			r.add(a.folder+"/"+page, "drawing", RuleUnknown, "a page for analysts has a drawing")
		}
	}
}

// counting are the heads of columns that count what an agency sent or what a measure found.
var counting = regexp.MustCompile(`(?i)^(rows|kept out|count|base|number|people|cases|value|numerator|denominator)\b`)

// checkDescribed holds that a table that describes has no column that counts.
func (a *audience) checkDescribed(r *Report, page string, t *html.Node) {
	for _, head := range columnHeads(t) {
		if counting.MatchString(head) {
			r.add(a.folder+"/"+page, head, RuleUnknown, "a table that describes has a column that counts")
		}
	}
}

var plainNumber = regexp.MustCompile(`\d+(?:\.\d+)?`)

// numbersOf is how often each number stands below nodes; 2.50 is 2.5.
func numbersOf(nodes []*html.Node) map[float64]int {
	found := map[float64]int{}
	for _, text := range texts(nodes, nil) {
		for _, printed := range plainNumber.FindAllString(text, -1) {
			if v, err := strconv.ParseFloat(printed, 64); err == nil { // the form holds only digits and one stop
				found[v]++
			}
		}
	}
	return found
}
