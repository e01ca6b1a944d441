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

// markedReturns is the returns of the latest quarter that are late, missing or not what their
// sender's own history would lead one to expect, once for each reason.
func (p *Project) markedReturns(ctx context.Context) (marked []MarkedReturn, err error) {
	r, err := warehouse.OpenReaderAt(ctx, p.Partnership, p.Queries, p.AsAt)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	returns, err := queries.Returns(ctx, r)
	if err != nil {
		return nil, err
	}
	if err := queries.MarkReturns(ctx, r, p.Contracts, returns); err != nil {
		return nil, err
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
	return marked, nil
}
