// Package screen tells personal data from the data that a partnership may hold, before any
// of it is stored. It is used on the way in (pipelines/intake) and by an agency before it
// sends (pipelines/anonymise).
//
// A column is judged as a whole: one in eleven numbers of ten digits is a valid NHS number
// by chance, and one given name among codes is a code. A Column takes every value with how
// often it stands there, and gives a Finding or none. A Finding has a kind and counts, and
// never a value. What decides:
//
//   - a form that only an identifier has (email address, full postcode, National Insurance
//     number, pupil number, phone number, vehicle mark, a partnership's own references ...):
//     three values in a column of the contract, one in a column that it does not have;
//   - numbers of ten digits: from ten on, when half pass the check of NHS numbers;
//   - people's names, dates of birth, free text: a share of the column;
//   - values nearly all different, where the contract calls the column no key;
//   - a pseudonym that is the plain digest of something short enough to be tried.
//
// One or two such values in a column of the contract are a slip: their rows are kept out
// and the rest of the file is taken. Three are how the column is used, and then nobody can
// say what else is in it: the whole file goes back. Neither way is anything of them kept.
//
// A contract may allow a kind in one column, with its reason (config.Column.Allow).
//
// Not told apart: a few valid NHS numbers among many other numbers of ten digits; names that
// are not common in England, one or two of them; a few children's dates of birth in a column
// of dates.
package screen
