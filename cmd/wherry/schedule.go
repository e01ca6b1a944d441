package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"wherry/pipelines"
	"wherry/pipelines/publish"
	"wherry/pipelines/warehouse"
)

func (a *app) scheduleCommand() *cobra.Command {
	var list bool
	cmd := &cobra.Command{
		Use:   "schedule",
		Short: "Run the jobs of wherry.yaml at their times until told to stop",
		Long: `Schedule runs the receive and publish jobs by the cron expressions of wherry.yaml, one at
a time, and tries a step that could not be done again. A run missed while nothing was
running is caught up once. SIGTERM ends it between steps.`,
		Example: `  wherry schedule --dir /srv/norfolk
  wherry schedule --list`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			timings, err := p.Timings(time.Now())
			if err != nil {
				return err
			}
			a.printTimings(timings)
			if list {
				return nil
			}
			err = p.RunSchedule(cmd.Context(), time.Now, func(ctx context.Context, job string) { a.scheduled(ctx, cmd, job) })
			fmt.Fprintln(a.out, "Stopped.")
			return err
		},
	}
	cmd.Flags().BoolVar(&list, "list", false, "print when the jobs run next, and stop")
	return cmd
}

func (a *app) printTimings(timings []pipelines.Timing) {
	if a.json {
		_ = a.printJSON(timings)
		return
	}
	for _, t := range timings {
		fmt.Fprintf(a.out, "%-9s next at %s  (%s)\n", t.Job, t.Next.Format("15:04 MST, Monday 2 January 2006"), t.Cron)
	}
}

// scheduled does one job. The partnership's files are read anew, so that a mended file is
// used by the next run; what could not be done is said, recorded, and does not end the
// schedule.
func (a *app) scheduled(ctx context.Context, cmd *cobra.Command, name string) {
	p, err := a.open(cmd)
	if err != nil {
		fmt.Fprintf(a.errs, "wherry: %s: %v\n", name, err)
		return
	}
	var got received
	var e publish.Edition
	job := pipelines.Job{Name: name, Retries: p.Schedule.Retries, RetryAfter: p.Schedule.RetryAfter,
		Steps: a.arrivalSteps(p, &got)}
	if name == "publish" {
		job.Steps = append(job.Steps, a.publishStep(p, p.LatestQuarter(p.AsAt), &e))
	}
	fmt.Fprintf(a.out, "%s %s begins\n", time.Now().UTC().Format(time.RFC3339), name)
	if _, err := p.Run(ctx, job, time.Now, a.sayStep); err != nil && !errors.Is(err, pipelines.ErrStopped) {
		fmt.Fprintf(a.errs, "wherry: %s: %v\n", name, err)
		return
	}
	a.printAttention(got)
}

func (a *app) statusCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "Show the last runs, the next ones and what needs a person",
		Example: `  wherry status
  wherry status --json | jq .needs`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			s, err := p.Status(cmd.Context(), time.Now())
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(s)
			}
			a.printStatus(s)
			return nil
		},
	}
}

func (a *app) printStatus(s pipelines.Status) {
	fmt.Fprintf(a.out, "Published: %s\n", orNothing(s.Edition))
	a.printWithdrawn(s.Withdrawn)
	a.printObjects(s.Objects)
	a.printErased(s.Erased)
	fmt.Fprintln(a.out, "\nLast runs")
	for _, r := range s.Runs {
		fmt.Fprintf(a.out, "  %s  %-8s %-8s %.1f s%s\n", r.Started.Local().Format("2006-01-02 15:04"), r.Job, r.Outcome,
			r.Ended.Sub(r.Started).Seconds(), lastDetail(r))
	}
	if len(s.Runs) == 0 {
		fmt.Fprintln(a.out, "  none yet")
	}
	fmt.Fprintln(a.out, "\nNext runs (while wherry schedule is running)")
	for _, t := range s.Next {
		fmt.Fprintf(a.out, "  %s  %s\n", t.Next.Format("2006-01-02 15:04 MST"), t.Job)
	}
	a.printLate(s.Late)
	fmt.Fprintln(a.out, "\nNeeds a person")
	for _, n := range s.Needs {
		fmt.Fprintln(a.out, "  "+n)
	}
	if len(s.Needs) == 0 {
		fmt.Fprintln(a.out, "  nothing")
	}
}

// printWithdrawn says which editions were taken back, and whether they still count.
func (a *app) printWithdrawn(all []publish.Withdrawal) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintln(a.out, "\nTaken back")
	for _, w := range all {
		counts := "others may have kept it, so later editions are protected as if they had"
		if w.Unseen {
			counts = "nobody outside the team had it, so it binds no later edition"
		}
		fmt.Fprintf(a.out, "  %s  %s by %s: %s (%s)\n", w.On.Format("2006-01-02"), w.Edition, w.By, w.Why, counts)
	}
}

// printLate says which rows came with a return of a later period than theirs.
func (a *app) printLate(all []pipelines.LateRows) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintln(a.out, "\nRows that came late (counted in the period they belong to)")
	for _, l := range all {
		before := ""
		if l.Received > 0 {
			before = fmt.Sprintf("; %s received before, and not counted again", grouped(l.Received))
		}
		fmt.Fprintf(a.out, "  %s, %s, %s: %s with the return for %s%s\n", l.Agency, l.Feed, l.Period, plural(l.Rows, "row"), l.With, before)
	}
}

// printObjects says how the rows in the archive are kept, where any is sealed or is to be.
func (a *app) printObjects(o warehouse.Objects) {
	if o.Sealed == 0 && !o.Seals {
		return
	}
	key := "no key here opens what is sealed from now on: rebuild, forget and purge ask for it"
	switch {
	case o.Opens:
		key = "the key that opens what is sealed from now on is here"
	case !o.Seals:
		key = "what comes from now on lies plain"
	}
	fmt.Fprintf(a.out, "Archive: %s sealed, %d plain; %s\n", plural(int64(o.Sealed), "object"), o.Plain, key)
}

// printErased says what was taken out for good, of which editions issued before still hold counts.
func (a *app) printErased(all []warehouse.Erasure) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintln(a.out, "\nTaken out for good (editions issued before stay as they are, and count it)")
	for _, e := range all {
		why := "past retention"
		if e.Kind == warehouse.Forgotten {
			why = "one person withdrew"
		}
		fmt.Fprintf(a.out, "  %s  %s of %s: %s\n", e.On, plural(e.Rows(), "row"), plural(int64(len(e.Of)), "return"), why)
	}
}

func lastDetail(r warehouse.Run) string {
	if len(r.Steps) == 0 {
		return ""
	}
	last := r.Steps[len(r.Steps)-1]
	return "  " + last.Name + ": " + last.Detail
}

func orNothing(s string) string {
	if s == "" {
		return "nothing yet"
	}
	return s
}
