package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wherry/config"
	"wherry/pipelines"
)

// open reads the partnership's files and says which it is.
func (a *app) open(cmd *cobra.Command) (*pipelines.Project, error) {
	p, err := pipelines.Open(a.dir, cmd.Flags(), version, time.Now())
	var problems config.Problems
	if errors.As(err, &problems) && onlyFlags(problems) {
		return nil, usageError{err}
	}
	if errors.As(err, &problems) {
		return nil, hinted{fmt.Errorf("%s in the partnership's files:\n%w", plural(int64(len(problems)), "problem"), err),
			"mend the lines named above and run the command again"}
	}
	if err != nil {
		return nil, err
	}
	if p.BuiltIn && !a.json {
		fmt.Fprintf(a.errs, "No config/wherry.yaml in %s: using the built-in %s example (wherry init writes its files).\n", a.dir, p.Place)
	}
	return p, nil
}

// onlyFlags says whether every problem is on the command line and none in a file.
func onlyFlags(problems config.Problems) bool {
	for _, p := range problems {
		if !strings.HasPrefix(p.File, "--") {
			return false
		}
	}
	return true
}

// job does one step as a run of its own, on the record.
func (a *app) job(ctx context.Context, p *pipelines.Project, name string, steps ...pipelines.Step) error {
	_, err := p.Run(ctx, pipelines.Job{Name: name, Steps: steps}, time.Now, a.sayStep)
	if errors.Is(err, pipelines.ErrBusy) {
		return hinted{err, "wait for it to end, or see wherry status"}
	}
	return err
}

// sayStep prints a line as each step ends; with --json nothing but the data is printed.
func (a *app) sayStep(step, detail string, took time.Duration) {
	if a.json || detail == "" {
		return
	}
	fmt.Fprintf(a.out, "%-9s %s  (%.1f s)\n", step, detail, took.Seconds())
}

// progress prints a line for each part of a step as it ends.
func (a *app) progress() func(part, detail string, took time.Duration) {
	return func(part, detail string, took time.Duration) {
		if !a.json {
			fmt.Fprintf(a.out, "  %-28s %s  (%.1f s)\n", part, detail, took.Seconds())
		}
	}
}

// heading says whose data and which quarter a long command works on, and which of its words
// are missing.
func (a *app) heading(p *pipelines.Project) {
	if missing := p.Untranslated(); missing != "" {
		fmt.Fprintln(a.errs, "Note: "+missing)
	}
	if a.json {
		return
	}
	note := ""
	if p.Illustrative {
		note = ", illustrative data"
	}
	fmt.Fprintf(a.out, "%s: as at %s, latest quarter %s%s\n", p.Name, p.AsAt.Format("2 January 2006"), p.LatestQuarter(p.AsAt), note)
}
