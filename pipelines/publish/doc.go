// Package publish turns the published warehouse into an Edition, all or nothing.
//
//  0. Where nothing has changed since the newest edition, that one is checked and kept.
//  1. Every measure is evaluated once, on the read-only handle.
//  2. For each audience, disclosure control makes Figures, the statistics make Readings,
//     and dashboards writes the pages into a private folder.
//  3. The auditor reads that folder and tries to undo the disclosure control; anything it
//     finds stops the publication.
//  4. The folder is named by quarter and hash, fsynced and renamed into editions/, and the
//     current pointer is swapped. A reader sees the old edition or the new one.
//
// It must not know how a figure is counted, hidden or drawn.
package publish
