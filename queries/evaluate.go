package queries

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
)

// Evaluate counts a measure over a span. Its SELECT passes the gate first; the error is
// config.Problems where it does not. One generated statement groups the measure's rows to
// months, districts and categories; the rest is sums of its small answer.
//
// Rows without at, or outside the span, are not counted; rows younger than the measure's
// matures at the as-at date are neither yes nor no. A row with no met, or a duration with no
// days or ended, is an error: a measure must say.
func Evaluate(ctx context.Context, db DB, m *Measure, span Span) (*Cells, error) {
	if err := Check(ctx, db, m).Err(); err != nil {
		return nil, err
	}
	return evaluate(ctx, db, m, span.planFor(m))
}

func evaluate(ctx context.Context, db DB, m *Measure, p plan) (*Cells, error) {
	columns, err := columnsOf(ctx, db, m.SQL)
	if err != nil {
		return nil, fmt.Errorf("reading the columns of %s: %w", m.ID, err)
	}
	c := newCells(m, p, hasDistrict(columns))
	statement := c.statement()
	tree, err := parseSQL(ctx, db, statement)
	if err != nil {
		return nil, fmt.Errorf("evaluating %s: %w", m.ID, err)
	}
	if tree.Error || len(tree.Statements) != 1 {
		return nil, fmt.Errorf("evaluating %s: its SELECT cannot stand inside another: %s", m.ID, tree.Message)
	}
	rows, err := db.QueryContext(ctx, statement)
	if err != nil {
		return nil, fmt.Errorf("evaluating %s: %w", m.ID, withoutValues(err))
	}
	defer rows.Close()
	if err := c.read(rows); err != nil {
		return nil, fmt.Errorf("evaluating %s: %w", m.ID, err)
	}
	if m.Kind == Rate {
		if err := c.readPopulation(ctx, db); err != nil {
			return nil, fmt.Errorf("reading the population of %s: %w", m.ID, err)
		}
	}
	return c, nil
}

// withoutValues keeps the kind of a database error and drops the rest: conversion errors
// quote the value they could not read.
func withoutValues(err error) error {
	kind, _, found := strings.Cut(err.Error(), ":")
	if !found || len(kind) > 40 {
		kind = "error"
	}
	switch {
	case strings.Contains(kind, "Conversion"), strings.Contains(kind, "Invalid Input"), strings.Contains(kind, "Out of Range"):
		return fmt.Errorf("%s: a value cannot be read as the type asked for", strings.ToLower(kind))
	case strings.Contains(kind, "Binder"), strings.Contains(kind, "Catalog"), strings.Contains(kind, "Parser"):
		return err
	}
	return fmt.Errorf("%s", strings.ToLower(kind))
}

// statement is the one statement that counts the measure's rows.
func (c *Cells) statement() string {
	if c.measure.Unit != "" {
		return c.distinctStatement()
	}
	return c.additiveStatement()
}

// placed is the measure's rows with a month, a known district and named categories.
func (c *Cells) placed(extra ...string) string {
	start, end := c.plan.bounds()
	columns := []string{`date_trunc('month', "at")::date as month`, c.districtColumn() + " as district"}
	for i, b := range c.measure.Breakdowns {
		columns = append(columns, fmt.Sprintf("coalesce(%s, %s) as breakdown_%d", identifier(b), literal(notRecorded), i))
	}
	columns = append(columns, extra...)
	matured := ""
	if c.measure.Matures > 0 {
		matured = "\n    and \"at\"::date <= " + day(c.plan.asAt.AddDate(0, 0, -c.measure.Matures))
	}
	return fmt.Sprintf("with counted as (\n%s\n), placed as materialized (\n    select %s\n    from counted\n    where \"at\" >= %s and \"at\" < %s%s\n)",
		bare(c.measure.SQL), strings.Join(columns, ",\n        "), day(start), day(end), matured)
}

// districtColumn is the district of a row, "unknown" where it is none of the partnership's.
func (c *Cells) districtColumn() string {
	codes := c.plan.districts()
	if !c.byDistrict || len(codes) == 0 {
		return literal(unknownArea)
	}
	for i := range codes {
		codes[i] = literal(codes[i])
	}
	return fmt.Sprintf("case when district in (%s) then district else %s end", strings.Join(codes, ", "), literal(unknownArea))
}

// dimensions is district and the breakdowns, as placed names them.
func (c *Cells) dimensions() []string {
	names := []string{"district"}
	for i := range c.measure.Breakdowns {
		names = append(names, fmt.Sprintf("breakdown_%d", i))
	}
	return names
}

