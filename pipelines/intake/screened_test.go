package intake

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/xuri/excelize/v2"

	"wherry/config"
)

// filled is n lines of a visit extract with value i of a column put in, and the rest good.
// at is the column's place in the header.
func filled(n, at int, value func(i int) string) string {
	var lines []string
	for i := range n {
		fields := strings.Split(row(i, good), ",")
		if v := value(i); v != "" {
			fields[at] = v
		}
		lines = append(lines, strings.Join(fields, ","))
	}
	return visits(lines...)
}

// first gives the first k of several values, and "" after them.
func first(values ...string) func(int) string {
	return func(i int) string {
		if i < len(values) {
			return values[i]
		}
		return ""
	}
}

func series(format string, from int) func(int) string {
	return func(i int) string { return fmt.Sprintf(format, from+i) }
}

// The columns of a visit extract by their place.
const (
	placeKey, placeOn, placeColour, placeN, placeScore, placeRef, placeSeen = 0, 1, 3, 6, 7, 8, 9
)

func TestAColumnOfPersonalDataSendsTheFileBack(t *testing.T) {
	unkeyed := func(i int) string {
		sum := md5.Sum([]byte(fmt.Sprintf("%d", 440_000+i)))
		return hex.EncodeToString(sum[:])
	}
	for _, c := range []struct {
		title string
		text  string
		want  string // in the message; "" where the file loads
	}{
		{"two postcodes in text", filled(60, placeRef, first("NR1 3JU", "NR2 1AB")), ""},
		{"three postcodes in text", filled(60, placeRef, first("NR1 3JU", "NR2 1AB", "NR3 1AB")), "full postcodes in the column ref (3 of 60 values)"},
		{"three postcodes in a code column", filled(60, placeColour, first("NR1 3JU", "NR2 1AB", "NR3 1AB")), "full postcodes in the column colour (3 of 60 values)"},
		{"three emails in a column of numbers", filled(60, placeN, first("a.b@example.org", "c.d@example.org", "e.f@example.org")), "email addresses in the column n"},
		{"NHS numbers for dates", filled(60, placeSeen, first("9434765919", "4010232137", "9990000018")), "NHS numbers in the column seen"},
		{"names for codes", filled(8, placeColour, first("Olivia", "Jack", "Sarah")), "people's names in the column colour"},
		{"references of the partnership", filled(60, placeRef, first("36/12345/26", "36/12346/26", "36/12347/26")), "crime references in the column ref"},
		{"records' numbers in text", filled(60, placeRef, series("URN%d", 77_000)), "nearly all different, as a record's own number is, in the column ref"},
		{"records' numbers among numbers", filled(60, placeScore, series("%d.5", 77_000)), ""},
		{"sentences", filled(60, placeRef, series("she said that he came back late on night %d", 1)), "free text in the column ref"},
		{"dates of birth", filled(60, placeSeen, series("01/03/%d", 1960)), "dates of birth in the column seen"},
		{"pseudonyms without a key", filled(60, placeKey, unkeyed), "pseudonyms made without a key, which anybody can turn back, in the column visit_key"},
		{"numbers for pseudonyms", filled(60, placeKey, series("%d", 77_000)), "identifiers where pseudonyms should stand in the column visit_key (60 of 60 values)"},
	} {
		t.Run(c.title, func(t *testing.T) {
			p := partnership(t)
			p.Screen.LocalIDs = []config.LocalID{{Name: "crime_reference", Title: "crime references", Form: `\b36/[0-9]{4,6}/[0-9]{2}\b`}}
			put(t, p, "north/visit_2026-09.csv", c.text)
			o := one(t, p)
			if c.want == "" {
				if o.Status != Loaded {
					t.Errorf("not loaded: it %s", o.Message)
				}
				return
			}
			if o.Status != Refused || o.Rule != "personal_data" || !strings.Contains(o.Message, c.want) {
				t.Fatalf("%s by %q: it %s", o.Status, o.Rule, o.Message)
			}
			if sum := sha256.Sum256([]byte(c.text)); o.SHA256 != hex.EncodeToString(sum[:]) {
				t.Errorf("the hash on record is %q", o.SHA256)
			}
			if len(deliveries(t, p)) > 0 {
				t.Error("a delivery came of it")
			}
			for _, line := range strings.Split(c.text, "\n")[1:4] {
				noValue(t, p.Root, line)
			}
		})
	}
}

