package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Check is what a workbook has against the rules, sheet by sheet; nothing where it follows them.
func Check(file string) ([]string, error) {
	b, err := read(file)
	if err != nil {
		return nil, fmt.Errorf("reading the workbook: %w", err)
	}
	c := &checker{book: b}
	c.properties()
	c.order()
	names := map[string]bool{}
	for _, s := range b.sheets {
		c.sheet = s
		c.structure()
		c.look()
		c.words()
		switch {
		case len(s.tables) > 1:
			c.add("it has more than one table")
		case len(s.tables) == 1:
			if name := strings.ToLower(s.tables[0].Name); names[name] {
				c.add("its table has the name of another")
			} else {
				names[name] = true
			}
			c.table(s.tables[0])
		default:
			c.onlyColumnA()
		}
	}
	c.shorthand()
	return c.found, nil
}

type checker struct {
	*book
	sheet *sheet
	found []string
	marks map[string]string // shorthand, and a sheet that uses it
}

func (c *checker) add(format string, with ...any) {
	where := "workbook"
	if c.sheet != nil {
		where = c.sheet.name
	}
	c.found = append(c.found, where+": "+fmt.Sprintf(format, with...))
}

// properties: add document information; put the cursor in A1 of the first sheet; no macros, no
// images, no text boxes, no comments.
func (c *checker) properties() {
	if c.core.Title == "" || c.core.Creator == "" || c.core.Language == "" || c.core.Created == "" {
		c.add("its properties lack a title, an author, a language or a day")
	}
	if c.active != 0 {
		c.add("it does not open with its first sheet")
	}
	for name := range c.parts {
		for _, barred := range []string{"vbaProject", "/media/", "/drawings/", "comments", "/charts/", "externalLink", "/embeddings/", "/activeX/"} {
			if strings.Contains(name, barred) {
				c.add("it has a part that a workbook of statistics has no use for: %s", name)
			}
		}
	}
}

// order: a cover, then contents, then notes, then tables; each sheet by a name of its own.
func (c *checker) order() {
	if len(c.sheets) < 4 {
		c.add("it has no room for a cover, contents, notes and a table")
		return
	}
	for i, want := range []string{"cover", "contents", "notes"} {
		if !strings.EqualFold(c.sheets[i].name, want) {
			c.add("sheet %d is not the %s", i+1, want)
		}
	}
	seen := map[string]bool{}
	for _, s := range c.sheets {
		if seen[strings.ToLower(s.name)] || len(s.name) > 31 {
			c.add("a sheet's name is too long, or is that of another: %s", s.name)
		}
		seen[strings.ToLower(s.name)] = true
	}
}

// structure: no blank sheets, a title in A1, column A used from the top with no gap, nothing
// hidden, merged or worked out, no filters and no frozen panes, no headers and footers.
func (c *checker) structure() {
	s := c.sheet
	if s.state != "" && s.state != "visible" {
		c.add("it is hidden")
	}
	if len(s.rows) < 2 {
		c.add("it is blank")
		return
	}
	for i, r := range s.rows {
		switch {
		case r.Number != i+1 || len(r.Cells) == 0 || r.Cells[0].Ref != fmt.Sprintf("A%d", i+1):
			c.add("row %d is blank, or does not begin in column A", i+1)
			return
		case r.Hidden != "" && r.Hidden != "0":
			c.add("row %d is hidden", r.Number)
		}
		for _, cell := range r.Cells {
			if cell.Formula != nil {
				c.add("%s holds a formula", cell.Ref)
			}
		}
	}
	if s.hiddenColumns {
		c.add("a column is hidden")
	}
	if s.merged > 0 {
		c.add("cells are merged")
	}
	if s.filter || s.view.Pane != nil {
		c.add("it has a filter or frozen panes")
	}
	for _, selected := range s.view.Selection {
		if selected.Active != "" && selected.Active != "A1" {
			c.add("the cursor is not in A1")
		}
	}
	allowed := []string{"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "hyperlinks", "pageMargins", "tableParts"}
	for _, element := range s.others {
		if !slices.Contains(allowed, element) {
			c.add("it has %s", element)
		}
	}
}

// look: titles and heads are formatted as such; no fill, no superscript, text is wrapped.
func (c *checker) look() {
	if len(c.sheet.rows) == 0 || len(c.sheet.rows[0].Cells) == 0 {
		return
	}
	title := c.sheet.rows[0].Cells[0]
	if font := c.styles.Fonts[c.style(title).Font]; font.Bold == nil || font.Size.Val < 14 {
		c.add("its title does not look like one")
	}
	for _, r := range c.sheet.rows {
		for _, cell := range r.Cells {
			style := c.style(cell)
			if fill := c.styles.Fills[style.Fill]; fill.Gradient != nil || fill.Pattern.Type != "none" && fill.Pattern.Type != "" {
				c.add("%s has a background", cell.Ref)
			}
			if c.styles.Fonts[style.Font].Align != nil || len(cell.Rich) > 0 {
				c.add("%s has text in more than one style, or raised", cell.Ref)
			}
		}
	}
}

func (c *checker) style(of cell) cellStyle { return c.styles.Cells[of.Style] }

var noteSign = regexp.MustCompile(`[*†‡¹²³]|\[\d+\]`)

// words: notes are referred to in words, and no symbol stands for one; nothing begins as a
// formula does.
func (c *checker) words() {
	for _, r := range c.sheet.rows {
		for _, cell := range r.Cells {
			if cell.isNumber() {
				continue
			}
			text := cell.text()
			if noteSign.MatchString(text) {
				c.add("%s has a symbol for a note", cell.Ref)
			}
			if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
				c.add("%s begins as a formula does", cell.Ref)
			}
		}
	}
}

