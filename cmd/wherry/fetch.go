package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"wherry/pipelines"
	"wherry/pipelines/fetch"
)

func (a *app) fetchCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "fetch",
		Short: "Copy new extracts from the sources of wherry.yaml to the inbox",
		Long: `Fetch looks at every source that wherry.yaml names (Azure Blob containers, SFTP servers,
folders) and copies what is new to inbox/<agency>/. A file that is still being written is
left for the next time. Nothing at a source is changed or deleted. A source that cannot be
reached is reported, and the others go on.`,
		Example: `  wherry fetch --dir /srv/norfolk
  wherry fetch --json | jq '.[] | select(.problem)'`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			if len(p.Sources) == 0 {
				return hinted{errors.New("wherry.yaml names no sources to fetch from"), "put extracts in " + p.Paths.Inbox + "/<agency>/ by hand, or add sources: docs/sources.md shows how"}
			}
			var got fetched
			if err := a.job(cmd.Context(), p, "fetch", a.fetchStep(p, &got)); err != nil {
				return err
			}
			if a.json {
				err := a.printJSON(got)
				return errors.Join(err, got.attention())
			}
			a.printSources(got)
			return got.attention()
		},
	}
}

// fetched is what came of each source.
type fetched []fetch.Result

func (f fetched) attention() error {
	if slices.ContainsFunc(f, fetch.Result.Attention) {
		return errAttention
	}
	return nil
}

func (f fetched) files() (n int) {
	for _, r := range f {
		n += len(r.Fetched)
	}
	return n
}

// arrivalSteps are the steps by which extracts arrive: from the sources, where there are any,
// and then from the inbox.
func (a *app) arrivalSteps(p *pipelines.Project, got *received) []pipelines.Step {
	if len(p.Sources) == 0 {
		return []pipelines.Step{a.receiveStep(p, got)}
	}
	return []pipelines.Step{a.fetchStep(p, &got.Sources), a.receiveStep(p, got)}
}

func (a *app) fetchStep(p *pipelines.Project, got *fetched) pipelines.Step {
	return pipelines.Step{Name: "fetch", Do: func(ctx context.Context) (string, error) {
		results, err := p.Fetch(ctx, time.Now().UTC(), a.progress())
		*got = results
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%s from %s", plural(int64(got.files()), "file"), plural(int64(len(results)), "source")), nil
	}}
}

// printSources says which sources could not be read, and which of their files were not taken.
func (a *app) printSources(all fetched) {
	for _, r := range all {
		if r.Problem != "" {
			fmt.Fprintf(a.out, "\nSource of %s, %s: %s\n", r.Agency, r.Source, r.Problem)
		}
		if len(r.Refused) > 0 {
			fmt.Fprintf(a.out, "\nNot fetched from the source of %s: %s.\n", r.Agency, plural(int64(len(r.Refused)), "file"))
		}
		for _, x := range r.Refused {
			fmt.Fprintf(a.out, "  %s %s\n", x.Name, x.Why)
		}
	}
}
