package audit

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// plainWords are the numbers of sentences that count no people: dates, lengths of time, the
// points of a chart, steps of a scale, a threshold in a name ("3+ incidents").
var plainWords = regexp.MustCompile(`(?i)\b(\d+(\.\d+)?%? (months?|quarters?|years?|days?|points?|percentage points|working days|of \d+ returns?|minutes|hours|weeks)|\d{1,2} \w+ \d{4}|(january|february|march|april|may|june|july|august|september|october|november|december) \d{4}|per \d[\d,]*|out of \d+|fewer than \d+|nearest \d+|at least \d+|\d+\+ [a-z]+|aged \d+( to \d+| and over)?|\d+ of \d+)\b`)

// checkProse looks for small whole numbers in what a page leads with: each must be printed in
// the data file, belong to the names of what is measured, or count no people.
func (a *audience) checkProse(r *Report, page string, m *measure, doc *html.Node) {
	if !m.people() {
		return
	}
	known := map[string]bool{}
	for _, t := range texts(find(doc, func(n *html.Node) bool {
		return is("h1")(n) || attr(n, "id") == "chart-title" || hasClass(n, "subtitle")
	}), nil) {
		for _, n := range numbersIn(t) {
			known[n.text] = true
		}
	}
	for _, lead := range texts(find(doc, func(n *html.Node) bool { return hasClass(n, "lead") }), nil) {
		lead = plainWords.ReplaceAllString(strings.ReplaceAll(lead, m.Unit, ""), "")
		for _, n := range numbersIn(lead) {
			r.Checked++
			if n.decimals > 0 || known[n.text] || !m.tooSmall(int64(n.value)) || strings.Contains(lead, n.text+"%") {
				continue
			}
			if !slices.ContainsFunc(m.rows, func(row row) bool {
				return row.area == a.Area && n.isOneOf(row.value, row.low, row.high, strconv.FormatInt(row.numerator, 10))
			}) {
				r.add(a.folder+"/"+page, m.ID, RulePage, "a sentence has a small number that the data file does not print")
			}
		}
	}
}
