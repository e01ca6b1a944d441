// Package sample makes up the extracts of a whole partnership, as its agencies would send
// them, for people to try Wherry with and for tests of the whole. No real person is in them.
//
// Write builds one table per feed by the files in sql/, in their order, entirely in DuckDB
// (range for rows, hash for chance, so that the same seed gives the same rows on any
// machine), plants the faults of faults.go, and writes a file per return in the format its
// agency uses: CSV in three encodings and several delimiters, XLSX, Parquet and Arrow IPC.
// The links between feeds hold: a child of an incident turns up at the front door and in
// Operation Encompass under the same pseudonym; a MARAC case has actions and an answer from
// each agency asked; a household that was accommodated stays in a unit that nobody else has
// that night; orders, probation cases and programmes carry the keys of police.
//
// Planted changes, by the first month of each:
//   - 2025-09: a training programme lifts training (TR1). Six police teams are trained one a
//     month, and what they refer is then complete 8 points more often than what others do (TR7);
//     the whole of police referrals does not change by it.
//   - 2025-10: police answer requests for information sooner (IS7); more children are harmed
//     again within 180 days of a plan's end (CH4); households that are ready to leave safe
//     accommodation wait longer to move on (SA5).
//   - 2025-12: fewer MARAC actions are done by their day (MA6).
//   - 2026-01: a new referral form lifts completeness (RQ1 to RQ4).
//   - 2026-02: the specialist service (SI1) and the front door (IS4) slow down; disclosure
//     scheme applications are decided sooner (IS8).
//
// One change is of a definition and no change at all: from 2025-04 MARAC counts any instance of
// abuse as a repeat, where it counted crimes before (MA2). config/definitions.yaml has the break.
//
// Of the latest quarter's returns two are late, two never come, one lacks its last month and one
// has a third of its rows: see returns.go and faults.go.
//
// Everything else is chance, and nothing may be called a change there: among others MARAC
// repeats, partners' referrals and agencies' returns (MA2, MA3, MA5), Operation Encompass
// (IS1) and what settings answered (IS11), what health asks (EQ8), work with people who use harmful behaviour and conditions that protect a child (PE1
// to PE4), protective orders (PE5), outcomes at exit and their forms (SI3, SI4, SI6), support
// for children in safe accommodation (SA7), the child's voice in probation (VC6), audits (RQ5, CH8, VC2, VC3) and what follows from a
// training session (TR5, TR6).
//
// The package knows the feeds it makes by name, and of everything else only the contracts
// and the calendar in config. It opens no database: the caller hands it an empty in-memory one.
package sample
