package intake

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

const hostel = `feed: hostel
title: Hostel nights
grain: one row per night
source: the hostels
agencies: [housing]
every: month
starts: 2026-06
due_days: 15
retention_years: 2
file: {pattern: "hostel_{period}*", formats: [csv]}
period_by: night
key: [night]
columns:
  - {name: night, type: date, required: true}
  - {name: gender, type: code, codes: sex, map: {"1": M, "2": F}}
  - {name: beds, type: integer}
versions:
  - from: 2026-08
    says: Sex is sent in letters, under that name, with the rooms and no beds.
    columns:
      - {name: sex, keep: gender, map: {}}
      - {name: rooms, type: integer, required: true}
    without: [beds]
examples:
  - {name: first, period: 2026-07, csv: "night,gender,beds\n2026-07-01,1,4\n", accepted: 1}
  - {name: then, period: 2026-08, csv: "night,sex,rooms\n2026-08-01,M,4\n2026-08-02,1,4\n", accepted: 1, quarantined: {not_in_codes: 1}}
`

// A count too small to give is kept as that: it is neither nought nor blank.
func TestASmallCountIsNotNought(t *testing.T) {
	p, err := config.Load(t.TempDir(), config.Files, nil)
	check(t, err)
	put(t, p, "probation/probation_case_count_2026-27-Q2.csv",
		"district_code,people_n,characteristic\nE07000148,<5,child_victim\nE07000148,0,sara_high\nE07000148,214,supervised\nE07000143,<10,supervised\nE07000144,,supervised\nE07000145,<7,supervised\n")
	w, err := warehouse.Open(t.Context(), p, tables(t), asAt)
	check(t, err)
	defer w.Close()
	s, err := receiveWith(t, w, p)
	check(t, err)
	if o := s.Outcomes[0]; o.Accepted != 4 || o.Reasons["required"] != 1 || o.Reasons["not_an_integer"] != 1 {
		t.Errorf("got %+v", o)
	}
	r := published(t, w, p)
	var rows string
	check(t, r.QueryRowContext(t.Context(), `select string_agg(concat_ws(' ', characteristic, coalesce(people_n::varchar, 'null'), people_n_state), ', ' order by line) from landing.probation_case_count`).Scan(&rows))
	if want := "child_victim null small, sara_high 0 given, supervised 214 given, supervised null small"; rows != want {
		t.Errorf("got  %s\nwant %s", rows, want)
	}
}

// Each extract is read by the version of its own period, in whatever order they come, and one
// table takes the rows of all: what a version does not have is null.
func TestEachPeriodByItsVersion(t *testing.T) {
	files := fstest.MapFS{}
	check(t, fs.WalkDir(config.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(config.Files, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	}))
	files["contracts/hostel.yaml"] = &fstest.MapFile{Data: []byte(hostel)}
	p, err := config.Load(t.TempDir(), files, nil)
	check(t, err)
	put(t, p, "housing/hostel_2026-08.csv", "night,sex,rooms\n2026-08-01,F,3\n2026-08-02,1,3\n")
	put(t, p, "housing/hostel_2026-07.csv", "night,gender,beds\n2026-07-01,2,4\n")
	put(t, p, "housing/hostel_2026-06.csv", "night,sex,rooms\n2026-06-01,F,3\n")
	put(t, p, "housing/hostel_2026-09.csv", "night,gender,beds\n2026-09-01,2,4\n")
	w, err := warehouse.Open(t.Context(), p, tables(t), asAt)
	check(t, err)
	defer w.Close()
	s, err := receiveWith(t, w, p)
	check(t, err)
	got := map[string]string{}
	for _, o := range s.Outcomes {
		got[o.Period] = o.Status + " " + o.Message
		if o.Period == "2026-08" && (o.Accepted != 1 || o.Reasons["not_in_codes"] != 1) {
			t.Errorf("a number for sex was taken: %+v", o)
		}
	}
	if got["2026-06"] != "refused has no columns gender, beds" || got["2026-09"] != "refused has no columns sex, rooms" || got["2026-07"] != "loaded " {
		t.Errorf("outcomes by period: %v", got)
	}
	r := published(t, w, p)
	var rows string
	check(t, r.QueryRowContext(t.Context(), `select string_agg(concat_ws(' ', night, gender, coalesce(beds::varchar, '-'), coalesce(rooms::varchar, '-')), ', ' order by night) from landing.hostel`).Scan(&rows))
	if want := "2026-07-01 F 4 -, 2026-08-01 F - 3"; rows != want {
		t.Errorf("got  %s\nwant %s", rows, want)
	}
}
