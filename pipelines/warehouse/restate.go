package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"slices"
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

// reference is the tables of the reference schema that do not depend on the day.
func reference(p *config.Partnership) []content {
	areas := content{schema: "reference", name: "area"}
	for _, a := range p.Areas {
		areas.rows = append(areas.rows, []driver.Value{a.Code, a.Name, a.Kind, a.Parent})
	}
	codes := content{schema: "reference", name: "code"}
	var lists []string
	for name := range p.Codes {
		lists = append(lists, name)
	}
	slices.Sort(lists)
	for _, name := range lists {
		for _, c := range p.Codes[name].Codes {
			codes.rows = append(codes.rows, []driver.Value{name, c.Code, c.Label, dateOrNull(c.ValidFrom), dateOrNull(c.ValidTo)})
		}
	}
	people := content{schema: "reference", name: "population"}
	for _, r := range p.Population {
		people.rows = append(people.rows, []driver.Value{r.Area, r.Sex, int32(r.Age), int64(r.People)})
	}
	holidays := content{schema: "reference", name: "bank_holiday"}
	for _, h := range p.BankHolidays {
		holidays.rows = append(holidays.rows, []driver.Value{h.Day, h.Title})
	}
	return []content{areas, codes, people, holidays, calendar(p)}
}

func dateOrNull(t time.Time) driver.Value {
	if t.IsZero() {
		return nil
	}
	return t
}

// calendar covers the whole years for which bank holidays are known; on other days nobody
// can say how many working days have passed.
func calendar(p *config.Partnership) content {
	t := content{schema: "reference", name: "calendar"}
	if len(p.BankHolidays) == 0 {
		return t
	}
	off := map[time.Time]bool{}
	first, last := p.BankHolidays[0].Day.Year(), 0
	for _, h := range p.BankHolidays {
		off[h.Day] = true
		first, last = min(first, h.Day.Year()), max(last, h.Day.Year())
	}
	n := int64(0)
	for d := config.Day(first, time.January, 1); d.Year() <= last; d = d.AddDate(0, 0, 1) {
		working := d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && !off[d]
		if working {
			n++
		}
		t.rows = append(t.rows, []driver.Value{d, working, n})
	}
	return t
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
