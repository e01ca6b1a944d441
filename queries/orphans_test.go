package queries_test

import (
	"strings"
	"testing"

	"wherry/config"
	"wherry/queries"
)

// TestRowsThatLeadToNothingAreReported: children of an incident that is held, of one that was
// superseded away and of one that never came; all stay.
func TestRowsThatLeadToNothingAreReported(t *testing.T) {
	db := open(t)
	exec(t, db, `insert into ledger.delivery (delivery_id, agency, feed, period, period_start, period_end, submission, arrived_on, accepted, quarantined) values
('i1', 'police', 'police_da_incident', '2026-06', date '2026-06-01', date '2026-07-01', 1, date '2026-07-09', 2, 0),
('i2', 'police', 'police_da_incident', '2026-06', date '2026-06-01', date '2026-07-01', 2, date '2026-07-12', 1, 0),
('c1', 'police', 'police_da_incident_child', '2026-06', date '2026-06-01', date '2026-07-01', 1, date '2026-07-09', 3, 0)`)
	exec(t, db, `insert into landing.police_da_incident (delivery_id, line, incident_key) values ('i1', 2, 'a'), ('i1', 3, 'b'), ('i2', 2, 'a')`)
	exec(t, db, `insert into landing.police_da_incident_child (delivery_id, line, incident_key) values ('c1', 2, 'a'), ('c1', 3, 'b'), ('c1', 4, 'z')`)
	p, err := config.Load(t.TempDir(), config.Files, nil)
	if err != nil {
		t.Fatal(err)
	}
	june, _ := config.ParsePeriod("2026-06")
	returns := []queries.Return{
		{Agency: "police", Feed: "police_da_incident", Period: june, Status: "on_time"},
		{Agency: "police", Feed: "police_da_incident_child", Period: june, Status: "on_time"},
	}
	if err := queries.MarkReturns(t.Context(), db, p.Contracts, returns); err != nil {
		t.Fatal(err)
	}
	if got := returns[0].Remarks; len(got) > 0 {
		t.Errorf("the incidents: %+v", got)
	}
	got := returns[1].Remarks
	if len(got) != 1 || got[0].Kind != queries.Orphans || !strings.HasPrefix(got[0].Detail, "2 rows whose incident_key no return of police_da_incident holds") {
		t.Errorf("the children: %+v", got)
	}
	var n int
	if err := db.QueryRowContext(t.Context(), "select count(*) from core.police_da_incident_child").Scan(&n); err != nil || n != 3 {
		t.Errorf("%d children are left, %v: want all 3", n, err)
	}
}
