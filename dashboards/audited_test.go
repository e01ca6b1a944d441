package dashboards

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wherry/pipelines/audit"
)

// TestAuditorReadsEveryDrawing: the auditor, which shares no code with these pages, reads each
// drawing back and finds it in the data files. The made-up figures do not add up, and what it
// says of sums is not asked.
func TestAuditorReadsEveryDrawing(t *testing.T) {
	for _, audience := range []string{"board", "public"} {
		root := t.TempDir()
		if err := os.Rename(written(t, madeUp(audience)), filepath.Join(root, audience)); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(root, audience, "data", "protection.csv")); err != nil {
			t.Fatal(err)
		}
		r, err := audit.Edition(root)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Findings {
			if f.Rule == audit.RuleDrawing {
				t.Error(f)
			}
		}
	}
}

// TestAuditorReadsAnotherLanguage: it finds the same in pages whose fixed words it cannot read, and
// holds as much of them against the data.
func TestAuditorReadsAnotherLanguage(t *testing.T) {
	for _, audience := range []string{"board", "public"} {
		var reports []*audit.Report
		for _, s := range []Site{madeUp(audience), inTurned(t, audience)} {
			root := t.TempDir()
			if err := os.Rename(written(t, s), filepath.Join(root, audience)); err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(filepath.Join(root, audience, "data", "protection.csv")); err != nil {
				t.Fatal(err)
			}
			r, err := audit.Edition(root)
			if err != nil {
				t.Fatal(err)
			}
			reports = append(reports, r)
		}
		english, other := said(reports[0]), said(reports[1])
		if reports[1].Checked < reports[0].Checked || len(english) == 0 {
			t.Errorf("%s: %d statements in English and %d in another language", audience, reports[0].Checked, reports[1].Checked)
		}
		if !slices.Equal(english, other) {
			missing := slices.DeleteFunc(slices.Clone(english), func(f string) bool { return slices.Contains(other, f) })
			more := slices.DeleteFunc(other, func(f string) bool { return slices.Contains(english, f) })
			t.Errorf("%s: in English alone\n%s\nand in another language alone\n%s", audience, strings.Join(missing, "\n"), strings.Join(more, "\n"))
		}
	}
}

// said is what an auditor found, in order.
func said(r *audit.Report) []string {
	var all []string
	for _, f := range r.Findings {
		all = append(all, f.String())
	}
	slices.Sort(all)
	return slices.Compact(all)
}
