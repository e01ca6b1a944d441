package dashboards

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"wherry/config"
	"wherry/pipelines/audit"
)

// inMadeUpWords is a site in a language of the test and not Welsh: all English, with a W before it.
func inMadeUpWords(t *testing.T, audience string) Site {
	t.Helper()
	s := madeUp(audience)
	s.Editorial = editorial(t)
	s.Partnership.Language = config.Welsh
	s.Editorial.words = map[string]map[string]string{config.Welsh: fixture()}
	return s
}

func TestBesideWords(t *testing.T) {
	both := "A " + beside("dau", "two") + " b"
	if ownOf(both) != "A dau b" || englishOf(both) != "A two b" {
		t.Errorf("%q and %q", ownOf(both), englishOf(both))
	}
	if got := changeFirst(beside("dau", "two")+" b", upperFirst); got != beside("Dau", "Two")+" b" {
		t.Errorf("the first letter is changed to %q", got)
	}
	w := words{language: config.Welsh, own: map[string]string{"list.last": "{before} a {last}"}, english: builtIn, aloud: true}
	if got := w.list([]string{beside("x", "y"), "z"}); got != beside("x a z", "y and z") {
		t.Errorf("words within words are %q", got)
	}
	if got := w.text("chart.of", "what", beside("x", "y"), "place", "z"); got != beside("x", "y")+", z" {
		t.Errorf("words within English are %q", got)
	}
	page := `<title>` + both + `</title><p title="` + both + `">` + both + `</p><svg><text>` + both + `</text></svg>`
	want := `<title>A dau b</title><p title="A dau b">A <span lang="cy" data-en="two">dau</span> b</p><svg><text>A two b</text></svg>`
	if got := string(spoken([]byte(page), config.Welsh)); got != want {
		t.Errorf("the page is\n%s\nwant\n%s", got, want)
	}
}

// told are the places of pages whose whole text comes from Go code.
var told = regexp.MustCompile(`(?s)<(figcaption class="small"|td class="reading"|p class="subtitle"|span class="edition"|dt)>(.*?)</[a-z]+>`)

// TestEverySentenceIsInTheLanguage looks at what Go code tells on pages in a made-up language: each has its English
// beside it. What stands in English alone is listed, and is what a partnership writes or a drawing.
func TestEverySentenceIsInTheLanguage(t *testing.T) {
	dir := written(t, inMadeUpWords(t, "board"))
	seen := 0
	for name := range tree(t, dir) {
		page := read(t, dir, name)
		if strings.ContainsAny(page, ownFrom+englishFrom+besideEnd) && utf8.ValidString(page) {
			t.Errorf("%s holds a mark of words beside words", name)
		}
		if !strings.HasSuffix(name, ".html") || analysts(name) || name == "glossary.html" {
			continue
		}
		for _, m := range told.FindAllStringSubmatch(page, -1) {
			seen++
			if asked := name == "needs/index.html" && strings.HasSuffix(m[2], "?"); asked {
				continue // a question of needs.yaml
			}
			if !strings.Contains(m[2], `data-en="`) && strings.ContainsAny(m[2], "abcdefghijklmnopqrstuvwxyz") {
				t.Errorf("%s says in English alone: %s", name, m[0])
			}
		}
	}
	if seen < 300 {
		t.Errorf("%d sentences were seen: too few to be true", seen)
	}
}

// analysts says that a page is of the catalogue, which is in English.
func analysts(name string) bool {
	return slices.ContainsFunc([]string{"catalogue", "codes", "queries/", "feeds/"}, func(of string) bool { return strings.HasPrefix(name, of) })
}

