package queries

import (
	"slices"
	"time"

	"wherry/config"
)

// unknownArea is the code of rows whose district is out of area or not recorded.
const unknownArea = "unknown"

// notRecorded is the category of rows that have none.
const notRecorded = "not recorded"

// quartersShown is how many quarters districts and categories are given for.
const quartersShown = 12

// Span is what an edition is measured over.
type Span struct {
	AsAt    time.Time     // data received to this day
	First   config.Period // the first month measured
	Quarter config.Period // the edition's quarter: the last one measured
	Areas   []config.Area // the partnership first, then its districts
	// Pieces is where districts and unitaries overlap; none without a second set of boundaries.
	Pieces []config.Piece
	// Merge is the rules by which categories may be put together; see the function Merge.
	Merge []config.Merge
	// Starts is the first day of each feed's data: a measure that looks back starts when all
	// its feeds have the history it needs.
	Starts map[string]time.Time
}

// firstFor is the first day on which m can be judged.
func (s Span) firstFor(m *Measure) time.Time {
	first := s.First.Start
	for _, feed := range m.Feeds {
		if begun, known := s.Starts[feed]; known && m.LooksBack > 0 {
			if ready := begun.AddDate(0, m.LooksBack, 0); ready.After(first) {
				first = ready
			}
		}
	}
	return first
}

// plan is the periods counted: of the whole partnership, of districts (detail), and of
// categories (grouped).
type plan struct {
	asAt                   time.Time
	whole, detail, grouped []config.Period
	unprinted, recalled    unprinted
	areas                  []config.Area
	pieces                 []config.Piece
	merge                  [][]config.Merge // by breakdown, each in its steps
}

// unprinted is periods that are counted and not given: quarters that longer periods are made
// of and what later editions will be made of; and, recalled, what earlier editions gave. A
// reader may still reason about them.
type unprinted struct{ whole, detail, grouped []config.Period }

// planFor is the periods of m's kinds that lie inside the span. Rolling years are given at
// quarter ends; a measure that looks back starts when there is history to look at. Districts and categories are given by quarter and rolling year; a measure
// that has neither is given for them at each quarter's last month, or by year. Where the
// measure pools, its categories are given for the pooled months and nothing else.
func (s Span) planFor(m *Measure) plan {
	p := plan{asAt: s.AsAt, areas: s.Areas, pieces: s.Pieces, merge: config.MergeSteps(s.Merge)}
	kinds := m.PeriodKinds()
	first := s.firstFor(m)
	inside := func(q config.Period) bool { return !q.Start.Before(first) && !q.End.After(s.Quarter.End) }
	for _, kind := range kinds {
		for q := config.Containing(kind, s.First.Start); !q.Start.After(s.Quarter.Start.AddDate(0, 2, 0)); q = q.Shift(1) {
			quarterEnd := int(q.Last().Month())%3 == 0
			if !inside(q) || (kind == config.Rolling && !quarterEnd) {
				continue
			}
			p.whole = append(p.whole, q)
			if s.detailed(kind, kinds, quarterEnd) && !q.Start.Before(s.Quarter.End.AddDate(0, -3*quartersShown, 0)) {
				p.detail = append(p.detail, q)
			}
		}
	}
	p.grouped = p.detail
	if m.Pool > 0 {
		p.pool(first, s)
	}
	if m.additive() {
		p.addQuarters()
		p.foresee(m, first, s.Quarter)
	}
	return p
}

// additive says whether the numbers of a long period are sums of those of shorter ones:
// distinct people and units are counted in each period afresh.
func (m *Measure) additive() bool { return m.Unit == "" && m.People == "" }

// addQuarters adds the quarters that given periods are made of and that are not given.
func (p *plan) addQuarters() {
	missing := func(given []config.Period) (quarters []config.Period) {
		for _, period := range given {
			if period.Kind == config.Month || period.Kind == config.Quarter {
				continue
			}
			for _, q := range period.Split(config.Quarter) {
				if !slices.Contains(given, q) && !slices.Contains(quarters, q) {
					quarters = append(quarters, q)
				}
			}
		}
		return quarters
	}
	p.unprinted = unprinted{missing(p.whole), missing(p.detail), missing(p.grouped)}
}

// pool adds the pooled months to the end of the edition's quarter: fewer than the rule asks
// for where the measure starts later, which their name says. They begin with a quarter.
func (p *plan) pool(first time.Time, s Span) {
	pooled := config.Containing(config.Pooled, s.Quarter.Last())
	for q := config.Containing(config.Quarter, pooled.Start); pooled.Start.Before(first) && q.Start.Before(s.Quarter.End); q = q.Shift(1) {
		pooled.Start = q.Start
	}
	if pooled.Start.Before(first) {
		p.grouped = nil
		return
	}
	p.whole = append(p.whole, pooled)
	p.detail = append(slices.Clone(p.detail), pooled)
	p.grouped = []config.Period{pooled}
}

// periods is every period of the plan once, in order.
func (p plan) periods() []config.Period {
	all := slices.Clone(p.whole)
	for _, q := range slices.Concat(p.detail, p.grouped, p.unprinted.whole, p.unprinted.detail, p.unprinted.grouped) {
		if !slices.Contains(all, q) {
			all = append(all, q)
		}
	}
	return all
}

// detailed says whether periods of a kind are given for districts and categories.
func (s Span) detailed(kind config.PeriodKind, kinds []config.PeriodKind, quarterEnd bool) bool {
	if kind == config.Quarter || kind == config.Rolling {
		return true
	}
	if slices.Contains(kinds, config.Quarter) || slices.Contains(kinds, config.Rolling) {
		return false
	}
	return kind == config.Year || quarterEnd
}

// foresee adds what later editions' longer periods will be made of beside quarters to come:
// the last quarters together, up to one less than a longer period holds. Were they known now
// and the quarters to come empty, so would be the later period, which may be small.
func (p *plan) foresee(m *Measure, first time.Time, quarter config.Period) {
	year := 0
	if kinds := m.PeriodKinds(); slices.Contains(kinds, config.Rolling) || slices.Contains(kinds, config.Year) {
		year = 4
	}
	tails := func(given []config.Period, longest int) (tails []config.Period) {
		for n := 2; n < longest; n++ {
			tail := config.Period{Kind: config.Pooled, Start: quarter.Shift(1 - n).Start, End: quarter.End}
			if !tail.Start.Before(first) && !slices.Contains(given, tail) {
				tails = append(tails, tail)
			}
		}
		return tails
	}
	u := &p.unprinted
	u.whole = append(u.whole, tails(p.whole, max(year, m.Pool/3))...)
	u.detail = append(u.detail, tails(p.detail, max(year, m.Pool/3))...)
	if m.Pool > 0 {
		year = m.Pool / 3
	}
	u.grouped = append(u.grouped, tails(p.grouped, year)...)
}

// bounds is the first day and the day after the last of every period of the plan.
func (p plan) bounds() (start, end time.Time) {
	for i, q := range p.periods() {
		if i == 0 || q.Start.Before(start) {
			start = q.Start
		}
		if i == 0 || q.End.After(end) {
			end = q.End
		}
	}
	return start, end
}

// whole is the code of the partnership.
func (p plan) wholeArea() string { return p.areas[0].Code }

// districts is the codes of the districts, without "unknown".
func (p plan) districts() []string {
	var codes []string
	for _, a := range p.areas[1:] {
		if a.Code != unknownArea {
			codes = append(codes, a.Code)
		}
	}
	return codes
}
