package queries

import (
	"fmt"
	"strings"
	"time"

	"wherry/config"
)

// statement is the one statement that counts the measure's rows.
func (c *Cells) statement() string {
	switch {
	case c.measure.People != "":
		return c.peopleStatement()
	case c.measure.Unit != "":
		return c.distinctStatement()
	}
	return c.additiveStatement()
}

// placed is the measure's rows with a month, known areas and named categories.
func (c *Cells) placed(extra ...string) string {
	start, end := c.plan.bounds()
	columns := []string{`date_trunc('month', "at")::date as month`, c.districtColumn() + " as district"}
	if c.byUnitary {
		columns = append(columns, c.pieceColumn(func(p config.Piece) string { return p.Unitary })+" as unitary",
			c.pieceColumn(config.Piece.Code)+" as piece")
	}
	for i, b := range c.measure.brokenDown() {
		columns = append(columns, fmt.Sprintf("coalesce(%s, %s) as breakdown_%d", identifier(b), literal(notRecorded), i))
	}
	for i, g := range c.regroupings() {
		finest := fmt.Sprintf("coalesce(%s, %s)", identifier(g.breakdown), literal(notRecorded))
		columns = append(columns, fmt.Sprintf("%s as coarser_%d", g.column(c.plan.merge, finest), i))
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

// dimensions is the areas, the breakdowns and their coarser forms, as placed names them.
func (c *Cells) dimensions() []string {
	names := c.placeColumns()
	for i := range c.measure.brokenDown() {
		names = append(names, fmt.Sprintf("breakdown_%d", i))
	}
	for i := range c.regroupings() {
		names = append(names, fmt.Sprintf("coarser_%d", i))
	}
	return names
}

// asked is what a kind asks of its rows beyond their place: columns of placed, columns to
// group by, and the aggregates of rows counted, of those that met, and of those that do not
// say what they must.
type asked struct {
	columns, by          []string
	counted, met, silent string
}

func (m *Measure) asks() asked {
	a := asked{counted: "count(*)", met: "0", silent: "0"}
	switch m.Kind {
	case Proportion:
		a.columns = []string{"met"}
		a.met, a.silent = "count(case when met then 1 end)", "count(case when met is null then 1 end)"
	case Duration:
		a.columns, a.by = []string{"days::bigint as days", "ended"}, []string{"days", "ended"}
		a.silent = "count(case when days is null or days < 0 or ended is null then 1 end)"
	case Mean:
		a.columns = []string{inUnits("value") + " as value"}
		a.silent = "count(case when value is null then 1 end)"
	case PairedChange:
		a.columns = []string{inUnits("before") + " as before", inUnits("after") + " as after"}
		a.counted = "count(case when before is not null and after is not null then 1 end)"
	case Estimate:
		a.columns = []string{inUnits("value") + " as value", inUnits("low") + " as low", inUnits("high") + " as high"}
		a.silent = "count(case when value is null or low is null or high is null or low > value or value > high then 1 end)"
	}
	return a
}

// additiveStatement counts rows by month and each dimension. Its columns: month, null, the
// dimensions (null but one), their grouping marks, days and ended of a duration, rows,
// rows met, rows that do not say, and the sums of the kind as text.
func (c *Cells) additiveStatement() string {
	a := c.measure.asks()
	var sets, marks []string
	for _, d := range c.dimensions() {
		set := append([]string{"month", d}, a.by...)
		sets = append(sets, "("+strings.Join(set, ", ")+")")
		marks = append(marks, "grouping("+d+")")
	}
	selected := append([]string{"month", "null::date"}, c.dimensions()...)
	selected = append(selected, marks...)
	selected = append(selected, a.by...)
	selected = append(selected, a.counted, a.met, a.silent)
	for _, e := range c.measure.sumExpressions() {
		selected = append(selected, "("+e+")::varchar")
	}
	return fmt.Sprintf("%s\nselect %s\nfrom placed\ngroup by grouping sets (%s)",
		c.placed(a.columns...), strings.Join(selected, ", "), strings.Join(sets, ", "))
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

// peopleStatement counts, for each period and district and for the whole, events, the people
// they befell, and the sum over people of the square of their events. Somebody met with in
// several months is one person of the quarter: each period is counted afresh from what each
// person met with in each month. Its columns: place of the period in c.plan.periods,
// grouping mark of the district, district, people, events, squares, rows without a person.
func (c *Cells) peopleStatement() string {
	var periods []string
	for i, p := range c.plan.periods() {
		periods = append(periods, fmt.Sprintf("(%d, %s, %s)", i, day(p.Start), day(p.End)))
	}
	return fmt.Sprintf(`%s, by_month as (
    select month, district, person, count(*) as events
    from placed
    group by month, district, person
), period(number, first, after) as (
    values %s
), befell as (
    select number, district, grouping(district) as mark, person, sum(events)::bigint as events
    from by_month
    join period on month >= first and month < after
    group by grouping sets ((number, person), (number, district, person))
)
select number, mark, district, count(*), sum(events)::bigint, sum(events * events)::bigint,
    (select count(*) from placed where person is null)
from befell
group by number, mark, district`, c.placed(identifier(c.measure.People)+" as person"), strings.Join(periods, ", "))
}

func day(t time.Time) string { return "date '" + t.Format(time.DateOnly) + "'" }

// literal is s as an SQL string.
func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// identifier is s as a quoted SQL name.
func identifier(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
