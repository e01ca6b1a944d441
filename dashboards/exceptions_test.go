package dashboards

import (
	"strings"
	"testing"

	"wherry/queries"
)

// part is what a page has from one text to the next.
func part(t *testing.T, page, from, to string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, from)
	if !ok {
		t.Fatalf("the page does not hold %q", from)
	}
	rest, _, _ = strings.Cut(rest, to)
	return rest
}

// TestExceptionsAreTheMeasuresWithASignal: each once, in its group, with its sentence, the
// day it began and its small chart; none other.
func TestExceptionsAreTheMeasuresWithASignal(t *testing.T) {
	s := madeUp("board")
	page := read(t, written(t, s), "exceptions.html")
	holds(t, "exceptions", page, "about 0.4 would by chance alone", `href="methods.html#false"`)
	found := 0
	for _, r := range s.Results {
		link := `measures/` + strings.ToLower(r.Measure.ID) + `.html">`
		group := map[queries.Change]string{queries.Concern: "concern", queries.Improving: "improving", queries.Different: "changed"}[r.Reading.Change]
		if group == "" {
			if before, _, _ := strings.Cut(page, `id="grid"`); strings.Contains(before, link) {
				t.Errorf("%s shows no unusual change and is among the exceptions", r.Measure.ID)
			}
			continue
		}
		found++
		row := part(t, part(t, page, `<h2 id="`+group+`">`, "</section>"), link, "</tr>")
		holds(t, r.Measure.ID, row, `class="figure"`, "since "+inEnglish.periodName(r.Reading.Since), `class="spark`)
		if says := ReadingSentences(r); !strings.Contains(strings.ReplaceAll(row, "&#39;", "'"), says.Lead+" "+says.Change) {
			t.Errorf("the row of %s does not say %q", r.Measure.ID, says.Lead)
		}
	}
	if found < 3 {
		t.Errorf("the made-up site has %d signals: the test sees too little", found)
	}
	if c, i := strings.Index(page, `id="concern"`), strings.Index(page, `id="improving"`); c < 0 || i < c {
		t.Error("concern does not come first")
	}
}

func TestNewestExceptionsComeFirst(t *testing.T) {
	s := madeUp("board")
	var ids []string
	for i, r := range s.Results[:3] {
		r.Reading.Change, r.Reading.Rule = queries.Different, "outside"
		r.Reading.Since = quarter().Split("month")[i]
		ids = append(ids, strings.ToLower(r.Measure.ID))
	}
	group := part(t, read(t, written(t, s), "exceptions.html"), `<h2 id="changed">`, "</section>")
	first, second, last := strings.Index(group, ids[2]+".html"), strings.Index(group, ids[1]+".html"), strings.Index(group, ids[0]+".html")
	if first < 0 || second < first || last < second {
		t.Errorf("the changes stand at %d, %d and %d, the newest first", first, second, last)
	}
}

// TestEveryMeasureIsInTheGridOnce: the boxes add up to the measures, each under its own change
// and target.
func TestEveryMeasureIsInTheGridOnce(t *testing.T) {
	s := madeUp("board")
	grid := part(t, read(t, written(t, s), "exceptions.html"), `<table class="grid"`, "</table>")
	for _, r := range s.Results {
		if n := strings.Count(grid, `measures/`+strings.ToLower(r.Measure.ID)+`.html"`); n != 1 {
			t.Errorf("%s is in the grid %d times", r.Measure.ID, n)
		}
	}
	concern := part(t, grid, `class="concern"`, "</tr>")
	holds(t, "the row of concern", concern, "2 in all", `<span class="cell-label" aria-hidden="true">Not expected</span><strong>1</strong><ul><li><a href="measures/is1.html">`)
}

func TestNoExceptions(t *testing.T) {
	s := madeUp("board")
	for _, r := range s.Results {
		if r.Reading.Change != queries.TooFew {
			r.Reading.Change, r.Reading.Rule = queries.NoChange, ""
		}
	}
	page := read(t, written(t, s), "exceptions.html")
	holds(t, "exceptions", page, "No measure shows an unusual change this quarter.", "0 show an unusual latest point")
	if strings.Contains(page, "could all be chance") || strings.Contains(page, `class="scorecard`) {
		t.Error("the page speaks of signals that there are not")
	}
	for _, r := range s.Results {
		r.Reading.Change = queries.TooFew
	}
	holds(t, "exceptions", read(t, written(t, s), "exceptions.html"), "No measure can be judged this quarter", "Signals appear here once measures have 12 points.")
}
