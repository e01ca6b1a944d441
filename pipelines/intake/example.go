package intake

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"wherry/config"
)

// RunExample reads a contract's worked example as if an agency had sent it. It gives the
// rows accepted and, by rule, the rows that broke it. db is only used for temporary tables.
// An example whose file would be refused gives an error that wraps the Refusal.
func RunExample(ctx context.Context, db *sql.DB, p *config.Partnership, c *config.Contract, ex config.ContractExample) (accepted int, quarantined map[string]int, err error) {
	scratch, err := os.MkdirTemp("", "wherry-example-")
	if err != nil {
		return 0, nil, fmt.Errorf("making a folder to work in: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	conn, err := db.Conn(ctx)
	if err != nil {
		return 0, nil, fmt.Errorf("running an example of %s: %w", c.Feed, err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	src, err := exampleSource(c, ex, scratch, p.Limits)
	if err != nil {
		return 0, nil, err
	}
	s, err := newStage(ctx, conn, p, batch{src})
	if errors.Is(err, errUnlike) {
		if err = src.tidy(scratch); err == nil {
			s, err = newStage(ctx, conn, p, batch{src})
		}
	}
	if err != nil {
		return 0, nil, err
	}
	if r := s.results[0].refusal; r != nil {
		return 0, nil, fmt.Errorf("the example's file %w", r)
	}
	if err := s.views(ctx); err != nil {
		return 0, nil, err
	}
	if err := conn.QueryRowContext(ctx, "select count(*) from accepted").Scan(&accepted); err != nil {
		return 0, nil, fmt.Errorf("counting the rows accepted: %w", err)
	}
	quarantined, err = countRules(ctx, conn)
	return accepted, quarantined, err
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
	written := *c
	written.File.Encoding = "utf-8" // the contract file is
	e := &extract{agency: "example", name: "example.csv", path: path, plain: path, contract: &written, period: period, format: "csv"}
	src, err := prepareCSV(e, scratch, limits)
	if err != nil {
		return nil, fmt.Errorf("the example's file %w", err)
	}
	return src, nil
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
