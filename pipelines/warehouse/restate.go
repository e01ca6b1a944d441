package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"wherry/config"
)

// Make lays an empty warehouse in db, with reference data, macros and core views: for made
// up data, worked examples and checks. files and asAt are as for Open.
func Make(ctx context.Context, db *sql.DB, p *config.Partnership, files fs.FS, asAt time.Time) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("making a warehouse: %w", err)
	}
	if err = lay(ctx, conn, p, files); err == nil {
		err = restate(ctx, conn, p, files, asAt)
	}
	return errors.Join(err, conn.Close())
}

// restate writes afresh everything that follows from the day, the configuration and
// queries/ rather than from deliveries.
func restate(ctx context.Context, conn *sql.Conn, p *config.Partnership, files fs.FS, asAt time.Time) error {
	if err := run(ctx, conn, "begin"); err != nil {
		return err
	}
	for _, t := range append(reference(p), owed(p, asAt), setting(p, asAt)) {
		if err := t.fill(ctx, conn); err != nil {
			return fmt.Errorf("filling %s.%s: %w", t.schema, t.name, err)
		}
	}
	if err := stateLate(ctx, conn, p); err != nil {
		return err
	}
	if err := dropViews(ctx, conn); err != nil {
		return fmt.Errorf("clearing the core views: %w", err)
	}
	for _, folder := range []string{"macros", "core"} {
		if err := runFiles(ctx, conn, files, folder); err != nil {
			return err
		}
	}
	return run(ctx, conn, "commit")
}

// dropViews removes the views of core and every macro, so that one whose file has gone does
// not live on.
func dropViews(ctx context.Context, conn *sql.Conn) error {
	drop := []string{"drop schema core cascade", "create schema core"}
	err := each(ctx, conn, `select distinct function_name, function_type from duckdb_functions()
		where not internal and schema_name = 'main' and function_type in ('macro', 'table_macro') order by all`,
		func(r *sql.Rows) error {
			var name, kind string
			err := r.Scan(&name, &kind)
			form := map[string]string{"macro": "macro ", "table_macro": "macro table "}[kind]
			drop = append(drop, "drop "+form+Ident(name))
			return err
		})
	if err != nil {
		return err
	}
	return run(ctx, conn, drop...)
}

// content is the whole content of a table.
type content struct {
	schema, name string
	rows         [][]driver.Value
}

func (t content) fill(ctx context.Context, conn *sql.Conn) error {
	if err := run(ctx, conn, "delete from "+t.schema+"."+t.name); err != nil {
		return err
	}
	return appendRows(conn, t.schema, t.name, func(add func(...driver.Value) error) error {
		for _, row := range t.rows {
			if err := add(row...); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}

// owed is one row per return of a period that has ended by the as-at day.
func owed(p *config.Partnership, asAt time.Time) content {
	t := content{schema: "ledger", name: "expected"}
	for _, r := range p.Owed(asAt) {
		t.rows = append(t.rows, []driver.Value{r.Agency, r.Feed, r.Period.String(), r.Period.Start, r.Period.End, r.Due})
	}
	return t
}

func setting(p *config.Partnership, asAt time.Time) content {
	var first driver.Value
	if period, err := config.ParsePeriod(p.FirstPeriod); err == nil {
		first = period.Start
	}
	return content{"reference", "setting", [][]driver.Value{{asAt, p.Area, first}}}
}
