package pipelines

import (
	"context"
	"errors"
	"testing"
	"time"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

func project(t *testing.T) *Project {
	t.Helper()
	p := &config.Partnership{Root: t.TempDir()}
	p.Paths = config.Paths{Inbox: "inbox", Outbox: "outbox", Archive: "archive", Warehouse: "warehouse", Published: "published"}
	p.Schedule = config.ScheduleRules{TimeZone: "Europe/London", Receive: "0 2 * * *", Publish: "0 6 1 2,5,8,11 *"}
	return &Project{Partnership: p, Build: "test"}
}

// ticking is a clock that moves on a second each time it is read.
func ticking() func() time.Time {
	now := time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC)
	return func() time.Time { now = now.Add(time.Second); return now }
}

func quiet(string, string, time.Duration) {}

func TestRunIsRecorded(t *testing.T) {
	p := project(t)
	var did []string
	step := func(name string) Step {
		return Step{name, func(context.Context) (string, error) { did = append(did, name); return name + " done", nil },
			func() []string { return []string{"input of " + name} }}
	}
	if _, err := p.Run(t.Context(), Job{Name: "run", Steps: []Step{step("receive"), step("publish")}}, ticking(), quiet); err != nil {
		t.Fatal(err)
	}
	runs, err := warehouse.Runs(p.Partnership)
	if err != nil || len(runs) != 1 {
		t.Fatalf("runs %v, %v", runs, err)
	}
	r := runs[0]
	if r.Outcome != Done || r.Build != "test" || len(r.Steps) != 2 || r.Steps[1].Detail != "publish done" || r.Steps[0].Seconds != 1 {
		t.Errorf("recorded %+v", r)
	}
	if len(r.Inputs) != 2 || r.Inputs[0] != "input of receive" || r.Inputs[1] != "input of publish" {
		t.Errorf("recorded the inputs %q", r.Inputs)
	}
	if len(did) != 2 {
		t.Errorf("did %v", did)
	}
}

func TestRunStopsBetweenSteps(t *testing.T) {
	p := project(t)
	ctx, stop := context.WithCancel(t.Context())
	finished := false
	steps := []Step{
		{Name: "receive", Do: func(ctx context.Context) (string, error) { stop(); finished = ctx.Err() == nil; return "", nil }},
		{Name: "publish", Do: func(context.Context) (string, error) { t.Error("the second step began"); return "", nil }},
	}
	run, err := p.Run(ctx, Job{Name: "run", Steps: steps}, ticking(), quiet)
	if !errors.Is(err, ErrStopped) || run.Outcome != Stopped {
		t.Errorf("outcome %q, error %v", run.Outcome, err)
	}
	if !finished {
		t.Error("the step under way was interrupted")
	}
}

func TestStepIsTriedAgain(t *testing.T) {
	p := project(t)
	tries := 0
	flaky := Step{Name: "receive", Do: func(context.Context) (string, error) {
		if tries++; tries < 3 {
			return "", errors.New("the share is away")
		}
		return "third time", nil
	}}
	run, err := p.Run(t.Context(), Job{Name: "receive", Steps: []Step{flaky}, Retries: 2, RetryAfter: time.Millisecond}, ticking(), quiet)
	if err != nil || tries != 3 || run.Outcome != Done {
		t.Errorf("tries %d, outcome %q, error %v", tries, run.Outcome, err)
	}
	tries = 0
	run, err = p.Run(t.Context(), Job{Name: "receive", Steps: []Step{flaky}, Retries: 1, RetryAfter: time.Millisecond}, ticking(), quiet)
	if err == nil || tries != 2 || run.Outcome != Undone || run.Steps[0].Detail != "the share is away" {
		t.Errorf("tries %d, run %+v, error %v", tries, run, err)
	}
}

func TestOneRunAtATime(t *testing.T) {
	p := project(t)
	inner := Step{Name: "receive", Do: func(ctx context.Context) (string, error) {
		_, err := p.Run(ctx, Job{Name: "publish"}, ticking(), quiet)
		if !errors.Is(err, ErrBusy) {
			t.Errorf("a second run beside the first: %v", err)
		}
		return "", nil
	}}
	if _, err := p.Run(t.Context(), Job{Name: "receive", Steps: []Step{inner}}, ticking(), quiet); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Run(t.Context(), Job{Name: "publish"}, ticking(), quiet); err != nil {
		t.Errorf("the lock was not given back: %v", err)
	}
}
