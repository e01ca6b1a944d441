package anonymise_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"wherry/config"
	"wherry/pipelines/anonymise"
	"wherry/pipelines/intake"
	"wherry/pipelines/warehouse"
	"wherry/queries"
)

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newKey(t *testing.T) anonymise.Key {
	t.Helper()
	key, err := anonymise.NewKey(filepath.Join(t.TempDir(), "agency.key"))
	check(t, err)
	return key
}

// raw is a return as a case system wrote it, with text of it that must never get out.
type raw struct {
	name, path  string
	contacts    int
	assessments int
	starts      string // first month that the contracts must cover
	secrets     []string
}

func returns(t *testing.T) []raw {
	t.Helper()
	book := lookalike(t)
	all := []raw{
		{"census lookalike", "../../testdata/cin-census-2026-lookalike.xml", 4, 3, "2022-10",
			[]string{"MADE-000", "MADE", "X999000", "2019-05-17", "2012-11-02", "2026-06-23", "WBRI", "AIND", "Ms Example", "teacher"}},
		{"Annex A lookalike", book, 3, 2, "2022-10",
			[]string{"700001", "700002", "Made", "Team", "2015-04-01", "01/04/2015", "42095", "WBRI", "Female"}},
		{"census of the DfE", "../../../shared/data/cin-census-2022-sample.xml", 1, 1, "1970-01",
			[]string{"DfEX0000001", "A123456789123", "X98765432123B", "1966-03", "1980-10", "WBRI", "HAND"}},
		{"Annex A of others", "../../../shared/data/annex-a-sample.xlsx", 11, 5, "2000-01",
			[]string{"9212044", "11973218", "6537810", "Hazlett", "Cutsforth", "Locality", "WBRI", "Female", "38186"}},
	}
	return all
}

// lookalike makes an Annex A workbook of made-up children.
func lookalike(t *testing.T) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	date := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		check(t, err)
		return d
	}
	born := date("2015-04-01")
	lists := map[string][][]any{
		"List 1": {{"Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age", "Date of Contact", "Contact Source"},
			{700001, "b) Female", "a) WBRI", born, 11.4, date("2026-09-02"), "q) 6: Police"},
			{700002, "a) Male", "a) WBRI", "", "#N/A", date("2026-09-09"), "b) 1B: Individual"}},
		"List 3": {{"Child Unique ID", "Date of Birth", "Date of Referral", "Referral Source", "Referral NFA?", "Allocated Team", "Allocated Worker"},
			{700001, born, date("2026-09-03"), "q) 6: Police", "No", "Made Team", "Made Upworker"},
			{700003, born, date("2026-09-21"), "j) 3D: Health services", "a) Yes", "Made Team", "Made Upworker"},
			{700003, born, "", "j) 3D: Health services", "a) Yes", "Made Team", "Made Upworker"}},
		"List 4": {{"Child Unique ID", "Date of Birth", "Continuous Assessment Start Date", "Continuous Assessment Date of Authorisation"},
			{700001, born, date("2026-09-03"), date("2026-09-28")},
			{700003, born, date("2026-09-22"), date("2026-09-30")},
			{700003, born, date("2026-09-29"), ""}},
		"List 5": {{"Child Unique ID", "Strategy discussion initiating Section 47 Enquiry Start Date", "Date of Initial Child Protection Conference",
			"Did the Initial Child Protection Conference Result in a Child Protection Plan"},
			{700001, date("2026-09-05"), date("2026-09-18"), "Yes"}},
		"List 7": {{"Child Unique ID", "Child Protection Plan Start Date", "Latest Category of Abuse", "Number of Previous Child Protection Plans", "Allocated Worker"},
			{700001, date("2026-09-18"), "Emotional abuse", 1, "Made Upworker"}},
		"List 9": {{"Child Unique ID", "Date of Birth", "LA in Touch"}, {700009, born, "a) Yes"}},
	}
	for name, rows := range lists {
		_, err := book.NewSheet(name)
		check(t, err)
		for i, row := range rows {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			check(t, err)
			check(t, book.SetSheetRow(name, cell, &row))
		}
	}
	path := filepath.Join(t.TempDir(), "annex-a-lookalike.xlsx")
	check(t, book.SaveAs(path))
	return path
}

// partnership has the shipped contracts, the two feeds of children's services from starts.
func partnership(t *testing.T, starts string) *config.Partnership {
	t.Helper()
	p, err := config.Load(t.TempDir(), config.Files, nil)
	check(t, err)
	for _, feed := range []string{"csc_contact_referral", "csc_assessment"} {
		c, ok := p.Contract(feed)
		if !ok {
			t.Fatalf("there is no contract %s", feed)
		}
		c.Starts, c.Retention = starts, 0 // what is older than may be kept is not asked here
	}
	return p
}

func receive(t *testing.T, p *config.Partnership) (intake.Summary, *warehouse.Reader) {
	t.Helper()
	asAt := config.Day(2026, time.October, 31)
	w, err := warehouse.Open(t.Context(), p, queries.Files, asAt)
	check(t, err)
	defer func() { check(t, w.Close()) }()
	s, err := intake.Receive(t.Context(), w, p, asAt, func([]intake.Outcome, time.Duration) {})
	check(t, err)
	_, err = w.Publish(t.Context())
	check(t, err)
	r, err := warehouse.OpenReader(t.Context(), p)
	check(t, err)
	return s, r
}

func inbox(t *testing.T, p *config.Partnership) string {
	t.Helper()
	dir := filepath.Join(p.Root, p.Paths.Inbox, "childrens_services")
	check(t, os.MkdirAll(dir, 0o755))
	return dir
}

