package dashboards

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"wherry/config"
	"wherry/dashboards/browser"
	"wherry/queries"
)

// built are the keys that templates and Go code put together from others' names.
var built = []string{"verdict.", "mark.full.", "came."}

// TestEveryKeyHasItsWordsAndIsUsed reads every template and Go file for the keys they name.
func TestEveryKeyHasItsWordsAndIsUsed(t *testing.T) {
	used := map[string]bool{}
	key := regexp.MustCompile(`(?:\b(?:t|speak|head)|plain\(|link\{"[^"]*",) ?"([a-z.-]+)"`)
	take := func(text string) {
		for _, m := range key.FindAllStringSubmatch(text, -1) {
			used[m[1]] = true
		}
	}
	templates, err := fs.Glob(Files, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range templates {
		text, err := fs.ReadFile(Files, name)
		if err != nil {
			t.Fatal(err)
		}
		take(string(text))
	}
	for _, name := range []string{"theme.go", "write.go"} {
		take(read(t, ".", name))
	}
	s := madeUp("board")
	s.Editorial = &Editorial{Needs: &Needs{}}
	for _, l := range (&builder{Site: s}).Navigation() {
		used[l.Key] = true
	}
	used["nav.districts"] = true // where measures are divided by district
	for k := range used {
		if builtIn[k] == "" {
			t.Errorf("%s is used and has no words", k)
		}
	}
	for k := range builtIn {
		if !used[k] && !slices.ContainsFunc(append(built, sections...), func(of string) bool { return strings.HasPrefix(k, of) }) {
			t.Errorf("%s is not used", k)
		}
	}
}

// TestVerdictsAndMarksHaveTheirWords: the catalogue says what Go code says.
func TestVerdictsAndMarksHaveTheirWords(t *testing.T) {
	said := map[string]bool{}
	for _, w := range []string{"Improving", "Concern", "Changed", "No significant change", "Too few points", "Not judged"} {
		said[w] = true
	}
	m := &queries.Measure{Kind: queries.Duration, Target: &queries.Target{Value: 5}}
	for _, a := range []queries.Assurance{queries.Expected, queries.NotExpected, queries.MayOrMayNot, queries.TooEarly, queries.NoTarget} {
		said[inEnglish.assured(m, queries.Reading{Assurance: a}).Word] = true
	}
	for _, got := range []int{10, 8, 0} {
		said[inEnglish.trusted(queries.Reading{Returns: got, ReturnsExpected: 10}, unusual{}).Word] = true
	}
	for _, word := range changeWords {
		said[word] = true
	}
	w := words{language: config.Welsh, own: map[string]string{}, english: builtIn}
	for word := range said {
		if got, _ := w.verdict(word); got == word {
			t.Errorf("verdict %q has no words", word)
		}
	}
	if n := len(keysWith("verdict.")); n != len(said) {
		t.Errorf("%d verdicts in the catalogue and %d said", n, len(said))
	}
	for _, m := range markWords {
		if got := builtIn["mark.full."+strings.Trim(m.Mark, "[]")]; got != m.Words {
			t.Errorf("%s is %q in the catalogue and %q in Go", m.Mark, got, m.Words)
		}
	}
	came := []gridCell{{Words: "Not owed"}}
	for _, c := range statuses {
		came = append(came, c)
		if got := builtIn["came.letter."+strings.ToLower(c.Letter)]; got != c.Letter {
			t.Errorf("the letter %s is %q in the catalogue", c.Letter, got)
		}
	}
	for _, c := range came {
		if got, _ := w.came(c.Words); got == c.Words {
			t.Errorf("%q has no words", c.Words)
		}
	}
	if n := len(keysWith("came.")); n != len(came)+len(statuses) {
		t.Errorf("%d words of what came in the catalogue and %d said", n, len(came)+len(statuses))
	}
	if n := len(keysWith("mark.full.")); n != len(markWords) {
		t.Errorf("%d marks in the catalogue, want %d", n, len(markWords))
	}
}

func keysWith(prefix string) []string {
	return slices.DeleteFunc(slices.Collect(maps.Keys(builtIn)), func(k string) bool { return !strings.HasPrefix(k, prefix) })
}

// fixture is a language of the test and not Welsh: all English, with a W before it.
func fixture(without ...string) map[string]string {
	own := map[string]string{}
	for k, v := range builtIn {
		if !slices.Contains(without, k) {
			own[k] = "W " + v
		}
	}
	return own
}

func TestAnotherLanguage(t *testing.T) {
	s := madeUp("public")
	s.Editorial = editorial(t)
	s.Partnership.Language = config.Welsh
	s.Editorial.words = map[string]map[string]string{config.Welsh: fixture("foot.glossary", "verdict.concern")}
	page := read(t, written(t, s), "index.html")
	for _, want := range []string{`<html lang="cy">`, `<main id="main" tabindex="-1" class="wrap" lang="en-GB">`, `>W Skip to main content<`, `>W Scorecard</a>`, `aria-label="W Main"`,
		`W You can call the National Domestic Abuse Helpline free, at any time: <a href="tel:08082000247">0808&nbsp;2000&nbsp;247</a>.`,
		`<th role="columnheader" scope="col" class="c-change" lang="cy">W Change</th>`, `<span lang="en-GB">Glossary</span>`, `<span lang="en-GB">Concern</span>`, `W Improving`} {
		if !strings.Contains(page, want) {
			t.Errorf("the scorecard does not hold %s", want)
		}
	}
	if got := s.Editorial.Untranslated(config.Welsh); !slices.Equal(got, []string{"foot.glossary", "verdict.concern"}) {
		t.Errorf("untranslated: %v", got)
	}
}

// turned is a language of the test and not Welsh: English with other letters, between marks.
// What stands in braces is kept.
func turned() map[string]string {
	own := map[string]string{}
	for k, v := range builtIn {
		var out strings.Builder
		for i, part := range blank.Split(v, -1) {
			if i > 0 {
				out.WriteString(blank.FindAllString(v, i)[i-1])
			}
			out.WriteString(strings.Map(turn, part))
		}
		own[k] = begins + out.String() + ends
	}
	return own
}

const begins, ends = "⟦", "⟧"

func turn(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z':
		return 'α' + (r-'a')%17
	case r >= 'A' && r <= 'Z':
		return 'Α' + (r-'A')%17
	}
	return r
}

