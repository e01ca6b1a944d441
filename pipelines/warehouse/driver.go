package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"strconv"

	"github.com/duckdb/duckdb-go/v2"

	"wherry/config"
)

// offline are the settings that keep DuckDB from fetching or loading code.
func offline() url.Values {
	return url.Values{
		"autoinstall_known_extensions": {"false"},
		"autoload_known_extensions":    {"false"},
		"allow_community_extensions":   {"false"},
	}
}

// bounded adds the memory and threads of l, where given.
func bounded(set url.Values, l config.Limits) url.Values {
	if l.Memory != "" {
		set.Set("memory_limit", l.Memory)
	}
	if l.Threads > 0 {
		set.Set("threads", strconv.Itoa(l.Threads))
	}
	return set
}

// lock is what a reader does once open: it may spill to a folder of its own, and from then
// on reads no other file and changes no setting. DuckDB takes these in this order only. A
// file that this process has open already is locked already.
func lock(ctx context.Context, db *sql.DB, spill string) error {
	var locked bool
	err := db.QueryRowContext(ctx, "select current_setting('lock_configuration')::boolean").Scan(&locked)
	if err != nil || locked {
		return err
	}
	for _, s := range []string{
		"set temp_directory = " + Text(spill),
		"set max_temp_directory_size = '20GB'",
		"set enable_external_access = false",
		"set lock_configuration = true",
	} {
		if _, err := db.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("locking the settings: %w", err)
		}
	}
	return nil
}

// open opens a DuckDB file ("" for one in memory) and checks that it answers.
func open(ctx context.Context, path string, set url.Values) (*sql.DB, error) {
	connector, err := duckdb.NewConnector(path+"?"+set.Encode(), nil)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	db := sql.OpenDB(connector)
	if err := db.PingContext(ctx); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	return db, nil
}

// Memory opens an empty database in memory, for made-up data, worked examples and checks.
// The caller closes it.
func Memory(ctx context.Context) (*sql.DB, error) {
	return open(ctx, "", offline())
}
