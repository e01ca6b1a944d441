package screen

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"wherry/config"
)

// Kind is one kind of personal data.
type Kind struct {
	Name  string // postcode, as a contract allows it
	Title string // "full postcodes", as a sender reads it
	Form  string // RE2 that finds a value in text; "" where the form of one value does not tell
	words []string
}

// Kinds that a share of a column tells, or its values as a whole.
const (
	NHSNumber   = "nhs_number"
	PersonName  = "person_name"
	DateOfBirth = "date_of_birth"
	FreeText    = "free_text"
	NearUnique  = "near_unique"
	LongNumber  = "long_number"
	UnkeyedHash = "unkeyed_hash"
	RawKey      = "raw_key"
)

// kinds is every kind that Wherry knows, the surest form first.
func kinds() []Kind {
	return []Kind{
		{"email", "email addresses", `(?i)[a-z0-9._%+-]+@[a-z0-9-]+\.[a-z.]{2,}`, []string{"email", "e_mail", "email_address"}},
		{"postcode", "full postcodes", `(?i)\b(gir ?0aa|[a-pr-uwyz]([0-9]{1,2}|[a-hk-y][0-9]([0-9]|[abehmnprv-y])?|[0-9][a-hjkps-uw]) ?[0-9][abd-hjlnp-uw-z]{2})\b`,
			[]string{"postcode", "post_code", "postal_code", "pcode"}},
		{"ni_number", "National Insurance numbers", `(?i)\b([acehjlmoprswxy][abceghjklmnprstwxyz]|b[abcehjklmnprstwxyz]|g[aceghjklmnprstwxyz]|k[abceghjklmprstwxyz]` +
			`|n[abceghjlmnprswxyz]|t[abceghjklmprstwxyz]|z[abceghjklmnprstwxy])[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[a-d]\b`,
			[]string{"nino", "ni_number", "ni_no", "national_insurance"}},
		{"upn", "unique pupil numbers", `(?i)\b[a-z][0-9]{11}[0-9a-z]\b`, []string{"upn", "former_upn", "uln"}},
		{"phone", "phone numbers", `(\+44[ -]?\(?0?\)?[ -]?|\b0)([0-9][ -]?){8,9}[0-9]\b`, []string{"phone", "telephone", "tel", "mobile", "phone_number"}},
		{"driving_licence", "driving licence numbers", `(?i)\b[a-z]{1,5}9{0,4}[0-9](0[1-9]|1[0-2]|5[1-9]|6[0-2])(0[1-9]|[12][0-9]|3[01])[0-9][a-z9]{2}[a-z0-9]{3}\b`,
			[]string{"driving_licence"}},
		{NHSNumber, "NHS numbers", `\b[0-9]{3}[ -][0-9]{3}[ -][0-9]{4}\b`, []string{"nhs", "nhsno", "nhs_no", "nhs_number"}},
		{"vehicle_mark", "vehicle registration marks", `(?i)\b[a-hj-pr-y]{2}[0-9]{2} ?[a-hj-pr-z]{3}\b`,
			[]string{"vrm", "vehicle_mark", "registration_mark", "number_plate", "car_reg", "vehicle_registration"}},
		{"address", "addresses", `\b[0-9]{1,4}[A-Za-z]?,? ([A-Z][A-Za-z'’]+ ){1,3}(?i:street|st|road|rd|avenue|ave|lane|close|drive|court|crescent|gardens|terrace|place|grove|hill|row|walk|mews|way)\b`,
			[]string{"address", "street", "house_number", "uprn", "latitude", "longitude", "easting", "northing"}},
		{"ip_address", "IP addresses", `\b(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}\b`, []string{"ip_address"}},
		{PersonName, "people's names", titled, []string{"name", "names", "surname", "forename", "forenames", "firstname", "lastname", "fullname", "initials", "alias", "aliases"}},
		{DateOfBirth, "dates of birth", "", []string{"dob", "date_of_birth", "birth_date", "birthdate", "birthday", "birth_day", "born", "born_on", "person_birth_date"}},
		{FreeText, "free text", "", []string{"notes", "note", "comment", "comments", "free_text", "freetext", "narrative", "description", "summary", "details"}},
		{NearUnique, "values that are nearly all different, as a record's own number is,", "", nil},
		{LongNumber, "numbers of ten digits or more", "", nil},
		{UnkeyedHash, "pseudonyms made without a key, which anybody can turn back,", "", nil},
		{RawKey, "identifiers where pseudonyms should stand", "", nil},
		{"other_identifier", "other identifiers", "", []string{"passport", "crn", "pnc", "pnc_id", "child_unique_id", "lachild_id"}},
		{"worker", "workers", "", []string{"worker", "social_worker", "allocated_worker", "officer"}},
	}
}

// Screen is the kinds known to a partnership, ready for use.
type Screen struct {
	kinds   []Kind
	forms   []*regexp.Regexp // of each kind, nil for none
	locals  int              // how many kinds, the last, are a partnership's own
	digests *Digests
}

var made sync.Map // of Screens, by the references they know

// Of is the screen that knows a partnership's own references beside the kinds that Wherry
// knows. Their forms must have been checked (config.Load does). It is made once: the digests
// that it tries take a second.
func Of(locals []config.LocalID) *Screen {
	make := sync.OnceValue(func() *Screen { return newScreen(locals) })
	once, _ := made.LoadOrStore(fmt.Sprintf("%q", locals), make)
	return once.(func() *Screen)()
}

func newScreen(locals []config.LocalID) *Screen {
	s := &Screen{kinds: kinds(), locals: len(locals), digests: NewDigests(locals)}
	for _, l := range locals {
		s.kinds = append(s.kinds, Kind{Name: l.Name, Title: l.Title, Form: l.Form})
	}
	for _, k := range s.kinds {
		var form *regexp.Regexp
		if k.Form != "" {
			form = regexp.MustCompile(k.Form)
		}
		s.forms = append(s.forms, form)
	}
	return s
}

// Form is one RE2 expression that finds every kind with a form, but those that are allowed.
// DuckDB and Go read it alike.
func (s *Screen) Form(allowed []string) string {
	var forms []string
	for _, k := range s.kinds {
		if k.Form != "" && !slices.Contains(allowed, k.Name) {
			forms = append(forms, "(?:"+k.Form+")")
		}
	}
	return strings.Join(forms, "|")
}

// Find is the kind that a value's form shows, "" for none.
func (s *Screen) Find(value string, allowed []string) string {
	digits := strings.ContainsAny(value, "0123456789@")
	short := len(value) < 10 && strings.Trim(value, "0123456789") == ""
	for i, k := range s.kinds {
		// Of Wherry's own forms only names have no digit, and none is of a few digits alone.
		if i < len(s.kinds)-s.locals && (short || !digits && k.Name != PersonName) {
			continue
		}
		if s.forms[i] != nil && !slices.Contains(allowed, k.Name) && s.forms[i].MatchString(value) {
			return k.Name
		}
	}
	return ""
}

// Unkeyed says whether a pseudonym was made without a key; see Digests.
func (s *Screen) Unkeyed(pseudonym string) bool { return s.digests.Unkeyed(pseudonym) }

// Title is how a sender reads of a kind.
func (s *Screen) Title(name string) string {
	for _, k := range s.kinds {
		if k.Name == name {
			return k.Title
		}
	}
	panic(fmt.Sprintf("screen: no kind %q", name))
}