func inTurned(t *testing.T, audience string) Site {
	s := madeUp(audience)
	s.Editorial = editorial(t)
	s.Partnership.Language = config.Welsh
	s.Editorial.words = map[string]map[string]string{config.Welsh: turned()}
	return s
}

// ofTemplates is the text of templates that is no words: what programs know, and names.
var ofTemplates = []string{"core.", "queries/", ".sql", "config/codes/", ".csv", "c", "x", "z", "p", "wherry measure new", "/name-of-the-file --id", "--kind", "--title", "wherry measure check", "wherry measure"}

// TestTemplatesHoldNoWords reads the text and the spoken attributes of every template: what is
// left when what is filled in is taken out.
func TestTemplatesHoldNoWords(t *testing.T) {
	templates, err := fs.Glob(Files, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	action, word := regexp.MustCompile(`(?s)\{\{.*?\}\}`), regexp.MustCompile(`\pL`)
	quoted := regexp.MustCompile(`"[^"]*"`)
	for _, name := range templates {
		text := read(t, ".", name)
		for _, a := range action.FindAllString(text, -1) {
			for _, q := range quoted.FindAllString(a, -1) {
				if q := strings.Trim(q, `"`); strings.Contains(strings.TrimSpace(q), " ") && q != "fully compliant" && q != "wherry measure explain " {
					t.Errorf("%s: %s holds words", name, a)
				}
			}
		}
		z := html.NewTokenizer(strings.NewReader(action.ReplaceAllString(text, "\x00")))
		for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
			token := z.Token()
			said := []string{}
			if kind == html.TextToken {
				said = append(said, token.Data)
			}
			for _, a := range token.Attr {
				if slices.Contains([]string{"aria-label", "alt", "title", "placeholder", "label", "summary", "aria-description"}, a.Key) {
					said = append(said, a.Val)
				}
			}
			for _, part := range strings.FieldsFunc(strings.Join(said, "\x00"), func(r rune) bool { return strings.ContainsRune("\x00\ufffd\n[]\"", r) }) {
				if part = strings.TrimSpace(part); word.MatchString(part) && !slices.Contains(ofTemplates, part) {
					t.Errorf("%s holds %q, which is not in %s", name, part, wordsFile(config.English))
				}
			}
		}
	}
}

