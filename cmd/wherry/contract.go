package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"wherry/pipelines"
	"wherry/pipelines/contracts"
	"wherry/pipelines/intake"
)

func (a *app) contractCommand() *cobra.Command {
	parent := &cobra.Command{
		Use:   "contract",
		Short: "Write, check, list, compare and export the contracts under which extracts are loaded",
		Long: `Contract helps an engineer with what agencies promised to send: see docs/adding-an-extract.md
for a first one, and docs/contracts.md for all that can stand in its file.`,
		Example: "  wherry contract check marac_case",
	}
	parent.AddCommand(a.contractNew(), a.contractCheck(), a.contractList(), a.contractDiff(), a.contractExport())
	return parent
}

func (a *app) contractNew() *cobra.Command {
	return &cobra.Command{
		Use:   "new AGENCY FEED SAMPLE_FILE",
		Short: "Write a contract from a sample of what an agency sends, with every guess marked",
		Long: `New reads a sample file (CSV, XLSX, Parquet or Arrow), guesses what each column is, and writes
config/contracts/FEED.yaml with a remark beside every guess that is to be confirmed. Columns that
hold personal data are named and left out. No value of a row is written down, except codes that
stand on many rows or say nothing of a person. A contract that is there already is left as it is.`,
		Example: "  wherry contract new housing tenancy_transfer samples/tenancy_transfer_2026-27-Q2.csv",
		Args:    cobra.ExactArgs(3),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			path, d, err := p.NewContract(cmd.Context(), args[0], args[1], args[2])
			var refusal *intake.Refusal
			if errors.As(err, &refusal) && refusal.Hint != "" {
				return hinted{err, refusal.Hint}
			}
			if err != nil {
				return err
			}
			a.printDraft(relative(".", path), args[1], d)
			return nil
		},
	}
}

func (a *app) printDraft(path, feed string, d *contracts.Draft) {
	fmt.Fprintf(a.out, "Wrote %s: %s, each with what to confirm beside it.\n", path, plural(int64(d.Columns), "column"))
	for _, l := range d.LeftOut {
		fmt.Fprintf(a.out, "Left out: %s (%s). Ask the agency to leave it out too.\n", l.Header, l.Why)
	}
	kept := 0
	for _, n := range d.Trial.Quarantined {
		kept += n
	}
	switch {
	case d.Refusal != "":
		fmt.Fprintf(a.out, "The sample itself would go back: it %s.\n", d.Refusal)
	case kept == 0:
		fmt.Fprintf(a.out, "The sample loads under it: %s.\n", plural(int64(d.Trial.Accepted), "row"))
	default:
		fmt.Fprintf(a.out, "Of the sample, %s would load and others be kept out (%s).\n", plural(int64(d.Trial.Accepted), "row"), joinWords(ruleCounts(d.Trial.Quarantined)))
	}
	fmt.Fprintf(a.out, "Then: wherry contract check %s\n", feed)
}

func (a *app) contractCheck() *cobra.Command {
	return &cobra.Command{
		Use:   "check [FILE...]",
		Short: "Check contracts: every problem at its line, each example as an agency's extract would be read",
		Long: `Check finds every problem of the named contracts, or of all, at its line and column: in the
file itself, in its rules, in its words, and in its examples, which are read as an agency's
extract would be. FILE is a feed, or the path of a contract that need not be in use yet.`,
		Example: `  wherry contract check
  wherry contract check marac_case drafts/new_feed.yaml`,
		RunE: func(cmd *cobra.Command, files []string) error {
			checks, err := pipelines.CheckContracts(cmd.Context(), a.dir, cmd.Flags(), files)
			if err != nil {
				return err
			}
			wrong := 0
			for _, c := range checks {
				wrong += len(c.Problems)
			}
			if a.json {
				err = a.printJSON(checks)
			} else {
				a.printContractChecks(checks)
			}
			if err == nil && wrong > 0 {
				err = hinted{fmt.Errorf("%s to mend", plural(int64(wrong), "problem")), "mend the lines named above and run the command again"}
			}
			return err
		},
	}
}

func (a *app) printContractChecks(checks []pipelines.ContractCheck) {
	for _, c := range checks {
		if c.OK() {
			fmt.Fprintf(a.out, "%-28s ok, %s\n", c.Feed, plural(int64(c.Examples), "example"))
			continue
		}
		fmt.Fprintf(a.out, "%-28s mend\n", c.Feed)
		for _, problem := range c.Problems {
			fmt.Fprintln(a.out, problem)
		}
	}
}

func (a *app) contractList() *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the contracts: feed, who sends it, how often",
		Example: "  wherry contract list",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			for _, c := range p.Contracts {
				fmt.Fprintf(a.out, "%-28s every %-8s %s\n", c.Feed, c.Every, joinWords(c.Agencies))
			}
			return nil
		},
	}
}
