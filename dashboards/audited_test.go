package dashboards

import (
	"os"
	"path/filepath"
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
