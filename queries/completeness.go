package queries

import (
	"context"
	"fmt"

	"wherry/config"
)

// Filled is in how many rows of a sender's returns a column that may be blank is filled in:
// those for a quarter, and those for the quarter before.
type Filled struct {
	Feed, Column       string
	Rows, Given        int64
	RowsThen, GaveThen int64
}

// Share is the percentage filled in now, and then; false where there were no rows.
func (f Filled) Share() (now, then float64, ok bool) {
	if f.Rows == 0 || f.RowsThen == 0 {
		return 0, 0, false
	}
	return 100 * float64(f.Given) / float64(f.Rows), 100 * float64(f.GaveThen) / float64(f.RowsThen), true
}

// Completeness is Filled of every column that may be blank and is no date, in an agency's
// current returns for a quarter and the one before. db is the published warehouse.
func Completeness(ctx context.Context, db DB, contracts []*config.Contract, agency string, quarter config.Period) ([]Filled, error) {
	var all []Filled
	for _, c := range contracts {
		if !c.Sends(agency) {
			continue
		}
		columns := columnsToJudge(c)
		sent, err := columns.read(ctx, db)
		if err != nil {
			return nil, fmt.Errorf("reading how complete %s is: %w", c.Feed, err)
		}
		for _, name := range columns.optional {
			f := Filled{Feed: c.Feed, Column: name}
			for _, r := range sent[agency] {
				switch {
				case quarter.Holds(r.period.Start):
					f.Rows, f.Given = f.Rows+r.kept, f.Given+r.filled[name]
				case quarter.Shift(-1).Holds(r.period.Start):
					f.RowsThen, f.GaveThen = f.RowsThen+r.kept, f.GaveThen+r.filled[name]
				}
			}
			all = append(all, f)
		}
	}
	return all, nil
}
