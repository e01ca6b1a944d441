package giveback

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"wherry/config"
	"wherry/pipelines/intake"
	"wherry/pipelines/warehouse"
	"wherry/queries"
)

// Input is what a give-back is made from.
type Input struct {
	Partnership *config.Partnership
	Measures    []*queries.Measure
	Deliveries  []*warehouse.Delivery
	Refused     []intake.Outcome // of every agency
	Returns     []queries.Return // of every agency, with their remarks
	Late        []queries.LateRows
	DB          queries.DB
	AsAt        time.Time
	Edition     string // that is published, "" for none
}

// facts is all that an agency is told.
type facts struct {
	Agency, Partnership   string
	AsAt                  time.Time
	Quarter               config.Period
	Contact               config.Contact
	Files, Accepted, Kept int64 // current files, rows loaded, rows kept out
	Refused               []refused
	Top                   []reason // the most rows first
	Waiting               []waiting
	Returns               []returned
	Late                  []late
	Next                  []next
	Filled                []filled
	Trend                 []trend
	Uses                  []use
	Edition               string
}

// refused is a file that was not loaded at all.
type refused struct{ File, Why, ToDo string }

// reason is one rule of one feed, with the rows that it holds back.
type reason struct {
	Feed, Column, Rule, ToDo string
	Rows, Files              int64
}

// waiting is a reason for which a row of a file is kept out.
type waiting struct {
	File, Feed, Column, Rule, ToDo string
	Line                           int64
}

// returned is a return of the quarter and what came of it.
type returned struct {
	Feed, Period, Due, Came, Status string
	Rows                            int64
}

// late is rows that came with a return of the quarter and belong to an earlier period.
type late struct {
	Feed, Period, With string
	Rows, Before       int64 // that came; of them, received before
}

// next is the return that is owed next of a feed.
type next struct {
	Feed, Period string
	Due          time.Time
}

// filled is a column's share of rows with a value, in the quarter and in the one before.
type filled struct {
	Feed, Column string
	Now, Then    float64 // percentages
}

// trend is the rows kept out of a feed's returns for the quarter and for the one before.
type trend struct {
	Feed      string
	Now, Then int64
	Word      string // fewer, more or as many
}

// use is a measure that reads a feed of the agency.
type use struct{ Feed, ID, Title string }

// mostTop is how many reasons a page leads with.
const mostTop = 5

func gather(ctx context.Context, in Input, agency config.Agency) (*facts, error) {
	p := in.Partnership
	f := &facts{Agency: agency.Name, Partnership: p.Name, AsAt: in.AsAt, Quarter: p.LatestQuarter(in.AsAt), Contact: p.Contact, Edition: in.Edition}
	for _, o := range in.Refused {
		if o.Agency == agency.ID {
			f.Refused = append(f.Refused, refused{o.Extract(), "It " + o.Message + ".", sentence(o.Hint)})
		}
	}
	f.rows(p, agency.ID, in.Deliveries)
	f.trends(p, agency.ID, in.Deliveries)
	f.returns(p, agency.ID, in.Returns)
	f.late(p, agency.ID, in.Late)
	f.next(p, agency.ID)
	f.uses(p, agency.ID, in.Measures)
	all, err := queries.Completeness(ctx, in.DB, p.Contracts, agency.ID, f.Quarter)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if now, then, ok := c.Share(); ok {
			f.Filled = append(f.Filled, filled{title(p, c.Feed), c.Column, now, then})
		}
	}
	slices.SortStableFunc(f.Filled, func(a, b filled) int { return cmp.Compare(a.Now-a.Then, b.Now-b.Then) })
	return f, nil
}

