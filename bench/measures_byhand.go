package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"wherry/config"
	"wherry/queries"
)

// aggregateAll is what an engineer would write for the same figures: for each measure one
// grouped query over its rows by month, then sums of that small answer for the longer
// periods; where people or units are counted, distinct counts of each period.
func aggregateAll(dir string) error {
	ctx := context.Background()
	c, err := openCounty(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { _ = c.reader.Close() }()
	for _, m := range c.Catalogue.Measures {
		if err := exhaust(c.reader.QueryContext(ctx, c.handWritten(m))); err != nil {
			return fmt.Errorf("%s: %w", m.ID, err)
		}
	}
	return nil
}

// periods is the months, quarters, financial years, rolling years at quarter ends and pooled
// months of an edition, as rows of a table.
func (c *county) periods(m *queries.Measure) string {
	var values []string
	for _, kind := range m.PeriodKinds() {
		for p := config.Containing(kind, c.span.First.Start); !p.End.After(c.span.Quarter.End); p = p.Shift(1) {
			if p.Start.Before(c.span.First.Start) || (kind == config.Rolling && int(p.Last().Month())%3 != 0) {
				continue
			}
			values = append(values, fmt.Sprintf("('%s', date '%s', date '%s')", p, p.Start.Format(time.DateOnly), p.End.Format(time.DateOnly)))
		}
	}
	if m.Pool > 0 {
		p := config.Containing(config.Pooled, c.span.Quarter.Last())
		values = append(values, fmt.Sprintf("('%s', date '%s', date '%s')", p, p.Start.Format(time.DateOnly), p.End.Format(time.DateOnly)))
	}
	return "(values " + strings.Join(values, ", ") + ") as period(period_name, begins, ends)"
}

// handWritten is one measure's query.
func (c *county) handWritten(m *queries.Measure) string {
	dimensions := slices.Clone(m.Breakdowns)
	if m.Kind == queries.Distribution {
		dimensions = append(dimensions, queries.CategoryBreakdown)
	}
	if strings.Contains(m.SQL, "district") {
		dimensions = append(dimensions, "district")
	}
	where := fmt.Sprintf("\"at\" >= date '%s' and \"at\" < date '%s' and \"at\"::date <= date '%s'", c.span.First.Start.Format(time.DateOnly),
		c.span.Quarter.End.Format(time.DateOnly), c.span.AsAt.AddDate(0, 0, -m.Matures).Format(time.DateOnly))
	switch {
	case m.People != "":
		return c.peopleByHand(m, dimensions, where)
	case m.Unit != "":
		return c.distinctByHand(m, dimensions, m.Unit, where)
	}
	days, sums := "", []string{"count(*) as n"}
	switch m.Kind {
	case queries.Proportion:
		sums = append(sums, "count(*) filter (where met) as met")
	case queries.Duration:
		days = ", days, ended"
	case queries.Mean:
		sums = append(sums, "sum(value) as value", "sum(value * value) as squares")
	case queries.PairedChange:
		sums = append(sums, "count(before) as started", "count(after) as paired", "sum(after - before) as moved", "sum((after - before) * (after - before)) as squares",
			"count(*) filter (where after > before) as rose", "count(*) filter (where after < before) as fell", "sum(before) as before", "sum(after) as after")
	case queries.Estimate:
		sums = append(sums, "sum(value) as value", "sum(low) as low", "sum(high) as high")
	}
	sets, again := []string{"(month" + days + ")"}, []string{}
	for _, d := range dimensions {
		sets = append(sets, "(month, "+d+days+")")
	}
	for _, s := range sums {
		name := s[strings.LastIndex(s, " ")+1:]
		again = append(again, "sum("+name+")")
	}
	kept := strings.Join(append([]string{"month"}, dimensions...), ", ") + days
	grouped := strings.Join(append([]string{"period_name"}, dimensions...), ", ") + days
	return fmt.Sprintf(`with counted as (%s
), monthly as (
    select date_trunc('month', "at")::date as month%s, %s
    from counted where %s
    group by grouping sets (%s)
)
select %s, %s
from monthly join %s on month >= begins and month < ends
group by %s`, m.SQL, strings.TrimPrefix(kept, "month"), strings.Join(sums, ", "), where,
		strings.Join(sets, ", "), grouped, strings.Join(again, ", "), c.periods(m), grouped)
}

// distinctByHand counts people or units afresh in each period.
func (c *county) distinctByHand(m *queries.Measure, dimensions []string, unit, where string) string {
	counted := fmt.Sprintf("count(*), count(distinct %s)", unit)
	met := ""
	if m.Kind == queries.Proportion {
		counted += fmt.Sprintf(", count(distinct %s) filter (where met)", unit)
		met = ", met"
	}
	sets := []string{"(period_name)"}
	for _, d := range dimensions {
		sets = append(sets, "(period_name, "+d+")")
	}
	return fmt.Sprintf(`with counted as (%s
), placed as (
    select distinct date_trunc('month', "at")::date as month, %s%s
    from counted where %s
)
select %s, %s
from placed join %s on month >= begins and month < ends
group by grouping sets (%s)`, m.SQL, strings.Join(append(dimensions, unit), ", "), met, where,
		strings.Join(append([]string{"period_name"}, dimensions...), ", "), counted, c.periods(m), strings.Join(sets, ", "))
}

// peopleByHand counts events, people and the squares of each person's events in each period.
func (c *county) peopleByHand(m *queries.Measure, dimensions []string, where string) string {
	sets := []string{fmt.Sprintf("(period_name, %s)", m.People)}
	for _, d := range dimensions {
		sets = append(sets, fmt.Sprintf("(period_name, %s, %s)", d, m.People))
	}
	kept := strings.Join(append([]string{"period_name"}, dimensions...), ", ")
	return fmt.Sprintf(`with counted as (%[1]s
), placed as (
    select date_trunc('month', "at")::date as month, %[2]s, count(*) as n
    from counted where %[3]s
    group by all
), befell as (
    select %[4]s, %[5]s, sum(n) as k
    from placed join %[6]s on month >= begins and month < ends
    group by grouping sets (%[7]s)
)
select %[4]s, count(*), sum(k), sum(k * k) from befell group by %[4]s`, m.SQL, strings.Join(append(slices.Clone(dimensions), m.People), ", "), where,
		kept, m.People, c.periods(m), strings.Join(sets, ", "))
}
