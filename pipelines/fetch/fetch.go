package fetch

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"

	"wherry/config"
)

// Result is what came of one source.
type Result struct {
	Agency  string    `json:"agency"`
	Source  string    `json:"source"`  // its URL
	Fetched []File    `json:"fetched"` // now, in order of name
	Before  int       `json:"before"`  // files fetched earlier
	Waiting []string  `json:"waiting"` // still being written: taken the next time
	Refused []Refusal `json:"refused"`
	Problem string    `json:"problem,omitempty"` // why the source could not be read to its end
}

// Refusal is a file that is not copied, and why. Name is quoted where it cannot be shown.
type Refusal struct {
	Name string `json:"name"`
	Why  string `json:"why"` // completes "<name> ..."
}

// Attention says whether a person should look at it.
func (r Result) Attention() bool { return r.Problem != "" || len(r.Refused) > 0 }

// Between tries of a source: the first wait, and the longest.
const (
	firstWait   = 500 * time.Millisecond
	longestWait = time.Minute
)

// All fetches from every source of the partnership, and returns what came of each in their
// order. say hears of every wait with its reason, and of each source as it ends. now is for
// the record. An error means that the archive's own record could not be read or written.
func All(ctx context.Context, p *config.Partnership, now time.Time, say func(part, detail string, took time.Duration)) ([]Result, error) {
	var quiet sync.Mutex
	var all sync.WaitGroup
	results, errs := make([]Result, len(p.Sources)), make([]error, len(p.Sources))
	boxes := map[string]*sync.Mutex{}
	for i, s := range p.Sources {
		if boxes[s.Agency] == nil {
			boxes[s.Agency] = new(sync.Mutex)
		}
		f := &fetcher{partnership: p, source: s, now: now, copying: boxes[s.Agency], say: func(detail string, took time.Duration) {
			quiet.Lock()
			defer quiet.Unlock()
			say(s.Agency, detail, took)
		}}
		all.Go(func() { results[i], errs[i] = f.fetch(ctx) })
	}
	all.Wait()
	return results, errors.Join(errs...)
}

// fetcher fetches from one source.
type fetcher struct {
	partnership *config.Partnership
	source      config.Source
	now         time.Time
	say         func(detail string, took time.Duration)
	copying     *sync.Mutex // held while files are put into the agency's folder: it may have other sources

	record *record
	result Result
}

func (f *fetcher) fetch(ctx context.Context) (Result, error) {
	f.result = Result{Agency: f.source.Agency, Source: f.source.URL, Fetched: []File{}, Waiting: []string{}, Refused: []Refusal{}}
	var err error
	if f.record, err = readRecord(f.partnership, f.source); err != nil {
		return f.result, err
	}
	began := time.Now()
	rules := f.partnership.Fetching
	limited, cancel := context.WithTimeoutCause(ctx, rules.Timeout, fmt.Errorf("it took longer than fetching.timeout, which is %s", rules.Timeout))
	defer cancel()
	waits := backoff.NewExponentialBackOff()
	waits.InitialInterval, waits.MaxInterval = firstWait, longestWait
	tries := 0
	_, err = backoff.Retry(limited, func() (struct{}, error) {
		tries++
		return struct{}{}, f.attempt(limited)
	}, backoff.WithBackOff(waits), backoff.WithMaxTries(uint(rules.Tries)), backoff.WithMaxElapsedTime(rules.Timeout),
		backoff.WithNotify(func(err error, wait time.Duration) {
			f.say(fmt.Sprintf("trying again in %s: %v", wait.Round(100*time.Millisecond), err), time.Since(began))
		}))
	if err != nil {
		if limited.Err() != nil {
			err = context.Cause(limited)
		}
		f.result.Problem = fmt.Sprintf("could not be read (%s): %v", number(tries, "try", "tries"), err)
	}
	f.record.Problem, f.record.Looked = f.result.Problem, f.now
	f.say(f.result.Says(), time.Since(began))
	return f.result, f.record.write(f.partnership)
}

// attempt looks at the source once, waits, looks again and copies what is new and whole.
// What it copied is on record, so that the next attempt goes on from there.
func (f *fetcher) attempt(ctx context.Context) error {
	place, err := open(ctx, f.partnership, f.source)
	if err != nil {
		return err
	}
	defer place.Close()
	first, err := place.list(ctx)
	if err != nil {
		return err
	}
	settle := f.partnership.Fetching.Settle
	seen := sortOut(first, f.record, f.partnership.Limits.ExtractBytes)
	f.result.Before, f.result.Refused, f.result.Waiting = seen.before, seen.refused, []string{}
	take := seen.marked
	if n := len(seen.unsure); n > 0 {
		f.say(fmt.Sprintf("waiting %s to see whether %s still being written", settle, number(n, "file is", "files are")), 0)
		if err := sleep(ctx, settle); err != nil {
			return err
		}
		second, err := place.list(ctx)
		if err != nil {
			return err
		}
		settled, moving := compare(seen.unsure, second)
		take, f.result.Waiting = append(take, settled...), append(f.result.Waiting, moving...)
	}
	return f.copyAll(ctx, place, take)
}

// copyAll copies what it can, and returns what kept it from the rest.
func (f *fetcher) copyAll(ctx context.Context, from place, take []entry) error {
	if len(take) == 0 {
		return nil
	}
	f.copying.Lock()
	defer f.copying.Unlock()
	box, err := openBox(filepath.Join(inbox(f.partnership), f.source.Agency))
	if err != nil {
		return backoff.Permanent(err)
	}
	defer box.Close()
	var failed error
	failures := 0
	for _, e := range take {
		file, err := box.put(ctx, from, e)
		switch {
		case errors.Is(err, errMoving):
			f.result.Waiting = append(f.result.Waiting, e.name)
			continue
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case err != nil:
			failed, failures = fmt.Errorf("copying %s: %w", e.name, err), failures+1
			continue
		}
		f.record.add(e, file, f.now)
		if err := f.record.write(f.partnership); err != nil {
			return backoff.Permanent(err)
		}
		f.result.Fetched = append(f.result.Fetched, file)
	}
	if failures > 1 {
		return fmt.Errorf("%d files could not be copied; the last: %w", failures, failed)
	}
	return failed
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Says is the result in one line.
func (r Result) Says() string {
	says := number(len(r.Fetched), "file", "files") + " fetched"
	if r.Before > 0 {
		says += fmt.Sprintf(", %d fetched before", r.Before)
	}
	if len(r.Waiting) > 0 {
		says += fmt.Sprintf(", %d still being written", len(r.Waiting))
	}
	if len(r.Refused) > 0 {
		says += fmt.Sprintf(", %d refused", len(r.Refused))
	}
	if r.Problem != "" {
		says += "; " + r.Problem
	}
	return says
}

func number(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
