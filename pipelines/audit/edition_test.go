package audit

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func audited(t *testing.T, drafts map[string]*draft) *Report {
	t.Helper()
	root := t.TempDir()
	for folder, d := range drafts {
		d.write(t, root, folder)
	}
	r, err := Edition(root)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestACleanEditionPasses(t *testing.T) {
	d := cleanDraft()
	public := cleanDraft()
	public.hideUpTo, public.roundTo, public.minBase = 9, 5, 20
	r := audited(t, map[string]*draft{"board": d, "public": public})
	for _, f := range r.Findings {
		t.Error(f)
	}
	if r.Checked < 500 {
		t.Errorf("only %d statements checked", r.Checked)
	}
}

// TestAWellHiddenEditionPasses hides a small numerator with enough around it.
func TestAWellHiddenEditionPasses(t *testing.T) {
	d := cleanDraft()
	d.set(2, "A", 3, 70)
	for _, area := range []string{"A", "B"} {
		d.row("quarter", 2, area).hideMet = true
		d.row("quarter", 3, area).hideMet = true
		for i := range 4 {
			d.row("rolling", i, area).hideMet = true
		}
	}
	for _, f := range audited(t, map[string]*draft{"board": d}).Findings {
		t.Error(f)
	}
}

func TestBrokenEditionsAreCaught(t *testing.T) {
	for name, c := range brokenEditions {
		t.Run(name, func(t *testing.T) {
			d := cleanDraft()
			c.spoil(d)
			r := audited(t, map[string]*draft{"board": d})
			if !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Rule == c.rule }) {
				t.Errorf("not caught by %s: %v", c.rule, r.Findings)
			}
		})
	}
}

// TestFinerCountsAreCaught declares rounding to an audience whose counts are not rounded.
func TestFinerCountsAreCaught(t *testing.T) {
	root := t.TempDir()
	cleanDraft().write(t, root, "public")
	path := filepath.Join(root, "public", "data", "catalogue.json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text = []byte(strings.Replace(string(text), `"round_to":1`, `"round_to":5`, 1))
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := Edition(root)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Rule == RuleRounding }) {
		t.Errorf("not caught: %v", r.Findings)
	}
}

// TestAnotherAudienceGivesItAway hides well in each edition, but one prints, rounded, what
// bounds the other's hidden counts to a single value.
func TestAnotherAudienceGivesItAway(t *testing.T) {
	spoil := func(d *draft) {
		d.set(2, "A", 1, 70)
		d.set(2, "B", 10, 85)
	}
	board, public := cleanDraft(), cleanDraft()
	public.hideUpTo, public.roundTo = 9, 5
	for _, d := range []*draft{board, public} {
		spoil(d)
		for _, area := range []string{"A", "B", "C"} {
			for i := range 5 {
				d.row("rolling", i, area).hideMet = true
			}
		}
		d.row("quarter", 2, "A").hideMet = true
	}
	board.row("quarter", 2, "B").hideMet = true
	public.row("quarter", 2, "C").hideMet = true
	r := audited(t, map[string]*draft{"board": board, "public": public})
	if !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Rule == RuleAudiences }) {
		t.Errorf("not caught: %v", r.Findings)
	}
	if r := audited(t, map[string]*draft{"board": board}); len(r.Findings) > 0 {
		t.Errorf("found without the other audience: %v", r.Findings)
	}
}

func TestFindingsHoldNoNumbers(t *testing.T) {
	d := cleanDraft()
	d.set(2, "A", 3, 70)
	for _, f := range audited(t, map[string]*draft{"board": d}).Findings {
		if strings.ContainsAny(f.Detail, "0123456789") {
			t.Errorf("%s", f)
		}
	}
}

func TestAnEditionWithoutDataIsAnError(t *testing.T) {
	if _, err := Edition(t.TempDir()); err == nil {
		t.Error("an empty folder passes")
	}
	root := t.TempDir()
	cleanDraft().write(t, root, "board")
	path := filepath.Join(root, "board", "data", "p1.csv")
	if err := os.WriteFile(path, []byte("measure,value\nP1,3\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Edition(root); err == nil {
		t.Error("a data file with other columns passes")
	}
}

// TestDistinctPeopleAreNoSum passes an edition of a measure that counts people once however
// many rows they have: its areas need not add up to the whole, and a hidden one does not
// follow from it.
func TestDistinctPeopleAreNoSum(t *testing.T) {
	d := cleanDraft()
	for _, r := range d.rows {
		if r.measure == "P1" && r.area == "W" {
			r.base -= map[string]int64{"month": 0, "quarter": 4, "rolling": 20}[r.kind]
		}
	}
	d.set(2, "A", 3, 70)
	for i := range 5 {
		d.row("rolling", i, "A").hideMet = true
	}
	d.row("quarter", 2, "A").hideMet = true
	root := t.TempDir()
	d.write(t, root, "board")
	path := filepath.Join(root, "board", "data", "catalogue.json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rules := func(catalogue string) (found []string) {
		if err := os.WriteFile(path, []byte(catalogue), 0o644); err != nil {
			t.Fatal(err)
		}
		r, err := Edition(root)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Findings {
			found = append(found, f.Rule)
		}
		return found
	}
	if found := rules(string(text)); !slices.Contains(found, RuleMisfit) {
		t.Errorf("as plain counts they contradict each other: %v", found)
	}
	if found := rules(strings.Replace(string(text), `"distinct":false`, `"distinct":true`, 1)); len(found) > 0 {
		t.Errorf("as distinct people nothing follows: %v", found)
	}
}
