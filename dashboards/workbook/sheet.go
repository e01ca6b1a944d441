package workbook

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// textWidth is how wide column A of a sheet of text is, in characters.
const textWidth = 90

// The looks of cells, by their place in cellXfs of look/styles.xml.
const (
	lookTitle     = 1 + iota
	lookHeading   // of a sheet of text
	lookLine      // runs on over the cells beside it
	lookText      // wrapped
	lookHead      // of a column
	lookHeadRight // of a column of numbers
	lookRight     // shorthand in a column of numbers
	lookLineLink
	lookLink
	lookNumber // without decimals; those with one and two follow
)

// mostDecimals is how many decimals a look prints at most.
const mostDecimals = 2

// paper is the part of a sheet as it is written.
type paper struct {
	bytes.Buffer
	row   int
	links []link
}

// link leads from a cell to the first cell of a sheet.
type link struct{ from, to string }

// sheet writes the part of s; the first of a book is the one that it opens with.
func (p *paper) sheet(s Sheet, first bool) {
	p.WriteString(xml.Header + `<worksheet xmlns="` + spreadsheet + `" xmlns:r="` + references + `"><sheetViews><sheetView `)
	if first {
		p.WriteString(`tabSelected="true" `)
	}
	p.WriteString(`workbookViewId="0"></sheetView></sheetViews><cols>`)
	widths := []Column{{Width: textWidth}}
	if s.Table != nil {
		widths = s.Table.Columns
	}
	for i, c := range widths {
		fmt.Fprintf(p, `<col min="%d" max="%d" width="%s" customWidth="1"/>`, i+1, i+1, strconv.FormatFloat(c.Width, 'f', -1, 64))
	}
	p.WriteString("</cols><sheetData>")
	p.lines(s)
	if s.Table != nil {
		p.table(s.Table)
	}
	p.WriteString("</sheetData>")
	p.hyperlinks()
	if s.Table != nil {
		p.WriteString(`<tableParts count="1"><tablePart r:id="rId1"></tablePart></tableParts>`)
	}
	p.WriteString("</worksheet>")
}

// lines writes the title and the text below it. Above a table a line runs on over the cells
// beside it; on a sheet of text it is wrapped.
func (p *paper) lines(s Sheet) {
	p.begin()
	p.text(0, lookTitle, s.Title, "")
	p.end()
	for _, l := range s.Lines {
		look := lookLine
		switch {
		case l.Link != "":
			look = lookLineLink
		case l.Heading:
			look = lookHeading
		case s.Table == nil:
			look = lookText
		}
		p.begin()
		p.text(0, look, l.Text, l.Link)
		p.end()
	}
}

// table writes the heads and the rows of t.
func (p *paper) table(t *Table) {
	p.begin()
	for i, c := range t.Columns {
		if c.Number {
			p.text(i, lookHeadRight, c.Head, "")
		} else {
			p.text(i, lookHead, c.Head, "")
		}
	}
	p.end()
	for _, cells := range t.Rows {
		p.begin()
		for i, c := range cells {
			switch {
			case c.isNumber:
				p.number(i, c)
			case c.link != "":
				p.text(i, lookLink, c.text, c.link)
			case t.Columns[i].Number:
				p.text(i, lookRight, c.text, "")
			default:
				p.text(i, lookText, c.text, "")
			}
		}
		p.end()
	}
}

func (p *paper) begin() {
	p.row++
	p.WriteString(`<row r="` + strconv.Itoa(p.row) + `">`)
}

func (p *paper) end() { p.WriteString("</row>") }

// cell begins a cell of the row, in a column from 0.
func (p *paper) cell(column, look int) {
	p.WriteString(`<c r="`)
	p.WriteString(columnName(column))
	p.Write(strconv.AppendInt(p.AvailableBuffer(), int64(p.row), 10))
	p.WriteString(`" s="`)
	p.Write(strconv.AppendInt(p.AvailableBuffer(), int64(look), 10))
}

func (p *paper) text(column, look int, s, to string) {
	if to != "" {
		p.links = append(p.links, link{columnName(column) + strconv.Itoa(p.row), to})
	}
	p.cell(column, look)
	if strings.TrimSpace(s) == s {
		p.WriteString(`" t="inlineStr"><is><t>`)
	} else {
		p.WriteString(`" t="inlineStr"><is><t xml:space="preserve">`)
	}
	p.words(s)
	p.WriteString("</t></is></c>")
}

func (p *paper) number(column int, c Cell) {
	p.cell(column, lookNumber+min(max(c.decimals, 0), mostDecimals))
	p.WriteString(`"><v>`)
	p.Write(strconv.AppendFloat(p.AvailableBuffer(), c.number, 'f', -1, 64))
	p.WriteString("</v></c>")
}

func (p *paper) hyperlinks() {
	if len(p.links) == 0 {
		return
	}
	p.WriteString("<hyperlinks>")
	for _, l := range p.links {
		p.WriteString(`<hyperlink ref="` + l.from + `" location="`)
		p.words("'" + strings.ReplaceAll(l.to, "'", "''") + "'!A1")
		p.WriteString(`"></hyperlink>`)
	}
	p.WriteString("</hyperlinks>")
}

// words writes s as XML.
func (p *paper) words(s string) {
	_ = xml.EscapeText(p, []byte(s)) // into memory, which takes everything
}

// columnName is the letters of a column, from 0.
func columnName(column int) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	if column < len(letters) {
		return letters[column : column+1]
	}
	return columnName(column/len(letters)-1) + letters[column%len(letters):column%len(letters)+1]
}

// mark is the part that marks a sheet's table, which begins under the title and lines, by its number in the book.
func (p *paper) mark(number int, s Sheet) {
	t, first := s.Table, len(s.Lines)+2
	fmt.Fprintf(p, xml.Header+`<table xmlns="`+spreadsheet+`" id="%d" name="%s" displayName="%s" ref="A%d:%s%d"><tableColumns count="%d">`,
		number, t.Name, t.Name, first, columnName(len(t.Columns)-1), first+len(t.Rows), len(t.Columns))
	for i, c := range t.Columns {
		fmt.Fprintf(p, `<tableColumn id="%d" name="`, i+1)
		p.words(c.Head)
		p.WriteString(`"></tableColumn>`)
	}
	p.WriteString(`</tableColumns><tableStyleInfo name="TableStyleLight1" showFirstColumn="false" showLastColumn="false" showRowStripes="false" showColumnStripes="false"></tableStyleInfo></table>`)
}
