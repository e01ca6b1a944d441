package audit

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// table is a table of a measure's page: its column heads, and its rows by label.
type table struct {
	heads []string
	lines []tableLine
	of    string // what the section says it is about, and when
}

// tableLine is one row of a table; row is the row of data it stands for, once that is found.
type tableLine struct {
	label string
	cells []string
	row   *row
}

// readTable reads a table; ok is false for one without column heads.
func readTable(t *html.Node) (table, bool) {
	var read table
	read.heads = columnHeads(t)
	for _, tr := range find(t, is("tr")) {
		label := texts(find(tr, is("th")), func(n *html.Node) bool { return attr(n, "scope") == "row" })
		if len(label) > 0 {
			read.lines = append(read.lines, tableLine{label: label[0], cells: texts(find(tr, is("td")), nil)})
		}
	}
	if section := around(t, is("section")); section != nil {
		read.of = strings.Join(texts(find(section, func(n *html.Node) bool { return hasClass(n, "subtitle") }), nil), " ")
	}
	return read, len(read.heads) > 0
}

// inTime is the heads of tables whose rows are periods.
var inTime = []string{"Month", "Quarter", "Year", "Twelve months", "Years", "Period"}

// ofAreas is the heads of tables whose rows are areas, of one set or the other.
var ofAreas = []string{"District", "New council"}

// settle finds the row of data for each line of a table, such that all numbers of the line
// are printed there too. Lines that find none stay without.
func (a *audience) settle(m *measure, t *table) {
	switch head := t.heads[0]; {
	case slices.Contains(inTime, head):
		for i := range t.lines {
			a.pick(m, t, i, func(r row) bool {
				return r.area == a.Area && r.breakdown == "" && slices.Contains(r.names(), t.lines[i].label)
			})
		}
	case slices.Contains(ofAreas, head):
		for i := range t.lines {
			a.pick(m, t, i, func(r row) bool {
				return r.breakdown == "" && r.areaName == t.lines[i].label && a.about(m, *t, r)
			})
		}
	case head == "Within" || head == "Who answered":
		for i := range t.lines {
			a.pick(m, t, i, func(r row) bool { return r.area == a.Area && r.breakdown == "" && a.about(m, *t, r) })
		}
	default:
		a.match(m, t)
	}
}

// about says whether a row is of the period that the table's section names, or, where it
// names none, of the latest.
func (a *audience) about(m *measure, t table, r row) bool {
	if t.of == "" {
		return a.latest(m, r)
	}
	first, last := r.start.Format("January"), r.end.Format("January 2006")
	titles := map[string][]string{"month": {last}, "quarter": {first + " to " + last}, "rolling": {"year to " + last},
		"year": {r.start.Format("January 2006") + " to " + last, r.period}, "pooled": {r.start.Format("January 2006") + " to " + last, r.period}}
	return slices.ContainsFunc(titles[r.kind], func(title string) bool { return strings.HasSuffix(t.of, ", "+title) })
}

// pick gives line i the first row of data that may be its own and explains it.
func (a *audience) pick(m *measure, t *table, i int, may func(row) bool) {
	for k := range m.rows {
		if r := &m.rows[k]; may(*r) && r.explains(t.heads[1:], t.lines[i].cells) {
			t.lines[i].row = r
			return
		}
	}
}

// match gives the lines of a breakdown's table to rows of one breakdown and period, each row
// to one line: labels are words, so it is the numbers that must fit.
func (a *audience) match(m *measure, t *table) {
	type choice struct{ breakdown, period string }
	rows := map[choice][]*row{}
	var order []choice
	for k := range m.rows {
		r := &m.rows[k]
		if r.breakdown == "" || !a.about(m, *t, *r) {
			continue
		}
		c := choice{r.breakdown, r.period}
		if rows[c] == nil {
			order = append(order, c)
		}
		rows[c] = append(rows[c], r)
	}
	best := 0
	for _, c := range order {
		if len(rows[c]) < len(t.lines) {
			continue
		}
		given, n := assign(t, rows[c])
		if n > best || best == 0 {
			best = n
			for i := range t.lines {
				t.lines[i].row = given[i]
			}
		}
	}
}

