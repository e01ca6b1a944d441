package audit

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// shippedScript is the script as the house ships it: the auditor imports nothing of ours, so the
// test reads the file.
func shippedScript(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "dashboards", "assets", "enhance.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// analystsPages are the pages for analysts of the made-up edition.
func analystsPages(t *testing.T) map[string]string {
	return map[string]string{
		"assets/enhance.js": shippedScript(t),
		"catalogue.html":    `<head><script src="assets/enhance.js" defer blocking="render"></script></head><table class="data described"><tr><th scope="col">Extract</th><th scope="col">Columns</th></tr><tr><th scope="row"><a href="feeds/part4_finance.html">Finance</a></th><td>12</td></tr></table>`,
		"codes.html":        `<table class="described"><tr><th scope="col">Code</th></tr><tr><td>16</td></tr></table>`,
		"queries/p1.html": `<head><script src="../assets/enhance.js" defer blocking="render"></script></head><pre id="source">- {at: 2026-01-09, days: 2.50}
- {at: 2026-01-10} want: {period: 2026-01, numerator: 1, denominator: 2}</pre>
<table class="example"><tr><th scope="col">at</th><th scope="col">days</th></tr><tr><td>2026-01-09</td><td>2.5</td></tr><tr><td>2026-01-10</td><td></td></tr></table>
<table class="example"><tr><td>2026-01</td><td>1 of 2</td></tr></table>
<table class="data returns"><tr><th scope="col">Extract</th><th scope="col">Rows</th></tr><tr><th scope="row">Referrals</th><td>1,230</td></tr></table>`,
		"feeds/part4_finance.html": `<table class="coverage"><tr><th scope="col">Jul<br>2026</th></tr><tr><td>On time</td></tr></table>`,
	}
}

func auditPages(t *testing.T, pages map[string]string) []Finding {
	t.Helper()
	root := t.TempDir()
	cleanDraft().write(t, root, "board")
	for name, text := range pages {
		file := filepath.Join(root, "board", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := Edition(root)
	if err != nil {
		t.Fatal(err)
	}
	return r.Findings
}

func TestPagesForAnalystsPass(t *testing.T) {
	if fs := auditPages(t, analystsPages(t)); len(fs) > 0 {
		t.Error(fs)
	}
}

// TestScriptsAreKnown plants scripts, and one that is changed by a byte.
func TestScriptsAreKnown(t *testing.T) {
	const script = `<script src="../assets/enhance.js" defer blocking="render"></script>`
	for name, c := range map[string]struct{ file, old, new, where string }{
		"a changed script":              {"assets/enhance.js", "'use strict';", "'use strict'; var n = 3;", "board/assets/enhance.js"},
		"an element with text":          {"queries/p1.html", script, strings.Replace(script, "></", ">1</", 1), "board/queries/p1.html"},
		"another address":               {"queries/p1.html", script, `<script src="../../public/assets/enhance.js" defer blocking="render"></script>`, "board/queries/p1.html"},
		"an attribute":                  {"queries/p1.html", script, `<script src="../assets/enhance.js" defer id="a3"></script>`, "board/queries/p1.html"},
		"a script without a file":       {"queries/p1.html", script, `<script></script>`, "board/queries/p1.html"},
		"a value of the word defer":     {"queries/p1.html", script, `<script src="../assets/enhance.js" defer="3"></script>`, "board/queries/p1.html"},
		"a value of the word blocking":  {"queries/p1.html", script, `<script src="../assets/enhance.js" defer blocking="3"></script>`, "board/queries/p1.html"},
		"a script's address on a level": {"catalogue.html", `src="assets`, `src="../assets`, "board/catalogue.html"},
	} {
		pages := analystsPages(t)
		if !strings.Contains(pages[c.file], c.old) {
			t.Fatalf("%s: nothing was planted", name)
		}
		pages[c.file] = strings.Replace(pages[c.file], c.old, c.new, 1)
		if fs := auditPages(t, pages); len(fs) != 1 || fs[0].Rule != RuleUnknown || fs[0].File != c.where {
			t.Errorf("%s passes: %v", name, fs)
		}
	}
	pages := analystsPages(t)
	pages["assets/more.js"] = pages["assets/enhance.js"]
	if fs := auditPages(t, pages); !slices.ContainsFunc(fs, func(f Finding) bool { return f.File == "board/assets/more.js" && f.Rule == RuleUnknown }) {
		t.Errorf("an unknown script passes: %v", fs)
	}
}

// TestNumbersOnPagesForAnalysts plants numbers where the pages hold others.
func TestNumbersOnPagesForAnalysts(t *testing.T) {
	for name, c := range map[string]struct{ file, old, new, rule string }{
		"a number that is in no example": {"queries/p1.html", "<td>2.5</td>", "<td>3</td>", RulePage},
		"a number once too often":        {"queries/p1.html", "<td></td>", "<td>2.5</td>", RulePage},
		"a small number of rows":         {"queries/p1.html", "1,230", "3", RuleSmall},
		"a table of no class":            {"queries/p1.html", `class="data returns"`, `class="data"`, RuleUnknown},
		"a column that counts":           {"catalogue.html", "Columns", "People", RuleUnknown},
		"a number among the returns":     {"feeds/part4_finance.html", "On time", "On time, 3", RuleUnknown},
		"a drawing":                      {"codes.html", "<table", `<svg class="chart"></svg><table`, RuleUnknown},
	} {
		pages := analystsPages(t)
		if !strings.Contains(pages[c.file], c.old) {
			t.Fatalf("%s: nothing was planted", name)
		}
		pages[c.file] = strings.Replace(pages[c.file], c.old, c.new, 1)
		if fs := auditPages(t, pages); len(fs) == 0 || fs[0].Rule != c.rule || fs[0].File != "board/"+c.file {
			t.Errorf("%s passes: %v", name, fs)
		}
	}
	for _, name := range []string{"feeds/x3.html", "queries/z9.html", "queries/p1.csv"} {
		pages := analystsPages(t)
		pages[name] = "<p>Text</p>"
		if fs := auditPages(t, pages); len(fs) == 0 {
			t.Errorf("%s passes, which the catalogue does not list", name)
		}
	}
}
