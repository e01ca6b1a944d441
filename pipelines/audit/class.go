package audit

import "slices"

// What zeros a measure's files may hide: none, all, or some of them so that a row does not
// tell what is so of everybody in it.
const (
	zerosHidden    = "hidden"
	zerosSometimes = "sometimes"
)

// sensitive is the level from which rows are looked at for what they tell of everybody.
const sensitive = 2

func (r rules) hidesZeros() bool { return r.Zeros == zerosHidden }

// maybeNone says that a count marked hidden may be nothing.
func (r rules) maybeNone() bool { return r.Zeros == zerosHidden || r.Zeros == zerosSometimes }

// classed says that no row may tell what is so of everybody in it.
func (r rules) classed() bool {
	return r.Level >= sensitive && r.Class != "off" && r.Class != ""
}

// belowWhole says that a row is of an area or a category: what is so of everybody counted
// tells nobody about a neighbour.
func (a *audience) belowWhole(r row) bool { return r.area != a.Area || r.breakdown != "" }

// checkZeros looks for printed zeros where there are to be none, and for rows that print that
// everybody, or nobody, in them met the measure, unless the whole prints that already.
func (a *audience) checkZeros(r *Report, m *measure) {
	file := a.folder + "/" + m.file()
	for _, row := range m.rows {
		for name, n := range m.printed(row) {
			if n == 0 && m.hidesZeros() {
				r.add(file, row.where(), RuleZero, name+" is a zero, and zeros are hidden")
			}
		}
		if m.tellsOfAll(row) && a.protectsClass(m, row) {
			r.add(file, row.where(), RuleClass, "it tells what is so of everybody in the row")
		}
	}
}

// tellsOfAll says that a row prints that everybody in it met the measure, or nobody did.
func (m *measure) tellsOfAll(row row) bool {
	return m.Kind == "proportion" && row.base > 0 && (row.numerator == 0 || row.numerator == row.base && m.RoundTo <= 1)
}

// protectsClass says that a row of m may not tell what is so of everybody in it: that is so
// of those below the whole, unless the whole prints it of a period that holds the row's.
func (a *audience) protectsClass(m *measure, r row) bool {
	return m.classed() && m.Kind == "proportion" && a.belowWhole(r) && !slices.ContainsFunc(m.rows, func(whole row) bool {
		return !a.belowWhole(whole) && m.tellsOfAll(whole) && !whole.start.After(r.start) && !whole.end.Before(r.end)
	})
}

// coalition is how many people of a row may know their own answer without being able to tell
// that of all the others.
func (r rules) coalition() int64 {
	if r.Class == "all_but_one" {
		return 1
	}
	return 0
}

// groups is the rows of each breakdown of the whole, period by period.
func (m *measure) groups(whole string) map[place][]row {
	groups := map[place][]row{}
	for _, row := range m.rows {
		if row.breakdown != "" && row.area == whole {
			at := row.place()
			at.category = ""
			groups[at] = append(groups[at], row)
		}
	}
	return groups
}

// countIn is how many people a row of a breakdown prints in its category, -1 for none.
func (m *measure) countIn(r row) int64 {
	if m.Kind == "rate" || m.isPart(r) {
		return r.numerator
	}
	return r.base
}

// says that one of the rows of a breakdown would tell something of everybody in it: it is one of
// several, and not of those of whom nothing is recorded.
func says(rows []row, which int) bool {
	return len(rows) > 1 && rows[which].category != "not recorded"
}

// checkGroups looks for breakdowns that print that everybody counted is in one category: the
// others hold nobody, or it holds as many as the whole.
func (a *audience) checkGroups(r *Report, m *measure) {
	if !m.classed() {
		return
	}
	all := map[string]int64{}
	for _, row := range m.rows {
		if !a.belowWhole(row) && m.countIn(row) > 0 && m.RoundTo <= 1 {
			all[row.period] = m.countIn(row)
		}
	}
	for _, rows := range m.groups(a.Area) {
		for i, row := range rows {
			if !says(rows, i) {
				continue
			}
			others, known := int64(0), true
			for j, other := range rows {
				if n := m.countIn(other); j != i {
					known, others = known && n >= 0, others+m.mostBehind(max(n, 0))
				}
			}
			n, total := m.countIn(row), all[row.period]
			somebody := n > 0 || n < 0 && (row.markValue == "c" || row.markBase == "c")
			if somebody && known && others <= m.coalition() || total > 0 && n >= total-m.coalition() {
				r.add(a.folder+"/"+m.file(), row.where(), RuleClass, "it tells the category of everybody counted")
			}
		}
	}
}

// groupStage adds a Finding for each category of a that a system works out to hold everybody
// counted.
func (s *system) groupStage(r *Report, a *audience, ids []string, rule string, found learnt) {
	for _, id := range ids {
		m := a.measure(id)
		if m == nil || !m.people() || !m.classed() {
			continue
		}
		for _, rows := range m.groups(a.Area) {
			for i, row := range rows {
				k := key{a.release, id, row.place(), "everybody"}
				if s.holdsAll(a, m, rows, i) && !found[k] {
					found[k] = true
					r.add(a.folder+"/"+m.file(), row.where(), rule, "it can be worked out that everybody counted is in one category")
				}
			}
		}
	}
}

// holdsAll says that one of the rows of a breakdown is known to hold everybody who was
// counted.
func (s *system) holdsAll(a *audience, m *measure, rows []row, which int) bool {
	part := partBase
	if m.Kind == "rate" {
		part = partMet
	}
	of := func(p place) int { return s.held(key{a.release, m.ID, p, part}) }
	whole, at := of(place{period: rows[which].period, area: a.Area}), of(rows[which].place())
	if whole < 0 || at < 0 || s.lo[whole] < 1 || !says(rows, which) {
		return false
	}
	var others int64
	for i, r := range rows {
		if v := of(r.place()); i != which && v >= 0 {
			others += s.hi[v]
		}
	}
	return others <= m.coalition() || s.lo[at] >= s.hi[whole]-m.coalition()
}

// classStage adds a Finding for each hidden count of a that a system works out to be nothing,
// where that is hidden as well.
func (s *system) classStage(r *Report, a *audience, ids []string, rule string, found learnt) {
	for _, id := range ids {
		m := a.measure(id)
		if m == nil || !m.people() || !m.maybeNone() {
			continue
		}
		for _, row := range m.rows {
			for _, part := range []string{partBase, partMet, partRest} {
				k := key{a.release, id, row.place(), part}
				if s.tellsNothing(a, m, row, k) && !found[k] {
					found[k] = true
					r.add(a.folder+"/"+m.file(), row.where(), rule, "it can be worked out that nobody is in a count that is hidden")
				}
			}
		}
	}
}

// tellsNothing says that a part of a row is hidden, must stay so if it is nothing, and is
// known to be nothing.
func (s *system) tellsNothing(a *audience, m *measure, r row, k key) bool {
	v, base := s.held(k), s.held(key{k.release, k.measure, k.place, partBase})
	if v < 0 || !s.known(v) || s.lo[v] != 0 {
		return false
	}
	classed := base >= 0 && s.lo[base] > m.HideUpTo && a.protectsClass(m, r)
	switch k.part {
	case partBase:
		return m.hidesZeros() && r.base < 0 && r.markBase == "c"
	case partMet:
		return (m.hidesZeros() || classed) && r.numerator < 0 && r.markValue == "c"
	}
	return classed && r.numerator < 0
}
