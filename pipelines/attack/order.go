package attack

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// issued is what the manifest of an edition says of when it was issued.
type issued struct {
	dir      string
	Edition  string `json:"edition"`
	Previous string `json:"previous"`
	Inputs   struct {
		Quarter string `json:"quarter"`
		AsAt    string `json:"as_at"`
	} `json:"inputs"`
	before []string // the editions that it followed, as far back as their folders stand beside it
}

// Order is the folders of some editions with the latest first: by quarter, then by the date
// they were made as at, then by which followed which. Errors: a folder whose manifest.json
// is missing or does not name an edition, and two that name the same one.
func Order(dirs []string) ([]string, error) {
	var all []issued
	for _, dir := range dirs {
		e, err := readManifest(dir)
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(all, func(x issued) bool { return x.Edition == e.Edition }); i >= 0 {
			return nil, fmt.Errorf("%s and %s are the same edition", all[i].dir, dir)
		}
		for at := e; at.Previous != "" && !slices.Contains(e.before, at.Previous); {
			e.before = append(e.before, at.Previous)
			if at, err = readManifest(filepath.Join(filepath.Dir(dir), at.Previous)); err != nil {
				break // it is not kept here
			}
		}
		all = append(all, e)
	}
	slices.SortStableFunc(all, func(x, y issued) int {
		return cmp.Or(cmp.Compare(y.Inputs.Quarter, x.Inputs.Quarter), cmp.Compare(y.Inputs.AsAt, x.Inputs.AsAt), cmp.Compare(len(y.before), len(x.before)))
	})
	var ordered []string
	for _, e := range all {
		ordered = append(ordered, e.dir)
	}
	return ordered, nil
}

func readManifest(dir string) (issued, error) {
	e := issued{dir: dir}
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		return e, fmt.Errorf("%s is no edition: %w", dir, err)
	}
	if err := json.Unmarshal(text, &e); err != nil {
		return e, fmt.Errorf("%s is no edition: reading its manifest.json: %w", dir, err)
	}
	if e.Edition == "" || e.Inputs.Quarter == "" {
		return e, fmt.Errorf("%s is no edition: its manifest.json names no edition and quarter", dir)
	}
	return e, nil
}
