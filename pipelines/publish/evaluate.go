package publish

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"wherry/config"
	"wherry/dashboards"
	"wherry/queries"
)

// evaluation is what the database had to say, before any audience is thought of.
type evaluation struct {
	cells   []*queries.Cells
	returns []queries.Return
	counts  []queries.Return // of counts, which come instead of rows
	keptOut []queries.BrokenRule
	inDoubt []queries.BrokenRule
	late    []queries.LateRows
	actions []queries.PlanAction
	lineage queries.Lineage
}

// evaluate asks the database everything an edition needs.
func evaluate(ctx context.Context, in Input, measures []*queries.Measure) (evaluation, error) {
	var ev evaluation
	var err error
	if ev.returns, err = queries.Returns(ctx, in.DB); err != nil {
		return ev, err
	}
	if err = queries.MarkReturns(ctx, in.DB, in.Partnership.Contracts, ev.returns); err != nil {
		return ev, err
	}
	if ev.counts, err = queries.CountReturns(ctx, in.DB, in.Partnership.Contracts, in.AsAt); err != nil {
		return ev, err
	}
	if ev.keptOut, err = queries.KeptOutSince(ctx, in.DB, in.Quarter.Start); err != nil {
		return ev, err
	}
	if ev.inDoubt, err = queries.InDoubtSince(ctx, in.DB, in.Quarter.Start); err != nil {
		return ev, err
	}
	if ev.late, err = queries.LateOf(ctx, in.DB); err != nil {
		return ev, err
	}
	if ev.actions, err = queries.PlanActions(ctx, in.DB); err != nil {
		return ev, err
	}
	if ev.lineage, err = queries.ReadLineage(in.Queries); err != nil {
		return ev, err
	}
	first, err := config.ParsePeriod(in.Partnership.FirstPeriod)
	if err != nil {
		return ev, fmt.Errorf("first_period: %w", err)
	}
	span := queries.Span{AsAt: in.AsAt, First: first, Quarter: in.Quarter, Areas: in.Partnership.Areas, Pieces: in.Partnership.Pieces(), Merge: in.Partnership.Merge, Starts: map[string]time.Time{}}
	for _, c := range in.Partnership.Contracts {
		if periods := c.Periods(in.AsAt); len(periods) > 0 {
			span.Starts[c.Feed] = periods[0].Start
		}
	}
	ev.cells, err = count(ctx, in, measures, span)
	return ev, err
}

// count evaluates the measures on two connections. Neighbours, which read the same views,
// stay together.
func count(ctx context.Context, in Input, measures []*queries.Measure, span queries.Span) ([]*queries.Cells, error) {
	half := (len(measures) + 1) / 2
	halves := [2][]*queries.Measure{measures[:half], measures[half:]}
	var cells [2][]*queries.Cells
	work, ctx := errgroup.WithContext(ctx)
	for i, some := range halves {
		work.Go(func() error {
			conn, err := in.DB.Conn(ctx)
			if err != nil {
				return fmt.Errorf("opening the warehouse for measures: %w", err)
			}
			cells[i], err = queries.EvaluateAll(ctx, conn, some, span, in.Partnership.Limits.Query)
			return errors.Join(err, conn.Close())
		})
	}
	err := work.Wait()
	return slices.Concat(cells[0], cells[1]), err
}

// results are the figures and readings that each audience may see, in the order of the
// partnership's audiences, with the record of them to keep.
func (ev evaluation) results(in Input) ([][]*queries.Result, *queries.Release, error) {
	supplied := ev.supplied(in.Partnership.Contracts)
	all, release, err := queries.PublishAll(queries.Merge(ev.cells, in.Partnership.Audiences, in.History), in.Partnership.Audiences, supplied, in.History)
	if err != nil {
		return nil, nil, err
	}
	read := func(r *queries.Result) queries.Reading {
		got, want := supplied(r.Measure, in.Quarter)
		ledger := in.Partnership.DefinitionsFor(r.Measure.ID, r.Measure.Feeds)
		return queries.Read(r, in.Quarter, in.Partnership.Area, got, want, ledger...)
	}
	for _, results := range all {
		for _, r := range results {
			r.Reading = read(r)
		}
	}
	finest := finest(in.Partnership.Audiences)
	for _, results := range all {
		for j, r := range results {
			r.Agree(all[finest][j], r.Rules.RoundTo)
		}
	}
	ev.settle(in, all, read)
	return all, release, nil
}

