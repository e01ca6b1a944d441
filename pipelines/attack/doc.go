// Package attack does what a motivated reader would do to editions that were published: it
// reads their files and tries to work out the counts that they hide. It is no part of making
// an edition; it shows what one gives away.
//
// Flow of Attack, for the readers of each audience (who hold its files, and those of
// audiences told less):
//
//  1. read.go reads the data files of every edition given, the latest first (order.go), and
//     leftovers.go whatever else holds rows as they do.
//  2. claims.go writes down what a reader may hold to be true, each sum and bound with the
//     method that it belongs to: subtraction, percentages, rolling years, geography, edition
//     differences, chart coordinates.
//  3. solve.go draws the conclusions: bounds through sums until nothing changes, and sums
//     combined so that all but one count cancel.
//  4. revised.go compares each edition with every earlier one, for the few who came late.
//
// It shares no code with the disclosure control, nor with the auditor, and imports nothing
// of ours. Its report names cells and values: it is for the eyes of those who may see them.
package attack
