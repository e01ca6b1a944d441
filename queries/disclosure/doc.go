// Package disclosure decides which numbers must be hidden so that nobody can work out a
// small one from the others. It knows cells and the sums that tie them together: nothing
// of measures, areas, files or databases.
//
// Flow of Protect:
//
//  1. system.go reads the cells and equations and finds the primary cells: those that are
//     small, or that the caller marks; primary.go has rules for what else to mark.
//  2. stages.go splits the cells into parts that no shown cell ties together, totals shared
//     by several tables being kept shown where that can be done.
//  3. shield.go starts each part with everything hidden and shows one cell after another,
//     the most useful first and those that the last edition hid at the end, as long as every
//     primary cell keeps a witness. basis.go holds every change that is left; search.go
//     finds new witnesses in it for those that a shown cell takes away.
//  4. reach.go looks further, by the linear program of simplex.go, for what a primary cell
//     still lacks, near it and around what its witness of an earlier system changes; stages.go hides a whole part as the last resort.
//  5. witness.go checks every witness again, in integers, against all equations.
//
// A witness is a change of whole numbers to hidden cells that leaves every shown cell and
// every sum as it was, keeps every hidden cell possible (at least 1 where zeros are shown)
// and gives the primary cell another value: at level 2, one above the small ones. Whoever
// reads the publication cannot tell the true table from the changed one, so the cell cannot
// be worked out. A fault in the search can therefore hide too much, never too little.
package disclosure