// finest is the audience whose figures are rounded least, by index.
func finest(audiences []config.Audience) int {
	least := 0
	for i, a := range audiences {
		if a.RoundTo < audiences[least].RoundTo {
			least = i
		}
	}
	return least
}

// supplied counts the returns of a measure's feeds that touch a period: those that have
// come, and those owed. Where one feed is wholly missing the measure has nothing to rest
// on, whatever came of the others. Counts are owed by nobody: they stand in for the rows of
// a measure that reads both, and a measure that reads them alone rests on them.
func (ev evaluation) supplied(contracts []*config.Contract) queries.Supplied {
	byFeed, instead := map[string][]queries.Return{}, map[string]string{}
	for _, r := range slices.Concat(ev.returns, ev.counts) {
		byFeed[r.Feed] = append(byFeed[r.Feed], r)
	}
	for _, c := range contracts {
		instead[c.Feed] = c.InsteadOf
	}
	return func(m *queries.Measure, period config.Period) (got, want int) {
		absent := false
		for _, feed := range m.Feeds {
			if slices.Contains(m.Feeds, instead[feed]) {
				continue
			}
			returns := byFeed[feed]
			for _, other := range m.Feeds {
				if instead[other] == feed {
					returns = queries.InsteadOf(returns, byFeed[other])
				}
			}
			came, owed := arrived(returns, period)
			got, want = got+came, want+owed
			absent = absent || (owed > 0 && came == 0)
		}
		if absent {
			return 0, want
		}
		return got, want
	}
}

func arrived(returns []queries.Return, period config.Period) (came, owed int) {
	for _, r := range returns {
		if !r.Period.Start.Before(period.End) || !r.Period.End.After(period.Start) {
			continue
		}
		owed++
		if !r.Arrived.IsZero() {
			came++
		}
	}
	return came, owed
}

// coverageMonths is how far back the data quality page looks.
const coverageMonths = 12

func (ev evaluation) site(a config.Audience, in Input, results []*queries.Result, previous string) dashboards.Site {
	s := dashboards.Site{
		Partnership: in.Partnership, Audience: a, Quarter: in.Quarter, AsAt: in.AsAt, Results: results, Build: in.Build, Editorial: in.Editorial,
		Actions:     planned(ev.actions),
		Lineage:     ev.lineage,
		Quarantined: ev.keptOut,
		InDoubt:     ev.inDoubt,
		Late:        queries.LateIn(ev.late, in.Quarter),
		Meeting:     in.Partnership.MeetingOn(in.Quarter),
		NextRelease: in.Partnership.MeetingOn(in.Quarter.Shift(1)),
	}
	if previous != "" {
		s.Previous = audienceDir(filepath.Join(shelfOf(in.Partnership).root, "editions", previous), a)
	}
	oldest := in.Quarter.End.AddDate(0, -coverageMonths, 0)
	for _, r := range ev.returns {
		if r.Period.End.After(oldest) && !r.Period.End.After(in.Quarter.End) {
			s.Returns = append(s.Returns, r)
		}
	}
	return s
}

// Measure is the figures of some measures that each audience may see, without an edition, in
// the order of the partnership's audiences. What they are made from is measured with them. What
// earlier editions told is left aside, as are other measures: an edition may hide more, or less.
func Measure(ctx context.Context, in Input, measures []*queries.Measure) ([][]*queries.Result, error) {
	actions, err := queries.PlanActions(ctx, in.DB)
	if err != nil {
		return nil, err
	}
	ev, err := evaluate(ctx, in, slices.Concat(measures, alsoRead(in.Catalogue, measures, actions)))
	if err != nil {
		return nil, err
	}
	all, _, err := ev.results(in)
	for i := range all {
		all[i] = all[i][:len(measures)]
	}
	return all, err
}

// since rounds the time taken, for progress lines.
func since(t time.Time) time.Duration { return time.Since(t).Round(time.Millisecond) }
