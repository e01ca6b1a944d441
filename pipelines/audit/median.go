package audit

// medianHead heads the median of a breakdown into whole numbers.
const medianHead = "Median"

// settles says whether the printed counts of a breakdown put the median of a row's cases in the
// category that begins with a number, wherever the hidden ones lie: a median that they do not
// settle would tell of those.
func (m *measure) settles(whole row, breakdown string, from float64) bool {
	var below, upTo, seen int64
	cases, hiddenBelow := whole.base, false
	for _, r := range m.rows {
		if r.period != whole.period || r.area != whole.area || r.breakdown != breakdown {
			continue
		}
		ns, n := numbersIn(r.category), max(r.base, 0)
		switch {
		case len(ns) == 0 && r.base < 0:
			return false
		case len(ns) == 0:
			cases -= n
			continue
		case ns[0].value < from:
			below, hiddenBelow = below+n, hiddenBelow || r.base < 0
		}
		if ns[0].value <= from {
			upTo += n
		}
		seen += n
	}
	if hiddenBelow {
		below += max(cases-seen, 0)
	}
	return cases > 0 && 2*below < cases && 2*upTo >= cases
}
