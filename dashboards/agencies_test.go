package dashboards

import (
	"strings"
	"testing"
)

// TestThePageOfAgencies sets each agency's measures beside the whole, says what it sends, and leads to the tables.
func TestThePageOfAgencies(t *testing.T) {
	dir := written(t, madeUp("board"))
	page := read(t, dir, "agencies.html")
	holds(t, "agencies", page, `<h2 id="a-police">Norfolk Constabulary</h2>`, `<b>O</b> On time</span> Police incidents and crimes`, `href="data-quality.html#grid"`,
		`<a href="measures/ap3.html#by-agency">`, "Funnel plot.", "They are listed by name and never ranked", `aria-current="page">Agencies</a>`)
	if at, next := strings.Index(page, `id="a-leeway"`), strings.Index(page, `id="a-nidas"`); at < 0 || next < at {
		t.Error("agencies do not stand in the order of their names")
	}
	if strings.Contains(page, `id="a-not recorded"`) {
		t.Error("what is not recorded stands as an agency")
	}
}

// TestAPageOfAgenciesWithoutFigures says what would fill it.
func TestAPageOfAgenciesWithoutFigures(t *testing.T) {
	s := madeUp("board")
	s.Results = s.Results[:1]
	s.Results[0].Measure.Breakdowns = nil
	holds(t, "agencies", read(t, written(t, s), "agencies.html"), "No measure of this edition is divided by agency. The page fills from measures that are divided by", "data-quality.html")
}

func TestBreakdownsIntoAgenciesAreNamedOnceAsColumns(t *testing.T) {
	for says, a := range map[string]BoardAgencies{
		`agencies names "Referring agency", which is no column`: {Breakdowns: []string{"Referring agency"}},
		`agencies names "agency" twice`:                         {Breakdowns: []string{"agency"}, Teams: []string{"agency"}},
	} {
		var got []string
		a.check(func(msg, hint string) { got = append(got, msg) })
		if len(got) != 1 || !strings.HasPrefix(got[0], says) {
			t.Errorf("got %q, want %q", got, says)
		}
	}
}

// TestAMeasureLeadsBack to the pages that show it beside others, and to no others.
func TestAMeasureLeadsBack(t *testing.T) {
	dir := written(t, madeUp("board"))
	holds(t, "ma2", read(t, dir, "measures", "ma2.html"), `Also on: <a href="../areas/marac.html">MARAC engagement and oversight</a>, <a href="../districts/index.html">Districts</a>`)
	holds(t, "ap3", read(t, dir, "measures", "ap3.html"), `<a href="../agencies.html">Agencies</a></nav>`)
	if crumbs, _, _ := strings.Cut(read(t, dir, "measures", "sa9.html"), "<h1>"); strings.Contains(crumbs, "agencies.html\">Agencies</a></nav>") || strings.Contains(crumbs, "areas/") {
		t.Error("an estimate leads back to pages that do not show it")
	}
}