// assign gives as many lines as can be a row of their own, and says how many have one. Of rows
// that print the same, a line has the one that is called as it is, or else one that is free.
func assign(t *table, rows []*row) (given []*row, n int) {
	fits := make([][]int, len(t.lines))
	for i, l := range t.lines {
		for k, r := range rows {
			if r.explains(t.heads[1:], l.cells) {
				fits[i] = append(fits[i], k)
			}
		}
	}
	holder := byName(t, rows, fits)
	named := slices.Collect(maps.Values(holder))
	var place func(i int, tried map[int]bool) bool
	place = func(i int, tried map[int]bool) bool {
		for _, k := range fits[i] {
			if _, taken := holder[k]; !taken {
				holder[k] = i
				return true
			}
		}
		for _, k := range fits[i] {
			if tried[k] {
				continue
			}
			tried[k] = true
			if place(holder[k], tried) {
				holder[k] = i
				return true
			}
		}
		return false
	}
	for i := range t.lines {
		if slices.Contains(named, i) || place(i, map[int]bool{}) {
			n++
		}
	}
	given = make([]*row, len(t.lines))
	for k, i := range holder {
		given[i] = rows[k]
	}
	return given, n
}

// byName is the line, by row, of every row that a line may be and is called as.
func byName(t *table, rows []*row, fits [][]int) map[int]int {
	holder := map[int]int{}
	for i, l := range t.lines {
		for _, k := range fits[i] {
			if _, taken := holder[k]; !taken && rows[k].called(l.label) {
				holder[k] = i
				break
			}
		}
	}
	return holder
}

// called says whether a label is the row's category in plain words.
func (r row) called(label string) bool {
	return strings.EqualFold(strings.ReplaceAll(r.category, "_", " "), label)
}

// columnsOf is what a column of a table may print, by its head: the fields of the row of
// data. ok is false for a head that the auditor does not know; nil fields are those that no
// data file holds, which facts reads.
func (r row) columnsOf(head string) (fields []string, ok bool) {
	switch head {
	case "All", "Cases", "Counted both times":
		return []string{count(r.base)}, true
	case "Of these, met", "Number":
		return []string{count(r.numerator)}, true
	case "Percentage", "Rate", "Median days", "Average", "Change", "Estimate", "Share":
		return []string{r.value}, true
	case "95% interval":
		return []string{r.low, r.high}, true
	case "Low":
		return []string{r.low}, true
	case "High":
		return []string{r.high}, true
	case "People", "Counted before", "Before", "After", "Limits of chance", "Against the rest", "Share done", "Reading", slowestHead, medianHead, localHead, ratioHead:
		return nil, true
	}
	return nil, strings.HasPrefix(head, "Within ")
}

// pending says that a column may hold a number although the row has no value: the share done
// by a day, where more than half are still open and there is no median yet.
func (r row) pending(head string) bool {
	return r.markValue == "p" && strings.HasPrefix(head, "Within ")
}

// explains says whether every number in the cells is one that the row of data prints in that
// place, and whether a row without a value has none beside.
func (r row) explains(heads, cells []string) bool {
	for i, cell := range cells {
		if i >= len(heads) {
			return false
		}
		if heads[i] == localHead {
			continue // published by others, and no number of this row
		}
		fields, known := r.columnsOf(heads[i])
		if !known || fields == nil && (r.value != "" || r.pending(heads[i])) || heads[i] == "Reading" || slices.Contains(limitWords, cell) {
			continue
		}
		if heads[0] == "Share done" && heads[i] == "95% interval" && r.value != "" {
			continue // of the share, see facts
		}
		for _, n := range numbersIn(cell) {
			if !n.isOneOf(fields...) {
				return false
			}
		}
	}
	return true
}

// limitWords are what a table may say of a unit and the limits of chance.
var limitWords = []string{"within", "above 95%", "below 95%", "above both", "below both", "not compared"}

// checkTable holds a measure's table against its data file: all numbers of a line must be
// those of one row of data, and a hidden row has none. What the data files do not hold is
// kept as facts for the sums.
func (a *audience) checkTable(r *Report, page string, m *measure, node *html.Node) {
	t, ok := readTable(node)
	if !ok {
		return
	}
	file := a.folder + "/" + page
	if kind := m.columnsInTime(t); kind != "" {
		a.checkAlong(r, file, m, t, kind)
		return
	}
	for _, head := range t.heads[1:] {
		if _, known := (row{}).columnsOf(head); !known {
			r.add(file, t.heads[0], RuleUnknown, "the auditor does not know the column "+strconv.Quote(head))
			return
		}
	}
	a.settle(m, &t)
	for _, l := range t.lines {
		r.Checked++
		switch {
		case l.row != nil:
			a.facts(r, file, m, *l.row, t, l)
		case anyNumber(t.heads[1:], l.cells):
			r.add(file, t.heads[0]+" "+l.label, RulePage, "the table prints a number that its row of the data file does not")
		}
	}
	a.checkPlaces(r, page, m, t)
	if slices.Contains(t.heads, "Against the rest") {
		a.checkRest(r, file, m, t)
	}
}

func anyNumber(heads, cells []string) bool {
	for i, c := range cells {
		if i < len(heads) && heads[i] != "Reading" && len(numbersIn(c)) > 0 {
			return true
		}
	}
	return false
}
