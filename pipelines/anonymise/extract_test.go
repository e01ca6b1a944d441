package anonymise_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"wherry/config"
	"wherry/pipelines/anonymise"
)

// rawCases is what a MARAC co-ordinator's system might write: identifiers, names, births and
// notes among what the contract asks for.
const rawCases = `MARAC_case_key,Victim Key,perpetrator_key,Surname,date_of_birth,Postcode,discussed_at,closed_at,referring_agency,victim_sex,children_in_household_n,notes
M0101/26,943 476 5919,P-77,Pemberton,1987-03-04,NR1 3JU,10/09/2026,2026-09-20,idva,F,2,Rang her sister on 07700 900123
M0102/26,401-023-2137,,Okonkwo,1990-11-30,nr30 1aa,46282,,police,1,0,
M0103/26,9990000018,n/k,Larkspur,2001-02-03,PE30 1ZZ,2026-08-24,soon,the police,F,0770 0900123,moved
M0104/26,9999999999,P-77,Quartermaine,1999-05-06,XX1 1XX,02/09/2026,,police,F,1,
M0105/26,9434765918,P-78,Delacroix,1979-05-06,,03/09/2026,,police,F,1,
`

const postcodes = `postcode,district_code,lgr_unit_code
NR13JU,E07000148,greater_norwich
NR30 1AA,E07000145,east_norfolk
PE301ZZ,E07000146,west_norfolk
`

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	check(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func contract(t *testing.T, p *config.Partnership, feed string) *config.Contract {
	t.Helper()
	c, ok := p.Contract(feed)
	if !ok {
		t.Fatalf("no contract %s", feed)
	}
	return c
}

func example(t *testing.T) *config.Partnership {
	t.Helper()
	p, err := config.Load(t.TempDir(), config.Files, nil)
	check(t, err)
	return p
}

// fields is a line of an extract by the headers of its first.
func fields(text string) (all []map[string]string) {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	header := strings.Split(lines[0], ",")
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, v := range strings.Split(line, ",") {
			row[header[i]] = v
		}
		all = append(all, row)
	}
	return all
}

func TestAnExtractByItsContract(t *testing.T) {
	p, dir, key := example(t), t.TempDir(), newKey(t)
	report, err := anonymise.Extract(p, contract(t, p, "marac_case"), write(t, "cases.csv", rawCases),
		anonymise.Options{Key: key, To: dir, Postcodes: write(t, "postcodes.csv", postcodes)})
	check(t, err)
	if len(report.Files) != 2 || report.Files[0].File != "marac_case_2026-08.csv" || report.Files[1].Rows != 4 {
		t.Fatalf("files: %+v", report.Files)
	}
	secrets := strings.Fields("Pemberton Okonkwo Larkspur Quartermaine 1987 1990-11 NR1 nr30 PE30 XX1 9434765919 4765919 401-023 M0101 M0102 P-77 Rang 900123 soon 46282")
	noSecrets(t, dir, secrets, report.String())
	for what, n := range map[string]int{
		"values of the column Surname": 5, "values of the column date_of_birth": 5, "values of the column notes": 2,
		"postcodes, once the district and unitary were looked up": 4, "postcodes that the table does not have (district and unitary left blank)": 1,
		"NHS numbers of victim_key that fail their check (left blank)": 1, "dates of closed_at that cannot be read (left blank)": 1,
		"values of referring_agency that are on no list of its contract (left blank)":          1,
		"values of victim_sex that are on no list of its contract (left blank)":                1, // numbers ended in 2025
		"values of children_in_household_n that are no number for a count or sum (left blank)": 1,
	} {
		if report.Dropped[what] != n {
			t.Errorf("%s: %d, want %d\n%s", what, report.Dropped[what], n, report)
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, "marac_case_2026-09.csv"))
	check(t, err)
	byDay := map[string]map[string]string{}
	for _, row := range fields(string(text)) {
		byDay[row["discussed_at"]] = row
	}
	first, second, missing := byDay["10/09/2026"], byDay["17/09/2026"], byDay["02/09/2026"]
	if first["victim_key"] != key.Pseudonym("nhs-number:v1", "9434765919") || first["marac_case_key"] != key.Pseudonym("marac-case:v1", "M0101/26") ||
		first["perpetrator_key"] != key.Pseudonym("person:marac_coordinator:v1", "P-77") || first["perpetrator_key"] != missing["perpetrator_key"] {
		t.Errorf("pseudonyms of the first case: %v", first)
	}
	if first["district_code"] != "E07000148" || first["lgr_unit_code"] != "greater_norwich" || first["closed_at"] != "20/09/2026" {
		t.Errorf("the first case: %v", first)
	}
	if second["victim_sex"] != "" || second["victim_key"] != key.Pseudonym("nhs-number:v1", "4010232137") || second["perpetrator_key"] != "" {
		t.Errorf("the second case: %v", second)
	}
	if missing["victim_key"] != "" || missing["district_code"] != "" {
		t.Errorf("ten nines became a person, or an unknown postcode a district: %v", missing)
	}
}

