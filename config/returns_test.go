package config_test

import (
	"testing"
	"time"

	"wherry/config"
)

func TestDueDaysAreWorkingDays(t *testing.T) {
	p := example(t)
	c := &config.Contract{Every: config.Month, DueDays: 25}
	for period, want := range map[string]time.Time{
		"2025-11": config.Day(2025, time.December, 29), // Christmas, Boxing Day and a weekend
		"2026-02": config.Day(2026, time.March, 25),    // a Wednesday
		"2026-03": config.Day(2026, time.April, 27),    // a Saturday
	} {
		of, err := config.ParsePeriod(period)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.DueOn(c, of); !got.Equal(want) {
			t.Errorf("the return for %s is due on %s, want %s", period, got.Format(time.DateOnly), want.Format(time.DateOnly))
		}
	}
}

// TestHowEarlyALateRowMayBe: the periods named back, and none before the first that is owed.
func TestHowEarlyALateRowMayBe(t *testing.T) {
	for _, c := range []struct {
		every                config.PeriodKind
		late                 int
		starts, period, want string
	}{
		{config.Month, 0, "2025-04", "2026-03", "2026-03-01"},
		{config.Month, 3, "2025-04", "2026-03", "2025-12-01"},
		{config.Quarter, 2, "2024-04", "2025-26 Q1", "2024-10-01"},
		{config.Month, 12, "2025-04", "2025-06", "2025-04-01"},
		{config.Quarter, 2, "2025-05", "2025-26 Q2", "2025-04-01"},
	} {
		of, err := config.ParsePeriod(c.period)
		if err != nil {
			t.Fatal(err)
		}
		contract := &config.Contract{Every: c.every, Late: c.late, Starts: c.starts}
		if got := contract.Earliest(of).Format(time.DateOnly); got != c.want {
			t.Errorf("%d %ss before %s, from %s on: %s, want %s", c.late, c.every, c.period, c.starts, got, c.want)
		}
	}
}
