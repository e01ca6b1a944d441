package queries

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"wherry/config"
)

// CountReturns is the returns of counts that agencies may send instead of rows, of every
// period that has ended by asAt, whether or not they came: none is owed, so that Due and
// Status are empty. db is the published warehouse.
func CountReturns(ctx context.Context, db DB, contracts []*config.Contract, asAt time.Time) ([]Return, error) {
	came, err := countsCame(ctx, db, contracts)
	if err != nil {
		return nil, err
	}
	var returns []Return
	for _, c := range contracts {
		if c.InsteadOf == "" {
			continue
		}
		for _, period := range c.Periods(asAt) {
			for _, agency := range c.Agencies {
				returns = append(returns, Return{Agency: agency, Feed: c.Feed, Period: period, Arrived: came[sentFor{agency, c.Feed, period.String()}]})
			}
		}
	}
	return returns, nil
}

// InsteadOf is the returns of rows, each that has not come having come when its counts did.
func InsteadOf(rows, counts []Return) []Return {
	rows = slices.Clone(rows)
	for i, r := range rows {
		for _, c := range counts {
			if r.Arrived.IsZero() && c.Agency == r.Agency && c.Period == r.Period {
				rows[i].Arrived = c.Arrived
			}
		}
	}
	return rows
}

// sentFor is what a return is of; period is as config.Period prints it.
type sentFor struct{ agency, feed, period string }

// countsCame is when each current return of counts came.
func countsCame(ctx context.Context, db DB, contracts []*config.Contract) (map[sentFor]time.Time, error) {
	var feeds []string
	for _, c := range contracts {
		if c.InsteadOf != "" {
			feeds = append(feeds, literal(c.Feed))
		}
	}
	came := map[sentFor]time.Time{}
	if len(feeds) == 0 {
		return came, nil
	}
	rows, err := db.QueryContext(ctx, "select agency, feed, period, arrived_on from ledger.current where feed in ("+strings.Join(feeds, ", ")+")")
	if err != nil {
		return nil, fmt.Errorf("reading which counts came: %w", err)
	}
	return came, eachRow(rows, func() error {
		var s sentFor
		var arrived time.Time
		if err := rows.Scan(&s.agency, &s.feed, &s.period, &arrived); err != nil {
			return err
		}
		came[s] = arrived
		return nil
	})
}
