package publish

import (
	"context"
	"fmt"
	"path/filepath"
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
	keptOut []queries.KeptOut
}

// evaluate asks the database everything an edition needs.
func evaluate(ctx context.Context, in Input, measures []*queries.Measure) (evaluation, error) {
	ev := evaluation{cells: make([]*queries.Cells, len(measures))}
	var err error
	if ev.returns, err = queries.Returns(ctx, in.DB); err != nil {
		return ev, err
	}
	if ev.keptOut, err = queries.KeptOutSince(ctx, in.DB, in.Quarter.Start); err != nil {
		return ev, err
	}
	first, err := config.ParsePeriod(in.Partnership.FirstPeriod)
	if err != nil {
		return ev, fmt.Errorf("first_period: %w", err)
	}
	span := queries.Span{AsAt: in.AsAt, First: first, Quarter: in.Quarter, Areas: in.Partnership.Areas, Starts: map[string]time.Time{}}
	for _, c := range in.Partnership.Contracts {
		if periods := c.Periods(in.AsAt); len(periods) > 0 {
			span.Starts[c.Feed] = periods[0].Start
		}
	}
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(2)
	for i, m := range measures {
		work.Go(func() error {
			ctx, cancel := context.WithTimeout(ctx, in.Partnership.Limits.Query)
			defer cancel()
			cells, err := queries.Evaluate(ctx, in.DB, m, span)
			ev.cells[i] = cells
			return err
		})
	}
	return ev, work.Wait()
}

// results are the figures and readings that each audience may see, in the order of the
// partnership's audiences.
func (ev evaluation) results(in Input) ([][]*queries.Result, error) {
	supplied := ev.supplied()
	all, err := queries.PublishAll(ev.cells, in.Partnership.Audiences, supplied)
	if err != nil {
		return nil, err
	}
	for _, results := range all {
		for _, r := range results {
			got, want := supplied(r.Measure, in.Quarter)
			r.Reading = queries.Read(r, in.Quarter, in.Partnership.Area, got, want)
		}
	}
	finest := finest(in.Partnership.Audiences)
	for i, a := range in.Partnership.Audiences {
		for j, r := range all[i] {
			r.Agree(all[finest][j], a.RoundTo)
		}
	}
	return all, nil
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
// on, whatever came of the others.
func (ev evaluation) supplied() queries.Supplied {
	byFeed := map[string][]queries.Return{}
	for _, r := range ev.returns {
		byFeed[r.Feed] = append(byFeed[r.Feed], r)
	}
	return func(m *queries.Measure, period config.Period) (got, want int) {
		absent := false
		for _, feed := range m.Feeds {
			came, owed := arrived(byFeed[feed], period)
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
	for _, k := range ev.keptOut {
		s.Quarantined = append(s.Quarantined, dashboards.Quarantined(k))
	}
	return s
}

// Measure is the figures of some measures that each audience may see, without an edition, in
// the order of the partnership's audiences.
func Measure(ctx context.Context, in Input, measures []*queries.Measure) ([][]*queries.Result, error) {
	ev, err := evaluate(ctx, in, measures)
	if err != nil {
		return nil, err
	}
	return ev.results(in)
}

// since rounds the time taken, for progress lines.
func since(t time.Time) time.Duration { return time.Since(t).Round(time.Millisecond) }
