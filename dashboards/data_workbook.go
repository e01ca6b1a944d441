package dashboards

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wherry/config"
	"wherry/dashboards/workbook"
	"wherry/queries"
)

// Workbook is the file of every measure's table, from the site's folder. Its name says what it
// is and for whom, because it is read when it has left that folder.
func (b *builder) Workbook() string {
	return "data/tables-" + b.Audience.ID + "-" + strings.ToLower(b.Quarter.Slug()) + ".xlsx"
}

// The sheets before those of measures.
const (
	contentsSheet = "Contents"
	notesSheet    = "Notes"
)

// workbook writes the same rows as the data files, in words, one sheet to a measure.
func (b *builder) workbook(tables []dataTable) error {
	w := b.words()
	names := b.names(tables)
	filled := slices.DeleteFunc(slices.Clone(tables), func(t dataTable) bool { return len(t.rows) == 0 }) // a table has rows
	book := workbook.Book{Title: w.Partnership + ": " + w.Title, Subject: "Tables of every measure", Author: w.Partnership, Keywords: b.Audience.Marking, Language: "en-GB", Made: b.AsAt,
		Sheets: []workbook.Sheet{b.cover(w), b.contents(filled), b.notes()}}
	for _, t := range filled {
		book.Sheets = append(book.Sheets, b.measureSheet(t, names))
	}
	out, err := book.Bytes()
	if err != nil {
		return err
	}
	b.put(b.Workbook(), out)
	return nil
}

// marked is the lines that stand under the title of every sheet: who may read it, and that it
// is made up, where it is.
func (b *builder) marked() []workbook.Line {
	var lines []workbook.Line
	if b.Audience.Marking != "" {
		lines = append(lines, workbook.Line{Text: strings.TrimSpace(b.Audience.Marking + ". " + b.Audience.Handling)})
	}
	if b.Partnership.Illustrative {
		lines = append(lines, workbook.Line{Text: "Illustrative data: no figure is of a real person."})
	}
	return lines
}

func (b *builder) cover(w catalogueWords) workbook.Sheet {
	text := func(words string) workbook.Line { return workbook.Line{Text: words} }
	head := func(words string) workbook.Line { return workbook.Line{Text: words, Heading: true} }
	lines := append(b.marked(), text(w.Title), text("For: "+w.For), text("Data received to "+longDay(b.AsAt)))
	if w.NextRelease != "" {
		lines = append(lines, text("Next release: "+w.NextRelease))
	}
	lines = append(lines, head("What is here"),
		text("Every figure of every measure that these readers may see, one measure to a worksheet."),
		workbook.Line{Text: "The list of worksheets", Link: contentsSheet},
		workbook.Line{Text: "What shorthand and notes mean", Link: notesSheet},
		head("Small numbers are people"), text(b.hiding()),
		text("A cell that holds no number says why in shorthand, such as [c]. None is left blank."),
		head("Contact"), text(w.Contact))
	if w.Help != "" {
		lines = append(lines, head("Support"), text(w.Help))
	}
	return workbook.Sheet{Name: "Cover", Title: w.Partnership, Lines: lines}
}

// hiding says what the readers' rules keep from them.
func (b *builder) hiding() string {
	least := 1
	if b.Audience.HidesZeros() {
		least = 0
	}
	return fmt.Sprintf("Counts from %d to %d are hidden, and so is any other figure from which one of them could be worked out.", least, b.Audience.HideUpTo)
}

func (b *builder) contents(tables []dataTable) workbook.Sheet {
	t := &workbook.Table{Name: "List_of_worksheets", Columns: []workbook.Column{{Head: "Worksheet", Width: 14}, {Head: "Measure", Width: 70}, {Head: "Family", Width: 34}}}
	t.Rows = append(t.Rows, []workbook.Cell{workbook.Link(notesSheet, notesSheet), workbook.Text("Notes and shorthand"), workbook.Text("All")})
	for _, m := range tables {
		t.Rows = append(t.Rows, []workbook.Cell{workbook.Link(m.Measure.ID, m.Measure.ID), workbook.Text(inert(m.Title)), workbook.Text(inert(m.Family.Title))})
	}
	return workbook.Sheet{Name: contentsSheet, Title: contentsSheet, Lines: append(b.marked(), workbook.Line{Text: "This worksheet has one table, which lists the worksheets of measures."}), Table: t}
}

