package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"wherry/config"
	"wherry/pipelines"
	"wherry/pipelines/warehouse"
)

func (a *app) purgeCommand() *cobra.Command {
	var do bool
	cmd := &cobra.Command{
		Use:   "purge",
		Short: "Take out returns that their contract says may no longer be kept",
		Long: `Purge lists every delivery whose period ended longer ago than retention_years of its contract.
With --do it takes them out for good: out of the archive, the warehouse with its older copies,
and the inbox. A record of what was taken out stays; editions stay as they were issued. Backups
made before hold them still: those on record are named.`,
		Example: `  wherry purge --dir /srv/norfolk
  wherry purge --do --dir /srv/norfolk`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			e, err := p.Purge(cmd.Context(), do)
			if err != nil {
				return err
			}
			return a.printErasure(e, do, "past its retention")
		},
	}
	cmd.Flags().BoolVar(&do, "do", false, "take them out; without it they are only listed")
	return cmd
}

func (a *app) forgetCommand() *cobra.Command {
	var file string
	var do bool
	cmd := &cobra.Command{
		Use:   "forget --pseudonym-file FILE",
		Short: "Take one person's rows out of the archive and the warehouse",
		Long: `Forget reads the pseudonyms of one person from a file, one to a line, and says how many rows
of each delivery hold one of them. With --do those rows are taken out for good: out of the
archive, the warehouse with its older copies, and the extracts of those deliveries in the
inbox. Rows that come with one of them later are left out. Editions stay as they were issued:
they hold counts and no rows. Backups made before hold the rows still: those on record are
named, and wherry restore takes the rows out of them. Delete the file afterwards; a pseudonym on
the command line would stay in the machine's records.`,
		Example: `  wherry forget --pseudonym-file person.txt --dir /srv/norfolk
  wherry forget --pseudonym-file person.txt --do --dir /srv/norfolk`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			pseudonyms, err := readPseudonyms(file)
			if err != nil {
				return err
			}
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			e, err := p.Forget(cmd.Context(), pseudonyms, do)
			if err != nil {
				return err
			}
			return a.printErasure(e, do, "of this person")
		},
	}
	cmd.Flags().StringVar(&file, "pseudonym-file", "", "file with the person's pseudonyms, one to a line")
	cmd.Flags().BoolVar(&do, "do", false, "take the rows out; without it they are only counted")
	_ = cmd.MarkFlagRequired("pseudonym-file")
	return cmd
}

var pseudonym = regexp.MustCompile("^" + config.PersonForm(nil) + "$")

// readPseudonyms reads a file of them. What is wrong in it is named by its line and never shown.
func readPseudonyms(file string) ([]string, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("reading the pseudonyms: %w", err)
	}
	defer f.Close()
	var all []string
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			continue
		}
		if !pseudonym.MatchString(line) {
			return nil, hinted{fmt.Errorf("line %d of %s is not a pseudonym", n, file), "write each as agencies send it: 32 to 64 small hexadecimal digits after the id of its key, if it has one, and never an identifier"}
		}
		all = append(all, line)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading the pseudonyms: %w", err)
	}
	if len(all) == 0 {
		return nil, hinted{errors.New("there is no pseudonym in " + file), "write one to a line"}
	}
	return all, nil
}

func (a *app) printErasure(e pipelines.Erasure, did bool, of string) error {
	if a.json {
		e.People = nil
		return a.printJSON(e)
	}
	for _, d := range e.Of {
		fmt.Fprintf(a.out, "  %s, %s, %s, submission %d: %s\n", d.Agency, d.Feed, d.Period, d.Submission, plural(d.Rows, "row"))
	}
	what := rowsAndReturns(e.Of)
	switch {
	case len(e.Of) == 0:
		fmt.Fprintf(a.out, "Nothing is held that is %s.\n", of)
	case did:
		fmt.Fprintf(a.out, "Taken out: %s, %s. Editions stay as they were issued.\n", what, of)
	default:
		fmt.Fprintf(a.out, "Nothing was taken out: --do takes out %s, %s.\n", what, of)
	}
	a.printHolding(e, did)
	return nil
}

func rowsAndReturns(of []warehouse.Erased) string {
	return fmt.Sprintf("%s of %s", plural(warehouse.Erasure{Of: of}.Rows(), "row"), plural(int64(len(of)), "return"))
}

// printHolding says which backups hold what was taken out still, and what to do about them.
func (a *app) printHolding(e pipelines.Erasure, did bool) {
	if len(e.Of) == 0 {
		return
	}
	still := "hold it still"
	if !did {
		still = "will hold it still"
	}
	if len(e.Backups) == 0 {
		fmt.Fprintln(a.out, "No backup that holds it is on record. Copies that were made by other means hold it still: delete them.")
		return
	}
	fmt.Fprintf(a.out, "Backups made before %s: %s.\n", still, plural(int64(len(e.Backups)), "file"))
	for _, b := range e.Backups {
		gone := ""
		if b.Gone {
			gone = ", no longer there: look where it was moved"
		}
		fmt.Fprintf(a.out, "  %s, made on %s%s\n", b.File, b.On, gone)
	}
	fmt.Fprintln(a.out, "Make a new backup and delete these. One that must stay: wherry restore --erased takes the rows out of it; back that up instead.")
}
