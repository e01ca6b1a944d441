package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// pack is the file's parts as one archive.
func pack(f *excelize.File, made time.Time) ([]byte, error) {
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter {
		return &parts{out: w, made: made.UTC(), held: map[string]*bytes.Buffer{}}
	})
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// parts keeps the parts that excelize makes, in an order that differs from time to time, until
// all are there.
type parts struct {
	out  io.Writer
	made time.Time
	held map[string]*bytes.Buffer
}

// Create begins a part.
func (p *parts) Create(name string) (io.Writer, error) {
	p.held[name] = &bytes.Buffer{}
	return p.held[name], nil
}

// AddFS is of no use here.
func (p *parts) AddFS(fs.FS) error { return errors.New("a workbook is made of parts, not of folders") }

// filter is the filter buttons of a table.
var filter = regexp.MustCompile(`<autoFilter[^>]*></autoFilter>`)

// Close writes the parts, the list of their types first.
func (p *parts) Close() error {
	w := zip.NewWriter(p.out)
	names := slices.SortedFunc(maps.Keys(p.held), func(a, b string) int {
		if first := "[Content_Types].xml"; a == first || b == first {
			return map[bool]int{true: -1, false: 1}[a == first]
		}
		return strings.Compare(a, b)
	})
	for _, name := range names {
		part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: p.made})
		if err != nil {
			return err
		}
		text := p.held[name].Bytes()
		if strings.HasPrefix(name, "xl/tables/") {
			text = filter.ReplaceAll(text, nil)
		}
		if _, err := part.Write(text); err != nil {
			return err
		}
	}
	return w.Close()
}