// TestPagesSayNothingOfTheirOwn publishes in a language in which all words of the file stand
// between marks: outside of them no page says a sentence of the English, and within them a screen
// reader is told the language. Short words are not looked for: Go code says some of its own.
func TestPagesSayNothingOfTheirOwn(t *testing.T) {
	english := slices.DeleteFunc(slices.Collect(maps.Values(builtIn)), func(v string) bool {
		return len(blanks(v)) > 0 || strings.Count(v, " ") < 4
	})
	for _, audience := range []string{"board", "public"} {
		s := inTurned(t, audience)
		dir := written(t, s)
		marked := 0
		for name := range tree(t, dir) {
			if !strings.HasSuffix(name, ".html") {
				continue
			}
			doc, err := html.Parse(strings.NewReader(read(t, dir, name)))
			if err != nil {
				t.Fatal(err)
			}
			depth := 0
			for n := range doc.Descendants() {
				if n.Type != html.TextNode || inDrawing(n) {
					continue
				}
				before := depth
				depth += strings.Count(n.Data, begins) - strings.Count(n.Data, ends)
				if strings.Contains(n.Data, begins) {
					marked++
					if got := languageOf(n); got != config.Welsh {
						t.Errorf("%s: %q is said to be %s", name, n.Data, got)
					}
				}
				said := strings.TrimSpace(n.Data)
				if before == 0 && depth == 0 && said != s.Editorial.Needs.Return.Title && slices.Contains(english, said) {
					t.Errorf("%s says %q", name, said)
				}
			}
			if depth != 0 {
				t.Errorf("%s has marks that do not match", name)
			}
		}
		if marked < 2000 {
			t.Errorf("only %d words of the file are on the pages", marked)
		}
	}
}

// inDrawing says that a text is of a drawing, which charts makes.
func inDrawing(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Data == "svg" {
			return true
		}
	}
	return false
}

// languageOf is the language that a screen reader is told of a text.
func languageOf(n *html.Node) string {
	for ; n != nil; n = n.Parent {
		for _, a := range n.Attr {
			if a.Key == "lang" {
				return a.Val
			}
		}
	}
	return ""
}

func TestFaultsOfWords(t *testing.T) {
	files := fstest.MapFS{
		"words/cy.yaml":    {Data: []byte("skip: W\nskipp: W\nhelp.call: \"W {name} {number}\"\nfoot.hidden: \"\"\n")},
		"words/en-GB.yaml": {Data: []byte("measures.files: \"{workbook}A{/workbook} {parquet}B{json}C{/parquet}D{/json}\"\ncodes.title: T\naccess.status.full: \"{/strong}S{strong}\"\n")},
		"words/fr.yaml":    {Data: []byte("skip: F\n")},
	}
	e := &Editorial{}
	got := e.loadWords(files).Error()
	for _, want := range []string{`dashboards/words/cy.yaml:2: there are no words with the key "skipp"`,
		"dashboards/words/cy.yaml:3: help.call must have filled in {hours}, {name}, {number}, and has {name}, {number}",
		"dashboards/words/cy.yaml:4: foot.hidden has no words", "dashboards/words/en-GB.yaml:1: measures.files must have each {/name} after its {name}",
		"dashboards/words/en-GB.yaml:3: access.status.full must have each {/name} after its {name}", `dashboards/words/fr.yaml: "fr" is not a language`} {
		if !strings.Contains(got, want) {
			t.Errorf("want %q in:\n%s", want, got)
		}
	}
	if ps := (&Editorial{}).CheckLanguage(config.Welsh); len(ps) != 1 || !strings.Contains(ps.Error(), "there is no dashboards/words/cy.yaml") {
		t.Errorf("a language without words: %v", ps)
	}
}

