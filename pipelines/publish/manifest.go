package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	"wherry/config"
)

// Inputs are the hashes of everything an Edition depends on. Two builds with equal Inputs
// have equal bytes.
type Inputs struct {
	Warehouse string `json:"warehouse"` // deliveries, contracts, core views, reference data
	Measures  string `json:"measures"`  // with the core views
	Boards    string `json:"boards"`
	Settings  string `json:"settings"` // with the definition ledger, published values, contracts and code lists
	Build     string `json:"build"`
	Quarter   string `json:"quarter"`
	AsAt      string `json:"as_at"`
	History   string `json:"history"` // what earlier editions told
}

func fingerprint(in Input) (Inputs, error) {
	settings, err := json.Marshal(published(in.Partnership.Settings))
	if err != nil {
		return Inputs{}, err
	}
	settings = fmt.Appendf(settings, "%+v\n%+v", in.Partnership.Definitions, in.Partnership.Published)
	contracts, err := json.Marshal([]any{in.Partnership.Contracts, in.Partnership.Codes})
	if err != nil {
		return Inputs{}, err
	}
	settings = append(settings, contracts...)
	if in.Partnership.Logo != nil {
		settings = append(settings, in.Partnership.Logo.Data...)
	}
	inputs := Inputs{Warehouse: in.Snapshot, Settings: hash(settings), Build: in.Build,
		Quarter: in.Quarter.String(), AsAt: in.AsAt.Format("2006-01-02")}
	if inputs.Measures, err = hashFiles(in.Queries, "measures", "core"); err != nil {
		return inputs, err
	}
	inputs.Boards, err = hashFiles(in.Boards, "boards", "commentary", "glossary.yaml", "names.yaml", "needs.yaml", "words")
	return inputs, err
}

// published is the part of the settings that a page can depend on.
func published(s config.Settings) config.Settings {
	s.Paths, s.Schedule, s.Limits = config.Paths{}, config.ScheduleRules{}, config.Limits{}
	return s
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// hashFiles is one hash over the names and contents of the contributed files below roots.
func hashFiles(fsys fs.FS, roots ...string) (string, error) {
	var lines []string
	for _, root := range roots {
		err := fs.WalkDir(fsys, root, func(path string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) && path == root {
				return nil // a file that need not be there
			}
			if err != nil || d.IsDir() {
				return err
			}
			b, err := fs.ReadFile(fsys, path)
			lines = append(lines, hash(b)+"  "+path+"\n")
			return err
		})
		if err != nil {
			return "", fmt.Errorf("hashing the contributed files: %w", err)
		}
	}
	sort.Strings(lines)
	h := sha256.New()
	for _, line := range lines {
		_, _ = io.WriteString(h, line)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// settle makes every file and folder of dir durable and returns each file's hash.
func settle(dir string) (map[string]string, error) {
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return syncDir(path)
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		h := sha256.New()
		if _, err := io.Copy(h, f); err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(rel)] = hex.EncodeToString(h.Sum(nil))
		return f.Sync()
	})
	if err != nil {
		return nil, fmt.Errorf("making the edition durable: %w", err)
	}
	return files, nil
}

func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
