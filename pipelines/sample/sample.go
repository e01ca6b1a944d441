package sample

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"wherry/config"
)

//go:embed sql/*.sql
var statements embed.FS

const (
	defaultRows = 380_000 // about how many rows the default size has, over all files

	// defaultSeed is the seed whose chance is known to look like chance: no measure shows a
	// change that was not planted. Of ten seeds several show one somewhere, as they must.
	defaultSeed = 1
)

// Options say how much is made.
type Options struct {
	Rows int64 // about how many rows in all; 0 for a county's usual volumes
	Seed int64 // of chance; 0 for the one whose changes and faults are documented
}

// Summary says what was written and what was planted in it, so that a test can look for
// each. Names of files are below the inbox, with slashes.
type Summary struct {
	Files       int      `json:"files"`
	Rows        int64    `json:"rows"` // of every file, faulty ones included
	Faults      []Fault  `json:"faults"`
	Late        []string `json:"late"`        // came after the day they were due
	Missing     []string `json:"missing"`     // owed, and never came
	Partial     []string `json:"partial"`     // lack a part of their period
	Small       []string `json:"small"`       // have far fewer rows than usual
	Resubmitted []string `json:"resubmitted"` // take the place of an earlier file
	Copies      []string `json:"copies"`      // the same bytes as another file
	Unmade      []string `json:"unmade"`      // feeds with a contract, of which no sample is made
}

// Fault is a number of rows in one file that must be quarantined by one rule.
type Fault struct {
	File string `json:"file"`
	Rule string `json:"rule"`
	Rows int64  `json:"rows"`
}

// Write makes the sample extracts in the partnership's inbox below dir, for every return
// owed by the partnership's as-at date, each file's modification time being the day it
// arrived. db is an empty in-memory DuckDB that may write files and open more than one
// connection; it is left empty. The same
// partnership, size and seed give the same bytes.
func Write(ctx context.Context, db *sql.DB, p *config.Partnership, dir string, opts Options) (Summary, error) {
	asAt, err := time.Parse(time.DateOnly, p.AsAt)
	if err != nil {
		return Summary{}, fmt.Errorf("the sample needs a fixed day: set as_at in config/wherry.yaml or give --as-at")
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return Summary{}, fmt.Errorf("opening DuckDB for the sample: %w", err)
	}
	defer conn.Close()
	w := &writer{ctx: ctx, conn: conn, p: p, asAt: asAt, inbox: filepath.Join(dir, filepath.FromSlash(p.Paths.Inbox))}
	if err := w.build(opts); err != nil {
		return Summary{}, err
	}
	if err := w.plant(); err != nil {
		return Summary{}, err
	}
	if err := w.writeAll(db); err != nil {
		return Summary{}, err
	}
	_, err = conn.ExecContext(ctx, "use main; drop schema sample cascade")
	return w.summary, err
}

// writer carries one run of Write.
type writer struct {
	ctx     context.Context
	conn    *sql.Conn
	p       *config.Partnership
	asAt    time.Time
	inbox   string
	rows    map[string]int64 // of the feed being written, by agency/period
	summary Summary
}

