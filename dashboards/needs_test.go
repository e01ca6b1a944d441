package dashboards

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wherry/config"
	"wherry/queries"
)

// TestNeedsPage: from a heading of the assessment to the number, its range, what it rests on,
// its source, and a link to its table; and what data cannot say.
func TestNeedsPage(t *testing.T) {
	s := madeUp("board")
	dir := written(t, s)
	page := read(t, dir, "needs", "index.html")
	holds(t, "the needs page", page, `<a href="#demand">Prevalence and demand</a>`, `href="../measures/sa9.html#table"`, "What this cannot tell you", "For people to write",
		"What children in safe accommodation said.", `<a class="button" href="return.html">`, "Not in this edition: ")
	var met *queries.Result
	for _, r := range s.Results {
		if r.Measure.ID == "SA2" {
			met = r
		}
	}
	row := part(t, page, `href="../measures/sa2.html#table"`, "</tr>")
	holds(t, "the line of SA2", row, inEnglish.figureAmount(met.Measure, met.Reading.Headline), inEnglish.interval(met.Measure, met.Reading.Headline), thousands(float64(met.Reading.Headline.Base), 0))
	own := read(t, dir, "measures", "sa9.html")
	shapes := drawn.FindAllString(part(t, page, `id="estimate"`, "</section>"), -1)
	if len(shapes) == 0 {
		t.Error("the estimate is not drawn")
	}
	for _, svg := range shapes {
		if !strings.Contains(own, svg) {
			t.Error("the estimate is not drawn as on its own page")
		}
	}
}

func TestReturnCells(t *testing.T) {
	s := madeUp("board")
	s.Editorial = editorial(t)
	s.Editorial.Needs.Return.Cells = []ReturnCell{
		{Cell: "Requests", Measure: "SA2", Number: "base"}, {Cell: "Requests met", Measure: "SA2", Number: "numerator"}, {Cell: "Spending", Why: "nobody counts it"}, {Cell: "Nights", Measure: "SA5", Number: "base"}}
	for _, r := range s.Results {
		if r.Measure.ID != "SA2" {
			continue
		}
		year, _ := config.ParsePeriod("2025-26")
		f := r.Reading.Headline
		f.Period, f.State, f.Value, f.Numerator, f.Base, f.BaseShown = year, queries.Shown, 60, 120, 200, true
		old := f
		old.Period, old.State, old.BaseShown = year.Shift(-1), queries.Suppressed, false
		r.Figures = append(r.Figures, f, old)
	}
	page := read(t, written(t, s), "needs", "return.html")
	holds(t, "the return", page, "Apr 2025 to Mar 2026, beside the year before", "<strong>Spending</strong>: nobody counts it.", "<strong>Nights</strong>: no figure for the year is in this edition.")
	holds(t, "its base", part(t, page, `<th scope="row">Requests</th>`, "</tr>"), "<strong>200</strong>", `<td class="n">[c]</td>`)
	holds(t, "its numerator", part(t, page, `<th scope="row">Requests met</th>`, "</tr>"), "<strong>120</strong>", `<a href="../measures/sa2.html#table">SA2</a>`)
}

// TestWithoutNeeds: a partnership that has no needs.yaml has no page on needs, and no link to one.
func TestWithoutNeeds(t *testing.T) {
	s := madeUp("board")
	s.Editorial = editorial(t)
	s.Editorial.Needs = nil
	dir := written(t, s)
	for _, name := range slices.Sorted(maps.Keys(tree(t, dir))) {
		if strings.HasPrefix(name, "needs/") || strings.HasSuffix(name, ".html") && strings.Contains(read(t, dir, name), "needs/index.html") {
			t.Errorf("%s speaks of a page that is not there", name)
		}
	}
}

func TestNeedsFaults(t *testing.T) {
	faulty := `title: ""
sections:
  - {slug: A b, title: "", figures: []}
  - {slug: x, title: X, cannot: Much}
  - {slug: x, title: X, cannot: Much}
return:
  cells:
    - {cell: "", why: unknown}
    - {cell: Both, measure: SA2, why: unknown}
    - {cell: Wrong, measure: SA2, number: all}
`
	_, ps := loadNeeds(fstest.MapFS{"needs.yaml": {Data: []byte(faulty)}})
	for _, want := range []string{"title and sections must be given", `section "A b" needs a title and a slug`, `section "A b" holds nothing`, `section "x" is listed twice`,
		"a cell of the return has no name", `cell "Both" needs a measure, or why`, `cell "Wrong" asks for number "all"`} {
		if !strings.Contains(ps.Error(), want) {
			t.Errorf("not told: %s\n%v", want, ps)
		}
	}
	if _, ps := loadNeeds(fstest.MapFS{"needs.yaml": {Data: []byte("title: X\ncolour: red\n")}}); !strings.Contains(ps.Error(), "needs.yaml:2") {
		t.Errorf("an unknown key: %v", ps)
	}
	e := editorial(t)
	e.Needs.Sections[0].Figures = []NeedsFigure{{Measure: "SA99"}}
	if ps := e.CheckMeasures([]string{"RQ1"}); !strings.Contains(ps.Error(), `section demand names measure "SA99"`) {
		t.Errorf("an unknown measure: %v", ps)
	}
}

// TestDistrictPages: each district by name, with its figures, intervals and what differs.
func TestDistrictPages(t *testing.T) {
	s := madeUp("board")
	dir := written(t, s)
	index := read(t, dir, "districts", "index.html")
	last := -1
	for _, d := range districtCodes {
		at := strings.Index(index, `<a href="`+strings.ToLower(d[0])+`.html">`)
		if at <= last {
			t.Errorf("%s is not linked to, or not in the order of names", d[1])
		}
		last = at
		page := read(t, dir, "districts", strings.ToLower(d[0])+".html")
		if !strings.Contains(page, "<h1>"+strings.ReplaceAll(d[1], "'", "&#39;")+"</h1>") || !strings.Contains(page, "never ranked") {
			t.Errorf("the page of %s is not its own", d[1])
		}
		if strings.Count(page, "#by-district") == 0 {
			t.Errorf("the page of %s has no figure", d[1])
		}
	}
}

func TestComparison(t *testing.T) {
	whole := queries.Figure{State: queries.Shown, Value: 50}
	for want, f := range map[string]queries.Figure{
		"Higher":       {State: queries.Shown, Value: 60, Low: 51, High: 70},
		"Lower":        {State: queries.Shown, Value: 40, Low: 30, High: 49},
		"Similar":      {State: queries.Shown, Value: 45, Low: 40, High: 50},
		"Not compared": {State: queries.Suppressed},
	} {
		if got := comparison(f, whole); got != want {
			t.Errorf("%+v is %s, want %s", f, got, want)
		}
	}
}
