package intake

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/google/renameio/v2"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

// mostListed is how many reasons a feedback file lists.
const mostListed = 5000

// Feedback writes, for every current delivery that has rows in quarantine and every extract of
// a Summary that was not loaded, outbox/<agency>/<extract>.reasons.csv: line, rule, column and
// what to do. It holds no value of the extract. Every other such file is removed: what it says
// has been put right, by a later submission or by hand.
func Feedback(p *config.Partnership, s Summary, deliveries []*warehouse.Delivery) error {
	wanted := map[string][][]string{}
	path := func(agency, extract string) string {
		return filepath.Join(warehouse.Dir(p, p.Paths.Outbox), agency, oneName(extract)+reasonsFile)
	}
	for _, d := range warehouse.Current(deliveries) {
		if rows := deliveryRows(p, d); len(rows) > 0 {
			wanted[path(d.Agency, d.Extract)] = rows
		}
	}
	for _, o := range s.Refused() {
		wanted[path(o.Agency, o.Extract())] = refusedRows(p, o)
	}
	for _, a := range p.Agencies { // to nobody else is there anybody to write
		there, err := os.ReadDir(filepath.Join(warehouse.Dir(p, p.Paths.Outbox), a.ID))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("listing feedback: %w", err)
		}
		for _, old := range there {
			extract, is := strings.CutSuffix(old.Name(), reasonsFile)
			if file := path(a.ID, extract); is && wanted[file] == nil {
				if err := os.Remove(file); err != nil {
					return fmt.Errorf("removing feedback that no longer holds: %w", err)
				}
			}
		}
		for _, file := range slices.Sorted(maps.Keys(wanted)) {
			if filepath.Base(filepath.Dir(file)) != a.ID {
				continue
			}
			if err := writeReasons(file, wanted[file]); err != nil {
				return fmt.Errorf("writing feedback to %s: %w", a.ID, err)
			}
		}
	}
	return recordRefusals(p, s)
}

// oneName is the name of an extract, which may lie in a zip, as that of a file in one folder.
func oneName(extract string) string {
	const longest = 200
	name := strings.ReplaceAll(extract, "/", ".")
	if len(name) <= longest {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	return strings.ToValidUTF8(name[:longest-17], "") + "." + hex.EncodeToString(sum[:8])
}

// reasonsFile ends the name of a feedback file.
const reasonsFile = ".reasons.csv"

func writeReasons(path string, rows [][]string) error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write([]string{"line", "rule", "column", "what_to_do"}); err != nil {
		return err
	}
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, b.Bytes()) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return renameio.WriteFile(path, b.Bytes(), 0o600)
}

// refusedRows is the lines of the feedback file of an extract that was not loaded: why, and the
// rows at fault where they are listed.
func refusedRows(p *config.Partnership, o Outcome) [][]string {
	line := ""
	if o.Line > 0 {
		line = strconv.FormatInt(o.Line, 10)
	}
	whole := []string{line, o.Rule, o.Column, "The whole file was not loaded: it " + o.Message + ". " + sentence(o.Hint)}
	return append([][]string{whole}, listed(contractFor(p, o.Feed, o.Period), o.listed, "")...)
}

// deliveryRows is the lines of a feedback file: none where there is nothing to put right.
func deliveryRows(p *config.Partnership, d *warehouse.Delivery) [][]string {
	c := contractFor(p, d.Feed, d.Period)
	return append(listed(c, d.Reasons, ""), listed(c, d.Warnings, "The row was kept. ")...)
}

// contractFor is the contract of a feed as it holds for a period.
func contractFor(p *config.Partnership, feed, period string) *config.Contract {
	c, _ := p.Contract(feed)
	if held, err := config.ParsePeriod(period); c != nil && err == nil {
		return c.Version(held)
	}
	return c
}

// listed is the first of the reasons, each with what to do.
func listed(c *config.Contract, reasons []warehouse.Reason, first string) (rows [][]string) {
	for i, r := range reasons {
		if i == mostListed {
			return append(rows, []string{"", "", "", fmt.Sprintf("These are the first %d of %d reasons.", mostListed, len(reasons))})
		}
		rows = append(rows, []string{strconv.FormatInt(r.Line, 10), r.Rule, r.Column, first + Advice(c, r)})
	}
	return rows
}

