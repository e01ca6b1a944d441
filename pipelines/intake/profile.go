package intake

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"wherry/config"
	"wherry/pipelines/screen"
)

// Profile is what a file that an agency might send shows of itself. Its values are for
// guessing at a contract in memory only: whoever writes one of them out must know that it
// says nothing of a person.
type Profile struct {
	Format, Encoding, Delimiter string
	Rows                        int64
	Columns                     []ProfiledColumn

	conn *sql.Conn
}

// ProfiledColumn is one column of a Profile. Counts are of rows with a value in it.
type ProfiledColumn struct {
	Header           string
	Personal         string // kind of personal data that its header or values show, "" for none
	Filled, Distinct int64
	Longest          int64            // characters
	Reads            map[string]int64 // way of reading it -> rows that can be read so; see readings. Of a sample: "identifier"
	First, Last      map[string]string
	Values           []ValueCount // at most mostValues, the most frequent first; nil where there are more
}

// ValueCount is a value and on how many rows it stands.
type ValueCount struct {
	Value string
	Rows  int64
}

const (
	mostValues   = 60
	mostProfiled = 200_000 // rows
)

// readings are ways in which text can be read; a date or timestamp names its strptime form.
var readings = []struct{ name, when, day string }{
	{"pseudonym", "regexp_full_match(v, '" + config.PseudonymForm(nil) + "')", ""},
	{"date", "length(v) = 10 and try_cast(v as date) is not null", "try_cast(v as date)"},
	{"date %d/%m/%Y", "try_strptime(v, '%d/%m/%Y') is not null", "try_strptime(v, '%d/%m/%Y')"},
	{"date %d-%m-%Y", "try_strptime(v, '%d-%m-%Y') is not null", "try_strptime(v, '%d-%m-%Y')"},
	{"date %d.%m.%Y", "try_strptime(v, '%d.%m.%Y') is not null", "try_strptime(v, '%d.%m.%Y')"},
	{"date %d %b %Y", "try_strptime(v, '%d %b %Y') is not null", "try_strptime(v, '%d %b %Y')"},
	{"date %d-%b-%Y", "try_strptime(v, '%d-%b-%Y') is not null", "try_strptime(v, '%d-%b-%Y')"},
	{"timestamp", "length(v) between 16 and 26 and try_cast(v as timestamp) is not null and regexp_matches(v, '^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:.]+$')", "try_cast(v as timestamp)"},
	{"timestamp %d/%m/%Y %H:%M", "try_strptime(v, '%d/%m/%Y %H:%M') is not null", "try_strptime(v, '%d/%m/%Y %H:%M')"},
	{"timestamp %d/%m/%Y %H:%M:%S", "try_strptime(v, '%d/%m/%Y %H:%M:%S') is not null", "try_strptime(v, '%d/%m/%Y %H:%M:%S')"},
	{"serial", "try_cast(v as double) between 25569 and 73050", ""},
	{"integer", "regexp_full_match(v, '-?[0-9]{1,15}')", ""},
	{"natural", "regexp_full_match(v, '[0-9]{1,15}')", ""},
	{"decimal", "regexp_full_match(v, '-?[0-9]+(\\.[0-9]+)?')", ""},
	{"long number", "regexp_full_match(v, '[0-9]{5,}')", ""},
	{"list", "contains(v, '|')", ""},
	{"small area", "regexp_full_match(v, '[EW]0[12][0-9]{6}')", ""},
	{"part of a postcode", "regexp_full_match(upper(v), '[A-Z]{1,2}[0-9][0-9A-Z]?( ?[0-9])?')", ""},
}

