package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"wherry/config"
)

// Proof is what Rebuild found: the tables it compared, and the first difference between
// the current file and the one made afresh ("" where they are equal).
type Proof struct {
	Snapshot   Snapshot     `json:"snapshot"` // current after the rebuild
	Compared   bool         `json:"compared"` // false where there was no current file that can be read to its end
	Tables     []TableProof `json:"tables"`
	Difference string       `json:"difference"`
	Sealed     int          `json:"sealed"` // objects of the archive that were plain until then
}

// TableProof is one table's content: its rows and an order-independent hash of all of them.
type TableProof struct {
	Table string `json:"table"`
	Rows  int64  `json:"rows"`
	Hash  string `json:"hash"`
}

// Rebuild makes the warehouse from the archive alone, checks every object against its hash,
// proves the result equal to the current file table by table, and publishes it. Where they
// differ, or an object is not what its name says, nothing is swapped and the Proof or the
// error says where. Then it seals what lies plain in the archive, where the settings name to
// whom. files and asAt are as for Open.
func Rebuild(ctx context.Context, p *config.Partnership, files fs.FS, asAt time.Time) (proof Proof, err error) {
	w, err := Open(ctx, p, files, asAt)
	if err != nil {
		return Proof{}, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	was, err := w.brought(ctx)
	if err != nil {
		return Proof{}, err
	}
	if err := w.fromArchive(ctx); err != nil {
		return Proof{}, err
	}
	if err := restate(ctx, w.conn, p, files, asAt); err != nil {
		return Proof{}, err
	}
	if proof.Tables, err = contents(ctx, w.conn); err != nil {
		return Proof{}, err
	}
	if was.Path != "" {
		var unread *unreadError
		proof.Difference, err = w.differs(ctx, was, proof.Tables)
		if proof.Compared = !errors.As(err, &unread); !proof.Compared {
			err = nil // a damaged file is no witness: the archive's takes its place
		}
		if err != nil || proof.Difference != "" {
			return proof, err
		}
	}
	hash, err := w.hash()
	if err != nil {
		return proof, err
	}
	if proof.Snapshot, err = w.finish(ctx, hash); err != nil {
		return proof, err
	}
	if err := w.prune(); err != nil {
		return proof, err
	}
	proof.Sealed, err = w.sealPlain()
	return proof, err
}

// brought is the current snapshot brought up to date, so that what it is compared with rests
// on the same deliveries, SQL and day. Where no pointer can be read there is none.
func (w *Writer) brought(ctx context.Context) (Snapshot, error) {
	was, err := current(w.folder)
	if err != nil || was.Path == "" {
		return Snapshot{}, nil
	}
	return w.Publish(ctx)
}

// checkObject holds the plain object of a delivery against its name, which is its hash: Parquet
// does not notice a value that has changed on the disk.
func (w *Writer) checkObject(d *Delivery) error {
	hash, err := hashFile(w.archive.object(d.Object))
	if err != nil {
		return fmt.Errorf("delivery %s: its object is not in the archive; restore it from a copy: %w", d.ID, err)
	}
	if hash != d.Object {
		return fmt.Errorf("delivery %s: %w", d.ID, errChanged)
	}
	return nil
}

// unreadError says that the current file cannot be read to its end.
type unreadError struct{ error }

// differs says where the current file is not what was made afresh.
func (w *Writer) differs(ctx context.Context, was Snapshot, fresh []TableProof) (string, error) {
	r, err := openSnapshot(ctx, w.partnership, was)
	if err != nil {
		return "", &unreadError{err}
	}
	conn, err := r.Conn(ctx)
	if err != nil {
		return "", errors.Join(err, r.Close())
	}
	old, err := contents(ctx, conn)
	if err = errors.Join(err, conn.Close(), r.Close()); err != nil && ctx.Err() == nil {
		return "", &unreadError{err}
	} else if err != nil {
		return "", err
	}
	had := map[string]TableProof{}
	for _, t := range old {
		had[t.Table] = t
	}
	for _, t := range fresh {
		o, ok := had[t.Table]
		switch {
		case !ok:
			return fmt.Sprintf("%s is not in the current file", t.Table), nil
		case o.Rows != t.Rows:
			return fmt.Sprintf("%s holds %d rows in the current file and %d made from the archive", t.Table, o.Rows, t.Rows), nil
		case o.Hash != t.Hash:
			return fmt.Sprintf("%s holds other rows in the current file than made from the archive", t.Table), nil
		}
		delete(had, t.Table)
	}
	for name := range had {
		return fmt.Sprintf("%s is only in the current file", name), nil
	}
	return "", nil
}

// contents counts and hashes the rows of every table. The sum of row hashes does not
// depend on their order, and unlike an exclusive-or it does not cancel a row held twice.
func contents(ctx context.Context, conn *sql.Conn) ([]TableProof, error) {
	var tables []TableProof
	err := each(ctx, conn, `select schema_name || '.' || table_name from duckdb_tables()
		where not internal and not temporary order by all`, func(r *sql.Rows) error {
		var t TableProof
		err := r.Scan(&t.Table)
		tables = append(tables, t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("listing the tables: %w", err)
	}
	for i := range tables {
		t := &tables[i]
		query := "select count(*), coalesce(sum(hash(t)), 0)::varchar from " + t.Table + " t"
		if err := conn.QueryRowContext(ctx, query).Scan(&t.Rows, &t.Hash); err != nil {
			return nil, fmt.Errorf("hashing %s: %w", t.Table, err)
		}
	}
	return tables, nil
}
