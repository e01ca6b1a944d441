package intake

import (
	"archive/zip"
	"errors"
	"io"
	"math"
	"path"
	"strings"
)

// book is a workbook, read part by part: its sheets, and the texts that they share. What
// comes out of the packed file is metered as it comes: the sizes that a packed file states
// of itself can lie.
type book struct {
	zip    *zip.ReadCloser
	left   int64 // bytes that may still be unpacked
	sheets []sheet
	shared string // part that holds the shared texts; "" for none
	texts  *texts // nil until a sheet is read
	since  bool   // 1904: days are metered from then
}

type sheet struct {
	name, part string
	hidden     bool
}

// errBook tells that a file is no workbook.
var errBook = errors.New("not a workbook")

// openBook opens a workbook of at most so many bytes unpacked; 0 for any number.
func openBook(file string, most int64) (*book, error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, errBook
	}
	b := &book{zip: z, left: most}
	if most <= 0 {
		b.left = math.MaxInt64
	}
	if err := b.contents(); err != nil {
		return nil, errors.Join(err, z.Close())
	}
	return b, nil
}

func (b *book) Close() error { return b.zip.Close() }

// metered reads a part, and fails with ErrTooLarge where the workbook gives more than it may.
type metered struct {
	io.ReadCloser
	book *book
}

func (c *metered) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	if c.book.left -= int64(n); c.book.left < 0 {
		return 0, ErrTooLarge
	}
	return n, err
}

func (b *book) part(name string) (io.ReadCloser, error) {
	for _, f := range b.zip.File {
		if strings.EqualFold(f.Name, name) {
			r, err := f.Open()
			if err != nil {
				return nil, errBook
			}
			return &metered{r, b}, nil
		}
	}
	return nil, errBook
}

// elements calls take for every element of a part that opens.
func (b *book) elements(name string, take func(m *markup)) error {
	r, err := b.part(name)
	if err != nil {
		return err
	}
	defer r.Close()
	m := newMarkup(r)
	for {
		switch kind, err := m.next(); {
		case err != nil:
			return err
		case kind == ends:
			return nil
		case kind == opens:
			take(m)
		}
	}
}

// contents reads what sheets there are and where they stand.
func (b *book) contents() error {
	if len(b.zip.File) > mostMembers {
		return errBook
	}
	main := "xl/workbook.xml"
	if err := b.elements("_rels/.rels", func(m *markup) {
		if strings.HasSuffix(m.attribute("Type"), "/officeDocument") {
			main = strings.TrimPrefix(m.attribute("Target"), "/")
		}
	}); err != nil {
		return err
	}
	folder := path.Dir(main)
	targets := map[string]string{}
	if err := b.elements(path.Join(folder, "_rels", path.Base(main)+".rels"), func(m *markup) {
		target := m.attribute("Target")
		if strings.HasPrefix(target, "/") {
			target = strings.TrimPrefix(target, "/")
		} else {
			target = path.Join(folder, target)
		}
		if strings.HasSuffix(m.attribute("Type"), "/sharedStrings") {
			b.shared = target
		}
		if len(targets) <= mostSheets {
			targets[m.attribute("Id")] = target
		}
	}); err != nil {
		return err
	}
	err := b.elements(main, func(m *markup) {
		switch m.local() {
		case "workbookPr":
			v := m.attribute("date1904")
			b.since = v == "1" || v == "true"
		case "sheet":
			state := m.attribute("state")
			b.sheets = append(b.sheets, sheet{m.attribute("name"), targets[m.attribute("id")], state == "hidden" || state == "veryHidden"})
		}
	})
	if err == nil && (len(b.sheets) == 0 || len(b.sheets) > mostSheets) {
		return errBook
	}
	return err
}

// texts is the texts that cells share, end to end.
type texts struct {
	all  []byte
	ends []uint32
}

func (t *texts) at(i int) (string, bool) {
	if i < 0 || i >= len(t.ends) {
		return "", false
	}
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return string(t.all[from:t.ends[i]]), true
}

// readTexts reads the shared texts, once. What is said of how a word is spoken is left out.
func (b *book) readTexts() error {
	if b.texts != nil {
		return nil
	}
	b.texts = &texts{}
	if b.shared == "" {
		return nil
	}
	r, err := b.part(b.shared)
	if err != nil {
		return err
	}
	defer r.Close()
	m, spoken, said := newMarkup(r), 0, false
	for {
		kind, err := m.next()
		if err != nil {
			return err
		}
		switch {
		case kind == ends:
			return nil
		case kind == says && said && spoken == 0:
			b.texts.all = append(b.texts.all, m.text...)
		case kind == opens && m.local() == "rPh":
			spoken++
		case kind == closes && m.local() == "rPh":
			spoken--
		case (kind == opens || kind == closes) && m.local() == "t":
			said = kind == opens
		case kind == closes && m.local() == "si":
			b.texts.ends = append(b.texts.ends, uint32(len(b.texts.all)))
		}
		if len(b.texts.all) > mostSharedText || len(b.texts.ends) > mostShared {
			return ErrTooLarge
		}
	}
}
