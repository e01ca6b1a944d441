package dashboards

import (
	"slices"
	"strings"

	"wherry/queries"
)

// remarked says of each of the returns for the edition's quarter what is to be borne in mind,
// in sentences. Numbers of rows, areas and teams are in none of them.
func (b *builder) remarked(returns []queries.Return) []string {
	w := b.fixed
	var says []string
	for _, r := range returns {
		if !b.ofQuarter(r) {
			continue
		}
		for _, remark := range r.Remarks {
			says = append(says, w.text("remark.says", "agency", b.Agency(r.Agency), "feed", b.FeedTitle(r.Feed), "period", w.periodFull(r.Period),
				"reason", w.reason(remark.Kind), "says", remark.Says))
		}
	}
	return says
}

// ofQuarter says that a return's period begins within the edition's quarter.
func (b *builder) ofQuarter(r queries.Return) bool {
	return !r.Period.Start.Before(b.Quarter.Start) && r.Period.Start.Before(b.Quarter.End)
}

// touching is what is to be borne in mind of the returns that a measure reads. Rows that refer
// to nothing are left to the data quality page: nearly every feed has a few.
func (b *builder) touching(m *queries.Measure) []string {
	var read []queries.Return
	for _, r := range b.Returns {
		if slices.Contains(m.Feeds, r.Feed) {
			r.Remarks = slices.DeleteFunc(slices.Clone(r.Remarks), func(x queries.Remark) bool { return x.Kind == queries.Orphans })
			read = append(read, r)
		}
	}
	return b.remarked(read)
}

// unusual is how many of the returns that a measure reads for the quarter came and are not what
// their sender's own history would lead one to expect, by reason.
type unusual struct{ partial, small, large int }

// unusual counts a return once: one that is partial is not held against its usual size.
func (b *builder) unusual(m *queries.Measure) unusual {
	var n unusual
	for _, r := range b.Returns {
		if !slices.Contains(m.Feeds, r.Feed) || r.Arrived.IsZero() || !b.ofQuarter(r) {
			continue
		}
		is := func(k queries.RemarkKind) bool {
			return slices.ContainsFunc(r.Remarks, func(x queries.Remark) bool { return x.Kind == k })
		}
		switch {
		case is(queries.Partial):
			n.partial++
		case is(queries.Small):
			n.small++
		case is(queries.Large):
			n.large++
		}
	}
	return n
}

// short is how many hold less than they should: they are counted for what they hold.
func (n unusual) short() int { return n.partial + n.small }

// reason is why a return is to be looked at: "unusually small".
func (w words) reason(k queries.RemarkKind) string {
	return w.text("remark." + strings.ReplaceAll(string(k), "_", "-"))
}

// unlike is what is unlike the usual among the returns that arrived: "It is partial.",
// "1 of them is partial, 2 are unusually small."; "" for nothing.
func (w words) unlike(n unusual, arrived int) string {
	if arrived == 0 { // a whole extract is missing, which says more
		return ""
	}
	var parts []string
	for _, x := range []struct {
		n    int
		kind string
	}{{n.partial, "partial"}, {n.small, "small"}, {n.large, "large"}} {
		switch {
		case x.n == 0:
		case arrived == 1:
			parts = append(parts, w.text("unlike.it."+x.kind))
		case len(parts) == 0:
			parts = append(parts, w.some("unlike.of-them."+x.kind, float64(x.n)))
		default:
			parts = append(parts, w.some("unlike.others."+x.kind, float64(x.n)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return w.text("unlike.all", "what", w.comma(parts))
}

// reasonsBeyond is the reasons to look at a return beyond when it came, each once.
func (w words) reasonsBeyond(r queries.Return) []string {
	var reasons []string
	for _, remark := range r.Remarks {
		if words := w.reason(remark.Kind); remark.Kind != queries.Late && remark.Kind != queries.Missing && !slices.Contains(reasons, words) {
			reasons = append(reasons, words)
		}
	}
	return reasons
}
