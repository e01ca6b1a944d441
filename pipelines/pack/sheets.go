package pack

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// sheet is one page of the site as a part of the document.
type sheet struct {
	page string // from the site's folder
	main *html.Node
	ids  map[string]bool
}

// slug names the sheet in the document: measures/rq1.html is measures-rq1.
func (s sheet) slug() string { return slugOf(s.page) }

func slugOf(page string) string {
	return strings.ReplaceAll(strings.TrimSuffix(page, ".html"), "/", "-")
}

// readPage is a page of the site in dir.
func readPage(dir, page string) (*html.Node, error) {
	file, err := os.Open(filepath.Join(dir, filepath.FromSlash(page)))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	doc, err := html.Parse(file)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", page, err)
	}
	return doc, nil
}

// order is the pages of a pack: what changed and what is asked; each improvement area; the
// exceptions; every measure of the scorecard, in its order; the plan; how far the data can
// be trusted; how to read it. Pages that an edition does not have are left out.
func order(dir string, scorecard *html.Node) ([]string, error) {
	areas, err := filepath.Glob(filepath.Join(dir, "areas", "*.html"))
	if err != nil {
		return nil, err
	}
	pages := []string{"index.html"}
	for _, a := range areas {
		pages = append(pages, path.Join("areas", filepath.Base(a)))
	}
	pages = append(pages, "exceptions.html")
	for _, t := range find(scorecard, func(n *html.Node) bool { return n.Data == "table" && hasClass(n, "scorecard") }) {
		for _, a := range find(t, func(n *html.Node) bool { return n.Data == "a" }) {
			if to, _, _ := strings.Cut(attr(a, "href"), "#"); strings.HasPrefix(to, "measures/") && !slices.Contains(pages, to) {
				pages = append(pages, to)
			}
		}
	}
	pages = append(pages, "actions.html", "data-quality.html", "methods.html")
	return slices.DeleteFunc(pages, func(p string) bool {
		_, err := os.Stat(filepath.Join(dir, filepath.FromSlash(p)))
		return os.IsNotExist(err)
	}), nil
}

func find(n *html.Node, match func(*html.Node) bool) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && match(d) {
			found = append(found, d)
		}
	}
	return found
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasClass(n *html.Node, class string) bool {
	return slices.Contains(strings.Fields(attr(n, "class")), class)
}
