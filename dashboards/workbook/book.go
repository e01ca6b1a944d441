package workbook

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf16"
)

// Book is a workbook to be: its document properties and its sheets in their order.
type Book struct {
	Title, Subject, Author string
	Keywords               string
	Language               string    // en-GB
	Made                   time.Time // of the properties and of every part
	Sheets                 []Sheet
}

// Sheet is one worksheet: a title in A1, lines of text below it, and at most one table below
// those. Nothing stands below or beside a table.
type Sheet struct {
	Name  string // of its tab, at most 31 characters
	Title string
	Lines []Line
	Table *Table // nil for a sheet of text
}

// Line is a line of text in column A.
type Line struct {
	Text    string
	Heading bool
	Link    string // name of the sheet that it leads to
}

// Table is a marked table. Its name is unique in the book and is no reference to a cell.
type Table struct {
	Name    string
	Columns []Column
	Rows    [][]Cell
	Fill    func() [][]Cell // gives Rows when they are written, so that a book holds those of one table at a time; nil where Rows are given
}

// Column is a column of a table.
type Column struct {
	Head   string
	Width  float64 // in characters
	Number bool    // aligned to the right
}

// Cell holds text or a number.
type Cell struct {
	text     string
	number   float64
	decimals int
	isNumber bool
	link     string
}

// Text is a cell of text, which stays text whatever it begins with.
func Text(s string) Cell { return Cell{text: s} }

// Number is a cell of a number, printed to so many decimals, from 0 to 2.
func Number(v float64, decimals int) Cell {
	return Cell{number: v, decimals: decimals, isNumber: true}
}

// Link is a cell of text that leads to a sheet.
func Link(s, sheet string) Cell { return Cell{text: s, link: sheet} }

// Bytes is the workbook as an XLSX file. It is an error for it to break a rule, which the error
// names. The book's tables are given up as they are written: it is for one use.
func (b Book) Bytes() ([]byte, error) {
	if err := b.check(); err != nil {
		return nil, fmt.Errorf("making the workbook: %w", err)
	}
	out, err := b.pack()
	if err != nil {
		return nil, fmt.Errorf("packing the workbook: %w", err)
	}
	return out, nil
}

// check refuses what the rules forbid.
func (b Book) check() error {
	if b.Title == "" || b.Author == "" || b.Language == "" || b.Made.IsZero() {
		return errors.New("its properties need a title, an author, a language and a day")
	}
	if len(b.Sheets) == 0 {
		return errors.New("it has no sheets")
	}
	sheets, tables := map[string]bool{}, map[string]bool{}
	for _, s := range b.Sheets {
		if name := strings.ToLower(s.Name); s.Name == "" || sheets[name] {
			return fmt.Errorf("sheet %q needs a name of its own", s.Name)
		}
		sheets[strings.ToLower(s.Name)] = true
		if err := s.check(tables); err != nil {
			return fmt.Errorf("sheet %s: %w", s.Name, err)
		}
	}
	return nil
}

func (s Sheet) check(tables map[string]bool) error {
	if s.Title == "" || s.Table == nil && len(s.Lines) == 0 {
		return errors.New("it needs a title, and text or a table")
	}
	for i, l := range s.Lines {
		if strings.TrimSpace(l.Text) == "" {
			return fmt.Errorf("line %d is blank", i+2)
		}
		if tooLong(l.Text) {
			return fmt.Errorf("line %d is longer than a cell may be", i+2)
		}
	}
	if s.Table == nil {
		return nil
	}
	if name := strings.ToLower(s.Table.Name); !tableName.MatchString(s.Table.Name) || tables[name] {
		return fmt.Errorf("table %q needs a name of its own, of a word and a line below it", s.Table.Name)
	}
	tables[strings.ToLower(s.Table.Name)] = true
	return s.Table.checkHeads()
}

// tableName is a form that no reference to a cell has.
var tableName = regexp.MustCompile(`^[A-Za-z]+_[A-Za-z0-9_]+$`)

func (t *Table) checkHeads() error {
	heads := map[string]bool{}
	for _, c := range t.Columns {
		if strings.TrimSpace(c.Head) == "" || heads[strings.ToLower(c.Head)] {
			return fmt.Errorf("column %q needs a head of its own", c.Head)
		}
		heads[strings.ToLower(c.Head)] = true
	}
	return nil
}

func (t *Table) checkRows() error {
	if len(t.Rows) == 0 {
		return errors.New("its table has no rows")
	}
	for i, row := range t.Rows {
		if len(row) != len(t.Columns) {
			return fmt.Errorf("row %d of its table has %d cells and there are %d columns", i+1, len(row), len(t.Columns))
		}
		for k, c := range row {
			if !c.isNumber && strings.TrimSpace(c.text) == "" {
				return fmt.Errorf("row %d of its table has no %s", i+1, t.Columns[k].Head)
			}
			if tooLong(c.text) {
				return fmt.Errorf("row %d of its table has a %s longer than a cell may be", i+1, t.Columns[k].Head)
			}
		}
	}
	return nil
}

// tooLong says that a spreadsheet would cut a text short: a cell holds 32,767 units of UTF-16.
func tooLong(s string) bool {
	const most = 32767
	return len(s) > most && len(utf16.Encode([]rune(s))) > most
}
