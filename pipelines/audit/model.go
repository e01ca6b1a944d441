package audit

import (
	"slices"
	"time"
)

// place names the counts of one row in every audience and measure.
type place struct {
	period, area, breakdown, category string
}

func (r row) place() place { return place{r.period, r.area, r.breakdown, r.category} }

// counts is the numbers of the puzzle's counts for one row: -1 where the row has none.
type counts struct {
	base, met, rest int
}

// model is a measure's rows as a puzzle.
type model struct {
	*puzzle
	a      *audience
	m      *measure
	at     map[place]counts
	places []place
	rows   map[place]row
}

// newModel makes every row's counts, and the sums that tie them together.
func (a *audience) newModel(m *measure) *model {
	mo := &model{puzzle: newPuzzle(), a: a, m: m, at: map[place]counts{}, rows: map[place]row{}}
	for _, row := range m.rows {
		mo.addRow(row)
	}
	mo.addPeriods()
	mo.addTables()
	return mo
}

// addRow adds the counts of one row. A count hidden to protect people is at least 1, since
// zeros are printed; the rest of a proportion is never printed.
func (mo *model) addRow(row row) {
	c := counts{-1, -1, -1}
	switch mo.m.Kind {
	case "rate":
		c.met = mo.printedOr(row.numerator, row.markValue)
		mo.learnShare(c.met, -1, row)
	case "proportion":
		c.base = mo.printedOr(row.base, row.markBase)
		c.met = mo.printedOr(row.numerator, row.markValue)
		if row.numerator < 0 && (row.base < 0 || mo.a.leastBehind(row.base) < mo.a.MinBase) {
			mo.lo[c.met] = 0 // hidden for the sake of its base, it may be nothing
		}
		c.rest = mo.count(0, far)
		mo.total(c.base, []int{c.met, c.rest}, false)
		mo.learnShare(c.met, c.base, row)
	default:
		c.base = mo.printedOr(row.base, row.markBase)
	}
	mo.at[row.place()] = c
	mo.rows[row.place()] = row
	mo.places = append(mo.places, row.place())
}

// printedOr is a printed count with the counts it may stand for, or one not printed.
func (mo *model) printedOr(n int64, mark string) int {
	switch {
	case n >= 0:
		return mo.count(mo.a.leastBehind(n), mo.a.mostBehind(n))
	case mark == "c":
		return mo.count(1, far)
	}
	return mo.count(0, far)
}

// learnShare narrows a numerator by a share printed although the numerator is not.
func (mo *model) learnShare(met, base int, row row) {
	n := row.base
	if base >= 0 && mo.known(base) {
		n = mo.lo[base]
	}
	if row.value == "" || row.numerator >= 0 || n <= 0 || mo.a.RoundTo > 1 {
		return
	}
	if least, most, ok := feasible(row.value, n, mo.m.scale()); ok && least <= most {
		mo.within(met, least, most)
	}
}

// each calls do for each kind of count that the places have.
func (mo *model) each(do func(pick func(counts) int)) {
	do(func(c counts) int { return c.base })
	do(func(c counts) int { return c.met })
	do(func(c counts) int { return c.rest })
}

// tie adds that parts sum to whole, for each kind of count that all of them have.
func (mo *model) tie(whole place, parts []place) {
	mo.each(func(pick func(counts) int) {
		total := pick(mo.at[whole])
		var ps []int
		for _, p := range parts {
			ps = append(ps, pick(mo.at[p]))
		}
		if total >= 0 && !slices.Contains(ps, -1) {
			mo.total(total, ps, mo.m.Distinct)
		}
	})
}

// shorter is the kinds of period that a kind is made of.
func shorter(kind string) []string {
	switch kind {
	case "quarter":
		return []string{"month"}
	case "year", "rolling":
		return []string{"quarter", "month"}
	}
	return nil
}

// group is one series of a measure's rows.
type group struct{ area, breakdown, category, kind string }

// addPeriods ties each longer period to the shorter ones that fill it without a gap.
func (mo *model) addPeriods() {
	groups := map[group][]row{}
	for _, r := range mo.m.rows {
		g := group{r.area, r.breakdown, r.category, r.kind}
		groups[g] = append(groups[g], r)
	}
	for _, rows := range groups {
		slices.SortFunc(rows, func(x, y row) int { return x.start.Compare(y.start) })
	}
	for _, whole := range mo.m.rows {
		for _, kind := range shorter(whole.kind) {
			if parts := filling(whole, groups[group{whole.area, whole.breakdown, whole.category, kind}]); parts != nil {
				mo.tie(whole.place(), parts)
			}
		}
	}
}

// filling is the rows, in order, that fill the period of whole day by day, or nil.
func filling(whole row, rows []row) []place {
	var parts []place
	next := whole.start
	for _, r := range rows {
		if r.start.Before(whole.start) || r.end.After(whole.end) {
			continue
		}
		if !r.start.Equal(next) {
			return nil
		}
		parts = append(parts, r.place())
		next = r.end.Add(24 * time.Hour)
	}
	if !next.Equal(whole.end.Add(24 * time.Hour)) {
		return nil
	}
	return parts
}

// addTables ties the whole partnership to its areas, and to the categories of each
// breakdown, period by period.
func (mo *model) addTables() {
	type table struct{ period, breakdown string }
	parts := map[table][]place{}
	for _, r := range mo.m.rows {
		if r.area != mo.a.Area || r.breakdown != "" {
			k := table{r.period, r.breakdown}
			parts[k] = append(parts[k], r.place())
		}
	}
	for _, r := range mo.m.rows {
		if r.area != mo.a.Area || r.breakdown != "" {
			continue
		}
		for _, b := range append([]string{""}, mo.m.Breakdowns...) {
			if ps := parts[table{r.period, b}]; len(ps) > 0 {
				mo.tie(r.place(), ps)
			}
		}
	}
}
