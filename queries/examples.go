package queries

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"wherry/config"
)

// ExampleOutcome is what came of one Example of a measure.
type ExampleOutcome struct {
	Name  string
	Cells []CellOutcome
	Err   error // the example could not be run
}

// CellOutcome is a wanted cell and what was got, with only the numbers that were wanted.
type CellOutcome struct {
	Want, Got Want
	OK        bool
}

// OK says whether every wanted cell was got.
func (o ExampleOutcome) OK() bool {
	return o.Err == nil && !slices.ContainsFunc(o.Cells, func(c CellOutcome) bool { return !c.OK })
}

// RunExamples runs each example of m in db, which is as empty afterwards as before: an
// in-memory database with landing tables, core views, macros and reference data. The error is
// config.Problems where the SELECT does not pass Check.
func RunExamples(ctx context.Context, db *sql.DB, m *Measure) (outcomes []ExampleOutcome, err error) {
	if err := Check(ctx, db, m).Err(); err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("opening a database for the examples of %s: %w", m.ID, err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	for i := range m.Examples {
		if _, err := conn.ExecContext(ctx, "begin"); err != nil {
			return nil, fmt.Errorf("beginning an example of %s: %w", m.ID, err)
		}
		outcomes = append(outcomes, runExample(ctx, conn, m, &m.Examples[i]))
		if _, err := conn.ExecContext(ctx, "rollback"); err != nil {
			return nil, fmt.Errorf("clearing up after an example of %s: %w", m.ID, err)
		}
	}
	return outcomes, nil
}

func runExample(ctx context.Context, db Session, m *Measure, x *Example) ExampleOutcome {
	o := ExampleOutcome{Name: x.Name}
	o.Err = func() error {
		p, err := examplePlan(ctx, db, x)
		if err != nil {
			return err
		}
		if err := setAsAt(ctx, db, p.asAt); err != nil {
			return err
		}
		for _, noun := range slices.Sorted(maps.Keys(x.Given)) {
			if err := giveRows(ctx, db, noun, x.Given[noun]); err != nil {
				return err
			}
		}
		cells, err := evaluate(ctx, db, m, p)
		if err != nil {
			return err
		}
		for _, w := range x.Want {
			o.Cells = append(o.Cells, cells.outcome(w))
		}
		return nil
	}()
	return o
}

// examplePlan counts exactly the periods an example wants, for every area and category.
func examplePlan(ctx context.Context, db DB, x *Example) (plan, error) {
	var p plan
	var last time.Time
	for _, w := range x.Want {
		q, err := config.ParsePeriod(w.Period)
		if err != nil {
			return p, err
		}
		if !slices.Contains(p.whole, q) {
			p.whole = append(p.whole, q)
		}
		if q.End.After(last) {
			last = q.End
		}
	}
	p.detail, p.grouped = p.whole, p.whole
	p.asAt = last.AddDate(1, 0, 0)
	if x.AsAt != "" {
		var err error
		if p.asAt, err = time.Parse(time.DateOnly, x.AsAt); err != nil {
			return p, fmt.Errorf("as_at is not a date: write 2026-10-31")
		}
	}
	var err error
	if p.areas, err = readAreas(ctx, db); err != nil {
		return p, err
	}
	p.pieces, err = readPieces(ctx, db)
	return p, err
}

// readPieces is the pieces of the reference data.
func readPieces(ctx context.Context, db DB) (pieces []config.Piece, err error) {
	rows, err := db.QueryContext(ctx, "select district, unitary from reference.piece order by all")
	if err != nil {
		return nil, fmt.Errorf("reading the pieces: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p config.Piece
		if err := rows.Scan(&p.District, &p.Unitary); err != nil {
			return nil, fmt.Errorf("reading the pieces: %w", err)
		}
		pieces = append(pieces, p)
	}
	return pieces, rows.Err()
}

// readAreas is the areas of the reference data, the partnership first.
func readAreas(ctx context.Context, db DB) (areas []config.Area, err error) {
	rows, err := db.QueryContext(ctx, `select code, name, kind, coalesce(parent, '') from reference.area
order by coalesce(parent, '') <> '', name`)
	if err != nil {
		return nil, fmt.Errorf("reading the areas: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var a config.Area
		if err := rows.Scan(&a.Code, &a.Name, &a.Kind, &a.Parent); err != nil {
			return nil, fmt.Errorf("reading the areas: %w", err)
		}
		areas = append(areas, a)
	}
	if rows.Err() == nil && len(areas) == 0 {
		return nil, errors.New("the database names no areas")
	}
	return areas, rows.Err()
}

func setAsAt(ctx context.Context, db Session, asAt time.Time) error {
	_, err := db.ExecContext(ctx, "delete from reference.setting")
	if err == nil {
		_, err = db.ExecContext(ctx, "insert into reference.setting (as_at) values ("+day(asAt)+")")
	}
	if err != nil {
		return fmt.Errorf("setting the as-at date: %w", err)
	}
	return nil
}

// giveRows puts a table with an example's rows in the place of core.<noun>. Its columns are
// those of the view; the ones a row leaves out are null.
func giveRows(ctx context.Context, db Session, noun string, given []map[string]any) error {
	types, err := columnTypes(ctx, db, noun)
	if err != nil {
		return err
	}
	var definitions []string
	for _, name := range slices.Sorted(maps.Keys(types)) {
		definitions = append(definitions, identifier(name)+" "+types[name])
	}
	table := "core." + identifier(noun)
	for _, statement := range []string{"drop view " + table, "create table " + table + " (" + strings.Join(definitions, ", ") + ")"} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("making %s for an example: %w", table, err)
		}
	}
	for i, row := range given {
		if err := giveRow(ctx, db, noun, types, row); err != nil {
			return fmt.Errorf("row %d of %s: %w", i+1, noun, err)
		}
	}
	return nil
}

// columnTypes is the columns of core.<noun> and their types.
func columnTypes(ctx context.Context, db DB, noun string) (map[string]string, error) {
	rows, err := db.QueryContext(ctx, `select column_name, data_type from information_schema.columns
where table_schema = 'core' and table_name = ?`, noun)
	if err != nil {
		return nil, fmt.Errorf("reading the columns of core.%s: %w", noun, err)
	}
	defer rows.Close()
	types := map[string]string{}
	for rows.Next() {
		var name, kind string
		if err := rows.Scan(&name, &kind); err != nil {
			return nil, fmt.Errorf("reading the columns of core.%s: %w", noun, err)
		}
		types[name] = kind
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the columns of core.%s: %w", noun, err)
	}
	if len(types) == 0 {
		nouns, err := coreNouns(ctx, db)
		return nil, errors.Join(fmt.Errorf("there is no core.%s: %s", noun, didYouMean(noun, nouns)), err)
	}
	return types, nil
}

func giveRow(ctx context.Context, db Session, noun string, types map[string]string, row map[string]any) error {
	var names, values []string
	var args []any
	for _, name := range slices.Sorted(maps.Keys(row)) {
		kind, known := types[name]
		if !known {
			return fmt.Errorf("core.%s has no column %q: %s", noun, name, didYouMean(name, slices.Collect(maps.Keys(types))))
		}
		value := "?"
		if list, isList := row[name].([]any); isList {
			value = "[" + strings.TrimSuffix(strings.Repeat("?, ", len(list)), ", ") + "]"
			for _, item := range list {
				args = append(args, fmt.Sprint(item))
			}
		} else {
			args = append(args, exampleValue(row[name]))
		}
		names = append(names, identifier(name))
		values = append(values, "cast("+value+" as "+kind+")")
	}
	_, err := db.ExecContext(ctx, fmt.Sprintf("insert into core.%s (%s) values (%s)",
		identifier(noun), strings.Join(names, ", "), strings.Join(values, ", ")), args...)
	return err
}

// exampleValue is a YAML value as text for a cast; null stays null.
func exampleValue(v any) any {
	if v == nil {
		return nil
	}
	return fmt.Sprint(v)
}

// outcome compares a wanted cell with what was counted.
func (c *Cells) outcome(w Want) CellOutcome {
	p, _ := config.ParsePeriod(w.Period)
	area := c.plan.wholeArea()
	if place := w.District + w.Unitary; place != "" {
		area = place
	}
	counts, values := c.raw(cellKey{period: p, area: area, breakdown: w.Breakdown, category: w.Category})
	o := CellOutcome{Want: w, Got: w, OK: true}
	for _, n := range o.Got.all() {
		switch {
		case !n.given():
		case n.count != nil:
			got := counts[n.key]
			o.OK = o.OK && **n.count == got
			*n.count = &got
		default:
			got := values[n.key]
			o.OK = o.OK && math.Abs(**n.value-got) < wantedTo
			*n.value = &got
		}
	}
	return o
}

// wantedTo is how near a wanted value must be: an example may write 33.3333.
const wantedTo = 0.0001

// raw is every number of a cell that an example may want, before rounding and protection. A
// value that nothing gives is -1 for a median or nine in ten and NaN otherwise.
func (c *Cells) raw(k cellKey) (counts map[string]int64, values map[string]float64) {
	v := c.value(k)
	counts = map[string]int64{"numerator": v.met, "denominator": v.base, "events": v.base, "people": v.people,
		"open": v.base - v.endedCases(), "paired": v.base}
	values = map[string]float64{"value": math.NaN()}
	switch c.measure.Kind {
	case Count:
		counts["numerator"], values["value"] = v.base, float64(v.base)
	case Proportion:
		values["value"] = 100 * float64(v.met) / float64(v.base)
	case Rate:
		people, _ := c.peopleAt(k)
		counts["numerator"], counts["denominator"] = v.base, people
		values["value"] = float64(c.measure.Per) * float64(v.base) / float64(people)
	case Duration:
		counts["numerator"] = v.endedCases()
		for name, share := range map[string]float64{"median": 0.5, "nine_in_ten": 0.9} {
			days, _, _, reached := v.histogram().Quantile(share)
			if !reached {
				days = -1
			}
			values[name] = days
		}
	case Mean:
		values["value"] = v.sums.mean(sumValue, v.base)
	case PairedChange:
		counts["started"], counts["at_ceiling"] = v.sums.count(sumStarted), v.sums.count(sumCeiling)
		counts["improved"], counts["same"], counts["worse"] = c.moved(v)
		values["value"] = v.sums.mean(sumDifference, v.base)
		values["before"], values["after"] = v.sums.mean(sumBefore, v.base), v.sums.mean(sumAfter, v.base)
	case Distribution:
		whole := c.value(cellKey{period: k.period, area: k.area}).base
		counts["numerator"], counts["denominator"] = v.base, whole
		values["share"] = 100 * float64(v.base) / float64(whole)
	case Estimate:
		values["value"], values["low"], values["high"] = v.sums.total(sumCentral), v.sums.total(sumLow), v.sums.total(sumHigh)
	}
	return counts, values
}

// String is the outcome in words: of each wanted cell what was wanted, and what was got
// where that differs.
func (o ExampleOutcome) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "  example %q", o.Name)
	if o.Err != nil {
		fmt.Fprintf(&b, ": %v", o.Err)
	}
	for _, c := range o.Cells {
		fmt.Fprintf(&b, "\n    %s: wanted %s", c.Want.place(), c.Want.numbers())
		if c.OK {
			b.WriteString(", and got it")
		} else {
			fmt.Fprintf(&b, ", got %s", c.Got.numbers())
		}
	}
	return b.String()
}
