package giveback

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/google/renameio/v2"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

// Names of the files in an agency's outbox.
const (
	Page     = "feedback.html"
	Workbook = "feedback.xlsx"
)

const longDay = "2 January 2006"

// mostRows is how many rows in quarantine the page lists; the workbook has many more.
const mostRows = 100

//go:embed page.html
var text string

//go:embed page.css
var css string

// styleHash lets the page's policy allow its own style sheet and no other.
func styleHash() string {
	sum := sha256.Sum256([]byte(css))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"count": count, "grouped": grouped, "size": func(list any) int64 { return int64(reflect.ValueOf(list).Len()) },
	"first":     func(ws []waiting) []waiting { return ws[:min(mostRows, len(ws))] },
	"style":     func() template.CSS { return template.CSS(css) },                   //nolint:gosec // a file of this package
	"styleHash": func() template.HTMLAttr { return template.HTMLAttr(styleHash()) }, //nolint:gosec // of hexadecimal and the like
	"less":      func(fs []filled) []filled { return fs[:min(mostTop, len(fs))] },
	"day":       func(f *facts) string { return f.AsAt.Format(longDay) },
}).Parse(text))

// Write tells an agency what became of what it sent, in its outbox, and returns the paths of
// the page and the workbook.
func Write(ctx context.Context, in Input, agency config.Agency) ([]string, error) {
	f, err := gather(ctx, in, agency)
	if err != nil {
		return nil, fmt.Errorf("gathering feedback for %s: %w", agency.ID, err)
	}
	var html bytes.Buffer
	if err := page.Execute(&html, f); err != nil {
		return nil, fmt.Errorf("writing feedback for %s: %w", agency.ID, err)
	}
	book, err := f.book()
	if err != nil {
		return nil, fmt.Errorf("writing feedback for %s: %w", agency.ID, err)
	}
	folder := filepath.Join(warehouse.Dir(in.Partnership, in.Partnership.Paths.Outbox), agency.ID)
	paths := []string{filepath.Join(folder, Page), filepath.Join(folder, Workbook)}
	for i, data := range [][]byte{html.Bytes(), book} {
		if err := place(paths[i], data); err != nil {
			return nil, fmt.Errorf("writing feedback for %s: %w", agency.ID, err)
		}
	}
	return paths, nil
}

// place writes a file whole, where it is not there already as it should be.
func place(path string, data []byte) error {
	old, err := os.ReadFile(path)
	if err == nil && bytes.Equal(old, data) {
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return renameio.WriteFile(path, data, 0o600)
}

// count is a number with its noun.
func count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + many
}

func grouped(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// sentence makes a hint stand by itself.
func sentence(s string) string {
	if s == "" {
		return "Ask the partnership's team what to do."
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}
