package audit

import (
	"slices"
	"strings"
	"testing"
)

// welshPages are the pages for analysts in another language, with the English of their heads.
func welshPages(t *testing.T) map[string]string {
	pages := analystsPages(t)
	for _, name := range []string{"catalogue.html", "codes.html", "queries/p1.html"} {
		text := strings.NewReplacer(`<th scope="col">Extract</th>`, `<th scope="col" data-en="Extract">W</th>`, `<th scope="col">Rows</th>`, `<th scope="col" data-en="Rows">W</th>`,
			`<th scope="col">Columns</th>`, `<th scope="col" data-en="Columns">W</th>`, `<th scope="col">Code</th>`, `<th scope="col" data-en="95% interval">W</th>`).Replace(pages[name])
		pages[name] = `<html lang="cy">` + text
	}
	return pages
}

// TestHeadsInAnotherLanguage: a page says in English what its columns hold, and nothing more.
func TestHeadsInAnotherLanguage(t *testing.T) {
	if fs := auditPages(t, welshPages(t)); len(fs) > 0 {
		t.Error(fs)
	}
	for name, c := range map[string]struct{ file, old, new, rule, where string }{
		"a small number of rows":            {"queries/p1.html", "1,230", "3", RuleSmall, "Rows"},
		"rows under a head without English": {"queries/p1.html", ` data-en="Rows"`, "", RuleUnknown, "table"},
		"a column that counts":              {"catalogue.html", `data-en="Columns"`, `data-en="People"`, RuleUnknown, "People"},
		"a description without English":     {"catalogue.html", ` data-en="Columns"`, "", RuleUnknown, "described"},
		"a number in the attribute":         {"codes.html", `data-en="95% interval"`, `data-en="3"`, RuleUnknown, englishIn},
		"the attribute of something else":   {"codes.html", `<td>`, `<td data-en="Rows">`, RuleUnknown, englishIn},
		"the attribute on an English page":  {"codes.html", `lang="cy"`, `lang="en-GB"`, RuleUnknown, englishIn},
		"the attribute without a language":  {"codes.html", ` lang="cy"`, ``, RuleUnknown, englishIn},
	} {
		pages := welshPages(t)
		if !strings.Contains(pages[c.file], c.old) {
			t.Fatalf("%s: nothing was planted", name)
		}
		pages[c.file] = strings.Replace(pages[c.file], c.old, c.new, 1)
		if fs := auditPages(t, pages); !slices.ContainsFunc(fs, func(f Finding) bool { return f.Rule == c.rule && f.Where == c.where && f.File == "board/"+c.file }) {
			t.Errorf("%s passes: %v", name, fs)
		}
	}
}
