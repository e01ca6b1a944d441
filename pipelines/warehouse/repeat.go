package warehouse

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"time"

	"wherry/config"
)

// ErasuresIn reads the records of a folder such as archive/erased, with the digests of people.
// One without any is an error.
func ErasuresIn(folder string) ([]Erasure, error) {
	if _, err := os.ReadDir(folder); err != nil {
		return nil, fmt.Errorf("reading what was erased: %w", err)
	}
	all, err := readErasures(folder)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("%s holds no record of what was erased", folder)
	}
	return all, err
}

// Repeat takes out of a partnership's archive what was taken out of a later state of it, and is
// not on record here: what a backup would bring back. It returns what that was. The warehouse is
// not touched.
func Repeat(ctx context.Context, p *config.Partnership, files fs.FS, asAt time.Time, later []Erasure) (of []Erased, err error) {
	w, err := Open(ctx, p, files, asAt)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	all, err := w.archive.readErasures()
	if err != nil {
		return nil, err
	}
	var begun []Erasure
	for _, e := range later {
		i := slices.IndexFunc(all, e.same)
		switch {
		case i >= 0 && all[i].Finished:
			continue
		case i >= 0:
			e = all[i]
		default:
			e.Finished = false
			if e, err = w.archive.begin(e); err != nil {
				return nil, err
			}
		}
		out, err := w.again(ctx, e)
		if err != nil {
			return nil, err
		}
		begun, of = append(begun, e), append(of, out...)
	}
	if err := w.archive.removeUnnamed(w.deliveries); err != nil {
		return nil, err
	}
	for _, e := range begun {
		e.Finished = true
		if err := w.archive.record(e); err != nil {
			return nil, err
		}
	}
	return of, nil
}

// same says whether two records are of one erasure, whatever their numbers.
func (e Erasure) same(o Erasure) bool {
	return e.Kind == o.Kind && e.On == o.On && slices.Equal(e.People, o.People) && reflect.DeepEqual(e.Of, o.Of)
}

// again takes out what an erasure took out elsewhere: the deliveries it names, or the rows of its
// people in whatever delivery there is.
func (w *Writer) again(ctx context.Context, e Erasure) ([]Erased, error) {
	if e.Kind == Forgotten {
		held, err := w.holding(ctx, e.People)
		if err != nil {
			return nil, err
		}
		return held, w.rewriteAll(ctx, held, e.People)
	}
	var gone []Erased
	for _, d := range w.deliveries {
		if slices.ContainsFunc(e.Of, func(x Erased) bool { return x.Delivery == d.ID }) {
			gone = append(gone, erased(d, d.Accepted))
		}
	}
	return gone, w.removeDeliveries(gone)
}

// removeDeliveries removes the records of deliveries. Their objects are then named by none.
func (w *Writer) removeDeliveries(of []Erased) (err error) {
	for _, d := range of {
		if err := os.Remove(filepath.Join(w.archive.deliveries(), d.Delivery+".json")); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing delivery %s: %w", d.Delivery, err)
		}
	}
	if err := syncFile(w.archive.deliveries()); err != nil {
		return err
	}
	w.deliveries, err = w.archive.read()
	return err
}
