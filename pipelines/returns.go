package pipelines

import (
	"context"
	"errors"

	"wherry/pipelines/warehouse"
	"wherry/queries"
)

// MarkedReturn is a return that somebody should look at, and why.
type MarkedReturn struct {
	Agency string             `json:"agency"`
	Feed   string             `json:"feed"`
	Period string             `json:"period"`
	Reason queries.RemarkKind `json:"reason"`
	Says   string             `json:"says"`
}

// Overdue says that the return came after its due day, or has not come.
func (m MarkedReturn) Overdue() bool { return m.Reason == queries.Late || m.Reason == queries.Missing }

// LateRows is rows that came with a return of a later period than theirs.
type LateRows struct {
	queries.LateRows
	Period string `json:"period"`    // that they belong to
	With   string `json:"came_with"` // the period of the return
}

// markedReturns is the returns of the latest quarter that are late, missing or not what their
// sender's own history would lead one to expect, once for each reason, and the rows of earlier
// periods that came with its returns.
func (p *Project) markedReturns(ctx context.Context) (marked []MarkedReturn, late []LateRows, err error) {
	r, err := warehouse.OpenReaderAt(ctx, p.Partnership, p.Queries, p.AsAt)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	returns, err := queries.Returns(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	if err := queries.MarkReturns(ctx, r, p.Contracts, returns); err != nil {
		return nil, nil, err
	}
	rows, err := queries.LateOf(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	quarter := p.LatestQuarter(p.AsAt)
	for _, x := range returns {
		if !x.Period.End.After(quarter.Start) || x.Period.Start.Before(quarter.Start) {
			continue
		}
		for _, remark := range x.Remarks {
			marked = append(marked, MarkedReturn{x.Agency, x.Feed, x.Period.String(), remark.Kind, remark.Detail})
		}
	}
	for _, l := range rows {
		if quarter.Start.Before(l.With.End) {
			late = append(late, LateRows{l, l.Period.String(), l.With.String()})
		}
	}
	return marked, late, nil
}
