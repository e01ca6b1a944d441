package giveback

import (
	"fmt"

	"wherry/dashboards/workbook"
)

// mostInBook is how many rows in quarantine the workbook lists.
const mostInBook = 5000

// book is the same as the page says, and all of the lists, as a workbook.
func (f *facts) book() ([]byte, error) {
	b := workbook.Book{Title: "What became of the data from " + f.Agency, Subject: "Feedback to the sender", Author: f.Partnership,
		Keywords: "feedback, data quality", Language: "en-GB", Made: f.AsAt}
	lists := []workbook.Sheet{f.topSheet(), f.refusedSheet(), f.rowsSheet(), f.returnsSheet(), f.lateSheet(), f.trendSheet(), f.filledSheet(), f.usesSheet()}
	cover := workbook.Sheet{Name: "Cover", Title: b.Title, Lines: []workbook.Line{
		{Text: fmt.Sprintf("On %s: %s with %s loaded. Kept out until put right: %s. Not loaded at all: %s.", f.AsAt.Format(longDay), count(f.Files, "file", "files"),
			count(f.Accepted, "row", "rows"), count(f.Kept, "row", "rows"), count(int64(len(f.Refused)), "file", "files"))},
	}}
	notes := workbook.Sheet{Name: "Notes", Title: "Notes", Lines: []workbook.Line{
		{Text: "Nothing of the rows themselves is in this workbook: look each one up in your own copy of the file."},
		{Text: "To send a file again: put it right, make the whole of it again and add something to its name after the period. It takes the place of the earlier one."},
		{Text: "Lines are counted from the head of the file, the line of column names being line 1."},
	}}
	contents := workbook.Sheet{Name: "Contents", Title: "Contents"}
	for _, s := range append([]workbook.Sheet{notes}, lists...) {
		contents.Lines = append(contents.Lines, workbook.Line{Text: s.Title, Link: s.Name})
	}
	b.Sheets = append([]workbook.Sheet{cover, contents, notes}, lists...)
	return b.Bytes()
}

// listed is a sheet with a table or, where the table would have no rows, with a line that says so.
func listed(name, title, says, none, table string, columns []workbook.Column, rows [][]workbook.Cell) workbook.Sheet {
	s := workbook.Sheet{Name: name, Title: title, Lines: []workbook.Line{{Text: none}}}
	if len(rows) > 0 {
		s.Lines = []workbook.Line{{Text: says}}
		s.Table = &workbook.Table{Name: table, Columns: columns, Rows: rows}
	}
	return s
}

func (f *facts) topSheet() workbook.Sheet {
	var rows [][]workbook.Cell
	for _, r := range f.Top {
		rows = append(rows, []workbook.Cell{workbook.Text(r.Feed), workbook.Text(r.Column), workbook.Text(r.Rule), workbook.Text(r.ToDo), whole(r.Rows), whole(r.Files)})
	}
	return listed("Do first", "What to do first", "The reasons that keep most of your rows out, the most first.", "No row is kept out.", "do_first",
		[]workbook.Column{{Head: "Return", Width: 34}, {Head: "Column", Width: 24}, {Head: "Rule", Width: 24}, {Head: "What to do", Width: 60}, {Head: "Rows", Width: 10, Number: true}, {Head: "Files", Width: 10, Number: true}}, rows)
}

func (f *facts) refusedSheet() workbook.Sheet {
	var rows [][]workbook.Cell
	for _, r := range f.Refused {
		rows = append(rows, []workbook.Cell{workbook.Text(r.File), workbook.Text(r.Why), workbook.Text(r.ToDo)})
	}
	return listed("Not loaded", "Files that were not loaded", "Each file, why, and what to do.", "Every file was loaded.", "not_loaded",
		[]workbook.Column{{Head: "File", Width: 40}, {Head: "Why", Width: 60}, {Head: "What to do", Width: 60}}, rows)
}

func (f *facts) rowsSheet() workbook.Sheet {
	var rows [][]workbook.Cell
	for _, w := range f.Waiting[:min(mostInBook, len(f.Waiting))] {
		rows = append(rows, []workbook.Cell{workbook.Text(w.File), whole(w.Line), workbook.Text(w.Column), workbook.Text(w.Rule), workbook.Text(w.ToDo), workbook.Text(w.Feed)})
	}
	says := "One line for each reason for which a row is kept out."
	if len(f.Waiting) > mostInBook {
		says += fmt.Sprintf(" These are the first %s of %s.", grouped(mostInBook), grouped(int64(len(f.Waiting))))
	}
	return listed("Rows", "Rows to put right", says, "No row is kept out.", "rows_to_mend",
		[]workbook.Column{{Head: "File", Width: 40}, {Head: "Line", Width: 10, Number: true}, {Head: "Column", Width: 24}, {Head: "Rule", Width: 24}, {Head: "What to do", Width: 60}, {Head: "Return", Width: 34}}, rows)
}

