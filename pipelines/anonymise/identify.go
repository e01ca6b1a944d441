package anonymise

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"wherry/config"
	"wherry/pipelines/screen"
)

// nhsDomain is the domain of NHS numbers, whoever sends them.
const nhsDomain = "nhs-number:v1"

var pseudonymForm = regexp.MustCompile("^" + config.PseudonymForm(nil) + "$")

// domainOf is the domain of an agency's own identifiers in a column. People have one, by
// whatever part they play; numbers that several agencies use (of incidents and of MARAC
// cases) have no agency in theirs.
func domainOf(c config.Column, agency string) string {
	kind := strings.ReplaceAll(strings.TrimSuffix(c.Kept(), "_key"), "_", "-")
	switch kind {
	case "incident", "marac-case":
		return kind + ":v1"
	case "child", "victim", "perpetrator", "person", "mother":
		kind = "person"
	}
	return kind + ":" + agency + ":v1"
}

// pseudonyms puts pseudonyms in the place of identifiers.
func (x *extractor) pseudonyms(c config.Column, values []string) error {
	done, filled := 0, 0
	for _, v := range values {
		if blank(v) {
			continue
		}
		filled++
		if pseudonymForm.MatchString(v) {
			done++
		}
	}
	if filled > 0 && 2*done >= filled {
		return fmt.Errorf("the column %s holds pseudonyms already: give the file as the system wrote it", c.Name)
	}
	domain := domainOf(c, x.options.Agency)
	nhs := strings.HasPrefix(domain, "person:") && x.areNHS(slices.Concat(values, x.mothers))
	unborn := c.Kept() == childKey && x.mothers != nil
	for r, v := range values {
		values[r] = x.pseudonym(c, v, domain, nhs)
		if values[r] == "" && unborn && x.due[r] != "" {
			if mother := x.pseudonym(c, x.mothers[r], domain, nhs); mother != "" {
				values[r] = mother + ":U" + x.due[r]
			}
		}
	}
	return nil
}

// areNHS judges all of them together: of an agency's own numbers of ten digits one in eleven
// is valid by chance.
func (x *extractor) areNHS(values []string) bool {
	tens, valid := 0, 0
	for _, v := range values {
		if screen.TenDigits(v) != "" {
			tens++
		}
		if screen.NHS(v) {
			valid++
		}
	}
	return valid > 0 && 2*valid >= tens
}

func (x *extractor) pseudonym(c config.Column, v, domain string, nhs bool) string {
	digits := screen.TenDigits(v)
	switch {
	case blank(v), len(v) >= 10 && strings.Trim(v, " -"+v[:1]) == "":
		return ""
	case nhs && screen.NHS(v):
		return x.options.Key.Pseudonym(nhsDomain, digits)
	case nhs && digits != "":
		x.drop("NHS numbers of %s that fail their check (left blank)", c.Name)
		return ""
	case nhs:
		x.drop("identifiers of %s that are no NHS number (they link to this agency's rows only)", c.Name)
	}
	return x.options.Key.Pseudonym(domain, canonical(v))
}
