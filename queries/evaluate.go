package queries

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Evaluate counts a measure over a span. Its SELECT passes the gate first; the error is
// config.Problems where it does not. One generated statement groups the measure's rows to
// months, areas and categories; the rest is sums of its small answer.
//
// Rows without at, or outside the span, are not counted; rows younger than the measure's
// matures at the as-at date are neither yes nor no. A row that leaves out what its kind
// needs (met, days, ended, value, low, high, a unit or a person) is an error: a measure must
// say. Only the scores of a change may be missing.
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
	c := newCells(m, p, columns)
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
	read := c.read
	if m.People != "" {
		read = c.readPeople
	}
	if err := read(rows); err != nil {
		return nil, fmt.Errorf("evaluating %s: %w", m.ID, err)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("evaluating %s: %w", m.ID, withoutValues(err))
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

// readPopulation fills the people a rate is per, by area and by year of age; the partnership is the sum of its
// districts where it has no row of its own.
func (c *Cells) readPopulation(ctx context.Context, db DB) error {
	from, to, err := c.measure.Population.ages()
	if err != nil {
		return err
	}
	rows, err := db.QueryContext(ctx, `select area, age::varchar, sum(population)::bigint from reference.population
where age between ? and ? and (? = '' or sex = ?) group by area, age`, from, to, c.measure.Population.Sex, c.measure.Population.Sex)
	if err != nil {
		return err
	}
	defer rows.Close()
	given := map[residents]int64{}
	for rows.Next() {
		var who residents
		var people int64
		if err := rows.Scan(&who.area, &who.age, &people); err != nil {
			return err
		}
		given[who] = people
		given[residents{area: who.area}] += people
	}
	whole := c.plan.wholeArea()
	c.population = maps.Clone(given)
	if _, own := given[residents{area: whole}]; !own {
		for who, people := range given {
			if slices.Contains(c.plan.districts(), who.area) {
				c.population[residents{area: whole, age: who.age}] += people
			}
		}
	}
	return rows.Err()
}

// read takes the answer of statement into the cells.
func (c *Cells) read(rows *sql.Rows) error {
	var silent int64
	for rows.Next() {
		row := c.newCountedRow()
		if err := rows.Scan(row.targets...); err != nil {
			return err
		}
		silent += row.silent
		if silent > 0 {
			continue
		}
		if err := c.take(row); err != nil {
			return err
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

// readPeople takes the answer of peopleStatement into the cells.
func (c *Cells) readPeople(rows *sql.Rows) error {
	periods := c.plan.periods()
	var silent int64
	for rows.Next() {
		var number, mark int64
		var district sql.NullString
		var t tally
		if err := rows.Scan(&number, &mark, &district, &t.people, &t.base, &t.squares, &silent); err != nil {
			return err
		}
		if silent > 0 {
			continue
		}
		k := cellKey{period: periods[number], area: district.String}
		if mark == 1 {
			k.area = c.plan.wholeArea()
		}
		if c.counts(k) {
			c.at(k).add(t)
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
	m := c.measure
	switch {
	case m.Kind == Duration:
		return "some rows have no days or ended, or days below 0"
	case m.Kind == Mean:
		return "some rows have no value"
	case m.Kind == Estimate:
		return "some rows have no value, low or high, or they are not in rising order"
	case m.People != "":
		return "some rows have no " + m.People
	case m.Unit != "" && m.Kind == Proportion:
		return "some rows have no " + m.Unit + " or no met"
	case m.Unit != "":
		return "some rows have no " + m.Unit
	}
	return "some rows have no met"
}
