package workbook_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"wherry/dashboards/workbook"
	"wherry/dashboards/workbook/rules"
)

// book is a small one that breaks no rule.
func book() workbook.Book {
	text := func(s ...string) []workbook.Line {
		var lines []workbook.Line
		for _, words := range s {
			lines = append(lines, workbook.Line{Text: words})
		}
		return lines
	}
	table := func(name string, rows ...[]workbook.Cell) *workbook.Table {
		return &workbook.Table{Name: name, Columns: []workbook.Column{{Head: "Name", Width: 20}, {Head: "Number", Width: 12, Number: true}}, Rows: rows}
	}
	words := func(name string, rows ...[]workbook.Cell) *workbook.Table {
		return &workbook.Table{Name: name, Columns: []workbook.Column{{Head: "Name", Width: 20}, {Head: "Meaning", Width: 60}}, Rows: rows}
	}
	return workbook.Book{Title: "Tables", Author: "A partnership", Language: "en-GB", Made: time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC), Sheets: []workbook.Sheet{
		{Name: "Cover", Title: "Tables", Lines: append(text("Marking", "Words"), workbook.Line{Text: "The list", Link: "Contents"}, workbook.Line{Text: "Contact", Heading: true})},
		{Name: "Contents", Title: "Contents", Lines: text("One table"), Table: words("List_of_sheets", []workbook.Cell{workbook.Link("Q1", "Q1"), workbook.Text("A measure")})},
		{Name: "Notes", Title: "Notes", Lines: text("One table"), Table: words("Notes_list", []workbook.Cell{workbook.Text("[c]"), workbook.Text("Hidden to protect people")})},
		{Name: "Q1", Title: "Q1: a measure", Lines: text("One table", "A question"), Table: table("Figures_Q1",
			[]workbook.Cell{workbook.Text("North"), workbook.Number(12.5, 1)}, []workbook.Cell{workbook.Text("South"), workbook.Text("[c]")}, []workbook.Cell{workbook.Text("West"), workbook.Number(-3, 0)})},
	}}
}

func written(t *testing.T, b workbook.Book) (string, []byte) {
	t.Helper()
	out, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "book.xlsx")
	if err := os.WriteFile(file, out, 0o644); err != nil {
		t.Fatal(err)
	}
	return file, out
}

