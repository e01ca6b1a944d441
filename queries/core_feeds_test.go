package queries_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// twoQuarters enters two deliveries of a feed, d1 and d2, the second after one it supersedes.
func twoQuarters(t *testing.T, db *sql.DB, feed string) {
	t.Helper()
	exec(t, db, fmt.Sprintf(`insert into ledger.delivery (delivery_id, agency, feed, period, period_start, period_end, submission) values
('d1', 'agency', '%[1]s', 'q1', date '2026-04-01', date '2026-07-01', 1),
('superseded', 'agency', '%[1]s', 'q2', date '2026-07-01', date '2026-10-01', 1),
('d2', 'agency', '%[1]s', 'q2', date '2026-07-01', date '2026-10-01', 2)`, feed))
}

// keyed gives every column of a key a value: its own, or the common one.
func keyed(columns string, own map[string]string, common string) string {
	var values []string
	for _, name := range strings.Split(columns, ", ") {
		value := common
		if v, ok := own[name]; ok {
			value = v
		}
		values = append(values, value+" as "+name)
	}
	return strings.Join(values, ", ")
}

// TestAThingIsWhatItsLatestExtractSays: feeds that send everything still open send the same thing
// in several extracts, and the latest is the one counted, with the day to which it is known.
func TestAThingIsWhatItsLatestExtractSays(t *testing.T) {
	for _, c := range []struct{ feed, key, changes, before, after string }{
		{"marac_action", "action_key", "completed_date", "null", "date '2026-07-02'"},
		{"marac_agency_return", "marac_case_key, agency", "record_flagged_at", "null", "date '2026-07-02'"},
		{"dvds_application", "dvds_key", "disclosed_at", "null", "date '2026-07-02'"},
		{"information_request", "request_key", "answered_at", "null", "timestamp '2026-07-02 10:00'"},
		{"training_evaluation", "session_key, learner_key, stage", "practice_example", "null", "'Y'"},
		{"safe_accommodation_stay", "stay_key", "end_date", "null", "date '2026-07-02'"},
		{"perpetrator_episode", "perp_episode_key", "completed_at", "null", "date '2026-07-02'"},
		{"probation_case", "perpetrator_key, start_date", "end_date", "null", "date '2026-07-02'"},
		{"protective_order", "order_key", "breach_at", "null", "date '2026-07-02'"},
		{"homelessness_da", "household_key, duty, duty_start", "outcome", "'open'", "'secured_existing'"},
		{"sanctuary_install", "sanctuary_key", "installed_at", "null", "date '2026-07-02'"},
	} {
		t.Run(c.feed, func(t *testing.T) {
			db := open(t)
			twoQuarters(t, db, c.feed)
			keys := map[string]string{"start_date": "date '2026-04-02'", "duty_start": "date '2026-04-02'"}
			one, other := keyed(c.key, keys, "'k'"), keyed(c.key, keys, "'l'")
			for _, row := range []struct{ delivery, keys, value string }{
				{"'d1'", one, c.before}, {"'d2'", one, c.after}, {"'d1'", other, c.before}, {"'superseded'", one, c.after},
			} {
				exec(t, db, fmt.Sprintf("insert into landing.%s by name (select %s as %s, %s as delivery_id, %s)", c.feed, row.value, c.changes, row.delivery, row.keys))
			}
			got := column(t, db, fmt.Sprintf("select coalesce(%s::varchar, 'null') || ' to ' || known_to from core.%s order by known_to", c.changes, c.feed))
			want := column(t, db, fmt.Sprintf("select unnest([coalesce((%s)::varchar, 'null') || ' to 2026-06-30', coalesce((%s)::varchar, 'null') || ' to 2026-09-30'])", c.before, c.after))
			if !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

// TestSnapshotsKeepEveryQuarter: registers and surveys have no thing that comes back, so each
// quarter's rows stand, dated by the quarter.
func TestSnapshotsKeepEveryQuarter(t *testing.T) {
	for feed, columns := range map[string]string{
		"audit_case":          "'a' as audit_key",
		"practitioner_survey": "'police' as agency",
		"champion_register":   "'primary' as setting_type",
		"part4_finance":       "'c' as contract_key",
	} {
		db := open(t)
		twoQuarters(t, db, feed)
		for _, delivery := range []string{"d1", "d2", "superseded"} {
			exec(t, db, fmt.Sprintf("insert into landing.%s by name (select %s, '%s' as delivery_id)", feed, columns, delivery))
		}
		if got := column(t, db, "select known_to::varchar from core."+feed+" order by 1"); !slices.Equal(got, []string{"2026-06-30", "2026-09-30"}) {
			t.Errorf("%s: got %v", feed, got)
		}
	}
}

// TestAStaysChildrenComeFromTheSameExtract: a stay is one row, its children are theirs, and
// neither is counted again when the stay comes in the next quarter's extract.
func TestAStaysChildrenComeFromTheSameExtract(t *testing.T) {
	db := open(t)
	twoQuarters(t, db, "safe_accommodation_stay")
	exec(t, db, `insert into landing.safe_accommodation_stay by name select * from (values
('s', 'd1', null, null), ('s', 'd1', '4', 'N'), ('s', 'd2', null, null), ('s', 'd2', '4', 'Y'), ('s', 'd2', '4', 'N'), ('s', 'd2', '12-15', 'Y'),
('gone', 'd1', null, null), ('gone', 'd1', 'unborn', null), ('alone', 'd2', null, null), ('no household row', 'd2', '3', 'Y')) as v(stay_key, delivery_id, child_age_band, child_support_received)`)
	if got := column(t, db, "select stay_key from core.safe_accommodation_stay order by 1"); !slices.Equal(got, []string{"alone", "gone", "s"}) {
		t.Errorf("stays: %v", got)
	}
	got := column(t, db, "select concat_ws(' ', stay_key, age_group, child_support_received) from core.safe_accommodation_stay_child order by 1")
	if want := []string{"gone unborn", "s 0-7 N", "s 0-7 Y", "s 8-17 Y"}; !slices.Equal(got, want) {
		t.Errorf("children: got %v, want %v", got, want)
	}
}

// TestARefugeHasNoDistrict: its place is never sent, and the units of other kinds keep theirs.
func TestARefugeHasNoDistrict(t *testing.T) {
	db := open(t)
	twoQuarters(t, db, "safe_accommodation_unit")
	exec(t, db, `insert into landing.safe_accommodation_unit by name select * from (values
('refuge', 'd1', null), ('dispersed', 'd1', 'E07000148')) as v(accommodation_type, delivery_id, district_code)`)
	if got := column(t, db, "select accommodation_type || ' ' || district from core.safe_accommodation_unit order by 1"); !slices.Equal(got, []string{"dispersed E07000148", "refuge unknown"}) {
		t.Errorf("got %v", got)
	}
}

// TestSharedMacros are the readings of days and groups that came with the later families.
func TestSharedMacros(t *testing.T) {
	db := open(t)
	exec(t, db, `insert into reference.school_calendar values
(date '2026-05-01', true, 10, date '2026-05-05'), (date '2026-05-04', false, 10, date '2026-05-05'), (date '2026-05-05', true, 11, null)`)
	for expression, want := range map[string]string{
		"school_days(date '2026-05-01', timestamp '2026-05-05 23:00')":             "1",
		"school_days(date '2026-05-04', date '2026-05-04')":                        "0",
		"school_days(date '2026-04-30', date '2026-05-04')":                        "<nil>",
		"next_school_day(timestamp '2026-05-01 08:00')::varchar":                   "2026-05-05",
		"next_school_day(date '2026-05-05')":                                       "<nil>",
		"quarter_start(date '2026-09-30')::varchar":                                "2026-07-01",
		"quarter_start(date '2026-07-01')::varchar":                                "2026-07-01",
		"financial_year(date '2026-03-31')":                                        "2025-26",
		"financial_year(date '2026-04-01')":                                        "2026-27",
		"financial_year(date '1999-12-31')":                                        "1999-00",
		"financial_quarter(date '2026-03-31')":                                     "2025-26 Q4",
		"financial_quarter(date '2026-09-30')":                                     "2026-27 Q2",
		"financial_quarter(null)":                                                  "<nil>",
		"follows_within(date '2025-01-01', date '2026-01-01', 365)":                "true",
		"follows_within(date '2024-12-31', date '2026-01-01', 365)":                "false",
		"follows_within(timestamp '2026-01-01', timestamp '2026-01-01 23:0', 365)": "false",
		"follows_within(date '2026-01-02', date '2026-01-01', 365)":                "false",
		"follows_within(null, date '2026-01-01', 365)":                             "false",
		"ethnicity_5('white_gypsy_traveller')":                                     "white",
		"ethnicity_5('WROM')":                                                      "white",
		"ethnicity_5('CHNE')":                                                      "asian",
		"ethnicity_5('asian_chinese')":                                             "asian",
		"ethnicity_5('other_arab')":                                                "other",
		"ethnicity_5('refused')":                                                   "refused",
		"ethnicity_5(null)":                                                        "unknown",
		"ethnicity_5('whitewash')":                                                 "<nil>",
	} {
		if got := column(t, db, "select "+expression); got[0] != want {
			t.Errorf("%s: got %s, want %s", expression, got[0], want)
		}
	}
	for _, list := range []string{"ethnicity_19", "ethnicity_dfe"} {
		if got := column(t, db, "select code from read_csv('../config/codes/"+list+".csv', all_varchar = true) where ethnicity_5(code) is null"); len(got) > 0 {
			t.Errorf("%s: no group for %v", list, got)
		}
	}
}
