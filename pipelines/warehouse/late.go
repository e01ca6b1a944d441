package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"time"

	"wherry/config"
)

// A row of a return may belong to an earlier period, where its contract lets rows come late. It
// stays in its delivery, goes where that goes, and is counted by its own date, unless the current
// delivery of an earlier period from the same sender has its key too. Which rows those are follows
// from the current deliveries alone, in whatever order they came, and so is worked out whenever
// the warehouse is restated.

// begins is the first day of the period that a row belongs to. The quarters of the financial year
// are those of the calendar.
func begins(c *config.Contract, row string) string {
	return fmt.Sprintf("date_trunc(%s, %s.%s)::date", Text(string(c.Every)), row, Ident(c.PeriodBy))
}

// countLate fills in how many rows of each delivery of a batch belong to which earlier period.
// rows is as for Accept.
func countLate(ctx context.Context, conn *sql.Conn, c *config.Contract, batch []*Delivery, rows string) error {
	byID := make(map[string]*Delivery, len(batch))
	of := make([]string, len(batch))
	for i, d := range batch {
		p, err := config.ParsePeriod(d.Period)
		if err != nil {
			return err
		}
		d.Late, byID[d.ID] = nil, d
		of[i] = fmt.Sprintf("(%s, date %s)", Text(d.ID), Text(day(p.Start)))
	}
	if c.Late == 0 {
		return nil
	}
	return each(ctx, conn, fmt.Sprintf(`select r.delivery_id, %[1]s, count(*) from (select * from %[2]s) as r
join (values %[3]s) as d(id, first_day) on d.id = r.delivery_id where %[1]s < d.first_day group by all`,
		begins(c, "r"), rows, strings.Join(of, ", ")), func(r *sql.Rows) error {
		var id string
		var first time.Time
		var n int64
		if err := r.Scan(&id, &first, &n); err != nil {
			return err
		}
		d := byID[id]
		if d.Late == nil {
			d.Late = map[string]int64{}
		}
		d.Late[config.Containing(c.Every, first).String()] = n
		return nil
	})
}

// recountLate is countLate of a delivery from which rows are taken out; left is a clause that
// reads the others. Without a contract nothing says what is late.
func (w *Writer) recountLate(ctx context.Context, db *sql.DB, d *Delivery, left string) error {
	c, ok := w.partnership.Contract(d.Feed)
	if !ok || len(d.Late) == 0 {
		return nil
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	err = countLate(ctx, conn, c, []*Delivery{d}, "(select "+Text(d.ID)+" as delivery_id, * "+left+")")
	return errors.Join(err, conn.Close())
}

// stateLate writes down which rows of current deliveries came late, and which of them are not to
// be counted because an earlier delivery has them. A contract that lets none come late any more
// may have done so once.
func stateLate(ctx context.Context, conn *sql.Conn, p *config.Partnership) error {
	if err := run(ctx, conn, "delete from ledger.late", "delete from ledger.received_before"); err != nil {
		return err
	}
	for _, c := range p.Contracts {
		if c.PeriodBy == "" || len(c.Key) == 0 {
			continue
		}
		if err := stateFeed(ctx, conn, c); err != nil {
			return fmt.Errorf("telling which rows of %s came late: %w", c.Feed, err)
		}
	}
	return nil
}

func stateFeed(ctx context.Context, conn *sql.Conn, c *config.Contract) error {
	same := make([]string, len(c.Key))
	for i, k := range c.Key {
		same[i] = fmt.Sprintf("earlier.%[1]s = late.%[1]s", Ident(k))
	}
	from := fmt.Sprintf(`landing.%s as %%[1]s join ledger.current as %%[1]s_in on %%[1]s_in.delivery_id = %%[1]s.delivery_id and %%[1]s_in.feed = %s`, Ident(c.Feed), Text(c.Feed))
	late := fmt.Sprintf(from, "late") + " and late." + Ident(c.PeriodBy) + " < late_in.period_start"
	var any bool
	if err := conn.QueryRowContext(ctx, "select exists (from "+late+")").Scan(&any); err != nil || !any {
		return err
	}
	if err := run(ctx, conn, fmt.Sprintf(`insert into ledger.received_before
select distinct late.delivery_id, late.line from %s
join (select earlier.*, earlier_in.agency, earlier_in.period_start from %s) as earlier
on earlier.agency = late_in.agency and earlier.period_start < late_in.period_start and %s`,
		late, fmt.Sprintf(from, "earlier"), strings.Join(same, " and "))); err != nil {
		return err
	}
	var rows [][]driver.Value
	if err := each(ctx, conn, fmt.Sprintf(`select late.delivery_id, %s as first_day, count(*), count(before.line) from %s
left join ledger.received_before as before on before.delivery_id = late.delivery_id and before.line = late.line
group by all order by all`, begins(c, "late"), late), func(r *sql.Rows) error {
		var id string
		var first time.Time
		var came, before int64
		err := r.Scan(&id, &first, &came, &before)
		rows = append(rows, []driver.Value{id, config.Containing(c.Every, first).String(), first, came, before})
		return err
	}); err != nil {
		return err
	}
	return appendRows(conn, "ledger", "late", func(add func(...driver.Value) error) error {
		for _, row := range rows {
			if err := add(row...); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}