func TestARawReturnIsRefused(t *testing.T) {
	for _, r := range returns(t) {
		t.Run(r.name, func(t *testing.T) {
			b, err := os.ReadFile(r.path)
			if err != nil {
				t.Skipf("%s is not here", r.path)
			}
			p := partnership(t, r.starts)
			check(t, os.WriteFile(filepath.Join(inbox(t, p), filepath.Base(r.path)), b, 0o644))
			s, reader := receive(t, p)
			defer reader.Close()
			if len(s.Refused()) != 1 {
				t.Fatalf("outcomes: %+v", s.Outcomes)
			}
			o := s.Refused()[0]
			if o.Rule != "personal_data" || !strings.Contains(o.Hint, "wherry anonymise") {
				t.Errorf("refused by %s with the hint %q", o.Rule, o.Hint)
			}
			if !strings.Contains(o.Message, "irth") {
				t.Errorf("the message does not name the birth date among the columns: %s", o.Message)
			}
		})
	}
}

func TestAnonymisedReturnsLoad(t *testing.T) {
	for _, r := range returns(t) {
		t.Run(r.name, func(t *testing.T) {
			if _, err := os.Stat(r.path); err != nil {
				t.Skipf("%s is not here", r.path)
			}
			p := partnership(t, r.starts)
			report, err := anonymise.File(r.path, newKey(t), inbox(t, p))
			check(t, err)
			s, reader := receive(t, p)
			defer reader.Close()
			for _, o := range s.Outcomes {
				if o.Status != intake.Loaded || o.Quarantined > 0 {
					t.Errorf("%s: %s %s %v", o.File, o.Status, o.Message, o.Reasons)
				}
			}
			var contacts, assessments int
			check(t, reader.QueryRowContext(t.Context(), "select count(*) from core.csc_contact_referral").Scan(&contacts))
			check(t, reader.QueryRowContext(t.Context(), "select count(*) from core.csc_assessment").Scan(&assessments))
			if r.contacts != contacts || r.assessments != assessments {
				t.Errorf("%d contacts and %d assessments loaded, want %d and %d\n%s", contacts, assessments, r.contacts, r.assessments, report)
			}
			// The warehouse's own words (labels of codes, days on which returns are due) are left aside.
			noSecrets(t, filepath.Join(p.Root, p.Paths.Inbox), r.secrets, report.String())
			noSecrets(t, filepath.Join(p.Root, p.Paths.Archive), r.secrets, "")
		})
	}
}

// noSecrets reads every byte of every file below dir.
func noSecrets(t *testing.T, dir string, secrets []string, more string) {
	t.Helper()
	texts := map[string]string{"the report": more}
	check(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		texts[path] = string(b) + filepath.Base(path)
		return err
	}))
	for path, text := range texts {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%s holds %q of the return", path, secret)
			}
		}
	}
}

func TestWhatFollowsAnAssessmentStandsBesideIt(t *testing.T) {
	p := partnership(t, "2022-10")
	_, err := anonymise.File("../../testdata/cin-census-2026-lookalike.xml", newKey(t), inbox(t, p))
	check(t, err)
	_, reader := receive(t, p)
	defer reader.Close()
	for query, want := range map[string]int{
		"select count(*) from core.csc_assessment where s47_start_date = '2026-01-20' and icpc_outcome = 'cp_plan' and cpp_category = 'EMO' and cpp_sequence = 1": 1,
		"select count(*) from core.csc_assessment a join core.csc_contact_referral c using (referral_key)":                                                        3,
		"select count(*) from core.csc_contact_referral where unborn_flag = 'Y' and expected_birth_month = '2026-06-01'":                                          1,
		"select count(*) from core.csc_contact_referral where referral_nfa = 'true'":                                                                              1,
		"select count(distinct child_key) from core.csc_contact_referral":                                                                                         3,
		"select count(*) from core.csc_contact_referral where contact_source_code is null":                                                                        1,
		"select count(*) from core.csc_assessment where list_has_any(factor_codes, ['3A', '3B', '3C'])":                                                           2,
	} {
		var got int
		check(t, reader.QueryRowContext(t.Context(), query).Scan(&got))
		if got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
}

func TestOneKeyGivesOnePseudonym(t *testing.T) {
	key, other := newKey(t), newKey(t)
	write := func(key anonymise.Key) string {
		dir := t.TempDir()
		report, err := anonymise.File("../../testdata/cin-census-2026-lookalike.xml", key, dir)
		check(t, err)
		all := ""
		for _, f := range report.Files {
			b, err := os.ReadFile(filepath.Join(dir, f.File))
			check(t, err)
			all += f.File + string(b)
		}
		return all
	}
	first := write(key)
	if write(key) != first {
		t.Error("the same key gave other files")
	}
	if write(other) == first {
		t.Error("another key gave the same files")
	}
}

func TestHeadersAreThoseOfTheContracts(t *testing.T) {
	p := partnership(t, "2022-10")
	dir := t.TempDir()
	report, err := anonymise.File("../../testdata/cin-census-2026-lookalike.xml", newKey(t), dir)
	check(t, err)
	for _, f := range report.Files {
		c, _ := p.Contract(f.Feed)
		var want []string
		for _, column := range c.Columns {
			want = append(want, column.Name)
		}
		b, err := os.ReadFile(filepath.Join(dir, f.File))
		check(t, err)
		header, _, _ := strings.Cut(string(b), "\n")
		if header != strings.Join(want, ",") {
			t.Errorf("%s has the header\n%s\nand its contract\n%s", f.File, header, strings.Join(want, ","))
		}
	}
}
