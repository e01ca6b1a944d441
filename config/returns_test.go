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
