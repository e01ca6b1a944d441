package audit

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Ship writes what is left of each audience into its folder of the edition in dir, as
// data/protection.csv. The report tells a reader nothing that does not follow from the rest.
func (r *Report) Ship(dir string) error {
	byFolder := map[string][]Left{}
	for _, a := range r.audiences {
		byFolder[a.folder] = nil
	}
	for _, l := range r.Left {
		byFolder[l.Folder] = append(byFolder[l.Folder], l)
	}
	for folder, all := range byFolder {
		var out strings.Builder
		w := csv.NewWriter(&out)
		lines := [][]string{protectionColumns}
		for _, l := range all {
			lines = append(lines, l.fields())
		}
		if err := w.WriteAll(lines); err != nil {
			return fmt.Errorf("writing what is hidden from %s: %w", folder, err)
		}
		if err := os.WriteFile(filepath.Join(dir, folder, "data", protectionFile), []byte(out.String()), 0o644); err != nil {
			return fmt.Errorf("writing what is hidden from %s: %w", folder, err)
		}
	}
	return nil
}

// readLeft reads the report that an edition ships, where it does: its ranges are for anyone
// to read, and so they are for the auditor.
func (a *audience) readLeft() error {
	file, err := os.Open(filepath.Join(a.dir, "data", protectionFile))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return fmt.Errorf("reading %s: %w", protectionFile, err)
	}
	if len(lines) == 0 || !slices.Equal(lines[0], protectionColumns) {
		return fmt.Errorf("reading %s: its columns are not those of the auditor's report", protectionFile)
	}
	for i, f := range lines[1:] {
		l := Left{Folder: a.folder, Measure: f[0], Period: f[1], Area: f[2], Breakdown: f[3], Category: f[4], Hidden: f[5], Why: f[6]}
		var errs [3]error
		l.Level, errs[0] = parseCount(f[7])
		l.Least, errs[1] = parseCount(f[8])
		l.Most, errs[2] = parseCount(f[9])
		if err := cmp.Or(errs[0], errs[1], errs[2]); err != nil {
			return fmt.Errorf("reading %s: line %d: %w", protectionFile, i+2, err)
		}
		a.left = append(a.left, l)
	}
	return nil
}

// addLeft narrows counts by the ranges that a source ships of a measure. Those of earlier
// editions followed from what is read of them anyway.
func (s *system) addLeft(a *audience, m *measure) {
	for _, l := range a.left {
		part := partBase
		if l.Hidden == "how many met it" {
			part = partMet
		}
		if l.Measure != m.ID || l.Least < 0 {
			continue
		}
		most := far
		if l.Most >= 0 {
			most = l.Most
		}
		if v := s.held(key{a.release, m.ID, place{l.Period, l.Area, l.Breakdown, l.Category}, part}); v >= 0 {
			s.within(v, l.Least, most)
		}
	}
}

// checkLeft holds the shipped report against the data files: it has a line for each number
// that they hide, and no others, and says of it what they say.
func (a *audience) checkLeft(r *Report) error {
	if a.left == nil {
		return nil
	}
	type cell struct{ measure, period, area, breakdown, category, hidden string }
	want := map[cell]Left{}
	for _, l := range newSystem(nil).left(a, a.ids()) {
		want[cell{l.Measure, l.Period, l.Area, l.Breakdown, l.Category, l.Hidden}] = l
	}
	file := a.folder + "/data/" + protectionFile
	for i, l := range a.left {
		r.Checked++
		k := cell{l.Measure, l.Period, l.Area, l.Breakdown, l.Category, l.Hidden}
		if w, there := want[k]; !there || w.Why != l.Why || w.Level != l.Level {
			r.add(file, fmt.Sprintf("line %d", i+2), RuleProtection, "it says what the data files do not")
		}
		delete(want, k)
	}
	if len(want) > 0 {
		r.add(file, "file", RuleProtection, fmt.Sprintf("%d numbers are hidden that it does not name", len(want)))
	}
	return nil
}

// ids are the audience's measures, in the catalogue's order.
func (a *audience) ids() []string {
	var ids []string
	for _, m := range a.Measures {
		ids = append(ids, m.ID)
	}
	return ids
}
