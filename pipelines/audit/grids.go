package audit

import "slices"

// alongside is what one line of a table in columns stands for.
type alongside struct{ area, breakdown, category string }

// columnsInTime is the kind of period that all columns of a table but the first are, "" where
// they are no periods: a table with a line to each area or category, and a cell to each period.
func (m *measure) columnsInTime(t table) string {
	if len(t.heads) < 3 {
		return ""
	}
	for _, kind := range []string{"quarter", "month", "rolling"} {
		if !slices.ContainsFunc(t.heads[1:], func(head string) bool {
			return !slices.ContainsFunc(m.rows, func(r row) bool { return r.kind == kind && slices.Contains(r.names(), head) })
		}) {
			return kind
		}
	}
	return ""
}

// rowsAlong are the rows of data of each line of a table whose columns are periods of a kind:
// those of the area that the line names, or of the one category whose values all its cells
// print. A line with numbers that finds none has none.
func (a *audience) rowsAlong(m *measure, t table, kind string) [][]row {
	groups := map[alongside][]row{}
	var order []alongside
	for _, r := range m.rows {
		s := alongside{r.area, r.breakdown, r.category}
		areas := slices.Contains(ofAreas, t.heads[0])
		if r.kind != kind || (r.breakdown == "") != areas || !areas && r.area != a.Area {
			continue
		}
		if groups[s] == nil {
			order = append(order, s)
		}
		groups[s] = append(groups[s], r)
	}
	found := make([][]row, len(t.lines))
	for i, l := range t.lines {
		for _, s := range order {
			rows := groups[s]
			if (s.breakdown != "" || rows[0].areaName == l.label) && along(t.heads[1:], l.cells, rows) {
				found[i] = rows
				break
			}
		}
	}
	return found
}

// along says whether every number in the cells of a line is the value of the row of its
// column's period.
func along(heads, cells []string, rows []row) bool {
	for i, cell := range cells {
		if i >= len(heads) {
			return false
		}
		at := slices.IndexFunc(rows, func(r row) bool { return slices.Contains(r.names(), heads[i]) })
		for _, n := range numbersIn(cell) {
			if at < 0 || rows[at].value == "" || !n.isOneOf(rows[at].value) {
				return false
			}
		}
	}
	return true
}

// checkAlong holds a table whose columns are periods against the data file.
func (a *audience) checkAlong(r *Report, file string, m *measure, t table, kind string) {
	found := a.rowsAlong(m, t, kind)
	for i, l := range t.lines {
		r.Checked += len(l.cells)
		if found[i] == nil && slices.ContainsFunc(l.cells, func(c string) bool { return len(numbersIn(c)) > 0 }) {
			r.add(file, t.heads[0]+" "+l.label, RulePage, "the table prints a number that its row of the data file does not")
		}
	}
}
