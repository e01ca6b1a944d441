package attack

import (
	"math/bits"
	"slices"
)

// numbers is what is known of a count: from lo to hi, and by which methods.
type numbers struct {
	lo, hi     int64
	loBy, hiBy method
}

// methods names how a count came to be known.
func (n numbers) methods() []string {
	var names []string
	for i, name := range methodNames {
		if (n.loBy|n.hiBy)&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// sum says that counts, each times its coefficient, come to nothing, or to nothing at most.
type sum struct {
	vars   []int
	coef   []int64
	atMost bool
	by     method
}

// sum adds that parts make up whole.
func (c *claims) sum(by method, whole int, parts ...int) {
	s := sum{vars: []int{whole}, coef: []int64{1}, by: by}
	for _, v := range parts {
		s.vars, s.coef = append(s.vars, v), append(s.coef, -1)
	}
	c.sums = append(c.sums, s)
}

// atMost adds that whole is no more than all parts.
func (c *claims) atMost(by method, whole int, parts []int) {
	c.sum(by, whole, parts...)
	c.sums[len(c.sums)-1].atMost = true
}

// narrow takes in that a count lies from lo to hi, and says whether that is news.
func (c *claims) narrow(v int, lo, hi int64, by method) bool {
	n := &c.numbers[v]
	news := false
	if lo > n.lo {
		n.lo, n.loBy, news = lo, by, true
	}
	if hi < n.hi {
		n.hi, n.hiBy, news = hi, by, true
	}
	c.contradicted = c.contradicted || n.lo > n.hi
	return news
}

// conclude draws what follows: bounds, combinations of sums, and bounds again.
func (c *claims) conclude() {
	c.propagate()
	if c.contradicted {
		return
	}
	c.combine()
	c.propagate()
}

// propagate works bounds through sums until nothing changes, or bounds only creep.
func (c *claims) propagate() {
	for range 60 {
		news := false
		for _, s := range c.sums {
			news = c.bound(s) || news
			if c.contradicted {
				return
			}
		}
		if !news {
			return
		}
	}
}

// bound narrows each count of a sum by the others.
func (c *claims) bound(s sum) bool {
	news := false
	for i, v := range s.vars {
		least, most := int64(0), int64(0) // of the others
		leastBy, mostBy := s.by, s.by
		openLeast, openMost := false, false
		for j, w := range s.vars {
			if i == j {
				continue
			}
			n, k := c.numbers[w], s.coef[j]
			lo, hi, loBy, hiBy := n.lo, n.hi, n.loBy, n.hiBy
			if k < 0 {
				lo, hi, loBy, hiBy = hi, lo, hiBy, loBy
			}
			openLeast, openMost = openLeast || lo >= far, openMost || hi >= far
			least, most = least+k*lo, most+k*hi
			leastBy, mostBy = leastBy|loBy, mostBy|hiBy
		}
		// k*v = -(others), k*v <= -least
		k := s.coef[i]
		if !openLeast {
			news = c.limit(v, k, -least, leastBy) || news
		}
		if !openMost && !s.atMost {
			news = c.limit(v, -k, most, mostBy) || news
		}
	}
	return news
}

// limit takes in that k times a count is at most n.
func (c *claims) limit(v int, k, n int64, by method) bool {
	if k > 0 {
		return c.narrow(v, c.numbers[v].lo, floorDiv(n, k), by)
	}
	return c.narrow(v, -floorDiv(n, -k), c.numbers[v].hi, by)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// prime is what combinations of sums are worked out modulo: a number that comes out small is
// what it seems.
const prime = 1<<61 - 1

func mulMod(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	_, rest := bits.Div64(hi, lo, prime)
	return rest
}

func inverse(a uint64) uint64 {
	out, power := uint64(1), a
	for e := uint64(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			out = mulMod(out, power)
		}
		power = mulMod(power, power)
	}
	return out
}

func residue(n int64) uint64 {
	if n < 0 {
		return uint64(prime + n%prime)
	}
	return uint64(n) % prime
}

// combined is a combination of sums: counts not yet known, with what they come to.
type combined struct {
	at map[int]uint64
	is uint64
	by method
}

func (x *combined) less(times uint64, y combined) {
	for v, a := range y.at {
		if b := (x.at[v] + prime - mulMod(times, a)) % prime; b == 0 {
			delete(x.at, v)
		} else {
			x.at[v] = b
		}
	}
	x.is = (x.is + prime - mulMod(times, y.is)) % prime
	x.by |= y.by
}

// combine cancels counts between exact sums until each combination that can be is left with
// one, which is then known.
func (c *claims) combine() {
	var done []combined
	lead := map[int]int{}
	holders := map[int]map[int]bool{} // of each count, the combinations that have had it
	hold := func(i int, after combined) {
		for v := range after.at {
			if holders[v] == nil {
				holders[v] = map[int]bool{}
			}
			holders[v][i] = true
		}
	}
	for _, s := range c.sums {
		if s.atMost {
			continue
		}
		x := c.unknown(s)
		for _, v := range keysOf(x.at) {
			if i, led := lead[v]; led {
				x.less(x.at[v], done[i])
			}
		}
		if len(x.at) == 0 {
			continue
		}
		first := slices.Min(keysOf(x.at))
		times := inverse(x.at[first])
		for v, a := range x.at {
			x.at[v] = mulMod(a, times)
		}
		x.is = mulMod(x.is, times)
		for i := range holders[first] {
			if a, there := done[i].at[first]; there {
				done[i].less(a, x)
				hold(i, x)
			}
		}
		lead[first] = len(done)
		done = append(done, x)
		hold(len(done)-1, x)
	}
	for _, x := range done {
		if len(x.at) != 1 {
			continue
		}
		for v := range x.at {
			if n := int64(x.is); n >= 0 && n < far {
				c.narrow(v, n, n, x.by)
			}
		}
	}
}

// unknown is a sum with what is known taken to the other side.
func (c *claims) unknown(s sum) combined {
	x := combined{at: map[int]uint64{}, by: s.by}
	for i, v := range s.vars {
		if n := c.numbers[v]; n.lo == n.hi {
			x.is = (x.is + prime - mulMod(residue(s.coef[i]), residue(n.lo))) % prime
			x.by |= n.loBy | n.hiBy
		} else {
			x.at[v] = (x.at[v] + residue(s.coef[i])) % prime
			if x.at[v] == 0 {
				delete(x.at, v)
			}
		}
	}
	return x
}

func keysOf(at map[int]uint64) []int {
	var keys []int
	for v := range at {
		keys = append(keys, v)
	}
	return keys
}
