package warehouse

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"wherry/config"
)

// OpenReaderAt opens what was known on a day. Where the published snapshot is of a later day
// it is a private copy, restated: deliveries that came after are not current in it. The copy
// goes when the reader is closed; CURRENT stays as it is. files is as for Open. The error wraps
// fs.ErrNotExist where nothing has been published.
func OpenReaderAt(ctx context.Context, p *config.Partnership, files fs.FS, asAt time.Time) (*Reader, error) {
	r, err := OpenReader(ctx, p)
	if err != nil {
		return nil, err
	}
	var stated time.Time
	err = r.QueryRowContext(ctx, "select max(as_at) from reference.setting").Scan(&stated)
	if err == nil && !stated.After(asAt) {
		return r, nil
	}
	now := r.Snapshot
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, fmt.Errorf("reading the day of the warehouse: %w", err)
	}
	r, err = asOf(ctx, p, files, now, asAt)
	if err != nil {
		return nil, fmt.Errorf("restating the warehouse as at %s: %w", day(asAt), err)
	}
	return r, nil
}

// asOf copies a snapshot beside it, under this process's name, and restates the copy.
func asOf(ctx context.Context, p *config.Partnership, files fs.FS, s Snapshot, asAt time.Time) (_ *Reader, err error) {
	folder, err := os.MkdirTemp(filepath.Dir(s.Path), fmt.Sprintf("%s%d-as-at-", spilled, os.Getpid()))
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(folder))
		}
	}()
	sum := sha256.Sum256([]byte(s.Hash + " as at " + day(asAt)))
	copied := Snapshot{Name: s.Name, Seq: s.Seq, Hash: hex.EncodeToString(sum[:])[:12], Path: filepath.Join(folder, s.Name)}
	if err := copyFile(s.Path, copied.Path); err != nil {
		return nil, err
	}
	db, err := open(ctx, copied.Path, bounded(offline(), p.Limits))
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err == nil {
		err = restate(ctx, conn, p, files, asAt)
		err = errors.Join(err, conn.Close())
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	r, err := openSnapshot(ctx, p, copied)
	if err != nil {
		return nil, err
	}
	r.private = folder
	return r, nil
}

// Close closes the reader and removes what was its alone.
func (r *Reader) Close() error {
	err := r.DB.Close()
	if r.private != "" {
		err = errors.Join(err, os.RemoveAll(r.private))
	}
	return err
}
