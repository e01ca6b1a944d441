package dashboards

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"wherry/config"
	"wherry/dashboards/charts"
	"wherry/queries"
)

// forbidden is wording that blames, weighs a number or claims a cause.
var forbidden = regexp.MustCompile(`(?i)\b(fail\w*|poor\w*|breach\w*|good news|soar\w*|slump\w*|dropped|due to|led to|because of|alleged\w*|hard to reach|repeat victims?|non-?complian\w*|domestics|domestic (incident|violence|dispute)s?|refus\w*|only|just|sadly|unfortunately)\b`)

// named takes out the law's own names for things.
var named = strings.NewReplacer("Independent domestic violence adviser", "", "Domestic Violence Disclosure Scheme", "")

// TestWordList reads every word that the house itself puts before a reader.
func TestWordList(t *testing.T) {
	markup := regexp.MustCompile(`(?s)\{\{.*?\}\}|<[^>]*>|^#.*$`)
	files := 0
	err := fs.WalkDir(Files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !regexp.MustCompile(`\.(html|yaml|md)$`).MatchString(path) || strings.HasSuffix(path, "README.md") {
			return err
		}
		files++
		text, err := fs.ReadFile(Files, path)
		for i, line := range strings.Split(string(text), "\n") {
			plain := named.Replace(markup.ReplaceAllString(line, " "))
			if w := forbidden.FindString(plain); w != "" {
				t.Errorf("%s:%d says %q", path, i+1, w)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 12 {
		t.Errorf("only %d files were read", files)
	}
}

// TestPagesKeepTheWordList reads whole pages, with the words that Go code puts there.
func TestPagesKeepTheWordList(t *testing.T) {
	dir := written(t, madeUp("board"))
	markup := regexp.MustCompile(`(?s)<pre.*?</pre>|<[^>]*>`)
	for name := range tree(t, dir) {
		if strings.HasSuffix(name, ".html") {
			plain := named.Replace(markup.ReplaceAllString(read(t, dir, name), " "))
			if w := forbidden.FindString(plain); w != "" {
				t.Errorf("%s says %q", name, w)
			}
		}
	}
}

// TestContrast works out every pair of colours that carries meaning.
func TestContrast(t *testing.T) {
	css := cssTokens(t)
	for _, c := range []struct {
		ink, ground string
		least       float64
	}{
		{"ink", "white", 7}, {"ink", "band", 7}, {"ink", "surface", 7}, {"ink", "focus", 7}, {"ink-2", "white", 4.5}, {"ink-2", "surface", 4.5}, {"ink-2", "band", 4.5},
		{"link", "white", 4.5}, {"link", "surface", 4.5}, {"navy", "white", 4.5}, {"white", "navy", 4.5}, {"white", "link", 4.5}, {"white", "marking", 4.5}, {"white", "ink", 7},
		{"improve", "white", 4.5}, {"concern", "white", 4.5}, {"changed", "white", 4.5}, {"target", "white", 4.5}, {"target", "illustrative", 4.5},
		{"provisional-ink", "provisional", 4.5}, {"usual", "white", 3}, {"line", "white", 3}, {"line", "band", 3}, {"improve", "band", 3}, {"concern", "band", 3}, {"changed", "band", 3}, {"usual", "band", 3},
	} {
		if got := contrast(t, css[c.ink], css[c.ground]); got < c.least {
			t.Errorf("%s on %s is %.2f, want at least %v", c.ink, c.ground, got, c.least)
		}
	}
	if got := contrast(t, "#000000", "#FFFFFF"); math.Abs(got-21) > 1e-9 {
		t.Errorf("black on white is %v: the sum is wrong", got)
	}
	if got := contrast(t, "#0B0C0C", "#FFFFFF"); math.Abs(got-19.59) > .01 {
		t.Errorf("ink on white is %.2f, want 19.59", got)
	}
}

func TestChartsHaveTheColoursOfThePage(t *testing.T) {
	css := cssTokens(t)
	for name, want := range map[string]string{"ink": charts.Ink, "ink-2": charts.Ink2, "line": charts.Line, "band": charts.Band, "navy": charts.Navy,
		"improve": charts.Improve, "concern": charts.Concern, "changed": charts.Neutral, "usual": charts.Usual, "target": charts.Target, "white": charts.Ground} {
		if css[name] != want {
			t.Errorf("%s is %s in the style sheet and %s in charts", name, css[name], want)
		}
	}
}

func cssTokens(t *testing.T) map[string]string {
	t.Helper()
	css, err := fs.ReadFile(Files, "assets/site.css")
	if err != nil {
		t.Fatal(err)
	}
	tokens := map[string]string{}
	for _, m := range regexp.MustCompile(`--([\w-]+): (#[0-9A-F]{6});`).FindAllStringSubmatch(string(css), -1) {
		tokens[m[1]] = m[2]
	}
	return tokens
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (math.Max(x, y) + .05) / (math.Min(x, y) + .05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) != 7 {
		t.Fatalf("%q is no colour", hex)
	}
	var channels [3]float64
	for i := range channels {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		v := float64(n) / 255
		if v <= .04045 {
			channels[i] = v / 12.92
		} else {
			channels[i] = math.Pow((v+.055)/1.055, 2.4)
		}
	}
	return .2126*channels[0] + .7152*channels[1] + .0722*channels[2]
}

// TestPrintIsApart: a breakpoint without "screen" would take paper for a narrow window.
func TestPrintIsApart(t *testing.T) {
	css, err := fs.ReadFile(Files, "assets/site.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`@media[^{]*width[^{]*`).FindAllString(string(css), -1) {
		if !strings.Contains(m, "screen and") {
			t.Errorf("%q also takes print", m)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		kind queries.Kind
		v    float64
		want string
	}{
		{queries.Mean, 34.26, "34.3 units"}, {queries.PairedChange, .62, "0.62 units"}, {queries.PairedChange, -1.25, "-1.2 units"}, {queries.Estimate, 14233, "14,233 units"},
		{queries.Proportion, 76.4, "76%"}, {queries.Proportion, 0, "0%"}, {queries.Proportion, .2, "0.2%"}, {queries.Proportion, 99.7, "99.7%"}, {queries.Proportion, 100, "100%"},
		{queries.Count, 1278, "1,278"}, {queries.Count, 1234567, "1,234,567"}, {queries.Rate, 12.34, "12.3"}, {queries.Rate, 123.4, "123"},
		{queries.Duration, 1, "1 day"}, {queries.Duration, 6, "6 days"}, {queries.Duration, 2.5, "2.5 days"},
	} {
		if got := inEnglish.amount(&queries.Measure{Kind: c.kind, MeasuredIn: "units"}, c.v); got != c.want {
			t.Errorf("%v of kind %s is %q, want %q", c.v, c.kind, got, c.want)
		}
	}
	if got := thousands(-.04, 1); got != "0.0" {
		t.Errorf("a small negative number is %q", got)
	}
}

func TestMarks(t *testing.T) {
	for state, want := range map[queries.State]string{queries.Shown: "", queries.Suppressed: "[c]", queries.NotSupplied: "[x]", queries.NotApplicable: "[z]", queries.Pending: "[p]", queries.Broken: "[b]"} {
		if got := mark(state); got != want {
			t.Errorf("%s is marked %q, want %q", state, got, want)
		}
	}
	if got := counted(12, false, queries.Figure{State: queries.Shown}); got != "[c]" {
		t.Errorf("a base that is not shown is %q, want [c]", got)
	}
}

func TestVerdicts(t *testing.T) {
	m := &queries.Measure{Kind: queries.Duration, Better: "down", Target: &queries.Target{Value: 5}}
	for assurance, want := range map[queries.Assurance]string{queries.Expected: "Expected to meet", queries.NotExpected: "Not expected", queries.MayOrMayNot: "May or may not meet", queries.TooEarly: "Too early to say"} {
		v := inEnglish.assured(m, queries.Reading{Assurance: assurance})
		if v.Word != want || v.Detail != "at most 5 days target" {
			t.Errorf("%s is %+v", assurance, v)
		}
	}
	for _, c := range []struct {
		got, want int
		unusual   unusual
		word      string
		more      string
	}{
		{6, 6, unusual{}, "Good", ""}, {5, 6, unusual{}, "Fair", ""}, {3, 4, unusual{}, "Fair", ""}, {4, 6, unusual{}, "Weak", ""}, {0, 6, unusual{}, "Weak", ""}, {0, 0, unusual{}, "Good", ""},
		{1, 1, unusual{partial: 1}, "Weak", "It is partial."},
		{1, 1, unusual{small: 1}, "Weak", "It is unusually small."},
		{1, 1, unusual{large: 1}, "Fair", "It is unusually large."},
		{9, 9, unusual{partial: 1}, "Fair", "1 of them is partial."},
		{9, 9, unusual{partial: 2, small: 1}, "Weak", "2 of them are partial, 1 is unusually small."},
		{8, 9, unusual{small: 1, large: 2}, "Fair", "1 of them is unusually small, 2 are unusually large."},
		{3, 4, unusual{partial: 1}, "Weak", "1 of them is partial."},
		{0, 4, unusual{partial: 1}, "Weak", ""},
	} {
		if v := inEnglish.trusted(queries.Reading{Returns: c.got, ReturnsExpected: c.want}, c.unusual); v.Word != c.word || v.More != c.more {
			t.Errorf("%d of %d returns, %+v, is %s: %s; want %s: %s", c.got, c.want, c.unusual, v.Word, v.More, c.word, c.more)
		}
	}
	up := inEnglish.changed(queries.Reading{Change: queries.Concern, High: true}, "above usual range")
	if up != (verdict{Icon: "concern-up", Class: "concern", Word: "Concern", Detail: "above usual range"}) {
		t.Errorf("a high concern is %+v", up)
	}
}

func TestCategoriesInOrder(t *testing.T) {
	figure := func(category string, v float64, s queries.State) queries.Figure {
		return queries.Figure{Category: category, Value: v, State: s}
	}
	bands := []queries.Figure{figure("not recorded", 9, queries.Shown), figure("10-14", 1, queries.Shown), figure("5-9", 7, queries.Suppressed), figure("unborn", 8, queries.Shown), figure("0-4", 3, queries.Shown)}
	inOrder(&queries.Measure{}, bands)
	if got := names(bands); got != "unborn 0-4 5-9 10-14 not recorded" {
		t.Errorf("bands are in the order %s", got)
	}
	others := []queries.Figure{figure("unknown", 90, queries.Shown), figure("zinc", 0, queries.Suppressed), figure("b", 5, queries.Shown), figure("a", 7, queries.Shown), figure("alum", 99, queries.Suppressed)}
	inOrder(&queries.Measure{}, others)
	if got := names(others); got != "a b alum zinc unknown" {
		t.Errorf("categories are in the order %s: the place of a hidden one must say nothing", got)
	}
}

func names(fs []queries.Figure) string {
	var ns []string
	for _, f := range fs {
		ns = append(ns, f.Category)
	}
	return strings.Join(ns, " ")
}

func TestSeriesHasNoHolesInTime(t *testing.T) {
	months := config.Containing(config.Month, config.Day(2026, 1, 1))
	r := &queries.Result{Measure: &queries.Measure{}, Figures: []queries.Figure{
		{Period: months, Area: "W", State: queries.Shown, Value: 1}, {Period: months.Shift(3), Area: "W", State: queries.Shown, Value: 2}}}
	series := seriesOf(r, "W")
	if len(series) != 4 || series[1].Figure.State != queries.NotApplicable {
		t.Errorf("the series is %+v", series)
	}
}

func TestEditorialProblemsAreAllTold(t *testing.T) {
	files := fstest.MapFS{
		"boards/board.yaml":            {Data: []byte("audience: board\ntitle: Review\nheadlines: News\ncolour: red\n")},
		"boards/public.yaml":           {Data: []byte("audience: public\ntitle: Review\nheadlines: News\nfamilies:\n  - {slug: a, title: A}\n  - {slug: a, title: A}\naccessibility: {status: fully compliant}\n")},
		"glossary.yaml":                {Data: []byte("- {term: X, means: Y, anchor: x}\n- {term: Z, means: Y, anchor: x}\n")},
		"names.yaml":                   {Data: []byte("brag: status\n")},
		"commentary/2026-27-Q2/rq1.md": {Data: []byte("---\nauthor: A lead\ndate: 30 October\nbasis: obvious\n---\nText.\n")},
		"commentary/2026-27-Q2/rq2.md": {Data: []byte("No heading.\n")},
	}
	_, err := LoadEditorial(files)
	if err == nil {
		t.Fatal("no problem was found")
	}
	for _, want := range []string{"dashboards/boards/board.yaml:4:", `family "a" is listed twice`, "full compliance needs the name", `anchor "x" is used twice`,
		`basis "obvious" is not one of the choices`, `"30 October" is not a date`, "there is no heading block"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the problems do not say %q:\n%v", want, err)
		}
	}
}
