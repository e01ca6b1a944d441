package sample

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"wherry/config"
)

// extract is one file to be written.
type extract struct {
	contract *config.Contract
	agency   string
	period   config.Period
	suffix   string // after the period in the name
	format   string
	arrived  time.Time
	instead  map[string]string // column -> SQL expression that takes its place
}

// name is the file's name below the inbox.
func (x extract) name() string {
	return x.agency + "/" + x.contract.Feed + "_" + x.period.Slug() + x.suffix + "." + x.format
}

// returns writes what an agency sends for a period: usually one file, sometimes none or
// two. back counts periods from the latest, which is 0.
func (w *writer) returns(c *config.Contract, agency string, period config.Period, back int) error {
	x := extract{contract: c, agency: agency, period: period, format: format(c, agency), arrived: arrival(c, agency, period)}
	switch {
	case back == 0 && (c.Feed == "workforce_denominator" && agency == "housing" || c.Feed == "champion_register" && agency == "health"):
		w.summary.Missing = append(w.summary.Missing, x.name())
		return nil
	case back == 0 && (c.Feed == "safe_accommodation_referral" && agency == "provider_two" || c.Feed == "probation_case"):
		x.arrived = x.arrived.AddDate(0, 0, c.DueDays-3)
	case c.Feed == "csc_contact_referral" && back == 1:
		return w.twice(x)
	}
	written, err := w.write(x)
	if err != nil || !written {
		return err
	}
	if w.p.DueOn(c, period).Before(day(x.arrived)) {
		w.summary.Late = append(w.summary.Late, x.name())
	}
	if c.Feed == "agency_referral" && back == 2 {
		return w.copy(x)
	}
	return nil
}

// twice writes a return with decisions missing and, two weeks later, the whole one.
func (w *writer) twice(x extract) error {
	first := x
	first.instead = map[string]string{"decision_at": "case when hash(contact_key) % 17 > 0 then decision_at end"}
	if _, err := w.write(first); err != nil {
		return err
	}
	x.suffix, x.arrived = "_resubmitted", x.arrived.AddDate(0, 0, 14)
	written, err := w.write(x)
	if written {
		w.summary.Resubmitted = append(w.summary.Resubmitted, x.name())
	}
	return err
}

// copy sends the bytes of x once more, under another name, a day later.
func (w *writer) copy(x extract) error {
	from := filepath.Join(w.inbox, filepath.FromSlash(x.name()))
	x.suffix, x.arrived = "_copy", x.arrived.AddDate(0, 0, 1)
	if x.arrived.After(w.asAt) {
		return nil
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return fmt.Errorf("copying an extract: %w", err)
	}
	w.summary.Copies = append(w.summary.Copies, x.name())
	w.summary.Files++
	return w.place(x, func(to io.Writer) error { _, err := to.Write(data); return err })
}

// format is the format an agency writes a feed in.
func format(c *config.Contract, agency string) string {
	wanted := "csv"
	switch {
	case c.Feed == "police_da_incident_child" || c.Feed == "probation_case":
		wanted = "parquet"
	case c.Feed == "op_encompass_notification":
		wanted = "arrow"
	case c.Feed == "workforce_denominator" && (agency == "education" || agency == "health"),
		c.Feed == "audit_case" || c.Feed == "champion_register" || c.Feed == "part4_finance":
		wanted = "xlsx"
	}
	if slices.Contains(c.File.Formats, wanted) {
		return wanted
	}
	return c.File.Formats[0]
}

// arrival is when a return came: 8 to 14 days after its period, in office hours.
func arrival(c *config.Contract, agency string, period config.Period) time.Time {
	h := fnv.New32a()
	fmt.Fprintf(h, "%s/%s/%s", agency, c.Feed, period.Slug())
	n := int(h.Sum32() % 5040)
	return period.Last().AddDate(0, 0, 8+n%7).Add(time.Duration(8*60+n%540) * time.Minute)
}

func day(t time.Time) time.Time { return config.Day(t.Year(), t.Month(), t.Day()) }

// place writes a file whole under a temporary name, gives it its day of arrival and then
// its name.
func (w *writer) place(x extract, write func(io.Writer) error) error {
	path := filepath.Join(w.inbox, filepath.FromSlash(x.name()))
	partial := path + ".partial"
	f, err := os.Create(partial)
	if err != nil {
		return fmt.Errorf("writing %s: %w", x.name(), err)
	}
	err = write(f)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = finish(partial, path, x.arrived)
	}
	if err != nil {
		_ = os.Remove(partial)
		return fmt.Errorf("writing %s: %w", x.name(), err)
	}
	return nil
}

func finish(partial, path string, arrived time.Time) error {
	if err := errors.Join(os.Chmod(partial, 0o600), os.Chtimes(partial, arrived, arrived)); err != nil {
		return err
	}
	return os.Rename(partial, path)
}

// source is the SELECT of one file's rows, with the columns of the contract in its order.
// typed gives dates and numbers their own types, for the formats that have them.
func (x extract) source(typed bool) string {
	var columns []string
	for _, c := range x.contract.Columns {
		if !c.In(x.period) || c.StateOf != "" {
			continue
		}
		expression := identifier(c.Name)
		if other, ok := x.instead[c.Name]; ok {
			expression = other
		}
		if into := sqlType(c); typed && into != "varchar" {
			expression = fmt.Sprintf("cast(%s as %s)", expression, into)
		}
		columns = append(columns, expression+" as "+identifier(c.Name))
	}
	return fmt.Sprintf("select %s from %s where sender = %s and period = %s", strings.Join(columns, ", "),
		identifier(x.contract.Feed), literal(x.agency), literal(x.period.Slug()))
}

func sqlType(c config.Column) string {
	switch c.Type {
	case "date", "timestamp":
		return c.Type
	case "integer":
		return "bigint"
	case "decimal":
		return "double"
	}
	return "varchar"
}

func identifier(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
