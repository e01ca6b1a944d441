package queries_test

import (
	"slices"
	"strings"
	"testing"

	"wherry/config"
	"wherry/queries"
)

// TestCountsAreReadWhereNoRowsCame: rows of a quarter go before the same agency's counts, counts
// stand where it sent none, and a count too small to give is no number.
func TestCountsAreReadWhereNoRowsCame(t *testing.T) {
	db := open(t)
	exec(t, db, `insert into ledger.delivery (delivery_id, agency, feed, period, period_start, period_end, submission) values
('h1', 'health', 'health_activity', 'q1', date '2026-04-01', date '2026-07-01', 1), ('hc1', 'health', 'health_enquiry_count', 'q1', date '2026-04-01', date '2026-07-01', 1),
('old', 'health', 'health_enquiry_count', 'q2', date '2026-07-01', date '2026-10-01', 1), ('hc2', 'health', 'health_enquiry_count', 'q2', date '2026-07-01', date '2026-10-01', 2),
('p1', 'probation', 'probation_case', 'q1', date '2026-04-01', date '2026-07-01', 1), ('pc1', 'probation', 'probation_case_count', 'q1', date '2026-04-01', date '2026-07-01', 1),
('pc2', 'probation', 'probation_case_count', 'q2', date '2026-07-01', date '2026-10-01', 1), ('s1', 'education', 'school_response_count', 'q2', date '2026-07-01', date '2026-10-01', 1)`)
	exec(t, db, `insert into landing.health_activity by name select * from (values
('h1', date '2026-04-01', 'GP', 'E07000148', 50, 20)) as v(delivery_id, month, service, district_code, eligible_contacts_n, asked_private_n)`)
	exec(t, db, `insert into landing.health_enquiry_count by name select * from (values
('hc1', date '2026-04-01', 'GP', 'E07000148', 'eligible', 99, 'given'), ('old', date '2026-07-01', 'GP', 'E07000148', 'eligible', 98, 'given'),
('hc2', date '2026-07-01', 'GP', 'E07000148', 'eligible', 40, 'given'), ('hc2', date '2026-07-01', 'GP', 'E07000148', 'asked_private', null, 'small'),
('hc2', date '2026-07-01', 'ED', 'OOA', 'asked_private', 0, 'given')) as v(delivery_id, month, service, district_code, step, people_n, people_n_state)`)
	exec(t, db, `insert into landing.probation_case by name select * from (values
('p1', 'a', date '2026-01-01', 'Y', 'Y'), ('p1', 'a', date '2026-02-01', 'Y', 'N'), ('p1', 'b', date '2026-01-01', 'Y', null), ('p1', 'c', date '2026-01-01', 'N', 'Y'))
as v(delivery_id, perpetrator_key, start_date, child_contact_known, child_voice_considered), (values ('E07000148')) as d(district_code)`)
	exec(t, db, `insert into landing.probation_case_count by name select * from (values
('pc1', 'E07000148', 'child_contact_known', 70, 'given'), ('pc2', 'E07000148', 'child_contact_known', 14, 'given'), ('pc2', 'E07000148', 'child_voice_considered', null, 'small'),
('pc2', 'E07000149', 'child_contact_known', 21, 'given'), ('pc2', 'E07000149', 'child_voice_considered', 9, 'given'), ('pc2', 'E07000149', 'supervised', 60, 'given'))
as v(delivery_id, district_code, characteristic, people_n, people_n_state)`)
	exec(t, db, `insert into landing.school_response_count by name select * from (values
('s1', date '2026-07-01', 'E07000148', 'primary', 'notified', 41, 'given'), ('s1', date '2026-07-01', 'E07000148', 'primary', 'acknowledged', 33, 'given'),
('s1', date '2026-07-01', 'E07000148', 'primary', 'counselling', null, 'small'), ('s1', date '2026-07-01', 'E07000148', 'FE', 'notified', null, 'small'))
as v(delivery_id, month, district_code, setting_urn_group, response, children_n, children_n_state)`)
	for query, want := range map[string][]string{
		"select concat_ws(' ', month, service, district, coalesce(eligible_n::varchar, 'null'), coalesce(asked_private_n::varchar, 'null')) from core.health_enquiry order by 1": {"2026-04-01 GP E07000148 50 20", "2026-07-01 ED unknown null 0", "2026-07-01 GP E07000148 40 null"},
		"select concat_ws(' ', quarter, district, contact_n, coalesce(voice_considered_n::varchar, 'null')) from core.probation_contact order by 1":                              {"2026-04-01 E07000148 2 1", "2026-07-01 E07000148 14 null", "2026-07-01 E07000149 21 9"},
		"select concat_ws(' ', month, setting_type, coalesce(notified_n::varchar, 'null'), coalesce(acknowledged_n::varchar, 'null'), coalesce(counselling_n::varchar, 'null')) from core.school_response order by 1": {
			"2026-07-01 FE null null null", "2026-07-01 primary 41 33 null"},
	} {
		if got := column(t, db, query); !slices.Equal(got, want) {
			t.Errorf("%s:\ngot %v\nwant %v", query, got, want)
		}
	}
}

// TestCountsStandInForTheReturnOfRows: a missing return whose counts came says so, and counts
// alone make no return late or missing.
func TestCountsStandInForTheReturnOfRows(t *testing.T) {
	db := open(t)
	exec(t, db, `insert into ledger.delivery (delivery_id, agency, feed, period, period_start, period_end, submission, arrived_on, accepted, quarantined) values
('pc2', 'probation', 'probation_case_count', '2026-27 Q2', date '2026-07-01', date '2026-10-01', 1, date '2026-10-09', 8, 0)`)
	p, err := config.Load(t.TempDir(), config.Files, nil)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := config.ParsePeriod("2026-27 Q1")
	rows := []queries.Return{
		{Agency: "probation", Feed: "probation_case", Period: first, Due: date(2026, 7, 15), Status: "missing"},
		{Agency: "probation", Feed: "probation_case", Period: first.Shift(1), Due: date(2026, 10, 15), Status: "missing"},
	}
	if err := queries.MarkReturns(t.Context(), db, p.Contracts, rows); err != nil {
		t.Fatal(err)
	}
	if got := rows[0].Remarks[0].Detail; got != "due 15 July 2026, not supplied" {
		t.Errorf("the first quarter: %s", got)
	}
	if got := rows[1].Remarks[0]; got.Detail != "due 15 October 2026, not supplied; counts came instead, as probation_case_count" || !strings.Contains(got.Says, "counts came instead") {
		t.Errorf("the second quarter: %+v", got)
	}
	counts, err := queries.CountReturns(t.Context(), db, p.Contracts, date(2026, 10, 31))
	if err != nil {
		t.Fatal(err)
	}
	var probation []queries.Return
	for _, r := range counts {
		if r.Feed == "probation_case_count" {
			probation = append(probation, r)
		} else if !r.Arrived.IsZero() {
			t.Errorf("%s came for %s, and did not", r.Feed, r.Period)
		}
	}
	if len(counts) != 6 || len(probation) != 2 || !probation[0].Arrived.IsZero() || !probation[1].Arrived.Equal(date(2026, 10, 9)) {
		t.Errorf("returns of counts: %+v", counts)
	}
	if met := queries.InsteadOf(rows, probation); !met[0].Arrived.IsZero() || !met[1].Arrived.Equal(date(2026, 10, 9)) || !rows[1].Arrived.IsZero() {
		t.Errorf("rows by their counts: %+v", met)
	}
}
