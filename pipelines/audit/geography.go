package audit

import "slices"

// madeOf is the pieces of an area: itself, where the catalogue gives none.
func (a *audience) madeOf(area string) []string {
	if of := a.Geography[area]; len(of) > 0 {
		return of
	}
	return []string{area}
}

// geography ties areas to the pieces that the catalogue says they are made of, so that areas
// which overlap, or old and new ones, can be set against each other; and the whole to each
// set of areas that fill it. The pieces join the rows, so that their periods are tied too.
// Where no areas share a piece there is nothing to set against each other: see tables.
func (t *tying) geography() {
	byPeriod := map[string][]row{}
	var periods []string
	for _, r := range t.rows {
		if r.breakdown != "" || r.area == t.a.Area {
			continue
		}
		if byPeriod[r.period] == nil {
			periods = append(periods, r.period)
		}
		byPeriod[r.period] = append(byPeriod[r.period], r)
	}
	for _, period := range periods {
		sets := t.a.sets(byPeriod[period])
		if len(sets) < 2 {
			continue
		}
		t.crossing[period] = true
		t.split(byPeriod[period], sets)
	}
}

// sets is the areas of rows as sets of areas that share no piece, each area in the first set
// that has room for it.
func (a *audience) sets(rows []row) [][]row {
	var sets [][]row
	var taken []map[string]bool
	for _, r := range rows {
		of := a.madeOf(r.area)
		i := slices.IndexFunc(taken, func(pieces map[string]bool) bool {
			return !slices.ContainsFunc(of, func(p string) bool { return pieces[p] })
		})
		if i < 0 {
			i = len(sets)
			sets, taken = append(sets, nil), append(taken, map[string]bool{})
		}
		sets[i] = append(sets[i], r)
		for _, p := range of {
			taken[i][p] = true
		}
	}
	return sets
}

// split ties each area of one period to its pieces, and the whole to all of these and to
// every set that has them all.
func (t *tying) split(rows []row, sets [][]row) {
	whole := rows[0].place()
	whole.area = t.a.Area
	var all []place
	seen := map[string]bool{}
	for _, r := range rows {
		var parts []place
		for _, piece := range t.a.madeOf(r.area) {
			p := r
			p.area = piece
			parts = append(parts, p.place())
			if piece != r.area {
				t.count(r.place(), p.place())
			}
			if seen[piece] {
				continue
			}
			seen[piece] = true
			all = append(all, p.place())
			if piece != r.area {
				t.rows = append(t.rows, p)
			}
		}
		if len(t.a.Geography[r.area]) > 0 {
			t.tie(r.place(), parts)
		}
	}
	t.tie(whole, all)
	for _, set := range sets {
		var parts []place
		pieces := 0
		for _, r := range set {
			parts, pieces = append(parts, r.place()), pieces+len(t.a.madeOf(r.area))
		}
		if pieces == len(all) {
			t.tie(whole, parts)
		}
	}
}

// count makes the counts of a piece where the area that it is part of has them.
func (t *tying) count(area, piece place) {
	for _, part := range t.m.summed() {
		if t.held(key{t.release, t.m.ID, area, part}) >= 0 {
			t.of(key{t.release, t.m.ID, piece, part})
		}
	}
}
