package pipelines

import (
	"context"
	"errors"

	"wherry/pipelines/backup"
	"wherry/pipelines/warehouse"
)

// Erasure is what was taken out, or would be, with the backups on record that hold it still.
type Erasure struct {
	warehouse.Erasure
	Backups []backup.Record `json:"backups"`
}

// Purge is what is past its retention; where do is true it is taken out. See warehouse.Writer.
func (p *Project) Purge(ctx context.Context, do bool) (Erasure, error) {
	return p.erase(ctx, func(w *warehouse.Writer) (warehouse.Erasure, error) {
		if do {
			return w.Purge(ctx)
		}
		return warehouse.Erasure{Kind: warehouse.Purged, Of: w.PastRetention()}, nil
	})
}

// Forget is the deliveries that hold one of the pseudonyms; where do is true their rows are
// taken out. See warehouse.Writer.
func (p *Project) Forget(ctx context.Context, pseudonyms []string, do bool) (Erasure, error) {
	return p.erase(ctx, func(w *warehouse.Writer) (warehouse.Erasure, error) {
		if do {
			return w.Forget(ctx, pseudonyms)
		}
		held, err := w.Holding(ctx, pseudonyms)
		return warehouse.Erasure{Kind: warehouse.Forgotten, Of: held}, err
	})
}

func (p *Project) erase(ctx context.Context, act func(*warehouse.Writer) (warehouse.Erasure, error)) (e Erasure, err error) {
	if err := p.checkClock(); err != nil {
		return e, err
	}
	release, err := p.lock()
	if err != nil {
		return e, err
	}
	defer release()
	w, err := warehouse.Open(ctx, p.Partnership, p.Queries, p.AsAt)
	if err != nil {
		return e, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if e.Erasure, err = act(w); err != nil {
		return e, err
	}
	e.Backups, err = backup.StillHolding(p.Partnership, e.Erasure)
	return e, err
}