func TestABookFollowsTheRules(t *testing.T) {
	file, first := written(t, book())
	found, err := rules.Check(file)
	if err != nil || len(found) > 0 {
		t.Errorf("%v, %v", found, err)
	}
	if _, second := written(t, book()); !bytes.Equal(first, second) {
		t.Error("the same book gives other bytes")
	}
	f, err := excelize.OpenReader(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	properties, err := f.GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	if properties.Title != "Tables" || properties.Language != "en-GB" || properties.Creator != "A partnership" || properties.Created != "2026-10-31T00:00:00Z" {
		t.Errorf("properties %+v", properties)
	}
	if got, err := f.GetCellValue("Q1", "B5", excelize.Options{RawCellValue: true}); err != nil || got != "12.5" {
		t.Errorf("a number is %q, %v", got, err)
	}
	for _, of := range []string{"Cover A4", "Contents A4"} {
		sheet, cell, _ := strings.Cut(of, " ")
		if there, target, err := f.GetCellHyperLink(sheet, cell); err != nil || !there || target == "" {
			t.Errorf("%s leads to %q, %v", of, target, err)
		}
	}
}

// TestTextStaysText writes words that a spreadsheet would work out, were they typed.
func TestTextStaysText(t *testing.T) {
	b := book()
	const bad = `=HYPERLINK("http://example.org","x")`
	b.Sheets[3].Table.Rows[0][0] = workbook.Text(bad)
	_, out := written(t, b)
	f, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if formula, err := f.GetCellFormula("Q1", "A5"); err != nil || formula != "" {
		t.Errorf("a formula %q, %v", formula, err)
	}
	if got, err := f.GetCellValue("Q1", "A5"); err != nil || got != bad {
		t.Errorf("got %q, %v", got, err)
	}
}

// TestEveryTextIsReadAsItWas: what is markup, what would be trimmed, and a table past column Z.
func TestEveryTextIsReadAsItWas(t *testing.T) {
	texts := []string{`<b> & "both" or 'one'</b>`, " before and after ", "two\nlines", "tab\there", "Ffôn, naïve, 雪, 🏠", "]]>", "&amp;"}
	b := book()
	wide := b.Sheets[3].Table
	for i := range 30 {
		wide.Columns = append(wide.Columns, workbook.Column{Head: fmt.Sprintf("Column <%d>", i), Width: 9.5})
		for n := range wide.Rows {
			wide.Rows[n] = append(wide.Rows[n], workbook.Text(texts[(i+n)%len(texts)]))
		}
	}
	file, out := written(t, b)
	if found, err := rules.Check(file); err != nil || len(found) > 0 {
		t.Errorf("%v, %v", found, err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Q1")
	if err != nil || len(rows) != 7 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for n, row := range rows[4:] {
		for i, got := range row[2:] {
			if want := texts[(i+n)%len(texts)]; got != want {
				t.Errorf("row %d, column %d: %q, want %q", n+5, i+3, got, want)
			}
		}
	}
	tables, err := f.GetTables("Q1")
	if err != nil || len(tables) != 1 || tables[0].Range != "A4:AF7" {
		t.Errorf("tables %v, %v", tables, err)
	}
}

func TestWhatTheRulesForbidIsRefused(t *testing.T) {
	for want, spoil := range map[string]func(b *workbook.Book){
		"its properties need":              func(b *workbook.Book) { b.Language = "" },
		"it has no sheets":                 func(b *workbook.Book) { b.Sheets = nil },
		`sheet "cover" needs a name`:       func(b *workbook.Book) { b.Sheets[1].Name = "cover" },
		"it needs a title, and text":       func(b *workbook.Book) { b.Sheets[0].Lines = nil },
		"line 2 is longer than a cell":     func(b *workbook.Book) { b.Sheets[0].Lines[0].Text = strings.Repeat("🏠", 16384) },
		"a Name longer than a cell may be": func(b *workbook.Book) { b.Sheets[3].Table.Rows[0][0] = workbook.Text(strings.Repeat("x", 32768)) },
		"line 3 is blank":                  func(b *workbook.Book) { b.Sheets[0].Lines[1].Text = " " },
		`table "RQ1" needs a name`:         func(b *workbook.Book) { b.Sheets[3].Table.Name = "RQ1" },
		`table "notes_LIST" needs a name`:  func(b *workbook.Book) { b.Sheets[3].Table.Name = "notes_LIST" },
		"its table has no rows":            func(b *workbook.Book) { b.Sheets[3].Table.Rows = nil },
		`column "name" needs a head`:       func(b *workbook.Book) { b.Sheets[3].Table.Columns[1].Head = "name" },
		"sheet Q1: its table has no rows":  func(b *workbook.Book) { b.Sheets[3].Table.Fill = func() [][]workbook.Cell { return nil } },
		"row 2 of its table has 1 cells":   func(b *workbook.Book) { b.Sheets[3].Table.Rows[1] = b.Sheets[3].Table.Rows[1][:1] },
		"row 3 of its table has no Number": func(b *workbook.Book) { b.Sheets[3].Table.Rows[2][1] = workbook.Text("") },
	} {
		b := book()
		spoil(&b)
		if _, err := b.Bytes(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

// TestTheCheckerFindsWhatIsWrong breaks a sound workbook in one way at a time.
func TestTheCheckerFindsWhatIsWrong(t *testing.T) {
	const sheet = "xl/worksheets/sheet4.xml"
	edit := func(part, old, with string) func(map[string]string) {
		return func(parts map[string]string) {
			if !strings.Contains(parts[part], old) {
				panic(fmt.Sprintf("%s does not hold %s", part, old))
			}
			parts[part] = strings.Replace(parts[part], old, with, 1)
		}
	}
	for want, spoil := range map[string]func(map[string]string){
		"its properties lack":                           edit("docProps/core.xml", "en-GB", ""),
		"it has a part that":                            func(parts map[string]string) { parts["xl/comments1.xml"] = "<comments></comments>" },
		"xl/vbaProject.bin":                             func(parts map[string]string) { parts["xl/vbaProject.bin"] = "macro" },
		"sheet 3 is not the notes":                      edit("xl/workbook.xml", `name="Notes"`, `name="Remarks"`),
		"it does not open with its first sheet":         edit("xl/workbook.xml", `<workbookView `, `<workbookView activeTab="2" `),
		"Q1: it is hidden":                              edit("xl/workbook.xml", `name="Q1"`, `name="Q1" state="hidden"`),
		"row 3 is blank, or does not begin in":          edit(sheet, `<row r="3"><c r="A3"`, `<row r="3"><c r="B3"`),
		"row 6 is hidden":                               edit(sheet, `<row r="6">`, `<row r="6" hidden="1">`),
		"B5 holds a formula":                            edit(sheet, `<v>12.5</v>`, `<f>10+2.5</f><v>12.5</v>`),
		"cells are merged":                              edit(sheet, `</sheetData>`, `</sheetData><mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells>`),
		"a column is hidden":                            edit(sheet, `<col min="2"`, `<col hidden="1" min="2"`),
		"it has a filter or frozen panes":               edit(sheet, `</sheetData>`, `</sheetData><autoFilter ref="A4:B7"/>`),
		"Q1: it has headerFooter":                       edit(sheet, `</sheetData>`, `</sheetData><headerFooter><oddFooter>x</oddFooter></headerFooter>`),
		"Q1: it has conditionalFormatting":              edit(sheet, `</sheetData>`, `</sheetData><conditionalFormatting/>`),
		"its title does not look like one":              edit(sheet, `<c r="A1" s="1"`, `<c r="A1" s="3"`),
		"B4 does not look like a head":                  edit(sheet, `<c r="B4" s="6"`, `<c r="B4" s="4"`),
		"A5 has a background":                           edit("xl/styles.xml", `patternType="none"`, `patternType="solid"`),
		"A5 has a symbol for a note":                    edit(sheet, "North", "North*"),
		"A5 begins as a formula does":                   edit(sheet, "North", "=North"),
		"A5 is blank":                                   edit(sheet, "North", " "),
		"B6 holds a sign in place of shorthand":         edit(sheet, "[c]", "-"),
		"B6 is neither a number nor shorthand":          edit(sheet, "[c]", "12"),
		"[q], of sheet Q1, is not explained":            edit(sheet, "[c]", "[q]"),
		"the text of A5 is not wrapped":                 edit(sheet, `<c r="A5" s="4"`, `<c r="A5" s="3"`),
		"or something stands below it":                  edit("xl/tables/table3.xml", "A4:B7", "A4:B6"),
		"its table's name says nothing":                 edit("xl/tables/table3.xml", `displayName="Figures_Q1"`, `displayName="Table3"`),
		"its table has the name of another":             edit("xl/tables/table3.xml", `displayName="Figures_Q1"`, `displayName="Notes_list"`),
		"or has filters":                                edit("xl/tables/table3.xml", `<tableColumns`, `<autoFilter ref="A4:B7"/><tableColumns`),
		"B4 is not a head of its own":                   edit(sheet, "<t>Number</t>", "<t>Name</t>"),
		"row 2, above the table, has more than one":     edit(sheet, `</c></row><row r="3">`, `</c><c r="B2" t="inlineStr"><is><t>x</t></is></c></row><row r="3">`),
		"has cells beside column A and no marked":       edit("xl/worksheets/sheet1.xml", `</c></row>`, `</c><c r="B1" t="inlineStr"><is><t>x</t></is></c></row>`),
		"Q1: it has more than one table":                edit(sheet, `<tablePart r:id="rId1"></tablePart>`, `<tablePart r:id="rId1"></tablePart><tablePart r:id="rId1"></tablePart>`),
		"A5 has text in more than one style, or raised": edit(sheet, `<t>North</t>`, `<r><t>Nor</t></r><r><t>th</t></r>`),
	} {
		_, out := written(t, book())
		parts := unpacked(t, out)
		spoil(parts)
		found, err := rules.Check(packed(t, parts))
		if err != nil {
			t.Errorf("%s: %v", want, err)
		} else if !strings.Contains(strings.Join(found, "\n"), want) {
			t.Errorf("want %q, found %q", want, found)
		}
	}
}

func unpacked(t *testing.T, book []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(text)
	}
	return parts
}

func packed(t *testing.T, parts map[string]string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "spoilt.xlsx")
	if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}
