package warehouse

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"wherry/config"
)

// Delivery is one extract accepted under one contract for one reporting period.
type Delivery struct {
	ID          string           `json:"id"` // 16 hex digits of the SHA-256 of agency, feed, period and SHA256
	Agency      string           `json:"agency"`
	Feed        string           `json:"feed"`
	Period      string           `json:"period"`     // as config.Period prints it
	Submission  int              `json:"submission"` // 1, 2, ... within agency, feed and period
	Extract     string           `json:"extract"`    // file name as sent
	Bytes       int64            `json:"bytes"`
	SHA256      string           `json:"sha256"`
	ArrivedOn   string           `json:"arrived_on"` // YYYY-MM-DD
	Accepted    int64            `json:"accepted"`
	Quarantined int64            `json:"quarantined"`
	Reasons     []Reason         `json:"reasons"`            // by line, then rule, then column
	Warned      map[string]int64 `json:"warned,omitempty"`   // rule -> rows that break it and were kept
	Warnings    []Reason         `json:"warnings,omitempty"` // the first of those rows
	Late        map[string]int64 `json:"late,omitempty"`     // earlier period -> rows accepted that belong to it
	Object      string           `json:"object"`             // SHA-256 of the Parquet, plain; "" where no row was accepted
	Contract    string           `json:"contract"`           // hash of the contract it was read by
}

// Reason is a rule that a row of an extract broke. It holds no value of the row.
type Reason struct {
	Line   int64  `json:"line"` // of the extract, the header being line 1
	Rule   string `json:"rule"`
	Column string `json:"column,omitempty"` // as sent; "" for the row as a whole
}

// Dir is a run-time folder of the partnership: below its root unless written absolute.
func Dir(p *config.Partnership, folder string) string {
	if filepath.IsAbs(folder) {
		return folder
	}
	return filepath.Join(p.Root, folder)
}

type archive struct{ root string }

func (a archive) deliveries() string { return filepath.Join(a.root, "deliveries") }
func (a archive) objects() string    { return filepath.Join(a.root, "objects") }
func (a archive) object(hash string) string {
	return filepath.Join(a.objects(), hash+".parquet")
}

// Deliveries reads every Delivery of a partnership, by agency, feed, period and submission.
func Deliveries(p *config.Partnership) ([]*Delivery, error) {
	return archive{Dir(p, p.Paths.Archive)}.read()
}

func (a archive) read() ([]*Delivery, error) {
	entries, err := os.ReadDir(a.deliveries())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the archive: %w", err)
	}
	var ds []*Delivery
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".json" {
			continue
		}
		d := new(Delivery)
		if err := readJSON(filepath.Join(a.deliveries(), e.Name()), d); err != nil {
			return nil, fmt.Errorf("%w; restore the file from a copy of the archive", err)
		}
		if _, err := config.ParsePeriod(d.Period); err != nil || d.ID+".json" != e.Name() {
			return nil, fmt.Errorf("reading the archive: deliveries/%s is not a delivery of that name; restore the file from a copy of the archive", e.Name())
		}
		ds = append(ds, d)
	}
	return inOrder(ds), nil
}

// inOrder is the deliveries by agency, feed, period and submission, whatever order they were
// accepted in.
func inOrder(ds []*Delivery) []*Delivery {
	return slices.SortedFunc(slices.Values(ds), func(a, b *Delivery) int { return strings.Compare(a.order(), b.order()) })
}

func (d *Delivery) order() string {
	return fmt.Sprintf("%s\x00%s\x00%s\x00%06d\x00%s", d.Agency, d.Feed, d.Period, d.Submission, d.ID)
}

// write makes the deliveries of a batch exist. Their objects must be in place. Either
// order of loss is safe: an object without a delivery is never read.
func (a archive) write(batch []*Delivery) error {
	err := together(batch, func(d *Delivery) error {
		if d.Object == "" {
			return nil
		}
		for _, path := range a.forms(d.Object) {
			if err := syncFile(path); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := syncFile(a.objects()); err != nil {
		return fmt.Errorf("keeping the archive's objects: %w", err)
	}
	err = together(batch, func(d *Delivery) error {
		return writeJSON(filepath.Join(a.deliveries(), d.ID+".json"), d)
	})
	if err != nil {
		return err
	}
	return syncFile(a.deliveries())
}

// together does something for every delivery, several at a time: the disk flushes many
// files in little more time than one.
func together(batch []*Delivery, do func(*Delivery) error) error {
	var g errgroup.Group
	g.SetLimit(16)
	for _, d := range batch {
		g.Go(func() error {
			if err := do(d); err != nil {
				return fmt.Errorf("keeping delivery %s: %w", d.ID, err)
			}
			return nil
		})
	}
	return g.Wait()
}

// make creates the folders, shuts those that others made and removes what an interrupted write
// left.
func (a archive) make() error {
	there, err := os.ReadDir(a.root)
	if err != nil {
		return fmt.Errorf("making the archive: %w", err)
	}
	for _, e := range there {
		if e.IsDir() {
			if err := shut(filepath.Join(a.root, e.Name())); err != nil {
				return fmt.Errorf("making the archive: %w", err)
			}
		}
	}
	for _, dir := range []string{a.deliveries(), a.objects()} {
		if err := shut(dir); err != nil {
			return fmt.Errorf("making the archive: %w", err)
		}
		entries, err := os.ReadDir(dir)
		if err != nil {
			return fmt.Errorf("making the archive: %w", err)
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), unfinished) {
				if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
					return fmt.Errorf("clearing the archive: %w", err)
				}
			}
		}
	}
	return nil
}

// shut makes a folder that only this account may enter, or makes one that is there so: what
// lies in it is personal data, whatever the modes of its files are.
func shut(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return os.Chmod(dir, 0o700)
}

// unfinished begins the name of every file that is not whole yet.
const unfinished = "unfinished-"

// writeJSON writes a file whole or not at all; the caller syncs the folder.
func writeJSON(path string, v any) error {
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	temp := filepath.Join(filepath.Dir(path), unfinished+filepath.Base(path))
	f, err := os.OpenFile(temp, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if _, err = f.Write(append(b, '\n')); err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Rename(temp, path)
}

func readJSON(path string, v any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	return nil
}

// syncFile flushes a file or folder to the disk.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	err = f.Sync()
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

func day(t time.Time) string { return t.Format(time.DateOnly) }
