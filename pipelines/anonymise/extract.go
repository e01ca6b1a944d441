package anonymise

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"wherry/config"
	"wherry/pipelines/screen"
)

// Options is how an extract is anonymised by its contract.
type Options struct {
	Key       Key
	To        string // folder to write to, made where it is missing
	Agency    string // who runs it; "" where the contract names one agency alone
	Period    string // of the whole file, where the contract has no column that gives it
	Postcodes string // file from which districts and unitaries are looked up, "" for none
}

// Extract reads a file of rows (CSV or XLSX) as an agency's system wrote it, and writes what
// its contract asks for and no more into extracts, one for each reporting period:
//
//   - what a pseudonym column holds becomes a keyed pseudonym. NHS numbers are checked and
//     put in one form first, so that all agencies give one person one pseudonym; an agency's
//     own numbers are kept apart from those of others;
//   - an unborn child is its mother's pseudonym with the month in which it is expected;
//   - dates are cut as far as the contract cuts them; codes and numbers that are none, and
//     text that the screen stops, are left blank;
//   - districts and unitaries are looked up from a postcode, which is then dropped with every
//     other column that the contract does not have.
//
// The report counts what was removed, by column, and holds no value.
func Extract(p *config.Partnership, c *config.Contract, path string, o Options) (Report, error) {
	t, err := readTable(path, c)
	if err != nil {
		return Report{}, err
	}
	x := &extractor{contract: c, partnership: p, options: o, table: t, screen: screen.Of(p.Screen.LocalIDs),
		report: Report{Source: c.Title, KeyID: o.Key.ID(), Files: []Written{}, Dropped: map[string]int{}}}
	if err := x.agency(); err != nil {
		return Report{}, err
	}
	if err := x.find(); err != nil {
		return Report{}, err
	}
	if err := x.places(); err != nil {
		return Report{}, err
	}
	if err := x.periods(); err != nil {
		return Report{}, err
	}
	for i, column := range c.Columns {
		if column.StateOf != "" {
			continue // Wherry adds it when the extract is received
		}
		if err := x.column(i, column); err != nil {
			return Report{}, err
		}
	}
	x.leftOut()
	if err := x.write(); err != nil {
		return Report{}, err
	}
	return x.report, nil
}

// extractor makes one file's extracts.
type extractor struct {
	contract    *config.Contract
	partnership *config.Partnership
	options     Options
	table       *table
	screen      *screen.Screen
	report      Report

	at      []int           // for each column of the contract its place in the file, -1 for none
	taken   map[int]bool    // places that something is taken from
	period  []config.Period // of each row; zero where none is known
	out     [][]string      // for each row its values in the order of the contract
	mothers []string        // for each row the mother's identifier, "" for none
	due     []string        // for each row the month in which a child is expected
}

func (x *extractor) drop(what string, args ...any) { x.report.Dropped[fmt.Sprintf(what, args...)]++ }

// agency settles who sends the file.
func (x *extractor) agency() error {
	switch senders := x.contract.Agencies; {
	case x.options.Agency == "" && len(senders) == 1:
		x.options.Agency = senders[0]
	case x.options.Agency == "":
		return fmt.Errorf("%s is sent by %d agencies: say which with --agency (%s)", x.contract.Feed, len(senders), strings.Join(senders, ", "))
	case !slices.Contains(senders, x.options.Agency):
		return fmt.Errorf("%s is not sent by %s: it is by %s", x.contract.Feed, x.options.Agency, strings.Join(senders, ", "))
	}
	return nil
}

// find holds the header against the contract.
func (x *extractor) find() error {
	x.out = make([][]string, len(x.table.rows))
	for i := range x.out {
		x.out[i] = make([]string, len(x.contract.Columns))
	}
	x.taken = map[int]bool{}
	x.unborn()
	var missing []string
	for _, c := range x.contract.Columns {
		at := x.table.place(append(c.Headers(), c.Kept())...)
		x.at = append(x.at, at)
		switch {
		case at >= 0:
			x.taken[at] = true
		case c.Required && !located(c) && !(c.Kept() == childKey && x.mothers != nil):
			missing = append(missing, c.Name)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("the file has no column %s, which %s needs: rename its header at the top of the file", strings.Join(missing, ", "), x.contract.Feed)
	}
	return nil
}

// childKey is the column whose pseudonym may be that of an unborn child.
const childKey = "child_key"

// unborn finds what an unborn child's pseudonym is made from.
func (x *extractor) unborn() {
	mother := x.table.place("mother_key", "mother_id", "mother_nhs_number", "mothers_nhs_number", "mother")
	expected := x.table.place("expected_birth_date", "expected_date_of_birth", "expected_birth_month", "expected_date_of_delivery", "edd")
	if mother < 0 || expected < 0 {
		return
	}
	x.taken[mother], x.taken[expected] = true, true
	x.mothers, x.due = make([]string, len(x.out)), make([]string, len(x.out))
	for i, row := range x.table.rows {
		x.mothers[i] = row[mother]
		if row[expected] == "" {
			continue
		}
		if on, ok := x.table.moment(row[expected], ""); ok {
			x.due[i] = on.Format("2006-01")
		} else {
			x.drop("expected dates of birth that cannot be read")
		}
	}
}

// column fills in one column of the contract.
func (x *extractor) column(i int, c config.Column) error {
	values := make([]string, len(x.out))
	if at := x.at[i]; at >= 0 {
		for r, row := range x.table.rows {
			values[r] = row[at]
		}
	} else if !located(c) && c.In(x.anyPeriod()) {
		x.report.Left = append(x.report.Left, c.Name+" (blank: the file has no such column)")
	}
	var err error
	switch c.Type {
	case "pseudonym":
		err = x.pseudonyms(c, values)
	case "date", "timestamp":
		x.dates(c, values)
	case "code", "list":
		x.codes(i, values)
	default:
		x.plain(c, values)
	}
	for r := range values {
		if x.out[r][i] == "" { // districts stand there already
			x.out[r][i] = values[r]
		}
	}
	return err
}

// leftOut counts the values of the columns that nothing is taken from. A header that is
// itself personal data is not repeated.
func (x *extractor) leftOut() {
	for at, name := range x.table.header {
		if x.taken[at] {
			continue
		}
		if name == "" || x.screen.Label(name) != "" {
			name = fmt.Sprintf("number %d", at+1)
		}
		n := 0
		for _, row := range x.table.rows {
			if row[at] != "" {
				n++
			}
		}
		x.report.Dropped["values of the column "+name] += n
	}
}

// located says that a column is a place that can be looked up from a postcode.
func located(c config.Column) bool { return c.Codes == "district" || c.Codes == "lgr_unit" }

var missingWord = regexp.MustCompile(`(?i)^(-+|n/?k|n/?a|none|null|nil|unknown|not known|not recorded|no nhs number|unborn( baby| child)?)$`)

// blank says that a value stands for none.
func blank(v string) bool { return v == "" || missingWord.MatchString(v) }
