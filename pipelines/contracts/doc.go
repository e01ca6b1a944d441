// Package contracts is what an engineer does with the contracts of a partnership besides
// loading extracts under them: Draft writes one from a sample file, Diff says in words what
// differs between two, ODCS and CSVW write one in a form that suppliers' own tools read.
//
// What it writes holds no value of a sample's row unless many rows share it and it is no name,
// date, number or key.
package contracts
