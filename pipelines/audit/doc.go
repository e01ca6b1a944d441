// Package audit reads the files of a drafted edition, as anyone might, and tries to learn
// what they hide. It shares no code with the disclosure control that it checks and imports
// nothing of ours: what it knows comes from the files. What it does not understand, a kind, a
// mark, a column, a sentence with a number, a drawing, a file, it refuses.
//
// Flow of Edition, per audience:
//
//  1. read.go reads data/catalogue.json and the data files it names.
//  2. kinds.go and rules.go hold each printed number against what its kind may print and the
//     audience's rules; intervals.go works intervals out again from the printed counts.
//  3. beside.go, tables.go and facts.go read the numbers that have no column in the data
//     files: people, those who started, shares done. Every table of a page is held against
//     the rows of data, every sentence beside it against what it may say.
//  4. copies.go, reuse.go, describe.go, workbook.go and worksheet.go hold what repeats or describes
//     the data files against them: the workbook cell by cell, its frame and its archive against
//     the forms that they may have; JSON line by line; Parquet to the byte, written afresh.
//  5. svg.go, inline.go, drawings.go, limits.go, panels.go, stacks.go and spark.go read
//     drawings back through their scales: each point and bar must be a number that is printed.
//     shapes.go and flows.go hold maps, heatmaps and flow charts, which have no scale, against
//     what each shape says of itself: none that is hidden may have a shade or size of its own.
//     figures.go reads the pages that gather figures of several measures.
//  6. leftovers.go, prose.go and witness.go look at files, manifest, markup, orders, leading
//     sentences, and at witnesses where an edition ships them. catalogue.go looks at the pages
//     for analysts, whose numbers describe, round rows or stand in the file they show, and at
//     the one script, whose bytes it knows.
//  7. model.go rebuilds the sums between all these counts: a quarter is its months, the whole
//     its areas and the categories of each breakdown, a base its parts. same.go finds counts
//     that measures share. sums.go adds what other audiences print, and solve.go works on
//     the whole with exact arithmetic and whole numbers until nothing more follows. A hidden
//     count, or the rest of a shown one, that comes out small is a leak.
//
// Releases does the same with the editions before, whose readers may have kept them, and
// with every count that two measures print alike; revisions.go looks for the few who came
// late.
//
// A Finding names the place and the rule, never the number.
package audit
