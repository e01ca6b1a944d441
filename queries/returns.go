package queries

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"wherry/config"
)

// Returns is every return that a contract says is owed, in order of agency, feed and
// period, with what came of it. db is the published warehouse.
func Returns(ctx context.Context, db DB) ([]Return, error) {
	rows, err := db.QueryContext(ctx, `select agency, feed, period, due_on, arrived_on, submission, accepted, quarantined, status
from core.expected_return order by agency, feed, period_start`)
	if err != nil {
		return nil, fmt.Errorf("reading the returns: %w", err)
	}
	defer rows.Close()
	var returns []Return
	for rows.Next() {
		var r Return
		var period string
		var arrived sql.NullTime
		var submission, accepted, quarantined sql.NullInt64
		if err := rows.Scan(&r.Agency, &r.Feed, &period, &r.Due, &arrived, &submission, &accepted, &quarantined, &r.Status); err != nil {
			return nil, fmt.Errorf("reading the returns: %w", err)
		}
		if r.Period, err = config.ParsePeriod(period); err != nil {
			return nil, fmt.Errorf("reading the returns: %w", err)
		}
		r.Arrived, r.Submission, r.Rows, r.Quarantined = arrived.Time, int(submission.Int64), accepted.Int64, quarantined.Int64
		returns = append(returns, r)
	}
	return returns, rows.Err()
}

// KeptOut is the number of rows of one return that one rule kept out.
type KeptOut struct {
	Agency, Feed, Period, Rule string
	Rows                       int64
}

// KeptOutSince is the rows kept out of returns for periods that end after a date.
func KeptOutSince(ctx context.Context, db DB, since time.Time) ([]KeptOut, error) {
	rows, err := db.QueryContext(ctx, `select agency, feed, period, rule, quarantined
from core.quarantined where period_end > ? order by all`, since)
	if err != nil {
		return nil, fmt.Errorf("reading the quarantine: %w", err)
	}
	defer rows.Close()
	var out []KeptOut
	for rows.Next() {
		var k KeptOut
		if err := rows.Scan(&k.Agency, &k.Feed, &k.Period, &k.Rule, &k.Rows); err != nil {
			return nil, fmt.Errorf("reading the quarantine: %w", err)
		}
		out = append(out, k)
	}
	return out, rows.Err()
}
