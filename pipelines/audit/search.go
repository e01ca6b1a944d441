package audit

// Bounds of the search through small parts: larger ones have so many tables that fit that
// sums alone decide.
const (
	smallPart   = 16
	searchSteps = 3_000
)

// search counts through the tables that fit a small part, to find counts that take one
// value in all of them although no sum says so: areas that overlap can do that. It narrows
// a count only where it has seen every table.
func (p *puzzle) search(part []int) {
	if len(part) > smallPart {
		return
	}
	steps := searchSteps
	small := p.alone(part)
	all := make([]int, len(part))
	for i := range all {
		all[i] = i
	}
	values := make(map[int][2]int64, len(part))
	if small.walk(all, values, &steps) {
		for i, seen := range values {
			p.within(part[i], seen[0], seen[1])
		}
	}
}

// alone is the part as a puzzle by itself, known counts taken out of its sums.
func (p *puzzle) alone(part []int) *puzzle {
	small := newPuzzle()
	at := map[int]int{}
	for _, v := range part {
		at[v] = small.count(p.lo[v], p.hi[v])
	}
	done := map[int]bool{}
	for _, v := range part {
		for _, j := range p.of[v] {
			if done[j] {
				continue
			}
			done[j] = true
			s := sum{is: p.sums[j].is, atMost: p.sums[j].atMost}
			for i, w := range p.sums[j].vars {
				if k, in := at[w]; in {
					s.vars, s.coef = append(s.vars, k), append(s.coef, p.sums[j].coef[i])
				} else {
					s.is -= p.sums[j].coef[i] * p.lo[w]
				}
			}
			small.add(s)
		}
	}
	return small
}

// walk visits the tables that fit, keeping the least and the most of each count. It ends
// early, with false, when it has to give up or when every count has shown two values.
func (p *puzzle) walk(part []int, values map[int][2]int64, steps *int) bool {
	if *steps--; *steps < 0 {
		return false
	}
	p.narrow()
	if p.misfit {
		return true
	}
	open := -1
	for _, v := range part {
		if !p.known(v) && (open < 0 || p.hi[v]-p.lo[v] < p.hi[open]-p.lo[open]) {
			open = v
		}
	}
	if open < 0 {
		return p.note(part, values)
	}
	if p.hi[open] >= far {
		return false
	}
	for v := p.lo[open]; v <= p.hi[open]; v++ {
		next := p.clone()
		next.lo[open], next.hi[open] = v, v
		if !next.walk(part, values, steps) {
			return false
		}
	}
	return true
}

// note takes a table that fits into account, and says whether there is more to learn.
func (p *puzzle) note(part []int, values map[int][2]int64) bool {
	more := false
	for _, v := range part {
		n := p.lo[v]
		seen, ok := values[v]
		if !ok {
			seen = [2]int64{n, n}
		}
		seen = [2]int64{min(seen[0], n), max(seen[1], n)}
		values[v] = seen
		more = more || seen[0] == seen[1]
	}
	return more
}

// solve learns all it can: bounds through sums, exact elimination,
// and a search of what is small.
func (p *puzzle) solve() {
	p.narrow()
	if p.misfit {
		return
	}
	for _, part := range p.parts() {
		p.eliminate(part)
	}
	p.narrow()
	for _, part := range p.parts() {
		if p.misfit {
			return
		}
		p.search(part)
	}
	p.narrow()
}
