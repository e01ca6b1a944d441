package config

import (
	"cmp"
	"slices"
	"time"
)

// Return is one extract that a contract says is owed: what, by whom, for when, by when.
type Return struct {
	Agency, Feed string
	Period       Period
	Due          time.Time
}

// Owed is every return for a period that ended by asAt, from each contract's first period
// on, whether or not it is due yet, but for counts sent instead of rows, ordered by period, feed and agency.
func (p *Partnership) Owed(asAt time.Time) []Return {
	var owed []Return
	for _, c := range p.Contracts {
		if c.InsteadOf != "" {
			continue
		}
		for _, period := range c.Periods(asAt) {
			for _, agency := range c.Agencies {
				owed = append(owed, Return{agency, c.Feed, period, p.DueOn(c, period)})
			}
		}
	}
	slices.SortFunc(owed, func(a, b Return) int {
		return cmp.Or(a.Period.Start.Compare(b.Period.Start), a.Period.End.Compare(b.Period.End),
			cmp.Compare(a.Feed, b.Feed), cmp.Compare(a.Agency, b.Agency))
	})
	return owed
}

// DueOn is the day by which the return of a contract for a period is owed: its due day or,
// where nobody works on it, the next working day. In a year whose bank holidays are not known
// only weekends are passed over.
func (p *Partnership) DueOn(c *Contract, period Period) time.Time {
	due := c.Due(period)
	for due.Weekday() == time.Saturday || due.Weekday() == time.Sunday || slices.ContainsFunc(p.BankHolidays, func(h BankHoliday) bool { return h.Day.Equal(due) }) {
		due = due.AddDate(0, 0, 1)
	}
	return due
}

// Periods are those the contract covers that ended by asAt, in order.
func (c *Contract) Periods(asAt time.Time) []Period {
	first, err := ParsePeriod(c.Starts)
	if err != nil {
		return nil
	}
	var periods []Period
	for p := Containing(c.Every, first.Start); !p.End.After(asAt); p = p.Shift(1) {
		periods = append(periods, p)
	}
	return periods
}

// LatestQuarter is the last quarter whose cut-off, CutOffDays after its last day, had come
// by asAt.
func (s *Settings) LatestQuarter(asAt time.Time) Period {
	q := Containing(Quarter, asAt)
	for q.Last().AddDate(0, 0, s.CutOffDays).After(asAt) {
		q = q.Shift(-1)
	}
	return q
}

// MeetingOn is the day the board meets on the edition of quarter q.
func (s *Settings) MeetingOn(q Period) time.Time { return q.Last().AddDate(0, 0, s.MeetingDays) }
