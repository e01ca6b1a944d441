// Package pipelines says what runs when, and keeps the record of it.
//
//  1. Open reads a partnership's contributed files, or the built-in example, into a Project.
//  2. Project.Fetch, Project.Receive and Project.Publish are the steps: files from where
//     agencies put them into the inbox, extracts into the warehouse, the warehouse into an
//     edition.
//  3. Run does a Job's steps under the run lock, retries a step that could not be done,
//     stops between steps when asked, and writes the Run to the ledger.
//  4. Schedule runs Jobs by cron expressions and catches up one missed run.
//
// It must not know how an extract is read, a measure counted or a page drawn.
package pipelines
