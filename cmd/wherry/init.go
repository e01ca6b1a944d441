package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"wherry/pipelines"
)

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init DIR",
		Short: "Write a new partnership's files, from the built-in example",
		Long: `Init writes config/, queries/ and dashboards/ into DIR from the files built into wherry:
the contracts, measures and boards of the Norfolk example, to be edited. It never
overwrites a file.`,
		Example: "  wherry init /srv/norfolk\n  wherry sample --dir /srv/norfolk\n  wherry run --dir /srv/norfolk",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			files, err := pipelines.Init(args[0])
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]any{"dir": args[0], "files": len(files)})
			}
			fmt.Fprintf(a.out, "Wrote %s to %s. Next: edit %s, then wherry receive --dir %s\n",
				plural(int64(len(files)), "file"), args[0], filepath.Join(args[0], "config", "wherry.yaml"), args[0])
			return nil
		},
	}
}

func (a *app) sampleCommand() *cobra.Command {
	var rows int64
	cmd := &cobra.Command{
		Use:   "sample",
		Short: "Write the sample partnership's extracts to the inbox",
		Long: `Sample writes made-up extracts for every agency and period of the contracts, as agencies
would send them, with changes and faults planted in them. No real person is in them. The
same command writes the same bytes.`,
		Example: "  wherry sample\n  wherry sample --rows 1000000 --dir /tmp/large",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			s, err := p.Sample(cmd.Context(), rows)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(s)
			}
			fmt.Fprintf(a.out, "sample    %s with %s rows in %s, %s planted\n", plural(int64(s.Files), "extract"),
				grouped(s.Rows), p.Paths.Inbox, plural(int64(len(s.Faults)), "fault"))
			return nil
		},
	}
	cmd.Flags().Int64Var(&rows, "rows", 0, "about how many rows in all (default: a county's three years)")
	return cmd
}
