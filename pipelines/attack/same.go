package attack

import (
	"slices"
	"time"
)

// where names a count of a measure under one breakdown.
type where struct{ measure, part, breakdown string }

// countSlice is one category of a count in the whole area, or all of them where category and
// breakdown are empty.
type countSlice struct {
	where
	category string
}

// seen is what files print of each count, by file and place, and of each slice by file and
// period, the counts in the order of the files.
type seen struct {
	counts        map[where]map[at]said
	order         []where
	slices        map[countSlice]map[at]said
	wholes, parts []countSlice
}

// look goes through all that some files print of people.
func look(held []*files) *seen {
	s := &seen{counts: map[where]map[at]said{}, slices: map[countSlice]map[at]said{}}
	for i, f := range held {
		for _, m := range f.Measures {
			if m.Protects == "nobody" {
				continue
			}
			for _, r := range m.rows {
				for _, part := range m.parts() {
					if n, there := m.told(r)[part]; there && n >= 0 {
						s.note(i, m, r, where{m.ID, part, r.breakdown}, m.said(r, n, r.area == f.Area))
					}
				}
			}
		}
	}
	return s
}

// told is the counts of cases that a row prints, with the rest where it follows exactly.
func (m *measure) told(r row) map[string]int64 {
	counts := m.counts(r)
	if base, met := counts["base"], counts["met"]; m.Kind == "proportion" && base >= 0 && met >= 0 && m.RoundTo <= 1 {
		counts["rest"] = base - met
	}
	return counts
}

func (s *seen) note(file int, m *measure, r row, w where, n said) {
	if !m.divides(r) {
		if s.counts[w] == nil {
			s.counts[w] = map[at]said{}
			s.order = append(s.order, w)
		}
		s.counts[w][at{file, r.period, r.area, r.category}] = n
	}
	if !n.whole {
		return
	}
	k := countSlice{w, r.category}
	if s.slices[k] == nil {
		s.slices[k] = map[at]said{}
		if r.breakdown == "" {
			s.wholes = append(s.wholes, k)
		} else {
			s.parts = append(s.parts, k)
		}
	}
	s.slices[k][at{file: file, period: r.period}] = n
}

// partners is the measures that print the same numbers as id wherever both print one, and do
// so often; their counts are taken to be one.
func (c *claims) partners(printed *seen, id string) []string {
	var ids []string
	for _, mine := range printed.order {
		if mine.measure != id {
			continue
		}
		for _, theirs := range printed.order {
			if theirs.measure == id || theirs.breakdown != mine.breakdown || !printed.same(mine, theirs) {
				continue
			}
			c.same[theirs] = mine
			if !slices.Contains(ids, theirs.measure) {
				ids = append(ids, theirs.measure)
			}
		}
	}
	return ids
}

// same says whether two counts of different measures are taken to be one.
func (s *seen) same(x, y where) bool {
	part := func(w where) func(string) map[at]said {
		return func(part string) map[at]said { w.part = part; return s.counts[w] }
	}
	return alike(s.counts[x], s.counts[y]) && !outdone(x.part, part(x), s.counts[y]) && !outdone(y.part, part(y), s.counts[x])
}

// stands is the count that stands for a slice's among those taken to be one.
func (c *claims) stands(k countSlice) countSlice {
	if to, there := c.same[k.where]; there {
		k.where = to
	}
	return k
}

// sliced is the measures one of whose categories, in the whole area, prints the same numbers
// as all cases of id, or all of whose cases do as one of its categories.
func (c *claims) sliced(printed *seen, id string) []string {
	var ids []string
	for _, part := range printed.parts {
		for _, whole := range printed.wholes {
			p, w := c.stands(part), c.stands(whole)
			if w.measure == p.measure || w.measure != id && p.measure != id || !printed.fills(part, whole) {
				continue
			}
			c.slices[p] = w
			other := p.measure
			if other == id {
				other = w.measure
			}
			if !slices.Contains(ids, other) {
				ids = append(ids, other)
			}
			break
		}
	}
	return ids
}

// fills says whether a category of one measure is taken to be all cases of another.
func (s *seen) fills(part, whole countSlice) bool {
	return alike(s.slices[part], s.slices[whole]) && !outdone(part.part, func(p string) map[at]said { part.part = p; return s.slices[part] }, s.slices[whole])
}

// unrevised writes down that the counts of a period are those of the edition before, where
// both print the same of it wherever both print anything.
func (c *claims) unrevised(held []*files, ids []string) {
	type moment struct{ audience, measure, period string }
	printed := map[int]map[moment]map[key][2]int64{}
	for _, f := range held {
		for _, m := range f.Measures {
			if !slices.Contains(ids, m.ID) {
				continue
			}
			for _, r := range m.rows {
				if f.release > 0 && !f.whole(m, r) {
					continue // more of it has been counted since
				}
				at := moment{f.Audience, m.ID, r.period}
				if printed[f.release] == nil {
					printed[f.release] = map[moment]map[key][2]int64{}
				}
				if printed[f.release][at] == nil {
					printed[f.release][at] = map[key][2]int64{}
				}
				printed[f.release][at][key{area: r.area, breakdown: r.breakdown, category: r.category}] = [2]int64{r.base, r.numerator}
			}
		}
	}
	for release, moments := range printed {
		for at, cells := range moments {
			if old := printed[release+1][at]; old != nil && agree(cells, old) {
				for k := range cells {
					for _, part := range []string{"base", "met", "rest"} {
						now := key{release: release, measure: at.measure, period: at.period, area: k.area, breakdown: k.breakdown, category: k.category, part: part}
						then := now
						then.release++
						if x, there := c.at[now]; there {
							if y, there := c.at[then]; there && x != y {
								c.sum(editions, x, y)
							}
						}
					}
				}
			}
		}
	}
}

// whole says whether a period could be counted in full when the edition was made.
func (f *files) whole(m *measure, r row) bool {
	asAt, err := time.Parse(time.DateOnly, f.AsAt)
	return err != nil || !r.end.AddDate(0, 0, m.Matures).After(asAt)
}

func agree(now, old map[key][2]int64) bool {
	same := false
	for k, n := range now {
		was, there := old[k]
		for i := range n {
			if !there || n[i] < 0 || was[i] < 0 {
				continue
			}
			if n[i] != was[i] {
				return false
			}
			same = true
		}
	}
	return same
}