// additiveStatement counts rows by month and each dimension. Its columns: month, null, the
// dimensions (null but one), their grouping marks, days and ended of a duration, rows,
// rows met, rows that do not say.
func (c *Cells) additiveStatement() string {
	var extra, by []string
	met, silent := "0", "0"
	switch c.measure.Kind {
	case Proportion:
		extra = []string{"met"}
		met, silent = "count(case when met then 1 end)", "count(case when met is null then 1 end)"
	case Duration:
		extra = []string{"days::bigint as days", "ended"}
		by = []string{"days", "ended"}
		silent = "count(case when days is null or days < 0 or ended is null then 1 end)"
	}
	var sets, marks []string
	for _, d := range c.dimensions() {
		set := append([]string{"month", d}, by...)
		sets = append(sets, "("+strings.Join(set, ", ")+")")
		marks = append(marks, "grouping("+d+")")
	}
	selected := append([]string{"month", "null::date"}, c.dimensions()...)
	selected = append(selected, marks...)
	selected = append(selected, by...)
	selected = append(selected, "count(*)", met, silent)
	return fmt.Sprintf("%s\nselect %s\nfrom placed\ngroup by grouping sets (%s)",
		c.placed(extra...), strings.Join(selected, ", "), strings.Join(sets, ", "))
}

// distinctStatement counts units by month and each dimension, and without one, with the
// month before in which the same unit was seen there (null for none). A unit is counted in
// a period by the one row whose month is in it and whose month before is not, so that the
// small answer gives distinct counts of any period. Those that met it are followed apart
// from those that were seen. Its columns are those of additiveStatement, with the month
// before.
func (c *Cells) distinctStatement() string {
	extra := []string{identifier(c.measure.Unit) + " as unit"}
	hit, silent := "true", "unit is null"
	if c.measure.Kind == Proportion {
		extra, hit, silent = append(extra, "met"), "met", "unit is null or met is null"
	}
	dimensions := strings.Join(c.dimensions(), ", ")
	sets, marks, markNames := []string{"(number, month)"}, []string{}, []string{}
	for i, d := range c.dimensions() {
		sets = append(sets, "(number, month, "+d+")")
		markNames = append(markNames, fmt.Sprintf("mark_%d", i))
		marks = append(marks, fmt.Sprintf("grouping(%s) as mark_%d", d, i))
	}
	return fmt.Sprintf(`%[1]s, unit_number as (
    select unit, row_number() over () as number
    from (select distinct unit from placed)
), seen as (
    select number, month, %[2]s, %[3]s, max(case when %[4]s then 1 else 0 end) as hit
    from placed
    join unit_number on unit_number.unit = placed.unit
    group by grouping sets (%[5]s)
), followed as (
    select number, month, %[2]s, %[6]s, 0 as met from seen
    union all
    select number, month, %[2]s, %[6]s, 1 as met from seen where hit = 1
), in_turn as (
    select *, lag(month) over (partition by number, met, %[6]s, %[2]s order by month) as before
    from followed
)
select month, before, %[2]s, %[6]s, count(case when met = 0 then 1 end), count(case when met = 1 then 1 end),
    (select count(*) from placed where %[7]s)
from in_turn
group by month, before, %[2]s, %[6]s`,
		c.placed(extra...), dimensions, strings.Join(marks, ", "), hit, strings.Join(sets, ", "),
		strings.Join(markNames, ", "), silent)
}

// readPopulation fills the people a rate is per, by area; the partnership is the sum of its
// districts where it has no row of its own.
func (c *Cells) readPopulation(ctx context.Context, db DB) error {
	from, to, err := c.measure.Population.ages()
	if err != nil {
		return err
	}
	rows, err := db.QueryContext(ctx, `select area, sum(population)::bigint from reference.population
where age between ? and ? and (? = '' or sex = ?) group by area`, from, to, c.measure.Population.Sex, c.measure.Population.Sex)
	if err != nil {
		return err
	}
	defer rows.Close()
	c.population = map[string]int64{}
	for rows.Next() {
		var area string
		var people int64
		if err := rows.Scan(&area, &people); err != nil {
			return err
		}
		c.population[area] = people
	}
	whole := c.plan.wholeArea()
	if _, given := c.population[whole]; !given {
		for _, d := range c.plan.districts() {
			c.population[whole] += c.population[d]
		}
	}
	return rows.Err()
}

func day(t time.Time) string { return "date '" + t.Format(time.DateOnly) + "'" }

// literal is s as an SQL string.
func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// identifier is s as a quoted SQL name.
func identifier(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// read takes the answer of statement into the cells.
func (c *Cells) read(rows *sql.Rows) error {
	var silent int64
	for rows.Next() {
		row := newCountedRow(len(c.dimensions()), c.measure.Kind == Duration)
		if err := rows.Scan(row.targets...); err != nil {
			return err
		}
		silent += row.silent
		if silent == 0 {
			c.take(row)
		}
	}
	if err := rows.Err(); err != nil {
		return withoutValues(err)
	}
	if silent > 0 {
		return fmt.Errorf("%s: give every row a value", c.silence())
	}
	return nil
}

// silence says which columns must have a value in every row.
func (c *Cells) silence() string {
	switch {
	case c.measure.Kind == Duration:
		return "some rows have no days or ended, or days below 0"
	case c.measure.Unit != "" && c.measure.Kind == Proportion:
		return "some rows have no " + c.measure.Unit + " or no met"
	case c.measure.Unit != "":
		return "some rows have no " + c.measure.Unit
	}
	return "some rows have no met"
}
