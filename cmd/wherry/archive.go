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
			against := "equal to the last table by table"
			if !proof.Compared {
				against = "made from the archive; there was no sound copy to hold it against"
			}
			fmt.Fprintf(a.out, "rebuild   %s, %s rows, %s\n", plural(int64(len(proof.Tables)), "table"), grouped(rowsOf(proof)), against)
			return nil
		},
	}
}

func rowsOf(p warehouse.Proof) (n int64) {
	for _, t := range p.Tables {
		n += t.Rows
	}
	return n
}
