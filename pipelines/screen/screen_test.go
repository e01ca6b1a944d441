package screen

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"wherry/config"
)

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// times is how often each text that is not blank stands in a list.
func times(list []string) map[string]int64 {
	n := map[string]int64{}
	for _, v := range list {
		if v != "" {
			n[v]++
		}
	}
	return n
}

func TestKnownIdentifiers(t *testing.T) {
	folder := os.Getenv("WHERRY_CASES")
	if folder == "" {
		folder = "../../testdata/cases"
	}
	b, err := os.ReadFile(filepath.Join(folder, "identifiers_linkage.json"))
	if err != nil {
		if os.Getenv("WHERRY_CASES") == "" {
			t.Fatal(err)
		}
		t.Skipf("WHERRY_CASES has no identifiers_linkage.json: %v", err)
	}
	var file struct {
		Cases []struct {
			ID, Kind        string
			Input, Expected json.RawMessage
		}
	}
	check(t, json.Unmarshal(b, &file))
	ran := map[string]int{}
	for _, c := range file.Cases {
		var text string
		var list []string
		var number struct {
			Valid bool `json:"checksum_valid"`
			Is    bool `json:"treat_as_identifier"`
		}
		var column struct {
			Is bool `json:"identifier_column"`
		}
		var is bool
		switch c.Kind {
		case "nhs_number":
			check(t, json.Unmarshal(c.Input, &text))
			check(t, json.Unmarshal(c.Expected, &number))
			if got := NHS(text); got != number.Is {
				t.Errorf("%s: NHS number %v, want %v", c.ID, got, number.Is)
			}
		case "nhs_column":
			check(t, json.Unmarshal(c.Input, &list))
			check(t, json.Unmarshal(c.Expected, &column))
			c0 := Of(nil).NewColumn(About{Named: true})
			for value, n := range times(list) {
				c0.Add(value, n)
			}
			if found := c0.Finding(); (found != nil && found.Kind == NHSNumber) != column.Is {
				t.Errorf("%s: column of NHS numbers gives %+v, want %v", c.ID, found, column.Is)
			}
		case "nino", "uk_postcode_full", "uk_driving_licence":
			check(t, json.Unmarshal(c.Input, &text))
			check(t, json.Unmarshal(c.Expected, &is))
			if got := Of(nil).Find(text, nil) != ""; got != is {
				t.Errorf("%s: identifier %v, want %v", c.ID, got, is)
			}
		default:
			continue
		}
		ran[c.Kind]++
	}
	if len(ran) != 5 {
		t.Errorf("kinds of case found: %v", ran)
	}
}

func TestContractsAllowWhatTheScreenKnows(t *testing.T) {
	var names []string
	for _, k := range kinds() {
		switch k.Name {
		case UnkeyedHash, RawKey, "other_identifier", "worker":
		default:
			names = append(names, k.Name)
		}
	}
	allowed := config.PersonalKinds()
	slices.Sort(names)
	slices.Sort(allowed)
	if !slices.Equal(names, allowed) {
		t.Errorf("kinds of the screen: %v\nkinds of contracts: %v", names, allowed)
	}
}