// rows takes down every row in quarantine of a current delivery, and the reasons by the rows
// that they hold back.
func (f *facts) rows(p *config.Partnership, agency string, deliveries []*warehouse.Delivery) {
	counts := map[[3]string]*reason{}
	for _, d := range warehouse.Current(deliveries) {
		if d.Agency != agency {
			continue
		}
		f.Files, f.Accepted, f.Kept = f.Files+1, f.Accepted+d.Accepted, f.Kept+d.Quarantined
		c, ok := p.Contract(d.Feed)
		if !ok {
			continue
		}
		here := map[[3]string]bool{}
		for _, r := range d.Reasons {
			key := [3]string{d.Feed, r.Rule, r.Column}
			if counts[key] == nil {
				counts[key] = &reason{Feed: c.Title, Column: wholeRow(r.Column), Rule: r.Rule, ToDo: intake.Advice(c, r)}
			}
			counts[key].Rows++
			if !here[key] {
				here[key] = true
				counts[key].Files++
			}
			f.Waiting = append(f.Waiting, waiting{d.Extract, c.Title, wholeRow(r.Column), r.Rule, intake.Advice(c, r), r.Line})
		}
	}
	for _, r := range counts {
		f.Top = append(f.Top, *r)
	}
	slices.SortFunc(f.Top, func(a, b reason) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Feed, b.Feed), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Column, b.Column))
	})
	f.Top = f.Top[:min(mostTop, len(f.Top))]
}

func wholeRow(column string) string { return cmp.Or(column, "the whole row") }

func (f *facts) trends(p *config.Partnership, agency string, deliveries []*warehouse.Delivery) {
	for _, c := range p.Contracts {
		t, any := trend{Feed: c.Title}, false
		for _, d := range warehouse.Current(deliveries) {
			period, err := config.ParsePeriod(d.Period)
			if err != nil || d.Agency != agency || d.Feed != c.Feed {
				continue
			}
			switch {
			case f.Quarter.Holds(period.Start):
				t.Now, any = t.Now+d.Quarantined, true
			case f.Quarter.Shift(-1).Holds(period.Start):
				t.Then, any = t.Then+d.Quarantined, true
			}
		}
		if any {
			t.Word = [3]string{"fewer", "as many", "more"}[1+cmp.Compare(t.Now, t.Then)]
			f.Trend = append(f.Trend, t)
		}
	}
}

func (f *facts) returns(p *config.Partnership, agency string, returns []queries.Return) {
	for _, r := range returns {
		if r.Agency != agency || !f.Quarter.Holds(r.Period.Start) {
			continue
		}
		row := returned{Feed: title(p, r.Feed), Period: r.Period.Title(), Due: r.Due.Format(longDay), Came: "not yet", Rows: r.Rows + r.Quarantined,
			Status: map[string]string{"on_time": "On time", "late": "Late", "missing": "Missing", "not_due": "Not yet due"}[r.Status]}
		if !r.Arrived.IsZero() {
			row.Came = r.Arrived.Format(longDay)
		}
		for _, m := range r.Remarks {
			if m.Kind != queries.Late && m.Kind != queries.Missing {
				row.Status += fmt.Sprintf("; %s: %s", m.Kind.Words(), m.Detail)
			}
		}
		f.Returns = append(f.Returns, row)
	}
}

func (f *facts) late(p *config.Partnership, agency string, all []queries.LateRows) {
	for _, l := range all {
		if l.Agency == agency && f.Quarter.Holds(l.With.Start) {
			f.Late = append(f.Late, late{title(p, l.Feed), l.Period.Title(), l.With.Title(), l.Rows, l.Received})
		}
	}
}

func (f *facts) next(p *config.Partnership, agency string) {
	for _, c := range p.Contracts {
		if periods := c.Periods(f.AsAt); c.Sends(agency) && len(periods) > 0 {
			period := periods[len(periods)-1].Shift(1)
			f.Next = append(f.Next, next{c.Title, period.Title(), p.DueOn(c, period)})
		}
	}
	slices.SortStableFunc(f.Next, func(a, b next) int { return a.Due.Compare(b.Due) })
}

func (f *facts) uses(p *config.Partnership, agency string, measures []*queries.Measure) {
	for _, c := range p.Contracts {
		for _, m := range measures {
			if c.Sends(agency) && slices.Contains(m.Feeds, c.Feed) {
				f.Uses = append(f.Uses, use{c.Title, m.ID, m.Title})
			}
		}
	}
}

func title(p *config.Partnership, feed string) string {
	if c, ok := p.Contract(feed); ok {
		return c.Title
	}
	return feed
}
