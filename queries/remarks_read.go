package queries

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"wherry/config"
)

// MarkReturns gives each of the returns its Remarks: late or missing, or what is unusual
// about it against the sender's own history. db is the warehouse that they were read from.
// A return that is missing is not held to be one without rows; where counts came instead, it
// says so.
func MarkReturns(ctx context.Context, db DB, contracts []*config.Contract, returns []Return) error {
	counts, err := countsCame(ctx, db, contracts)
	if err != nil {
		return err
	}
	for i := range returns {
		r := &returns[i]
		r.Remarks = nil
		switch r.Status {
		case "missing":
			r.Remarks = []Remark{missing(*r, contracts, counts)}
		case "late":
			r.Remarks = []Remark{{Late, fmt.Sprintf("due %s, came %s", r.Due.Format("2 January"), r.Arrived.Format("2 January 2006")), "came after the day it was due, and is counted"}}
		}
	}
	for _, c := range contracts {
		if err := markOrphans(ctx, db, c, returns); err != nil {
			return fmt.Errorf("following the references of %s: %w", c.Feed, err)
		}
		if err := markFeed(ctx, db, c, returns); err != nil {
			return fmt.Errorf("judging the returns of %s: %w", c.Feed, err)
		}
	}
	return nil
}

func missing(r Return, contracts []*config.Contract, counts map[sentFor]time.Time) Remark {
	m := Remark{Missing, fmt.Sprintf("due %s, not supplied", r.Due.Format("2 January 2006")), "has not come; it is shown as not supplied, and never counted as nothing"}
	for _, c := range contracts {
		if _, came := counts[sentFor{r.Agency, c.Feed, r.Period.String()}]; came && c.InsteadOf == r.Feed {
			m.Detail += "; counts came instead, as " + c.Feed
			m.Says = "has not come, and counts came instead; what cannot be made from counts is shown as not supplied, and never counted as nothing"
		}
	}
	return m
}

func markFeed(ctx context.Context, db DB, c *config.Contract, returns []Return) error {
	columns := columnsToJudge(c)
	bySender, err := columns.read(ctx, db)
	if err != nil {
		return err
	}
	for i := range returns {
		r := &returns[i]
		if r.Feed != c.Feed || r.Arrived.IsZero() {
			continue
		}
		sent := bySender[r.Agency]
		at := slices.IndexFunc(sent, func(x returned) bool { return x.period == r.Period })
		if at > 0 {
			r.Remarks = slices.Concat(r.Remarks, columns.remarks(sent[at], sent[:at]))
		}
	}
	return nil
}

// feedColumns is a feed and which of its columns say whether a return is whole.
type feedColumns struct {
	feed     string
	day      string   // the column by which a row belongs to its period; "" for none
	months   bool     // which is no finer than a month
	parts    []string // areas and teams
	optional []string // may be blank, and say nothing that is yet to happen
}

// columnsToJudge leaves dates aside: what has not happened yet is rightly blank. It leaves
// columns aside that not every period has.
func columnsToJudge(c *config.Contract) feedColumns {
	f := feedColumns{feed: c.Feed, day: c.PeriodBy}
	for _, col := range c.Columns {
		if col.Since != "" || col.Until != "" {
			continue
		}
		name := col.Kept()
		if name == c.PeriodBy {
			f.months = col.Degrade == "month"
		}
		switch {
		case col.Type == "code" && slices.Contains([]string{"district", "lgr_unit", "agency", "marac_agency"}, col.Codes),
			col.Type == "text" && strings.HasSuffix(name, "_team_code"):
			f.parts = append(f.parts, name)
		}
		if dated := col.Type == "date" || col.Type == "timestamp"; !col.Required && !dated {
			f.optional = append(f.optional, name)
		}
	}
	return f
}

// read is what each sender's current returns of the feed hold, oldest first.
func (f feedColumns) read(ctx context.Context, db DB) (map[string][]returned, error) {
	byID, all := map[string]*returned{}, map[string][]*returned{}
	if err := f.readCounts(ctx, db, byID, all); err != nil {
		return nil, err
	}
	if err := f.readDays(ctx, db, byID); err != nil {
		return nil, err
	}
	if err := f.readParts(ctx, db, byID); err != nil {
		return nil, err
	}
	sent := map[string][]returned{}
	for agency, rs := range all {
		for _, r := range rs {
			sent[agency] = append(sent[agency], *r)
		}
		sortReturned(sent[agency])
	}
	return sent, nil
}

// from is the rows of the feed's current deliveries.
func (f feedColumns) from() string {
	return " from ledger.current as d join landing." + identifier(f.feed) + " as v on v.delivery_id = d.delivery_id where d.feed = " + literal(f.feed)
}

func (f feedColumns) readCounts(ctx context.Context, db DB, byID map[string]*returned, all map[string][]*returned) error {
	var filled strings.Builder
	for _, c := range f.optional {
		filled.WriteString(", count(v." + identifier(c) + ")")
	}
	rows, err := db.QueryContext(ctx, `select d.delivery_id, any_value(d.agency), any_value(d.period), any_value(d.accepted), any_value(d.quarantined)`+filled.String()+`
from ledger.current as d left join landing.`+identifier(f.feed)+` as v on v.delivery_id = d.delivery_id where d.feed = `+literal(f.feed)+` group by d.delivery_id`)
	if err != nil {
		return err
	}
	return eachRow(rows, func() error {
		var id, agency, period string
		var quarantined int64
		r := &returned{filled: map[string]int64{}, parts: map[string]int64{}}
		counts := make([]int64, len(f.optional))
		into := []any{&id, &agency, &period, &r.kept, &quarantined}
		for i := range counts {
			into = append(into, &counts[i])
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		var err error
		if r.period, err = config.ParsePeriod(period); err != nil {
			return err
		}
		r.sent = r.kept + quarantined
		for i, c := range f.optional {
			r.filled[c] = counts[i]
		}
		byID[id], all[agency] = r, append(all[agency], r)
		return nil
	})
}

func (f feedColumns) readDays(ctx context.Context, db DB, byID map[string]*returned) error {
	if f.day == "" {
		return nil
	}
	rows, err := db.QueryContext(ctx, "select distinct d.delivery_id, v."+identifier(f.day)+"::date as day"+f.from()+" and v."+identifier(f.day)+" is not null and v."+identifier(f.day)+" >= d.period_start order by day")
	if err != nil {
		return err
	}
	return eachRow(rows, func() error {
		var id string
		var day time.Time
		if err := rows.Scan(&id, &day); err != nil {
			return err
		}
		byID[id].days = append(byID[id].days, day)
		return nil
	})
}

func (f feedColumns) readParts(ctx context.Context, db DB, byID map[string]*returned) error {
	for _, column := range f.parts {
		if err := f.readPart(ctx, db, column, byID); err != nil {
			return err
		}
	}
	return nil
}

func (f feedColumns) readPart(ctx context.Context, db DB, column string, byID map[string]*returned) error {
	name := "v." + identifier(column)
	rows, err := db.QueryContext(ctx, "select d.delivery_id, "+name+", count(*)"+f.from()+" and "+name+" is not null group by all")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, value string
		var n int64
		if err := rows.Scan(&id, &value, &n); err != nil {
			return err
		}
		byID[id].parts[column+"\x00"+value] = n
	}
	return rows.Err()
}

// eachRow calls take for each of the rows, which it closes.
func eachRow(rows *sql.Rows, take func() error) error {
	defer rows.Close()
	for rows.Next() {
		if err := take(); err != nil {
			return err
		}
	}
	return rows.Err()
}
