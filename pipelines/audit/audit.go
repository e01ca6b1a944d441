package audit

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// Finding is one way in which the edition gives away what it should hide, or cannot be
// checked. Detail holds no number that the edition hides.
type Finding struct {
	File   string // below the edition
	Where  string // row, table or drawing
	Rule   string
	Detail string
}

func (f Finding) String() string {
	return fmt.Sprintf("%s: %s: %s (%s)", f.File, f.Where, f.Detail, f.Rule)
}

// The rules a Finding may name.
const (
	RuleSmall      = "small"      // a small count is printed
	RuleRounding   = "rounding"   // a count is printed finer than the audience's rounding
	RuleBase       = "base"       // a share or median is printed on too small a base
	RuleShare      = "share"      // a share does not follow from the counts printed beside it
	RuleSums       = "sums"       // a hidden count follows from sums
	RuleComplement = "complement" // the rest of a shown count is small and follows
	RuleAudiences  = "audiences"  // a hidden count follows with another audience's edition
	RuleMisfit     = "misfit"     // printed counts contradict each other
	RulePage       = "page"       // a page prints what the data files do not
	RuleDrawing    = "drawing"    // a drawing shows what the data files do not
)

// Report is what an audit of an edition found. Checked is how many statements were held
// against the rules: printed numbers, sums, table rows and drawings.
type Report struct {
	Findings []Finding
	Checked  int
}

func (r *Report) add(file, where, rule, detail string) {
	r.Findings = append(r.Findings, Finding{file, where, rule, detail})
}

// Edition audits the edition in dir: every folder of it that holds data/catalogue.json is
// an audience's. It is an error for there to be none, and for a file not to be readable;
// a leak is a Finding.
func Edition(dir string) (*Report, error) {
	folders, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("auditing %s: %w", dir, err)
	}
	var audiences []*audience
	for _, f := range folders {
		folder := filepath.Join(dir, f.Name())
		if _, err := os.Stat(filepath.Join(folder, "data", "catalogue.json")); err != nil {
			continue
		}
		a, err := readAudience(folder, f.Name())
		if err != nil {
			return nil, fmt.Errorf("auditing %s: %w", f.Name(), err)
		}
		audiences = append(audiences, a)
	}
	if len(audiences) == 0 {
		return nil, fmt.Errorf("auditing %s: no audience's data/catalogue.json in it", dir)
	}
	report := &Report{}
	for _, a := range audiences {
		a.checkRules(report)
		a.checkSums(report, audiences)
		if err := a.checkPages(report); err != nil {
			return nil, fmt.Errorf("auditing the pages of %s: %w", a.folder, err)
		}
		if err := a.checkDrawings(report); err != nil {
			return nil, fmt.Errorf("auditing the drawings of %s: %w", a.folder, err)
		}
	}
	slices.SortStableFunc(report.Findings, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Where, y.Where), cmp.Compare(x.Rule, y.Rule))
	})
	report.Findings = slices.Compact(report.Findings)
	return report, nil
}
