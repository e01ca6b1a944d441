package dashboards

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"wherry/config"
	"wherry/dashboards/charts"
)

// Write makes the site of s below dir, which it creates: the pages, data/, charts/ and
// assets/. It writes nothing elsewhere. An error that is config.Problems is a fault in a
// contributed file; after any error dir is not fit to publish.
func Write(dir string, s Site, d *charts.Drawer) error {
	b, err := newBuilder(s, d)
	if err != nil {
		return err
	}
	if err := b.draw(); err != nil {
		return err
	}
	for _, step := range b.steps() {
		if err := step(); err != nil {
			return err
		}
	}
	return b.save(dir)
}

// builder holds what the pages of one site share, and the files made so far.
type builder struct {
	Site
	board     *Board
	drawer    *charts.Drawer
	fixed     words
	templates *template.Template
	subjects  []*subject
	revised   revisions
	mu        sync.Mutex
	views     map[string]*template.Template
	files     map[string][]byte
}

func newBuilder(s Site, d *charts.Drawer) (*builder, error) {
	if s.Partnership == nil || s.Editorial == nil {
		return nil, errors.New("writing a site needs its partnership and its editorial words")
	}
	board := s.Editorial.Boards[s.Audience.ID]
	if board == nil {
		return nil, fmt.Errorf("audience %q has no board: add dashboards/boards/%s.yaml", s.Audience.ID, s.Audience.ID)
	}
	said := wordsOf(s)
	t, err := template.New("site").Funcs(functions(said)).ParseFS(Files, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("reading page templates: %w", err)
	}
	b := &builder{Site: s, board: board, fixed: said, drawer: d, templates: t, views: map[string]*template.Template{}, files: map[string][]byte{}}
	if b.revised, err = compare(s); err != nil {
		return nil, err
	}
	return b, b.gather()
}

// draw draws the small charts of the scorecard; those of a measure are drawn with its page.
func (b *builder) draw() error {
	var g errgroup.Group
	g.SetLimit(charts.Parallel)
	for _, s := range b.subjects {
		g.Go(func() error { return s.drawSpark(b.drawer) })
	}
	return g.Wait()
}

// put keeps a finished file until all are made.
func (b *builder) put(name string, data []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.files[name] = data
}

// page is what the layout needs of any page; Body is the page's own.
type page struct {
	Title string // of the document and its h1
	Of    string // what the page is, in the document's title alone, where pages of two kinds may share a title
	Nav   string // file name of the item of the navigation it belongs to
	Root  string // way up to the site's folder: "" or "../"
	Site  *builder
	Body  any
	// Enhanced pages run assets/enhance.js, and are whole without it.
	Enhanced bool
}

// LocalHelp is the local service of the help box, or nil where the settings name none but
// England's national helpline.
func (b *builder) LocalHelp() *config.Help {
	h := b.Partnership.Help
	if h.Name == "" || strings.Contains(h.Text, "0808 2000 247") {
		return nil
	}
	return &h
}

// Board is the board of the site's audience.
func (b *builder) Board() *Board { return b.board }

// Edition is the line beside the partnership's name: "Quarterly review, July to September 2026".
func (p page) Edition() string {
	return p.Site.fixed.text("title.edition", "title", p.Site.board.Title, "period", p.Site.fixed.periodFull(p.Site.Quarter))
}

// render fills the named template, in the layout, as the file name.
func (b *builder) render(name, view string, p page) error {
	p.Site = b
	filled, err := b.view(view)
	if err != nil {
		return fmt.Errorf("preparing page %s: %w", name, err)
	}
	var out bytes.Buffer
	if err := filled.ExecuteTemplate(&out, "layout.html", p); err != nil {
		return fmt.Errorf("filling page %s: %w", name, err)
	}
	body := out.Bytes()
	if b.fixed.aloud {
		body = spoken(body, b.fixed.language)
	}
	b.put(name, tidy(withoutUnused(body)))
	return nil
}

// withoutUnused drops the symbols that a page does not use. They stand together at its head, a
// line each, in the first drawing.
func withoutUnused(html []byte) []byte {
	const use, symbol = `href="#`, `<symbol id="`
	symbols, page, _ := bytes.Cut(html, []byte("</svg>"))
	used := map[string]bool{}
	for _, after, ok := bytes.Cut(page, []byte(use)); ok; _, after, ok = bytes.Cut(after, []byte(use)) {
		id, _, _ := bytes.Cut(after, []byte(`"`))
		used[string(id)] = true
	}
	kept := make([]byte, 0, len(html))
	for line := range bytes.Lines(symbols) {
		after, is := bytes.CutPrefix(line, []byte(symbol))
		if id, _, _ := bytes.Cut(after, []byte(`"`)); !is || used[string(id)] {
			kept = append(kept, line...)
		}
	}
	return append(kept, html[len(symbols):]...)
}

// view is the layout with the named template as its content.
func (b *builder) view(name string) (*template.Template, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if t := b.views[name]; t != nil {
		return t, nil
	}
	t, err := b.templates.Clone()
	if err != nil {
		return nil, err
	}
	if _, err := t.AddParseTree("content", b.templates.Lookup(name).Tree); err != nil {
		return nil, err
	}
	b.views[name] = t
	return t, nil
}

// tidy drops the white space that templates leave behind, but for that of code.
func tidy(html []byte) []byte {
	var out bytes.Buffer
	code := false
	for _, line := range bytes.Split(html, []byte("\n")) {
		if bytes.Contains(line, []byte("<pre")) {
			code = true
		}
		if trimmed := bytes.TrimSpace(line); code {
			out.Write(line)
			out.WriteByte('\n')
		} else if len(trimmed) > 0 {
			out.Write(trimmed)
			out.WriteByte('\n')
		}
		if bytes.Contains(line, []byte("</pre>")) {
			code = false
		}
	}
	return out.Bytes()
}

func (b *builder) save(dir string) error {
	for name, data := range b.files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return fmt.Errorf("making a folder of the site: %w", err)
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			return fmt.Errorf("writing a file of the site: %w", err)
		}
	}
	return nil
}

// printMargins puts the marking and the help line in the margins of printed pages.
func (b *builder) printMargins() string {
	help := b.supportLine()
	if b.Partnership.Illustrative {
		help += ". " + strings.TrimSuffix(b.fixed.plain("foot.illustrative"), ".")
	}
	return fmt.Sprintf("@page{@top-center{content:%s}@bottom-center{content:%s}@bottom-left{content:%s}}\n",
		cssString(b.Audience.Marking), cssString(b.Audience.Marking), cssString(help))
}

// cssString quotes s for a style sheet: everything but letters, digits and plain
// punctuation is written by its number.
func cssString(s string) string {
	var out bytes.Buffer
	out.WriteByte('"')
	for _, r := range s {
		if r == ' ' || r == '.' || r == ',' || r == '-' || r == ':' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			out.WriteRune(r)
			continue
		}
		fmt.Fprintf(&out, "\\%06x", r)
	}
	out.WriteByte('"')
	return out.String()
}
