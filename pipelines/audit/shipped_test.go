package audit

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// wellHidden is an edition that hides a small numerator with enough around it.
func wellHidden() *draft {
	d := cleanDraft()
	d.set(2, "A", 3, 70)
	for _, area := range []string{"A", "B"} {
		d.row("quarter", 2, area).hideMet = true
		d.row("quarter", 3, area).hideMet = true
		for i := range 4 {
			d.row("rolling", i, area).hideMet = true
		}
	}
	return d
}

// shipped is wellHidden on disk with the auditor's report and a page about it.
func shipped(t *testing.T) (root string, r *Report) {
	t.Helper()
	root = t.TempDir()
	wellHidden().write(t, root, "board")
	r, err := Edition(root)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Ship(root); err != nil {
		t.Fatal(err)
	}
	var page strings.Builder
	page.WriteString(`<table class="data loss"><tr>`)
	for _, h := range lossHeads {
		page.WriteString(`<th scope="col">` + h + `</th>`)
	}
	for _, l := range r.Losses() {
		page.WriteString(`</tr><tr><th scope="row">` + l.Measure + `: a title</th><td>` + strings.Join(l.printed(5), "</td><td>") + "</td>")
	}
	if err := os.WriteFile(filepath.Join(root, "board", protectionPage), []byte(page.String()+"</tr></table>"), 0o644); err != nil {
		t.Fatal(err)
	}
	return root, r
}

func TestTheReportShips(t *testing.T) {
	root, r := shipped(t)
	if len(r.Left) != 12 {
		t.Fatalf("%d hidden numbers in the report, want 12: 4 quarters and 8 years", len(r.Left))
	}
	for _, l := range r.Left {
		if l.Measure != "P1" || l.Hidden != "how many met it" || l.Why != whyPart || l.Level != 1 || l.Least < 1 || l.Most <= l.Least {
			t.Errorf("%+v: want a range of several numbers above nothing", l)
		}
	}
	for name, check := range map[string]func(string) (*Report, error){"Shipped": Shipped, "Edition": Edition} {
		again, err := check(root)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range again.Findings {
			t.Errorf("%s: %s", name, f)
		}
	}
	lost := r.Losses()
	if p := lost[0]; p.Hidden != 12 || p.Figures != 76 || p.Most <= p.Least || p.Known != 0 {
		t.Errorf("lost in P1: %+v, want 12 of 76 figures and a range", p)
	}
	if lost[1].Hidden != 0 || lost[1].Most != -1 {
		t.Errorf("lost in P2: %+v, want nothing", lost[1])
	}
}

// TestAReportThatSaysMoreIsCaught alters what is shipped after the audit.
func TestAReportThatSaysMoreIsCaught(t *testing.T) {
	for name, c := range map[string]struct{ rule, file, old, new string }{
		"a range of one number":         {RuleSums, "data/protection.csv", "", ",3,3"},
		"a line too few":                {RuleProtection, "data/protection.csv", "", "cut"},
		"a line of a number not hidden": {RuleProtection, "data/protection.csv", ",A,", ",C,"},
		"another level":                 {RuleProtection, "data/protection.csv", ",1,", ",2,"},
		"another reason":                {RuleProtection, "data/protection.csv", whyPart, whyFew},
		"a page that counts otherwise":  {RuleProtection, "protection.html", "<td>12</td>", "<td>11</td>"},
		"a page with a narrower range":  {RuleProtection, "protection.html", "1 to 35", "1 to 34"},
		"a page with another table":     {RuleUnknown, "protection.html", "Known to be few", "Few"},
		"a page that leaves one out":    {RuleProtection, "protection.html", "R1: a title", "R0: a title"},
	} {
		t.Run(name, func(t *testing.T) {
			root, r := shipped(t)
			path := filepath.Join(root, "board", filepath.FromSlash(c.file))
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			spoilt := strings.Replace(string(text), c.old, c.new, 1)
			if c.old == "" {
				lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
				i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "P1,"+smallQuarter(r)+",A,") })
				cells := strings.Split(lines[i], ",")
				lines[i] = strings.Join(cells[:len(cells)-2], ",") + c.new
				if c.new == "cut" {
					lines = slices.Delete(lines, i, i+1)
				}
				spoilt = strings.Join(lines, "\n") + "\n"
			}
			if spoilt == string(text) {
				t.Fatal("nothing was altered")
			}
			if err := os.WriteFile(path, []byte(spoilt), 0o644); err != nil {
				t.Fatal(err)
			}
			again, err := Edition(root)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(again.Findings, func(f Finding) bool { return f.Rule == c.rule }) {
				t.Errorf("not caught by %s: %v", c.rule, again.Findings)
			}
		})
	}
}

// smallQuarter is the period in which 3 are hidden.
func smallQuarter(r *Report) string { return r.Left[0].Period }

// TestTheReportNamesWhatCountsNobody: a measure that counts nobody hides a value where it rests
// on what another hides.
func TestTheReportNamesWhatCountsNobody(t *testing.T) {
	root := t.TempDir()
	d := cleanDraft()
	for _, r := range d.rows {
		if r.measure == "R1" {
			r.hideMet = true
			break
		}
	}
	d.write(t, root, "board")
	path := filepath.Join(root, "board", "data", "catalogue.json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	said := `"id":"R1","kind":"rate","per":10000,"distinct":false,"protects":"people"`
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), said, strings.Replace(said, "people", "nobody", 1), 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := Edition(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Left) != 1 || r.Left[0].Measure != "R1" || r.Left[0].Least != -1 {
		t.Errorf("the report is %+v, want one line of R1 without a range", r.Left)
	}
}
