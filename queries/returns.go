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

// BrokenRule is the number of rows of one return that broke one rule.
type BrokenRule struct {
	Agency, Feed, Period, Rule string
	Rows                       int64
}

// KeptOutSince is the rows kept out of returns for periods that end after a date.
func KeptOutSince(ctx context.Context, db DB, since time.Time) ([]BrokenRule, error) {
	return brokenRules(ctx, db, "select agency, feed, period, rule, quarantined from core.quarantined where period_end > ? order by all", since)
}

// InDoubtSince is the rows of returns for periods that end after a date that were kept, though
// they broke a rule that warns.
func InDoubtSince(ctx context.Context, db DB, since time.Time) ([]BrokenRule, error) {
	return brokenRules(ctx, db, "select agency, feed, period, rule, kept from core.warned where period_end > ? order by all", since)
}

func brokenRules(ctx context.Context, db DB, query string, since time.Time) ([]BrokenRule, error) {
	rows, err := db.QueryContext(ctx, query, since)
	if err != nil {
		return nil, fmt.Errorf("reading the rules that rows broke: %w", err)
	}
	defer rows.Close()
	var broken []BrokenRule
	for rows.Next() {
		var b BrokenRule
		if err := rows.Scan(&b.Agency, &b.Feed, &b.Period, &b.Rule, &b.Rows); err != nil {
			return nil, fmt.Errorf("reading the rules that rows broke: %w", err)
		}
		broken = append(broken, b)
	}
	return broken, rows.Err()
}