// notes is the shorthand, and what holds for every table.
func (b *builder) notes() workbook.Sheet {
	t := &workbook.Table{Name: "Notes_and_shorthand", Columns: []workbook.Column{{Head: "Note", Width: 14}, {Head: "Meaning", Width: 100}}}
	add := func(note, words string) {
		t.Rows = append(t.Rows, []workbook.Cell{workbook.Text(note), workbook.Text(words)})
	}
	for _, m := range append(slices.Clone(markWords), struct{ Mark, Words string }{lowMark, "rounds to zero but is not zero"}) {
		if m.Mark != "[r]" { // what was revised is told by the pages
			add(m.Mark, sentence(m.Words))
		}
	}
	notes := []string{b.hiding() + " Measures about people at particular risk are held to stricter rules, which data/catalogue.json gives for each."}
	if b.Audience.RoundTo > 1 {
		notes = append(notes, fmt.Sprintf("Counts are rounded to the nearest %d, and percentages and rates are worked out from the rounded counts.", b.Audience.RoundTo))
	}
	if b.Audience.MinBase > 0 {
		notes = append(notes, fmt.Sprintf("Percentages, rates and medians are not given for fewer than %d cases.", b.Audience.MinBase))
	}
	notes = append(notes,
		"The 95% interval is the range that the true level is likely to lie in, given how many cases a figure rests on.",
		"Quarters and years are financial: the first quarter is April to June. Last day is the last day of the period.",
		"Columns between the denominator and the status hold what pages print beside a figure, such as people or shares done by a day.",
		"All, under Breakdown and Category, is the whole of the area.")
	for i, n := range notes {
		add(fmt.Sprintf("note %d", i+1), n)
	}
	return workbook.Sheet{Name: notesSheet, Title: "Notes and shorthand", Lines: append(b.marked(), workbook.Line{Text: "This worksheet has one table, of shorthand and notes for every other worksheet."}), Table: t}
}

// lowMark stands for a number that is above zero and rounds to it.
const lowMark = "[low]"

// statusWords say of a row what its mark means; "" is a row without one.
var statusWords = map[string]string{"": "Given", "p": "Provisional", "c": "Hidden", "x": "Not supplied", "z": "Does not apply", "b": "Definition changed"}

// measureSheet is the table of one measure.
func (b *builder) measureSheet(t dataTable, names catalogueNames) workbook.Sheet {
	m := t.Measure
	lines := append(b.marked(), workbook.Line{Text: "This worksheet has one table. Shorthand in square brackets and notes are explained in the worksheet Notes."})
	for _, said := range [][2]string{{"Question", m.Question}, {"Counts", m.Counts}, {"Met when", m.Met}, {"How it is counted", m.Note}, {"Does not tell you", m.CannotTell}, {"Source", m.Source}} {
		if words := strings.TrimSpace(said[1]); words != "" {
			lines = append(lines, workbook.Line{Text: said[0] + ": " + words})
		}
	}
	lines = append(lines, workbook.Line{Text: "Back to the list of worksheets", Link: contentsSheet})
	return workbook.Sheet{Name: m.ID, Title: m.ID + ": " + m.Title, Lines: lines, Table: b.measureTable(t, names)}
}

// figureHeads are the columns of a measure's table, but for the numbers beside figures, which stand before
// the last; see withoutEmpty.
var figureHeads = []workbook.Column{{Head: "Period", Width: 18}, {Head: "Kind of period", Width: 17}, {Head: "First day", Width: 13}, {Head: "Last day", Width: 13},
	{Head: "Area code", Width: 14}, {Head: "Area", Width: 30}, {Head: "Breakdown", Width: 26}, {Head: "Category", Width: 32}, {Head: "Value", Width: 12, Number: true}, {Head: "Unit", Width: 16},
	{Head: "95% interval, low", Width: 12, Number: true}, {Head: "95% interval, high", Width: 12, Number: true}, {Head: "Numerator", Width: 13, Number: true}, {Head: "Denominator", Width: 14, Number: true}, {Head: "Status", Width: 18}}

