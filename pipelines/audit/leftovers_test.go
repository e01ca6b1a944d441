package audit

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// withFile is the findings of a clean edition with one file more.
func withFile(t *testing.T, d *draft, name, text string) []Finding {
	t.Helper()
	root := t.TempDir()
	d.write(t, root, "board")
	if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := Edition(root)
	if err != nil {
		t.Fatal(err)
	}
	return r.Findings
}

func TestAManifestHashesOnlyWhatIsShipped(t *testing.T) {
	if fs := withFile(t, cleanDraft(), "manifest.json", `{"files":{"board/data/p1.csv":"00"}}`); len(fs) > 0 {
		t.Error(fs)
	}
	if fs := withFile(t, cleanDraft(), "manifest.json", `{"files":{"board/data/unprotected.csv":"00"}}`); len(fs) != 1 || fs[0].Rule != RuleUnknown {
		t.Errorf("a hash of what is not shipped passes: %v", fs)
	}
}

// TestPagesThatNoEditionHas: what the auditor would not read may not be there.
func TestPagesThatNoEditionHas(t *testing.T) {
	if fs := withFile(t, cleanDraft(), "board/index.html", "<h1>Review</h1>"); len(fs) > 0 {
		t.Error(fs)
	}
	for _, name := range []string{"board/summary.html", "board/notes.txt", "board/data/p9.csv"} {
		if fs := withFile(t, cleanDraft(), name, "measure\n"); len(fs) != 1 || fs[0].Rule != RuleUnknown {
			t.Errorf("%s passes: %v", name, fs)
		}
	}
}

// TestWitnessesAreCheckedByAddition ships a witness that moves one person between two hidden
// numerators and the rests of both, and others that do not add up.
func TestWitnessesAreCheckedByAddition(t *testing.T) {
	hidden := func() *draft {
		d := cleanDraft()
		d.set(2, "A", 3, 70)
		d.row("quarter", 2, "A").hideMet, d.row("quarter", 2, "B").hideMet = true, true
		d.withoutYears("W", "A", "B", "C")
		return d
	}
	move := func(area, part string, by int) string {
		return fmt.Sprintf(`{"measure":"P1","period":"2025 Q of 04","area":%q,"part":%q,"by":%d}`, area, part, by)
	}
	swap := move("A", partMet, 1) + "," + move("A", partRest, -1) + "," + move("B", partMet, -1) + "," + move("B", partRest, 1)
	for name, c := range map[string]struct {
		moves string
		holds bool
	}{
		"a swap":                    {swap, true},
		"one that does not add up":  {move("A", partMet, 1) + "," + move("A", partRest, -1), false},
		"one that moves what shows": {swap + "," + move("C", partMet, 1) + "," + move("C", partRest, -1), false},
		"one that moves nothing":    {move("A", partMet, 0), false},
		"one of no such count":      {move("Z", partMet, 1), false},
	} {
		fs := withFile(t, hidden(), filepath.Join("board", "data", witnessFile), `[{"moves":[`+c.moves+`]}]`)
		refused := slices.ContainsFunc(fs, func(f Finding) bool { return f.Rule == RuleWitness })
		if refused == c.holds {
			t.Errorf("%s: %v", name, fs)
		}
	}
}

// TestScorecardsAreHeldAgainstTheData draws a small chart whose line bends at a hidden month,
// and one that lies about a value.
func TestScorecardsAreHeldAgainstTheData(t *testing.T) {
	scorecard := func(y2 float64) string {
		return fmt.Sprintf(`<table class="scorecard"><tr><td><a href="measures/r1.html">R</a><strong class="figure">30.7</strong>
			<svg class="spark"><path d="M13.5 40L36.5 30L%g %g" fill="none" stroke-width="1.6"></path></svg></td></tr></table>`, 59.5, y2)
	}
	for name, c := range map[string]struct {
		page string
		ok   bool
	}{
		"as the data have it": {scorecard(20), true},
		"another height":      {scorecard(35), false},
	} {
		fs := withFile(t, cleanDraft(), filepath.Join("board", "index.html"), c.page)
		if refused := slices.ContainsFunc(fs, func(f Finding) bool { return f.Rule == RuleDrawing }); refused == c.ok {
			t.Errorf("%s: %v", name, fs)
		}
	}
}

func TestASentenceWithASmallNumberIsRefused(t *testing.T) {
	for words, ok := range map[string]bool{
		"There is no change over 5 months, of 12 points so far.": true,
		"There were 3 in the quarter.":                           false,
	} {
		d := cleanDraft()
		d.page = `<h1>P</h1><p class="lead">` + words + `</p>` + d.table(nil)
		root := t.TempDir()
		d.write(t, root, "board")
		r, err := Edition(root)
		if err != nil {
			t.Fatal(err)
		}
		if (len(r.Findings) == 0) != ok {
			t.Errorf("%s: %v", words, r.Findings)
		}
	}
}

// TestAHiddenLineAmongSortedOnesIsRefused prints a breakdown sorted by value. Its hidden line may
// stand after those that are shown, even where cases of which nothing is recorded follow and print
// the same as another line.
func TestAHiddenLineAmongSortedOnesIsRefused(t *testing.T) {
	line := func(label, all, percent string) string {
		return `<tr><th scope="row">` + label + `</th><td>` + all + `</td><td>` + percent + `</td></tr>`
	}
	seen, reason, none := line("Seen", "20", "100%"), line("Not seen reason", "10", "0%"), line("Absent", "12", "0%")
	hidden, unknown := line("Seen not spoken", "[c]", "[c]"), line("Not recorded", "12", "0%")
	for name, c := range map[string]struct {
		lines []string
		ok    bool
	}{
		"the hidden one after the shown":  {[]string{seen, none, reason, hidden, unknown}, true},
		"the hidden one among the shown":  {[]string{seen, none, hidden, reason, unknown}, false},
		"what is not known in its place":  {[]string{seen, unknown, hidden, none, reason}, false},
		"the hidden one last of them all": {[]string{seen, none, reason, unknown, hidden}, true},
	} {
		s := single{kind: "proportion", unit: "percent", rows: []string{q + "W,,,,,,,60,c,", q + "W,kind,absent,0,0,24.2,0,12,,",
			q + "W,kind,not_seen_reason,0,0,27.8,0,10,,", q + "W,kind,seen,100,83.9,100,20,20,,", q + "W,kind,seen_not_spoken,,,,,,c,c", q + "W,kind,not recorded,0,0,24.2,0,12,,"},
			page: `<section><h2 id="by-kind">By kind</h2><p class="subtitle">What, W, July to September 2026</p><table class="data"><tr><th scope="col">Kind</th><th scope="col">All</th><th scope="col">Percentage</th></tr>` + strings.Join(c.lines, "") + `</table></section>`}
		r := s.audited(t)
		if refused := slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Rule == RuleOrder }); refused == c.ok {
			t.Errorf("%s: %v", name, r.Findings)
		}
	}
}
