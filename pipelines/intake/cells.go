package intake

import (
	"io"
	"slices"
	"strconv"
	"strings"
)

// sheetRow is a row of a sheet. Its cells stand at their places; blank ones are "".
type sheetRow struct {
	n      int64
	hidden bool
	cells  []string
	unmade int // place of a formula whose value is not in the file; -1 for none
}

// cellReader reads the rows of a sheet in order.
type cellReader struct {
	*markup
	texts  *texts
	from   io.Closer
	row    sheetRow
	merges []area
}

// area is the rows and the first cell of merged cells.
type area struct {
	name     string // "A2:B3"
	from, to int64
}

func (b *book) rows(s sheet) (*cellReader, error) {
	if err := b.readTexts(); err != nil {
		return nil, err
	}
	r, err := b.part(s.part)
	if err != nil {
		return nil, err
	}
	return &cellReader{markup: newMarkup(r), texts: b.texts, from: r}, nil
}

func (c *cellReader) Close() error { return c.from.Close() }

// next is the next row, nil at the end of the sheet. It holds until the one after.
func (c *cellReader) next() (*sheetRow, error) {
	for {
		kind, err := c.markup.next()
		if err != nil {
			return nil, err
		}
		switch {
		case kind == ends:
			return nil, nil
		case kind == opens && c.local() == "row":
			return &c.row, c.readRow()
		case kind == opens && c.local() == "mergeCell":
			if err := c.merged(c.attribute("ref")); err != nil {
				return nil, err
			}
		}
	}
}

func (c *cellReader) merged(ref string) error {
	first, last, ok := strings.Cut(ref, ":")
	if !ok {
		return nil
	}
	_, from, ok := cellPlace(first)
	_, to, right := cellPlace(last)
	if !ok || !right || len(c.merges) >= mostMerges {
		return errMarkup
	}
	c.merges = append(c.merges, area{ref, from, to})
	return nil
}

const mostSheetRows = 1 << 20

func (c *cellReader) readRow() error {
	n := c.row.n + 1
	if r := c.attribute("r"); r != "" {
		given, err := strconv.ParseInt(r, 10, 64)
		if err != nil || given < n {
			return errMarkup
		}
		n = given
	}
	if n > mostSheetRows {
		return errMarkup
	}
	hidden := c.attribute("hidden")
	c.row.n, c.row.hidden, c.row.unmade, c.row.cells = n, hidden == "1" || hidden == "true", -1, c.row.cells[:0]
	for {
		kind, err := c.markup.next()
		if err != nil {
			return err
		}
		switch {
		case kind == closes && c.local() == "row":
			return nil
		case kind == opens && c.local() == "c":
			if err := c.readCell(); err != nil {
				return err
			}
		}
	}
}

func (c *cellReader) readCell() error {
	at, kind := len(c.row.cells), c.attribute("t")
	if ref := c.attribute("r"); ref != "" {
		place, row, ok := cellPlace(ref)
		if !ok || place < at || row != c.row.n {
			return errMarkup
		}
		at = place
	}
	for len(c.row.cells) < at {
		c.row.cells = append(c.row.cells, "")
	}
	text, err := c.content(kind)
	if err != nil {
		return err
	}
	c.row.cells = append(c.row.cells, text)
	return nil
}

// content reads a cell to its end.
func (c *cellReader) content(kind string) (string, error) {
	var text strings.Builder
	formula, value, said, spoken := false, false, false, 0
	for {
		piece, err := c.markup.next()
		if err != nil {
			return "", err
		}
		if piece == says {
			if said && spoken == 0 && text.Len() < longestField {
				text.Write(c.text)
			}
			continue
		}
		switch name := c.local(); {
		case piece == closes && name == "c":
			if formula && !value {
				c.row.unmade = len(c.row.cells)
			}
			return c.valued(text.String(), kind)
		case name == "f":
			formula = true
		case name == "v" || name == "t":
			said, value = piece == opens, true
		case name == "is":
			value = true
		case name == "rPh" && piece == opens:
			spoken++
		case name == "rPh":
			spoken--
		}
	}
}

func (c *cellReader) valued(text, kind string) (string, error) {
	if text == "" {
		return "", nil
	}
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			return "", errMarkup
		}
		shared, ok := c.texts.at(i)
		if !ok {
			return "", errMarkup
		}
		return unescapeCell(shared), nil
	case "b":
		if strings.TrimSpace(text) == "1" {
			return "TRUE", nil
		}
		return "FALSE", nil
	case "str", "inlineStr":
		return unescapeCell(text), nil
	}
	return strings.TrimSpace(text), nil
}

// shown is whether any cell of the row has something in it.
func (r *sheetRow) shown() bool {
	return r.unmade >= 0 || slices.ContainsFunc(r.cells, func(c string) bool { return !blank(c) })
}

// unescapeCell replaces what a workbook writes for characters that XML cannot hold, such as
// _x000D_.
func unescapeCell(text string) string {
	at := strings.Index(text, "_x")
	if at < 0 {
		return text
	}
	var b strings.Builder
	for at >= 0 {
		b.WriteString(text[:at])
		if len(text) >= at+7 && text[at+6] == '_' {
			if n, err := strconv.ParseUint(text[at+2:at+6], 16, 16); err == nil {
				b.WriteRune(rune(n))
				text, at = text[at+7:], -1
			}
		}
		if at >= 0 {
			b.WriteString("_x")
			text = text[at+2:]
		}
		at = strings.Index(text, "_x")
	}
	return b.String() + text
}

// cellPlace is the column, from 0, and the row, from 1, of a cell such as "AB12".
func cellPlace(ref string) (column int, row int64, ok bool) {
	i := 0
	for ; i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z' && i < 4; i++ {
		column = column*26 + int(ref[i]-'A') + 1
	}
	row, err := strconv.ParseInt(ref[i:], 10, 64)
	return column - 1, row, err == nil && i > 0 && column <= 1<<14 && row > 0 && row <= mostSheetRows
}

// cellName is the name of the cell at a place, such as "AB12".
func cellName(column int, row int64) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name + strconv.FormatInt(row, 10)
}
