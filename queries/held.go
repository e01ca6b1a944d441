package queries

import (
	"strings"

	"wherry/config"
)

// newTable is an empty table for some measures. Counts that several of them share are held
// to the strictest threshold, rounding and treatment of zeros of any; level and class are
// each measure's own.
func newTable(a config.Audience, group []*Cells, same twins) *table {
	t := &table{audience: a.For(nil, false), rules: map[*Measure]config.Audience{}, index: map[partKey]int{}, same: same, tied: map[string]bool{}, lowered: map[string]int{}, earlier: newEarlier(), classed: map[int]bool{}, longer: map[int][]int{}, unproved: map[int]bool{}}
	classed := false
	for _, c := range group {
		rules := a.For(c.measure.Feeds, c.measure.Sensitive)
		_, looked := rules.ClassCoalition()
		classed = classed || looked && c.measure.ProtectsPeople()
		t.rules[c.measure] = rules
		t.audience = t.audience.Stricter(rules)
	}
	for m, rules := range t.rules {
		t.rules[m] = rules.Held(t.audience, classed)
	}
	return t
}

// level is how open a count of n must stay. Level 2 is for those that are few: a zero that
// is hidden must only not be known to be one.
func (t *table) level(m *Measure, n int64) int {
	if n == 0 {
		return 1
	}
	return int(t.rules[m].Level)
}

// lower takes some counts from level 2 to level 1, and says whether there were any: zeros
// that are shown can leave a hidden count no way to be above the small ones, and then that it
// cannot be worked out is all there is. Those hidden for their class alone, which earlier
// editions leave no way to be another, stay hidden without proof.
func (t *table) lower(cells []int) bool {
	any := false
	for _, i := range cells {
		if t.hideLonger(i) {
			any = true
			continue
		}
		if t.classed[i] && !t.unproved[i] && (t.cells[i].Value == 0 || t.cells[i].Value > t.audience.HideUpTo) {
			t.unproved[i] = true
			any = true
		}
		if t.cells[i].Level > 1 {
			t.cells[i].Level = 1
			t.loweredCells = append(t.loweredCells, i)
			measure, _, _ := strings.Cut(t.cells[i].Name, " ")
			t.lowered[measure]++
			any = true
		}
	}
	return any
}

// hideLonger hides, with a zero that is hidden for its class, those of the longer periods that
// hold it, and says whether there were any that were not.
func (t *table) hideLonger(zero int) bool {
	any := false
	for _, i := range t.longer[zero] {
		if t.classed[zero] && !t.cells[i].Free && !t.cells[i].Primary {
			t.cells[i].Primary, t.classed[i], any = true, true, true
		}
	}
	return any
}
