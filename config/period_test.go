package config_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"wherry/config"
)

func anyPeriod(t *rapid.T) config.Period {
	kind := rapid.SampledFrom([]config.PeriodKind{config.Month, config.Quarter, config.Year, config.Rolling}).Draw(t, "kind")
	day := config.Day(rapid.IntRange(2013, 2090).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 28).Draw(t, "day"))
	return config.Containing(kind, day)
}

func TestAPeriodReadsBackAsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPeriod(t)
		for _, text := range []string{p.String(), p.Slug()} {
			if got, err := config.ParsePeriod(text); err != nil || got != p {
				t.Fatalf("%q of %v reads as %v, %v", text, p, got, err)
			}
		}
	})
}

func TestPeriodsOfAKindFollowEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPeriod(t)
		n := rapid.IntRange(-30, 30).Draw(t, "n")
		if got := p.Shift(n).Shift(-n); got != p {
			t.Fatalf("%v there and back is %v", p, got)
		}
		if p.Kind != config.Rolling && p.Shift(1).Start != p.End {
			t.Fatalf("after %v comes %v", p, p.Shift(1))
		}
		if !p.Holds(p.Start) || !p.Holds(p.Last()) || p.Holds(p.End) || p.Holds(p.Start.AddDate(0, 0, -1)) {
			t.Fatalf("%v does not hold its own days only", p)
		}
		if p.Kind != config.Rolling && config.Containing(p.Kind, p.Last()) != p {
			t.Fatalf("the last day of %v is in %v", p, config.Containing(p.Kind, p.Last()))
		}
		months := p.Split(config.Month)
		if months[0].Start != p.Start || months[len(months)-1].End != p.End {
			t.Fatalf("%v is not its months %v", p, months)
		}
	})
}

func TestPeriodsAsPeopleReadThem(t *testing.T) {
	for _, c := range []struct {
		kind         config.PeriodKind
		day          time.Time
		name, people string
		parts        int
	}{
		{config.Month, config.Day(2026, time.July, 31), "2026-07", "July 2026", 1},
		{config.Quarter, config.Day(2026, time.September, 30), "2026-27 Q2", "July to September 2026", 3},
		{config.Quarter, config.Day(2027, time.March, 1), "2026-27 Q4", "January to March 2027", 3},
		{config.Year, config.Day(2027, time.March, 31), "2026-27", "April 2026 to March 2027", 12},
		{config.Year, config.Day(2099, time.April, 1), "2099-00", "April 2099 to March 2100", 12},
		{config.Rolling, config.Day(2026, time.September, 1), "year to 2026-09", "October 2025 to September 2026", 12},
	} {
		p := config.Containing(c.kind, c.day)
		if p.String() != c.name || p.Title() != c.people || len(p.Split(config.Month)) != c.parts {
			t.Errorf("got %q, %q, %d months; want %q, %q, %d", p, p.Title(), len(p.Split(config.Month)), c.name, c.people, c.parts)
		}
	}
	for _, bad := range []string{"", "2026", "2026-13", "2026-28", "2026-27 Q5", "2026-27Q1", "26-07", "year to 2026", " 2026-07"} {
		if p, err := config.ParsePeriod(bad); err == nil {
			t.Errorf("%q reads as %v", bad, p)
		}
	}
}
