package intake

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wherry/config"
)

// Trial is what came of a file that was read and not kept.
type Trial struct {
	Accepted    int
	Quarantined map[string]int // rows, by the rule that they broke
	Warned      map[string]int // rows that were kept, by the rule that they broke
}

// RunExample reads a contract's worked example as if an agency had sent it. db is only used for
// temporary tables. An example whose file would be refused gives an error that wraps the Refusal.
func RunExample(ctx context.Context, db *sql.DB, p *config.Partnership, c *config.Contract, ex config.ContractExample) (Trial, error) {
	return try(ctx, db, p, func(_ *sql.Conn, scratch string) (*source, error) {
		src, err := exampleSource(c, ex, scratch, p.Limits)
		return src, named("the example's file", err)
	})
}

// TryFile reads a file as if it were an extract of the contract for the period; as RunExample.
func TryFile(ctx context.Context, db *sql.DB, p *config.Partnership, c *config.Contract, path string, period config.Period) (Trial, error) {
	return try(ctx, db, p, func(conn *sql.Conn, scratch string) (*source, error) {
		absolute, err := filepath.Abs(path)
		if err != nil {
			return nil, err
		}
		e := &extract{agency: "trial", name: filepath.Base(path), path: absolute, plain: absolute, localIDs: p.Screen.LocalIDs, contract: c.Version(period), period: period,
			format: strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))}
		src, err := readSource(ctx, conn, e, scratch, p.Limits)
		return src, named("the file", err)
	})
}

// named puts what a refusal speaks of before it.
func named(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %w", what, err)
}

func try(ctx context.Context, db *sql.DB, p *config.Partnership, prepare func(conn *sql.Conn, scratch string) (*source, error)) (t Trial, err error) {
	scratch, err := os.MkdirTemp("", "wherry-trial-")
	if err != nil {
		return t, fmt.Errorf("making a folder to work in: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	conn, err := db.Conn(ctx)
	if err != nil {
		return t, fmt.Errorf("reading a file to try: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	src, err := prepare(conn, scratch)
	if err != nil {
		return t, err
	}
	s, err := newStage(ctx, conn, p, batch{src})
	if err != nil && src.form == "tidy" {
		if err = src.tidy(scratch); err == nil {
			s, err = newStage(ctx, conn, p, batch{src})
		}
	}
	if err != nil {
		return t, err
	}
	if r := s.results[0].refusal; r != nil {
		return t, fmt.Errorf("the file %w", r)
	}
	if err := s.views(ctx); err != nil {
		return t, err
	}
	if err := conn.QueryRowContext(ctx, "select count(*) from accepted").Scan(&t.Accepted); err != nil {
		return t, fmt.Errorf("counting the rows accepted: %w", err)
	}
	if t.Quarantined, err = countRules(ctx, conn); err != nil {
		return t, err
	}
	counts, _, err := s.warned(ctx, 0)
	t.Warned = map[string]int{}
	for rule, n := range counts {
		t.Warned[rule] = int(n)
	}
	return t, err
}

func exampleSource(c *config.Contract, ex config.ContractExample, scratch string, limits config.Limits) (*source, error) {
	period, err := config.ParsePeriod(ex.Period)
	if err != nil {
		return nil, fmt.Errorf("example %q: %w", ex.Name, err)
	}
	path := filepath.Join(scratch, "example.csv")
	if err := os.WriteFile(path, []byte(ex.CSV), 0o600); err != nil {
		return nil, fmt.Errorf("writing the example out: %w", err)
	}
	written := *c.Version(period)
	written.File.Encoding = "utf-8" // the contract file is
	if ex.Refused == "" {
		written.Tolerance, written.Rules = "", slices.Clone(written.Rules)
		for i := range written.Rules {
			written.Rules[i].Tolerance = ""
		}
	}
	e := &extract{agency: "example", name: "example.csv", path: path, plain: path, contract: &written, period: period, format: "csv"}
	return prepareCSV(e, scratch, limits)
}

func countRules(ctx context.Context, conn *sql.Conn) (map[string]int, error) {
	rows, err := conn.QueryContext(ctx, "select rule, count(distinct line) from reasons group by rule")
	if err != nil {
		return nil, fmt.Errorf("counting the rows kept out: %w", err)
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var rule string
		var n int
		if err := rows.Scan(&rule, &n); err != nil {
			return nil, fmt.Errorf("counting the rows kept out: %w", err)
		}
		counts[rule] = n
	}
	return counts, rows.Err()
}