// TestTheAuditorReadsAnotherLanguage: it finds of pages in a made-up language what it finds of the same in English, and
// refuses words with another number than the English beside them.
func TestTheAuditorReadsAnotherLanguage(t *testing.T) {
	found := func(s Site, change func(string) string) []string {
		root := t.TempDir()
		dir := filepath.Join(root, s.Audience.ID)
		if err := os.Rename(written(t, s), dir); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(dir, "data", "protection.csv")); err != nil {
			t.Fatal(err)
		}
		page := filepath.Join(dir, "measures", "rq1.html")
		if err := os.WriteFile(page, []byte(change(read(t, page))), 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := audit.Edition(root)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, f := range r.Findings {
			all = append(all, f.String())
		}
		slices.Sort(all)
		return all
	}
	as := func(s string) string { return s }
	for _, audience := range []string{"board", "public"} {
		english, other := found(madeUp(audience), as), found(inMadeUpWords(t, audience), as)
		for _, f := range other {
			if !slices.Contains(english, f) {
				t.Errorf("in another language, and not in English: %s", f)
			}
		}
		if len(english) != len(other) {
			t.Errorf("%d findings in English and %d in another language", len(english), len(other))
		}
	}
	number := regexp.MustCompile(`(data-en="[^"0-9]*)12([^"]*")`)
	wrong := found(inMadeUpWords(t, "board"), func(page string) string { return number.ReplaceAllString(page, "${1}13$2") })
	if !slices.ContainsFunc(wrong, func(f string) bool { return strings.Contains(f, "other numbers or marks than the English beside them") }) {
		t.Error("the auditor takes another number than is shown")
	}
}

// inEnglishAlone are the Go files whose phrases are English in every edition: the data files and the catalogue for
// analysts, and what is wrong with a partnership's own files.
var inEnglishAlone = []string{"catalogue.go", "catalogue_feed.go", "catalogue_query.go", "lineage.go", "data.go", "data_catalogue.go", "data_csvw.go", "data_figures.go", "data_workbook.go", "data_workbook_beside.go",
	"editorial.go", "commentary.go", "notes.go", "theme.go"}

// englishAlone are the phrases of other Go files that no language changes: words by which Go code knows a verdict or a
// mark, or a column that it knows by its name, and names that the data files have too.
var englishAlone = []string{"No significant change", "Too few points", "Not judged", "No target", "Expected to meet", "Not expected", "May or may not meet", "Too early to say", "Cannot be judged yet", "Not compared",
	"hidden to protect people", "not supplied", "does not apply: nothing to count, or nobody to count it by", "provisional, or too early to judge", "not given: the definition changed within the period", "revised since the edition before",
	"Out of area or not recorded", "Not recorded", "On time", "Not yet due", "Not owed", "working day", "not recorded", "cell %q of the return"}

// TestNoGoFileHoldsASentence reads every Go file of the pages for phrases of two words or more that are no error, no
// fault of a file and no key.
func TestNoGoFileHoldsASentence(t *testing.T) {
	phrase := regexp.MustCompile(`[A-Za-z]{2,}[,:;.]? [A-Za-z]{2,}`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || slices.Contains(inEnglishAlone, file) {
			continue
		}
		read++
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				return !faulty(n)
			case *ast.CompositeLit:
				return !isProblem(n)
			case *ast.Field:
				return false // its tag
			case *ast.BasicLit:
				text, err := strconv.Unquote(n.Value)
				if n.Kind == token.STRING && err == nil && phrase.MatchString(text) && text[0] != '<' && !slices.Contains(englishAlone, text) {
					t.Errorf("%s holds %q: its words belong in words/en-GB.yaml", file, text)
				}
			}
			return true
		})
	}
	if read < 30 {
		t.Errorf("%d files were read: too few to be true", read)
	}
}

// faulty says that a call makes an error, or a fault of a partnership's file, or a pattern.
func faulty(call *ast.CallExpr) bool {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name == "add" || f.Name == "problem" || f.Name == "panic"
	case *ast.SelectorExpr:
		return f.Sel.Name == "Errorf" || f.Sel.Name == "New" || f.Sel.Name == "MustCompile"
	}
	return false
}

func isProblem(c *ast.CompositeLit) bool {
	name, ok := c.Type.(*ast.SelectorExpr)
	array, isArray := c.Type.(*ast.ArrayType)
	if isArray {
		name, ok = array.Elt.(*ast.SelectorExpr)
	}
	return ok && (name.Sel.Name == "Problem" || name.Sel.Name == "Problems")
}
