package intake

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"wherry/config"
	"wherry/pipelines/screen"
	"wherry/pipelines/warehouse"
)

// mostJudged is how many values of one column the screen looks at, of all files of a batch
// together: every one of most columns, and a sample of the rest.
const mostJudged = 100_000

// refuseColumn is the refusal of a file in which a column holds personal data. It gives the
// number of the column and how many values are meant, and none of them.
func refuseColumn(name string, place int, f *screen.Finding) *Refusal {
	r := refuse("personal_data", "delete the file from the inbox, take the column out at the agency and send it again",
		"has %s in the column %s (%d of %d values); nothing of it was loaded", f.Title, name, f.Count, f.Of)
	if place < 0 {
		r.Column = name
	}
	return r
}

// find puts a finding down against a file, unless there is one already.
func (s *stage) find(file int, r *Refusal) {
	if s.results[file].refusal == nil {
		s.results[file].refusal = r
	}
}

// gather gives each distinct text of a query to take: file number, text, times.
func (s *stage) gather(ctx context.Context, query string, take func(file int, value string, n int64)) error {
	rows, err := s.conn.QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("screening columns: %w", hushed(err))
	}
	defer rows.Close()
	for rows.Next() {
		var f int
		var v string
		var n int64
		if err := rows.Scan(&f, &v, &n); err != nil {
			return fmt.Errorf("screening columns: %w", err)
		}
		take(f, v, n)
	}
	return rows.Err()
}

// columns is a column of each file of the batch, made when it is first asked for.
func (s *stage) columns(about screen.About) func(file int) *screen.Column {
	made := make([]*screen.Column, len(s.batch))
	return func(file int) *screen.Column {
		if made[file] == nil {
			about.Start = s.batch[file].period.Start
			if about.Rows > 0 {
				about.Rows = s.batch[file].rows
			}
			made[file] = s.plan.screen.NewColumn(about)
		}
		return made[file]
	}
}

// screenExtras looks into columns that the contract does not have; they are never loaded,
// and where they hold personal data the file goes back.
func (s *stage) screenExtras(ctx context.Context) error {
	for _, place := range s.batch[0].layout.extra {
		at := s.columns(screen.About{})
		query := fmt.Sprintf(`select "file no", v, count(*) from (
select "file no", trim(%[1]s) as v from %[2]s where trim(%[1]s) <> '' using sample reservoir(%[3]d rows) repeatable (1)) group by all`,
			fmt.Sprintf(`"c %d"`, place), s.batch.relation(), mostJudged)
		if err := s.gather(ctx, query, func(f int, v string, n int64) { at(f).Add(v, n) }); err != nil {
			return err
		}
		for f, src := range s.batch {
			found := at(f).Finding()
			switch {
			case at(f).Empty():
			case normal(src.layout.names[place]) == "":
				s.find(f, refuse("personal_data", "give every column a header, or take the column out", "has values in a column without a header"))
			case found != nil:
				s.find(f, refuseColumn(fmt.Sprintf("number %d, which the contract does not have", place+1), place, found))
			}
		}
	}
	return nil
}

// screenColumns judges the columns of the contract, each as a whole.
func (s *stage) screenColumns(ctx context.Context) error {
	for _, c := range s.plan.layout.columns {
		var err error
		switch {
		case c.Type == "text", c.Type == "list" && c.Codes == "" && len(c.Values) == 0:
			err = s.screenText(ctx, c)
		case c.Type == "integer":
			err = s.screenIntegers(ctx, c)
		case c.Type == "pseudonym":
			err = s.screenPseudonyms(ctx, c)
		}
		if err != nil {
			return err
		}
	}
	if err := s.screenUnfit(ctx); err != nil {
		return err
	}
	return s.screenDates(ctx)
}

// keyed says whether the values of a column may all differ: it is in the key, or its name
// says that it is one.
func (s *stage) keyed(c config.Column) bool {
	return slices.Contains(s.plan.contract.Key, c.Kept()) || strings.HasSuffix(c.Name, "_key") || strings.HasSuffix(c.Name, "_id")
}

// screenText judges a column of text, and keeps the rows of a few stray values out.
func (s *stage) screenText(ctx context.Context, c config.Column) error {
	value := warehouse.Ident(c.Kept())
	if c.Type == "list" {
		value = "unnest(" + value + ")"
	}
	at := s.columns(screen.About{Allowed: c.Allowed(), Named: true, Keyed: s.keyed(c)})
	query := fmt.Sprintf(`select "file no", v, count(*) from (select "file no", %s as v from checked) where v is not null and v <> '' group by all limit %d`, value, mostJudged)
	if err := s.gather(ctx, query, func(f int, v string, n int64) { at(f).Add(v, n) }); err != nil {
		return err
	}
	for f := range s.batch {
		if found := at(f).Finding(); found != nil {
			s.find(f, refuseColumn(c.Name, -1, found))
		} else if strays := at(f).Strays(); len(strays) > 0 {
			if err := s.keepOut(ctx, f, c, strays); err != nil {
				return err
			}
		}
	}
	return nil
}

