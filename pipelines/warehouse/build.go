package warehouse

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"wherry/config"
)

// begin makes the private file: a copy of the current one with newer deliveries added, or
// one built from the archive where that cannot be trusted.
func (w *Writer) begin(ctx context.Context) error {
	now, err := current(w.folder)
	if err == nil && now.Path != "" {
		if err = w.continueFrom(ctx, now); err == nil {
			return nil
		}
		if err := w.discard(); err != nil {
			return err
		}
	}
	return w.fromArchive(ctx)
}

// continueFrom copies the file of a snapshot and adds what it lacks. An error means that
// the file is in doubt.
func (w *Writer) continueFrom(ctx context.Context, s Snapshot) (err error) {
	if w.building, err = w.private(); err != nil {
		return err
	}
	if err := copyFile(s.Path, w.building); err != nil {
		return err
	}
	if err := w.attach(ctx); err != nil {
		return err
	}
	shape, err := w.shape()
	if err != nil {
		return err
	}
	var was string
	if err := w.conn.QueryRowContext(ctx, "select shape from ledger.built").Scan(&was); err != nil {
		return err
	}
	if was != shape {
		return fmt.Errorf("the shape of the tables has changed")
	}
	loaded, err := compare(ctx, w.conn, w.partnership, w.deliveries)
	if err != nil {
		return err
	}
	var fresh []*Delivery
	for _, d := range w.deliveries {
		if !loaded[d.ID] {
			fresh = append(fresh, d)
		}
	}
	return w.load(ctx, fresh)
}

func (w *Writer) fromArchive(ctx context.Context) (err error) {
	if w.building, err = w.private(); err != nil {
		return err
	}
	if err := w.attach(ctx); err != nil {
		return err
	}
	if err := lay(ctx, w.conn, w.partnership, w.files); err != nil {
		return err
	}
	shape, err := w.shape()
	if err != nil {
		return err
	}
	if err := run(ctx, w.conn, "insert into ledger.built values ("+Text(shape)+")"); err != nil {
		return err
	}
	return w.load(ctx, w.deliveries)
}

// private names a file that no process has used before.
func (w *Writer) private() (string, error) {
	dir, err := os.MkdirTemp(w.folder, unfinished)
	return filepath.Join(dir, "new.duckdb"), err
}

func (w *Writer) attach(ctx context.Context) (err error) {
	set := bounded(offline(), w.partnership.Limits)
	// Pseudonyms do not compress; trying costs a third of the load.
	set.Set("disabled_compression_methods", "fsst,zstd,dict_fsst")
	if w.db, err = open(ctx, w.building, set); err != nil {
		return err
	}
	if err := os.Chmod(w.building, 0o600); err != nil {
		return err
	}
	w.conn, err = w.db.Conn(ctx)
	return err
}

// lay makes an empty warehouse: the schemas and ledger of files' schema/*.sql and a landing
// table for every contract of p. The rest comes with restate.
func lay(ctx context.Context, conn *sql.Conn, p *config.Partnership, files fs.FS) error {
	if err := runFiles(ctx, conn, files, "schema"); err != nil {
		return err
	}
	for _, c := range p.Contracts {
		if err := run(ctx, conn, landing(c)); err != nil {
			return fmt.Errorf("making the table of %s: %w", c.Feed, err)
		}
	}
	return nil
}

// runFiles executes every .sql file of a folder, in the order of their names.
func runFiles(ctx context.Context, conn *sql.Conn, files fs.FS, folder string) error {
	paths, err := fs.Glob(files, folder+"/*.sql")
	if err != nil {
		return err
	}
	for _, name := range paths {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return fmt.Errorf("reading queries/%s: %w", name, err)
		}
		if err := run(ctx, conn, string(text)); err != nil {
			return fmt.Errorf("running queries/%s: %w", name, err)
		}
	}
	return nil
}

// sqlText is the text of a folder's SQL, for hashing.
func sqlText(files fs.FS, folder string) (string, error) {
	paths, err := fs.Glob(files, folder+"/*.sql")
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, name := range paths {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return "", fmt.Errorf("reading queries/%s: %w", name, err)
		}
		fmt.Fprintf(&b, "%s\x00%s\x00", path.Base(name), text)
	}
	return b.String(), nil
}

// landing is the statement that makes a feed's table.
func landing(c *config.Contract) string {
	var b strings.Builder
	fmt.Fprintf(&b, "create table landing.%s (delivery_id varchar, line bigint", Ident(c.Feed))
	for _, column := range c.Columns {
		fmt.Fprintf(&b, ", %s %s", Ident(column.Kept()), SQLType(column.Type))
	}
	return b.String() + ")"
}

func names(cs []config.Column) string {
	ns := make([]string, len(cs))
	for i, c := range cs {
		ns[i] = Ident(c.Kept())
	}
	return strings.Join(ns, ", ")
}

// SQLType is the type in which a contract's column is kept.
func SQLType(t string) string {
	switch t {
	case "list":
		return "varchar[]"
	case "date":
		return "date"
	case "timestamp":
		return "timestamp"
	case "integer":
		return "bigint"
	case "decimal":
		return "double"
	}
	return "varchar"
}

