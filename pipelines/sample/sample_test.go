package sample_test

import (
	gocmp "cmp"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"
	"github.com/google/go-cmp/cmp"

	"wherry/config"
	"wherry/pipelines/sample"
)

func partnership(t *testing.T) *config.Partnership {
	t.Helper()
	p, err := config.Load(t.TempDir(), config.Files, nil)
	if err != nil {
		t.Fatalf("loading the example: %v", err)
	}
	return p
}

func memory(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "?threads=2&memory_limit=2GB")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// made writes the sample in a directory of its own and returns its inbox.
func made(t *testing.T, p *config.Partnership, opts sample.Options) (string, sample.Summary) {
	t.Helper()
	dir := t.TempDir()
	start := time.Now()
	s, err := sample.Write(t.Context(), memory(t), p, dir, opts)
	if err != nil {
		t.Fatalf("writing the sample: %v", err)
	}
	t.Logf("%d files, %d rows in %v", s.Files, s.Rows, time.Since(start).Round(time.Millisecond))
	return filepath.Join(dir, "inbox"), s
}

// files maps each file of the inbox to its hash and day of arrival.
func files(t *testing.T, inbox string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(inbox, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		name, err := filepath.Rel(inbox, path)
		out[filepath.ToSlash(name)] = hex.EncodeToString(sum[:8]) + " " + info.ModTime().UTC().Format(time.DateOnly)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheSameSampleTwiceIsTheSameBytes(t *testing.T) {
	p := partnership(t)
	first, s := made(t, p, sample.Options{Rows: 20_000})
	second, again := made(t, p, sample.Options{Rows: 20_000})
	if diff := cmp.Diff(files(t, first), files(t, second)); diff != "" {
		t.Errorf("files differ (-first +second):\n%s", diff)
	}
	if diff := cmp.Diff(s, again); diff != "" {
		t.Errorf("summaries differ (-first +second):\n%s", diff)
	}
	other, _ := made(t, p, sample.Options{Rows: 20_000, Seed: 7})
	if cmp.Equal(files(t, first), files(t, other)) {
		t.Error("another seed gave the same files")
	}
}

func TestRowsScale(t *testing.T) {
	p := partnership(t)
	for _, rows := range []int64{30_000, 150_000} {
		_, s := made(t, p, sample.Options{Rows: rows})
		if float64(s.Rows) < 0.8*float64(rows) || float64(s.Rows) > 1.25*float64(rows) {
			t.Errorf("asked for about %d rows, got %d", rows, s.Rows)
		}
	}
}

func TestAFixedDayIsNeeded(t *testing.T) {
	p := partnership(t)
	p.AsAt = ""
	_, err := sample.Write(t.Context(), memory(t), p, t.TempDir(), sample.Options{})
	if err == nil || !strings.Contains(err.Error(), "as_at") {
		t.Errorf("got %v, want an error that names as_at", err)
	}
}

// One sample of the usual size serves all the tests below, since it takes seconds.
func TestUsualSize(t *testing.T) {
	p := partnership(t)
	inbox, s := made(t, p, sample.Options{})
	t.Run("returns", func(t *testing.T) { checkReturns(t, p, inbox, s) })
	t.Run("formats", func(t *testing.T) { checkFormats(t, inbox) })
	db := tables(t, inbox)
	t.Run("links", func(t *testing.T) { checkLinks(t, db) })
	t.Run("changes", func(t *testing.T) { checkChanges(t, db) })
	t.Run("columns", func(t *testing.T) { checkColumns(t, p, inbox) })
	moreTables(t, db, p, inbox)
	t.Run("links between more feeds", func(t *testing.T) { checkMoreLinks(t, db) })
	t.Run("changes in more feeds", func(t *testing.T) { checkMoreChanges(t, db) })
}

// checkReturns finds every return that is owed, but for the planted ones.
func checkReturns(t *testing.T, p *config.Partnership, inbox string, s sample.Summary) {
	asAt := config.Day(2026, time.October, 31)
	got := files(t, inbox)
	if s.Files != len(got) {
		t.Errorf("the summary has %d files, the inbox %d", s.Files, len(got))
	}
	if s.Rows < 350_000 || s.Rows > 400_000 {
		t.Errorf("%d rows, want between 350,000 and 400,000", s.Rows)
	}
	var missing, late []string
	for _, r := range p.Owed(asAt) {
		stem := r.Agency + "/" + r.Feed + "_" + r.Period.Slug() + "."
		var arrived string
		for name, what := range got {
			if strings.HasPrefix(name, stem) {
				arrived = what[strings.IndexByte(what, ' ')+1:]
			}
		}
		switch {
		case arrived == "":
			missing = append(missing, stem)
		case arrived > asAt.Format(time.DateOnly):
			t.Errorf("%s arrived on %s, after the as-at day", stem, arrived)
		case arrived > r.Due.Format(time.DateOnly):
			late = append(late, stem)
		}
	}
	for _, c := range []struct{ got, want []string }{
		{missing, []string{"health/champion_register_2026-27-Q2.", "housing/workforce_denominator_2026-27-Q2."}},
		{late, []string{"probation/probation_case_2026-27-Q2.", "provider_two/safe_accommodation_referral_2026-27-Q2."}},
		{s.Missing, []string{"health/champion_register_2026-27-Q2.xlsx", "housing/workforce_denominator_2026-27-Q2.csv"}},
		{s.Late, []string{"probation/probation_case_2026-27-Q2.parquet", "provider_two/safe_accommodation_referral_2026-27-Q2.csv"}},
		{s.Partial, []string{"health/health_activity_2026-27-Q2.csv"}},
		{s.Small, []string{"housing/sanctuary_install_2026-27-Q2.csv"}},
		{s.Resubmitted, []string{"childrens_services/csc_contact_referral_2026-08_resubmitted.csv"}},
		{s.Copies, []string{"childrens_services/agency_referral_2026-07_copy.csv"}},
		{s.Unmade, nil},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("want - got +:\n%s", diff)
		}
	}
	hash := func(name string) string { return got[name][:16] }
	if hash("childrens_services/agency_referral_2026-07.csv") != hash("childrens_services/agency_referral_2026-07_copy.csv") {
		t.Error("the copy is not a copy")
	}
	if hash("childrens_services/csc_contact_referral_2026-08.csv") == hash("childrens_services/csc_contact_referral_2026-08_resubmitted.csv") {
		t.Error("the resubmission is the same as what it takes the place of")
	}
	for _, f := range s.Faults {
		if _, ok := got[f.File]; !ok || f.Rows < 1 {
			t.Errorf("fault %+v is in no file", f)
		}
	}
	if len(s.Faults) != 41 {
		t.Errorf("%d faults planted, want 41", len(s.Faults))
	}
}

// checkFormats looks at the first bytes of one file of each format and encoding.
func checkFormats(t *testing.T, inbox string) {
	for name, begins := range map[string]string{
		"police/police_da_incident_2026-09.csv":                   "incident_key,reported_at,",
		"police/police_da_incident_child_2026-09.parquet":         "PAR1",
		"police/op_encompass_notification_2026-09.arrow":          "ARROW1",
		"health/workforce_denominator_2026-27-Q2.xlsx":            "PK\x03\x04",
		"provider_one/safe_accommodation_referral_2026-27-Q2.csv": "\xff\xfes\x00a\x00_\x00",
		"safeguarding_partnership/action_plan_2026-09.csv":        "action_id,",
		"training_hub/training_event_2021-10.csv":                 "session_key,",
		"childrens_services/csc_contact_referral_2023-10.csv":     "contact_key,",
		"probation/workforce_denominator_2023-24-Q3.csv":          "agency,agency_team_code,",
		"education/workforce_denominator_2026-27-Q1.xlsx":         "PK\x03\x04",
		"marac_coordinator/marac_case_2023-10.csv":                "marac_case_key,",
		"marac_coordinator/marac_action_2023-10.csv":              "marac_case_key,action_key,",
		"police/dvds_application_2023-10.csv":                     "dvds_key;route;",
		"police/information_request_2026-09.csv":                  "request_key|requester_agency|",
		"probation/probation_case_2026-27-Q2.parquet":             "PAR1",
		"health/health_activity_2026-27-Q2.csv":                   "\xff\xfem\x00o\x00",
		"provider_one/safe_accommodation_stay_2026-27-Q2.csv":     "\xff\xfes\x00t\x00",
		"commissioning/part4_finance_2026-27-Q2.xlsx":             "PK\x03\x04",
		"education/champion_register_2026-27-Q2.xlsx":             "PK\x03\x04",
		"safeguarding_partnership/audit_case_2023-24-Q3.xlsx":     "PK\x03\x04",
		"police/police_da_incident_2021-10.csv":                   "incident_key,",
		"police/police_da_incident_child_2021-10.parquet":         "PAR1",
		"specialist_service/da_service_episode_2023-24-Q3.csv":    "episode_key,",
		"provider_two/safe_accommodation_referral_2023-24-Q3.csv": "\xff\xfes\x00",
		"childrens_services/csc_assessment_2026-09.csv":           "assessment_key,",
		"childrens_services/workforce_denominator_2026-27-Q2.csv": "agency,",
	} {
		data, err := os.ReadFile(filepath.Join(inbox, filepath.FromSlash(name)))
		if err != nil {
			t.Errorf("reading %s: %v", name, err)
		} else if !strings.HasPrefix(string(data), begins) {
			t.Errorf("%s begins %q, want %q", name, data[:min(len(data), 24)], begins)
		}
	}
	plan, err := os.ReadFile(filepath.Join(inbox, "safeguarding_partnership", "action_plan_2026-09.csv"))
	if err != nil || !strings.Contains(string(plan), "board\x92s") {
		t.Errorf("the action plan is not in windows-1252 (%v)", err)
	}
}

// checkColumns compares the header of every CSV file in UTF-8 with its contract.
func checkColumns(t *testing.T, p *config.Partnership, inbox string) {
	seen := map[string]bool{}
	for name := range files(t, inbox) {
		feed, _, _ := strings.Cut(filepath.Base(name), "_20")
		c, ok := p.Contract(feed)
		if !ok {
			t.Errorf("%s is of no feed", name)
		}
		if !strings.HasSuffix(name, ".csv") || c.File.Encoding == "utf-16" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(inbox, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		header, _, _ := strings.Cut(string(data), "\n")
		var want []string
		for _, col := range c.Columns {
			if col.StateOf == "" {
				want = append(want, col.Name)
			}
		}
		if diff := cmp.Diff(want, strings.Split(header, gocmp.Or(c.File.Delimiter, ","))); diff != "" {
			t.Fatalf("columns of %s (-contract +file):\n%s", name, diff)
		}
		seen[feed] = true
	}
	if len(seen) != len(p.Contracts)-11 {
		t.Errorf("%d feeds came as CSV in UTF-8, want all but eleven of %d: nine in other forms, two of counts", len(seen), len(p.Contracts))
	}
	survey, err := os.ReadFile(filepath.Join(inbox, "safeguarding_partnership", "practitioner_survey_2026-27-Q1.csv"))
	if err != nil || strings.Count(string(survey), "\n") != 1 {
		t.Errorf("between two surveys the return is not a header alone (%v)", err)
	}
}

// tables makes views of the extracts that are links in a chain, all as text.
func tables(t *testing.T, inbox string) *sql.DB {
	t.Helper()
	db := memory(t)
	for view, glob := range map[string]string{
		"incident": "police/police_da_incident_20*.csv", "referral": "childrens_services/agency_referral_20*[0-9].csv",
		"contact": "childrens_services/csc_contact_referral_20*.csv", "assessment": "childrens_services/csc_assessment_20*.csv",
		"marac": "marac_coordinator/marac_case_20*.csv", "session": "training_hub/training_event_20*.csv",
		"booking": "training_hub/training_booking_20*.csv", "episode": "specialist_service/da_service_episode_20*.csv",
	} {
		_, err := db.ExecContext(t.Context(), fmt.Sprintf(`create table %s as select * from read_csv('%s', all_varchar = true, header = true,
delim = ',', quote = '"', null_padding = true, strict_mode = false, filename = true)`, view, filepath.Join(inbox, filepath.FromSlash(glob))))
		if err != nil {
			t.Fatalf("reading %s: %v", view, err)
		}
	}
	_, err := db.ExecContext(t.Context(), fmt.Sprintf("create table child as from read_parquet('%s')", filepath.Join(inbox, "police", "police_da_incident_child_*.parquet")))
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// number runs a query that gives one number.
func number(t *testing.T, db *sql.DB, query string) float64 {
	t.Helper()
	var n float64
	if err := db.QueryRowContext(t.Context(), "select ("+query+")::double").Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func checkLinks(t *testing.T, db *sql.DB) {
	for what, query := range map[string]string{
		"children of no incident":                "select count(*) from child where incident_key not in (select incident_key from incident)",
		"police referrals of no child":           "select count(*) from referral r where referring_agency = 'police' and not exists (select 1 from child c where c.incident_key = r.incident_key and c.child_key = r.child_key)",
		"referrals without a contact":            "select count(*) from referral r where not exists (select 1 from contact c where c.child_key = r.child_key and c.contact_at = r.received_at)",
		"referral keys of no contact":            "select count(*) from assessment where assessment_auth_date > '2023-03' and referral_key not in (select referral_key from contact where referral_key is not null)",
		"MARAC victims unknown to police":        "select count(*) from marac where victim_key not in (select victim_key from incident)",
		"bookings on no session":                 "select count(*) from booking where session_key not in (select session_key from session)",
		"certificates for those who stayed away": "select count(*) from booking where certificate_valid_to is not null and status not in ('attended', 'walk_in')",
	} {
		limit := 0.0
		if what == "police referrals of no child" || what == "referrals without a contact" {
			limit = 6 // the planted faults among them
		}
		if what == "children of no incident" || what == "MARAC victims unknown to police" {
			limit = 3
		}
		if n := number(t, db, query); n > limit {
			t.Errorf("%s: %v", what, n)
		}
	}
	for what, query := range map[string]string{
		"incidents": "select count(*) - count(distinct incident_key) from incident",
		"children":  "select count(*) - count(distinct incident_key || child_key) from child",
		"referrals": "select count(*) - count(distinct referral_key || child_key) from referral where filename not like '%_copy.csv'",
		"bookings":  "select count(*) - count(distinct session_key || learner_key) from booking",
	} {
		if n := number(t, db, query); n != 0 {
			t.Errorf("%v %s come twice", n, what)
		}
	}
}

func checkChanges(t *testing.T, db *sql.DB) {
	complete := `select avg((field_ethnicity in ('valid', 'refused') and field_religion_belief in ('valid', 'refused') and field_household_members = 'valid'
and field_prior_incidents = 'valid' and field_immediate_safety = 'valid' and child_seen_status not in ('not_recorded', 'not_seen_no_reason'))::int)
from referral where referring_agency = 'police' and received_at %s`
	wait := `select median(days) from (select episode_key, date_diff('day', strptime(max(referred_at), '%%d/%%m/%%Y'), strptime(max(first_contact_at), '%%d/%%m/%%Y')) as days,
strptime(max(referred_at), '%%d/%%m/%%Y') as referred from episode group by all) where referred %s`
	covered := `select count(distinct learner_key) / 4800 from booking where status in ('attended', 'walk_in') and certificate_valid_to >= '%[1]s' and booked_at < '%[1]s'`
	for _, c := range []struct {
		what, query string
		low, high   float64
	}{
		{"complete before the form", fmt.Sprintf(complete, "< '2026-01'"), 0.55, 0.60},
		{"complete with the form", fmt.Sprintf(complete, ">= '2026-03'"), 0.73, 0.78},
		{"religion before", "select avg((field_religion_belief = 'valid')::int) from referral where referring_agency = 'police' and received_at < '2026-01'", 0.44, 0.56},
		{"religion after", "select avg((field_religion_belief = 'valid')::int) from referral where referring_agency = 'police' and received_at >= '2026-01'", 0.44, 0.58},
		{"days to contact before", fmt.Sprintf(wait, "between '2023-10-01' and '2026-01-31'"), 5, 6},
		{"days to contact after", fmt.Sprintf(wait, ">= '2026-02-01'"), 9, 11},
		{"in-date training before", fmt.Sprintf(covered, "2025-08-31"), 0.60, 0.64},
		{"in-date training after", fmt.Sprintf(covered, "2026-09-30"), 0.78, 0.82},
		{"MARAC repeats when crimes counted", "select avg((repeat_flag = 'Y')::int) from marac where repeat_definition_version = 'sl_old_criminal'", 0.16, 0.24},
		{"MARAC repeats since any abuse counts", "select avg((repeat_flag = 'Y')::int) from marac where repeat_definition_version = 'sl_any_instance'", 0.27, 0.35},
		{"one definition at a time", "select avg(((repeat_definition_version = 'sl_any_instance') = (try_strptime(discussed_at, '%d/%m/%Y') >= date '2025-04-01'))::int) from marac", 1, 1},
		{"MARAC partners", "select avg((referring_agency <> 'police')::int) from marac", 0.33, 0.39},
		{"MARAC cases a month", "select count(*) / 36 from marac", 65, 85},
		{"police referrals a month", "select count(*) / 36 from referral where referring_agency = 'police'", 370, 460},
		{"incidents a month", "select count(*) / 60 from incident", 1300, 1500},
	} {
		if n := number(t, db, c.query); n < c.low || n > c.high {
			t.Errorf("%s: %.3f, want %v to %v", c.what, n, c.low, c.high)
		}
	}
	if !slices.IsSorted([]float64{
		number(t, db, "select count(*) from incident where reported_at[:7] = '2025-02'"),
		number(t, db, "select count(*) from incident where reported_at[:7] = '2025-12'"),
	}) {
		t.Error("Christmas is no busier than February")
	}
}
