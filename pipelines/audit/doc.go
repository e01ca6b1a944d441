// Package audit reads the files of a drafted edition, as anyone might, and tries to learn
// what they hide. It shares no code with the disclosure control that it checks and imports
// nothing of ours: what it knows comes from the files.
//
// Flow of Edition, per audience:
//
//  1. read.go reads data/catalogue.json and the data files it names.
//  2. rules.go checks each printed number against the audience's rules.
//  3. model.go rebuilds the sums between the counts: a quarter is its months, the whole its
//     districts, a base those that met it and those that did not.
//  4. solve.go works on these with exact arithmetic and whole numbers until nothing more
//     follows; a hidden count, or the rest of a shown one, that comes out small is a leak.
//     What other audiences may read of the same count is used as well.
//  5. pages.go and drawings.go hold every table and drawing of the pages against the data
//     files: nothing may be on a page that is hidden in them.
//
// A Finding names the place and the rule, never the number.
package audit
