package dashboards

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"wherry/dashboards/charts"
	"wherry/queries"
)

// one drawer serves every test: compiling ECharts takes a while, and what was drawn is kept.
var drawerOnce = sync.OnceValues(NewDrawer)

func drawer(t testing.TB) *charts.Drawer {
	t.Helper()
	d, err := drawerOnce()
	if err != nil {
		t.Fatalf("%v; `make test` does both", err)
	}
	return d
}

func editorial(t testing.TB) *Editorial {
	t.Helper()
	e, err := LoadEditorial(Files)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// written is the site of s in a folder of its own.
func written(t testing.TB, s Site) string {
	t.Helper()
	dir := t.TempDir()
	if s.Editorial == nil {
		s.Editorial = editorial(t)
	}
	writeWhole(t, dir, s, drawer(t))
	return dir
}

// writeWhole writes a site with what an audit would add to it.
func writeWhole(t testing.TB, dir string, s Site, d *charts.Drawer) {
	t.Helper()
	if err := Write(dir, s, d); err != nil {
		t.Fatal(err)
	}
	if err := WriteProtection(dir, s, hiddenIn(s)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "data", "protection.csv"), []byte("measure\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// hiddenIn is what an auditor may have found of a made-up site. The auditor's own report is
// made by pipelines: an empty one stands for it.
func hiddenIn(s Site) Protection {
	p := Protection{Checked: 12345, Earlier: 2}
	for i, r := range s.Results {
		p.Losses = append(p.Losses, Loss{Measure: r.Measure.ID, Figures: 1200, Hidden: 7 * i, Level: int64(1 + i%2), Least: 1, Most: int64(9 - i), Few: i})
	}
	return p
}

func read(t testing.TB, parts ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// tree is every file below dir with the hash of its bytes.
func tree(t testing.TB, dir string) map[string][32]byte {
	t.Helper()
	files := map[string][32]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = sha256.Sum256(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestSameSiteSameBytes(t *testing.T) {
	first := tree(t, written(t, madeUp("board")))
	fresh, err := NewDrawer()
	if err != nil {
		t.Fatal(err)
	}
	s := madeUp("board")
	s.Editorial = editorial(t)
	dir := t.TempDir()
	writeWhole(t, dir, s, fresh)
	second := tree(t, dir)
	if len(first) != len(second) {
		t.Errorf("the first time there are %d files, the second %d", len(first), len(second))
	}
	for name, hash := range first {
		if second[name] != hash {
			t.Errorf("%s differs", name)
		}
	}
}

func TestFilesOfASite(t *testing.T) {
	files := tree(t, written(t, madeUp("board")))
	for _, want := range []string{"index.html", "measures.html", "data-quality.html", "methods.html", "glossary.html", "accessibility.html", "changes.html", "exceptions.html", "actions.html", "areas/marac.html",
		"assets/site.css", "data/catalogue.json", "families/marac.html", "measures/rq1.html", "data/rq1.csv", "charts/rq1.svg",
		"catalogue.html", "codes.html", "queries/rq1.html", "feeds/agency_referral.html", "assets/enhance.js", "needs/index.html", "needs/return.html", "districts/index.html", "districts/e07000148.html", "agencies.html"} {
		if _, ok := files[want]; !ok {
			t.Errorf("there is no %s", want)
		}
	}
	for name := range files {
		if strings.HasSuffix(name, ".js") && name != "assets/enhance.js" || strings.ToLower(name) != name {
			t.Errorf("%s has no place in a site", name)
		}
	}
}

// TestHiddenNumbersStayHidden plants numbers in figures that may not be read, in every
// field, and looks for them in every file.
func TestHiddenNumbersStayHidden(t *testing.T) {
	const poison = 987654
	for _, audience := range []string{"board", "public"} {
		s := madeUp(audience)
		planted := 0
		for _, r := range s.Results {
			for i := range r.Figures {
				f := &r.Figures[i]
				if f.State == queries.Shown {
					continue
				}
				f.Value, f.Low, f.High, f.Numerator, f.Base, f.BaseShown, f.Open = poison, poison, poison, poison, poison, false, poison
				f.Slowest = queries.Slowest{State: queries.Shown, Days: poison, Low: poison, High: poison}
				f.Within = []queries.Share{{Days: 2, Value: poison}, {Days: 5, Value: poison}, {Days: 10, Value: poison}}
				planted++
			}
			for i := range r.Reading.Points {
				if f := &r.Reading.Points[i].Figure; f.State != queries.Shown {
					f.Value, f.Numerator, f.Base = poison, poison, poison
				}
			}
		}
		if planted < 20 {
			t.Fatalf("only %d hidden figures were planted", planted)
		}
		dir := written(t, s)
		for name := range tree(t, dir) {
			text := read(t, dir, name)
			for _, trace := range []string{"987654", "987,654", "98765"} {
				if strings.Contains(text, trace) {
					t.Errorf("%s: %s shows a hidden number", audience, name)
				}
			}
		}
	}
}

// TestSuppressedHeadline: a measure whose headline is hidden says so in its lead.
func TestSuppressedHeadline(t *testing.T) {
	s := madeUp("board")
	r := s.Results[0]
	for i := range r.Figures {
		f := &r.Figures[i]
		*f = queries.Figure{Period: f.Period, Area: f.Area, State: queries.Suppressed, Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
	}
	r.Reading = queries.Read(r, quarter(), s.Partnership.Area, 6, 6)
	dir := written(t, s)
	page := read(t, dir, "measures", "rq1.html")
	if !strings.Contains(page, "Not shown, to protect people in small groups.") {
		t.Error("the page does not say that the figure is hidden")
	}
	if !regexp.MustCompile(`rq1\.html">[^<]*</a></td>\s*<td role="cell" class="c-value"><strong class="figure">\[c\]`).MatchString(read(t, dir, "index.html")) {
		t.Error("the scorecard does not show [c]")
	}
}

func TestScorecardTellsEverything(t *testing.T) {
	s := madeUp("board")
	page := read(t, written(t, s), "index.html")
	total := 0
	for _, m := range regexp.MustCompile(`</svg><strong>(\d+)</strong></p>`).FindAllStringSubmatch(page, -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			t.Fatal(err)
		}
		total += n
	}
	if total != len(s.Results) {
		t.Errorf("the counts add up to %d, want %d", total, len(s.Results))
	}
	needs := page[strings.Index(page, `class="needs"`):strings.Index(page, `class="sheet"`)]
	concerns := 0
	for _, r := range s.Results {
		if r.Reading.Change == queries.Concern {
			concerns++
			if !strings.Contains(needs, "measures/"+strings.ToLower(r.Measure.ID)+".html") {
				t.Errorf("%s is of concern and the board is not told", r.Measure.ID)
			}
		}
	}
	if concerns == 0 {
		t.Error("the made-up site has no concern to tell of")
	}
	if !strings.Contains(page, "Agree a review of plans") || strings.Contains(page, "An ask of another quarter") {
		t.Error("the asks are not those of the quarter")
	}
	if !strings.Contains(page, "Illustrative data") || !strings.Contains(page, "OFFICIAL-SENSITIVE") {
		t.Error("the page is not marked")
	}
}

func TestManyConcernsAreAllListed(t *testing.T) {
	s := madeUp("board")
	for _, r := range s.Results {
		r.Reading.Change, r.Reading.Rule = queries.Concern, "outside"
	}
	page := read(t, written(t, s), "index.html")
	needs := page[strings.Index(page, `class="needs"`):strings.Index(page, `class="sheet"`)]
	for _, r := range s.Results {
		if !strings.Contains(needs, "measures/"+strings.ToLower(r.Measure.ID)+".html") {
			t.Errorf("%s is of concern and the board is not told", r.Measure.ID)
		}
	}
}

func TestPublicPages(t *testing.T) {
	dir := written(t, madeUp("public"))
	for name := range tree(t, dir) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		page := read(t, dir, name)
		if !strings.Contains(page, "Exit this page</a>") || !strings.Contains(page, "If any of this affects you") {
			t.Errorf("%s has no exit or no help", name)
		}
		if strings.Contains(page, "OFFICIAL") || strings.Contains(page, "The board is asked to") {
			t.Errorf("%s holds what only the board reads", name)
		}
	}
}

func TestDataFile(t *testing.T) {
	s := madeUp("board")
	rows, err := csv.NewReader(strings.NewReader(read(t, written(t, s), "data", "rq2.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[0], ","); got != "measure,period,period_kind,period_start,period_end,area,area_name,breakdown,category,value,unit,low,high,numerator,base,marker_value,marker_base" {
		t.Errorf("columns are %s", got)
	}
	if len(rows)-1 != len(s.Results[1].Figures) {
		t.Errorf("there are %d rows, want %d", len(rows)-1, len(s.Results[1].Figures))
	}
	hidden := 0
	for _, row := range rows[1:] {
		switch row[15] {
		case "c":
			hidden++
			if row[9] != "" || row[11] != "" || row[12] != "" || row[13] != "" || row[14] != "" || row[16] != "c" {
				t.Errorf("a hidden row shows something: %v", row)
			}
		case "", "p":
			if row[9] == "" {
				t.Errorf("a shown row has no value: %v", row)
			}
			if _, decimals, _ := strings.Cut(row[9], "."); len(decimals) > 1 {
				t.Errorf("a value has more decimals than its counts bear: %v", row)
			}
		}
	}
	if hidden == 0 {
		t.Error("no row is hidden: the test sees nothing")
	}
}

// TestDrawnAsPublished: a drawing is no finer than the data file.
func TestDrawnAsPublished(t *testing.T) {
	s := madeUp("board")
	for _, p := range inEnglish.chartPoints(s.Results[0].Measure, s.Results[0].Reading, seriesOf(s.Results[0], s.Partnership.Area)) {
		if !math.IsNaN(p.Value) && math.Abs(p.Value*10-math.Round(p.Value*10)) > 1e-9 {
			t.Fatalf("%s is drawn at %v", p.Name, p.Value)
		}
	}
}

func TestCatalogueFile(t *testing.T) {
	var c catalogueFile
	if err := json.Unmarshal([]byte(read(t, written(t, madeUp("public")), "data", "catalogue.json")), &c); err != nil {
		t.Fatal(err)
	}
	if c.Audience != "public" || c.HideUpTo != 10 || c.RoundTo != 5 || c.Quarter != "2026-27 Q2" || len(c.Measures) != 16 {
		t.Errorf("the catalogue is %+v", c)
	}
}

func TestFirstEditionHasNothingToCompare(t *testing.T) {
	if page := read(t, written(t, madeUp("board")), "changes.html"); !strings.Contains(page, "This is the first edition.") {
		t.Error("the page does not say that this is the first edition")
	}
}

func TestChangesSinceTheEditionBefore(t *testing.T) {
	before := madeUp("board")
	gone := *before.Results[9].Measure
	gone.ID, gone.Title = "XX9", "A measure that was withdrawn"
	before.Results = append(before.Results[:9:9], &queries.Result{Measure: &gone})
	f := &before.Results[0].Figures[35] // September 2026, of the whole
	f.Value -= 5
	hidden := &before.Results[1].Figures[34]
	*hidden = queries.Figure{Period: hidden.Period, Area: hidden.Area, State: queries.Suppressed, Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
	old := plainNumber(before.Results[0].Measure, f.Value)
	now := madeUp("board")
	now.Previous = written(t, before)
	dir := written(t, now)
	page := read(t, dir, "changes.html")
	for _, want := range []string{"Safe accommodation requests that were met", "A measure that was withdrawn", "Sep 2026", ">" + old + "<"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %q", want)
		}
	}
	if strings.Contains(page, "Aug 2026") {
		t.Error("a figure that was hidden before is given as revised")
	}
	if !strings.Contains(read(t, dir, "measures", "rq1.html"), "[p] [r]") {
		t.Error("the revised figure is not marked in its table")
	}
}

func TestDataQualityPage(t *testing.T) {
	page := read(t, written(t, madeUp("board")), "data-quality.html")
	for _, want := range []string{"Leeway, Safe accommodation referrals for July to September 2026, missing: it has not come; it is shown as not supplied, and never counted as nothing.", `<span class="return late"><b>L</b> Late</span>`,
		"A code was not on the agreed list.", "sent 2 times", `colspan="3"`,
		`<td class="day">Sep 2026</td><td>The case closed before it was opened.</td><td class="n">130</td>`, `<td>Filed at night.</td><td class="n">[c]</td>`,
		`<td class="n">1,280</td><td class="n">0</td><td class="n">140</td><td>On time`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %q", want)
		}
	}
	if strings.Contains(page, ">3</td>") || strings.Contains(page, "1,277") {
		t.Error("an exact or small number of rows is shown")
	}
}

func TestAMeasureOfNoFamilyIsAProblem(t *testing.T) {
	s := madeUp("board")
	s.Results[0].Measure.Family = "made-up-family"
	s.Editorial = editorial(t)
	err := Write(t.TempDir(), s, drawer(t))
	if err == nil || !strings.Contains(err.Error(), `measure RQ1 is in family "made-up-family"`) {
		t.Errorf("got %v", err)
	}
}