// keepOut marks the rows of a file in which a column has one of some values.
func (s *stage) keepOut(ctx context.Context, file int, c config.Column, values []string) error {
	if s.written != "" {
		return errAtFault
	}
	number := slices.Index(s.plan.reasons, reason{"identifier", c.Name})
	has := warehouse.Ident(c.Kept()) + " in "
	if c.Type == "list" {
		has = "list_has_any(" + warehouse.Ident(c.Kept()) + ", "
	}
	listed := warehouse.List(values)
	if c.Type == "list" {
		listed += ")"
	}
	return s.exec(ctx, fmt.Sprintf(`update staged set "stray" = %d where "file no" = %d and %s%s
and ("rules broken" is null or not list_contains("rules broken", %d))`, number, file, has, listed, number))
}

// screenIntegers finds whole numbers that are nearly all different: a record's own number.
func (s *stage) screenIntegers(ctx context.Context, c config.Column) error {
	if s.keyed(c) || c.Max != nil || c.Allows(screen.NearUnique) {
		return nil
	}
	value := warehouse.Ident(c.Kept())
	at := s.columns(screen.About{Allowed: c.Allowed(), Named: true})
	query := fmt.Sprintf(`select "file no", v::varchar, n from (select "file no", %[1]s as v, count(*) as n from checked where %[1]s is not null group by all limit %[2]d)`, value, mostJudged)
	if err := s.gather(ctx, query, func(f int, v string, n int64) { at(f).Add(v, n) }); err != nil {
		return err
	}
	for f := range s.batch {
		if found := at(f).Finding(); found != nil {
			s.find(f, refuseColumn(c.Name, -1, found))
		}
	}
	return nil
}

// screenPseudonyms looks for pseudonyms that were made without a key, among all of a column or,
// of many, among about mostJudged that stand anywhere in it.
func (s *stage) screenPseudonyms(ctx context.Context, c config.Column) error {
	unkeyed, seen := make([]int64, len(s.batch)), make([]int64, len(s.batch))
	value := warehouse.Ident(c.Kept())
	var of int64
	if err := s.conn.QueryRowContext(ctx, "select count("+value+`) from checked where "rules broken" is null`).Scan(&of); err != nil {
		return fmt.Errorf("screening columns: %w", hushed(err))
	}
	query := fmt.Sprintf(`select "file no", %[1]s, 1::bigint from checked where case when hash("place") %% %[3]d = 0 then regexp_full_match(%[1]s, %[2]s) end`,
		value, warehouse.Text(config.PseudonymForm(nil)), max(of/mostJudged, 1))
	err := s.gather(ctx, query, func(f int, v string, n int64) {
		seen[f] += n
		if s.plan.screen.Unkeyed(v) {
			unkeyed[f] += n
		}
	})
	for f, n := range unkeyed {
		if n > 0 {
			s.find(f, refuseColumn(c.Name, -1, s.plan.screen.Found(screen.UnkeyedHash, n, seen[f])))
		}
	}
	return err
}

// mostRaw is how many values that are no pseudonyms may stand where pseudonyms should.
const mostRaw = 10

// screenUnfit judges what was sent in columns whose type it does not have.
func (s *stage) screenUnfit(ctx context.Context) error {
	columns := s.plan.contract.Columns
	at, raw := make([]func(int) *screen.Column, len(columns)), make([][]int64, len(columns))
	for i, c := range columns {
		at[i] = s.columns(screen.About{Allowed: c.Allowed(), Named: true, Rows: 1})
		raw[i] = make([]int64, len(s.batch))
	}
	query := fmt.Sprintf(`select "file no", u.at || ':' || u.sent, count(*) from (
select "file no", unnest("unfit") as u from checked where "unfit" is not null) where u.sent is not null group by all limit %d`, mostJudged)
	if err := s.gather(ctx, query, func(f int, v string, n int64) {
		place, sent, _ := strings.Cut(v, ":")
		if i, err := strconv.Atoi(place); err == nil {
			at[i](f).Add(sent, n)
			raw[i][f] += n
		}
	}); err != nil {
		return err
	}
	for i, c := range columns {
		for f, src := range s.batch {
			n := raw[i][f]
			if n == 0 {
				continue
			}
			if found := at[i](f).Finding(); found != nil {
				s.find(f, refuseColumn(c.Name, -1, found))
			} else if c.Type == "pseudonym" && n >= mostRaw && 2*n >= src.rows {
				s.find(f, refuseColumn(c.Name, -1, s.plan.screen.Found(screen.RawKey, n, src.rows)))
			}
		}
	}
	return nil
}

// screenDates finds columns of dates that are of births: a fifth of them, and five, lie
// more than five years before the reporting period.
func (s *stage) screenDates(ctx context.Context) error {
	five := daysOf(s.periods, func(p config.Period) time.Time { return p.Start.AddDate(-5, 0, 0) })
	var parts []string
	for i, c := range s.plan.layout.columns {
		if (c.Type == "date" || c.Type == "timestamp") && !c.Allows(screen.DateOfBirth) {
			parts = append(parts, fmt.Sprintf(`select "file no", '%d:' || count(%[2]s), count(*) filter (%[2]s < %[3]s) from checked group by "file no"`,
				i, warehouse.Ident(c.Kept()), five))
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return s.gather(ctx, strings.Join(parts, "\nunion all "), func(f int, v string, old int64) {
		place, all, _ := strings.Cut(v, ":")
		of, _ := strconv.ParseInt(all, 10, 64)
		if i, err := strconv.Atoi(place); err == nil && old >= 5 && 5*old >= of {
			s.find(f, refuseColumn(s.plan.layout.columns[i].Name, -1, s.plan.screen.Found(screen.DateOfBirth, old, of)))
		}
	})
}
