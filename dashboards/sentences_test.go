package dashboards

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wherry/config"
)

// sections are the rooms of the word file whose keys Go code names.
var sections = []string{"month.", "date.", "period.", "axis.", "number.", "unit.", "list.", "title.", "measured.", "head.", "judged.", "board.", "tile.", "chart.", "key.", "alt.", "kind.",
	"parts.", "split.", "local.", "compare.", "place.", "stands.", "about.", "defined.", "refer.", "need.", "effect.", "plan.", "hidden.", "reading.", "returns.", "remark.", "unlike.", "band.", "rule."}

// TestEverySentenceHasItsWordsAndIsUsed reads every Go file for the keys that it names, or whose beginning it names.
func TestEverySentenceHasItsWordsAndIsUsed(t *testing.T) {
	named, begun := keysNamed(t)
	for key := range named {
		if builtIn[key] == "" && builtIn[key+".other"] == "" && len(keysWith(key+".")) == 0 {
			t.Errorf("%s is used and has no words", key)
		}
	}
	for prefix := range begun {
		if len(keysWith(prefix)) == 0 {
			t.Errorf("no words have a key that begins %s", prefix)
		}
	}
	for key := range builtIn {
		if !ofSections(key) {
			continue
		}
		used := false
		for name := range named {
			used = used || key == name || strings.HasPrefix(key, name+".")
		}
		for prefix := range begun {
			used = used || strings.HasPrefix(key, prefix)
		}
		if !used {
			t.Errorf("%s is not used", key)
		}
	}
	if len(named) < 200 {
		t.Errorf("%d keys are named: too few to be true", len(named))
	}
}

func ofSections(key string) bool {
	return slices.ContainsFunc(sections, func(s string) bool { return strings.HasPrefix(key, s) })
}

// keysNamed are the keys of sections in Go files, and the beginnings of some, which end in a full stop.
func keysNamed(t *testing.T) (named, begun map[string]bool) {
	t.Helper()
	literal := regexp.MustCompile(`"([a-z]+\.(?:[a-z]+[.-])*(?:[a-z]+)?)"`)
	named, begun = map[string]bool{}, map[string]bool{}
	asked := regexp.MustCompile(`\bphrase\("([a-z.-]+)"`)
	for _, room := range []string{".", "../queries"} {
		files, err := os.ReadDir(room)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") || f.Name() == "phrase.go" {
				continue
			}
			text := asked.ReplaceAllString(read(t, room, f.Name()), `"reading.$1"`)
			for _, m := range literal.FindAllStringSubmatch(text, -1) {
				switch {
				case !ofSections(m[1]) || strings.HasSuffix(m[1], ".html"):
				case strings.HasSuffix(m[1], "."):
					begun[m[1]] = true
				default:
					named[m[1]] = true
				}
			}
		}
	}
	return named, begun
}

// TestFormsOfANumber: the form follows the number, and a language may have more than English.
func TestFormsOfANumber(t *testing.T) {
	for n, want := range map[float64]string{0: "0 days", 1: "1 day", 2: "2 days", 1200: "1,200 days"} {
		if got := inEnglish.some("unit.day", n); got != want {
			t.Errorf("%v is %q, want %q", n, got, want)
		}
	}
	w := words{language: config.Welsh, own: map[string]string{"unit.day.other": "{n} O", "unit.day.two": "{n} T", "unit.day.many": "M"}, english: builtIn}
	for n, want := range map[float64]string{0: "0 O", 1: "1 O", 2: "2 T", 3: "3 O", 6: "M", 7: "7 O"} {
		if got := w.some("unit.day", n); got != want {
			t.Errorf("%v is %q, want %q", n, got, want)
		}
	}
	if got := w.some("unit.month", 1); got != "1 month" {
		t.Errorf("a form that the language lacks is %q", got)
	}
	e := &Editorial{}
	got := e.loadWords(fstest.MapFS{"words/cy.yaml": {Data: []byte("unit.day.two: \"{n} T\"\nunit.day.dual: \"{n} D\"\nreading.why.few: \"W\"\nunit.day.few: \"W\"\n")}}).Error()
	for _, want := range []string{`cy.yaml:2: there are no words with the key "unit.day.dual"`, `cy.yaml:3: there are no words with the key "reading.why.few"`, "cy.yaml:4: unit.day.few must have filled in {n}"} {
		if !strings.Contains(got, want) {
			t.Errorf("want %q in:\n%s", want, got)
		}
	}
	if strings.Contains(got, "unit.day.two") {
		t.Errorf("a form that English lacks is refused: %s", got)
	}
	if got := inEnglish.list([]string{"a", "b", "c"}); got != "a, b and c" {
		t.Errorf("a list is %q", got)
	}
}
