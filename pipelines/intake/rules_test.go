package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wherry/pipelines/warehouse"
)

// Each line is one that follows a good one; the rules it must break are beside it.
func TestEveryRuleKeepsItsRowOut(t *testing.T) {
	for _, c := range []struct{ name, line, rules string }{
		{"good", row(1, good), ""},
		{"blank where it may be", row(1, "2026-09-04,,blue,,,,,,"), ""},
		{"recoded", row(1, "2026-09-04,,R,,,3,,,"), ""},
		{"spaces around", " " + row(1, " 2026-09-04 ,, blue ,both,a | b, 3 ,1.50, T ,30/09/2026 "), ""},
		{"unborn child", strings.Repeat("a", 32) + ":U2026-12,2026-09-04,,blue,,,,,,", ""},
		{"no key", ",2026-09-04,,blue,,,,,,", "required"},
		{"no date", row(1, ",,blue,,,,,,"), "required"},
		{"an identifier for a key", "9434765919,2026-09-04,,blue,,,,,,", "not_a_pseudonym"},
		{"a key in capitals", strings.Repeat("A", 32) + ",2026-09-04,,blue,,,,,,", "not_a_pseudonym"},
		{"month 13", row(1, "2026-13-04,,blue,,,,,,"), "not_a_date"},
		{"a date of another form", row(1, "04/09/2026,,blue,,,,,,"), "not_a_date"},
		{"not infinity", row(1, "infinity,,blue,,,,,,"), "not_a_date"},
		{"a year nobody means", row(1, "2026-09-04,,blue,,,,,,01/01/1066"), "out_of_range"},
		{"a declared form not kept", row(1, "2026-09-04,,blue,,,,,,2026-09-29"), "not_a_date"},
		{"a time without a date", row(1, "2026-09-04,10:45,blue,,,,,,"), "not_a_timestamp"},
		{"a time of elsewhere", row(1, "2026-09-04,2026-09-04T10:45:00+02:00,blue,,,,,,"), "not_a_timestamp"},
		{"a time in UTC", row(1, "2026-09-04,2026-09-04T10:45:00Z,blue,,,,,,"), "not_a_timestamp"},
		{"an unknown colour", row(1, "2026-09-04,,green,,,,,,"), "not_in_codes"},
		{"a code in capitals", row(1, "2026-09-04,,RED,,,3,,,"), "not_in_codes"},
		{"a code that has ended", row(1, "2026-09-04,,blue,old,,,,,"), "not_in_codes"},
		{"an unknown theme", row(1, "2026-09-04,,blue,,a|z,,,,"), "not_in_codes"},
		{"half", row(1, "2026-09-04,,blue,,,1.5,,,"), "not_an_integer"},
		{"a word for a number", row(1, "2026-09-04,,blue,,,three,,,"), "not_an_integer"},
		{"below", row(1, "2026-09-04,,blue,,,-1,,,"), "out_of_range"},
		{"above", row(1, "2026-09-04,,blue,,,28,,,"), "out_of_range"},
		{"a comma for a point", row(1, `2026-09-04,,blue,,,,"1,5",,`), "not_a_decimal"},
		{"no number", row(1, "2026-09-04,,blue,,,,nan,,"), "not_a_decimal"},
		{"a long text", row(1, "2026-09-04,,blue,,,,,"+strings.Repeat("x", 201)+","), "too_long"},
		{"an email address", row(1, "2026-09-04,,blue,,,,,ask a.person@example.org,"), "identifier"},
		{"a postcode", row(1, "2026-09-04,,blue,,,,,near NR1 3JU,"), "identifier"},
		{"a National Insurance number", row(1, "2026-09-04,,blue,,,,,AA 12 34 56 B,"), "identifier"},
		{"a phone number", row(1, "2026-09-04,,blue,,,,,07700 900123,"), "identifier"},
		{"an NHS number", row(1, "2026-09-04,,blue,,,,,943 476 5919,"), "identifier"},
		{"a pupil number", row(1, "2026-09-04,,blue,,,,,X999000000001,"), "identifier"},
		{"another month", row(1, "2026-08-31,,blue,,,,,,"), "outside_period"},
		{"the contract's own rule", row(1, "2026-09-04,,red,,,,,,"), "red_without_n"},
		{"the same key again", row(0, good), "duplicate_key"},
		{"a field too few", row(1, "2026-09-04,,blue"), "malformed_line"},
		{"a field too many", row(1, good+",more"), "malformed_line"},
		{"an open quote", row(1, `2026-09-04,,"blue,,,,,,`), "malformed_line"},
		{"several", row(1, "2026-08-31,x,green,,,,,,"), "not_a_timestamp not_in_codes outside_period"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := partnership(t)
			put(t, p, "north/visit_2026-09.csv", visits(row(0, good), c.line, row(2, good)))
			o := one(t, p)
			if o.Status != Loaded {
				t.Fatalf("not loaded: it %s", o.Message)
			}
			want := map[string]int64{}
			for _, rule := range strings.Fields(c.rules) {
				want[rule]++
			}
			if diff := cmp.Diff(want, o.Reasons, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("rules broken (-want +got):\n%s", diff)
			}
			if o.Accepted+o.Quarantined != 3 || (c.rules == "") != (o.Accepted == 3) {
				t.Errorf("%d rows accepted and %d in quarantine, of 3", o.Accepted, o.Quarantined)
			}
			if c.rules == "" {
				return
			}
			d := deliveries(t, p)[0]
			for _, r := range d.Reasons {
				if r.Line != 3 {
					t.Errorf("%s is said of line %d, and stands on line 3", r.Rule, r.Line)
				}
			}
			noValue(t, p.Root, c.line)
		})
	}
}

