package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"wherry/config"
	"wherry/pipelines"
	"wherry/pipelines/publish"
	"wherry/queries"
)

func (a *app) publishCommand() *cobra.Command {
	var quarter string
	cmd := &cobra.Command{
		Use:   "publish",
		Short: "Measure what has been received and publish a quarter's edition",
		Long: `Publish evaluates every measure, protects small numbers, draws the pages for each
audience, audits the files it wrote and only then issues the edition. If the audit can
work out anything hidden, nothing is published.`,
		Example: `  wherry publish
  wherry publish --quarter "2026-27 Q1"`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			q, err := quarterOf(p, quarter)
			if err != nil {
				return err
			}
			a.heading(p)
			var e publish.Edition
			if err := a.job(cmd.Context(), p, "publish", a.publishStep(p, q, &e)); err != nil {
				return explainOlder(p, q, err)
			}
			if a.json {
				return a.printJSON(editionJSON(e, a.dir))
			}
			a.printEdition(p, e)
			return nil
		},
	}
	cmd.Flags().StringVar(&quarter, "quarter", "", `quarter to publish, e.g. "2026-27 Q2" (default: the latest whose cut-off has passed)`)
	return cmd
}

func (a *app) runCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "run",
		Short: "Receive, measure and publish: the whole job",
		Long: `Run fetches from the sources of wherry.yaml, where it names any, receives what is in the
inbox and publishes the latest quarter's edition. It ends by saying what was published, what
was kept out, who is late and which page to open.`,
		Example: `  wherry run
  wherry run --json | jq .path`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			began := time.Now()
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			a.heading(p)
			var got received
			var e publish.Edition
			err = a.job(cmd.Context(), p, "run", append(a.arrivalSteps(p, &got), a.publishStep(p, p.LatestQuarter(p.AsAt), &e))...)
			if err != nil {
				return explainLeak(err)
			}
			if a.json {
				err := a.printJSON(runJSON{Edition: e.Name, Path: relative(a.dir, e.Path), receivedJSON: got.summary(),
					Unchanged: e.Unchanged, Seconds: seconds(time.Since(began))})
				return errors.Join(err, got.attention())
			}
			a.printAttention(got)
			a.printEdition(p, e)
			return got.attention()
		},
	}
}

type runJSON struct {
	Edition string `json:"edition"`
	Path    string `json:"path"`
	receivedJSON
	Unchanged bool    `json:"unchanged"`
	Seconds   float64 `json:"seconds"`
}

func editionJSON(e publish.Edition, dir string) any {
	return struct {
		Edition   string `json:"edition"`
		Path      string `json:"path"`
		Unchanged bool   `json:"unchanged"`
	}{e.Name, relative(dir, e.Path), e.Unchanged}
}

func (a *app) publishStep(p *pipelines.Project, q config.Period, e *publish.Edition) pipelines.Step {
	return pipelines.Step{Name: "publish", Do: func(ctx context.Context) (string, error) {
		var err error
		*e, err = p.Publish(ctx, q, a.progress())
		if err != nil {
			return "", err
		}
		if e.Unchanged {
			return e.Name + ", the same bytes as before", nil
		}
		return e.Name, nil
	}, Used: func() []string { return []string{"warehouse " + e.Warehouse, "edition " + e.Name} }}
}

// quarterOf is the quarter named by a flag, or the latest whose cut-off has passed.
func quarterOf(p *pipelines.Project, flag string) (config.Period, error) {
	if flag == "" {
		return p.LatestQuarter(p.AsAt), nil
	}
	q, err := config.ParsePeriod(flag)
	if err != nil {
		return q, usageError{fmt.Errorf("--quarter: %w", err)}
	}
	if q.Kind != config.Quarter {
		return q, usageError{fmt.Errorf("--quarter: %s is a %s; write a quarter such as 2026-27 Q2", q, q.Kind)}
	}
	if q.End.After(p.AsAt) {
		return q, usageError{fmt.Errorf("--quarter: %s has not ended by %s", q, p.AsAt.Format("2 January 2006"))}
	}
	return q, nil
}

func (a *app) printEdition(p *pipelines.Project, e publish.Edition) {
	verb := "Published"
	if e.Unchanged {
		verb = "Already published, with the same bytes:"
	}
	fmt.Fprintf(a.out, "\n%s %s: %s for %s.\n", verb, e.Name, plural(int64(e.Measures), "measure"), audienceNames(e))
	for _, x := range e.Audiences {
		judged := x.Changes[queries.Concern] + x.Changes[queries.Improving] + x.Changes[queries.Different] + x.Changes[queries.NoChange]
		fmt.Fprintf(a.out, "  %-7s %d of concern, %d improving, %d different, %d with no significant change, %d not judged; %s of %s figures hidden to protect people\n",
			x.ID, x.Changes[queries.Concern], x.Changes[queries.Improving], x.Changes[queries.Different], x.Changes[queries.NoChange],
			e.Measures-judged, grouped(int64(x.Hidden)), grouped(int64(x.Cells)))
	}
	if n := len(p.PublishedWarnings(p.AsAt)); n > 0 {
		fmt.Fprintf(a.out, "Reference values: %s to verify or to review; wherry status names them.\n", plural(int64(n), "value"))
	}
	fmt.Fprintf(a.out, "Open %s\n", relative(".", e.Index))
}

func audienceNames(e publish.Edition) string {
	var names []string
	for _, x := range e.Audiences {
		names = append(names, x.ID)
	}
	return joinWords(names)
}

// explainLeak adds the auditor's findings, which name places and rules but no numbers, or what
// to do where earlier editions told too much.
func explainLeak(err error) error {
	var told *queries.ToldTooMuch
	if errors.As(err, &told) {
		return hinted{err, "nothing was published, and the last edition stays. Where a threshold was raised, put it back. Where nobody outside the team has had an earlier edition, take it back: " +
			"wherry withdraw EDITION --unseen. Else leave " + told.Measure + " out: take its file out of queries/measures and its id off the boards"}
	}
	var leak *publish.LeakError
	if !errors.As(err, &leak) {
		return err
	}
	return hinted{withFindings(err, leak), "this is a fault in Wherry: the last edition stays; please report the places named above"}
}

// withFindings is err with a line for each of the first findings.
func withFindings(err error, leak *publish.LeakError) error {
	for i, f := range leak.Report.Findings {
		if i == 20 {
			return fmt.Errorf("%w\n  and %d more", err, len(leak.Report.Findings)-i)
		}
		err = fmt.Errorf("%w\n  %s", err, f)
	}
	return err
}

// relative shows a path as short as it can be, from where the user stands.
func relative(base, path string) string {
	absolute, err := filepath.Abs(base)
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(absolute, path); err == nil {
		return rel
	}
	return path
}
