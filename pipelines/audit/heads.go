package audit

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// headIn is the attribute by which a page in another language than English says in English what a
// column is headed by. The auditor knows columns by their English heads.
const headIn = "data-head"

// columnHeads are the heads of a table's columns, in English.
func columnHeads(t *html.Node) []string {
	var heads []string
	for _, th := range find(t, isColumnHead) {
		if said := attr(th, headIn); said != "" {
			heads = append(heads, said)
		} else {
			heads = append(heads, text(th))
		}
	}
	return heads
}

func isColumnHead(n *html.Node) bool { return is("th")(n) && attr(n, "scope") == "col" }

// inEnglish says whether a page is in English, or does not say.
func inEnglish(doc *html.Node) bool {
	for _, n := range find(doc, is("html")) {
		if lang := attr(n, "lang"); lang != "" && lang != "en" && !strings.HasPrefix(lang, "en-") {
			return false
		}
	}
	return true
}

// maySay says whether an attribute of a column's head is its English and holds no number.
func maySay(n *html.Node, at html.Attribute) bool {
	return at.Key == headIn && isColumnHead(n) && (at.Val == "95% interval" || !strings.ContainsFunc(at.Val, unicode.IsNumber))
}

// unreadable says whether a table that is known by its heads has one that is not in English.
func unreadable(t *html.Node) bool {
	return slices.ContainsFunc(find(t, isColumnHead), func(th *html.Node) bool { return attr(th, headIn) == "" })
}
