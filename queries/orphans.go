package queries

import (
	"context"
	"fmt"
	"slices"

	"wherry/config"
)

// markOrphans adds to each return how many of its rows refer to a row that no current return
// holds, column by column, as the contract names its references. The rows themselves stay:
// what they refer to may be late, in quarantine or missing.
func markOrphans(ctx context.Context, db DB, c *config.Contract, returns []Return) error {
	for _, col := range c.Columns {
		feed, column, ok := col.Reference()
		if !ok {
			continue
		}
		rows, err := db.QueryContext(ctx, fmt.Sprintf(`select d.agency, d.period, count(*) from ledger.current as d
join landing.%[1]s as v on v.delivery_id = d.delivery_id
where d.feed = %[2]s and v.%[3]s is not null and v.%[3]s not in (
    select p.%[5]s from ledger.current as e join landing.%[4]s as p on p.delivery_id = e.delivery_id where e.feed = %[6]s and p.%[5]s is not null)
group by all`, identifier(c.Feed), literal(c.Feed), identifier(col.Kept()), identifier(feed), identifier(column), literal(feed)))
		if err != nil {
			return err
		}
		err = eachRow(rows, func() error {
			var agency, period string
			var n int64
			if err := rows.Scan(&agency, &period, &n); err != nil {
				return err
			}
			at := slices.IndexFunc(returns, func(r Return) bool {
				return r.Feed == c.Feed && r.Agency == agency && r.Period.String() == period
			})
			if at >= 0 {
				returns[at].Remarks = append(returns[at].Remarks, Remark{Orphans,
					fmt.Sprintf("%d rows whose %s no return of %s holds", n, col.Name, feed), "has rows that refer to what no return holds"})
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