func TestAFewStrayIdentifiersKeepTheirRowsOut(t *testing.T) {
	for title, c := range map[string]struct {
		at    int
		value string
		rule  string
	}{
		"a name":                    {placeRef, "Sarah Pemberton", "identifier"},
		"a name with a title":       {placeRef, "ask Mrs Pemberton", "identifier"},
		"an NHS number in one run":  {placeRef, "9434765919", "identifier"},
		"a vehicle mark":            {placeRef, "AB12 CDE", "identifier"},
		"an address":                {placeRef, "14 High Street", "identifier"},
		"a day long ago in text":    {placeRef, "1987-03-04", "identifier"},
		"a day long ago":            {placeSeen, "04/03/1987", "identifier"},
		"a long number":             {placeN, "7700900123", "out_of_range"},
		"a phone number as amount":  {placeScore, "07700900123", "identifier"},
		"a postcode for a code":     {placeColour, "NR1 3JU", "not_in_codes"},
		"an identifier for the key": {placeKey, "9434765919", "not_a_pseudonym"},
	} {
		t.Run(title, func(t *testing.T) {
			p := partnership(t)
			text := filled(60, c.at, first(c.value))
			put(t, p, "north/visit_2026-09.csv", text)
			if o := one(t, p); o.Accepted != 59 || o.Reasons[c.rule] != 1 || len(o.Reasons) != 1 {
				t.Errorf("%d accepted, reasons %v: it %s", o.Accepted, o.Reasons, o.Message)
			}
			noValue(t, p.Root, strings.Split(text, "\n")[1])
		})
	}
}

func TestAContractMayAllowAPattern(t *testing.T) {
	p := partnership(t)
	p.Contracts[0].Columns[placeRef].Allow = []config.Allowance{{Pattern: "postcode", Because: "they are of public buildings"}}
	put(t, p, "north/visit_2026-09.csv", filled(9, placeRef, series("NR1 %dAB", 1)))
	if o := one(t, p); o.Accepted != 9 {
		t.Errorf("%d accepted, reasons %v: it %s", o.Accepted, o.Reasons, o.Message)
	}
	p.Contracts[0].Columns[placeRef].Allow = nil
	put(t, p, "north/visit_2026-09_b.csv", filled(8, placeRef, series("NR1 %dAB", 1)))
	for _, o := range receive(t, p).Refused() {
		if o.Rule == "personal_data" && strings.Contains(o.Message, "full postcodes") {
			return
		}
	}
	t.Error("without the allowance postcodes load")
}

func TestPseudonymsOfAnotherKey(t *testing.T) {
	p := partnership(t)
	p.Screen.KeyIDs = []string{"0a1b2c3d"}
	key := func(id string) func(int) string { return series(id+"%032x", 7<<40) }
	put(t, p, "north/visit_2026-09.csv", filled(60, placeKey, key("0a1b2c3d-")))
	put(t, p, "north/visit_2026-08.csv", strings.ReplaceAll(filled(5, placeKey, key("ffffffff-")), "2026-09", "2026-08"))
	put(t, p, "south/visit_2026-09.csv", filled(60, placeKey, key("ffffffff-")))
	by := map[string]Outcome{}
	for _, o := range receive(t, p).Outcomes {
		by[o.File] = o
	}
	if o := by["north/visit_2026-09.csv"]; o.Accepted != 60 {
		t.Errorf("with the key in use: %+v", o)
	}
	if o := by["north/visit_2026-08.csv"]; o.Reasons["not_a_pseudonym"] != 5 {
		t.Errorf("five of another key: %+v", o)
	}
	if o := by["south/visit_2026-09.csv"]; o.Rule != "personal_data" {
		t.Errorf("sixty of another key: %+v", o)
	}
}

