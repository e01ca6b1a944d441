package audit

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestWordsOfAnotherLanguageAreReadInEnglish(t *testing.T) {
	for _, c := range []struct {
		language, name, page, want string
		findings                   int
	}{
		{"cy", "words", `<p>Of <span lang="cy" data-en="two or 12,000">dau neu 12,000</span>, b</p>`, "Of two or 12,000, b", 0},
		{"cy", "in another order", `<p><span lang="cy" data-en="5 of 10">o 10, 5</span></p>`, "5 of 10", 0},
		{"cy", "another number", `<p><span lang="cy" data-en="5 of 10">4 o 10</span></p>`, "4 o 10", 1},
		{"cy", "a number more", `<p><span lang="cy" data-en="some of 10">4 o 10</span></p>`, "4 o 10", 1},
		{"cy", "a mark less", `<p><span lang="cy" data-en="hidden [c]">cudd</span></p>`, "cudd", 1},
		{"cy", "not text alone", `<p><span lang="cy" data-en="5">5<b></b></span></p>`, "5", 1},
		{"cy", "not a span", `<p data-en="5">5</p>`, "5", 1},
		{"en-GB", "on an English page", `<p><span data-en="two">dau</span></p>`, "dau", 1},
	} {
		doc, err := html.Parse(strings.NewReader("<html lang=\"" + c.language + "\"><body>" + c.page + "</body></html>"))
		if err != nil {
			t.Fatal(err)
		}
		r := &Report{}
		(&audience{folder: "board"}).putInEnglish(r, "index.html", doc)
		if got := text(doc); got != c.want || len(r.Findings) != c.findings {
			t.Errorf("%s: reads %q with %d findings, want %q with %d", c.name, got, len(r.Findings), c.want, c.findings)
		}
	}
}
