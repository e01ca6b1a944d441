package intake

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	wordBreak = regexp.MustCompile(`([a-z0-9])([A-Z])`)
	words     = regexp.MustCompile(`[a-z]+|[0-9]+`)
)

// personalName is the kind of personal data that a header names, or "" for none. It never
// returns the header itself, which is the sender's text.
func personalName(header string) string {
	parts := words.FindAllString(strings.ToLower(wordBreak.ReplaceAllString(header, "${1}_${2}")), -1)
	whole := "_" + strings.Join(parts, "_") + "_"
	for _, kind := range personalKinds() {
		for _, word := range kind.words {
			if strings.Contains(whole, "_"+word+"_") {
				return kind.title
			}
		}
	}
	return ""
}

type personalKind struct {
	title string
	words []string
}

func personalKinds() []personalKind {
	return []personalKind{
		{"date of birth", []string{"dob", "date_of_birth", "birth_date", "birthdate", "birthday", "birth_day", "born", "born_on", "person_birth_date"}},
		{"name", []string{"name", "names", "surname", "forename", "forenames", "firstname", "lastname", "fullname", "initials", "alias", "aliases"}},
		{"postcode", []string{"postcode", "post_code", "postal_code", "pcode"}},
		{"address", []string{"address", "street", "house_number", "uprn", "latitude", "longitude", "easting", "northing"}},
		{"NHS number", []string{"nhs", "nhsno", "nhs_no", "nhs_number"}},
		{"unique pupil number", []string{"upn", "former_upn", "uln"}},
		{"National Insurance number", []string{"nino", "ni_number", "ni_no", "national_insurance"}},
		{"phone number", []string{"phone", "telephone", "tel", "mobile", "phone_number"}},
		{"email address", []string{"email", "e_mail", "email_address"}},
		{"other identifier", []string{"passport", "driving_licence", "crn", "pnc", "pnc_id", "ip_address", "child_unique_id", "lachild_id"}},
		{"worker", []string{"worker", "social_worker", "allocated_worker", "officer"}},
		{"free text", []string{"notes", "note", "comment", "comments", "free_text", "freetext", "narrative", "description", "summary", "details"}},
	}
}

// identifierPattern finds values that can only be personal: an email address, a full
// postcode, a National Insurance number, a pupil number, a phone number, a driving licence
// number, a spaced NHS number. It is RE2, run by DuckDB on text columns and by Go in tests.
const identifierPattern = `(?i)[a-z0-9._%+-]+@[a-z0-9-]+\.[a-z.]{2,}` +
	`|\b(gir ?0aa|[a-pr-uwyz]([0-9]{1,2}|[a-hk-y][0-9]([0-9]|[abehmnprv-y])?|[0-9][a-hjkps-uw]) ?[0-9][abd-hjlnp-uw-z]{2})\b` +
	`|\b([acehjlmoprswxy][abceghjklmnprstwxyz]|b[abcehjklmnprstwxyz]|g[aceghjklmnprstwxyz]|k[abceghjklmprstwxyz]` +
	`|n[abceghjlmnprswxyz]|t[abceghjklmprstwxyz]|z[abceghjklmnprstwxy]) ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[a-d]\b` +
	`|\b[a-z][0-9]{11}[0-9a-z]\b` +
	`|(\+44 ?\(?0?\)? ?|\b0)([0-9] ?){8,9}[0-9]\b` +
	`|\b[a-z]{1,5}9{0,4}[0-9](0[1-9]|1[0-2]|5[1-9]|6[0-2])(0[1-9]|[12][0-9]|3[01])[0-9][a-z9]{2}[a-z0-9]{3}\b` +
	`|\b[0-9]{3}[ -][0-9]{3}[ -][0-9]{4}\b`

var tenDigits = regexp.MustCompile(`^[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}$`)

// nhsNumber says whether s is written as an NHS number and passes its check digit. Ten
// equal digits pass too, and are used for "missing": they are none.
func nhsNumber(s string) bool {
	s = strings.TrimSpace(s)
	if !tenDigits.MatchString(s) {
		return false
	}
	digits := strings.NewReplacer(" ", "", "-", "").Replace(s)
	if strings.Count(digits, digits[:1]) == 10 {
		return false
	}
	sum := 0
	for i := range 9 {
		sum += (10 - i) * int(digits[i]-'0')
	}
	check := (11 - sum%11) % 11
	return check != 10 && check == int(digits[9]-'0')
}

// nhsColumn judges a column as a whole: one in eleven numbers of ten digits passes the
// check by chance.
func nhsColumn(values []string) bool {
	candidates, valid := 0, 0
	for _, v := range values {
		v = strings.TrimSpace(v)
		if !tenDigits.MatchString(v) || strings.Count(v, v[:1]) >= 10 {
			continue
		}
		candidates++
		if nhsNumber(v) {
			valid++
		}
	}
	return candidates >= 10 && 2*valid >= candidates
}

var (
	identifier = regexp.MustCompile(identifierPattern)
	dayForm    = regexp.MustCompile(`^(\d{4})-\d\d-\d\d|^\d\d?[/.-]\d\d?[/.-](\d{4})`)
)

// personalContent is the kind of personal data that a column's values look like, "" for
// none. start is the first day of the reporting period.
func personalContent(values []string, start time.Time) string {
	if len(values) == 0 {
		return ""
	}
	if nhsColumn(values) {
		return "NHS numbers"
	}
	identifiers, long, old, names := 0, 0, 0, 0
	for _, v := range values {
		if identifier.MatchString(v) {
			identifiers++
		}
		if len(v) > 80 || strings.Count(v, " ") > 7 {
			long++
		}
		if m := dayForm.FindStringSubmatch(v); m != nil && m[1]+m[2] < strconv.Itoa(start.Year()-3) {
			old++
		}
		if first, _, _ := strings.Cut(strings.ToLower(v), " "); givenName(first) {
			names++
		}
	}
	switch n := len(values); {
	case identifiers > 0:
		return "identifiers such as a postcode, phone, email or National Insurance number"
	case 5*long > n:
		return "free text"
	case 2*old > n:
		return "what look like dates of birth"
	case 10*names > 3*n:
		return "people's names"
	}
	return ""
}

// givenName says whether a word is among the given names most common in England.
func givenName(word string) bool {
	return strings.Contains(" amelia olivia isla ava emily sophia grace ella poppy lily evie jessica sophie mia freya charlotte "+
		"oliver jack harry george noah charlie jacob alfie freddie oscar leo logan archie theo thomas james william joshua henry "+
		"david john paul mark andrew stephen michael robert richard peter sarah susan karen emma claire laura rebecca helen lisa "+
		"mohammed muhammad mary margaret elizabeth patricia daniel samuel joseph matthew luke adam ryan nathan ethan lucas max chloe hannah ", " "+word+" ")
}
