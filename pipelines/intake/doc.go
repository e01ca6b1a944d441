// Package intake turns the extracts that agencies put in the inbox into deliveries.
//
// Receive takes each file of inbox/<agency>/ through the same steps:
//
//  1. name: the folder, the file name and its ending give agency, contract and period.
//  2. open: a file whose name ends in .age is decrypted into the warehouse's private folder,
//     to its end, and from there on is the file that was in it.
//  3. hash: the same bytes for the same agency, feed and period are a file received before.
//  4. prepare: the encoding is decoded, the header is held against the contract, and the
//     lines are counted, so that what DuckDB reads can be checked against what was sent.
//     XLSX, Arrow and untidy CSV are written out as tidy CSV; nothing is ever guessed.
//  5. stage: one SQL statement, made from the contract, reads every column as text, recodes,
//     types and checks it, and leaves each row with the list of rules it breaks. A file that
//     is read by itself is first tried straight: written as the archive keeps it while it is
//     checked, for as long as no row is at fault.
//  6. screen: every column is judged as a whole (pipelines/screen), while its rows are in
//     memory or in a private file of ours alone; a file that holds personal data goes no further.
//  7. accept: good rows go to the warehouse's archive; of the others only line, rule and
//     column are kept, never a value.
//
// The extracts of one feed are taken in order; several feeds are taken side by side.
//
// A file that cannot be read as what it should be is not loaded at all: a Refusal says what
// is wrong with it and what to do. Files that hold personal data are refused whole.
//
// The package knows nothing of measures or pages. What an agency sent is never changed, and
// no value of a row is put into a message, a log or a file outside the warehouse.
package intake
