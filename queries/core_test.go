package queries_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"wherry/config"
	"wherry/queries"
)

// column is the first column of a query's answer, as text.
func column(t *testing.T, db queries.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(context.Background(), query)
	if err != nil {
		t.Fatalf("%v in %s", err, query)
	}
	defer rows.Close()
	var values []string
	for rows.Next() {
		var v any
		if err := rows.Scan(&v); err != nil {
			t.Fatal(err)
		}
		values = append(values, fmt.Sprint(v))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return values
}

// TestCoreReadsCurrentDeliveries: a later submission takes the place of an earlier one, and
// out of area and blank are unknown.
func TestCoreReadsCurrentDeliveries(t *testing.T) {
	db := open(t)
	exec(t, db, `insert into ledger.delivery (delivery_id, agency, feed, period, submission) values
('d1', 'marac_coordinator', 'marac_case', '2026-01', 1), ('d2', 'marac_coordinator', 'marac_case', '2026-01', 2), ('d3', 'marac_coordinator', 'marac_case', '2026-02', 1)`)
	exec(t, db, `insert into landing.marac_case by name select * from (values
('a', 'd1', 'E07000148'), ('b', 'd2', 'E07000148'), ('c', 'd2', 'OOA'), ('d', 'd3', ''), ('e', 'd3', null)) as v(marac_case_key, delivery_id, district_code)`)
	if got := column(t, db, "select marac_case_key || ' ' || district from core.marac_case order by 1"); !slices.Equal(got, []string{"b E07000148", "c unknown", "d unknown", "e unknown"}) {
		t.Errorf("got %v", got)
	}
}

// TestAnEpisodeIsWhatItsLatestExtractSays: a service sends every episode open in a quarter, so
// the same one comes in several extracts.
func TestAnEpisodeIsWhatItsLatestExtractSays(t *testing.T) {
	db := open(t)
	exec(t, db, `insert into ledger.delivery (delivery_id, agency, feed, period, period_start, period_end, submission) values
('d1', 'service', 'da_service_episode', 'q1', date '2026-04-01', date '2026-07-01', 1), ('d2', 'service', 'da_service_episode', 'q2', date '2026-07-01', date '2026-10-01', 1)`)
	exec(t, db, `insert into landing.da_service_episode by name select * from (values
('waited', 'd1', null), ('waited', 'd2', date '2026-07-02'), ('left', 'd1', null)) as v(episode_key, delivery_id, first_contact_at)`)
	got := column(t, db, "select episode_key || ' ' || coalesce(first_contact_at::varchar, 'waiting') || ' ' || known_to from core.da_service_episode order by 1")
	if want := []string{"left waiting 2026-06-30", "waited 2026-07-02 2026-09-30"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestExpectedReturns is each thing that can come of a return.
func TestExpectedReturns(t *testing.T) {
	db := open(t)
	exec(t, db, "insert into reference.setting (as_at) values (date '2026-10-31')")
	exec(t, db, `insert into ledger.expected select 'police', feed, 'p', date '2026-09-01', date '2026-10-01', due
from (values ('1 on the day', date '2026-10-10'), ('2 late', date '2026-10-10'), ('3 missing', date '2026-10-10'), ('4 not due', date '2026-11-10'), ('5 corrected', date '2026-10-10')) as v(feed, due)`)
	exec(t, db, `insert into ledger.delivery (delivery_id, agency, feed, period, submission, arrived_on, quarantined) values
('a', 'police', '1 on the day', 'p', 1, date '2026-10-10', 1), ('b', 'police', '2 late', 'p', 1, date '2026-10-11', 0),
('c', 'police', '5 corrected', 'p', 1, date '2026-10-09', 3), ('d', 'police', '5 corrected', 'p', 2, date '2026-10-20', 0)`)
	got := column(t, db, "select feed || ': ' || status || case when has_quarantined_rows then ', rows kept out' else '' end from core.expected_return order by feed")
	want := []string{"1 on the day: on_time, rows kept out", "2 late: late", "3 missing: missing", "4 not due: not_due", "5 corrected: on_time"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// TestRulesThatRowsBroke: rows kept out and rows in doubt are those of the current delivery, by
// rule, of periods that end after a date.
func TestRulesThatRowsBroke(t *testing.T) {
	db := open(t)
	exec(t, db, "insert into reference.setting (as_at) values (date '2026-10-31')")
	exec(t, db, `insert into ledger.delivery (delivery_id, agency, feed, period, period_start, period_end, submission, arrived_on) values
('a', 'police', 'marac_case', '2026-09', date '2026-09-01', date '2026-10-01', 1, date '2026-10-08'), ('b', 'police', 'marac_case', '2026-09', date '2026-09-01', date '2026-10-01', 2, date '2026-10-09'),
('c', 'police', 'marac_case', '2026-06', date '2026-06-01', date '2026-07-01', 1, date '2026-07-08'), ('d', 'police', 'marac_case', '2026-08', date '2026-08-01', date '2026-09-01', 1, date '2026-11-08')`)
	exec(t, db, `insert into quarantine.reason values ('a', 2, 'not_a_date', 'x'), ('b', 2, 'required', 'x'), ('b', 2, 'required', 'y'), ('b', 5, 'required', 'x')`)
	exec(t, db, `insert into quarantine.warning values ('a', 'long_wait', 90), ('b', 'long_wait', 12), ('b', 'no_reason', 3), ('c', 'long_wait', 40), ('d', 'long_wait', 50)`)
	since := config.Day(2026, time.July, 1)
	out, err := queries.KeptOutSince(t.Context(), db, since)
	if want := []queries.BrokenRule{{Agency: "police", Feed: "marac_case", Period: "2026-09", Rule: "required", Rows: 2}}; err != nil || !slices.Equal(out, want) {
		t.Errorf("kept out: %v, %v, want %v", out, err, want)
	}
	doubt, err := queries.InDoubtSince(t.Context(), db, since)
	if want := []queries.BrokenRule{{Agency: "police", Feed: "marac_case", Period: "2026-09", Rule: "long_wait", Rows: 12}, {Agency: "police", Feed: "marac_case", Period: "2026-09", Rule: "no_reason", Rows: 3}}; err != nil || !slices.Equal(doubt, want) {
		t.Errorf("in doubt: %v, %v, want %v", doubt, err, want)
	}
}

// TestMacros are the clocks and readings that measures share.
func TestMacros(t *testing.T) {
	db := open(t)
	exec(t, db, "insert into reference.setting (as_at) values (date '2026-10-31')")
	for expression, want := range map[string]string{
		"working_days(date '2026-01-09', date '2026-01-12')":                       "1", // Friday to Monday
		"working_days(date '2026-01-10', date '2026-01-12')":                       "1", // Saturday to Monday
		"working_days(date '2026-01-10', date '2026-01-11')":                       "0", // within a weekend
		"working_days(timestamp '2026-01-09 23:59', timestamp '2026-01-09 00:00')": "0",
		"working_days(date '2026-04-02', date '2026-04-07')":                       "1",  // over Easter
		"working_days(date '2025-12-24', date '2025-12-29')":                       "1",  // over Christmas
		"working_days(date '2025-02-27', date '2025-06-11')":                       "70", // publication to written statement, domain report section 0
		"working_days(null, date '2026-04-07')":                                    "<nil>",
		"working_days(date '1900-01-01', date '2026-04-07')":                       "<nil>",
		"as_at()":                          "2026-10-31 00:00:00 +0000 UTC",
		"quarter_end(date '2026-08-01')":   "2026-09-30 00:00:00 +0000 UTC",
		"quarter_end(date '2026-03-31')":   "2026-03-31 00:00:00 +0000 UTC",
		"recorded('refused')":              "true",
		"recorded('unknown')":              "false",
		"recorded(null)":                   "false",
		"all_recorded('valid', 'partial')": "false",
		"all_recorded('valid', 'refused')": "true",
		"known('prefer_not_to_say')":       "true",
		"known('U')":                       "false",
		"known(null)":                      "false",
		"age_group('unborn')":              "unborn",
		"age_group('7')":                   "0-7",
		"age_group('8-11')":                "8-17",
		"age_group('adult')":               "<nil>",
		"has_da_factor(['1A', '3C'])":      "true",
		"has_da_factor(['21'])":            "false",
		"has_da_factor(null::varchar[])":   "false",
		"district_of(' ')":                 "unknown",
	} {
		if got := column(t, db, "select "+expression); got[0] != want {
			t.Errorf("%s is %s, want %s", expression, got[0], want)
		}
	}
}

// TestCellsAreNotPrinted: no verb gives a raw number away.
func TestCellsAreNotPrinted(t *testing.T) {
	db := open(t)
	marac(t, db, 500)
	c, err := queries.Evaluate(context.Background(), db, measure(t, "MA3"), span(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d"} {
		if got := fmt.Sprintf(verb, c); got != "cells of MA3, not to be printed" || strings.Contains(got, "tallies") {
			t.Errorf("%s prints %s", verb, got)
		}
	}
}
