package dashboards

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"wherry/config"
	"wherry/dashboards/browser"
	"wherry/queries"
)

// shipped is a made-up site with the measures, views, contracts and code lists of the repository,
// which have no figures.
func shipped(t *testing.T, audience string) Site {
	t.Helper()
	s := madeUp(audience)
	p, err := config.Load(".", config.Files, nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := queries.Load(queries.Files)
	if err != nil {
		t.Fatal(err)
	}
	if s.Lineage, err = queries.ReadLineage(queries.Files); err != nil {
		t.Fatal(err)
	}
	s.Partnership, s.Results, s.Returns, s.Quarantined = p, nil, nil, nil
	for _, m := range c.Measures {
		s.Results = append(s.Results, &queries.Result{Measure: m})
	}
	return s
}

// analystsOf is the pages for analysts of a site, by name.
func analystsOf(t testing.TB, s Site) map[string]string {
	t.Helper()
	s.Editorial = editorial(t)
	b, err := newBuilder(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.analysts(); err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{}
	for name, text := range b.files {
		pages[name] = string(text)
	}
	return pages
}

// TestCatalogueOfTheRepository makes the pages of every measure and extract there is.
func TestCatalogueOfTheRepository(t *testing.T) {
	for _, audience := range []string{"board", "public"} {
		s := shipped(t, audience)
		pages := analystsOf(t, s)
		if want := len(s.Results) + len(s.Partnership.Contracts) + 3; len(pages) != want {
			t.Errorf("%s has %d files, want %d: one to a measure, one to an extract, the catalogue, the code lists and the script", audience, len(pages), want)
		}
		total := 0
		for name, page := range pages {
			total += len(page)
			if len(page) > browser.MostBytes {
				t.Errorf("%s: %s is %d bytes", audience, name, len(page))
			}
		}
		t.Logf("%s: %d files, %d kB", audience, len(pages), total>>10)
		for _, r := range s.Results {
			id := strings.ToLower(r.Measure.ID)
			page := pages["queries/"+id+".html"]
			if !strings.Contains(pages["catalogue.html"], `href="queries/`+id+`.html"`) || !strings.Contains(page, `id="source"`) {
				t.Errorf("%s: %s is not in the catalogue, or without its SQL", audience, r.Measure.ID)
			}
			for _, f := range r.Measure.Feeds {
				if !strings.Contains(page, `href="../feeds/`+f+`.html"`) || !strings.Contains(pages["feeds/"+f+".html"], `href="../queries/`+id+`.html"`) {
					t.Errorf("%s: %s and %s do not lead to each other", audience, r.Measure.ID, f)
				}
			}
		}
	}
}

// TestExamplesAreThoseOfTheFile: every number of a worked example stands in the text of the file
// on the same page. The auditor holds a published page to the same.
func TestExamplesAreThoseOfTheFile(t *testing.T) {
	tables := regexp.MustCompile(`(?s)<table class="example">.*?</table>`)
	markup := regexp.MustCompile(`<[^>]*>`)
	number := regexp.MustCompile(`\d+(\.\d+)?`)
	seen := 0
	for name, page := range analystsOf(t, shipped(t, "board")) {
		_, source, ok := strings.Cut(page, `<pre id="source"`)
		if !ok {
			continue
		}
		source, _, _ = strings.Cut(source, "</pre>")
		left := map[string]int{}
		trimmed := func(n string) string {
			if strings.Contains(n, ".") {
				n = strings.TrimRight(strings.TrimRight(n, "0"), ".")
			}
			return n
		}
		for _, n := range number.FindAllString(markup.ReplaceAllString(source, " "), -1) {
			left[trimmed(n)]++
		}
		for _, table := range tables.FindAllString(page, -1) {
			for _, n := range number.FindAllString(markup.ReplaceAllString(table, " "), -1) {
				seen++
				if left[trimmed(n)]--; left[trimmed(n)] < 0 {
					t.Errorf("%s: an example has %s more often than the file", name, n)
				}
			}
		}
	}
	if seen < 1000 {
		t.Errorf("only %d numbers were seen", seen)
	}
}

// TestQueryPage: a measure's own page leads to its columns, its rows and a command for the next.
func TestQueryPage(t *testing.T) {
	dir := written(t, madeUp("board"))
	page := read(t, dir, "queries", "rq1.html")
	for _, want := range []string{
		"core.agency_referral</summary>", "core.case_known</summary>", "One row per referral.", "reference.area",
		`<th scope="row">referring_agency</th><td>the measure</td>`, `<th scope="row">sex</th><td>core.agency_referral</td>`,
		"Read through a view. The header does not name it", "The day after is late.", "<td>1 of 2</td>",
		"wherry measure new referral-quality/name-of-the-file --id RQ3 --kind proportion", `href="../data/rq1.csv"`, "Counts from 1 to 5", `<td class="n">3,810</td>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %q", want)
		}
	}
	if strings.Contains(page, `<th scope="row">children</th>`) {
		t.Error("a column that nothing reads is named")
	}
	if !strings.Contains(read(t, dir, "measures", "rq1.html"), `href="../queries/rq1.html">How this is counted: SQL, definition, rows</a>`) {
		t.Error("the measure's page does not lead to how it is counted")
	}
}

// TestRowsOfReturnsStayHidden: a small return among large ones hides their sum, which is otherwise
// that of the numbers printed.
func TestRowsOfReturnsStayHidden(t *testing.T) {
	s := madeUp("public")
	for i := range s.Returns {
		if r := &s.Returns[i]; r.Feed == "agency_referral" && r.Period.Start.Equal(quarter().Start) {
			r.Rows = 7
		}
	}
	page := analystsOf(t, s)["queries/rq1.html"]
	_, table, _ := strings.Cut(page, `<table class="data returns">`)
	table, _, _ = strings.Cut(table, "</table>")
	if !strings.Contains(table, `<td class="n">3 of 3</td><td class="n">[c]</td>`) || strings.Contains(table, "2,5") {
		t.Errorf("a hidden number of rows follows from the table: %s", table)
	}
}

func TestFeedPage(t *testing.T) {
	dir := written(t, madeUp("board"))
	page := read(t, dir, "feeds", "agency_referral.html")
	for _, want := range []string{"Norfolk Constabulary, Children&#39;s services", "Every month", "21 days after the period ends", "6 years", "sent as Referral ref", "Date and time, cut to the hour",
		`href="../codes.html#codes-sex"`, `href="#rule-closed_before_open"`, "<code>closed_at &lt; received_at</code>", "The case closed before it was opened.",
		"closed_at is in extracts from 2026-04.", "sex keeps 1 as M, 2 as F.", "up to 20", `href="../queries/rq1.html"`, "The view core.agency_referral", `class="return on-time"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %q", want)
		}
	}
	if codes := read(t, dir, "codes.html"); !strings.Contains(codes, `id="codes-sex"`) || !strings.Contains(codes, "<td>1 April 2025</td>") || !strings.Contains(codes, `href="feeds/agency_referral.html"`) {
		t.Error("the code list is not told")
	}
}

// TestTheScriptIsSmallAndOptional: it is small, asks for nothing, and stands on no page but those
// for analysts.
func TestTheScriptIsSmallAndOptional(t *testing.T) {
	js, err := fs.ReadFile(Files, "assets/enhance.js")
	if err != nil {
		t.Fatal(err)
	}
	if len(js) > 6<<10 || regexp.MustCompile(`fetch\(|XMLHttp|import|eval|innerHTML|localStorage|cookie`).Match(js) {
		t.Errorf("the script has %d bytes, or does what it must not", len(js))
	}
	dir := written(t, madeUp("board"))
	for name := range tree(t, dir) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		page := read(t, dir, name)
		analysts := strings.HasPrefix(name, "queries/") || strings.HasPrefix(name, "feeds/") || name == "catalogue.html" || name == "codes.html"
		if ourScript.MatchString(page) != analysts || strings.Contains(page, "script-src 'self'") != analysts {
			t.Errorf("%s: a script is allowed or named, and that it should be is %v", name, analysts)
		}
		if strings.Contains(page, "<button") || strings.Contains(page, "<input") {
			t.Errorf("%s has a control that does nothing without the script", name)
		}
	}
}

func BenchmarkCatalogue(b *testing.B) {
	s := madeUp("board")
	c, err := queries.Load(queries.Files)
	if err != nil {
		b.Fatal(err)
	}
	s.Results = nil
	for _, m := range c.Measures {
		s.Results = append(s.Results, &queries.Result{Measure: m})
	}
	if s.Lineage, err = queries.ReadLineage(queries.Files); err != nil {
		b.Fatal(err)
	}
	if s.Partnership, err = config.Load(".", config.Files, nil); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		analystsOf(b, s)
	}
}