func TestAThemeOnThePages(t *testing.T) {
	s := madeUp("public")
	dir := written(t, s)
	if css := read(t, dir, "assets/site.css"); !strings.Contains(css, "border-bottom:4px solid #12436D") || !strings.Contains(css, "border-left:6px solid #12436D") {
		t.Error("the colours that ship are replaced")
	}
	s.Partnership.Theme = config.Theme{Brand: "#7A1F2B", Link: "#144E8C", Accent: "#AF7F0A"}
	s.Partnership.Logo = &config.Logo{Name: "logo.svg", Data: []byte("<svg/>"), Width: 120, Alt: "A council"}
	s.Partnership.Footer = []string{"Charity <1>"}
	s.Partnership.Statement = config.Statement{Organisation: "A council", Email: "access@example.org", Phone: "0344 800 8020"}
	s.Partnership.Helplines = config.Helplines{National: config.Helpline{Name: "Live Fear Free Helpline", Number: "0808 80 10 800", Hours: "free, at any time"},
		Local: []config.Helpline{{Name: "Local <service>", Number: "0300 561 0077", Hours: "weekdays", Text: "For anyone."}}}
	dir = written(t, s)
	css := read(t, dir, "assets/site.css")
	for _, want := range []string{"border-bottom:4px solid #AF7F0A", "border-left:6px solid #7A1F2B", `content:"Live Fear Free Helpline, free, at any time: 0808 80 10 800. Illustrative data"`} {
		if !strings.Contains(css, want) {
			t.Errorf("the style sheet does not hold %s", want)
		}
	}
	page := read(t, dir, "measures/rq1.html")
	for _, want := range []string{`<img class="logo" src="../assets/logo.svg" width="120" height="44" alt="A council">`, `<p>Charity &lt;1&gt;</p>`,
		`call the Live Fear Free Helpline free, at any time: <a href="tel:08088010800">0808&nbsp;80&nbsp;10&nbsp;800</a>. In an emergency call <a href="tel:999">999</a>;`,
		`<li>Local &lt;service&gt;, weekdays: <a href="tel:03005610077">0300&nbsp;561&nbsp;0077</a>. For anyone.</li>`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
	if strings.Contains(page, "0808&nbsp;2000") || read(t, dir, "assets/logo.svg") != "<svg/>" {
		t.Error("England's line is still there, or the logo is not")
	}
	statement := read(t, dir, "accessibility.html")
	for _, want := range []string{"A council runs them.", `mailto:access@example.org`, `tel:03448008020`} {
		if !strings.Contains(statement, want) {
			t.Errorf("the statement does not hold %s", want)
		}
	}
}

// TestAThemeInABrowser opens pages with the widest logo, the lightest colours that pass, and
// another language that lacks some words.
func TestAThemeInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no browser is started")
	}
	s := madeUp("public")
	s.Editorial = editorial(t)
	s.Editorial.Needs = nil // its links are held elsewhere
	s.Editorial.words = map[string]map[string]string{config.Welsh: fixture("foot.glossary", "card.caption", "nav.label")}
	s.Partnership.Language = config.Welsh
	s.Partnership.Theme = config.Theme{Brand: "#A85400", Link: "#6B6B6B", Accent: "#AF7F0A"}
	s.Partnership.Logo = &config.Logo{Name: "logo.svg", Width: 288, Alt: "A council",
		Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 288 44"><path d="M0 0h288v44H0z"/></svg>`)}
	s.Partnership.Helplines.Local = []config.Helpline{{Name: "Local service", Number: "0300 561 0077", Hours: "weekdays"}}
	pages := []string{"index.html", "accessibility.html", "measures/rq1.html"}
	r, err := browser.Check(t.Context(), written(t, s), func(page string) bool { return slices.Contains(pages, page) })
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Err(); err != nil {
		t.Error(err)
	}
	if r.Pages != len(pages) || r.Rules < 30*r.Pages {
		t.Errorf("%d pages were opened and %d rules passed: too few to be true", r.Pages, r.Rules)
	}
}
