package config

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// column checks column col, which stands at path.
func (k *contractCheck) column(path string, col Column) {
	name := col.Kept()
	if strings.TrimSpace(col.Name) == "" {
		k.s.add(path+".name", "a column has no name", "write the header as the agency sends it")
	} else if !lowerSnake.MatchString(name) {
		k.s.add(path+".name", fmt.Sprintf("column %q cannot be kept under that name", name), "add keep: with small letters, digits and single underscores")
	}
	for _, reserved := range []string{"delivery_id", "line"} {
		if name == reserved {
			k.s.add(path+".name", fmt.Sprintf("column name %q is reserved", name), "add keep: with another name")
		}
	}
	if word := PersonalWord(col.Name); word != "" || PersonalWord(name) != "" {
		k.s.add(path+".name", fmt.Sprintf("column %q looks like personal data", col.Name),
			"ask the agency to leave it out, or to run wherry anonymise before it sends")
	}
	_, twice := k.kept[name]
	if count, state := strings.CutSuffix(name, "_state"); state && len(k.kept[count].Small) > 0 {
		twice = true // Wherry keeps a column of that name beside the count
	}
	if twice {
		k.s.add(path+".name", fmt.Sprintf("column %q is kept twice", name), "")
	}
	k.kept[name] = col
	k.oneOf(path+".type", "type", col.Type, columnTypes())
	if slices.Contains(columnTypes(), col.Type) {
		k.format(path, col)
		k.allowed(path, col)
	}
	k.span(path, col)
	k.allowances(path, col)
}

func columnTypes() []string {
	return []string{"text", "code", "list", "date", "timestamp", "integer", "decimal", "pseudonym"}
}

var strptime = regexp.MustCompile(`%(.?)`)

// format checks how dates are written and how far they are cut.
func (k *contractCheck) format(path string, col Column) {
	dated := col.Type == "date" || col.Type == "timestamp"
	if col.Format != "" {
		if !dated {
			k.s.add(path+".format", fmt.Sprintf("a column of type %s has no format", col.Type), "only date and timestamp have one")
		}
		var day bool
		for _, m := range strptime.FindAllStringSubmatch(col.Format, -1) {
			if !strings.Contains("YymdbBHIMSpfj%-", m[1]) || m[1] == "" {
				k.s.add(path+".format", fmt.Sprintf("unknown format %q", "%"+m[1]), "use strptime forms such as %d/%m/%Y or %Y-%m-%d %H:%M:%S")
			}
			day = day || m[1] == "Y" || m[1] == "y"
		}
		if !day {
			k.s.add(path+".format", fmt.Sprintf("format %q has no year", col.Format), "use strptime forms such as %d/%m/%Y")
		}
	}
	if col.Degrade == "" {
		return
	}
	k.oneOf(path+".degrade", "degrade", col.Degrade, []string{"hour", "month"})
	if !dated || (col.Degrade == "hour" && col.Type != "timestamp") {
		k.s.add(path+".degrade", fmt.Sprintf("a column of type %s cannot be cut to the %s", col.Type, col.Degrade), "")
	}
}

// allowed checks the values a column may have.
func (k *contractCheck) allowed(path string, col Column) {
	coded := col.Type == "code" || col.Type == "list"
	switch {
	case col.Codes != "" && len(col.Values) > 0:
		k.s.add(path+".values", "a column has codes or values, not both", "")
	case col.Type == "code" && col.Codes == "" && len(col.Values) == 0:
		k.s.add(path, fmt.Sprintf("column %q is a code without a list", col.Name), "add codes: with a list of config/codes, or values:")
	case !coded && (col.Codes != "" || len(col.Values) > 0 || len(col.Map) > 0):
		k.s.add(path, fmt.Sprintf("a column of type %s has no codes, values or map", col.Type), "make its type code")
	}
	if col.Codes != "" {
		k.oneOf(path+".codes", "code list", col.Codes, keysOf(k.p.Codes))
	}
	for i, v := range col.Values {
		if slices.Contains(col.Values[:i], v) {
			k.s.add(fmt.Sprintf("%s.values.%d", path, i), fmt.Sprintf("value %q is named twice", v), "")
		}
	}
	for _, sent := range keysOf(col.Map) {
		if to := col.Map[sent]; !k.permits(col, to) {
			k.s.add(join(path, "map."+sent), fmt.Sprintf("%q is kept as %q, which is not an allowed value", sent, to), "")
		}
	}
	k.small(path, col)
	numeric := col.Type == "integer" || col.Type == "decimal"
	if !numeric && (col.Min != nil || col.Max != nil) {
		k.s.add(path, fmt.Sprintf("a column of type %s has no min or max", col.Type), "")
	} else if col.Min != nil && col.Max != nil && *col.Min > *col.Max {
		k.s.add(path+".min", fmt.Sprintf("min %d is more than max %d", *col.Min, *col.Max), "")
	}
}

