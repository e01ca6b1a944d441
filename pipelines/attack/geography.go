package attack

// crosses says whether areas of m's rows share pieces in some period. Where none do, an area
// is as good a part of the whole as its pieces are, and it is printed.
func (f *files) crosses(m *measure) bool {
	type part struct{ period, piece string }
	of := map[part]string{}
	for _, r := range m.rows {
		if r.breakdown != "" {
			continue
		}
		for _, piece := range append([]string{r.area}, f.Geography[r.area]...) {
			at := part{r.period, piece}
			if other, taken := of[at]; taken && other != r.area {
				return true
			}
			of[at] = r.area
		}
	}
	return false
}
