// Package pack makes paper of a published edition: one PDF of the pages that a board reads,
// and pictures of charts. It takes pages as they were issued and audited and adds nothing to
// them, so that what a pack prints is what the pages say.
//
//  1. sheets.go chooses the pages, in the order a board reads them.
//  2. assemble.go puts them into one document, by their own style for print: what needs a
//     screen is left out, names stay apart, links lead within the document.
//  3. pack.go has an installed Chromium, Chrome or Edge print it, without a network; render.go
//     has it draw charts.
//
// An edition is not changed by its pack; the pack lies beside it.
package pack
