package queries

import (
	"context"
	"fmt"
	"io/fs"
	"slices"

	"wherry/config"
)

// LateRows is the rows of one period that came with the current return of a later one.
type LateRows struct {
	Agency   string        `json:"agency"`
	Feed     string        `json:"feed"`
	Period   config.Period `json:"-"`               // that they belong to, and are counted in
	With     config.Period `json:"-"`               // of the return that they came with
	Rows     int64         `json:"rows"`            // that came
	Received int64         `json:"received_before"` // of them, those that the return of an earlier period has too: not counted again
}

// LateOf is every LateRows of the returns that are current, by agency, feed and period. db is the
// published warehouse.
func LateOf(ctx context.Context, db DB) ([]LateRows, error) {
	rows, err := db.QueryContext(ctx, `select d.agency, d.feed, l.period, d.period, l.came, l.received_before
from ledger.late as l join ledger.current as d on d.delivery_id = l.delivery_id order by d.agency, d.feed, l.period_start, d.period_start`)
	if err != nil {
		return nil, fmt.Errorf("reading which rows came late: %w", err)
	}
	var all []LateRows
	err = eachRow(rows, func() error {
		var l LateRows
		var period, with string
		if err := rows.Scan(&l.Agency, &l.Feed, &period, &with, &l.Rows, &l.Received); err != nil {
			return err
		}
		var err error
		if l.Period, err = config.ParsePeriod(period); err != nil {
			return err
		}
		l.With, err = config.ParsePeriod(with)
		all = append(all, l)
		return err
	})
	return all, err
}

// Counted is the rows that no return of an earlier period has.
func (l LateRows) Counted() int64 { return l.Rows - l.Received }

// LateIn is those that came with a return for part of a period, or belong to part of it.
func LateIn(all []LateRows, p config.Period) []LateRows {
	return slices.DeleteFunc(slices.Clone(all), func(l LateRows) bool { return !p.Holds(l.With.Start) && !p.Holds(l.Period.Start) })
}

// LintLate is a problem for each contract that lets rows come late while a core view would count
// those twice that were received before. fsys is as for ReadLineage.
func LintLate(fsys fs.FS, contracts []*config.Contract) (config.Problems, error) {
	lineage, err := ReadLineage(fsys)
	if err != nil {
		return nil, err
	}
	var found config.Problems
	for _, c := range contracts {
		for _, v := range lineage {
			if c.Late > 0 && slices.Contains(v.Feeds, c.Feed) && !v.Once {
				found = append(found, c.Problem("late", fmt.Sprintf("queries/%s counts rows twice that come late and were received before", v.Path),
					"add to it: anti join ledger.received_before as before on before.delivery_id = feed.delivery_id and before.line = feed.line"))
			}
		}
	}
	found.Sort()
	return found, nil
}