// small checks the marks for counts too small to give.
func (k *contractCheck) small(path string, col Column) {
	if len(col.Small) == 0 {
		return
	}
	if col.Type != "integer" {
		k.s.add(path+".small", fmt.Sprintf("a column of type %s has no marks for small counts", col.Type), "make its type integer")
	}
	if slices.Contains(k.Key, col.Kept()) {
		k.s.add(path+".small", fmt.Sprintf("key column %q cannot be a small count", col.Kept()), "")
	}
	if _, taken := k.kept[col.Kept()+"_state"]; taken {
		k.s.add(path+".small", fmt.Sprintf("column %q is kept beside it, and there is one already", col.Kept()+"_state"), "keep that one under another name")
	}
	for i, mark := range col.Small {
		if _, err := strconv.ParseFloat(mark, 64); err == nil || strings.TrimSpace(mark) == "" {
			k.s.add(fmt.Sprintf("%s.small.%d", path, i), fmt.Sprintf("%q is no mark for a small count", mark), "write what is sent instead of a number, such as \"<5\"; a number is read as it is")
		}
	}
}

func (k *contractCheck) permits(col Column, value string) bool {
	if list := k.p.Codes[col.Codes]; list != nil {
		return slices.ContainsFunc(list.Codes, func(c Code) bool { return c.Code == value })
	}
	return col.Codes != "" || slices.Contains(col.Values, value)
}

// span checks the periods that have the column.
func (k *contractCheck) span(path string, col Column) {
	var since, until Period
	ok := col.Since != "" && col.Until != ""
	if col.Since != "" {
		var read bool
		since, read = k.period(path+".since", col.Since)
		ok = ok && read
	}
	if col.Until != "" {
		var read bool
		until, read = k.period(path+".until", col.Until)
		ok = ok && read
	}
	if ok && until.End.Before(since.End) {
		k.s.add(path+".until", fmt.Sprintf("column %q ends before it begins", col.Name), "")
	}
}

var words = regexp.MustCompile(`[a-z]+|[0-9]+`)

// PersonalWord is the word of a column name that says it holds personal data, "" for none. No
// contract keeps such a column.
func PersonalWord(name string) string {
	split := regexp.MustCompile(`([a-z0-9])([A-Z])`).ReplaceAllString(name, "${1}_$2")
	parts := words.FindAllString(strings.ToLower(split), -1)
	whole := "_" + strings.Join(parts, "_") + "_"
	for _, word := range []string{
		"name", "names", "surname", "forename", "forenames", "firstname", "lastname", "fullname", "initials", "alias",
		"dob", "date_of_birth", "birth_date", "birthdate", "birthday", "birth_day", "born_on",
		"postcode", "post_code", "address", "street", "uprn", "house_number", "latitude", "longitude", "easting", "northing",
		"nhs", "nhsno", "nino", "ni_number", "national_insurance", "upn", "uln", "passport", "crn", "pnc",
		"phone", "telephone", "mobile", "email", "e_mail", "ip",
	} {
		if strings.Contains(whole, "_"+word+"_") {
			return word
		}
	}
	return ""
}
