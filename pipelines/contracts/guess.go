package contracts

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"wherry/config"
	"wherry/pipelines/intake"
)

const (
	leastRows = 5  // rows on which a value must stand to be written into a contract
	mostCodes = 25 // values of a column that is a list of codes
	enough    = 20 // rows from which a column may be judged by how its values repeat
)

// guess is what a column of a sample may be, and what its engineer must confirm. LeftOut is why
// it is not in the contract, "" where it is.
type guess struct {
	column  config.Column
	confirm []string
	leftOut string
	unique  bool // by itself, as far as the sample shows
}

// guessColumn judges one column. in is the period that the sample is for.
func guessColumn(c intake.ProfiledColumn, rows int64, in config.Period, lists map[string]*config.CodeList) guess {
	g := guess{column: config.Column{Name: c.Header, Type: "text"}}
	if g.leftOut = mustGo(c); g.leftOut != "" {
		return g
	}
	if name := keptName(c.Header); name != c.Header {
		g.column.Keep = name
	}
	g.typed(c, in, lists)
	if rows > 0 && c.Filled == rows {
		g.column.Required = true
		g.say("never blank in the sample")
	}
	g.unique = rows > 1 && c.Filled == rows && c.Distinct == rows
	return g
}

func (g *guess) say(words string, args ...any) {
	g.confirm = append(g.confirm, fmt.Sprintf(words, args...))
}

// mustGo is why a column may not be in a contract, "" where it may.
func mustGo(c intake.ProfiledColumn) string {
	read := c.All("pseudonym") || c.All("decimal") || readsAsDay(c) != ""
	switch {
	case c.Personal != "":
		return c.Personal
	case config.PersonalWord(c.Header) != "" || config.PersonalWord(keptName(c.Header)) != "":
		return "a name that says it holds personal data"
	case c.Reads["identifier"] > 0 && !read:
		return "values that look like personal data"
	case c.All("small area"):
		return "codes of small areas, in which few people live"
	case c.All("part of a postcode"):
		return "what look like parts of postcodes"
	case c.Filled >= enough && c.All("long number") && 10*c.Distinct >= 9*c.Filled:
		return "a long number that differs from row to row, as a reference does"
	case !read && c.Filled >= enough && 2*c.Distinct > c.Filled && c.Values == nil || !read && c.Filled >= enough && 10*c.Distinct >= 9*c.Filled:
		return "text that differs from row to row"
	}
	return ""
}

// readsAsDay is the date or timestamp that every value can be read as, "" for none.
func readsAsDay(c intake.ProfiledColumn) string {
	for _, form := range []string{"date", "date %d/%m/%Y", "date %d-%m-%Y", "date %d.%m.%Y", "date %d %b %Y", "date %d-%b-%Y",
		"timestamp", "timestamp %d/%m/%Y %H:%M", "timestamp %d/%m/%Y %H:%M:%S"} {
		if c.All(form) {
			return form
		}
	}
	return ""
}

// typed gives the column its type, and what goes with it.
func (g *guess) typed(c intake.ProfiledColumn, in config.Period, lists map[string]*config.CodeList) {
	col := &g.column
	day := readsAsDay(c)
	switch list := listOf(c, in, lists); {
	case c.Filled == 0:
		g.say("blank on every row of the sample, so its type is not known")
	case c.All("pseudonym"):
		col.Type = "pseudonym"
		g.say("looks like a pseudonym: ask that it is made with the agency's key, and is no plain hash of a number")
	case day != "":
		col.Type, col.Format, _ = strings.Cut(day, " ")
		if col.Format != "" {
			g.say("read as %s", strings.NewReplacer("%d", "day", "%m", "month", "%b", "month", "%Y", "year", "%H", "hour", "%M", "minute", "%S", "second").Replace(col.Format))
		}
		if col.Type == "timestamp" {
			col.Degrade = "hour"
			g.say("cut to the hour on load")
		}
	case list != "":
		col.Type, col.Codes = "code", list
		g.say("every value is on the code list %s", list)
	case c.All("integer"):
		col.Type = "integer"
		if c.All("natural") {
			col.Min = new(int64)
			g.say("no negative number in the sample")
		}
		g.say("if the numbers stand for something, make it a code")
	case c.All("decimal"):
		col.Type = "decimal"
	case few(c):
		col.Type = "code"
		for _, v := range c.Values {
			col.Values = append(col.Values, v.Value)
		}
		slices.Sort(col.Values)
		g.say("these are the values of the sample: ask for the whole list")
	case c.Reads["list"] > 0:
		col.Type = "list"
		g.say("entries are taken apart at |: ask for the list of codes")
	case c.Values != nil && len(c.Values) <= mostCodes:
		g.say("few values, none of which is written here, for some stand on fewer than %d rows or may be names: ask for the list of codes", leastRows)
	default:
		g.say("text: ask what may stand in it, and make it a code if there is a list")
	}
}

// common are values that say nothing of a person by themselves, however few rows have them.
var common = []string{"y", "n", "yes", "no", "true", "false", "unknown", "not_known", "not known", "none", "other", "not_recorded", "not recorded",
	"not_applicable", "not applicable", "n/a", "na", "refused", "open", "closed", "pending"}

// nameLike matches what could be somebody's name, and may as well be a team's.
var nameLike = regexp.MustCompile(`^\p{Lu}\S*\s+(\S+\s+)*\p{Lu}\S*$|^\p{L}+, ?\p{L}`)

// few says whether a column's values may be written out as its codes.
func few(c intake.ProfiledColumn) bool {
	if c.Values == nil || len(c.Values) > mostCodes || c.Longest > 40 || c.Reads["list"] > 0 {
		return false
	}
	return !slices.ContainsFunc(c.Values, func(v intake.ValueCount) bool {
		return nameLike.MatchString(v.Value) || v.Rows < leastRows && !slices.Contains(common, strings.ToLower(v.Value))
	})
}

// listOf is the code list of the partnership that has every value of the column: the one whose
// name the header holds, or else the shortest. Bare numbers are on many lists by chance.
func listOf(c intake.ProfiledColumn, in config.Period, lists map[string]*config.CodeList) string {
	if len(c.Values) == 0 {
		return ""
	}
	best, size := "", 0
	for name, list := range lists {
		codes := list.In(in)
		named := strings.Contains("_"+keptName(c.Header)+"_", "_"+name+"_")
		has := func(v intake.ValueCount) bool { return slices.Contains(codes, v.Value) }
		if !named && (c.All("integer") || len(c.Values) < 3) || slices.ContainsFunc(c.Values, func(v intake.ValueCount) bool { return !has(v) }) {
			continue
		}
		n := len(codes)
		if named {
			n -= 10_000
		}
		if best == "" || n < size || n == size && name < best {
			best, size = name, n
		}
	}
	return best
}

// keptName is a header as the name of a column: small letters, digits and single underscores.
func keptName(header string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(header) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	name := strings.Join(strings.Fields(b.String()), "_")
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		name = "column_" + name
	}
	if name == "delivery_id" || name == "line" {
		name += "_sent"
	}
	return strings.TrimSuffix(name, "_")
}
