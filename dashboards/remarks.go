package dashboards

import (
	"fmt"
	"slices"

	"wherry/queries"
)

// remarked says of each of the returns for the edition's quarter what is to be borne in mind,
// in sentences. Numbers of rows, areas and teams are in none of them.
func (b *builder) remarked(returns []queries.Return) []string {
	var says []string
	for _, r := range returns {
		if r.Period.Start.Before(b.Quarter.Start) || !r.Period.Start.Before(b.Quarter.End) {
			continue
		}
		for _, remark := range r.Remarks {
			says = append(says, fmt.Sprintf("%s, %s for %s, %s: it %s.", b.Agency(r.Agency), b.FeedTitle(r.Feed), r.Period.Title(), remark.Kind.Words(), remark.Says))
		}
	}
	return says
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

// reasonsBeyond is the reasons to look at a return beyond when it came, each once.
func reasonsBeyond(r queries.Return) []string {
	var reasons []string
	for _, remark := range r.Remarks {
		if words := remark.Kind.Words(); remark.Kind != queries.Late && remark.Kind != queries.Missing && !slices.Contains(reasons, words) {
			reasons = append(reasons, words)
		}
	}
	return reasons
}
