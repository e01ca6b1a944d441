package queries_test

import (
	"context"
	"testing"
)

// TestStagesReached reads one record of each feed at the stages it stands for: an open
// episode has no ending, one that ended otherwise no planned one, and a child is nobody's
// stage.
func TestStagesReached(t *testing.T) {
	db := open(t)
	exec(t, db, `insert into ledger.delivery (delivery_id, agency, feed, period, period_start, period_end, submission)
select feed, 'a', feed, '2026-04', '2026-04-01', '2026-05-01', 1
from unnest(['police_da_incident', 'marac_case', 'da_service_episode', 'safe_accommodation_referral']) as f(feed)`)
	exec(t, db, `insert into landing.police_da_incident (delivery_id, incident_date, victim_key, victim_ethnicity_19) values ('police_da_incident', '2026-04-01', 'p', 'irish')`)
	exec(t, db, `insert into landing.marac_case (delivery_id, marac_case_key, discussed_at, victim_key, victim_disability) values ('marac_case', 'm', '2026-04-02', 'p', 'none')`)
	exec(t, db, `insert into landing.da_service_episode (delivery_id, episode_key, person_key, client_type, referred_at, engaged_at, closed_at, closure_type) values
('da_service_episode', 'e1', 'q', 'adult', '2026-04-03', '2026-04-05', '2026-04-20', 'planned'),
('da_service_episode', 'e2', 'r', 'adult', '2026-04-04', null, '2026-04-21', 'declined'),
('da_service_episode', 'e3', 's', 'child', '2026-04-04', '2026-04-05', '2026-04-21', 'planned'),
('da_service_episode', 'e4', 't', null, '2026-04-04', null, null, null)`)
	exec(t, db, `insert into landing.safe_accommodation_referral (delivery_id, sa_referral_key, household_key, referred_at, outcome) values
('safe_accommodation_referral', 's1', 'h', '2026-04-06', 'accommodated'), ('safe_accommodation_referral', 's2', 'i', '2026-04-07', 'waiting')`)
	rows, err := db.QueryContext(context.Background(), `select stage || ' ' || person_key || ' ' || strftime(reached_on, '%d') from core.stage_reached order by reached_on, stage, person_key`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	want := []string{"police incident p 01", "MARAC p 02", "specialist service q 03", "specialist service r 04", "specialist service t 04",
		"engaged with the service q 05", "accommodated h 06", "referred to safe accommodation h 06", "referred to safe accommodation i 07", "planned ending q 20"}
	for i := 0; rows.Next(); i++ {
		var got string
		if err := rows.Scan(&got); err != nil {
			t.Fatal(err)
		}
		if i >= len(want) || got != want[i] {
			t.Errorf("row %d is %q, want one of %q", i+1, got, want)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := db.QueryRow("select count(*) from core.stage_reached").Scan(&n); err != nil || n != len(want) {
		t.Errorf("%d stages, want %d (%v)", n, len(want), err)
	}
}
