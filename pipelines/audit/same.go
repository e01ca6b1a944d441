package audit

import (
	"cmp"
	"slices"
)

// series is one count of a measure under one breakdown, over all periods and areas.
type series struct{ measure, part, breakdown string }

// sameness is which series of counts, and which counts of earlier releases, are taken to be
// the same: a reader who sees them agree wherever both are printed would take them so.
type sameness struct {
	series  map[series]series // to the one that stands for it
	slices  map[slice]slice   // of the whole area, to the series of all cases that stands for it
	release map[moment]int    // of a measure's period in a release: the latest in which it is the same
	area    string            // the whole
}

// moment is a period of a measure in one release.
type moment struct {
	release         int
	measure, period string
}

// released is a row of a period as those whose rules are one are told of it.
type released struct {
	hideUpTo                  int64
	area, breakdown, category string
}

// of is the count that stands for k.
func (s *sameness) of(k key) key {
	k = s.withinRelease(k)
	if latest, there := s.release[moment{k.release, k.measure, k.place.period}]; there {
		k.release = latest
	}
	return k
}

// withinRelease is the count that stands for k among those of its release.
func (s *sameness) withinRelease(k key) key {
	if same, there := s.series[series{k.measure, k.part, k.place.breakdown}]; there {
		k.measure, k.part = same.measure, same.part
	}
	if k.place.area == s.area {
		if same, there := s.slices[slice{series{k.measure, k.part, k.place.breakdown}, k.place.category}]; there {
			k.measure, k.part, k.place.breakdown, k.place.category = same.measure, same.part, "", ""
		}
	}
	return k
}

// sameCounts finds the series that agree wherever two are printed, and the periods that
// earlier releases print no differently.
func sameCounts(sources []*audience) *sameness {
	s := &sameness{series: map[series]series{}, slices: map[slice]slice{}, release: map[moment]int{}, area: sources[0].Area}
	p := printed(sources)
	var groups [][]*seen
	for _, one := range p.series {
		i := slices.IndexFunc(groups, func(g []*seen) bool { return p.joins(one, g) && !p.outdone(one, g) })
		if i < 0 {
			groups = append(groups, []*seen{one})
			continue
		}
		s.series[one.series] = groups[i][0].series
		groups[i] = append(groups[i], one)
	}
	s.findSlices(p)
	s.releases(sources)
	return s
}

// joins says whether a series agrees with every one of a group, and with one so that no chance
// makes them agree. Two counts of one measure stay two, even where everybody met it.
func (p *printing) joins(x *seen, group []*seen) bool {
	if group[0].breakdown != x.breakdown || group[0].distinct != x.distinct {
		return false
	}
	for _, y := range group {
		if y.measure == x.measure || !x.agrees(y) {
			return false
		}
	}
	return slices.ContainsFunc(group, func(y *seen) bool { return p.sure(x, y) })
}

// outdone says whether another count of the measure of x is as well, or better, taken for
// those of a group: a base and its part print the same where nobody is left between them, and
// where somebody is, one of the two is hidden from whoever could tell them apart.
func (p *printing) outdone(x *seen, group []*seen) bool {
	base := p.at[series{x.measure, partBase, x.breakdown}]
	for _, part := range []string{partMet, partRest} {
		some := p.at[series{x.measure, part, x.breakdown}]
		switch {
		case base == nil || some == nil:
		case x == base && p.joins(some, group) && !base.toldFrom(some, group):
			return true
		case x == some && p.joins(base, group) && base.toldFrom(some, group):
			return true
		}
	}
	return false
}

// toldFrom says whether a base and one of a group are printed, other than as nobody, in a place where the part is not
// known to be all of the base.
func (x *seen) toldFrom(part *seen, group []*seen) bool {
	for _, y := range group {
		for at, n := range x.at {
			of, there := part.at[at]
			if _, gives := part.round[at.source]; !gives {
				continue // rounded, it gives no rest
			}
			if _, both := y.at[at]; both && n > 0 && (!there || of != n) {
				return true
			}
		}
	}
	return false
}

// releases finds, for each period of a measure that an earlier release could count in full,
// the latest release that prints the same of it wherever both print.
func (s *sameness) releases(sources []*audience) {
	printed := map[moment]map[released][2]int64{}
	for _, a := range sources {
		for _, m := range a.Measures {
			for _, r := range m.rows {
				if a.release > 0 && !a.whole(m, r) {
					continue // more of it has been counted since
				}
				k := moment{a.release, m.ID, r.period}
				if printed[k] == nil {
					printed[k] = map[released][2]int64{}
				}
				printed[k][released{a.HideUpTo, r.area, r.breakdown, r.category}] = [2]int64{r.base, r.numerator}
			}
		}
	}
	newest := releases(sources)
	slices.Sort(newest)
	for k, old := range printed {
		for _, release := range newest {
			if release >= k.release {
				break
			}
			if now := printed[moment{release, k.measure, k.period}]; now != nil && unrevised(old, now) {
				s.release[k] = release
				break
			}
		}
	}
}

// unrevised says whether two releases agree wherever both print a count, and do so at least
// once.
func unrevised(old, now map[released][2]int64) bool {
	same := false
	for at, was := range old {
		is, there := now[at]
		for i := range was {
			if !there || was[i] < 0 || is[i] < 0 {
				continue
			}
			if was[i] != is[i] {
				return false
			}
			same = true
		}
	}
	return same
}

// clusters is the measures, by id, that have to be solved together, in order.
func (s *sameness) clusters(sources []*audience) [][]string {
	head := map[string]string{}
	var find func(id string) string
	find = func(id string) string {
		if up, there := head[id]; there && up != id {
			return find(up)
		}
		return id
	}
	join := func(x, y string) {
		x, y = find(x), find(y)
		head[max(x, y)] = min(x, y)
	}
	for of, to := range s.series {
		join(of.measure, to.measure)
	}
	for of, to := range s.slices {
		join(of.measure, to.measure)
	}
	byHead := map[string][]string{}
	var order []string
	for _, a := range sources {
		for _, m := range a.Measures {
			h := find(m.ID)
			if !m.people() || slices.Contains(byHead[h], m.ID) {
				continue
			}
			if len(byHead[h]) == 0 {
				order = append(order, h)
			}
			byHead[h] = append(byHead[h], m.ID)
		}
	}
	var all [][]string
	for _, h := range order {
		all = append(all, byHead[h])
	}
	return all
}

func compareKeys(x, y key) int {
	return cmp.Or(cmp.Compare(x.measure, y.measure), cmp.Compare(x.release, y.release), cmp.Compare(x.place.period, y.place.period),
		cmp.Compare(x.place.area, y.place.area), cmp.Compare(x.place.breakdown, y.place.breakdown), cmp.Compare(x.place.category, y.place.category), cmp.Compare(x.part, y.part))
}
