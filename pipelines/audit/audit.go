package audit

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sync/errgroup"
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
	RuleZero       = "zero"       // a zero is printed where zeros are hidden
	RuleClass      = "class"      // a row tells what is so of everybody in it
	RuleRounding   = "rounding"   // a count is printed finer than the audience's rounding
	RuleBase       = "base"       // a share or median is printed on too small a base
	RuleShare      = "share"      // a share does not follow from the counts printed beside it
	RuleSums       = "sums"       // a hidden count follows from sums
	RuleComplement = "complement" // the rest of a shown count is small and follows
	RuleAudiences  = "audiences"  // a hidden count follows with another audience's edition
	RuleReleases   = "releases"   // a hidden count follows with an earlier edition
	RuleRevision   = "revision"   // a printed count differs by a few from an earlier edition's
	RuleMisfit     = "misfit"     // printed counts contradict each other
	RulePage       = "page"       // a page prints what the data files do not
	RuleDrawing    = "drawing"    // a drawing shows what the data files do not
	RuleMean       = "mean"       // a mean is finer than the number behind it allows
	RuleOrder      = "order"      // the order of rows tells of hidden ones
	RuleWitness    = "witness"    // a witness does not hold
	RuleProtection = "protection" // the shipped report does not say what is so
	RuleUnknown    = "unknown"    // something is printed that the auditor does not understand
)

// Report is what an audit of an edition found. Checked is how many statements were held
// against the rules: printed numbers, sums, table rows and drawings. Left is every number that
// the data files hide, by audience and in the order of its files.
type Report struct {
	Findings  []Finding
	Checked   int
	Left      []Left
	audiences []*audience
}

func (r *Report) add(file, where, rule, detail string) {
	r.Findings = append(r.Findings, Finding{file, where, rule, detail})
}

// Edition audits the edition in dir: every folder of it that holds data/catalogue.json is
// an audience's. It is an error for there to be none, and for a file not to be readable;
// a leak is a Finding. Counts are taken to be the same wherever they are printed alike, whether
// they are bases, numerators or counts of categories.
func Edition(dir string) (*Report, error) {
	return audit(dir, nil)
}

// Releases audits the edition in dir as one system, together with the editions in earlier,
// the latest first, which its readers may have kept: what is hidden in any of them must not
// follow from all of them.
func Releases(dir string, earlier []string) (*Report, error) {
	return audit(dir, earlier)
}

func audit(dir string, earlier []string) (*Report, error) {
	audiences, err := readEdition(dir, 0)
	if err != nil {
		return nil, err
	}
	report := &Report{audiences: audiences}
	if err := checkManifest(report, dir); err != nil {
		return nil, fmt.Errorf("auditing the manifest: %w", err)
	}
	err = report.each(audiences, func(a *audience, r *Report) error { return a.checkAlone(r) })
	if err != nil {
		return nil, err
	}
	var past []*audience
	for i, e := range earlier {
		before, err := readEdition(e, i+1)
		if err != nil {
			return nil, err
		}
		for _, a := range before {
			if err := a.checkBeside(&Report{}); err != nil { // for the facts it holds: it was audited then
				return nil, fmt.Errorf("reading %s: %w", filepath.Base(e), err)
			}
		}
		past = append(past, before...)
	}
	err = report.each(audiences, func(a *audience, r *Report) error {
		a.checkSums(r, audiences, past)
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(report.Findings, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Where, y.Where), cmp.Compare(x.Rule, y.Rule))
	})
	report.Findings = slices.Compact(report.Findings)
	return report, nil
}

// each does something for every audience side by side and adds what was found in their order.
func (r *Report) each(audiences []*audience, do func(*audience, *Report) error) error {
	found := make([]Report, len(audiences))
	var work errgroup.Group
	for i, a := range audiences {
		work.Go(func() error {
			if err := do(a, &found[i]); err != nil {
				return fmt.Errorf("auditing %s: %w", a.folder, err)
			}
			return nil
		})
	}
	err := work.Wait()
	for _, f := range found {
		r.Checked += f.Checked
		r.Findings = append(r.Findings, f.Findings...)
		r.Left = append(r.Left, f.Left...)
	}
	return err
}

// checkAlone holds an audience's files against its rules and each other.
func (a *audience) checkAlone(r *Report) error {
	a.checkRules(r)
	for _, check := range []func(*Report) error{a.checkFiles, a.checkBeside, a.checkCopies, a.checkPages, a.checkDrawings, a.checkWitnesses, a.checkLeft} {
		if err := check(r); err != nil {
			return err
		}
	}
	return nil
}

// readEdition reads every audience of the edition in dir.
func readEdition(dir string, release int) ([]*audience, error) {
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
		a.release = release
		audiences = append(audiences, a)
	}
	if len(audiences) == 0 {
		return nil, fmt.Errorf("auditing %s: no audience's data/catalogue.json in it", dir)
	}
	return audiences, nil
}
