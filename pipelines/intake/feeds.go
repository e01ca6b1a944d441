package intake

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"filippo.io/age"
	"golang.org/x/sync/errgroup"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

// receiver takes an inbox: several feeds side by side, the extracts of each in turn.
type receiver struct {
	writer      *warehouse.Writer
	partnership *config.Partnership
	asAt        time.Time
	scratch     string
	keys        func() ([]age.Identity, error) // that open what was sent encrypted
	report      func([]Outcome, time.Duration)
	telling     sync.Mutex // guards report

	feeds   []*feedReceiver
	summary Summary
}

// feedReceiver takes the extracts of one feed, in order. conn is of a staging database that
// no other feed uses meanwhile.
type feedReceiver struct {
	*receiver
	extracts []*extract
	known    map[string]*warehouse.Delivery
	conn     *sql.Conn
	outcomes []Outcome
}

func (r *receiver) receive(ctx context.Context) (err error) {
	extracts, err := scan(warehouse.Dir(r.partnership, r.partnership.Paths.Inbox), r.partnership, r.asAt)
	if err != nil {
		return err
	}
	if extracts, err = r.spread(extracts); err != nil {
		return err
	}
	r.divide(extracts)
	lanes := min(r.lanes(), max(len(r.feeds), 1))
	free := make(chan *sql.Conn, lanes)
	for range lanes {
		db, err := warehouse.Staging(ctx, r.partnership.Limits, lanes, r.scratch)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, db.Close()) }()
		conn, err := db.Conn(ctx)
		if err != nil {
			return fmt.Errorf("opening a database to read extracts in: %w", err)
		}
		free <- conn
	}
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(lanes)
	for _, f := range largestFirst(r.feeds) {
		work.Go(func() error {
			f.conn = <-free
			defer func() { free <- f.conn }()
			defer r.end(f, time.Now())
			return f.receive(ctx)
		})
	}
	err = work.Wait()
	for range lanes {
		err = errors.Join(err, (<-free).Close())
	}
	for _, f := range r.feeds {
		r.summary.Outcomes = append(r.summary.Outcomes, f.outcomes...)
	}
	return err
}

// lanes is how many feeds are taken side by side.
func (r *receiver) lanes() int {
	if n := r.partnership.Limits.Threads; n > 0 {
		return n
	}
	return runtime.NumCPU()
}

// divide gives each feed its extracts; those of none come first.
func (r *receiver) divide(extracts []*extract) {
	known := map[string]map[string]*warehouse.Delivery{}
	for _, d := range r.writer.Deliveries() {
		if known[d.Feed] == nil {
			known[d.Feed] = map[string]*warehouse.Delivery{}
		}
		known[d.Feed][d.ID] = d
	}
	for i, e := range extracts {
		if i == 0 || feedOf(e) != feedOf(extracts[i-1]) {
			f := &feedReceiver{receiver: r, known: map[string]*warehouse.Delivery{}}
			if e.contract != nil && known[e.contract.Feed] != nil {
				f.known = known[e.contract.Feed]
			}
			r.feeds = append(r.feeds, f)
		}
		f := r.feeds[len(r.feeds)-1]
		f.extracts = append(f.extracts, e)
	}
}

// feedOf is the feed of an extract, "" where its name does not say.
func feedOf(e *extract) string {
	if e.contract == nil {
		return ""
	}
	return e.contract.Feed
}

// largestFirst lets the longest work begin before the rest.
func largestFirst(feeds []*feedReceiver) []*feedReceiver {
	size := func(f *feedReceiver) (n int64) {
		for _, e := range f.extracts {
			n += e.size
		}
		return n
	}
	return slices.SortedStableFunc(slices.Values(feeds), func(a, b *feedReceiver) int { return cmp.Compare(size(b), size(a)) })
}

// end reports what became of a feed's extracts.
func (r *receiver) end(f *feedReceiver, began time.Time) {
	r.telling.Lock()
	defer r.telling.Unlock()
	r.report(f.outcomes, time.Since(began))
}

func (r *feedReceiver) receive(ctx context.Context) error {
	var sources []*source
	for _, e := range r.extracts {
		if err := ctx.Err(); err != nil {
			return err
		}
		src, err := r.prepare(ctx, e)
		if err != nil {
			return err
		}
		if src != nil {
			sources = append(sources, src)
		}
	}
	for _, b := range batches(sources, r.partnership.Codes) {
		if err := r.load(ctx, b); err != nil {
			return err
		}
	}
	return nil
}
