package pipelines

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"wherry/config"
	"wherry/pipelines/fetch"
	"wherry/pipelines/intake"
	"wherry/pipelines/publish"
	"wherry/pipelines/sample"
	"wherry/pipelines/warehouse"
	"wherry/queries"
)

// Sample writes the sample partnership's extracts to the inbox: about rows rows, or a
// county's three years where rows is 0.
func (p *Project) Sample(ctx context.Context, rows int64) (sample.Summary, error) {
	db, err := warehouse.Memory(ctx)
	if err != nil {
		return sample.Summary{}, err
	}
	defer db.Close()
	return sample.Write(ctx, db, p.Partnership, p.Root, sample.Options{Rows: rows})
}

// Fetch copies what is new at the sources of wherry.yaml to the inbox. It returns what came
// of each source; say hears of every wait and of each source as it ends.
func (p *Project) Fetch(ctx context.Context, now time.Time, say publish.Progress) ([]fetch.Result, error) {
	return fetch.All(ctx, p.Partnership, now, say)
}

// Receive loads what is in the inbox and makes it readable. It returns what came of each
// extract, and the returns of the latest quarter that are to be looked at. say hears of each
// feed as its extracts end.
func (p *Project) Receive(ctx context.Context, say publish.Progress) (s intake.Summary, returns []MarkedReturn, err error) {
	if err := p.checkClock(); err != nil {
		return s, nil, err
	}
	w, err := warehouse.Open(ctx, p.Partnership, p.Queries, p.AsAt)
	if err != nil {
		return s, nil, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	s, err = intake.Receive(ctx, w, p.Partnership, p.AsAt, func(outcomes []intake.Outcome, took time.Duration) {
		sayFeed(say, outcomes, took)
	})
	if err != nil {
		return s, nil, err
	}
	sayBefore(say, s)
	if _, err := w.Publish(ctx); err != nil {
		return s, nil, err
	}
	if returns, _, err = p.markedReturns(ctx); err != nil {
		return s, nil, err
	}
	senders, err := p.senders()
	if err == nil {
		_, err = p.Feedback(ctx, senders)
	}
	return s, returns, err
}

// sayFeed says what was loaded of a feed, where anything was.
func sayFeed(say publish.Progress, outcomes []intake.Outcome, took time.Duration) {
	loaded := intake.Summary{Outcomes: outcomes}
	if n := int64(loaded.Loaded()); n > 0 {
		say(outcomes[0].Feed, fmt.Sprintf("%s, %s accepted, %d quarantined", number(n, "extract"), number(loaded.Rows(), "row"), loaded.QuarantinedRows()), took)
	}
}

// sayBefore says how many extracts had been received already.
func sayBefore(say publish.Progress, s intake.Summary) {
	if n := s.Unchanged(); n > 0 {
		say("received before", number(int64(n), "extract")+", nothing to do", 0)
	}
}

func number(n int64, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// input is what publish needs, from a reader that the caller closes.
func (p *Project) input(q config.Period, r *warehouse.Reader, err error) (publish.Input, *warehouse.Reader, error) {
	if errors.Is(err, fs.ErrNotExist) {
		return publish.Input{}, nil, fmt.Errorf("nothing has been received yet: put extracts in %s and run wherry receive", p.Paths.Inbox)
	}
	if err != nil {
		return publish.Input{}, nil, err
	}
	return publish.Input{Partnership: p.Partnership, Catalogue: p.Catalogue, Queries: p.Queries, Boards: p.Boards, Editorial: p.Editorial,
		DB: r, Snapshot: r.Snapshot.Hash, Quarter: q, AsAt: p.AsAt, Build: p.Build}, r, nil
}

// Publish makes and issues the edition of a quarter from what has been received, as the last
// receive left it: a day before that one moves the quarter and the cut-offs, not the data.
func (p *Project) Publish(ctx context.Context, q config.Period, say publish.Progress) (e publish.Edition, err error) {
	r, err := warehouse.OpenReader(ctx, p.Partnership)
	in, r, err := p.input(q, r, err)
	if err != nil {
		return e, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return publish.Publish(ctx, in, say)
}

// Measure is the figures of some measures in a quarter that an audience may see.
func (p *Project) Measure(ctx context.Context, ms []*queries.Measure, audience string, q config.Period) ([]*queries.Result, error) {
	for i, a := range p.Audiences {
		if a.ID != audience {
			continue
		}
		r, err := warehouse.OpenReaderAt(ctx, p.Partnership, p.Queries, p.AsAt)
		in, r, err := p.input(q, r, err)
		if err != nil {
			return nil, err
		}
		all, err := publish.Measure(ctx, in, ms)
		if err = errors.Join(err, r.Close()); err != nil {
			return nil, err
		}
		return all[i], nil
	}
	return nil, fmt.Errorf("no audience %q in wherry.yaml", audience)
}

// Rebuild makes the warehouse again from the archive alone and proves it equal.
func (p *Project) Rebuild(ctx context.Context) (warehouse.Proof, error) {
	if err := p.checkClock(); err != nil {
		return warehouse.Proof{}, err
	}
	return warehouse.Rebuild(ctx, p.Partnership, p.Queries, p.AsAt)
}

// template is an empty in-memory warehouse: what measures and contracts are checked in.
func (p *Project) template(ctx context.Context) (*sql.DB, error) {
	db, err := warehouse.Memory(ctx)
	if err != nil {
		return nil, err
	}
	if err := warehouse.Make(ctx, db, p.Partnership, p.Queries, p.AsAt); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}
