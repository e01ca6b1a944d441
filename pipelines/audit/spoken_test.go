package audit

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestWordsOfAnotherLanguageAreReadInEnglish(t *testing.T) {
	for _, c := range []struct {
		name, page, want string
		findings         int
	}{
		{"words", `<p>Of <span lang="cy" data-en="two or 12,000">dau neu 12,000</span>, b</p>`, "Of two or 12,000, b", 0},
		{"in another order", `<p><span lang="cy" data-en="5 of 10">o 10, 5</span></p>`, "5 of 10", 0},
		{"another number", `<p><span lang="cy" data-en="5 of 10">4 o 10</span></p>`, "4 o 10", 1},
		{"a number more", `<p><span lang="cy" data-en="some of 10">4 o 10</span></p>`, "4 o 10", 1},
		{"a mark less", `<p><span lang="cy" data-en="hidden [c]">cudd</span></p>`, "cudd", 1},
		{"not text alone", `<p><span lang="cy" data-en="5">5<b></b></span></p>`, "5", 1},
		{"not a span", `<p data-en="5">5</p>`, "5", 1},
	} {
		doc, err := html.Parse(strings.NewReader("<html><body>" + c.page + "</body></html>"))
		if err != nil {
			t.Fatal(err)
		}
		r := &Report{}
		(&audience{folder: "board"}).inEnglish(r, "index.html", doc)
		if got := text(doc); got != c.want || len(r.Findings) != c.findings {
			t.Errorf("%s: reads %q with %d findings, want %q with %d", c.name, got, len(r.Findings), c.want, c.findings)
		}
	}
}
