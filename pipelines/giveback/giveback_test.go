package giveback

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"time"

	"wherry/config"
	"wherry/dashboards/browser"
	"wherry/dashboards/workbook/rules"
	"wherry/pipelines/intake"
	"wherry/pipelines/warehouse"
	"wherry/queries"
)

var asAt = config.Day(2026, time.October, 31)

// told is the facts about an agency that sends one feed by month, with deliveries as given.
func told(deliveries []*warehouse.Delivery, refusedFiles ...intake.Outcome) *facts {
	p := &config.Partnership{}
	p.Name, p.CutOffDays, p.Contact.Email = "Norfolk", 30, "data@example.org"
	p.Contracts = []*config.Contract{{Feed: "visit", Title: "Visits", Agencies: []string{"north"}, Every: config.Month, Starts: "2026-01", DueDays: 10,
		Columns: []config.Column{{Name: "on", Type: "date", Format: "%d/%m/%Y"}, {Name: "n", Type: "integer"}}}}
	f := &facts{Agency: "North", Partnership: p.Name, AsAt: asAt, Quarter: p.LatestQuarter(asAt), Contact: p.Contact, Edition: "2026-27-Q2-0123456789ab"}
	for _, o := range refusedFiles {
		f.Refused = append(f.Refused, refused{o.File, "It " + o.Message + ".", sentence(o.Hint)})
	}
	f.rows(p, "north", deliveries)
	f.trends(p, "north", deliveries)
	f.next(p, "north")
	sept, _ := config.ParsePeriod("2026-09")
	f.returns(p, "north", []queries.Return{{Agency: "north", Feed: "visit", Period: sept, Due: config.Day(2026, time.October, 12), Arrived: config.Day(2026, time.October, 14),
		Rows: 1200, Quarantined: 3, Submission: 1, Status: "late", Remarks: []queries.Remark{{Kind: queries.Partial, Detail: "no rows from 16 September to 30 September 2026"}}}})
	june, _ := config.ParsePeriod("2026-06")
	f.late(p, "north", []queries.LateRows{{Agency: "north", Feed: "visit", Period: june, With: sept, Rows: 1012, Received: 4},
		{Agency: "north", Feed: "visit", Period: june, With: june.Shift(-1), Rows: 77}, {Agency: "south", Feed: "visit", Period: june, With: sept, Rows: 78}})
	f.uses(p, "north", []*queries.Measure{{ID: "RQ1", Title: "Visits with every detail", Feeds: []string{"visit"}}, {ID: "RQ9", Title: "Of others", Feeds: []string{"other"}}})
	f.Filled = []filled{{"Visits", "n", 61.2, 83.9}}
	return f
}

func faulty() []*warehouse.Delivery {
	reasons := []warehouse.Reason{{Line: 7, Rule: "not_a_date", Column: "on"}, {Line: 9, Rule: "not_a_date", Column: "on"}, {Line: 9, Rule: "not_an_integer", Column: "n"}, {Line: 30, Rule: "malformed_line"}}
	return []*warehouse.Delivery{
		{ID: "1", Agency: "north", Feed: "visit", Period: "2026-06", Submission: 1, Extract: "visit_2026-06.csv", Accepted: 800},
		{ID: "2", Agency: "north", Feed: "visit", Period: "2026-09", Submission: 1, Extract: "visit_2026-09.csv", Accepted: 1197, Quarantined: 3, Reasons: reasons},
		{ID: "3", Agency: "south", Feed: "visit", Period: "2026-09", Submission: 1, Extract: "visit_2026-09.csv", Accepted: 5, Quarantined: 1, Reasons: reasons[:1]},
	}
}

func written(t *testing.T, f *facts) string {
	t.Helper()
	var html bytes.Buffer
	if err := page.Execute(&html, f); err != nil {
		t.Fatal(err)
	}
	book, err := f.book()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, data := range map[string][]byte{"index.html": html.Bytes(), Workbook: book} {
		if err := place(filepath.Join(dir, name), data); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestTheSenderCanPutItRightFromThePageAlone(t *testing.T) {
	dir := written(t, told(faulty(), intake.Outcome{File: "visits.csv", Message: "has a name that gives no month", Hint: "write the month as 2026-09"}))
	b, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	html := string(b)
	for _, want := range []string{
		"There is something to put right.", "we hold 2 files of yours with 1,997 rows loaded. 3 rows are kept out until put right, and 1 file was not loaded at all.",
		"<li><strong>Visits, column on</strong>: Write the date as 30/09/2026. (2 rows in 1 file.)</li>",
		`<th scope="row">visit_2026-09.csv</th><td class="n">9</td><td>n</td><td>not_an_integer</td><td>Write a whole number, without spaces or words.</td>`,
		"<td>the whole row</td><td>malformed_line</td>",
		"It has a name that gives no month.", "Write the month as 2026-09.", "send all of it, not only the rows that were wrong",
		`<td class="n">1,203</td><td>Late; partial: no rows from 16 September to 30 September 2026</td>`,
		`<th scope="row">Visits</th><td class="n">3</td><td class="n">0</td><td>more</td>`, "61%", "84%",
		`<tr><th scope="row">Visits</th><td>June 2026</td><td>September 2026</td><td class="n">1,012</td><td class="n">4</td></tr>`,
		"Visits for October 2026: by 10 November 2026", "2026-27-Q2-0123456789ab", "Visits with every detail (RQ1), from Visits",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the page does not hold %q", want)
		}
	}
	if strings.Index(html, "Write the date") > strings.Index(html, "Write a whole number") {
		t.Error("the reason with the most rows does not come first")
	}
	if strings.Contains(html, ">77<") || strings.Contains(html, ">78<") {
		t.Error("the page lists late rows of another quarter or sender")
	}
	if strings.Contains(html, "RQ9") {
		t.Error("the page names a measure that does not read the agency's returns")
	}
	found, err := rules.Check(filepath.Join(dir, Workbook))
	if err != nil || len(found) > 0 {
		t.Errorf("the workbook breaks %v, %v", found, err)
	}
}

func TestPutRightIsCleared(t *testing.T) {
	corrected := append(faulty(), &warehouse.Delivery{ID: "4", Agency: "north", Feed: "visit", Period: "2026-09", Submission: 2, Extract: "visit_2026-09_corrected.csv", Accepted: 1200})
	dir := written(t, told(corrected))
	html, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(html), "All that you sent is in order.") || strings.Contains(string(html), "not_a_date") {
		t.Error("a resubmission without faults leaves the page as it was")
	}
	found, err := rules.Check(filepath.Join(dir, Workbook))
	if err != nil || len(found) > 0 {
		t.Errorf("the workbook breaks %v, %v", found, err)
	}
}

// TestInABrowser holds the page against what dashboards promise: axe-core, HTML_CodeSniffer and
// html-validate, without sideways scrolling at 1280, 400 and 320 pixels.
func TestInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no browser is started")
	}
	r, err := browser.Check(t.Context(), written(t, told(faulty(), intake.Outcome{File: "visits.csv", Message: "has a name that gives no month"})), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Err(); err != nil || r.Pages != 1 || r.Rules < 30 {
		t.Errorf("%d page, %d rules passed: %v", r.Pages, r.Rules, err)
	}
}
