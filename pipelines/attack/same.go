package attack

import (
	"slices"
	"strconv"
	"strings"
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
	counts        map[where]map[string]int64
	order         []where
	slices        map[countSlice]map[string]int64
	wholes, parts []countSlice
}

// look goes through all that some files print of people.
func look(held []*files) *seen {
	s := &seen{counts: map[where]map[string]int64{}, slices: map[countSlice]map[string]int64{}}
	for i, f := range held {
		file := strconv.Itoa(i)
		for _, m := range f.Measures {
			if m.Protects == "nobody" {
				continue
			}
			for _, r := range m.rows {
				for _, part := range m.parts() {
					if n, there := m.counts(r)[part]; there && n >= 0 {
						s.note(file, m, r, where{m.ID, part, r.breakdown}, n, r.area == f.Area)
					}
				}
			}
		}
	}
	return s
}

func (s *seen) note(file string, m *measure, r row, w where, n int64, whole bool) {
	if !m.divides(r) {
		if s.counts[w] == nil {
			s.counts[w] = map[string]int64{}
			s.order = append(s.order, w)
		}
		s.counts[w][strings.Join([]string{file, r.period, r.area, r.category}, "|")] = n
	}
	if !whole {
		return
	}
	k := countSlice{w, r.category}
	if s.slices[k] == nil {
		s.slices[k] = map[string]int64{}
		if r.breakdown == "" {
			s.wholes = append(s.wholes, k)
		} else {
			s.parts = append(s.parts, k)
		}
	}
	s.slices[k][file+"|"+r.period] = n
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
			if theirs.measure == id || theirs.breakdown != mine.breakdown || !alike(printed.counts[mine], printed.counts[theirs]) {
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
			if w.measure == p.measure || w.measure != id && p.measure != id || !alike(printed.slices[part], printed.slices[whole]) {
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

// alike says whether two series agree wherever both are printed, in at least 12 places and 6
// different numbers.
func alike(x, y map[string]int64) bool {
	same, values := 0, map[int64]bool{}
	for at, n := range x {
		theirs, there := y[at]
		if there && theirs != n {
			return false
		}
		if there {
			same++
			values[n] = true
		}
	}
	return same >= 12 && len(values) >= 6
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
