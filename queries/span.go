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
	areas                  []config.Area
	pieces                 []config.Piece
}

// planFor is the periods of m's kinds that lie inside the span. Rolling years are given at
// quarter ends; a measure that looks back starts when there is history to look at. Districts and categories are given by quarter and rolling year; a measure
// that has neither is given for them at each quarter's last month, or by year. Where the
// measure pools, its categories are given for the pooled months and nothing else.
func (s Span) planFor(m *Measure) plan {
	p := plan{asAt: s.AsAt, areas: s.Areas, pieces: s.Pieces}
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
	return p
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
	for _, q := range slices.Concat(p.detail, p.grouped) {
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
