package warehouse

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"wherry/config"
)

// PastRetention is every delivery whose rows may no longer be kept on the writer's day, by the
// retention of its feed's contract. One whose feed has no contract stays.
func (w *Writer) PastRetention() []Erased {
	var past []Erased
	for _, d := range w.Deliveries() {
		if w.pastRetention(d) {
			past = append(past, erased(d, d.Accepted))
		}
	}
	return past
}

func (w *Writer) pastRetention(d *Delivery) bool {
	c, ok := w.partnership.Contract(d.Feed)
	if !ok {
		return false
	}
	period, err := config.ParsePeriod(d.Period)
	if err != nil {
		return false
	}
	until, limited := c.KeptUntil(period)
	return limited && !until.After(w.asAt)
}

// Purge takes out every delivery that is past its retention, from the archive, the warehouse
// and the inbox, with a record of it, and finishes what an earlier erasure left. Cut short at
// any moment it leaves the last good snapshot; done again, it goes on. Without anything to do
// it changes nothing.
func (w *Writer) Purge(ctx context.Context) (Erasure, error) {
	e := Erasure{Kind: Purged, On: day(w.asAt), Of: w.PastRetention()}
	all, err := w.archive.readErasures()
	if err != nil {
		return e, err
	}
	begun := cutShort(all)
	if len(e.Of)+len(begun) > 0 {
		if err := w.locked(slices.DeleteFunc(w.Deliveries(), w.pastRetention)); err != nil {
			return e, err
		}
	}
	if len(e.Of) > 0 {
		if e, err = w.archive.begin(e); err != nil {
			return e, err
		}
		begun = append(begun, e)
	}
	if len(begun) == 0 {
		return e, nil
	}
	for _, d := range e.Of {
		if err := os.Remove(filepath.Join(w.archive.deliveries(), d.Delivery+".json")); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return e, fmt.Errorf("purging delivery %s: %w", d.Delivery, err)
		}
	}
	if err := syncFile(w.archive.deliveries()); err != nil {
		return e, err
	}
	if w.deliveries, err = w.archive.read(); err != nil {
		return e, err
	}
	e.Finished = true
	return e, w.finishErasures(ctx, begun)
}
