// Package warehouse keeps what has been received, and opens DuckDB on it. It is the only
// package that imports the driver.
//
// The archive is the truth. Under the partnership's archive folder lie
//
//	deliveries/<id>.json     one Delivery each; a Delivery exists when this file does
//	objects/<sha256>.parquet the typed rows of a Delivery that were accepted; with .age at the
//	                         end where they are sealed, still named by the hash of the Parquet
//	runs/<time>-<job>.json   one Run each
//	erased/<seq>-<kind>.json one Erasure each: rows taken out for good, and never loaded again
//
// The DuckDB file is derived from it and can be thrown away:
//
//  1. Open takes the lock. There is one Writer; its process id is in the lock file.
//  2. Staging gives each feed that is being read a database in memory of its own.
//  3. Accept writes the objects of a batch from there, then its deliveries.
//  4. Publish copies the current file to a private one and adds the deliveries that it
//     lacks, or builds one from the archive where there is none or any doubt about it;
//     restates what depends on the day and on queries/, closes the file, reads it back
//     against the archive, and swaps the CURRENT pointer. No path is used twice.
//  5. OpenReader opens what CURRENT names, read-only, with every setting locked.
//
// A process that dies at any byte leaves CURRENT naming a good file, and every Delivery
// that Accept returned for in the archive. Rebuild proves that the file follows from the
// archive.
//
// Rows that are sealed are never plain in the archive, whole or half: they are written, and
// opened again, in scratch folders beside the DuckDB files, which the next Writer removes where
// one is left. What Accept seals Publish loads without a key.
//
// The package does not know what an extract looks like, which rows are good or what is
// measured.
package warehouse
