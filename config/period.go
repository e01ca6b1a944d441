package config

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// PeriodKind says how long a Period is and how it is placed.
type PeriodKind string

// The kinds of Period. Quarters and years are financial: April to March.
const (
	Month   PeriodKind = "month"
	Quarter PeriodKind = "quarter"
	Year    PeriodKind = "year"
	Rolling PeriodKind = "rolling" // the twelve months to the end of a month
	Pooled  PeriodKind = "pooled"  // several years taken together, for groups too small for one
)

// PooledMonths is how many months are taken together where a rule asks for pooling.
const PooledMonths = 36

// Period is a half-open span of civil dates [Start, End), both at midnight UTC on the
// first of a month.
type Period struct {
	Kind       PeriodKind
	Start, End time.Time
}

// Day is the civil date y-m-d at midnight UTC.
func Day(y int, m time.Month, d int) time.Time {
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Containing is the Period of a kind that holds the date t. For Rolling and Pooled it is the
// twelve or thirty-six months that end with t's month.
func Containing(kind PeriodKind, t time.Time) Period {
	first := Day(t.Year(), t.Month(), 1)
	switch kind {
	case Month:
		return Period{Month, first, first.AddDate(0, 1, 0)}
	case Quarter:
		start := first.AddDate(0, -(int(first.Month()-1) % 3), 0)
		return Period{Quarter, start, start.AddDate(0, 3, 0)}
	case Year:
		start := first.AddDate(0, -((int(first.Month()) + 8) % 12), 0)
		return Period{Year, start, start.AddDate(1, 0, 0)}
	case Rolling:
		end := first.AddDate(0, 1, 0)
		return Period{Rolling, end.AddDate(-1, 0, 0), end}
	case Pooled:
		end := first.AddDate(0, 1, 0)
		return Period{Pooled, end.AddDate(0, -PooledMonths, 0), end}
	}
	panic("config: unknown period kind " + string(kind))
}

// Shift is the Period n steps later (earlier for negative n) in the series of its kind;
// rolling years and pooled months step by a month.
func (p Period) Shift(n int) Period {
	step := map[PeriodKind]int{Month: 1, Quarter: 3, Year: 12, Rolling: 1, Pooled: 1}[p.Kind]
	return Period{p.Kind, p.Start.AddDate(0, n*step, 0), p.End.AddDate(0, n*step, 0)}
}

// Holds says whether the date t falls in p.
func (p Period) Holds(t time.Time) bool { return !t.Before(p.Start) && t.Before(p.End) }

// Last is the last day of p.
func (p Period) Last() time.Time { return p.End.AddDate(0, 0, -1) }

// Split is the Periods of a shorter kind that make up p, in order.
func (p Period) Split(kind PeriodKind) []Period {
	var parts []Period
	for q := Containing(kind, p.Start); q.Start.Before(p.End); q = q.Shift(1) {
		parts = append(parts, q)
	}
	return parts
}

// String prints p as it stands in data and file names: 2026-07, 2026-27 Q2, 2026-27,
// "year to 2026-09" or "2023-10 to 2026-09".
func (p Period) String() string {
	switch p.Kind {
	case Month:
		return p.Start.Format("2006-01")
	case Rolling:
		return "year to " + p.Last().Format("2006-01")
	case Pooled:
		return p.Start.Format("2006-01") + " to " + p.Last().Format("2006-01")
	}
	y := Containing(Year, p.Start).Start.Year()
	name := fmt.Sprintf("%d-%02d", y, (y+1)%100)
	if p.Kind == Quarter {
		name += fmt.Sprintf(" Q%d", 1+(int(p.Start.Month())+8)%12/3)
	}
	return name
}

// Slug is String with hyphens for spaces: 2026-27-Q2.
func (p Period) Slug() string {
	return regexp.MustCompile(` +`).ReplaceAllString(p.String(), "-")
}

// Title prints p for people: "July 2026", "July to September 2026",
// "April 2026 to March 2027".
func (p Period) Title() string {
	if p.Kind == Month {
		return p.Start.Format("January 2006")
	}
	last := p.Last()
	if p.Start.Year() == last.Year() {
		return p.Start.Format("January") + " to " + last.Format("January 2006")
	}
	return p.Start.Format("January 2006") + " to " + last.Format("January 2006")
}

var (
	monthForm   = regexp.MustCompile(`^(\d{4})-(0[1-9]|1[0-2])$`)
	yearForm    = regexp.MustCompile(`^(\d{4})-(\d{2})(?:[ -]Q([1-4]))?$`)
	rollingForm = regexp.MustCompile(`^year[ -]to[ -](\d{4}-(?:0[1-9]|1[0-2]))$`)
	pooledForm  = regexp.MustCompile(`^(\d{4}-(?:0[1-9]|1[0-2]))[ -]to[ -](\d{4}-(?:0[1-9]|1[0-2]))$`)
)

// ParsePeriod reads what String or Slug prints. A form such as 2011-12 is a month; the
// financial years before 2012-13 cannot be written.
func ParsePeriod(s string) (Period, error) {
	if m := rollingForm.FindStringSubmatch(s); m != nil {
		t, err := time.Parse("2006-01", m[1])
		return Containing(Rolling, t), err
	}
	if m := pooledForm.FindStringSubmatch(s); m != nil {
		return parsePooled(m[1], m[2])
	}
	if monthForm.MatchString(s) {
		t, err := time.Parse("2006-01", s)
		return Containing(Month, t), err
	}
	if m := yearForm.FindStringSubmatch(s); m != nil {
		y, _ := strconv.Atoi(m[1])
		if end, _ := strconv.Atoi(m[2]); end == (y+1)%100 {
			year := Containing(Year, Day(y, time.April, 1))
			if m[3] == "" {
				return year, nil
			}
			q, _ := strconv.Atoi(m[3])
			return Containing(Quarter, year.Start.AddDate(0, 3*(q-1), 0)), nil
		}
	}
	return Period{}, fmt.Errorf("%q is not a period: write 2026-07, 2026-27 Q2, 2026-27 or \"year to 2026-09\"", s)
}

func parsePooled(first, last string) (Period, error) {
	start, err := time.Parse("2006-01", first)
	if err != nil {
		return Period{}, err
	}
	end, err := time.Parse("2006-01", last)
	if err == nil && end.Before(start) {
		err = fmt.Errorf("%s to %s ends before it starts", first, last)
	}
	return Period{Pooled, start, end.AddDate(0, 1, 0)}, err
}
