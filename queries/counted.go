package queries

import (
	"database/sql"
	"slices"
	"time"

	"wherry/config"
)

// countedRow is one row of the counting statement. marks are 0 for the dimension a row is
// of and 1 for the others. before is, where units are counted, the month before in which
// the same units were seen.
type countedRow struct {
	month   time.Time
	before  sql.NullTime
	labels  []sql.NullString
	marks   []int64
	days    sql.NullInt64
	ended   sql.NullBool
	n, met  int64
	silent  int64
	sums    []sql.NullString
	targets []any
}

func (c *Cells) newCountedRow() *countedRow {
	dimensions := len(c.dimensions())
	r := &countedRow{labels: make([]sql.NullString, dimensions), marks: make([]int64, dimensions)}
	if c.measure.Unit == "" {
		r.sums = make([]sql.NullString, len(c.measure.sumExpressions()))
	}
	r.targets = append(r.targets, &r.month, &r.before)
	for i := range r.labels {
		r.targets = append(r.targets, &r.labels[i])
	}
	for i := range r.marks {
		r.targets = append(r.targets, &r.marks[i])
	}
	if c.measure.Kind == Duration {
		r.targets = append(r.targets, &r.days, &r.ended)
	}
	r.targets = append(r.targets, &r.n, &r.met, &r.silent)
	for i := range r.sums {
		r.targets = append(r.targets, &r.sums[i])
	}
	return r
}

// countsIn says whether the row counts in p: its month is in p, and its units were not
// seen in p before.
func (r *countedRow) countsIn(p config.Period) bool {
	return p.Holds(r.month) && (!r.before.Valid || r.before.Time.Before(p.Start))
}

// dimension is which dimension the row is of; -1 for none.
func (r *countedRow) dimension() int {
	for i, mark := range r.marks {
		if mark == 0 {
			return i
		}
	}
	return -1
}

// take adds a row to the cells it counts in.
func (c *Cells) take(r *countedRow) error {
	totals, err := readSums(r.sums)
	if err != nil {
		return err
	}
	t := tally{base: r.n, met: r.met, sums: totals}
	if c.measure.Kind == Duration {
		ended, open := r.n, int64(0)
		if !r.ended.Bool {
			ended, open = 0, r.n
		}
		t.addDays(int(r.days.Int64), ended, open)
	}
	// Units are counted for the whole by rows of no dimension; other rows are all of some
	// district, or unknown.
	whole := 0
	if c.measure.Unit != "" {
		whole = -1
	}
	if r.dimension() == whole {
		for _, p := range slices.Concat(c.plan.whole, c.plan.unprinted.whole) {
			if r.countsIn(p) {
				c.at(cellKey{period: p, area: c.plan.wholeArea()}).add(t)
			}
		}
	}
	switch i, places, finest := r.dimension(), len(c.placeColumns()), len(c.measure.brokenDown()); {
	case i >= places+finest:
		c.takeRegrouped(r, i, c.regroupings()[i-places-finest], t)
	case i >= places:
		c.takeCategory(r, i, c.measure.brokenDown()[i-places], t)
	case i >= 0 && c.byDistrict:
		for _, p := range slices.Concat(c.plan.detail, c.plan.unprinted.detail) {
			if r.countsIn(p) {
				c.at(cellKey{period: p, area: r.labels[i].String}).add(t)
			}
		}
	}
	return nil
}

// takeCategory adds a row to its category, which exists from then on wherever a category of
// its breakdown is given.
func (c *Cells) takeCategory(r *countedRow, dimension int, breakdown string, t tally) {
	label := r.labels[dimension].String
	for _, p := range slices.Concat(c.plan.grouped, c.plan.unprinted.grouped) {
		if r.countsIn(p) {
			c.meet(breakdown, label)
			c.at(cellKey{period: p, area: c.plan.wholeArea(), breakdown: breakdown, category: label}).add(t)
		}
	}
}

// takeRegrouped adds a row of units to its coarser category.
func (c *Cells) takeRegrouped(r *countedRow, dimension int, g regrouping, t tally) {
	if c.regrouped[g] == nil {
		c.regrouped[g] = map[cellKey]*tally{}
	}
	for _, p := range slices.Concat(c.plan.grouped, c.plan.unprinted.grouped) {
		if r.countsIn(p) {
			k := cellKey{period: p, area: c.plan.wholeArea(), breakdown: g.breakdown, category: r.labels[dimension].String}
			if c.regrouped[g][k] == nil {
				c.regrouped[g][k] = &tally{}
			}
			c.regrouped[g][k].add(t)
		}
	}
}