func (f *facts) returnsSheet() workbook.Sheet {
	var rows [][]workbook.Cell
	for _, r := range f.Returns {
		sent := whole(r.Rows)
		if r.Came == "not yet" {
			sent = workbook.Text("not known")
		}
		rows = append(rows, []workbook.Cell{workbook.Text(r.Feed), workbook.Text(r.Period), workbook.Text(r.Due), workbook.Text(r.Came), sent, workbook.Text(r.Status)})
	}
	return listed("Returns", "Your returns for "+f.Quarter.Title(), "When each was due and came, and whether it is as yours usually are.", "None was owed.", "your_returns",
		[]workbook.Column{{Head: "Return", Width: 34}, {Head: "Period", Width: 26}, {Head: "Due", Width: 20}, {Head: "Came", Width: 20}, {Head: "Rows sent", Width: 12, Number: true}, {Head: "Status", Width: 50}}, rows)
}

func (f *facts) lateSheet() workbook.Sheet {
	var rows [][]workbook.Cell
	for _, l := range f.Late {
		rows = append(rows, []workbook.Cell{workbook.Text(l.Feed), workbook.Text(l.Period), workbook.Text(l.With), whole(l.Rows), whole(l.Before)})
	}
	return listed("Late", "Rows that came late", "Rows of an earlier period than their file's, counted in their own. One that an earlier file has too is counted once, as that file has it.", "No row came late.", "came_late",
		[]workbook.Column{{Head: "Return", Width: 34}, {Head: "Belong to", Width: 26}, {Head: "Came with", Width: 26}, {Head: "Rows", Width: 10, Number: true}, {Head: "Received before", Width: 18, Number: true}}, rows)
}

func (f *facts) trendSheet() workbook.Sheet {
	var rows [][]workbook.Cell
	for _, t := range f.Trend {
		rows = append(rows, []workbook.Cell{workbook.Text(t.Feed), whole(t.Now), whole(t.Then), workbook.Text(t.Word)})
	}
	return listed("Kept out", "Rows kept out, against last quarter", "Rows kept out of your returns for "+f.Quarter.Title()+" and for the quarter before.", "Nothing came for these quarters.", "kept_out",
		[]workbook.Column{{Head: "Return", Width: 34}, {Head: "This quarter", Width: 14, Number: true}, {Head: "Quarter before", Width: 14, Number: true}, {Head: "Trend", Width: 14}}, rows)
}

func (f *facts) filledSheet() workbook.Sheet {
	var rows [][]workbook.Cell
	for _, c := range f.Filled {
		rows = append(rows, []workbook.Cell{workbook.Text(c.Feed), workbook.Text(c.Column), workbook.Number(c.Now, 1), workbook.Number(c.Then, 1), workbook.Number(c.Now-c.Then, 1)})
	}
	return listed("Complete", "How complete your data are, against last quarter", "Percentage of rows in which a column that may be blank is filled in; those filled in less often come first.",
		"There are no two quarters to compare.", "how_complete",
		[]workbook.Column{{Head: "Return", Width: 34}, {Head: "Column", Width: 30}, {Head: "This quarter, %", Width: 14, Number: true}, {Head: "Quarter before, %", Width: 14, Number: true}, {Head: "Points more", Width: 14, Number: true}}, rows)
}

func (f *facts) usesSheet() workbook.Sheet {
	var rows [][]workbook.Cell
	for _, u := range f.Uses {
		rows = append(rows, []workbook.Cell{workbook.Text(u.ID), workbook.Text(u.Title), workbook.Text(u.Feed)})
	}
	return listed("Used", "How your data are used", "Each measure that reads a return of yours.", "No measure reads your returns yet.", "how_used",
		[]workbook.Column{{Head: "Measure", Width: 12}, {Head: "Title", Width: 60}, {Head: "Return", Width: 34}}, rows)
}

func whole(n int64) workbook.Cell { return workbook.Number(float64(n), 0) }
