package screen

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// About is what is known of a column before its values are.
type About struct {
	Start   time.Time // first day of the reporting period
	Allowed []string  // kinds that the contract allows in it
	Named   bool      // the contract has the column
	Keyed   bool      // the contract calls it a key, so that its values may all differ
	Rows    int64     // where only the values that are not of the column's type are given: all rows; else 0
}

// Finding is what was found in a column: never a value.
type Finding struct {
	Kind  string // Kind.Name
	Title string // Kind.Title
	Count int64  // values
	Of    int64  // values that are not blank
}

// Found is a finding of a kind.
func (s *Screen) Found(kind string, count, of int64) *Finding {
	return &Finding{kind, s.Title(kind), count, of}
}

// Column gathers what one column of one file holds.
type Column struct {
	screen *Screen
	About
	of, distinct               int64
	kinds                      map[string]int64 // by form
	tens, valid                int64            // numbers of ten digits, valid NHS numbers among them
	long, old, names, numerals int64
	least                      int64 // of numerals
	strays                     []string
	numbers                    []string // valid NHS numbers, as strays are
}

// mostStrays bounds what is remembered of a column; three decide against it.
const mostStrays = 20

// NewColumn begins a column.
func (s *Screen) NewColumn(about About) *Column {
	return &Column{screen: s, About: about, kinds: map[string]int64{}}
}

var hexadecimal = regexp.MustCompile(`^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$`)

var dayForm = regexp.MustCompile(`^(\d{4})[-/.]\d\d[-/.]\d\d|^\d\d?[/.-]\d\d?[/.-](\d{4})`)

// Add takes a value that is not blank and stands there n times. A value may not be given
// twice.
func (c *Column) Add(value string, n int64) {
	value = strings.TrimSpace(value)
	c.of += n
	c.distinct++
	stray := false
	if hexadecimal.MatchString(value) && c.screen.Unkeyed(value) {
		c.kinds[UnkeyedHash] += n
	}
	if kind := c.screen.Find(value, c.Allowed); kind != "" {
		c.kinds[kind] += n
		stray = true
	}
	if TenDigits(value) != "" {
		c.tens += n
		if NHS(value) {
			c.valid += n
			if len(c.numbers) < mostStrays {
				c.numbers = append(c.numbers, value)
			}
		}
	}
	if len(value) > 80 || strings.Count(value, " ") > 7 {
		c.long += n
	}
	if m := dayForm.FindStringSubmatch(value); m != nil && m[1]+m[2] < strconv.Itoa(c.Start.Year()-3) && !c.allows(DateOfBirth) {
		c.old += n
		stray = true
	}
	if startsWithGiven(value) && !c.allows(PersonName) {
		c.names += n
		if FullName(value) {
			c.kinds[PersonName] += n
			stray = true
		}
	}
	c.numeral(value, n)
	if stray && len(c.strays) < mostStrays {
		c.strays = append(c.strays, value)
	}
}

func (c *Column) numeral(value string, n int64) {
	number, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return
	}
	if c.numerals == 0 {
		c.least = number
	}
	c.numerals += n
	c.least = min(c.least, number)
}

func (c *Column) allows(kind string) bool { return slices.Contains(c.Allowed, kind) }

// Empty says that no value was given.
func (c *Column) Empty() bool { return c.of == 0 }

// fewest is how many values of a sure form make a column of the contract one of personal
// data.
const fewest = 3

// Finding judges the column; nil is that nothing was found.
func (c *Column) Finding() *Finding {
	if c.of == 0 {
		return nil
	}
	c.of = max(c.of, c.Rows)
	least := int64(fewest)
	if !c.Named {
		least = 1
	}
	found := func(kind string, n int64) *Finding { return c.screen.Found(kind, n, c.of) }
	if c.nhs() && !c.allows(NHSNumber) {
		return found(NHSNumber, c.valid)
	}
	best, all := c.sure()
	switch {
	case all >= least:
		return found(best, all)
	case 5*c.long > c.of && c.long >= least && !c.allows(FreeText):
		return found(FreeText, c.long)
	case c.old >= least && (2*c.old > c.of || c.Named && c.Rows == 0):
		return found(DateOfBirth, c.old)
	case 10*c.names > 3*c.of && c.names >= least:
		return found(PersonName, c.names)
	case c.differs():
		return found(NearUnique, c.distinct)
	}
	return nil
}

// sure is how many values have a form that tells, and the kind that most of them are of.
func (c *Column) sure() (most string, all int64) {
	for _, k := range c.screen.kinds {
		n := c.kinds[k.Name]
		all += n
		if n > c.kinds[most] {
			most = k.Name
		}
	}
	return most, all
}

// nhs judges numbers of ten digits: half of ten valid; of fewer, as many as chance gives in
// one column of a hundred.
func (c *Column) nhs() bool {
	return 2*c.valid >= c.tens && (c.tens >= 10 || c.valid >= 2)
}

// enough is how many values must nearly all differ before that tells anything.
const enough = 50

// differs says that the values nearly all differ and the column is no key.
func (c *Column) differs() bool {
	if c.Keyed || c.Rows > 0 || c.allows(NearUnique) || c.of < enough || 10*c.distinct <= 9*c.of {
		return false
	}
	return c.numerals < c.of || c.least >= shortest
}

// shortest is the least whole number that is taken for a record's own: smaller ones, when
// they nearly all differ, are counts or the row's place in the file.
const shortest = 10_000

// Strays is the values for which rows are kept out of a column that nothing else was found
// in. They are for a query only, and must not be written anywhere.
func (c *Column) Strays() []string {
	if c.tens < 10 && !c.allows(NHSNumber) {
		return append(c.strays[:len(c.strays):len(c.strays)], c.numbers...)
	}
	return c.strays
}
