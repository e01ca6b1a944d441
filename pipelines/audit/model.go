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

// key names a count: the same one in the files of every audience of a release. release 0 is
// the edition under audit, the editions before it are 1 and on.
type key struct {
	release int
	measure string
	place   place
	part    string
}

// system is what readers of some sources can put together about measures that may rest on
// the same cases: their counts as a puzzle.
type system struct {
	*puzzle
	at   map[key]int
	same func(key) key // the count that stands for several known to be one
}

func newSystem(same func(key) key) *system {
	if same == nil {
		same = func(k key) key { return k }
	}
	return &system{puzzle: newPuzzle(), at: map[key]int{}, same: same}
}

// of is the count of k, made when it is first asked for.
func (s *system) of(k key) int {
	k = s.same(k)
	v, there := s.at[k]
	if !there {
		v = s.count(0, far)
		s.at[k] = v
	}
	return v
}

// held is the count of k where there is one, else -1.
func (s *system) held(k key) int {
	if v, there := s.at[s.same(k)]; there {
		return v
	}
	return -1
}

// addMeasure adds what each source prints of a measure in one release, and the sums that tie
// its counts together.
func (s *system) addMeasure(release int, sources []*audience, id string) {
	rows := map[place]row{}
	var all []row
	var first *measure
	var from *audience
	for _, a := range sources {
		m := a.measure(id)
		if m == nil || !m.people() || a.release != release {
			continue
		}
		if first == nil {
			first, from = m, a
		}
		for _, r := range m.rows {
			s.addRow(a, m, r)
			if _, there := rows[r.place()]; !there {
				rows[r.place()] = r
				all = append(all, r)
			}
		}
		for _, f := range m.facts {
			s.addFact(a, m, f)
		}
		if release == 0 {
			s.addLeft(a, m)
		}
	}
	if first == nil {
		return
	}
	t := tying{system: s, release: release, a: from, m: first, rows: all, crossing: map[string]bool{}}
	t.geography()
	t.periods()
	t.tables()
}

// addRow adds the counts of one row. A count hidden to protect people is at least 1 where
// zeros are printed; the rest of a proportion is never printed.
func (s *system) addRow(a *audience, m *measure, r row) {
	k := key{release: a.release, measure: m.ID, place: r.place()}
	part := func(p string) int { k.part = p; return s.of(k) }
	none := m.hidesZeros() || m.maybeNone() && a.belowWhole(r)
	small := none || r.base < 0 || m.leastBehind(r.base) < m.fewest() // a numerator hidden for the sake of its base may be nothing
	switch {
	case m.Kind == "rate":
		s.print(m, part(partMet), r.numerator, r.markValue, none)
		s.learnShare(m, part(partMet), -1, r)
	case m.isPart(r):
		s.print(m, part(partBase), r.numerator, r.markValue, small)
		s.learnShare(m, part(partBase), -1, r)
	case m.Kind == "proportion":
		base, met, rest := part(partBase), part(partMet), part(partRest)
		s.print(m, base, r.base, r.markBase, none)
		s.print(m, met, r.numerator, r.markValue, small)
		s.once(base, met, rest)
		s.learnShare(m, met, base, r)
	default:
		s.print(m, part(partBase), r.base, r.markBase, none)
	}
}

// print narrows a count by what is printed in its place. Without a number, [p] says that
// nothing has been counted yet.
func (s *system) print(m *measure, v int, n int64, mark string, maybeNone bool) {
	switch {
	case n >= 0:
		s.within(v, m.leastBehind(n), m.mostBehind(n))
	case mark == "c" && !maybeNone:
		s.within(v, 1, far)
	}
}

// once adds that parts sum to whole, unless another source has said so.
func (s *system) once(whole int, parts ...int) {
	for _, j := range s.puzzle.of[whole] {
		if have := s.sums[j]; !have.atMost && len(have.vars) == len(parts)+1 && have.vars[0] == whole && slices.Equal(have.vars[1:], parts) {
			return
		}
	}
	s.total(whole, parts)
}

// learnShare narrows a numerator by a share printed although the numerator is not.
func (s *system) learnShare(m *measure, met, base int, r row) {
	n := r.base
	if base >= 0 && s.known(base) {
		n = s.lo[base]
	}
	if r.value == "" || r.numerator >= 0 || n <= 0 || m.RoundTo > 1 {
		return
	}
	if least, most, ok := feasible(r.value, n, m.scale(r)); ok && least <= most {
		s.within(met, least, most)
	}
}

