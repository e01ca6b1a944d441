package browser

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

// What a page and a scorecard may take.
const (
	MostBytes      = 200 << 10 // of one page
	MostPaperPages = 4         // of the scorecard, A4 landscape: one of headlines, three of eleven families
)

// Widths are the window widths a page is looked at in; 320 is 1280 at 400% zoom.
func Widths() []int { return []int{1280, 400, 320} }

// Finding is one thing wrong with one page.
type Finding struct {
	Page  string // from the site's folder
	Width int    // 0 where the width does not matter
	What  string
}

func (f Finding) String() string {
	if f.Width == 0 {
		return f.Page + ": " + f.What
	}
	return fmt.Sprintf("%s at %d: %s", f.Page, f.Width, f.What)
}

// Report is the outcome of Check. A site is as promised where Findings is empty.
type Report struct {
	Pages      int // that were opened
	Rules      int // axe rules that passed, over all pages and widths
	PaperPages int // of the scorecard
	Findings   []Finding
}

// Err is the findings as one error, or nil.
func (r Report) Err() error {
	if len(r.Findings) == 0 {
		return nil
	}
	lines := make([]string, len(r.Findings))
	for i, f := range r.Findings {
		lines[i] = f.String()
	}
	return errors.New(strings.Join(lines, "\n"))
}

// Check looks at the files of every page of the site in dir, and opens those that opens names, or
// all where it is nil. The error says that the check could not be made: Chromium or axe-core is
// missing, or the folder cannot be read.
func Check(ctx context.Context, dir string, opens func(page string) bool) (Report, error) {
	var r Report
	dir, err := filepath.Abs(dir)
	if err != nil {
		return r, fmt.Errorf("finding the site: %w", err)
	}
	pages, err := pagesOf(dir)
	if err != nil {
		return r, err
	}
	if r.Findings, err = checkFiles(dir, pages); err != nil {
		return r, err
	}
	opened := slices.DeleteFunc(slices.Clone(pages), func(p string) bool { return opens != nil && !opens(p) })
	marked, err := markup(ctx, dir, opened)
	if err != nil {
		return r, err
	}
	r.Findings = append(r.Findings, marked...)
	checks, err := checkers()
	if err != nil {
		return r, err
	}
	browser, closeBrowser, err := Start(ctx, "")
	if err != nil {
		return r, err
	}
	defer closeBrowser()
	var mu sync.Mutex
	g, _ := errgroup.WithContext(ctx)
	g.SetLimit(2)
	r.Pages = len(opened)
	for _, page := range opened {
		g.Go(func() error {
			found, rules, err := look(browser, dir, page, checks)
			mu.Lock()
			defer mu.Unlock()
			r.Findings = append(r.Findings, found...)
			r.Rules += rules
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return r, err
	}
	pdf, err := PDF(browser, filepath.Join(dir, "index.html"))
	if err != nil {
		return r, err
	}
	r.PaperPages = Sides(pdf)
	if r.PaperPages > MostPaperPages {
		r.Findings = append(r.Findings, Finding{"index.html", 0, fmt.Sprintf("prints on %d pages, and %d are allowed", r.PaperPages, MostPaperPages)})
	}
	sort.SliceStable(r.Findings, func(i, j int) bool { return r.Findings[i].Page < r.Findings[j].Page })
	return r, nil
}

func pagesOf(dir string) ([]string, error) {
	var pages []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".html") {
			name, err := filepath.Rel(dir, path)
			pages = append(pages, filepath.ToSlash(name))
			return err
		}
		return err
	})
	if err == nil && len(pages) == 0 {
		err = errors.New("it holds no page")
	}
	if err != nil {
		return nil, fmt.Errorf("reading the site in %s: %w", dir, err)
	}
	return pages, nil
}

// moduleTop is the top of the module that holds the working directory, where npm installs.
func moduleTop() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("finding the module: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if filepath.Dir(dir) == dir {
			return "", errors.New("finding the module: the working directory is in none")
		}
		dir = filepath.Dir(dir)
	}
}

// checkers are axe-core and HTML_CodeSniffer, the two that pa11y runs, as npm installed them.
func checkers() (string, error) {
	top, err := moduleTop()
	if err != nil {
		return "", err
	}
	var both string
	for _, file := range []string{"axe-core/axe.min.js", "@pa11y/html_codesniffer/build/HTMLCS.js"} {
		text, err := os.ReadFile(filepath.Join(top, "node_modules", filepath.FromSlash(file)))
		if errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("%s is not installed: `make test` installs it", file)
		}
		if err != nil {
			return "", fmt.Errorf("reading %s: %w", file, err)
		}
		both += string(text) + "\n;\n"
	}
	return both, nil
}
