// Package sample makes up the extracts of a whole partnership, as its agencies would send
// them, for people to try Wherry with and for tests of the whole. No real person is in them.
//
// Write builds one table per feed by the files in sql/, in their order, entirely in DuckDB
// (range for rows, hash for chance, so that the same seed gives the same rows on any
// machine), plants the faults of faults.go, and writes a file per return in the format its
// agency uses: CSV in three encodings, XLSX, Parquet and Arrow IPC. The links between feeds
// hold: a child of an incident turns up at the front door and in Operation Encompass under
// the same pseudonym.
//
// Planted changes: a new referral form in January 2026 lifts completeness, a training
// programme from September 2025 lifts training, the specialist service slows down and the
// front door decides later from February 2026. Everything else is chance, and nothing may be
// called a change there.
//
// The package knows the feeds it makes by name, and of everything else only the contracts
// and the calendar in config. It opens no database: the caller hands it an empty in-memory one.
package sample
