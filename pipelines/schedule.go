package pipelines

import (
	"context"
	"fmt"
	"time"

	"github.com/go-co-op/gocron/v2"
	"github.com/robfig/cron/v3"

	"wherry/pipelines/warehouse"
)

// Timing is when a scheduled Job runs.
type Timing struct {
	Job  string    `json:"job"`
	Cron string    `json:"cron"` // five fields, read in the partnership's time zone
	Next time.Time `json:"next"`
	Last time.Time `json:"last"` // when it should last have run
}

// lookBack is how far back a missed run is looked for: a little over a quarter.
const lookBack = 100 * 24 * time.Hour

// Timings are the scheduled Jobs with their next and last due times as of now.
func (p *Project) Timings(now time.Time) ([]Timing, error) {
	zone, err := time.LoadLocation(p.Schedule.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("schedule.time_zone %q: %w", p.Schedule.TimeZone, err)
	}
	var ts []Timing
	for _, job := range []struct{ name, cron string }{{"receive", p.Schedule.Receive}, {"publish", p.Schedule.Publish}} {
		if job.cron == "" {
			continue
		}
		s, err := cron.ParseStandard(job.cron)
		if err != nil {
			return nil, fmt.Errorf("schedule.%s %q: %w", job.name, job.cron, err)
		}
		t := Timing{Job: job.name, Cron: job.cron, Next: s.Next(now.In(zone))}
		for due := s.Next(now.In(zone).Add(-lookBack)); !due.After(now); due = s.Next(due) {
			t.Last = due
		}
		ts = append(ts, t)
	}
	return ts, nil
}

// Missed says whether a Job that should have run by now has not: its last due time is later
// than the start of every run of it on record. A partnership that has never run a Job has
// missed nothing.
func Missed(t Timing, runs []warehouse.Run) bool {
	seen := false
	for _, r := range runs {
		if r.Job != t.Job && r.Job != "run" {
			continue
		}
		seen = true
		if !r.Started.Before(t.Last) {
			return false
		}
	}
	return seen && !t.Last.IsZero()
}

// RunSchedule runs Jobs at their times until ctx ends, one at a time; a run missed while
// nothing was running is caught up once. do runs the named Job and reports for itself.
func (p *Project) RunSchedule(ctx context.Context, clock func() time.Time, do func(ctx context.Context, job string)) error {
	timings, err := p.Timings(clock())
	if err != nil {
		return err
	}
	runs, err := warehouse.Runs(p.Partnership)
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(p.Schedule.TimeZone)
	if err != nil {
		return err
	}
	s, err := gocron.NewScheduler(gocron.WithLocation(zone), gocron.WithLimitConcurrentJobs(1, gocron.LimitModeWait),
		gocron.WithStopTimeout(24*time.Hour))
	if err != nil {
		return fmt.Errorf("making the scheduler: %w", err)
	}
	for _, t := range timings {
		options := []gocron.JobOption{gocron.WithName(t.Job)}
		if Missed(t, runs) {
			options = append(options, gocron.WithStartAt(gocron.WithStartImmediately()))
		}
		if _, err := s.NewJob(gocron.CronJob(t.Cron, false), gocron.NewTask(func() { do(ctx, t.Job) }), options...); err != nil {
			return fmt.Errorf("scheduling %s: %w", t.Job, err)
		}
	}
	s.Start()
	<-ctx.Done()
	return s.Shutdown()
}
