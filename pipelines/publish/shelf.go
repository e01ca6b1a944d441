package publish

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2"
	"golang.org/x/mod/sumdb/dirhash"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

// shelf is the published folder: editions/ holds immutable editions, current points at one.
// withdrawn is where those lie that were taken back.
type shelf struct{ root, withdrawn string }

func shelfOf(p *config.Partnership) shelf {
	return shelf{warehouse.Dir(p, p.Paths.Published), releasesOf(p).withdrawn()}
}

func audienceDir(edition string, a config.Audience) string { return filepath.Join(edition, a.ID) }

// Manifest is manifest.json of an Edition: enough to say what it was made from and to
// check that no byte has changed since.
type Manifest struct {
	Edition  string            `json:"edition"`
	Inputs   Inputs            `json:"inputs"`
	Previous string            `json:"previous,omitempty"`
	Issued   Issued            `json:"issued"`
	Files    map[string]string `json:"files"` // path below the edition -> sha256
}

// Issued is what was said of an Edition when it was issued.
type Issued struct {
	Measures  int        `json:"measures"`
	Audiences []Audience `json:"audiences"`
	Checked   int        `json:"checked"`
}

// current is the manifest of the newest edition, or nil where nothing has been published.
func (s shelf) current() (*Manifest, error) {
	raw, err := os.ReadFile(filepath.Join(s.root, "current", "manifest.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the current edition: %w", err)
	}
	m := new(Manifest)
	if err := json.Unmarshal(raw, m); err != nil {
		return nil, fmt.Errorf("reading the manifest of the current edition: %w", err)
	}
	return m, nil
}

// previous is the name of the edition that the new one is compared with. The same inputs
// give the same predecessor, so that building twice gives the same bytes.
func (s shelf) previous(inputs Inputs) (string, error) {
	m, err := s.current()
	if err != nil || m == nil {
		return "", err
	}
	if m.Inputs == inputs {
		return m.Previous, nil
	}
	return m.Edition, nil
}

// made is the newest edition where it was made from these inputs and is still, byte for byte,
// as it was issued; ok is false where there is none.
func (s shelf) made(inputs Inputs, quarter config.Period) (e Edition, ok bool, err error) {
	m, err := s.current()
	if err != nil || m == nil || m.Inputs != inputs || len(m.Issued.Audiences) == 0 {
		return e, false, err
	}
	e = Edition{Name: m.Edition, Path: filepath.Join(s.root, "editions", m.Edition), Quarter: quarter, Warehouse: inputs.Warehouse,
		Measures: m.Issued.Measures, Audiences: m.Issued.Audiences, Checked: m.Issued.Checked, Unchanged: true}
	e.Index = filepath.Join(s.root, "current", e.Audiences[0].ID, "index.html")
	return e, true, m.verify(e.Path)
}

// verify holds an edition's files against the manifest.
func (m *Manifest) verify(dir string) error {
	files, err := settle(dir)
	if err != nil {
		return err
	}
	delete(files, "manifest.json")
	for path, sum := range m.Files {
		if files[path] != sum {
			return fmt.Errorf("edition %s is not as it was issued: %s has changed; restore it from a copy, or move the edition away and publish again", m.Edition, path)
		}
	}
	if len(files) != len(m.Files) {
		return fmt.Errorf("edition %s is not as it was issued: it holds %d files and %d were issued; restore it from a copy, or move the edition away and publish again", m.Edition, len(files), len(m.Files))
	}
	return nil
}

// draft is a private folder beside the editions, on the same file system.
type draft struct{ dir string }

func (s shelf) draft() (draft, error) {
	editions := filepath.Join(s.root, "editions")
	if err := os.MkdirAll(editions, 0o755); err != nil {
		return draft{}, fmt.Errorf("making the published folder: %w", err)
	}
	stale, err := filepath.Glob(filepath.Join(editions, ".draft-*"))
	if err != nil {
		return draft{}, err
	}
	for _, dir := range stale {
		if err := os.RemoveAll(dir); err != nil {
			return draft{}, fmt.Errorf("removing an unfinished edition: %w", err)
		}
	}
	dir, err := os.MkdirTemp(editions, ".draft-")
	if err != nil {
		return draft{}, err
	}
	return draft{dir}, os.Chmod(dir, 0o755)
}

func (d draft) discard() { _ = os.RemoveAll(d.dir) }

// find is the folder of an edition that was issued, withdrawn or not.
func (s shelf) find(name string) (string, error) {
	for _, dir := range []string{filepath.Join(s.root, "editions", name), filepath.Join(s.withdrawn, name)} {
		if _, err := os.Stat(filepath.Join(dir, "manifest.json")); err == nil {
			return dir, nil
		}
	}
	return "", fmt.Errorf("edition %s was issued and is not there, so nothing new can be held against it: restore it from a copy", name)
}

// issue names the draft by its hash, makes it durable, has it entered in the release ledger,
// moves it among the editions and points current at it.
func (s shelf) issue(d draft, e Edition, inputs Inputs, previous string, enter func(name string) error) (Edition, error) {
	sum, err := dirhash.HashDir(d.dir, "", dirhash.Hash1)
	if err != nil {
		return e, fmt.Errorf("hashing the edition: %w", err)
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(sum, "h1:"))
	if err != nil {
		return e, err
	}
	e.Name = e.Quarter.Slug() + "-" + hex.EncodeToString(raw[:6])
	e.Path = filepath.Join(s.root, "editions", e.Name)
	e.Index = filepath.Join(s.root, "current", e.Audiences[0].ID, "index.html")
	if err := enter(e.Name); err != nil {
		return e, err
	}
	if _, err := os.Stat(e.Path); err == nil {
		e.Unchanged = true
		return e, s.point(e.Name)
	}
	m := Manifest{Edition: e.Name, Inputs: inputs, Previous: previous, Issued: Issued{e.Measures, e.Audiences, e.Checked}}
	if m.Files, err = settle(d.dir); err != nil {
		return e, err
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return e, err
	}
	if err := renameio.WriteFile(filepath.Join(d.dir, "manifest.json"), append(text, '\n'), 0o644); err != nil {
		return e, fmt.Errorf("writing the manifest: %w", err)
	}
	if err := os.Rename(d.dir, e.Path); err != nil {
		return e, fmt.Errorf("issuing the edition: %w", err)
	}
	if err := syncDir(filepath.Dir(e.Path)); err != nil {
		return e, err
	}
	return e, s.point(e.Name)
}

func (s shelf) point(name string) error {
	if err := renameio.Symlink(filepath.Join("editions", name), filepath.Join(s.root, "current")); err != nil {
		return fmt.Errorf("pointing current at %s: %w", name, err)
	}
	return syncDir(s.root)
}
