package audit

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// gathered is a page that brings figures together as it should: a line of a table, a figure in
// a block, a sentence, a small chart of none, a drawing of the measure's own page.
const gathered = `<html><body><svg class="sprite"><path d="M0 0"></path></svg>
<table class="figures"><tr><th scope="row"><a href="../measures/p1.html">One</a></th><td class="n">VALUE%</td><td>2 months in a row</td></tr></table>
<section class="of-measure"><a href="../measures/p1.html#chart">One</a><strong class="figure">VALUE%</strong><p>It was VALUE% of BASE.</p><svg class="chart"><circle cx="1" cy="2" r="4"></circle></svg></section>
<table class="plan"><tr><td>Agree it by 4 May 2026</td></tr></table></body></html>`

func TestPagesThatGatherFigures(t *testing.T) {
	for name, c := range map[string]struct{ rule, old, new string }{
		"as it should be":                   {"", "", ""},
		"a figure that no file prints":      {RulePage, `<td class="n">VALUE%`, `<td class="n">3`},
		"a figure in a block":               {RulePage, `figure">VALUE%`, `figure">3`},
		"a figure of no measure":            {RulePage, `<section class="of-measure">`, "<section>"},
		"a line of no measure":              {RulePage, `<a href="../measures/p1.html">One</a></th>`, "One</th>"},
		"a line of a measure not here":      {RulePage, `<a href="../measures/p1.html">One</a></th>`, `<a href="../measures/p9.html">One</a></th>`},
		"a small number in a sentence":      {RulePage, "of BASE.", "of 3."},
		"a threshold in a sentence":         {"", "It was VALUE%", "With 3+ incidents: VALUE%"},
		"a small number in a cell of words": {RulePage, "2 months in a row", "they were 2"},
		"a table of another kind":           {RuleUnknown, `class="figures"`, `class="data"`},
		"figures in a table of the plan":    {RuleUnknown, `<td>Agree it by 4 May 2026`, `<td class="n">4`},
		"a drawing that is not its own":     {RuleDrawing, `cy="2"`, `cy="3"`},
		"a drawing of another kind":         {RuleUnknown, `class="chart"`, `class="map"`},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			d := cleanDraft()
			d.page = d.table(nil) + `<svg class="chart"><circle cx="1" cy="2" r="4"></circle></svg>`
			d.write(t, root, "board")
			f := d.fields(d.row("quarter", 2, "A"))
			page := strings.Replace(gathered, c.old, c.new, 1)
			page = strings.NewReplacer("VALUE", f[9], "BASE", f[14]).Replace(page)
			file := filepath.Join(root, "board", "areas", "one.html")
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
				t.Fatal(err)
			}
			r, err := Edition(root)
			if err != nil {
				t.Fatal(err)
			}
			found := slices.DeleteFunc(r.Findings, func(f Finding) bool { return f.File != "board/areas/one.html" })
			if c.rule == "" && len(found) > 0 || c.rule != "" && !slices.ContainsFunc(found, func(f Finding) bool { return f.Rule == c.rule }) {
				t.Errorf("want %q, found %v", c.rule, found)
			}
		})
	}
}