// noValue looks for the longer values of a line in quarantine in everything that is kept.
func noValue(t *testing.T, root, line string) {
	t.Helper()
	for _, value := range strings.Split(line, ",")[1:] {
		value = strings.TrimSpace(value)
		if len(value) < 8 || strings.Contains(good, value) {
			continue
		}
		for _, folder := range []string{"archive", "outbox", "warehouse"} {
			check(t, filepath.WalkDir(filepath.Join(root, folder), func(path string, d os.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				b, err := os.ReadFile(path)
				if strings.Contains(string(b), value) {
					t.Errorf("%s holds a value of a row in quarantine", path)
				}
				return err
			}))
		}
	}
}

func TestWhatIsLoadedIsTyped(t *testing.T) {
	p := partnership(t)
	put(t, p, "north/visit_2026-09.csv", visits(row(0, good)))
	w, err := warehouse.Open(t.Context(), p, tables(t), asAt)
	check(t, err)
	defer w.Close()
	_, err = receiveWith(t, w, p)
	check(t, err)
	r := published(t, w, p)
	var got string
	check(t, r.QueryRowContext(t.Context(), `select concat_ws(' ', line, visit_key, "on", "at", colour, kind, themes, n + 1, score * 2, reference, seen) from landing.visit`).Scan(&got))
	want := fmt.Sprintf("2 %032x 2026-09-04 2026-09-04 10:00:00 red both [a, b] 4 3.0 T-1 2026-09-01", 0)
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestAColumnOfNHSNumbersIsRefused(t *testing.T) {
	lines := []string{}
	for i, n := range []string{"9995706652", "9998635764", "9994957139", "9997537416", "9997151100", "9996637239", "9995615940", "9996457109", "9996628892", "9994597272", "9997781163"} {
		lines = append(lines, row(i, "2026-09-04,,blue,,,,,"+n+","))
	}
	p := partnership(t)
	put(t, p, "north/visit_2026-09.csv", visits(lines...))
	if o := one(t, p); o.Rule != "personal_data" || !strings.Contains(o.Message, "NHS numbers in the column ref") {
		t.Errorf("outcome: %+v", o)
	}
}