func TestForms(t *testing.T) {
	locals := []config.LocalID{{Name: "crime_reference", Title: "crime references", Form: `\b36/[0-9]{4,6}/[0-9]{2}\b`}}
	for text, want := range map[string]string{
		"see jo.bloggs@example.org": "email", "near NR1 3JU": "postcode", "JG 10 37 59 A": "ni_number", "A123456789012": "upn",
		"07700 900123": "phone", "+44 1603 123456": "phone", "01603-123456": "phone", "943 476 5919": NHSNumber, "AB12 CDE": "vehicle_mark",
		"14 High Street": "address", "2B, Upper Goat Lane": "address", "10.20.30.40": "ip_address", "Mrs Pemberton": PersonName,
		"ref 36/12345/26": "crime_reference",
		"E01026789":       "", "E09000001": "", "NR1": "", "2026-09-30 10:00:00": "", "N12": "", "RC1": "", "ACT-01": "",
		"Report to the board each quarter": "", "35 of 50 referrals on time": "", "CYP2": "", "9434765919": "", "1603123456": "",
	} {
		if got := newScreen(locals).Find(text, nil); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := newScreen(locals).Find("near NR1 3JU", []string{"postcode"}); got != "" {
		t.Errorf("an allowed postcode: %q", got)
	}
}

func TestLabels(t *testing.T) {
	for text, want := range map[string]string{
		"marac_case_2026-09 Sarah Pemberton": PersonName, "visit_2026-09_NR1_3JU": "postcode", "visit_2026-09_9434765919": NHSNumber,
		"JG103759A": "ni_number", "Pemberton, Sarah": PersonName, "sam.jones@example.org": "email", "07700 900123": "phone",
		"marac_case_2026-09": "", "visit_2026-09_20261005_101500": "", "police_da_incident_2026-09 (2)": "", "Sheet1": "",
		"marac_case_2026-27-Q2_resent": "", "child_key": "", "dash_score 2024": "", "primary_need_code": "", "Data 2026 09": "",
	} {
		if got := Of(nil).Label(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// column is what a list of values is found to be.
func column(about About, values ...string) string {
	c := Of(nil).NewColumn(about)
	for v, n := range times(values) {
		c.Add(v, n)
	}
	if found := c.Finding(); found != nil {
		return found.Kind
	}
	return ""
}

func TestColumnsAreJudgedAsAWhole(t *testing.T) {
	named := About{Named: true, Start: config.Day(2026, time.September, 1)}
	keyed, free := named, named
	keyed.Keyed = true
	free.Allowed = []string{FreeText, NearUnique}
	series := func(n int, of func(int) string) (values []string) {
		for i := range n {
			values = append(values, of(i))
		}
		return values
	}
	records := series(60, func(i int) string { return strconv.Itoa(4_400_000 + 17*i) })
	sentences := series(60, func(i int) string { return "he came back to the house again on night " + strconv.Itoa(i) })
	for _, c := range []struct {
		title  string
		about  About
		values []string
		want   string
	}{
		{"codes", named, []string{"north", "south", "north", "east"}, ""},
		{"two postcodes", named, []string{"NR1 3JU", "NR2 1AB", "x"}, ""},
		{"three postcodes", named, []string{"NR1 3JU", "NR2 1AB", "NR2 1AB"}, "postcode"},
		{"one postcode in a column that the contract does not have", About{}, []string{"NR1 3JU", "x"}, "postcode"},
		{"given names", named, []string{"Olivia", "Jack", "Sarah", "Zbyszko", "Oluwaseun"}, PersonName},
		{"one given name among codes", named, append([]string{"grace"}, series(9, strconv.Itoa)...), ""},
		{"days of birth", named, []string{"2015-03-04", "02/01/2012", "1987-05-06", "n/k"}, DateOfBirth},
		{"days of the period", named, []string{"2026-09-04", "02/09/2026", "2026-09-06"}, ""},
		{"sentences", named, sentences, FreeText},
		{"sentences that are allowed", free, sentences, ""},
		{"records' numbers", named, records, NearUnique},
		{"records' numbers of a key", keyed, records, ""},
		{"the place in the file", named, series(60, strconv.Itoa), ""},
		{"digests of NHS numbers", named, []string{"15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
			"cfcd208495d565ef66e7dff9f98764da", "c4ca4238a0b923820dcc509a6f75849b", "c81e728d9d4c2f636f067f89cc14862c"}, UnkeyedHash},
	} {
		if got := column(c.about, c.values...); got != c.want {
			t.Errorf("%s: %q, want %q", c.title, got, c.want)
		}
	}
}

func TestDigestsOfShortIdentifiersAreTurnedBack(t *testing.T) {
	look := newScreen([]config.LocalID{{Name: "marac_reference", Form: `\bM[0-9]{4}/[0-9]{2}\b`}})
	if !look.Unkeyed("15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225") {
		t.Error("the published example of OpenPseudonymiser was not known") // unsalted_digest_is_reversible of identifiers_linkage.json
	}
	for _, id := range []string{"0", "987654", "9990000018", "1987-05-06", "06/05/1987", "M0123/26"} {
		for length, first := range map[int]string{32: md5Hex(id), 40: sha1Hex(id), 64: sha256Hex(id)} {
			if !look.Unkeyed(first) || !look.Unkeyed("0a1b2c3d-"+first+":U2026-11") {
				t.Errorf("the digest of %d digits of %q was not known", length, id)
			}
		}
	}
	for _, keyed := range []string{strings.Repeat("0", 31) + "1", sha256Hex("a key that nobody knows" + "9990000018"), strings.Repeat("a", 50)} {
		if look.Unkeyed(keyed) {
			t.Errorf("%s was taken for a plain digest", keyed)
		}
	}
}

func TestFormsAreSpelledOutWhereTheyEnd(t *testing.T) {
	for form, want := range map[string]int{
		`\b[AB][0-9]{2}-?(x|yy)\b`: 800, `[0-9]{7}`: 0, `a+`: 0, `(?:M|MARAC)-[0-9]`: 20, `.`: 0,
	} {
		got := 0
		spelled(form, mostSpelled, func(text []byte) {
			got++
			if !regexp.MustCompile("^(?:" + form + ")$").Match(text) {
				t.Fatalf("%s does not match %q", form, text)
			}
		})
		if got != want {
			t.Errorf("%s: %d texts, want %d", form, got, want)
		}
	}
}

func md5Hex(s string) string    { sum := md5.Sum([]byte(s)); return hex.EncodeToString(sum[:]) }
func sha1Hex(s string) string   { sum := sha1.Sum([]byte(s)); return hex.EncodeToString(sum[:]) }
func sha256Hex(s string) string { sum := sha256.Sum256([]byte(s)); return hex.EncodeToString(sum[:]) }
