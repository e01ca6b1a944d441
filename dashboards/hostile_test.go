package dashboards

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestNothingLeaves: no file names an address outside, but for the links that readers are
// given in words.
func TestNothingLeaves(t *testing.T) {
	allowed := regexp.MustCompile(`https://www\.bbc\.co\.uk/weather|https://www\.womensaid\.org\.uk/covering-your-tracks-online/|http://www\.w3\.org/2000/svg|http://www\.w3\.org/ns/csvw`)
	for _, audience := range []string{"board", "public"} {
		dir := written(t, madeUp(audience))
		for name := range tree(t, dir) {
			text := allowed.ReplaceAllString(read(t, dir, name), "")
			if at := strings.Index(text, "http:"); at >= 0 {
				t.Errorf("%s/%s: %s", audience, name, text[at:min(at+60, len(text))])
			}
			if at := strings.Index(text, "https:"); at >= 0 {
				t.Errorf("%s/%s: %s", audience, name, text[at:min(at+60, len(text))])
			}
		}
	}
}

// ourScript is the one script that a page may name.
var ourScript = regexp.MustCompile(`<script src="(\.\./)?assets/enhance\.js" defer blocking="render"></script>`)

func TestHostileWords(t *testing.T) {
	s := madeUp("board")
	const bad = `<script>alert(1)</script>"'></title>`
	m := s.Results[0].Measure
	m.Title, m.Short, m.CannotTell, m.SQL, m.Counts, m.Text, m.Examples[0].Name = bad, bad, bad, bad, bad, bad, bad
	s.Partnership.Contracts[0].Title, s.Partnership.Contracts[1].Columns[0].Note = bad, bad
	for i := range s.Results[0].Figures {
		if f := &s.Results[0].Figures[i]; f.Category == "0-4" {
			f.Category = bad
		}
	}
	s.Partnership.Events[0].Title = bad
	s.Audience.Marking = `"}@import "x`
	dir := written(t, s)
	for name := range tree(t, dir) {
		text := ourScript.ReplaceAllString(read(t, dir, name), "")
		if strings.HasSuffix(name, ".html") || strings.HasSuffix(name, ".svg") {
			if strings.Contains(text, "<script") || strings.Contains(text, `"'></title>`) {
				t.Errorf("%s holds markup from words", name)
			}
		}
		if name == "assets/site.css" && strings.Contains(text, "@import") && strings.Contains(text, `"}@`) {
			t.Error("the style sheet holds rules from words")
		}
	}
}

func TestWriteNeedsABoard(t *testing.T) {
	s := madeUp("board")
	s.Editorial = editorial(t)
	s.Audience.ID = "auditors"
	if err := Write(t.TempDir(), s, drawer(t)); err == nil || !strings.Contains(err.Error(), "dashboards/boards/auditors.yaml") {
		t.Errorf("got %v", err)
	}
}

func TestCSSStringIsQuoted(t *testing.T) {
	if got := cssString(`A"}<`); got != `"A\000022\00007d\00003c"` {
		t.Errorf("got %s", got)
	}
}

func TestTidyKeepsCode(t *testing.T) {
	m := madeUp("board")
	m.Results[0].Measure.SQL = "select\n    a,\n\n    b\nfrom core.agency_referral"
	if page := read(t, written(t, m), "measures", "rq1.html"); !bytes.Contains([]byte(page), []byte("select\n    a,\n\n    b\nfrom core.agency_referral")) {
		t.Error("the SQL has lost its indentation")
	}
}

// TestSymbols: a page carries the symbols that it uses, and no others.
func TestSymbols(t *testing.T) {
	dir := written(t, madeUp("board"))
	used := regexp.MustCompile(`<use href="#([^"]+)"`)
	carried := regexp.MustCompile(`<symbol id="([^"]+)"`)
	ids := func(form *regexp.Regexp, text string) []string {
		var all []string
		for _, m := range form.FindAllStringSubmatch(text, -1) {
			all = append(all, m[1])
		}
		slices.Sort(all)
		return slices.Compact(all)
	}
	for _, name := range []string{"index.html", "methods.html", "glossary.html", "measures/rq1.html"} {
		text := read(t, append([]string{dir}, strings.Split(name, "/")...)...)
		if got, want := ids(carried, text), ids(used, text); !slices.Equal(got, want) {
			t.Errorf("%s carries %v and uses %v", name, got, want)
		}
	}
	if text := read(t, dir, "index.html"); len(ids(used, text)) < 2 {
		t.Error("the scorecard uses hardly any symbol")
	}
}
