package dashboards

import (
	"strings"
	"testing"
	"testing/fstest"
)

const noteHead = "---\nauthor: A lead\ndate: 2026-10-30\nbasis: not known\n---\n"

func TestCommentaryIsText(t *testing.T) {
	c, problems := parseCommentary("commentary/q/rq1.md", noteHead+"One & two\nthree.\n\n- **strong** a\n- [b](https://example.org/?a=1&b)\n")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := "<p>One &amp; two\nthree.</p>\n<ul>\n<li><strong>strong</strong> a</li>\n<li><a href=\"https://example.org/?a=1&amp;b\">b</a></li>\n</ul>"
	if got := string(c.HTML()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if !c.Draft() {
		t.Error("a note that nobody signed off is no draft")
	}
}

func TestWhatANoteMayNotHave(t *testing.T) {
	for text, want := range map[string]string{
		noteHead + "Text <script>alert(1)</script>\n":        "x/rq1.md:6: the note has HTML",
		noteHead + "<div>Text</div>\n":                       "the note has HTML",
		noteHead + "# Big\n":                                 "the note has a heading",
		noteHead + "![x](https://example.org/x.png)\n":       "the note has a picture",
		noteHead + "[x](javascript:alert(1))\n":              `a link to "javascript:alert(1)", which is no https address`,
		noteHead + "    code\n":                              "the note has a block of code",
		noteHead + "Fine.\n\nThe agency failed to attend.\n": `x/rq1.md:8: the note says "failed"`,
		noteHead + "\n":                                      "the note has no text",
		"---\nauthor: A\ndate: 2026-10-30\nbasis: not known\nsigned_off_by: B\n---\nText.\n": "signed_off_by and signed_off_on go together",
	} {
		_, problems := parseCommentary("x/rq1.md", text)
		if !strings.Contains(problems.Error(), want) {
			t.Errorf("%q: %v, want %q", text, problems, want)
		}
	}
	if _, problems := parseCommentary("x/edition.md", noteHead+"Text.\n"); !strings.Contains(problems.Error(), "has no basis") {
		t.Errorf("an edition's note with a basis: %v", problems)
	}
}

func TestSignedNoteIsShownApart(t *testing.T) {
	dir := written(t, madeUp("board"))
	page := read(t, dir, "measures", "rq1.html")
	for _, want := range []string{"Constabulary data lead (illustrative note), 30 October 2026", "Signed off: Chief Superintendent", "Basis: fits the timing.", "Referral quality group, due 31 January 2027"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %q", want)
		}
	}
	if !strings.Contains(read(t, dir, "measures", "rq2.html"), "Awaiting comment") {
		t.Error("a page without a note does not say that one is awaited")
	}
	if index := read(t, dir, "index.html"); !strings.Contains(index, "Chair of the partnership board (illustrative note) writes") {
		t.Error("the scorecard lacks the note on the edition")
	}
}

// TestDraftsAreForRestrictedPages: a draft is marked on the board's pages and kept off the
// public's.
func TestDraftsAreForRestrictedPages(t *testing.T) {
	files := fstest.MapFS{"commentary/2026-27-Q2/rq1.md": {Data: []byte(noteHead + "Not yet agreed by anybody.\n")}}
	for audience, shown := range map[string]bool{"board": true, "public": false} {
		s := madeUp(audience)
		s.Editorial = editorial(t)
		s.Editorial.notes = map[string]*Commentary{}
		if ps := s.Editorial.loadCommentary(files); len(ps) > 0 {
			t.Fatal(ps)
		}
		page := read(t, written(t, s), "measures", "rq1.html")
		if strings.Contains(page, "Not yet agreed") != shown || strings.Contains(page, ">Draft<") != shown || strings.Contains(page, "Awaiting comment") == shown {
			t.Errorf("%s: the draft is not as it should be", audience)
		}
	}
}

func TestNotesOnNoMeasure(t *testing.T) {
	e := editorial(t)
	if ps := e.checkNotes([]string{"RQ1", "SI1", "TR1"}); len(ps) > 0 {
		t.Error(ps)
	}
	if ps := e.checkNotes([]string{"RQ1", "SI1"}); !strings.Contains(ps.Error(), `commentary/2026-27-Q2/tr1.md: there is no measure "TR1" to write of`) {
		t.Error(ps)
	}
}
