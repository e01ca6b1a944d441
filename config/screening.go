package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// ScreenRules is what the screen for personal data is told of one partnership.
type ScreenRules struct {
	KeyIDs   []string  `mapstructure:"key_ids"`   // of the keys in use: pseudonyms must begin with one; empty for no key ids
	LocalIDs []LocalID `mapstructure:"local_ids"` // how the partnership's own references look
}

// LocalID is a kind of reference that agencies of the partnership know people or cases by.
type LocalID struct {
	Name  string `mapstructure:"name"`  // crime_reference, as a contract allows it
	Title string `mapstructure:"title"` // "crime references", as a sender reads it
	Form  string `mapstructure:"form"`  // RE2 that finds one in text: \b36/[0-9]{4,6}/[0-9]{2}\b
}

// Allowance lets values that look like one kind of personal data stand in a column.
type Allowance struct {
	Pattern string `yaml:"pattern"` // of PersonalKinds, or the name of a LocalID
	Because string `yaml:"because"` // why it is safe there; published beside the column
}

// Allowed is the kinds that the contract allows in the column.
func (c Column) Allowed() []string {
	var names []string
	for _, a := range c.Allow {
		names = append(names, a.Pattern)
	}
	return names
}

// Allows says whether the contract allows a kind in the column.
func (c Column) Allows(kind string) bool { return slices.Contains(c.Allowed(), kind) }

// PersonalKinds is the kinds of personal data that values are screened for and that a
// contract may allow in a column. pipelines/screen knows how each looks.
func PersonalKinds() []string {
	return []string{"email", "postcode", "ni_number", "upn", "phone", "driving_licence", "nhs_number", "vehicle_mark", "address", "ip_address",
		"person_name", "date_of_birth", "free_text", "near_unique", "long_number"}
}

// allowances checks what a column allows.
func (k *contractCheck) allowances(path string, col Column) {
	known := PersonalKinds()
	for _, l := range k.p.Screen.LocalIDs {
		known = append(known, l.Name)
	}
	for i, a := range col.Allow {
		at := fmt.Sprintf("%s.allow.%d", path, i)
		k.oneOf(at+".pattern", "pattern", a.Pattern, known)
		if slices.Contains(col.Allowed()[:i], a.Pattern) {
			k.s.add(at+".pattern", fmt.Sprintf("pattern %q is allowed twice", a.Pattern), "")
		}
		if len(strings.Fields(a.Because)) < 3 {
			k.s.add(at+".because", fmt.Sprintf("it is not said why %q is safe in this column", a.Pattern), "write because: with a sentence; it is published")
		}
		if col.Type == "pseudonym" {
			k.s.add(at, "a pseudonym is checked by its own form, and nothing else is allowed there", "make its type text, if it is no pseudonym")
		}
	}
}

var keyID = regexp.MustCompile(`^[0-9a-f]{8}$`)

func (c *settingsCheck) screening() {
	for i, id := range c.Screen.KeyIDs {
		if !keyID.MatchString(id) {
			c.add(fmt.Sprintf("screen.key_ids.%d", i), fmt.Sprintf("%q is not the id of a key", id), "wherry key show-id prints it: eight hexadecimal digits, in quotes")
		}
	}
	seen := map[string]bool{}
	for i, l := range c.Screen.LocalIDs {
		at := fmt.Sprintf("screen.local_ids.%d", i)
		switch {
		case !lowerSnake.MatchString(l.Name):
			c.add(at+".name", fmt.Sprintf("%q is not a name", l.Name), "use small letters, digits and single underscores")
		case seen[l.Name] || slices.Contains(PersonalKinds(), l.Name):
			c.add(at+".name", fmt.Sprintf("local reference %q is already known", l.Name), "give it another name")
		}
		seen[l.Name] = true
		c.filled(at+".title", l.Title)
		switch form, err := regexp.Compile(l.Form); {
		case err != nil || l.Form == "":
			c.add(at+".form", "the form is not a regular expression", `write it as RE2 reads it: \b36/[0-9]{4,6}/[0-9]{2}\b`)
		case form.MatchString(""):
			c.add(at+".form", "the form finds something in every text", "say what a reference must have")
		}
	}
}
