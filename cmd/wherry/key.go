package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"wherry/pipelines/anonymise"
)

func (a *app) keyCommand() *cobra.Command {
	parent := &cobra.Command{
		Use:   "key",
		Short: "At the agency: make, change and name the key of pseudonyms",
		Long: `A key file holds 32 random bytes and can be read by its owner alone; a file that others can
read is refused. No command prints a key. Its id, which tells nothing of it, begins every
pseudonym that it makes.`,
		Example: "  wherry key new agency.key",
	}
	parent.AddCommand(&cobra.Command{
		Use:     "new FILE",
		Short:   "Make a key in a new file",
		Example: "  wherry key new agency.key",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			key, err := anonymise.NewKey(args[0])
			if err != nil {
				return err
			}
			return a.printKey(keyJSON{ID: key.ID()}, "Wrote a new key, %s, to %s. Keep it at the agency; whoever holds it can link the pseudonyms back.\n", key.ID(), args[0])
		},
	}, &cobra.Command{
		Use:     "rotate FILE",
		Short:   "Put a new key in the file, and keep the old beside it",
		Example: "  wherry key rotate agency.key",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			before, after, kept, err := anonymise.RotateKey(args[0])
			if err != nil {
				return err
			}
			return a.printKey(keyJSON{ID: after.ID(), Before: before.ID(), Kept: kept},
				"%s holds a new key, %s. The old one, %s, is kept in %s: send extracts of both for one quarter\n(wherry anonymise --also-key-file %s), then delete it.\n", args[0], after.ID(), before.ID(), kept, kept)
		},
	}, &cobra.Command{
		Use:     "show-id FILE",
		Short:   "Print the id of a key, for screen.key_ids of the partnership",
		Example: "  wherry key show-id agency.key",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			key, err := anonymise.ReadKey(args[0])
			if err != nil {
				return err
			}
			return a.printKey(keyJSON{ID: key.ID()}, "%s\n", key.ID())
		},
	})
	return parent
}

// keyJSON names keys, and holds none.
type keyJSON struct {
	ID     string `json:"id"`
	Before string `json:"before,omitempty"` // the id of the key that was replaced
	Kept   string `json:"kept,omitempty"`   // the file that holds it now
}

func (a *app) printKey(k keyJSON, text string, args ...any) error {
	if a.json {
		return a.printJSON(k)
	}
	fmt.Fprintf(a.out, text, args...)
	return nil
}