func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// Advice is what to do about a broken rule, in plain words.
func Advice(c *config.Contract, r warehouse.Reason) string {
	var column config.Column
	if c != nil {
		for _, rule := range c.Rules {
			if rule.Code == r.Rule {
				return rule.Says
			}
		}
		for _, candidate := range c.Columns {
			if candidate.Name == r.Column && candidate.StateOf == "" {
				column = candidate
			}
		}
	}
	switch r.Rule {
	case "required":
		return "Fill the column in: it may not be blank."
	case "not_a_date":
		return "Write the date as " + formOf(column, "2026-09-30") + "."
	case "not_a_timestamp":
		return "Write the local date and time as " + formOf(column, "2026-09-30 14:00:00") + ", without a time zone."
	case "not_an_integer":
		if len(column.Small) > 0 {
			return "Write a whole number, or for a count too small to give " + strings.Join(column.Small, " or ") + "."
		}
		return "Write a whole number, without spaces or words."
	case "not_a_decimal":
		return "Write a number, with a point before decimals and without commas."
	case "out_of_range":
		return "Check the value" + rangeOf(column) + "."
	case "not_in_codes":
		return "Use one of the codes that the contract lists for this column and period."
	case "not_a_pseudonym":
		return "Send the pseudonym that the agency's key makes (32 to 64 small hexadecimal digits), never an identifier."
	case "too_long":
		return "Shorten the value: this column is for short codes, not for text."
	case "identifier":
		return "Take the value out: it looks like personal data."
	case "duplicate_key":
		return "Leave one row per key: an earlier row of this file has the same key and was kept."
	case "outside_period":
		if c != nil && c.Late > 0 {
			return fmt.Sprintf("Send the row in the extract of the period it belongs to, or correct the date: it may be no later than the file's own period, and no more than %d %s before it.", c.Late, plural(c.Late, string(c.Every), string(c.Every)+"s"))
		}
		return "Send the row in the extract of the period it belongs to, or correct the date."
	case "cell_error":
		return "Mend the formula behind the cell, or leave the cell blank: it holds a spreadsheet's error, such as #N/A."
	case "malformed_line":
		return "Check quotes and separators: the line does not have one value for each column."
	}
	return "Check the row against the contract."
}

// formOf is a moment written as a column asks for it.
func formOf(c config.Column, iso string) string {
	if c.Format == "" {
		return iso
	}
	return strings.NewReplacer("%d", "30", "%-d", "30", "%m", "09", "%-m", "9", "%b", "Sep", "%B", "September", "%Y", "2026", "%y", "26",
		"%H", "14", "%-H", "14", "%I", "02", "%p", "PM", "%M", "00", "%S", "00", "%f", "000000", "%j", "273", "%%", "%").Replace(c.Format)
}

func rangeOf(c config.Column) string {
	switch {
	case c.Min != nil && c.Max != nil:
		return fmt.Sprintf(": it must be from %d to %d", *c.Min, *c.Max)
	case c.Min != nil:
		return fmt.Sprintf(": it must be %d or more", *c.Min)
	case c.Max != nil:
		return fmt.Sprintf(": it must be %d or less", *c.Max)
	}
	return ": the year must be from 1900 to 2100"
}

func refusalsPath(p *config.Partnership) string {
	return filepath.Join(warehouse.Dir(p, p.Paths.Archive), "refused.json")
}

// recordRefusals keeps what the last Receive could not load.
func recordRefusals(p *config.Partnership, s Summary) error {
	refused := s.Refused()
	if refused == nil {
		refused = []Outcome{}
	}
	b, err := json.MarshalIndent(refused, "", " ")
	if err != nil {
		return fmt.Errorf("recording what was not loaded: %w", err)
	}
	if err := renameio.WriteFile(refusalsPath(p), append(b, '\n'), 0o600); err != nil {
		return fmt.Errorf("recording what was not loaded: %w", err)
	}
	return nil
}

// Refusals is the files that the last Receive could not load and that are still in the
// inbox.
func Refusals(p *config.Partnership) ([]Outcome, error) {
	b, err := os.ReadFile(refusalsPath(p))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading what was not loaded: %w", err)
	}
	var all, still []Outcome
	if err := json.Unmarshal(b, &all); err != nil {
		return nil, fmt.Errorf("reading what was not loaded: %w", err)
	}
	for _, o := range all {
		if stillThere(warehouse.Dir(p, p.Paths.Inbox), o) {
			still = append(still, o)
		}
	}
	return still, nil
}

// contractHash names the contract as it was when a delivery was read by it.
func contractHash(c *config.Contract) string {
	stated := *c
	stated.Examples, stated.Path = nil, ""
	b, err := json.Marshal(stated)
	if err != nil {
		panic("intake: a contract is plain data: " + err.Error())
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])[:16]
}
