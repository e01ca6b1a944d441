package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"wherry/pipelines"
	"wherry/pipelines/backup"
	"wherry/pipelines/warehouse"
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
			s, err := p.Backup(to, time.Now())
			switch {
			case errors.Is(err, backup.ErrNoRecipients):
				return hinted{err, "age-keygen makes a key; put its public half, age1..., under age: recipients, and keep the other away from this machine"}
			case errors.Is(err, pipelines.ErrBusy):
				return hinted{err, "wait for it to end, or see wherry status"}
			case err != nil:
				return err
			}
			if a.json {
				return a.printJSON(s)
			}
			a.printBackup("Wrote", s)
			return nil
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "the file to write; one that is there is never overwritten")
	return cmd
}

func (a *app) restoreCommand() *cobra.Command {
	var identity, erased string
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Take a backup out into an empty folder",
		Long: `Restore opens a file that wherry backup wrote into the folder --dir, which must be empty or
not there. If the file is not whole, or not what was written, nothing is restored. Then
wherry rebuild makes the warehouse and checks every object against its name.

A backup holds people who were forgotten, and returns that were purged, after it was made.
--erased names the folder archive/erased of the partnership as it last was: what its records
say was taken out is taken out of the backup before it is in its place. Where nothing was taken
out since, or no records are left, say --erased none.`,
		Example: `  wherry restore norfolk-2026-11-28.tar.age --identity backup.key --erased /srv/old/archive/erased --dir /srv/norfolk
  wherry rebuild --dir /srv/norfolk`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case identity == "":
				return usageError{errors.New("restore needs --identity, the age identity file that opens the backup")}
			case erased == "":
				return usageError{errors.New("restore needs --erased, so that nobody who was forgotten comes back: the folder archive/erased of the partnership as it last was, or none where nothing was taken out after the backup was made")}
			case erased == "none":
				erased = ""
			}
			dir, err := filepath.Abs(a.dir)
			if err != nil {
				return err
			}
			r, err := pipelines.Restore(cmd.Context(), args[0], identity, dir, erased, time.Now())
			switch {
			case errors.Is(err, warehouse.ErrLocked):
				return hinted{err, "nothing was restored: put the key of the archive into the file of --identity, beside the backup's"}
			case err != nil:
				return err
			case a.json:
				return a.printJSON(r)
			}
			a.printBackup("Restored", r.Summary)
			if erased != "" {
				fmt.Fprintf(a.out, "Taken out again, because it was erased after the backup was made: %s.\n", plural(warehouse.Erasure{Of: r.Again}.Rows(), "row"))
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&erased, "erased", "", "the folder archive/erased of the partnership as it last was, or none")
	cmd.Flags().StringVar(&identity, "identity", "", "the age identity file that opens the backup, open to you alone")
	return cmd
}

func (a *app) printBackup(verb string, s backup.Summary) {
	fmt.Fprintf(a.out, "%s %s: %s, %s.\n", verb, s.File, plural(int64(s.Files), "file"), plural(s.Bytes, "byte"))
	if s.Unopened > 0 {
		fmt.Fprintf(a.out, "Not held against their hash, because no key here opens what is sealed: %s.\n", plural(int64(s.Unopened), "object"))
	}
}
