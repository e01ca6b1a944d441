package pipelines

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"wherry/config"
	"wherry/pipelines/giveback"
	"wherry/pipelines/intake"
	"wherry/pipelines/warehouse"
	"wherry/queries"
)

// Feedback writes to the outbox of each of the agencies what became of what it sent, and
// returns the paths of what it wrote. Nothing published is fs.ErrNotExist.
func (p *Project) Feedback(ctx context.Context, agencies []config.Agency) (paths []string, err error) {
	r, err := warehouse.OpenReaderAt(ctx, p.Partnership, p.Queries, p.AsAt)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	in := giveback.Input{Partnership: p.Partnership, Measures: p.Catalogue.Measures, DB: r, AsAt: p.AsAt, Edition: p.current()}
	if in.Deliveries, err = warehouse.Deliveries(p.Partnership); err != nil {
		return nil, err
	}
	if in.Refused, err = intake.Refusals(p.Partnership); err != nil {
		return nil, err
	}
	if in.Returns, err = queries.Returns(ctx, r); err != nil {
		return nil, err
	}
	if err := queries.MarkReturns(ctx, r, p.Contracts, in.Returns); err != nil {
		return nil, err
	}
	if in.Late, err = queries.LateOf(ctx, r); err != nil {
		return nil, err
	}
	for _, a := range agencies {
		written, err := giveback.Write(ctx, in, a)
		if err != nil {
			return nil, err
		}
		paths = append(paths, written...)
	}
	return paths, nil
}

// senders is the agencies from which anything ever came.
func (p *Project) senders() ([]config.Agency, error) {
	deliveries, err := warehouse.Deliveries(p.Partnership)
	if err != nil {
		return nil, err
	}
	refused, err := intake.Refusals(p.Partnership)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(p.Agencies), func(a config.Agency) bool {
		return !slices.ContainsFunc(deliveries, func(d *warehouse.Delivery) bool { return d.Agency == a.ID }) &&
			!slices.ContainsFunc(refused, func(o intake.Outcome) bool { return o.Agency == a.ID })
	}), nil
}

// current is the name of the edition that is published, "" for none.
func (p *Project) current() string {
	target, err := os.Readlink(filepath.Join(p.Path(p.Paths.Published), "current"))
	if err != nil {
		return ""
	}
	return filepath.Base(target)
}
