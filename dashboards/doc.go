// Package dashboards makes the pages that people read: Figures and Readings in, files
// out. There is no database here, no statistics and no disclosure control; what a Site
// holds is already fit for its audience.
//
// The flow of one audience's site:
//
//  1. LoadEditorial reads what people contribute in words: boards/*.yaml (which families a
//     readership sees, and how they are introduced), glossary.yaml, the signed notes in
//     commentary/<quarter>/<measure>.md, and words/<language>.yaml, the fixed words of the
//     frame of a page (language.go) and every sentence that Go code fills in (sentences.go;
//     reading.go for those that queries makes of a Reading, dates.go for all days and months,
//     spoken.go for how a sentence of another language keeps its English beside it). theme.go adds what the settings say of colours and logo.
//  2. Write looks at every Result once: verdicts.go and series.go turn its Reading into cells,
//     verdicts and chart points; kinds.go adds what its kind asks for (before and after, the
//     parts of a whole (divided.go) and their pathway (pathway.go), the range of an estimate, the share done by each day); places.go and
//     compare.go set out breakdowns and districts, by name and never by rank; about.go tells
//     definitions and published values with their sources. exceptions.go, improvement.go, plan.go,
//     district_pages.go and needs.go gather what measures show; whatever they say of a measure its
//     own page says too. charts draws, templates/ are filled. The steps are listed in site.go.
//  3. data.go writes every figure once more for who works with them: a CSV file a measure with
//     its description (data_csvw.go), one workbook (data_workbook.go, made by workbook), one
//     JSON and one Parquet file (data_figures.go), and the catalogue of them all.
//     catalogue.go makes the pages for analysts, which hold words and SQL: catalogue.html, and
//     from a measure (catalogue_query.go) back to the columns that agencies send (lineage.go,
//     catalogue_feed.go). They alone run assets/enhance.js, and are whole without it.
//  4. The files of the site are written below one directory: pages, data/, charts/, assets/.
//     style.go makes the style sheet lean, with the partnership's colours in it.
//
// Numbers reach a page rounded to what data/<id>.csv holds, in text and in drawings alike,
// because a position in a drawing can be read back. Sentences come from the Reading; none
// is composed in a template. The same Site gives the same bytes.
package dashboards
