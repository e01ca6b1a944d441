package intake

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// sieve takes the rows of a file below its header, in order, and writes out those that are
// data. A total at the foot and a header that comes again are counted and left out; a row
// of another width is put aside by its number.
type sieve struct {
	*headed
	out    *rowWriter
	most   int64 // rows; 0 for any number
	totals []heldRow
	broken []int64
	left   leftOut
}

type heldRow struct {
	n      int64
	fields []string
}

// leftOut counts what stands in a file and is no row of data.
type leftOut struct{ above, headers, totals int }

func (l leftOut) rows() int { return l.above + l.headers + l.totals }

func (l leftOut) String() string {
	var parts []string
	for _, p := range []struct {
		n         int
		one, many string
	}{
		{l.above, "1 row above its header", "%d rows above its header"},
		{l.headers, "its header once more", "its header %d times more"},
		{l.totals, "a total at its foot", "%d rows of totals at its foot"},
	} {
		if p.n == 1 {
			parts = append(parts, p.one)
		} else if p.n > 1 {
			parts = append(parts, fmt.Sprintf(p.many, p.n))
		}
	}
	return strings.Join(parts, ", ")
}

func (s *sieve) row(n int64, fields []string) error {
	for len(fields) > s.width && blank(fields[len(fields)-1]) {
		fields = fields[:len(fields)-1]
	}
	if !slices.ContainsFunc(fields, func(f string) bool { return !blank(f) }) {
		return nil
	}
	if s.isFoot(fields) {
		s.totals = append(s.totals, heldRow{n, slices.Clone(fields)})
		if len(s.totals) > topRows {
			return s.release()
		}
		return nil
	}
	if err := s.release(); err != nil {
		return err
	}
	if s.isHeader(fields) {
		s.left.headers++
		return nil
	}
	return s.data(n, fields)
}

// release lets rows through that would have been totals, had they been the last.
func (s *sieve) release() error {
	for _, held := range s.totals {
		if err := s.data(held.n, held.fields); err != nil {
			return err
		}
	}
	s.totals = s.totals[:0]
	return nil
}

func (s *sieve) data(n int64, fields []string) error {
	if len(fields) != s.width {
		return s.aside(n)
	}
	if s.most > 0 && s.out.rows >= s.most {
		return tooManyRows(s.most)
	}
	return s.out.write(n, fields)
}

// aside puts a line away that is no row.
func (s *sieve) aside(n int64) error {
	if s.broken = append(s.broken, n); len(s.broken) > mostReasons {
		return refuse("unlike_contract", "check that it is the extract its name says, and how its columns are written",
			"has more than %d lines that do not have one value for each column; none of it was loaded", mostReasons)
	}
	return nil
}

func (s *sieve) end() { s.left.totals = len(s.totals) }

func blank(field string) bool { return strings.Trim(field, " \t\r\n\u00a0") == "" }

var (
	totalWord  = regexp.MustCompile(`(?i)^(grand |overall |sub[ -]?)?totals?( rows| records| cases)?:?( *[0-9]+)?$`)
	footWord   = regexp.MustCompile(`(?i)^(\(?[0-9]+ (rows?|records?)( (affected|selected|returned|exported))?\)?\.?|(\*+ *)?end of (report|file|extract|data)( *\*+)?)$`)
	numberForm = regexp.MustCompile(`^£?-?[0-9][0-9,]*(\.[0-9]+)?%?$`)
)

// isFoot says whether a row can only be a total, or the foot of a report: the word stands
// in it first, where the contract does not allow it as a value, and beside it are numbers.
func (s *sieve) isFoot(fields []string) bool {
	first := slices.IndexFunc(fields, func(f string) bool { return !blank(f) })
	if first < 0 {
		return false
	}
	if c := fields[first][0]; !strings.ContainsRune("GgOoSsTtEe(*0123456789 \t\u00a0", rune(c)) && c < 0x80 {
		return false
	}
	word := strings.Trim(fields[first], " \t\u00a0")
	rest := fields[first+1:]
	if footWord.MatchString(word) {
		return first == 0 && s.width > 1 && !slices.ContainsFunc(rest, func(f string) bool { return !blank(f) })
	}
	if !totalWord.MatchString(word) || len(fields) > s.width || s.allows(first, word) {
		return false
	}
	return !slices.ContainsFunc(rest, func(f string) bool {
		return !blank(f) && !numberForm.MatchString(strings.Trim(f, " \t\u00a0"))
	})
}

// allows says whether the contract has the word among the values of the column at a place.
func (s *sieve) allows(place int, word string) bool {
	i := slices.Index(s.at, place)
	if i < 0 {
		return false
	}
	c := s.columns[i]
	_, mapped := c.Map[word]
	return mapped || slices.ContainsFunc(c.Values, func(v string) bool { return strings.EqualFold(v, word) })
}

func (s *sieve) isHeader(fields []string) bool {
	if len(fields) != s.width || len(fields[0]) != len(s.fields[0]) && headerKey(fields[0]) != headerKey(s.fields[0]) {
		return false
	}
	for i, f := range fields {
		if f != s.fields[i] && headerKey(f) != headerKey(s.fields[i]) {
			return false
		}
	}
	return true
}