func TestNamesOfFilesSheetsAndHeaders(t *testing.T) {
	for _, c := range []struct{ title, name, sheet, text, want string }{
		{"a person in the file's name", "north/visit_2026-09 Sarah Pemberton.csv", "", visits(row(0, good)), "people's names in its name"},
		{"a number in the file's name", "north/visit_2026-09_9434765919.csv", "", visits(row(0, good)), "NHS numbers in its name"},
		{"an unknown file's name", "north/Pemberton, Sarah.csv", "", "x", "people's names in its name"},
		{"an identifier as the ending", "north/visit_2026-09.JG103759A", "", "x", "National Insurance numbers in its name"},
		{"a person's folder", "Sarah Pemberton/visit_2026-09.csv", "", "x", "lies in a folder that has people's names"},
		{"a person's sheet", "north/visit_2026-09.xlsx", "Sarah Pemberton", "", "people's names in the name of sheet 2"},
		{"no header", "north/visit_2026-09.csv", "", "Sarah Pemberton,NR1 3JU,2026-09-04\n", "full postcodes, people's names in 2 of 3 columns"},
		{"a partnership's reference as a header", "north/visit_2026-09.csv", "", header + ",36/12345/26\n" + row(0, good) + ",x\n", "crime references in 1 of 11 columns"},
		{"a partnership's reference as a sheet", "north/visit_2026-09.xlsx", "36-12345-26", "", "crime references in the name of sheet 2"},
		{"a partnership's reference in a zip", "north/visit_2026-09.zip", "", string(packed(t, []txtar.File{{Name: "case 36-12345-26.csv", Data: []byte(visits(row(0, good)))}})), "crime references in the name of the file inside"},
		{"a header that is a value", "north/visit_2026-09.csv", "", header + ",07700 900123\n" + row(0, good) + ",x\n", "phone numbers in 1 of 11 columns"},
	} {
		t.Run(c.title, func(t *testing.T) {
			p := partnership(t)
			p.Screen.LocalIDs = []config.LocalID{{Name: "crime_reference", Title: "crime references", Form: `\b36[/-][0-9]{4,6}[/-][0-9]{2}\b`}}
			if c.sheet == "" {
				put(t, p, c.name, c.text)
			} else {
				workbook(t, p, c.name, func(book *excelize.File) {
					_, err := book.NewSheet(c.sheet)
					check(t, err)
				}, headerCells())
			}
			o := one(t, p)
			if o.Rule != "personal_data" || !strings.Contains(o.Message, c.want) {
				t.Fatalf("%s by %q: it %s", o.Status, o.Rule, o.Message)
			}
			still, err := Refusals(p)
			check(t, err)
			if len(still) != 1 {
				t.Errorf("%d refusals on record while the file lies in the inbox", len(still))
			}
			for _, secret := range []string{"Sarah", "Pemberton", "9434765919", "JG103759A", "NR1 3JU", "900123", "12345"} {
				if strings.Contains(fmt.Sprintf("%+v", o), secret) {
					t.Errorf("the outcome holds %q", secret)
				}
				check(t, filepath.WalkDir(p.Root, func(path string, d os.DirEntry, err error) error {
					if err != nil || strings.HasPrefix(path, filepath.Join(p.Root, "inbox")) {
						return err
					}
					if strings.Contains(path, secret) {
						t.Errorf("a file is named %s", path)
					}
					if d.IsDir() {
						return nil
					}
					b, err := os.ReadFile(path)
					if strings.Contains(string(b), secret) {
						t.Errorf("%s holds %q", path, secret)
					}
					return err
				}))
			}
			check(t, os.RemoveAll(filepath.Join(p.Root, "inbox")))
			if still, err := Refusals(p); err != nil || len(still) != 0 {
				t.Errorf("refusals on record once it was deleted: %v %v", still, err)
			}
		})
	}
}
