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

// touching is what is to be borne in mind of the returns that a measure reads.
func (b *builder) touching(m *queries.Measure) []string {
	return b.remarked(slices.DeleteFunc(slices.Clone(b.Returns), func(r queries.Return) bool { return !slices.Contains(m.Feeds, r.Feed) }))
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
