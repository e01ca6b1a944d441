package config

import (
	"fmt"
	"io/fs"
	"regexp"
	"time"
)

// SchoolTerm is a half of a school term: pupils come on its weekdays from First to Last, both
// included, except on bank holidays.
type SchoolTerm struct {
	Year        string // school year, such as 2025-26
	Title       string // Autumn, first half
	First, Last time.Time
	Verified    bool // somebody has read it in its source; the others are illustrative
	Source      string
}

var schoolYear = regexp.MustCompile(`^20\d\d-\d\d$`)

// loadSchoolTerms reads reference/school_terms.csv, in date order.
func loadSchoolTerms(fsys fs.FS) ([]SchoolTerm, Problems) {
	t := readTable(fsys, "reference/school_terms.csv", "school_year", "term", "first_day", "last_day", "verified", "source")
	var terms []SchoolTerm
	for i, row := range t.rows {
		s := SchoolTerm{row["school_year"], row["term"], t.date(i, "first_day"), t.date(i, "last_day"), row["verified"] == "yes", row["source"]}
		if !schoolYear.MatchString(s.Year) {
			t.add(t.lines[i], fmt.Sprintf("%q is not a school year", s.Year), "write it as 2025-26")
		}
		if s.Title == "" || s.Source == "" || row["first_day"] == "" || row["last_day"] == "" {
			t.add(t.lines[i], "a term needs its name, both days and a source", "")
		}
		if v := row["verified"]; v != "yes" && v != "no" {
			t.add(t.lines[i], fmt.Sprintf("verified %q is not yes or no", v), "write yes once somebody has read the days in the source")
		}
		if dated := !s.First.IsZero() && !s.Last.IsZero(); dated && s.Last.Before(s.First) {
			t.add(t.lines[i], "the term ends before it begins", "")
		}
		if n := len(terms); n > 0 && !s.First.IsZero() && !terms[n-1].Last.Before(s.First) {
			t.add(t.lines[i], "the terms must be in order, without overlap", "")
		}
		terms = append(terms, s)
	}
	return terms, t.problems
}

// SchoolDay says whether pupils are expected at school on a day. It is known from the first day
// of the earliest term to the last day of the latest one, and on no other day.
func (p *Partnership) SchoolDay(day time.Time) (school, known bool) {
	n := len(p.SchoolTerms)
	if n == 0 || day.Before(p.SchoolTerms[0].First) || day.After(p.SchoolTerms[n-1].Last) {
		return false, false
	}
	if w := day.Weekday(); w == time.Saturday || w == time.Sunday {
		return false, true
	}
	for _, h := range p.BankHolidays {
		if h.Day.Equal(day) {
			return false, true
		}
	}
	for _, term := range p.SchoolTerms {
		if !day.Before(term.First) && !day.After(term.Last) {
			return true, true
		}
	}
	return false, true
}
