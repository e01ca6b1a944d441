// Package workbook writes spreadsheets by the rules of the Analysis Function of the UK
// government for releasing statistics in spreadsheets: text in column A, at most one table a
// sheet, marked as one, with one line of heads; no cell of it blank, merged, hidden, coloured
// or worked out; no filter and no frozen pane; document properties that say what it is.
//
// Flow of Book.Bytes: book.go refuses what the rules forbid; sheet.go writes each sheet and the
// mark of its table as XML; parts.go packs them, with what a workbook needs about them, in one order
// and with one time, so that the same Book gives the same bytes. look/ holds the styles and the theme
// of every book. A sheet is written straight, without a library between: an edition's sheets have
// most of a million cells.
//
// It knows cells and sheets. It must not know measures, figures or audiences. rules is a
// second reading of the guidance, for tests: it shares no code with this package.
package workbook
