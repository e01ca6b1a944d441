package pack

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// onScreen are the classes of what paper has no use for: ways to move about, what is folded
// away, drawings for other widths.
var onScreen = []string{"crumbs", "buttons", "downloads", "turn", "scroll-cue", "wide", "narrow", "skip", "exit"}

// assemble is one document of the pages of the site in dir, and the pages it holds.
func assemble(dir string) ([]byte, []string, error) {
	doc, err := readPage(dir, "index.html")
	if err != nil {
		return nil, nil, err
	}
	pages, err := order(dir, doc)
	if err != nil {
		return nil, nil, err
	}
	var sheets []sheet
	for _, p := range pages {
		page, err := readPage(dir, p)
		if err != nil {
			return nil, nil, err
		}
		mains := find(page, func(n *html.Node) bool { return n.Data == "main" })
		if len(mains) != 1 {
			return nil, nil, fmt.Errorf("%s has %d main parts, not one: was it made by wherry?", p, len(mains))
		}
		strip(mains[0], p)
		sheets = append(sheets, sheet{p, mains[0], idsOf(mains[0])})
	}
	body := find(doc, func(n *html.Node) bool { return n.Data == "main" })[0]
	for c := body.FirstChild; c != nil; c = body.FirstChild {
		body.RemoveChild(c)
	}
	for i, s := range sheets {
		body.AppendChild(s.section(sheets, i == 0))
	}
	for _, n := range find(doc, func(n *html.Node) bool { return n.Data == "nav" || n.Data == "aside" || n.Data == "footer" }) {
		n.Parent.RemoveChild(n)
	}
	var out bytes.Buffer
	if err := html.Render(&out, doc); err != nil {
		return nil, nil, fmt.Errorf("putting the pages together: %w", err)
	}
	return out.Bytes(), pages, nil
}

// forTheDesk are sections, by the name of their heading, that are looked up and not read at
// a meeting: whole tables of returns, of a measure, of published values.
var forTheDesk = []string{"quarter", "quarantine", "published", "table"}

// strip removes what is for the screen or for the desk. Of a measure it keeps what fits one
// side: what the figure is, its chart, and what people say of it.
func strip(main *html.Node, page string) {
	measure := strings.HasPrefix(page, "measures/")
	for _, n := range find(main, func(n *html.Node) bool {
		return n.Data == "section" && (measure && (hasClass(n, "breakdown") || hasClass(n, "about")) ||
			slices.ContainsFunc(forTheDesk, func(id string) bool { return idsOf(n)[id] }))
	}) {
		n.Parent.RemoveChild(n)
	}
	if measure {
		besideChart(main)
	}
	for _, n := range find(main, func(n *html.Node) bool {
		return n.Data == "nav" || n.Data == "details" || attr(n, "id") == "sql" || n.Data == "svg" && hasClass(n, "chart") && !hasClass(n, "mid") ||
			n.Data != "svg" && slices.ContainsFunc(onScreen, func(c string) bool { return hasClass(n, c) })
	}) {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
}

// besideChart moves the definitions that matter, by name, below what people say of the chart:
// what they say in full stands in the list at the end of the pack.
func besideChart(main *html.Node) {
	ledgers := find(main, func(n *html.Node) bool { return n.Data == "section" && hasClass(n, "ledger") })
	words := find(main, func(n *html.Node) bool { return n.Data == "div" && hasClass(n, "three") })
	if len(ledgers) == 0 || len(words) == 0 {
		return
	}
	ledger := ledgers[0]
	for _, li := range find(ledger, func(n *html.Node) bool { return n.Data == "li" }) {
		for i, p := range find(li, func(n *html.Node) bool { return n.Data == "p" }) {
			if i > 0 {
				p.Parent.RemoveChild(p)
			}
		}
	}
	for _, h := range find(ledger, func(n *html.Node) bool { return n.Data == "h2" }) {
		h.Attr = append(h.Attr, html.Attribute{Key: "class", Val: "h3"})
	}
	ledger.Attr = slices.DeleteFunc(ledger.Attr, func(a html.Attribute) bool { return a.Key == "class" })
	ledger.Parent.RemoveChild(ledger)
	words[0].AppendChild(ledger)
}

func idsOf(n *html.Node) map[string]bool {
	ids := map[string]bool{}
	for _, d := range find(n, func(d *html.Node) bool { return attr(d, "id") != "" }) {
		ids[attr(d, "id")] = true
	}
	return ids
}

// section is a sheet as a part of the document, which begins on a new side of paper but for
// the first.
func (s sheet) section(all []sheet, first bool) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: "div", Attr: []html.Attribute{{Key: "id", Val: s.slug()}}}
	if !first {
		n.Attr = append(n.Attr, html.Attribute{Key: "class", Val: "sheet"})
	}
	for c := s.main.FirstChild; c != nil; c = s.main.FirstChild {
		s.main.RemoveChild(c)
		n.AppendChild(c)
	}
	for d := range n.Descendants() {
		if d.Type == html.ElementNode {
			s.rename(d, all)
		}
	}
	return n
}

var reference = regexp.MustCompile(`url\(#([^)]+)\)`)

// rename keeps the names of a sheet apart from those of others and turns its links to pages
// of the document into links within it. Links to anything else stay as words.
func (s sheet) rename(n *html.Node, all []sheet) {
	own := func(id string) string {
		if s.ids[id] {
			return s.slug() + "-" + id
		}
		return id
	}
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		switch {
		case a.Key == "id":
			a.Val = own(a.Val)
		case a.Key == "aria-labelledby" || a.Key == "aria-describedby" || a.Key == "headers":
			ids := strings.Fields(a.Val)
			for i := range ids {
				ids[i] = own(ids[i])
			}
			a.Val = strings.Join(ids, " ")
		case a.Key == "href" && n.Data == "a":
			if a.Val = s.within(a.Val, all); a.Val == "" {
				continue
			}
		case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
			a.Val = "#" + own(a.Val[1:])
		default:
			a.Val = reference.ReplaceAllStringFunc(a.Val, func(r string) string {
				return "url(#" + own(reference.FindStringSubmatch(r)[1]) + ")"
			})
		}
		kept = append(kept, a)
	}
	n.Attr = kept
}

// within is where a link of the sheet leads in the document, "" for out of it.
func (s sheet) within(href string, all []sheet) string {
	to, id, _ := strings.Cut(href, "#")
	if strings.Contains(to, ":") {
		return ""
	}
	page := s.page
	if to != "" {
		page = path.Join(path.Dir(s.page), to)
	}
	i := slices.IndexFunc(all, func(o sheet) bool { return o.page == page })
	switch {
	case i < 0:
		return ""
	case all[i].ids[id]:
		return "#" + all[i].slug() + "-" + id
	}
	return "#" + all[i].slug()
}
