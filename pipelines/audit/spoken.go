package audit

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// putInEnglish puts English in the place of words of another language, from the attribute data-en beside them: the auditor
// reads English. What readers are shown must be text alone, with the numbers and marks of its English.
func (a *audience) putInEnglish(r *Report, page string, doc *html.Node) {
	for _, n := range find(doc, func(n *html.Node) bool { return attr(n, englishIn) != "" && !isColumnHead(n) }) {
		r.Checked++
		if english := attr(n, englishIn); !inEnglish(doc) && isText(n) && slices.Equal(countedIn(text(n)), countedIn(english)) {
			putText(n, english)
			continue
		}
		r.add(a.folder+"/"+page, "words", RuleUnknown, "words of another language hold other numbers or marks than the English beside them, which the auditor reads")
	}
}

// isText says that an element is a span that holds text and nothing else.
func isText(n *html.Node) bool {
	return is("span")(n) && len(find(n, func(d *html.Node) bool { return d.Type != html.TextNode })) == 0
}

// countedIn are the numbers and marks of a text, in the order of their digits: another language may have them in another
// order.
func countedIn(s string) []string {
	var all []string
	for _, n := range numbersIn(s) {
		all = append(all, n.text)
	}
	for range strings.Count(s, "[") {
		all = append(all, "[")
	}
	slices.Sort(all)
	return all
}

// putText makes a node text, one with the text around it.
func putText(n *html.Node, text string) {
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
	n.Type, n.Data, n.DataAtom, n.Attr = html.TextNode, text, 0, nil
	if before := n.PrevSibling; before != nil && before.Type == html.TextNode {
		n.Data = before.Data + n.Data
		n.Parent.RemoveChild(before)
	}
	if after := n.NextSibling; after != nil && after.Type == html.TextNode {
		n.Data += after.Data
		n.Parent.RemoveChild(after)
	}
}
