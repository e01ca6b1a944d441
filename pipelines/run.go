package pipelines

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"wherry/pipelines/warehouse"
)

// Step is one part of a Job that either happens whole or leaves things as they were. Do
// returns one line saying what was done; Used, which may be nil, then names what it was done
// with: ids of deliveries, the hash of a snapshot.
type Step struct {
	Name string
	Do   func(context.Context) (string, error)
	Used func() []string
}

// Job is steps that run in order under one lock. A step that could not be done is tried
// again Retries times, RetryAfter apart.
type Job struct {
	Name       string
	Steps      []Step
	Retries    int
	RetryAfter time.Duration
}

// Outcomes of a Run.
const (
	Done    = "done"
	Stopped = "stopped" // asked to end; ended between steps
	Undone  = "undone"  // a step could not be done
)

// ErrBusy says that another run holds the lock.
var ErrBusy = errors.New("another run is under way")

// ErrStopped says that the run was asked to end and ended between steps.
var ErrStopped = errors.New("stopped between steps, as asked")

// Run does a Job and writes its record to the ledger, whatever came of it. Cancelling ctx
// ends the run between steps: a step under way is let finish. say hears of each step as it
// starts (detail "") and as it ends; clock gives the time for the record only.
func (p *Project) Run(ctx context.Context, job Job, clock func() time.Time, say func(step, detail string, took time.Duration)) (run warehouse.Run, err error) {
	release, err := p.lock()
	if err != nil {
		return run, err
	}
	defer release()
	run = warehouse.Run{Job: job.Name, Build: p.Build, Started: clock(), Outcome: Done}
	for _, step := range job.Steps {
		if ctx.Err() != nil {
			run.Outcome, err = Stopped, ErrStopped
			break
		}
		say(step.Name, "", 0)
		began := clock()
		var detail string
		detail, err = job.attempt(ctx, step, say)
		took := clock().Sub(began)
		if err != nil {
			run.Outcome, detail = Undone, err.Error()
		}
		run.Steps = append(run.Steps, warehouse.Step{Name: step.Name, Seconds: took.Seconds(), Detail: detail})
		if err != nil {
			err = fmt.Errorf("%s: %w", step.Name, err)
			break
		}
		if step.Used != nil {
			run.Inputs = append(run.Inputs, step.Used()...)
		}
		say(step.Name, detail, took)
	}
	run.Ended = clock()
	recorded, recordErr := warehouse.Record(p.Partnership, run)
	return recorded, errors.Join(err, recordErr)
}

func (j Job) attempt(ctx context.Context, step Step, say func(string, string, time.Duration)) (string, error) {
	for try := 0; ; try++ {
		detail, err := step.Do(context.WithoutCancel(ctx))
		if err == nil || try >= j.Retries {
			return detail, err
		}
		say(step.Name, fmt.Sprintf("could not be done (%v); trying again in %s", err, j.RetryAfter), 0)
		select {
		case <-time.After(j.RetryAfter):
		case <-ctx.Done():
			return detail, err
		}
	}
}

// lock takes the run lock of the partnership, or returns ErrBusy with the holder's process id.
func (p *Project) lock() (release func(), err error) {
	dir := p.Path(p.Paths.Archive)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the archive: %w", err)
	}
	path := filepath.Join(dir, "RUN.lock")
	fl := flock.New(path, flock.SetPermissions(0o600))
	ok, err := fl.TryLock()
	if err != nil {
		return nil, fmt.Errorf("taking the run lock: %w", err)
	}
	if !ok {
		holder, _ := os.ReadFile(path)
		return nil, fmt.Errorf("%w (process %s)", ErrBusy, strings.TrimSpace(string(holder)))
	}
	if err := os.WriteFile(path, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("writing the run lock: %w", err), fl.Unlock())
	}
	return func() { _ = fl.Unlock() }, nil
}
