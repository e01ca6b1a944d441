package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"wherry/config"
	"wherry/pipelines"
	"wherry/pipelines/contracts"
)

func (a *app) contractDiff() *cobra.Command {
	var from, to string
	cmd := &cobra.Command{
		Use:   "diff FEED | diff FILE FILE",
		Short: "Say in words what changed between versions of a contract, or between two files",
		Long: `Diff says what each version of a feed's contract changed, or with --from and --to what differs
between the versions that hold in two periods, codes that came and went by date among it. Of two
files it says what differs between the contracts in them, each as it is now.`,
		Example: `  wherry contract diff police_da_incident
  wherry contract diff police_da_incident --from 2024-03 --to 2025-06
  wherry contract diff old/marac_case.yaml config/contracts/marac_case.yaml`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			if len(args) == 2 {
				if from != "" || to != "" {
					return usageError{fmt.Errorf("--from and --to are for the versions of one feed")}
				}
				return a.diffFiles(p, args[0], args[1])
			}
			c, ok := p.Contract(args[0])
			if !ok {
				return usageError{fmt.Errorf("no contract for %q: see wherry contract list", args[0])}
			}
			if from == "" && to == "" {
				return a.diffVersions(p, c)
			}
			return a.diffPeriods(p, c, from, to)
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "a period of the earlier version; the contract's first where empty")
	cmd.Flags().StringVar(&to, "to", "", "a period of the later version; the latest where empty")
	return cmd
}

// diffVersions says what each version changed.
func (a *app) diffVersions(p *pipelines.Project, c *config.Contract) error {
	if len(c.Versions) == 0 {
		fmt.Fprintf(a.out, "%s has one version, from %s.\n", c.Feed, c.Starts)
		return nil
	}
	held, err := heldIn(c, c.Starts)
	if err != nil {
		return err
	}
	for _, v := range c.Versions {
		next, err := heldIn(c, v.From)
		if err != nil {
			return err
		}
		fmt.Fprintf(a.out, "From %s: %s\n", v.From, v.Says)
		a.printDiff(contracts.Diff(held, next, p.Codes))
		held = next
	}
	return nil
}

func (a *app) diffPeriods(p *pipelines.Project, c *config.Contract, from, to string) error {
	if from == "" {
		from = c.Starts
	}
	if to == "" {
		to = latest(c)
	}
	was, err := heldIn(c, from)
	if err != nil {
		return usageError{err}
	}
	is, err := heldIn(c, to)
	if err != nil {
		return usageError{err}
	}
	fmt.Fprintf(a.out, "%s from %s to %s:\n", c.Feed, from, to)
	a.printDiff(contracts.Diff(was, is, p.Codes))
	return nil
}

func (a *app) diffFiles(p *pipelines.Project, old, current string) error {
	var held []contracts.Held
	for _, file := range []string{old, current} {
		c, problems := config.ReadContract(file, p.Partnership)
		if err := problems.Err(); err != nil {
			return hinted{err, "mend the file, or see wherry contract check"}
		}
		h, err := heldIn(c, latest(c))
		if err != nil {
			return err
		}
		held = append(held, h)
	}
	fmt.Fprintf(a.out, "%s to %s:\n", old, current)
	a.printDiff(contracts.Diff(held[0], held[1], p.Codes))
	return nil
}

// latest is the first period of a contract's last version.
func latest(c *config.Contract) string {
	if n := len(c.Versions); n > 0 {
		return c.Versions[n-1].From
	}
	return c.Starts
}

func heldIn(c *config.Contract, period string) (contracts.Held, error) {
	in, err := config.ParsePeriod(period)
	if err != nil {
		return contracts.Held{}, err
	}
	return contracts.Held{Contract: c.Version(in), In: config.Containing(c.Every, in.Start)}, nil
}

func (a *app) printDiff(said []string) {
	if len(said) == 0 {
		fmt.Fprintln(a.out, "  Nothing differs.")
	}
	for _, s := range said {
		fmt.Fprintln(a.out, "  "+s)
	}
}

func (a *app) contractExport() *cobra.Command {
	var to, period string
	cmd := &cobra.Command{
		Use:   "export FEED",
		Short: "Print a contract in a standard that suppliers' own tools read",
		Long: `Export prints the contract of a feed as it holds now, or in a period, as an Open Data Contract
Standard v3.1.0 document (odcs, YAML) or as CSV on the Web metadata (csvw, JSON).`,
		Example: `  wherry contract export marac_case --to odcs > marac_case.odcs.yaml
  wherry contract export marac_case --to csvw --period 2024-03`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			c, ok := p.Contract(args[0])
			if !ok {
				return usageError{fmt.Errorf("no contract for %q: see wherry contract list", args[0])}
			}
			if period == "" {
				period = latest(c)
			}
			held, err := heldIn(c, period)
			if err != nil {
				return usageError{err}
			}
			write := map[string]func(contracts.Held, map[string]*config.CodeList) ([]byte, error){"odcs": contracts.ODCS, "csvw": contracts.CSVW}[strings.ToLower(to)]
			if write == nil {
				return usageError{fmt.Errorf("--to is odcs or csvw, not %q", to)}
			}
			text, err := write(held, p.Codes)
			if err != nil {
				return err
			}
			_, err = a.out.Write(text)
			return err
		},
	}
	cmd.Flags().StringVar(&to, "to", "odcs", "odcs or csvw")
	cmd.Flags().StringVar(&period, "period", "", "a period of the version wanted; the latest where empty")
	return cmd
}
