package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"wherry/pipelines"
	"wherry/pipelines/backup"
)

func (a *app) backupCommand() *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use:   "backup",
		Short: "Put what cannot be made again into one encrypted file",
		Long: `Backup writes the archive, the contributed files and what is published to one file,
encrypted with age to the recipients of wherry.yaml. It waits for no run: one under way is
said. Whoever holds a recipient's private key can restore it; keep that key elsewhere.`,
		Example: "  wherry backup --to /backups/norfolk-2026-11-28.tar.age",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if to == "" {
				return usageError{errors.New("backup needs --to, the file to write")}
			}
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			s, err := p.Backup(to)
			switch {
			case errors.Is(err, backup.ErrNoRecipients):
				return hinted{err, "age-keygen makes a key; put its public half, age1..., under age: recipients, and keep the other away from this machine"}
			case errors.Is(err, pipelines.ErrBusy):
				return hinted{err, "wait for it to end, or see wherry status"}
			case err != nil:
				return err
			}
			return a.printBackup("Wrote", s)
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "the file to write; one that is there is never overwritten")
	return cmd
}

func (a *app) restoreCommand() *cobra.Command {
	var identity string
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Take a backup out into an empty folder",
		Long: `Restore opens a file that wherry backup wrote into the folder --dir, which must be empty or
not there. If the file is not whole, or not what was written, nothing is restored. Then
wherry rebuild makes the warehouse and checks every object against its name.`,
		Example: `  wherry restore norfolk-2026-11-28.tar.age --identity backup.key --dir /srv/norfolk
  wherry rebuild --dir /srv/norfolk`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if identity == "" {
				return usageError{errors.New("restore needs --identity, the age identity file that opens the backup")}
			}
			dir, err := filepath.Abs(a.dir)
			if err != nil {
				return err
			}
			s, err := backup.Restore(args[0], identity, dir)
			if err != nil {
				return err
			}
			return a.printBackup("Restored", s)
		},
	}
	cmd.Flags().StringVar(&identity, "identity", "", "the age identity file that opens the backup, open to you alone")
	return cmd
}

func (a *app) printBackup(verb string, s backup.Summary) error {
	if a.json {
		return a.printJSON(s)
	}
	fmt.Fprintf(a.out, "%s %s: %s, %s.\n", verb, s.File, plural(int64(s.Files), "file"), plural(s.Bytes, "byte"))
	if s.Unopened > 0 {
		fmt.Fprintf(a.out, "Not held against their hash, because no key here opens what is sealed: %s.\n", plural(int64(s.Unopened), "object"))
	}
	return nil
}
