package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"wherry/pipelines/warehouse"
)

func (a *app) rebuildCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "rebuild",
		Short:   "Make the warehouse again from the archive alone, and prove it equal",
		Example: "  wherry rebuild --dir /srv/norfolk",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			proof, err := p.Rebuild(cmd.Context())
			if err != nil {
				return err
			}
			if proof.Difference != "" {
				return hinted{fmt.Errorf("the warehouse is not what the archive makes: %s", proof.Difference),
					"the file was left as it was; remove the warehouse folder and rebuild to use the archive's"}
			}
			if a.json {
				return a.printJSON(proof)
			}
			fmt.Fprintf(a.out, "rebuild   %s, %s rows, equal to the last table by table\n", plural(int64(len(proof.Tables)), "table"), grouped(rowsOf(proof)))
			return nil
		},
	}
}

func (a *app) contractCommand() *cobra.Command {
	parent := &cobra.Command{
		Use:     "contract",
		Short:   "Check and list the contracts under which extracts are loaded",
		Example: "  wherry contract check marac_case",
	}
	parent.AddCommand(&cobra.Command{
		Use:     "check [FEED...]",
		Short:   "Run each contract's worked examples",
		Example: "  wherry contract check marac_case",
		RunE: func(cmd *cobra.Command, feeds []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			checks, err := p.CheckContracts(cmd.Context(), feeds)
			if err != nil {
				return err
			}
			wrong := 0
			for _, c := range checks {
				if c.OK() {
					fmt.Fprintf(a.out, "%-28s ok, %s\n", c.Feed, plural(int64(c.Examples), "example"))
					continue
				}
				wrong++
				fmt.Fprintf(a.out, "%-28s mend\n%s\n", c.Feed, c.Differences)
			}
			if wrong > 0 {
				return fmt.Errorf("%s to mend", plural(int64(wrong), "contract"))
			}
			return nil
		},
	}, &cobra.Command{
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
	})
	return parent
}

func rowsOf(p warehouse.Proof) (n int64) {
	for _, t := range p.Tables {
		n += t.Rows
	}
	return n
}
