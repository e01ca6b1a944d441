package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"wherry/config"
	"wherry/pipelines"
	"wherry/pipelines/warehouse"
)

// enlarge makes the county's warehouse `copies` times as large: each copy has people, cases
// and sessions of its own, so that everything joins as it did.
func enlarge(dir string, copies int64) (err error) {
	ctx := context.Background()
	p, err := pipelines.Open(dir, nil, "bench", time.Now())
	if err != nil {
		return err
	}
	folder := warehouse.Dir(p.Partnership, p.Paths.Warehouse)
	name, err := os.ReadFile(filepath.Join(folder, "CURRENT"))
	if err != nil {
		return err
	}
	db, err := sql.Open("duckdb", filepath.Join(folder, strings.TrimSpace(string(name)))+"?threads=2&memory_limit=4GB")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	names := joining(p.Contracts)
	for _, c := range p.Contracts {
		table := "landing." + warehouse.Ident(c.Feed)
		if _, err := db.ExecContext(ctx, fmt.Sprintf("insert into %s select feed.* replace (%s) from %s as feed, range(1, %d) as copy(n)",
			table, strings.Join(renamed(c, names), ", "), table, copies)); err != nil {
			return fmt.Errorf("%s: %w", c.Feed, err)
		}
	}
	_, err = db.ExecContext(ctx, "checkpoint")
	return err
}

// joining is the columns that name a thing and so must differ between copies, the same way
// in every feed: pseudonyms, and text that is part of a feed's key.
func joining(contracts []*config.Contract) map[string]bool {
	names := map[string]bool{}
	for _, c := range contracts {
		keys := " " + strings.Join(c.Key, " ") + " "
		for _, column := range c.Columns {
			if column.Type == "pseudonym" || (column.Type == "text" && strings.Contains(keys, " "+column.Kept()+" ")) {
				names[column.Kept()] = true
			}
		}
	}
	return names
}

// renamed is the columns of one copy that differ from the first. What follows a colon in a
// key (the month of an unborn child) stays.
func renamed(c *config.Contract, names map[string]bool) []string {
	out := []string{"line + n * 100000000 as line"}
	for _, column := range c.Columns {
		name := warehouse.Ident(column.Kept())
		switch {
		case column.Type == "pseudonym":
			out = append(out, fmt.Sprintf("md5(split_part(%[1]s, ':', 1) || n) || substr(%[1]s, length(split_part(%[1]s, ':', 1)) + 1) as %[1]s", name))
		case names[column.Kept()] && column.Type == "text":
			out = append(out, fmt.Sprintf("%[1]s || '-' || n as %[1]s", name))
		}
	}
	return out
}
