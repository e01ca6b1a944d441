package queries

import (
	"testing"
	"time"

	"wherry/config"
)

// TestAMeasureWaitsForItsHistory: the first months of an extract have nothing behind them,
// so a measure that looks back would read their emptiness as "no".
func TestAMeasureWaitsForItsHistory(t *testing.T) {
	month := func(s string) config.Period {
		p, err := config.ParsePeriod(s)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	span := Span{
		AsAt: config.Day(2026, time.October, 31), First: month("2023-10"), Quarter: month("2026-27 Q2"),
		Areas:  []config.Area{{Code: "E10000020"}},
		Starts: map[string]time.Time{"early": config.Day(2021, time.October, 1), "late": config.Day(2023, time.October, 1)},
	}
	for _, c := range []struct {
		name  string
		m     Measure
		first string
	}{
		{"no look back", Measure{Feeds: []string{"late"}}, "2023-10"},
		{"history before the first month measured", Measure{Feeds: []string{"early"}, LooksBack: 24}, "2023-10"},
		{"history still to come", Measure{Feeds: []string{"late"}, LooksBack: 12}, "2024-10"},
		{"the latest of its feeds decides", Measure{Feeds: []string{"early", "late"}, LooksBack: 24}, "2025-10"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.m.Periods = []string{"month", "rolling"}
			whole := span.planFor(&c.m).whole
			if got := whole[0].String(); got != c.first {
				t.Errorf("first month %s, want %s", got, c.first)
			}
			for _, p := range whole {
				if p.Start.Before(month(c.first).Start) {
					t.Errorf("%s begins before the measure does", p)
				}
			}
		})
	}
}