func (b *builder) measureTable(t dataTable, names catalogueNames) *workbook.Table {
	given, beside := withoutEmpty(t.rows), columnsBeside(t.beside)
	table := &workbook.Table{Name: "Figures_" + t.Measure.ID}
	for i, head := range figureHeads {
		if i == len(figureHeads)-1 {
			table.Columns = append(table.Columns, b.headsBeside(beside)...)
		}
		if given[i] {
			table.Columns = append(table.Columns, head)
		}
	}
	table.Fill = func() [][]workbook.Cell { return b.measureRows(t, names, len(table.Columns), given, beside) }
	return table
}

// measureRows are the rows of a measure's table, of so many columns: those of figureHeads that are given, and the
// numbers beside figures.
func (b *builder) measureRows(t dataTable, names catalogueNames, columns int, given []bool, beside []besideColumn) [][]workbook.Cell {
	decimals := decimalsOf(t.rows)
	rows := make([][]workbook.Cell, len(t.rows))
	all := make([]workbook.Cell, 0, len(t.rows)*columns) // row after row, in one piece
	for n, row := range t.rows {
		from := len(all)
		for i, c := range figureCells(row, names, decimals) {
			if i == len(figureHeads)-1 {
				for _, column := range beside {
					all = append(all, b.besideCell(t.subject, t.Figures[n], t.beside[n], column))
				}
			}
			if given[i] {
				all = append(all, c)
			}
		}
		rows[n] = all[from:len(all):len(all)]
	}
	return rows
}

// figureCells are the cells of a row, in the order of figureHeads.
func figureCells(row []string, names catalogueNames, decimals int) [15]workbook.Cell {
	breakdown, category := "All", "All"
	if row[8] != "" {
		breakdown, category = names.Breakdowns[row[8]], names.Categories[row[8]][row[9]]
	}
	status := statusWords[row[16]]
	if row[16] == letter(queries.Pending) && row[10] == "" {
		status = "Too early to judge"
	}
	if row[11] == "number" {
		decimals = 0
	}
	return [15]workbook.Cell{workbook.Text(row[2]), workbook.Text(stepName(config.PeriodKind(row[3]))), workbook.Text(row[4]), workbook.Text(row[5]), workbook.Text(row[6]), workbook.Text(row[7]),
		workbook.Text(breakdown), workbook.Text(category), valueCell(row, decimals), workbook.Text(row[11]),
		numberCell(row[12], row[16], row[10], decimals), numberCell(row[13], row[16], row[10], decimals), numberCell(row[14], row[16], row[10], 0), baseCell(row), workbook.Text(status)}
}

func valueCell(row []string, decimals int) workbook.Cell {
	if row[10] == "0" && row[14] != "" && row[14] != "0" {
		return workbook.Text(lowMark)
	}
	return numberCell(row[10], row[16], row[10], decimals)
}

// numberCell is a number of a row, or why there is none: the mark of its value, or, where there
// is a value, that there is no such number of it.
func numberCell(text, mark, value string, decimals int) workbook.Cell {
	if v, err := strconv.ParseFloat(text, 64); err == nil {
		return workbook.Number(v, decimals)
	}
	if value != "" {
		mark = letter(queries.NotApplicable)
	}
	return workbook.Text("[" + mark + "]")
}

func baseCell(row []string) workbook.Cell {
	if v, err := strconv.ParseFloat(row[15], 64); err == nil {
		return workbook.Number(v, 0)
	}
	return workbook.Text("[" + row[17] + "]")
}

// decimalsOf is the most decimals that a value or an end of an interval has.
func decimalsOf(rows [][]string) int {
	most := 0
	for _, row := range rows {
		for _, text := range []string{row[10], row[12], row[13]} {
			if _, part, ok := strings.Cut(text, "."); ok {
				most = max(most, len(part))
			}
		}
	}
	return most
}

// withoutEmpty says of each of figureHeads whether it stands: those from the ends of the interval to the
// denominator do where a row has a number there.
func withoutEmpty(rows [][]string) []bool {
	const first = 10 // of figureHeads, after the value and its unit
	given := slices.Repeat([]bool{true}, len(figureHeads))
	for i, at := range []int{12, 13, 14, 15} {
		given[first+i] = slices.ContainsFunc(rows, func(row []string) bool { return row[at] != "" })
	}
	return given
}
