package audit

import "slices"

// far stands for no upper bound.
const far = int64(1) << 40

// sum says that the counts Vars, each times its Coef, come to Is exactly, or to Is at most.
type sum struct {
	vars   []int
	coef   []int64
	is     int64
	atMost bool
}

// puzzle is counts known to lie within bounds, and the sums between them: all that a reader
// can put together.
type puzzle struct {
	lo, hi []int64
	sums   []sum
	of     [][]int // sums that hold each count
	misfit bool    // no counts fit
}

func newPuzzle() *puzzle { return &puzzle{} }

// count adds a count within bounds and returns its number.
func (p *puzzle) count(lo, hi int64) int {
	p.lo, p.hi, p.of = append(p.lo, lo), append(p.hi, hi), append(p.of, nil)
	return len(p.lo) - 1
}

// within narrows a count to bounds learnt elsewhere.
func (p *puzzle) within(v int, lo, hi int64) {
	p.lo[v], p.hi[v] = max(p.lo[v], lo), min(p.hi[v], hi)
	p.misfit = p.misfit || p.lo[v] > p.hi[v]
}

func (p *puzzle) known(v int) bool { return p.lo[v] == p.hi[v] }

func (p *puzzle) add(s sum) {
	for _, v := range s.vars {
		p.of[v] = append(p.of[v], len(p.sums))
	}
	p.sums = append(p.sums, s)
}

// total adds that the counts parts sum to the count whole.
func (p *puzzle) total(whole int, parts []int) {
	s := sum{vars: []int{whole}, coef: []int64{1}}
	for _, v := range parts {
		s.vars, s.coef = append(s.vars, v), append(s.coef, -1)
	}
	p.add(s)
}

// loosely adds, of distinct people, that whole is no larger than all parts together and, where monotone, no
// smaller than each.
func (p *puzzle) loosely(whole int, parts []int, monotone bool) {
	s := sum{vars: []int{whole}, coef: []int64{1}, atMost: true}
	for _, v := range parts {
		s.vars, s.coef = append(s.vars, v), append(s.coef, -1)
		if monotone {
			p.add(sum{vars: []int{v, whole}, coef: []int64{1, -1}, atMost: true})
		}
	}
	p.add(s)
}

// narrow works every bound through every sum until nothing changes. Bounds that creep are
// given up after many turns, which leaves them wider than they could be.
func (p *puzzle) narrow() {
	queue := make([]int, len(p.sums))
	waiting := make([]bool, len(p.sums))
	for i := range queue {
		queue[i], waiting[i] = i, true
	}
	for turns := 200 * (len(p.sums) + 1); len(queue) > 0 && turns > 0 && !p.misfit; turns-- {
		i := queue[0]
		queue, waiting[i] = queue[1:], false
		for _, v := range p.tighten(p.sums[i]) {
			for _, j := range p.of[v] {
				if !waiting[j] {
					queue, waiting[j] = append(queue, j), true
				}
			}
		}
	}
}

// tighten narrows the counts of one sum by the bounds of the others, and returns those that
// changed.
func (p *puzzle) tighten(s sum) (changed []int) {
	var least, most int64
	openLeast, openMost := 0, 0 // terms without a bound on that side
	for i, v := range s.vars {
		lo, hi := p.term(s.coef[i], v)
		if lo <= -far {
			openLeast++
		} else {
			least += lo
		}
		if hi >= far {
			openMost++
		} else {
			most += hi
		}
	}
	for i, v := range s.vars {
		c := s.coef[i]
		lo, hi := p.term(c, v)
		if ok, others := rest(openLeast, least, lo, lo <= -far); ok {
			if p.below(v, c, s.is-others) {
				changed = append(changed, v)
			}
		}
		if ok, others := rest(openMost, most, hi, hi >= far); ok && !s.atMost {
			if p.below(v, -c, others-s.is) {
				changed = append(changed, v)
			}
		}
	}
	return changed
}

// rest is the bound of all terms but one, and whether there is one.
func rest(open int, all, one int64, oneOpen bool) (bool, int64) {
	if oneOpen {
		return open == 1, all
	}
	return open == 0, all - one
}

// term is the bounds of c times the count v; far and beyond for none.
func (p *puzzle) term(c int64, v int) (lo, hi int64) {
	lo, hi = p.lo[v], p.hi[v]
	if hi >= far {
		if c > 0 {
			return c * lo, far
		}
		return -far, c * lo
	}
	if c > 0 {
		return c * lo, c * hi
	}
	return c * hi, c * lo
}

// below narrows v so that c*v <= limit, and says whether that changed anything.
func (p *puzzle) below(v int, c, limit int64) bool {
	if c > 0 {
		if hi := floorDiv(limit, c); hi < p.hi[v] {
			p.hi[v] = hi
			p.misfit = p.misfit || p.lo[v] > hi
			return true
		}
		return false
	}
	if lo := -floorDiv(limit, -c); lo > p.lo[v] {
		p.lo[v] = lo
		p.misfit = p.misfit || lo > p.hi[v]
		return true
	}
	return false
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// parts splits the counts not yet known into those that exact sums tie together.
func (p *puzzle) parts() [][]int {
	seen := make([]bool, len(p.lo))
	var parts [][]int
	for start := range p.lo {
		if seen[start] || p.known(start) {
			continue
		}
		seen[start] = true
		part := []int{start}
		for i := 0; i < len(part); i++ {
			for _, j := range p.of[part[i]] {
				for _, v := range p.sums[j].vars {
					if !seen[v] && !p.known(v) {
						seen[v] = true
						part = append(part, v)
					}
				}
			}
		}
		slices.Sort(part)
		parts = append(parts, part)
	}
	return parts
}

// clone is a copy whose bounds can be changed apart.
func (p *puzzle) clone() *puzzle {
	c := *p
	c.lo, c.hi = slices.Clone(p.lo), slices.Clone(p.hi)
	return &c
}