// build makes one table per feed, named after it, in the schema sample.
func (w *writer) build(opts Options) error {
	first, months, err := w.span()
	if err != nil {
		return err
	}
	scale := 1.0
	if opts.Rows > 0 {
		scale = float64(opts.Rows) / defaultRows
	}
	seed := cmp.Or(opts.Seed, defaultSeed)
	setting := fmt.Sprintf(`create schema sample; use sample;
create macro seed() as %d::bigint; -- a macro and not a variable, since a literal is hashed twice as fast
set variable scale = %g::double; set variable months = %d::bigint; set variable first_day = date '%s';
create table bank_holiday (day date)`, seed, scale, months, first.Format(time.DateOnly))
	if _, err := w.conn.ExecContext(w.ctx, setting); err != nil {
		return fmt.Errorf("preparing the sample: %w", err)
	}
	if err := w.holidays(); err != nil {
		return err
	}
	names, err := fs.Glob(statements, "sql/*.sql")
	if err != nil {
		return fmt.Errorf("listing the sample's SQL: %w", err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(statements, name)
		if err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		if _, err := w.conn.ExecContext(w.ctx, string(text)); err != nil {
			return fmt.Errorf("making the sample by %s: %w", name, err)
		}
	}
	return nil
}

// span is the first day that any contract covers and the months from there to the as-at day.
func (w *writer) span() (time.Time, int, error) {
	var first, end time.Time
	for _, c := range w.p.Contracts {
		for _, period := range c.Periods(w.asAt) {
			if first.IsZero() || period.Start.Before(first) {
				first = period.Start
			}
			if period.End.After(end) {
				end = period.End
			}
		}
	}
	if first.IsZero() {
		return first, 0, fmt.Errorf("no contract has a period that ended by %s", w.asAt.Format(time.DateOnly))
	}
	return first, len(config.Period{Kind: config.Month, Start: first, End: end}.Split(config.Month)), nil
}

func (w *writer) holidays() error {
	if len(w.p.BankHolidays) == 0 {
		return nil
	}
	var days []string
	for _, h := range w.p.BankHolidays {
		days = append(days, "('"+h.Day.Format(time.DateOnly)+"')")
	}
	_, err := w.conn.ExecContext(w.ctx, "insert into bank_holiday values "+strings.Join(days, ", "))
	if err != nil {
		return fmt.Errorf("giving the sample its bank holidays: %w", err)
	}
	return nil
}

// count fills rows for the feed and says whether the sample has a table for it.
func (w *writer) count(feed string) (bool, error) {
	var n int
	known := "select count(*) from duckdb_tables() where schema_name = 'sample' and table_name = ?"
	if err := w.conn.QueryRowContext(w.ctx, known, feed).Scan(&n); err != nil || n == 0 {
		return false, err
	}
	rows, err := w.conn.QueryContext(w.ctx, "select sender || '/' || period, count(*) from "+identifier(feed)+" group by all")
	if err != nil {
		return false, err
	}
	defer rows.Close()
	w.rows = map[string]int64{}
	for rows.Next() {
		var file string
		var n int64
		if err := rows.Scan(&file, &n); err != nil {
			return false, err
		}
		w.rows[file] = n
	}
	return true, rows.Err()
}

// writeAll writes every return, two feeds at a time.
func (w *writer) writeAll(db *sql.DB) error {
	parts := make([]Summary, len(w.p.Contracts))
	group, ctx := errgroup.WithContext(w.ctx)
	group.SetLimit(2)
	for i, c := range w.p.Contracts {
		group.Go(func() error {
			conn, err := db.Conn(ctx)
			if err != nil {
				return fmt.Errorf("opening DuckDB for the sample of %s: %w", c.Feed, err)
			}
			defer conn.Close()
			part := &writer{ctx: ctx, conn: conn, p: w.p, asAt: w.asAt, inbox: w.inbox}
			err = part.writeFeed(c)
			parts[i] = part.summary
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for _, part := range parts {
		w.summary.add(part)
	}
	return nil
}

// writeFeed writes every return of one feed.
func (w *writer) writeFeed(c *config.Contract) error {
	if _, err := w.conn.ExecContext(w.ctx, "use sample"); err != nil {
		return fmt.Errorf("finding the sample of %s: %w", c.Feed, err)
	}
	made, err := w.count(c.Feed)
	if err != nil {
		return fmt.Errorf("counting the sample of %s: %w", c.Feed, err)
	}
	if !made && c.InsteadOf != "" {
		return nil // the sample's agencies send the rows
	}
	if !made {
		w.summary.Unmade = append(w.summary.Unmade, c.Feed)
		return nil
	}
	for _, agency := range c.Agencies {
		if err := os.MkdirAll(filepath.Join(w.inbox, agency), 0o700); err != nil {
			return fmt.Errorf("making the inbox of %s: %w", agency, err)
		}
		periods := c.Periods(w.asAt)
		for i, period := range periods {
			if err := w.returns(c, agency, period, len(periods)-1-i); err != nil {
				return err
			}
		}
	}
	_, err = w.conn.ExecContext(w.ctx, "use main")
	return err
}

// add adds what another part of the run wrote.
func (s *Summary) add(part Summary) {
	s.Files += part.Files
	s.Rows += part.Rows
	s.Faults = append(s.Faults, part.Faults...)
	s.Late = append(s.Late, part.Late...)
	s.Missing = append(s.Missing, part.Missing...)
	s.Resubmitted = append(s.Resubmitted, part.Resubmitted...)
	s.Copies = append(s.Copies, part.Copies...)
	s.Unmade = append(s.Unmade, part.Unmade...)
}
