package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"wherry/pipelines/warehouse"
)

func (a *app) rebuildCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rebuild",
		Short: "Make the warehouse again from the archive alone, and prove it equal",
		Long: `Rebuild makes the warehouse from the archive alone, checks every object against its hash and
proves the tables equal to the current ones. Where age: archive_recipients of wherry.yaml
names keys, sealed objects are opened with age: identity_file, in a scratch file that is
removed; and objects that still lie plain are sealed, each removed when its sealed copy has
been opened again.`,
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
			if proof.Sealed > 0 {
				fmt.Fprintf(a.out, "archive   sealed %s that lay plain\n", plural(int64(proof.Sealed), "object"))
			}
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