func TestAnUnbornChildIsTheMothersPseudonymAndTheMonth(t *testing.T) {
	p, dir, key := example(t), t.TempDir(), newKey(t)
	const raw = "incident_key;child_key;age_band_child;presence;mother_nhs_number;expected_birth_date\n" +
		"36/1/26;943 476 5919;4;present_saw;;\n36/2/26;unborn;unborn;unknown;401 023 2137;14/12/2026\n36/3/26;;unborn;unknown;401 023 2137;\n"
	c := contract(t, p, "police_da_incident_child")
	_, err := anonymise.Extract(p, c, write(t, "children.csv", raw), anonymise.Options{Key: key, To: dir})
	if err == nil || !strings.Contains(err.Error(), "--period") {
		t.Fatalf("without a period: %v", err)
	}
	_, err = anonymise.Extract(p, c, write(t, "children.csv", raw), anonymise.Options{Key: key, To: dir, Period: "2026-09"})
	check(t, err)
	text, err := os.ReadFile(filepath.Join(dir, "police_da_incident_child_2026-09.csv"))
	check(t, err)
	children := map[string]string{}
	for _, row := range fields(string(text)) {
		children[row["incident_key"]] = row["child_key"]
	}
	of := func(n string) string { return children[key.Pseudonym("incident:v1", n)] }
	if of("36/1/26") != key.Pseudonym("nhs-number:v1", "9434765919") || of("36/2/26") != key.Pseudonym("nhs-number:v1", "4010232137")+":U2026-12" || of("36/3/26") != "" {
		t.Errorf("children: %v", children)
	}
}

func TestAWorkbookAndItsDates(t *testing.T) {
	p, dir, key := example(t), t.TempDir(), newKey(t)
	c := contract(t, p, "marac_case")
	for i := range c.Columns {
		if c.Columns[i].Name == "closed_at" {
			c.Columns[i].Degrade = "month"
		}
	}
	book := excelize.NewFile()
	defer book.Close()
	check(t, book.SetSheetRow("Sheet1", "A1", &[]any{"marac_case_key", "victim_key", "discussed_at", "closed_at", "referring_agency"}))
	check(t, book.SetSheetRow("Sheet1", "A2", &[]any{"M1", "9434765919", 46275, 46290.5, "police"}))
	path := filepath.Join(t.TempDir(), "cases.xlsx")
	check(t, book.SaveAs(path))
	_, err := anonymise.Extract(p, c, path, anonymise.Options{Key: key, To: dir})
	check(t, err)
	text, err := os.ReadFile(filepath.Join(dir, "marac_case_2026-09.csv"))
	check(t, err)
	if row := fields(string(text))[0]; row["discussed_at"] != "10/09/2026" || row["closed_at"] != "01/09/2026" {
		t.Errorf("dates: %v", row)
	}
}

func TestTextThatTheScreenStopsIsLeftBlank(t *testing.T) {
	p, dir := example(t), t.TempDir()
	var b strings.Builder
	b.WriteString("session_key,learner_key,agency,agency_team_code,status,booked_at\n")
	for i := range 20 {
		team := "POL-T1"
		if i == 3 {
			team = "Sarah Pemberton"
		}
		b.WriteString("S-202609-001,payroll " + string(rune('a'+i)) + ",police," + team + ",attended,2026-09-02\n")
	}
	report, err := anonymise.Extract(p, contract(t, p, "training_booking"), write(t, "b.csv", b.String()),
		anonymise.Options{Key: newKey(t), To: dir, Period: "2026-09"})
	check(t, err)
	noSecrets(t, dir, []string{"Pemberton", "payroll"}, report.String())
	if n := report.Dropped["values of agency_team_code that look like personal data (left blank)"]; n != 1 {
		t.Errorf("%d values left blank\n%s", n, report)
	}
}