var shorthandForm = regexp.MustCompile(`^\[[a-z]+\]$`)

// table: marked, named, at the left edge, one line of unique heads, no blank cell, nothing below
// or beside it, text wrapped, numbers as numbers, and shorthand where there is none.
func (c *checker) table(t table) {
	s := c.sheet
	first, last, columns, ok := extent(t.Ref)
	if !ok || last != len(s.rows) {
		c.add("its table does not begin in column A, or something stands below it")
		return
	}
	if regexp.MustCompile(`(?i)^table_?\d*$`).MatchString(t.Name) || t.Name == "" {
		c.add("its table's name says nothing")
	}
	if t.Heads != nil && *t.Heads != 1 || t.Totals != 0 || t.Filter != nil || len(t.Columns) != columns {
		c.add("its table is not one line of heads and its rows, or has filters")
	}
	for _, r := range s.rows[:first-1] {
		if len(r.Cells) != 1 {
			c.add("row %d, above the table, has more than one cell", r.Number)
		}
	}
	heads := map[string]bool{}
	for i, cell := range s.rows[first-1].Cells {
		if heads[cell.text()] || i >= len(t.Columns) || t.Columns[i].Name != cell.text() {
			c.add("%s is not a head of its own", cell.Ref)
		}
		heads[cell.text()] = true
		if c.styles.Fonts[c.style(cell).Font].Bold == nil {
			c.add("%s does not look like a head", cell.Ref)
		}
	}
	numbers := map[int]bool{}
	for _, r := range s.rows[first:] {
		if len(r.Cells) != columns {
			c.add("row %d of its table has %d cells for %d columns", r.Number, len(r.Cells), columns)
			return
		}
		for i, cell := range r.Cells {
			numbers[i] = numbers[i] || cell.isNumber()
			c.filled(cell)
		}
	}
	for _, r := range s.rows[first:] {
		for i, cell := range r.Cells {
			if numbers[i] && !cell.isNumber() && !shorthandForm.MatchString(cell.text()) {
				c.add("%s is neither a number nor shorthand in a column of numbers", cell.Ref)
			}
		}
	}
}

// filled: no cell is blank, or holds a sign that stands for nothing.
func (c *checker) filled(cell cell) {
	text := cell.text()
	switch {
	case strings.TrimSpace(text) == "":
		c.add("%s is blank", cell.Ref)
	case slices.Contains([]string{"-", "–", "..", ":", "~", "N/A", "n/a", "NA", "null"}, text):
		c.add("%s holds a sign in place of shorthand", cell.Ref)
	case cell.isNumber():
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			c.add("%s is no number", cell.Ref)
		}
	case c.style(cell).Alignment.Wrap != "1" && c.style(cell).Alignment.Wrap != "true":
		c.add("the text of %s is not wrapped", cell.Ref)
	case shorthandForm.MatchString(text):
		if c.marks == nil {
			c.marks = map[string]string{}
		}
		if c.marks[text] == "" && !strings.EqualFold(c.sheet.name, "notes") {
			c.marks[text] = c.sheet.name
		}
	}
}

// onlyColumnA: a sheet of text has it all in column A.
func (c *checker) onlyColumnA() {
	for _, r := range c.sheet.rows {
		if len(r.Cells) > 1 {
			c.add("row %d has cells beside column A and no marked table", r.Number)
		}
	}
}

// shorthand: what is used is explained in the notes.
func (c *checker) shorthand() {
	c.sheet = nil
	explained := map[string]bool{}
	for _, s := range c.sheets {
		if strings.EqualFold(s.name, "notes") {
			for _, r := range s.rows {
				for _, cell := range r.Cells {
					explained[cell.text()] = true
				}
			}
		}
	}
	for mark, sheet := range c.marks {
		if sheet != "" && !explained[mark] {
			c.add("%s, of sheet %s, is not explained in the notes", mark, sheet)
		}
	}
}

var extentForm = regexp.MustCompile(`^A(\d+):([A-Z]+)(\d+)$`)

// extent is the first and last row of a range that begins in column A, and its columns.
func extent(ref string) (first, last, columns int, ok bool) {
	m := extentForm.FindStringSubmatch(ref)
	if m == nil {
		return 0, 0, 0, false
	}
	first, _ = strconv.Atoi(m[1]) // the form holds digits
	last, _ = strconv.Atoi(m[3])
	for _, r := range m[2] {
		columns = columns*26 + int(r-'A') + 1
	}
	return first, last, columns, first > 1 && last > first
}
