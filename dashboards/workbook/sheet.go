package workbook

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// textWidth is how wide column A of a sheet of text is, in characters.
const textWidth = 90

// writer puts sheets into a file.
type writer struct {
	file                       *excelize.File
	title, heading, line, wrap int
	head, headRight            int
	right, lineLink, link      int
	numbers                    [3]int // by decimals
}

func newWriter(f *excelize.File) (*writer, error) {
	w := &writer{file: f}
	if err := f.SetDefaultFont(font); err != nil {
		return nil, err
	}
	one, point := "#,##0.0", "#,##0.00"
	for _, s := range []struct {
		into  *int
		style excelize.Style
	}{
		{&w.title, excelize.Style{Font: &excelize.Font{Family: font, Size: 16, Bold: true}}},
		{&w.heading, excelize.Style{Font: &excelize.Font{Family: font, Size: 13, Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
		{&w.line, excelize.Style{Font: plain()}},
		{&w.wrap, excelize.Style{Font: plain(), Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
		{&w.head, excelize.Style{Font: bold(), Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
		{&w.headRight, excelize.Style{Font: bold(), Alignment: &excelize.Alignment{Horizontal: "right", WrapText: true, Vertical: "top"}}},
		{&w.right, excelize.Style{Font: plain(), Alignment: &excelize.Alignment{Horizontal: "right", WrapText: true, Vertical: "top"}}},
		{&w.lineLink, excelize.Style{Font: linked()}},
		{&w.link, excelize.Style{Font: linked(), Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
		{&w.numbers[0], excelize.Style{NumFmt: 3, Font: plain(), Alignment: &excelize.Alignment{Horizontal: "right", Vertical: "top"}}},
		{&w.numbers[1], excelize.Style{CustomNumFmt: &one, Font: plain(), Alignment: &excelize.Alignment{Horizontal: "right", Vertical: "top"}}},
		{&w.numbers[2], excelize.Style{CustomNumFmt: &point, Font: plain(), Alignment: &excelize.Alignment{Horizontal: "right", Vertical: "top"}}},
	} {
		id, err := f.NewStyle(&s.style)
		if err != nil {
			return nil, err
		}
		*s.into = id
	}
	return w, nil
}

// font is one that every office has, or something like it.
const font = "Arial"

func plain() *excelize.Font { return &excelize.Font{Family: font, Size: 12} }

func bold() *excelize.Font { return &excelize.Font{Family: font, Size: 12, Bold: true} }

func linked() *excelize.Font {
	return &excelize.Font{Family: font, Size: 12, Underline: "single", Color: "144E8C"}
}

// sheet writes the sheet at a place in the order.
func (w *writer) sheet(at int, s Sheet) error {
	if at == 0 {
		if err := w.file.SetSheetName("Sheet1", s.Name); err != nil {
			return err
		}
	} else if _, err := w.file.NewSheet(s.Name); err != nil {
		return err
	}
	out, err := w.file.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	if err := w.widths(out, s); err != nil {
		return err
	}
	if err := w.lines(out, s); err != nil {
		return err
	}
	if s.Table != nil {
		if err := w.table(out, s); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (w *writer) widths(out *excelize.StreamWriter, s Sheet) error {
	if s.Table == nil {
		return out.SetColWidth(1, 1, textWidth)
	}
	for i, c := range s.Table.Columns {
		if err := out.SetColWidth(i+1, i+1, c.Width); err != nil {
			return err
		}
	}
	return nil
}

// lines writes the title and the text below it. Above a table a line runs on over the cells
// beside it; on a sheet of text it is wrapped.
func (w *writer) lines(out *excelize.StreamWriter, s Sheet) error {
	if err := out.SetRow("A1", []any{excelize.Cell{StyleID: w.title, Value: s.Title}}); err != nil {
		return err
	}
	for i, l := range s.Lines {
		style, at := w.line, fmt.Sprintf("A%d", i+2)
		switch {
		case l.Link != "":
			style = w.lineLink
			if err := w.lead(s.Name, at, l.Link); err != nil {
				return err
			}
		case l.Heading:
			style = w.heading
		case s.Table == nil:
			style = w.wrap
		}
		if err := out.SetRow(at, []any{excelize.Cell{StyleID: style, Value: l.Text}}); err != nil {
			return err
		}
	}
	return nil
}

// lead makes a cell a link to the first cell of a sheet.
func (w *writer) lead(from, cell, to string) error {
	return w.file.SetCellHyperLink(from, cell, "'"+strings.ReplaceAll(to, "'", "''")+"'!A1", "Location")
}

func (w *writer) table(out *excelize.StreamWriter, s Sheet) error {
	t, first := s.Table, len(s.Lines)+2
	heads := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		style := w.head
		if c.Number {
			style = w.headRight
		}
		heads[i] = excelize.Cell{StyleID: style, Value: c.Head}
	}
	if err := out.SetRow(fmt.Sprintf("A%d", first), heads); err != nil {
		return err
	}
	row := make([]any, len(t.Columns))
	for n, cells := range t.Rows {
		for i, c := range cells {
			at := excelize.Cell{StyleID: w.style(t.Columns[i], c), Value: c.text}
			if c.isNumber {
				at.Value = c.number
			}
			row[i] = at
			if c.link == "" {
				continue
			}
			name, err := excelize.CoordinatesToCellName(i+1, first+1+n)
			if err != nil {
				return err
			}
			if err := w.lead(s.Name, name, c.link); err != nil {
				return err
			}
		}
		if err := out.SetRow(fmt.Sprintf("A%d", first+1+n), row); err != nil {
			return err
		}
	}
	last, err := excelize.CoordinatesToCellName(len(t.Columns), first+len(t.Rows))
	if err != nil {
		return err
	}
	stripes := false
	return out.AddTable(&excelize.Table{Range: fmt.Sprintf("A%d:%s", first, last), Name: t.Name, StyleName: "TableStyleLight1", ShowRowStripes: &stripes})
}

func (w *writer) style(c Column, cell Cell) int {
	switch {
	case cell.isNumber:
		return w.numbers[min(max(cell.decimals, 0), len(w.numbers)-1)]
	case cell.link != "":
		return w.link
	case c.Number:
		return w.right
	}
	return w.wrap
}
