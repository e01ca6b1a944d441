package warehouse

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wherry/config"
	"wherry/pipelines/seal"
)

// Erasure is the record of rows that were taken out of the archive for good: those of returns
// past their retention, or those of one person. It is written before anything is taken out.
type Erasure struct {
	Seq      int      `json:"seq"`
	Kind     string   `json:"kind"` // Purged or Forgotten
	On       string   `json:"on"`   // YYYY-MM-DD
	Of       []Erased `json:"of"`
	People   []string `json:"people,omitempty"` // SHA-256 of each pseudonym, so that none is loaded again
	Finished bool     `json:"finished"`         // false where the work was cut short: do it again
}

// Kinds of Erasure.
const (
	Purged    = "purged"
	Forgotten = "forgotten"
)

// Erased is what was taken out of one delivery.
type Erased struct {
	Delivery   string `json:"delivery"`
	Agency     string `json:"agency"`
	Feed       string `json:"feed"`
	Period     string `json:"period"`
	Submission int    `json:"submission"`
	Extract    string `json:"extract"`
	SHA256     string `json:"sha256"` // of the extract, opened where it was sealed
	Rows       int64  `json:"rows"`
}

// Rows is the number of rows that were taken out.
func (e Erasure) Rows() (n int64) {
	for _, d := range e.Of {
		n += d.Rows
	}
	return n
}

func erased(d *Delivery, rows int64) Erased {
	return Erased{d.ID, d.Agency, d.Feed, d.Period, d.Submission, d.Extract, d.SHA256, rows}
}

func (a archive) erasures() string { return filepath.Join(a.root, "erased") }

// path is the file of an erasure's record.
func (a archive) erasure(e Erasure) string {
	return filepath.Join(a.erasures(), fmt.Sprintf("%06d-%s.json", e.Seq, e.Kind))
}

func (a archive) readErasures() ([]Erasure, error) {
	entries, err := os.ReadDir(a.erasures())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading what was erased: %w", err)
	}
	var all []Erasure
	for _, entry := range entries {
		if filepath.Ext(entry.Name()) != ".json" || strings.HasPrefix(entry.Name(), unfinished) {
			continue
		}
		var e Erasure
		if err := readJSON(filepath.Join(a.erasures(), entry.Name()), &e); err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

// begin records an erasure that is about to be made.
func (a archive) begin(e Erasure) (Erasure, error) {
	all, err := a.readErasures()
	if err != nil {
		return e, err
	}
	e.Seq = 1
	if len(all) > 0 {
		e.Seq = all[len(all)-1].Seq + 1
	}
	if err := os.MkdirAll(a.erasures(), 0o700); err != nil {
		return e, err
	}
	return e, a.record(e)
}

func (a archive) record(e Erasure) error {
	if err := writeJSON(a.erasure(e), e); err != nil {
		return fmt.Errorf("recording what was erased: %w", err)
	}
	return syncFile(a.erasures())
}

// finishErasures makes the warehouse afresh from the archive, removes every older copy of it,
// every object that no delivery names and the extracts in the inbox that erased rows came in,
// and marks what was cut short as finished. Until it has ended, the last snapshot is readable.
func (w *Writer) finishErasures(ctx context.Context, all []Erasure) error {
	if err := w.discard(); err != nil {
		return err
	}
	if err := w.fromArchive(ctx); err != nil {
		return err
	}
	hash, err := w.hash()
	if err != nil {
		return err
	}
	now, err := w.finish(ctx, hash)
	if err != nil {
		return err
	}
	snapshots, err := snapshots(w.folder)
	if err != nil {
		return err
	}
	for _, s := range snapshots {
		if s.Name != now.Name {
			if err := os.Remove(s.Path); err != nil {
				return fmt.Errorf("removing a snapshot that holds what was erased: %w", err)
			}
		}
	}
	if err := w.archive.removeUnnamed(w.deliveries); err != nil {
		return err
	}
	for _, e := range all {
		if err := w.removeExtracts(e.Of); err != nil {
			return fmt.Errorf("removing an extract that holds what was erased: %w", err)
		}
		e.Finished = true
		if err := w.archive.record(e); err != nil {
			return err
		}
	}
	return nil
}

// removeExtracts removes from the inbox the files that erased rows came in, sealed or not, and
// every copy of one under another name. A zip that holds one goes whole. A sealed copy under
// another name cannot be told here.
func (w *Writer) removeExtracts(of []Erased) error {
	names, hashes, agencies := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, d := range of {
		agencies[d.Agency] = true
		file, _, _ := strings.Cut(d.Extract, "/") // of a zip that held several
		names[d.Agency+"/"+file], hashes[d.Agency+"/"+d.SHA256] = true, true
	}
	for agency := range agencies {
		folder := filepath.Join(Dir(w.partnership, w.partnership.Paths.Inbox), agency)
		entries, err := os.ReadDir(folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for _, entry := range entries {
			if !entry.Type().IsRegular() {
				continue
			}
			path, name := filepath.Join(folder, entry.Name()), entry.Name()
			if ending := filepath.Ext(name); strings.EqualFold(ending, seal.Ending) {
				name = strings.TrimSuffix(name, ending)
			}
			erased := names[agency+"/"+name]
			if !erased {
				hash, err := hashFile(path)
				if err != nil {
					return err
				}
				erased = hashes[agency+"/"+hash]
				if info, err := entry.Info(); err == nil && !erased {
					erased = zipHolds(path, info.Size(), func(hash string) bool { return hashes[agency+"/"+hash] })
				}
			}
			if erased {
				if err := os.Remove(path); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// removeUnnamed removes the objects that no delivery names.
func (a archive) removeUnnamed(ds []*Delivery) error {
	entries, err := os.ReadDir(a.objects())
	if err != nil {
		return fmt.Errorf("listing the archive's objects: %w", err)
	}
	for _, e := range entries {
		hash, is := objectName(e.Name())
		if is && !slices.ContainsFunc(ds, func(d *Delivery) bool { return d.Object == hash }) {
			if err := os.Remove(filepath.Join(a.objects(), e.Name())); err != nil {
				return fmt.Errorf("removing an object that holds what was erased: %w", err)
			}
		}
	}
	return syncFile(a.objects())
}

// Erasures is every recorded Erasure of a partnership, the latest first, without the digests of
// people.
func Erasures(p *config.Partnership) ([]Erasure, error) {
	all, err := archive{Dir(p, p.Paths.Archive)}.readErasures()
	for i := range all {
		all[i].People = nil
	}
	slices.Reverse(all)
	return append([]Erasure{}, all...), err
}

// Command is what makes an erasure of this kind.
func (e Erasure) Command() string {
	if e.Kind == Forgotten {
		return "forget --do"
	}
	return "purge --do"
}

// cutShort is the erasures that were begun and not finished.
func cutShort(all []Erasure) []Erasure {
	return slices.DeleteFunc(slices.Clone(all), func(e Erasure) bool { return e.Finished })
}
