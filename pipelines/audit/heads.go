package audit

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// englishIn is the attribute by which a page in another language than English says in English what
// words of its own say: a column's head, by which the auditor knows the column, or a sentence.
const englishIn = "data-en"

// columnHeads are the heads of a table's columns, in English.
func columnHeads(t *html.Node) []string {
	var heads []string
	for _, th := range find(t, isColumnHead) {
		if said := attr(th, englishIn); said != "" {
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
	return at.Key == englishIn && isColumnHead(n) && (at.Val == "95% interval" || !strings.ContainsFunc(at.Val, unicode.IsNumber))
}

// unreadable says whether a table that is known by its heads has one that is not in English.
func unreadable(t *html.Node) bool {
	return slices.ContainsFunc(find(t, isColumnHead), func(th *html.Node) bool { return attr(th, englishIn) == "" })
}
