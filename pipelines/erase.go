package pipelines

import (
	"context"
	"errors"

	"wherry/pipelines/warehouse"
)

// Purge is what is past its retention; where do is true it is taken out. See warehouse.Writer.
func (p *Project) Purge(ctx context.Context, do bool) (warehouse.Erasure, error) {
	return p.erase(ctx, func(w *warehouse.Writer) (warehouse.Erasure, error) {
		if do {
			return w.Purge(ctx)
		}
		return warehouse.Erasure{Kind: warehouse.Purged, Of: w.PastRetention()}, nil
	})
}

// Forget is the deliveries that hold one of the pseudonyms; where do is true their rows are
// taken out. See warehouse.Writer.
func (p *Project) Forget(ctx context.Context, pseudonyms []string, do bool) (warehouse.Erasure, error) {
	return p.erase(ctx, func(w *warehouse.Writer) (warehouse.Erasure, error) {
		if do {
			return w.Forget(ctx, pseudonyms)
		}
		held, err := w.Holding(ctx, pseudonyms)
		return warehouse.Erasure{Kind: warehouse.Forgotten, Of: held}, err
	})
}

func (p *Project) erase(ctx context.Context, act func(*warehouse.Writer) (warehouse.Erasure, error)) (e warehouse.Erasure, err error) {
	if err := p.checkClock(); err != nil {
		return e, err
	}
	w, err := warehouse.Open(ctx, p.Partnership, p.Queries, p.AsAt)
	if err != nil {
		return e, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	return act(w)
}