// ProfileFile reads a file as if an agency had sent it, without a contract to hold it against,
// and calls use with what it shows. start is the first day of the period it is for. A file that
// cannot be read gives an error that wraps the Refusal.
func ProfileFile(ctx context.Context, db *sql.DB, path string, limits config.Limits, start time.Time, use func(*Profile) error) (err error) {
	scratch, err := os.MkdirTemp("", "wherry-sample-")
	if err != nil {
		return fmt.Errorf("making a folder to work in: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("reading the sample: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	e, err := uncontracted(ctx, conn, path, scratch)
	if err != nil {
		return fmt.Errorf("the sample %w", err)
	}
	src, err := readSource(ctx, conn, e, scratch, limits)
	if err != nil {
		return fmt.Errorf("the sample %w", err)
	}
	if src.form == "tidy" {
		if err := src.tidy(scratch); err != nil {
			return fmt.Errorf("the sample %w", err)
		}
	}
	p := &Profile{Format: e.format, Encoding: e.contract.File.Encoding, Delimiter: e.contract.File.Delimiter, conn: conn}
	if err := p.take(ctx, src, start); err != nil {
		return fmt.Errorf("reading the sample: %w", err)
	}
	return use(p)
}

// take reads the rows, and what each column shows.
func (p *Profile) take(ctx context.Context, src *source, start time.Time) error {
	var trimmed []string
	for i, at := range src.layout.at {
		trimmed = append(trimmed, fmt.Sprintf(`nullif(trim("c %d"), '') as "s %d"`, at, i))
	}
	if _, err := p.conn.ExecContext(ctx, fmt.Sprintf("create or replace temp table sampled as select %s from %s limit %d",
		strings.Join(trimmed, ", "), batch{src}.relation(), mostProfiled)); err != nil {
		return hushed(err)
	}
	if err := p.conn.QueryRowContext(ctx, "select count(*) from sampled").Scan(&p.Rows); err != nil {
		return err
	}
	for i, c := range src.layout.columns {
		column, err := p.column(ctx, i, start)
		if err != nil {
			return hushed(err)
		}
		column.Header = c.Name
		if kind := screen.Header(c.Name); kind != "" {
			column.Personal = screen.Of(nil).Title(kind)
		}
		p.Columns = append(p.Columns, column)
	}
	return nil
}

func (p *Profile) column(ctx context.Context, i int, start time.Time) (ProfiledColumn, error) {
	c := ProfiledColumn{Reads: map[string]int64{}, First: map[string]string{}, Last: map[string]string{}}
	from := fmt.Sprintf(` from (select "s %d" as v from sampled where "s %d" is not null)`, i, i)
	query := "select count(*), count(distinct v), coalesce(max(length(v)), 0)"
	into := []any{&c.Filled, &c.Distinct, &c.Longest}
	counts, days := make([]int64, len(readings)), make([][2]sql.NullString, len(readings))
	for j, r := range readings {
		query += ", count(*) filter (where " + r.when + ")"
		into = append(into, &counts[j])
		if r.day != "" {
			query += fmt.Sprintf(", strftime(min(%[1]s), '%%Y-%%m-%%d'), strftime(max(%[1]s), '%%Y-%%m-%%d')", r.day)
			into = append(into, &days[j][0], &days[j][1])
		}
	}
	if err := p.conn.QueryRowContext(ctx, query+from).Scan(into...); err != nil {
		return c, err
	}
	for j, r := range readings {
		c.Reads[r.name], c.First[r.name], c.Last[r.name] = counts[j], days[j][0].String, days[j][1].String
	}
	if !c.All("pseudonym") {
		some, err := p.values(ctx, "select v, count(*) from (select v"+from+" using sample reservoir(5000 rows) repeatable (1)) group by v")
		if err != nil {
			return c, err
		}
		held := screen.Of(nil).NewColumn(screen.About{Start: start, Keyed: true})
		for _, v := range some {
			held.Add(v.Value, v.Rows)
			if screen.Of(nil).Find(v.Value, nil) != "" {
				c.Reads["identifier"] += v.Rows
			}
		}
		if found := held.Finding(); found != nil {
			c.Personal = found.Title
		}
	}
	if c.Distinct > mostValues {
		return c, nil
	}
	var err error
	c.Values, err = p.values(ctx, "select v, count(*) as n"+from+" group by v order by n desc, v")
	return c, err
}

func (p *Profile) values(ctx context.Context, query string) ([]ValueCount, error) {
	rows, err := p.conn.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var values []ValueCount
	for rows.Next() {
		var v ValueCount
		if err := rows.Scan(&v.Value, &v.Rows); err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	return values, rows.Err()
}

// All says whether every row that has a value can be read so, and there is one.
func (c ProfiledColumn) All(reading string) bool { return c.Filled > 0 && c.Reads[reading] == c.Filled }

// Unique says whether the columns at these places together are different on every row.
func (p *Profile) Unique(ctx context.Context, places ...int) (bool, error) {
	names := make([]string, len(places))
	for i, at := range places {
		names[i] = fmt.Sprintf(`"s %d"`, at)
	}
	var most int64
	err := p.conn.QueryRowContext(ctx, fmt.Sprintf("select coalesce(max(n), 0) from (select count(*) as n from sampled group by %s)", strings.Join(names, ", "))).Scan(&most)
	if err != nil {
		return false, fmt.Errorf("looking for a key: %w", hushed(err))
	}
	return most == 1, nil
}

// uncontracted is a file as an extract whose contract asks for every column of its header.
func uncontracted(ctx context.Context, conn *sql.Conn, path, scratch string) (*extract, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	e := &extract{agency: "sample", name: filepath.Base(path), path: absolute, plain: absolute, contract: &config.Contract{Feed: "sample"},
		format: strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))}
	if strings.ContainsAny(absolute, "*?[]{}") {
		e.plain = filepath.Join(scratch, "sample."+e.format)
		if err := os.Symlink(absolute, e.plain); err != nil {
			return nil, err
		}
	}
	header, err := bareHeader(ctx, conn, e, scratch)
	if err != nil {
		return nil, err
	}
	for len(header) > 0 && normal(header[len(header)-1]) == "" {
		header = header[:len(header)-1]
	}
	for i, name := range header {
		if normal(name) == "" {
			return nil, refuse("unreadable_header", "give every column a header", "has no header over column %d", i+1)
		}
		if looksLikeValue(name) {
			return nil, refuse("unreadable_header", "put the names of the columns in the first line", "has what looks like a value, not a name, at the head of column %d", i+1)
		}
		e.contract.Columns = append(e.contract.Columns, config.Column{Name: strings.Trim(name, " \t\u00a0\ufeff\""), Type: "text"})
	}
	if len(header) == 0 {
		return nil, refuse("empty_file", "give a file with a header and some rows", "is empty")
	}
	return e, nil
}