// shape is the hash of everything that decides which tables there are.
func (w *Writer) shape() (string, error) {
	text, err := sqlText(w.files, "schema")
	if err != nil {
		return "", err
	}
	for _, c := range w.partnership.Contracts {
		text += landing(c) + "\x00"
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:]), nil
}

// load adds deliveries from the archive. Those of a feed that has no contract any more
// stay in the archive and out of the warehouse.
func (w *Writer) load(ctx context.Context, ds []*Delivery) error {
	if err := run(ctx, w.conn, "begin"); err != nil {
		return err
	}
	for _, c := range w.partnership.Contracts {
		of := ofFeed(ds, c.Feed)
		for start := 0; start < len(of); start += 200 {
			if err := w.loadObjects(ctx, c, of[start:min(start+200, len(of))]); err != nil {
				return fmt.Errorf("loading %s from the archive: %w", c.Feed, err)
			}
		}
		if err := enter(ctx, w.conn, of); err != nil {
			return fmt.Errorf("entering the deliveries of %s: %w", c.Feed, err)
		}
		if err := enterReasons(ctx, w.conn, of); err != nil {
			return fmt.Errorf("entering the quarantine of %s: %w", c.Feed, err)
		}
		if err := enterWarnings(ctx, w.conn, of); err != nil {
			return fmt.Errorf("entering the rows in doubt of %s: %w", c.Feed, err)
		}
	}
	if err := run(ctx, w.conn, "commit"); err != nil {
		return err
	}
	return w.putAway()
}

func ofFeed(ds []*Delivery, feed string) []*Delivery {
	var of []*Delivery
	for _, d := range ds {
		if d.Feed == feed {
			of = append(of, d)
		}
	}
	return of
}

func (w *Writer) loadObjects(ctx context.Context, c *config.Contract, ds []*Delivery) (err error) {
	scratch, err := w.scratch()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	var paths, pairs []string
	for _, d := range ds {
		if d.Object == "" {
			continue
		}
		object, err := w.plain(d, scratch)
		if err != nil {
			return err
		}
		paths = append(paths, object)
		pairs = append(pairs, "("+Text(object)+", "+Text(d.ID)+")")
	}
	if len(paths) == 0 {
		return nil
	}
	source := "read_parquet(" + List(paths) + ", union_by_name = true, filename = 'object_path', hive_partitioning = false)"
	there, err := columnsOf(ctx, w.conn, "from "+source)
	if err != nil {
		return err
	}
	var have []config.Column
	for _, column := range c.Columns {
		if there[strings.ToLower(column.Kept())] {
			have = append(have, column)
		}
	}
	columns := names(have)
	return run(ctx, w.conn, fmt.Sprintf(
		"insert into landing.%s (delivery_id, line, %s) select d.delivery_id, line, %s from %s "+
			"join (values %s) d(object_path, delivery_id) using (object_path)",
		Ident(c.Feed), columns, columns, source, strings.Join(pairs, ", ")))
}

func columnsOf(ctx context.Context, conn *sql.Conn, query string) (map[string]bool, error) {
	there := map[string]bool{}
	err := each(ctx, conn, "select lower(column_name) from (describe "+query+")", func(r *sql.Rows) error {
		var name string
		err := r.Scan(&name)
		there[name] = true
		return err
	})
	return there, err
}

// enter writes deliveries into the ledger.
func enter(ctx context.Context, conn *sql.Conn, ds []*Delivery) error {
	return appendRows(conn, "ledger", "delivery", func(add func(...driver.Value) error) error {
		for _, d := range ds {
			p, err := config.ParsePeriod(d.Period)
			if err != nil {
				return err
			}
			arrived, err := time.Parse(time.DateOnly, d.ArrivedOn)
			if err != nil {
				return err
			}
			if err := add(d.ID, d.Agency, d.Feed, d.Period, p.Start, p.End, int32(d.Submission),
				d.Extract, arrived, d.Accepted, d.Quarantined); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}

func enterReasons(ctx context.Context, conn *sql.Conn, ds []*Delivery) error {
	return appendRows(conn, "quarantine", "reason", func(add func(...driver.Value) error) error {
		for _, d := range ds {
			for _, r := range d.Reasons {
				if err := add(d.ID, r.Line, r.Rule, r.Column); err != nil {
					return err
				}
			}
		}
		return ctx.Err()
	})
}

func enterWarnings(ctx context.Context, conn *sql.Conn, ds []*Delivery) error {
	return appendRows(conn, "quarantine", "warning", func(add func(...driver.Value) error) error {
		for _, d := range ds {
			for _, rule := range slices.Sorted(maps.Keys(d.Warned)) {
				if err := add(d.ID, rule, d.Warned[rule]); err != nil {
					return err
				}
			}
		}
		return ctx.Err()
	})
}

// appendRows fills a table through DuckDB's appender, in the transaction of conn.
func appendRows(conn *sql.Conn, schema, table string, fill func(add func(...driver.Value) error) error) error {
	return conn.Raw(func(raw any) error {
		a, err := duckdb.NewAppenderFromConn(raw.(driver.Conn), schema, table)
		if err != nil {
			return err
		}
		err = fill(a.AppendRow)
		if e := a.Close(); err == nil {
			err = e
		}
		return err
	})
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if e := out.Close(); err == nil {
		err = e
	}
	return err
}
