package attack

import (
	"slices"
	"strconv"
	"strings"
)

// partners is the measures that print the same numbers as id wherever both print one, and do
// so often; their counts are taken to be one.
func (c *claims) partners(held []*files, id string) []string {
	type where struct{ measure, part, breakdown string }
	printed := map[where]map[string]int64{}
	var order []where
	for i, f := range held {
		for _, m := range f.Measures {
			for _, r := range m.rows {
				for part, n := range m.counts(r) {
					if m.divides(r) || m.Protects == "nobody" || n < 0 {
						continue
					}
					w := where{m.ID, part, r.breakdown}
					if printed[w] == nil {
						printed[w] = map[string]int64{}
						order = append(order, w)
					}
					printed[w][strings.Join([]string{strconv.Itoa(i), r.period, r.area, r.category}, "|")] = n
				}
			}
		}
	}
	var ids []string
	for _, mine := range order {
		if mine.measure != id {
			continue
		}
		for _, theirs := range order {
			if theirs.measure == id || theirs.breakdown != mine.breakdown || !alike(printed[mine], printed[theirs]) {
				continue
			}
			c.same[[3]string(([]string{theirs.measure, theirs.part, theirs.breakdown}))] = [3]string{mine.measure, mine.part, mine.breakdown}
			if !slices.Contains(ids, theirs.measure) {
				ids = append(ids, theirs.measure)
			}
		}
	}
	return ids
}

// countSlice is one category of a count in the whole area, or all of them where category and
// breakdown are empty.
type countSlice struct{ measure, part, breakdown, category string }

// sliced is the measures one of whose categories, in the whole area, prints the same numbers
// as all cases of id, or all of whose cases do as one of its categories.
func (c *claims) sliced(held []*files, id string) []string {
	printed := map[countSlice]map[string]int64{}
	var wholes, parts []countSlice
	for i, f := range held {
		for _, m := range f.Measures {
			for _, r := range m.rows {
				if r.area != f.Area || m.Protects == "nobody" {
					continue
				}
				for part, n := range m.counts(r) {
					k := countSlice{m.ID, part, r.breakdown, r.category}
					if n < 0 {
						continue
					}
					if to, there := c.same[[3]string{k.measure, k.part, k.breakdown}]; there {
						k.measure, k.part = to[0], to[1]
					}
					if printed[k] == nil {
						printed[k] = map[string]int64{}
						if r.breakdown == "" {
							wholes = append(wholes, k)
						} else {
							parts = append(parts, k)
						}
					}
					printed[k][strconv.Itoa(i)+"|"+r.period] = n
				}
			}
		}
	}
	var ids []string
	for _, p := range parts {
		for _, w := range wholes {
			if w.measure == p.measure || w.measure != id && p.measure != id || !alike(printed[p], printed[w]) {
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
