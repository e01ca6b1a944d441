package queries

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"wherry/config"
)

// returnsOf is returns of the months that end with September 2026, with a row on every day.
func returnsOf(rows ...int64) []returned {
	var rs []returned
	last := config.Containing(config.Month, config.Day(2026, time.September, 1))
	for i, n := range rows {
		r := returned{period: last.Shift(i + 1 - len(rows)), sent: n, kept: n,
			filled: map[string]int64{"outcome": n, "note": n / 10}, parts: map[string]int64{"district_code\x00E1": n / 2, "district_code\x00E2": n / 40}}
		for d := r.period.Start; n > 0 && d.Before(r.period.End); d = d.AddDate(0, 0, 1) {
			r.days = append(r.days, d)
		}
		rs = append(rs, r)
	}
	return rs
}

func TestReturnsAreHeldAgainstTheirOwnHistory(t *testing.T) {
	steady := []int64{100, 96, 104, 99, 101, 98, 103, 97, 100, 102, 99, 105, 100}
	ended := func(n int64) []returned { return returnsOf(append(append([]int64{}, steady...), n)...) }
	summers := func(last int64) []returned {
		var rows []int64
		for i := range 24 { // from October 2024
			rows = append(rows, 100+int64(i%3))
			if i == 10 { // August 2025
				rows[i] = 20
			}
		}
		rs := returnsOf(append(rows[:22], last)...)
		for i := range rs { // the last of them August 2026
			rs[i].period = rs[i].period.Shift(-1)
		}
		return rs
	}
	for _, c := range []struct {
		name    string
		returns []returned
		change  func(r *returned)
		want    RemarkKind // "" for none
		says    string
	}{
		{"as usual", ended(99), nil, "", ""},
		{"far fewer", ended(30), nil, Small, "30 rows, where 100 are usual"},
		{"nothing to report, where there always is", ended(0), nil, Small, "0 rows"},
		{"far more", ended(260), nil, Large, "260 rows"},
		{"fewer, and not by a third", ended(70), nil, "", ""},
		{"a short history", returnsOf(100, 100, 100, 100, 100, 10), nil, "", ""},
		{"few, as every summer", summers(20), nil, "", ""},
		{"none at all in a summer", summers(0), nil, Small, "20 came for 2025-08"},
		{"a small feed goes up and down", returnsOf(3, 1, 4, 1, 5, 2, 6, 0, 3, 2, 4, 1, 3, 0), nil, "", ""},
		{"the second half of the month is not there", ended(50), func(r *returned) { r.days = r.days[:15] }, Partial, "no rows from 16 September to 30 September 2026"},
		{"a week in the middle", ended(80), func(r *returned) { r.days = append(append([]time.Time{}, r.days[:10]...), r.days[17:]...) }, Partial, "no rows from 11 September to 17 September 2026"},
		{"a weekend", ended(100), func(r *returned) { r.days = append(append([]time.Time{}, r.days[:10]...), r.days[12:]...) }, "", ""},
		{"an area is not there", ended(100), func(r *returned) { delete(r.parts, "district_code\x00E1") }, Partial, "no rows with district_code E1"},
		{"a small area is not there, as chance will have it", ended(100), func(r *returned) { delete(r.parts, "district_code\x00E2") }, "", ""},
		{"a column is blank", ended(100), func(r *returned) { r.filled["outcome"] = 20 }, Partial, "outcome is blank in 80% of rows, where 0% is usual"},
		{"a column that is always blank", ended(100), func(r *returned) { r.filled["note"] = 0 }, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := len(c.returns) - 1
			if c.change != nil {
				c.change(&c.returns[n])
			}
			got := feedColumns{day: "on", optional: []string{"outcome", "note"}}.remarks(c.returns[n], c.returns[:n])
			switch {
			case c.want == "" && len(got) > 0:
				t.Errorf("got %+v, want nothing", got)
			case c.want != "" && (len(got) != 1 || got[0].Kind != c.want || !strings.Contains(got[0].Detail, c.says)):
				t.Errorf("got %+v, want %s: %s", got, c.want, c.says)
			}
		})
	}
}

// TestChanceRaisesNoAlarm draws senders whose returns go up and down by chance alone, and by
// half as much again, with a season.
func TestChanceRaisesNoAlarm(t *testing.T) {
	dice := rand.New(rand.NewPCG(7, 11))
	const draws = 5000
	for _, mean := range []float64{4, 20, 100, 800} {
		alarms := 0
		for range draws {
			rows := make([]int64, 25)
			for i := range rows {
				season := 1 + 0.2*math.Sin(float64(i)*math.Pi/6)
				rows[i] = max(0, int64(math.Round(mean*season+1.5*math.Sqrt(mean*season)*dice.NormFloat64())))
			}
			rs := make([]returned, len(rows))
			for i, n := range rows {
				rs[i] = returned{sent: n}
			}
			if got := unusualSize(rs[24], rs[8:24], rs[12]); len(got) > 0 {
				alarms++
			}
		}
		if rate := float64(alarms) / draws; rate > 0.004 {
			t.Errorf("returns of about %.0f rows: %.2f%% are called unusual, want at most 0.4%%", mean, 100*rate)
		}
	}
}
