package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"wherry/pipelines/anonymise"
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

func (a *app) anonymiseCommand() *cobra.Command {
	var keyFile, to string
	var newKey bool
	cmd := &cobra.Command{
		Use:   "anonymise FILE",
		Short: "At the agency: turn a raw return into extracts that may be sent",
		Long: `Anonymise reads a Children in Need census return (XML, 2022 to 2026) or an Ofsted Annex A
workbook, and writes the csc feeds that Wherry can load: identifiers become keyed
pseudonyms (HMAC-SHA256), dates of birth become ages where a feed needs one, names, teams
and everything else that is personal are left out.

The key stays at the agency. Whoever holds it can link the pseudonyms back to children, so
the output is still personal data.`,
		Example: `  wherry anonymise --key-file agency.key --new-key
  wherry anonymise cin-2026.xml --key-file agency.key --to inbox/childrens_services`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if newKey {
				if err := anonymise.NewKey(keyFile); err != nil {
					return err
				}
				fmt.Fprintf(a.out, "Wrote a new key to %s. Keep it at the agency; whoever holds it can link the pseudonyms back.\n", keyFile)
			}
			if len(args) == 0 {
				if newKey {
					return nil
				}
				return usageError{errors.New("requires a FILE to anonymise")}
			}
			report, err := anonymise.File(args[0], keyFile, to)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(report)
			}
			fmt.Fprint(a.out, report)
			return nil
		},
	}
	cmd.Flags().StringVar(&keyFile, "key-file", "", "file that holds the agency's key")
	cmd.Flags().StringVar(&to, "to", ".", "folder to write the extracts to")
	cmd.Flags().BoolVar(&newKey, "new-key", false, "make the key file first; it must not exist")
	_ = cmd.MarkFlagRequired("key-file")
	return cmd
}

func rowsOf(p warehouse.Proof) (n int64) {
	for _, t := range p.Tables {
		n += t.Rows
	}
	return n
}
