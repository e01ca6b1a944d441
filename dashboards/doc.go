// Package dashboards makes the pages that people read: Figures and Readings in, files
// out. There is no database here, no statistics and no disclosure control; what a Site
// holds is already fit for its audience.
//
// The flow of one audience's site:
//
//  1. LoadEditorial reads what people contribute in words: boards/*.yaml (which families a
//     readership sees, and how they are introduced), glossary.yaml, and the signed notes
//     in commentary/<quarter>/<measure>.md.
//  2. Write looks at every Result once (words.go and series.go turn its Reading into cells,
//     verdicts and chart points), has charts drawn (charts), and fills templates/.
//  3. The files of the site are written below one directory: pages, data/, charts/, assets/.
//
// Numbers reach a page rounded to what data/<id>.csv holds, in text and in drawings alike,
// because a position in a drawing can be read back. Sentences come from the Reading; none
// is composed in a template. The same Site gives the same bytes.
package dashboards
