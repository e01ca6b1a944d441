// Package browser holds a written site against what its readers were promised: it opens
// every page in Chromium, from disk, as a reader would. That is support for tests, here for
// those of dashboards and for the end-to-end test of a published edition. What starts a browser
// and prints a page serves packs too (start.go, paper.go).
//
// Check looks, in this order, for
//
//  1. what can be seen in the files alone: pages over their size, links that lead nowhere
//     or to a folder, titles used twice, a language unsaid (links.go); what html-validate finds
//     in their markup (markup.go, htmlvalidate.mjs);
//  2. what a page does when it is opened under its own content policy: console messages,
//     requests that leave the folder, parts that move after they are drawn (open.go);
//  3. what axe-core and HTML_CodeSniffer find, and sideways scrolling, at each width (open.go);
//  4. how many sides of paper the scorecard takes.
//
// Act does what a reader does on one page, with scripts or without (act.go).
// Look opens a page with forced colours, on a dark screen and without colour (eyes.go).
// Walk goes through pages by the Tab key (walk.go). Pictures draws pages for people to look at (pictures.go).
//
// It knows files and a browser. It must not know measures, figures or templates.
package browser
