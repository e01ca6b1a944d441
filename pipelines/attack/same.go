package attack

import (
	"slices"
	"strconv"
	"strings"
	"time"
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
				for part, n := range map[string]int64{"base": r.base, "met": r.numerator} {
					if m.divides(r) || m.Protects == "nobody" || n < 0 || part == "base" && m.Kind == "rate" || part == "met" && m.Kind != "proportion" && m.Kind != "rate" {
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
