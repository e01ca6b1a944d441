package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"wherry/config"
)

func (a *app) feedbackCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "feedback AGENCY...",
		Short: "Write what became of an agency's data, for the agency",
		Long: `Feedback writes a page and a workbook to outbox/<agency>/: what to do first, each file and row
to put right with its line, column and rule, how the agency's returns compare with its own
earlier ones, and which measures read them. No value of a row is in either. wherry receive
writes them for every agency that has sent anything.`,
		Example: "  wherry feedback police housing",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{errors.New("requires an AGENCY of wherry.yaml")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			var agencies []config.Agency
			for _, id := range args {
				agency, ok := p.Settings.Agency(id)
				if !ok {
					return hinted{fmt.Errorf("no agency %q in wherry.yaml", id), "wherry contract list names those who send"}
				}
				agencies = append(agencies, agency)
			}
			paths, err := p.Feedback(cmd.Context(), agencies)
			if errors.Is(err, fs.ErrNotExist) {
				return hinted{errors.New("nothing has been received yet"), "put extracts in the inbox and run wherry receive"}
			}
			if err != nil {
				return err
			}
			if a.json {
				var names []string
				for _, path := range paths {
					names = append(names, relative(a.dir, path))
				}
				return a.printJSON(names)
			}
			for _, path := range paths {
				fmt.Fprintln(a.out, relative(a.dir, path))
			}
			return nil
		},
	}
}
