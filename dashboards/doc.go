// Package dashboards makes the pages that people read: Figures and Readings in, files
// out. There is no database here, no statistics and no disclosure control; what a Site
// holds is already fit for its audience.
//
// The flow of one audience's site:
//
//  1. LoadEditorial reads what people contribute in words: boards/*.yaml (which families a
//     readership sees, and how they are introduced), glossary.yaml, and the signed notes
//     in commentary/<quarter>/<measure>.md.
//  2. Write looks at every Result once: verdicts.go and series.go turn its Reading into cells,
//     verdicts and chart points; kinds.go adds what its kind asks for (before and after, the
//     parts of a whole, the range of an estimate, the share done by each day); places.go and
//     compare.go set out breakdowns and districts, by name and never by rank; about.go tells
//     definitions and published values with their sources. exceptions.go, improvement.go and
//     plan.go gather what measures show for the board; whatever they say of a measure its own
//     page says too. charts draws, templates/ are filled. The steps are listed in site.go.
//  3. The files of the site are written below one directory: pages, data/, charts/, assets/.
//
// Numbers reach a page rounded to what data/<id>.csv holds, in text and in drawings alike,
// because a position in a drawing can be read back. Sentences come from the Reading; none
// is composed in a template. The same Site gives the same bytes.
package dashboards
