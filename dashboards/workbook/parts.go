package workbook

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/xml"
	"fmt"
	"io"
	"time"
)

// The names of what parts hold and of what they refer to.
const (
	spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	references  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packages    = "http://schemas.openxmlformats.org/package/2006/"
	contents    = "application/vnd.openxmlformats-officedocument."
)

// The parts that say how every book looks: its styles, see the looks of sheet.go, and the colours and
// fonts that an office begins with.
var (
	//go:embed look/styles.xml
	styles []byte
	//go:embed look/theme1.xml
	theme []byte
)

// archive is a book's file as its parts are put in, one after another, each of the book's day.
type archive struct {
	zip  *zip.Writer
	made time.Time
}

func (a archive) put(name string, part []byte) error {
	w, err := a.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: a.made})
	if err != nil {
		return err
	}
	_, err = w.Write(part)
	return err
}

// relation is a reference to another part.
type relation struct{ kind, target string }

func relations(all []relation) []byte {
	var p paper
	p.WriteString(xml.Header + `<Relationships xmlns="` + packages + `relationships">`)
	for i, r := range all {
		fmt.Fprintf(&p, `<Relationship Id="rId%d" Target="%s" Type="%s"></Relationship>`, i+1, r.target, r.kind)
	}
	p.WriteString("</Relationships>")
	return p.Bytes()
}

// types is the list of the parts' types. Sheets and tables are each numbered in their order.
func (b Book) types() []byte {
	var p paper
	p.WriteString(xml.Header + `<Types xmlns="` + packages + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"></Default><Default Extension="xml" ContentType="application/xml"></Default>`)
	one := func(part, content string) {
		p.WriteString(`<Override PartName="/` + part + `" ContentType="` + content + `+xml"></Override>`)
	}
	one("docProps/app.xml", contents+"extended-properties")
	one("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties")
	one("xl/workbook.xml", contents+"spreadsheetml.sheet.main")
	one("xl/styles.xml", contents+"spreadsheetml.styles")
	one("xl/theme/theme1.xml", contents+"theme")
	tables := 0
	for i, s := range b.Sheets {
		one(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), contents+"spreadsheetml.worksheet")
		if s.Table != nil {
			tables++
			one(fmt.Sprintf("xl/tables/table%d.xml", tables), contents+"spreadsheetml.table")
		}
	}
	p.WriteString("</Types>")
	return p.Bytes()
}

// list is the part that names the sheets, and what it refers to.
func (b Book) list() (list, refers []byte) {
	var p paper
	p.WriteString(xml.Header + `<workbook xmlns="` + spreadsheet + `" xmlns:r="` + references + `"><workbookPr filterPrivacy="true" defaultThemeVersion="164011"></workbookPr><bookViews><workbookView xWindow="0" yWindow="0" windowWidth="14805" windowHeight="8010"></workbookView></bookViews><sheets>`)
	var parts []relation
	for i, s := range b.Sheets {
		p.WriteString(`<sheet name="`)
		p.words(s.Name)
		fmt.Fprintf(&p, `" sheetId="%d" r:id="rId%d"></sheet>`, i+1, i+1)
		parts = append(parts, relation{references + "/worksheet", fmt.Sprintf("worksheets/sheet%d.xml", i+1)})
	}
	p.WriteString(`</sheets></workbook>`)
	return p.Bytes(), relations(append(parts, relation{references + "/styles", "styles.xml"}, relation{references + "/theme", "theme/theme1.xml"}))
}

// properties is the parts that say what the book is.
func (b Book) properties() (core, app []byte) {
	var c, a paper
	c.WriteString(xml.Header + `<coreProperties xmlns="` + packages + `metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	day := b.Made.UTC().Format(time.RFC3339)
	for _, of := range [][2]string{{"dc:title", b.Title}, {"dc:subject", b.Subject}, {"dc:creator", b.Author}, {"keywords", b.Keywords}, {"lastModifiedBy", b.Author}, {"dc:language", b.Language}} {
		if of[1] != "" {
			c.element(of[0], "", of[1])
		}
	}
	c.element("dcterms:created", ` xsi:type="dcterms:W3CDTF"`, day)
	c.element("dcterms:modified", ` xsi:type="dcterms:W3CDTF"`, day)
	c.WriteString("</coreProperties>")
	a.WriteString(xml.Header + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">`)
	a.element("Company", "", b.Author)
	a.element("Application", "", "Wherry")
	a.WriteString("</Properties>")
	return c.Bytes(), a.Bytes()
}

func (p *paper) element(name, attributes, words string) {
	p.WriteString("<" + name + attributes + ">")
	p.words(words)
	p.WriteString("</" + name + ">")
}

// pack is the book's file. Its tables are given up as they are written.
func (b Book) pack() ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	a := archive{z, b.Made.UTC()}
	core, app := b.properties()
	list, refers := b.list()
	for _, part := range []struct {
		name string
		text []byte
	}{
		{"[Content_Types].xml", b.types()},
		{"_rels/.rels", relations([]relation{{references + "/officeDocument", "xl/workbook.xml"},
			{packages + "relationships/metadata/core-properties", "docProps/core.xml"}, {references + "/extended-properties", "docProps/app.xml"}})},
		{"docProps/app.xml", app}, {"docProps/core.xml", core},
		{"xl/workbook.xml", list}, {"xl/_rels/workbook.xml.rels", refers}, {"xl/styles.xml", styles}, {"xl/theme/theme1.xml", theme},
	} {
		if err := a.put(part.name, part.text); err != nil {
			return nil, err
		}
	}
	if err := b.packSheets(a); err != nil {
		return nil, err
	}
	if err := a.zip.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// fill gives a table its rows.
func (t *Table) fill() error {
	if t == nil {
		return nil
	}
	if t.Fill != nil {
		t.Rows = t.Fill()
	}
	return t.checkRows()
}

// packSheets puts in each sheet, the mark of its table, and what leads from one to the other.
func (b Book) packSheets(a archive) error {
	var p paper
	tables := 0
	for i, s := range b.Sheets {
		if err := s.Table.fill(); err != nil {
			return fmt.Errorf("sheet %s: %w", s.Name, err)
		}
		p.Reset()
		p.row, p.links = 0, nil
		p.sheet(s, i == 0)
		if err := a.put(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), p.Bytes()); err != nil {
			return err
		}
		if s.Table == nil {
			continue
		}
		tables++
		p.Reset()
		p.mark(tables, s)
		part := fmt.Sprintf("tables/table%d.xml", tables)
		if err := a.put("xl/"+part, p.Bytes()); err != nil {
			return err
		}
		if err := a.put(fmt.Sprintf("xl/worksheets/_rels/sheet%d.xml.rels", i+1), relations([]relation{{references + "/table", "../" + part}})); err != nil {
			return err
		}
		b.Sheets[i].Table = nil
	}
	return nil
}
