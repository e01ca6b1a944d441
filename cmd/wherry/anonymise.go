package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"wherry/pipelines/anonymise"
)

// anonymiseFlags is what anonymise is told beside its files.
type anonymiseFlags struct {
	keyFile, alsoKeyFile, postcodes, to, agency, period string
}

func (a *app) anonymiseCommand() *cobra.Command {
	var f anonymiseFlags
	cmd := &cobra.Command{
		Use:   "anonymise [CONTRACT] FILE",
		Short: "At the agency: turn what a system wrote into extracts that may be sent",
		Long: `Anonymise runs on the agency's own machine, without a network. With a contract it reads a
CSV or a workbook and writes what the contract asks for and no more: identifiers become
keyed pseudonyms (HMAC-SHA256), dates are cut, districts are looked up from postcodes, which
are dropped with everything else. Without one it reads a Children in Need census return
(XML, 2022 to 2026) or an Ofsted Annex A workbook. What was removed is counted by column.

The key stays at the agency. Whoever holds it can link the pseudonyms back to people, so
the output is still personal data. See docs/anonymise.md.`,
		Example: `  wherry key new agency.key
  wherry anonymise marac_case cases.csv --key-file agency.key --to outgoing
  wherry anonymise cin-2026.xml --key-file agency.key --to outgoing`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error { return a.anonymise(cmd, args, f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.keyFile, "key-file", "", "file that holds the agency's key")
	flags.StringVar(&f.alsoKeyFile, "also-key-file", "", "file of another key, in a quarter of two keys: the same extracts again, in a folder named by its id")
	flags.StringVar(&f.postcodes, "postcodes", "", "table of postcodes (CSV: postcode, district_code, lgr_unit_code)")
	flags.StringVar(&f.to, "to", ".", "folder to write the extracts to")
	flags.StringVar(&f.agency, "agency", "", "the agency that sends them, where several send the feed")
	flags.StringVar(&f.period, "period", "", "their reporting period, where no column gives it")
	_ = cmd.MarkFlagRequired("key-file")
	return cmd
}

func (a *app) anonymise(cmd *cobra.Command, args []string, f anonymiseFlags) error {
	key, err := anonymise.ReadKey(f.keyFile)
	if err != nil {
		return err
	}
	keys, folders := []anonymise.Key{key}, []string{f.to}
	if f.alsoKeyFile != "" {
		other, err := anonymise.ReadKey(f.alsoKeyFile)
		if err != nil {
			return err
		}
		if other.ID() == key.ID() {
			return hinted{fmt.Errorf("both key files hold the key %s", key.ID()), "wherry key rotate makes a new one and keeps the old"}
		}
		keys, folders = append(keys, other), append(folders, filepath.Join(f.to, "key-"+other.ID()))
	}
	for i := range keys {
		report, err := a.anonymised(cmd, args, f, keys[i], folders[i])
		if err != nil {
			return err
		}
		if a.json {
			if err := a.printJSON(report); err != nil {
				return err
			}
			continue
		}
		fmt.Fprint(a.out, report)
	}
	return nil
}

// anonymised makes the extracts of one key.
func (a *app) anonymised(cmd *cobra.Command, args []string, f anonymiseFlags, key anonymise.Key, to string) (anonymise.Report, error) {
	if len(args) == 1 {
		return anonymise.File(args[0], key, to)
	}
	p, err := a.open(cmd)
	if err != nil {
		return anonymise.Report{}, err
	}
	c, ok := p.Contract(args[0])
	if !ok {
		return anonymise.Report{}, hinted{fmt.Errorf("there is no contract %q", args[0]), "wherry contract list names them"}
	}
	return anonymise.Extract(p.Partnership, c, args[1], anonymise.Options{Key: key, To: to, Agency: f.agency, Period: f.period, Postcodes: f.postcodes})
}
