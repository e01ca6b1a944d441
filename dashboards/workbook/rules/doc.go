// Package rules holds a finished workbook against the published rules: the Analysis Function's
// "Releasing statistics in spreadsheets" and its checklist of the basics. It is support for
// tests: those of the workbook, and the end-to-end test of a published edition.
//
// read.go reads the parts of the file by itself, without the library and the package that wrote
// them; rules.go is the checklist, a function to each of its sections; office.go has LibreOffice
// open the file and save it in other forms, whose cells must be the same.
package rules
