package warehouse

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// keptSnapshots is how many published files stay, so that a reader that has just read the
// pointer still finds its file.
const keptSnapshots = 3

// Publish makes everything accepted so far readable and returns the snapshot. Where nothing
// has changed since the current one, that one is returned and no file is written.
func (w *Writer) Publish(ctx context.Context) (Snapshot, error) {
	hash, err := w.hash()
	if err != nil {
		return Snapshot{}, err
	}
	now, err := current(w.folder)
	if err == nil && now.Hash == hash && w.readable(ctx, now) == nil {
		return now, w.discard()
	}
	if err := w.begun(ctx); err != nil {
		return Snapshot{}, err
	}
	next, err := w.finish(ctx, hash)
	if err != nil {
		return Snapshot{}, fmt.Errorf("publishing the warehouse: %w", err)
	}
	return next, w.prune()
}

// finish turns the private file into the current snapshot.
func (w *Writer) finish(ctx context.Context, hash string) (Snapshot, error) {
	if err := restate(ctx, w.conn, w.partnership, w.files, w.asAt); err != nil {
		return Snapshot{}, err
	}
	if err := run(ctx, w.conn, "checkpoint"); err != nil {
		return Snapshot{}, fmt.Errorf("writing the file out: %w", err)
	}
	if err := w.release(); err != nil {
		return Snapshot{}, fmt.Errorf("closing the file: %w", err)
	}
	all, err := snapshots(w.folder)
	if err != nil {
		return Snapshot{}, err
	}
	seq := 1
	if len(all) > 0 {
		seq = all[len(all)-1].Seq + 1
	}
	next, _ := snapshot(w.folder, fmt.Sprintf("%06d-%s.duckdb", seq, hash))
	if err := os.Chmod(w.building, 0o600); err != nil {
		return Snapshot{}, err
	}
	if err := syncFile(w.building); err != nil {
		return Snapshot{}, err
	}
	if err := os.Rename(w.building, next.Path); err != nil {
		return Snapshot{}, err
	}
	if err := w.readable(ctx, next); err != nil {
		return Snapshot{}, errors.Join(fmt.Errorf("reading the new file back: %w", err), os.Remove(next.Path))
	}
	if err := syncFile(w.folder); err != nil {
		return Snapshot{}, err
	}
	if err := renameio.WriteFile(filepath.Join(w.folder, pointer), []byte(next.Name+"\n"), 0o600); err != nil {
		return Snapshot{}, fmt.Errorf("swapping the pointer: %w", err)
	}
	return next, errors.Join(syncFile(w.folder), w.discard())
}

// readable opens a snapshot as a reader would and compares it with the archive.
func (w *Writer) readable(ctx context.Context, s Snapshot) error {
	r, err := openSnapshot(ctx, w.partnership, s)
	if err != nil {
		return err
	}
	loaded, err := r.compare(ctx, w.deliveries)
	if err == nil {
		for _, c := range w.partnership.Contracts {
			for _, d := range ofFeed(w.deliveries, c.Feed) {
				if !loaded[d.ID] {
					err = fmt.Errorf("delivery %s is not there", d.ID)
				}
			}
		}
	}
	return errors.Join(err, r.Close())
}

// prune removes all but the last published files.
func (w *Writer) prune() error {
	all, err := snapshots(w.folder)
	if err != nil {
		return err
	}
	now, err := current(w.folder)
	if err != nil {
		return err
	}
	for i, s := range all {
		if i < len(all)-keptSnapshots && s.Name != now.Name {
			if err := os.Remove(s.Path); err != nil {
				return fmt.Errorf("removing an old snapshot: %w", err)
			}
		}
	}
	return nil
}

// hash names the state that a file published now would have: the deliveries, the
// contracts, the SQL that makes tables and views, the reference data and the day.
func (w *Writer) hash() (string, error) {
	type state struct {
		AsAt       string
		Area       string
		First      string
		Shape      string
		Macros     string
		Core       string
		Deliveries [][4]any
		Contracts  any
		Codes      any
		Areas      any
		Reference  any
	}
	p := w.partnership
	shape, err := w.shape()
	if err != nil {
		return "", err
	}
	macros, err := sqlText(w.files, "macros")
	if err != nil {
		return "", err
	}
	core, err := sqlText(w.files, "core")
	if err != nil {
		return "", err
	}
	s := state{AsAt: day(w.asAt), Area: p.Area, First: p.FirstPeriod, Shape: shape, Macros: macros, Core: core,
		Contracts: p.Contracts, Codes: p.Codes, Areas: p.Areas, Reference: reference(p)}
	for _, d := range inOrder(w.deliveries) {
		s.Deliveries = append(s.Deliveries, [4]any{d.ID, d.Submission, d.Object, d.Contract})
	}
	b, err := json.Marshal(s)
	if err != nil {
		return "", fmt.Errorf("hashing the state of the warehouse: %w", err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])[:12], nil
}
