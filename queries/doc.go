// Package queries holds all SQL and what reads it: it turns contributed measures into
// Figures that are fit to publish.
//
// The flow, in steps:
//
//  1. Load reads measures/<family>/*.sql into a Catalogue and reports every fault of every
//     file at once, at its line.
//  2. Check lets a measure's SELECT near a database: it is parsed (never run) and every
//     node, table and function is held against an allow-list.
//  3. Evaluate counts a measure's rows in one generated statement and rolls the small
//     result up into Cells for every period, area and category.
//  4. Publish runs disclosure control over Cells for one audience and makes Figures,
//     with intervals from queries/statistics. Cells keep their numbers to themselves:
//     Figures are the only way out.
//
// It must not know the DuckDB driver (a *sql.DB comes in), pages, files of an edition, or
// the time of day (dates come in).
//
// # The measure file
//
// A measure is one .sql file: a YAML header between an opening line "/*" and a line "*/",
// then one SELECT giving one row per thing counted. The header's keys are the fields of
// Measure. The SELECT gives these columns and no others:
//
//	at        date or timestamp: places the row in a period; rows without it are not counted
//	district  text, optional: area code; null counts as "unknown"
//	<name>    text, one for each of the header's breakdowns; null counts as "not recorded"
//	<unit>    where the header names a unit: what is counted once however many rows it has
//	met       proportion: true or false, never null
//	days      duration: whole days, to the as-at date where not ended
//	ended     duration: whether it has ended; rows that have not are censored, not dropped
//	<people>  rate: where the header names people, whom the event befell
//	value     mean: a number, never null
//	before    change: the first score; null where it was not given
//	after     change: the second score; null where it was not given
//	category  distribution: text; null counts as "not recorded"
//	value     estimate: a number, with low and high about it; rows of a period are summed
//
// It reads core.<noun> and nothing else. Periods, totals, rounding, maturity and
// disclosure control come by themselves.
package queries
