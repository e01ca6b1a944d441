package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"wherry/config"
)

// Reader is a published snapshot, opened so that nothing can be written, no other file
// read and no setting changed. It stays readable when a later one is published.
type Reader struct {
	*sql.DB
	Snapshot Snapshot

	partnership *config.Partnership
	private     string // folder of a copy that no other reader has; "" for none
}

// OpenReader opens what the partnership's CURRENT names. The error wraps fs.ErrNotExist
// where nothing has been published.
func OpenReader(ctx context.Context, p *config.Partnership) (*Reader, error) {
	folder := Dir(p, p.Paths.Warehouse)
	for tries := 0; ; tries++ {
		s, err := current(folder)
		if err != nil {
			return nil, err
		}
		if s.Path == "" {
			return nil, fmt.Errorf("there is no warehouse in %s yet, run wherry receive: %w", folder, fs.ErrNotExist)
		}
		r, err := openSnapshot(ctx, p, s)
		if err == nil {
			return r, nil
		}
		// The file may have been pruned after the pointer was read.
		if _, gone := os.Stat(s.Path); tries == 5 || !errors.Is(gone, fs.ErrNotExist) {
			return nil, err
		}
	}
}

func openSnapshot(ctx context.Context, p *config.Partnership, s Snapshot) (*Reader, error) {
	set := bounded(offline(), p.Limits)
	set.Set("access_mode", "read_only")
	db, err := open(ctx, s.Path, set)
	if err != nil {
		return nil, err
	}
	// DuckDB makes this folder when it first needs it and removes it at the end. It lies
	// beside the file, where rows of it may lie on the disk.
	spill := filepath.Join(filepath.Dir(s.Path), fmt.Sprintf("%s%d-%d", spilled, os.Getpid(), s.Seq))
	if err := lock(ctx, db, spill); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Reader{DB: db, Snapshot: s, partnership: p}, nil
}

func (r *Reader) compare(ctx context.Context, ds []*Delivery) (map[string]bool, error) {
	conn, err := r.Conn(ctx)
	if err != nil {
		return nil, err
	}
	loaded, err := compare(ctx, conn, r.partnership, ds)
	return loaded, errors.Join(err, conn.Close())
}
