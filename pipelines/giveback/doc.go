// Package giveback tells an agency what became of what it sent: a page and a workbook in
// outbox/<agency>/, from which alone a file can be put right and sent again.
//
//  1. gather.go collects the facts: files not loaded, rows in quarantine with line, rule,
//     column and what to do, reasons by how many rows they hold back, returns as they are
//     judged, completeness and rows kept out against the quarter before, rows that refer to
//     nothing, and the measures that read the agency's returns.
//  2. page.go fills page.html: one file, without scripts or anything fetched.
//  3. book.go lays the same out as a workbook, by the rules of dashboards/workbook.
//
// Nothing in either is a value of a row: lines, rules, names of columns and counts are all
// there is. Both are written only where they have changed.
//
// The package reads the archive's records and the published warehouse. It knows contracts and
// the titles of measures; it must not know figures or audiences.
package giveback
