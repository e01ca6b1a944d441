package pack

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/renameio/v2"
	"golang.org/x/net/html"

	"wherry/dashboards/browser"
)

// Paper is what Make made.
type Paper struct {
	File  string   `json:"file"`
	Sides int      `json:"sides"`
	Bytes int      `json:"bytes"`
	Pages []string `json:"pages"` // of the site, in order
}

// Make prints the pages in site, one audience's folder of an edition, as the PDF out, whose
// folder it creates. with is the path of a Chromium, Chrome or Edge, "" for the first that is
// installed. Errors: *browser.NoneError; anything else names the step. out is whole or
// untouched.
func Make(ctx context.Context, site, out, with string) (Paper, error) {
	if _, err := browser.Find(with); err != nil { // before any work
		return Paper{}, err
	}
	dir, err := os.MkdirTemp("", "wherry-pack-")
	if err != nil {
		return Paper{}, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a folder left in /tmp harms nothing
	pages, err := lay(site, dir)
	if err != nil {
		return Paper{}, fmt.Errorf("putting the pack together: %w", err)
	}
	started, stop, err := browser.Start(ctx, with)
	if err != nil {
		return Paper{}, err
	}
	defer stop()
	pdf, err := browser.PDF(started, filepath.Join(dir, document))
	if err != nil {
		return Paper{}, err
	}
	return Paper{out, browser.Sides(pdf), len(pdf), pages}, keep(out, pdf)
}

// document is the pack before it is printed.
const document = "pack.html"

// lay puts the document of site's pages, with what they show, into dir, and gives the pages.
func lay(site, dir string) ([]string, error) {
	text, pages, err := assemble(site)
	if err != nil {
		return nil, err
	}
	css, err := os.ReadFile(filepath.Join(site, "assets", "site.css"))
	if err != nil {
		return nil, fmt.Errorf("reading the style sheet: %w", err)
	}
	files := map[string][]byte{document: text, "assets/site.css": css}
	if err := pictures(site, text, files); err != nil {
		return nil, err
	}
	if err := os.Mkdir(filepath.Join(dir, "assets"), 0o700); err != nil {
		return nil, err
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), data, 0o600); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// pictures adds the files in assets/ that the document shows.
func pictures(site string, text []byte, files map[string][]byte) error {
	doc, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return fmt.Errorf("reading the pack: %w", err)
	}
	for _, n := range find(doc, func(n *html.Node) bool { return n.Data == "img" }) {
		name := attr(n, "src")
		if path.Dir(name) != "assets" {
			return fmt.Errorf("a page shows %q, which is not in assets", name)
		}
		if files[name], err = os.ReadFile(filepath.Join(site, filepath.FromSlash(name))); err != nil {
			return fmt.Errorf("reading a picture of the pages: %w", err)
		}
	}
	return nil
}

// Pictures draws the charts of site, all or those of some measures by id, as PNG files in the
// folder out, which it creates, and returns their names. Errors are those of Make, and a
// measure that has no chart.
func Pictures(ctx context.Context, site, out, with string, measures []string) ([]string, error) {
	site, err := filepath.Abs(site)
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(site, "charts", "*.svg"))
	if err != nil {
		return nil, err
	}
	if len(measures) > 0 {
		var some []string
		for _, id := range measures {
			i := slices.IndexFunc(files, func(f string) bool { return strings.EqualFold(strings.TrimSuffix(filepath.Base(f), ".svg"), id) })
			if i < 0 {
				return nil, fmt.Errorf("measure %s has no chart in this edition", id)
			}
			some = append(some, files[i])
		}
		files = some
	}
	started, stop, err := browser.Start(ctx, with)
	if err != nil {
		return nil, err
	}
	defer stop()
	var made []string
	for _, f := range files {
		png, err := picture(started, f)
		if err != nil {
			return made, err
		}
		name := filepath.Join(out, strings.TrimSuffix(filepath.Base(f), ".svg")+".png")
		if err := keep(name, png); err != nil {
			return made, err
		}
		made = append(made, name)
	}
	return made, nil
}

// keep writes a file whole, readable by its owner alone: a pack may be restricted.
func keep(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return fmt.Errorf("making the folder of the pack: %w", err)
	}
	if err := renameio.WriteFile(name, data, 0o600); err != nil {
		return fmt.Errorf("writing the pack: %w", err)
	}
	return nil
}