// addFact adds a number that a page prints and the data files do not hold, with the sum that
// it is part of.
func (s *system) addFact(a *audience, m *measure, f fact) {
	k := key{release: a.release, measure: m.ID, place: f.place}
	part := func(p string) int { k.part = p; return s.of(k) }
	s.within(part(f.part), f.lo, f.hi)
	switch f.part {
	case partPeople:
		s.once(part(partMet), part(partPeople), part(partRepeats))
	case partStarted:
		s.once(part(partStarted), part(partBase), part(partLeft))
	case partImproved, partSame, partWorse:
		s.once(part(partBase), part(partImproved), part(partSame), part(partWorse))
	case partOpen:
		s.once(part(partBase), part(partOpen), part(partEnded))
	case partCeiling:
		s.once(part(partBase), part(partCeiling), part(partBelow))
	}
}

// tying adds the sums between the rows of one measure.
type tying struct {
	*system
	release int
	a       *audience
	m       *measure
	rows    []row
	// crossing is the periods in which areas of the rows share pieces.
	crossing map[string]bool
}

// tie adds that parts sum to whole, for each part of the measure that all of them have.
func (t tying) tie(whole place, parts []place) {
	for _, part := range t.m.summed() {
		k := key{t.release, t.m.ID, whole, part}
		total := t.held(k)
		var vs []int
		for _, p := range parts {
			k.place = p
			vs = append(vs, t.held(k))
		}
		if total < 0 || slices.Contains(vs, -1) {
			continue
		}
		switch exact, monotone := t.m.additive(part); {
		case exact:
			t.once(total, vs...)
		default:
			t.loosely(total, vs, monotone)
		}
	}
}

// group is one series of a measure's rows.
type group struct{ area, breakdown, category, kind string }

// shorter is the kinds of period that a kind is made of.
func shorter(kind string) []string {
	switch kind {
	case "quarter":
		return []string{"month"}
	case "year", "rolling":
		return []string{"quarter", "month"}
	case "pooled":
		return []string{"year", "quarter", "month"}
	}
	return nil
}

// periods ties each longer period to the shorter ones that fill it without a gap. Where none
// do, its quarters count all the same: two years that overlap differ by two of them.
func (t tying) periods() {
	groups := map[group][]row{}
	for _, r := range t.rows {
		g := group{r.area, r.breakdown, r.category, r.kind}
		groups[g] = append(groups[g], r)
	}
	for _, rows := range groups {
		slices.SortFunc(rows, func(x, y row) int { return x.start.Compare(y.start) })
	}
	for _, whole := range t.rows {
		filled := false
		for _, kind := range shorter(whole.kind) {
			if parts := filling(whole, groups[group{whole.area, whole.breakdown, whole.category, kind}]); parts != nil {
				t.tie(whole.place(), parts)
				filled = true
			}
		}
		if !filled && len(shorter(whole.kind)) > 1 {
			t.quarters(whole, groups[group{whole.area, whole.breakdown, whole.category, "quarter"}])
		}
	}
}

// quarters ties a period to its quarters, those that nothing prints taken as unknown counts.
func (t tying) quarters(whole row, printed []row) {
	if whole.start.Day() != 1 || int(whole.start.Month())%3 != 1 {
		return
	}
	var parts []place
	for at := whole.start; !at.After(whole.end); at = at.AddDate(0, 3, 0) {
		p := whole.place()
		p.period = "quarter from " + at.Format(time.DateOnly)
		for _, r := range printed {
			if r.start.Equal(at) {
				p = r.place()
			}
		}
		for _, part := range t.m.summed() {
			if k := (key{t.release, t.m.ID, whole.place(), part}); t.held(k) >= 0 {
				k.place = p
				t.of(k)
			}
		}
		parts = append(parts, p)
	}
	if len(parts) > 0 && whole.end.Equal(whole.start.AddDate(0, 3*len(parts), -1)) {
		t.tie(whole.place(), parts)
	}
}

// filling is the rows, in order, that fill the period of whole day by day, or nil.
func filling(whole row, rows []row) []place {
	var parts []place
	next := whole.start
	for _, r := range rows {
		if r.start.Before(whole.start) || r.end.After(whole.end) || r.start.Before(next) {
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

// tables ties the whole partnership to its areas, and to the categories of each breakdown,
// period by period.
func (t tying) tables() {
	type table struct{ period, breakdown string }
	parts := map[table][]place{}
	breakdowns := []string{""}
	for _, r := range t.rows {
		if r.breakdown == "" && t.crossing[r.period] {
			continue // see geography
		}
		if r.area != t.a.Area || r.breakdown != "" {
			k := table{r.period, r.breakdown}
			parts[k] = append(parts[k], r.place())
			if !slices.Contains(breakdowns, r.breakdown) {
				breakdowns = append(breakdowns, r.breakdown)
			}
		}
	}
	for _, r := range t.rows {
		if r.area != t.a.Area || r.breakdown != "" {
			continue
		}
		for _, b := range breakdowns {
			if ps := parts[table{r.period, b}]; len(ps) > 0 {
				t.tie(r.place(), ps)
			}
		}
	}
}
