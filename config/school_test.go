package config_test

import (
	"testing"
	"time"

	"wherry/config"
)

func TestSchoolDays(t *testing.T) {
	p := example(t)
	for _, c := range []struct {
		day           time.Time
		school, known bool
	}{
		{config.Day(2025, time.September, 2), false, true},  // before the autumn term
		{config.Day(2025, time.September, 3), true, true},   // its first day
		{config.Day(2025, time.September, 6), false, true},  // a Saturday
		{config.Day(2025, time.October, 24), true, true},    // the last day before half term
		{config.Day(2025, time.October, 27), false, true},   // half term
		{config.Day(2026, time.May, 4), false, true},        // a bank holiday in term
		{config.Day(2026, time.August, 14), false, true},    // summer
		{config.Day(2022, time.September, 5), false, false}, // before the first term of all
		{config.Day(2022, time.September, 6), true, true},
		{config.Day(2027, time.July, 21), true, true},
		{config.Day(2027, time.July, 22), false, false}, // after the last
	} {
		if school, known := p.SchoolDay(c.day); school != c.school || known != c.known {
			t.Errorf("%s: got school %v, known %v", c.day.Format(time.DateOnly), school, known)
		}
	}
	if _, known := (&config.Partnership{}).SchoolDay(config.Day(2026, time.May, 5)); known {
		t.Error("a partnership without terms knows of a school day")
	}
}

// Schools must be open to pupils for 190 days a year; the terms also hold the five days on which
// staff train.
func TestSchoolYearsAreOfTheLengthTheLawAsks(t *testing.T) {
	p := example(t)
	days, verified := map[string]int{}, 0
	for _, term := range p.SchoolTerms {
		for d := term.First; !d.After(term.Last); d = d.AddDate(0, 0, 1) {
			if school, _ := p.SchoolDay(d); school {
				days[term.Year]++
			}
		}
		if term.Verified {
			verified++
		}
	}
	for year, n := range days {
		if n < 187 || n > 196 {
			t.Errorf("%s has %d school days", year, n)
		}
	}
	if len(days) != 5 || verified == 0 || verified == len(p.SchoolTerms) {
		t.Errorf("%d school years, %d of %d terms verified", len(days), verified, len(p.SchoolTerms))
	}
}