func TestFilesThatCannotBeAnonymised(t *testing.T) {
	p := example(t)
	pseudonyms := regexp.MustCompile(`943 476 5919|401-023-2137|9990000018|9999999999|9434765918`).ReplaceAllString(rawCases, strings.Repeat("0a", 16))
	for _, c := range []struct{ title, feed, text, agency, postcodes, want string }{
		{"no table of postcodes", "marac_case", rawCases, "", "", "--postcodes"},
		{"a table without a column", "marac_case", rawCases, "", "postcode,district_code\n", "lgr_unit_code"},
		{"a column that is missing", "marac_case", strings.Replace(rawCases, "referring_agency", "referrer", 1), "", postcodes, "no column referring_agency"},
		{"no victim", "marac_case", strings.Replace(rawCases, "Victim Key", "victim", 1), "", postcodes, "no column victim_key"},
		{"pseudonyms already", "marac_case", pseudonyms, "", postcodes, "pseudonyms already"},
		{"quotes", "marac_case", "marac_case_key,x\n\"M0101,Pemberton\n", "", postcodes, "quotes"},
		{"a wide row", "marac_case", "marac_case_key\nM0101,Pemberton\n", "", postcodes, "row 2 has more values"},
		{"nothing", "marac_case", "\n", "", postcodes, "nothing in it"},
		{"no period", "marac_case", strings.NewReplacer("10/09/2026", "", "46282", "", "2026-08-24", "", "02/09/2026", "", "03/09/2026", "").Replace(rawCases), "", postcodes, "no row of the file has a period"},
		{"several agencies", "workforce_denominator", "agency_team_code\nx\n", "", "", "--agency"},
		{"another agency", "marac_case", rawCases, "police", postcodes, "not sent by police"},
	} {
		t.Run(c.title, func(t *testing.T) {
			o := anonymise.Options{Key: newKey(t), To: t.TempDir(), Agency: c.agency}
			if c.postcodes != "" {
				o.Postcodes = write(t, "postcodes.csv", c.postcodes)
			}
			_, err := anonymise.Extract(p, contract(t, p, c.feed), write(t, "raw.csv", c.text), o)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("error: %v", err)
			}
			for _, secret := range []string{"Pemberton", "9434765919", "M0101"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("the error holds a value: %v", err)
				}
			}
			if files, err := os.ReadDir(o.To); err != nil || len(files) > 0 {
				t.Errorf("something was written: %v %v", files, err)
			}
		})
	}
}

// TestAFileIsReadByWhatItsContractSays: codes by the version that each row's period has, a
// header under another name of its column, and counts too small to give as they were sent.
func TestAFileIsReadByWhatItsContractSays(t *testing.T) {
	p, dir := example(t), t.TempDir()
	police := contract(t, p, "police_da_incident")
	header, row := []string{}, []string{}
	for _, c := range police.Columns {
		value := map[string]string{"incident_key": "36/1/24", "reported_at": "2024-09-03 21:47", "victim_key": "9434765919", "victim_sex": "2"}[c.Name]
		header, row = append(header, c.Name), append(row, value)
	}
	old := strings.Join(row, ",")
	text := strings.Join(header, ",") + "\n" + old + "\n" + strings.ReplaceAll(old, "2024-09", "2026-09") + "\n"
	_, err := anonymise.Extract(p, police, write(t, "incidents.csv", text), anonymise.Options{Key: newKey(t), To: dir})
	check(t, err)
	counts := contract(t, p, "probation_case_count")
	for i := range counts.Columns {
		if counts.Columns[i].Name == "characteristic" {
			counts.Columns[i].Aliases = []string{"What they share"}
		}
	}
	_, err = anonymise.Extract(p, counts, write(t, "counts.csv", "district_code,what they share,people_n\nE07000148,supervised,214\nE07000148,mappa,<5\n"),
		anonymise.Options{Key: newKey(t), To: dir, Period: "2026-27 Q2"})
	check(t, err)
	for name, want := range map[string]string{
		"police_da_incident_2024-09.csv": "2", "police_da_incident_2026-09.csv": "",
	} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		check(t, err)
		if got := fields(string(b))[0]["victim_sex"]; got != want {
			t.Errorf("%s has the sex %q, want %q", name, got, want)
		}
	}
	b, err := os.ReadFile(filepath.Join(dir, "probation_case_count_2026-27-Q2.csv"))
	check(t, err)
	if want := "district_code,characteristic,people_n\nE07000148,mappa,<5\nE07000148,supervised,214\n"; string(b) != want {
		t.Errorf("the counts are\n%swant\n%s", b, want)
	}
}
