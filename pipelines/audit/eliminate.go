package audit

import (
	"math/big"
	"slices"
)

// line is a sum over counts not yet known, with exact coefficients.
type line struct {
	at map[int]*big.Rat
	is *big.Rat
}

// eliminate brings the exact sums between the counts of a part to reduced form. A line left
// with one count gives its value; the others become sums of the puzzle where they are short
// enough to help.
func (p *puzzle) eliminate(part []int) {
	var solved []line
	pivots := map[int]int{} // count -> line it leads
	holders := map[int]map[int]bool{}
	for _, l := range p.lines(part) {
		for _, v := range sortedKeys(l.at) {
			if i, ok := pivots[v]; ok {
				if c := l.at[v]; c != nil {
					l.less(c, solved[i])
				}
			}
		}
		lead, ok := leader(l)
		if !ok {
			p.misfit = p.misfit || l.is.Sign() != 0
			continue
		}
		l.scale(new(big.Rat).Inv(l.at[lead]))
		for i := range holders[lead] {
			if c := solved[i].at[lead]; c != nil {
				solved[i].less(c, l)
				hold(holders, solved[i], i)
			}
		}
		pivots[lead] = len(solved)
		hold(holders, l, len(solved))
		solved = append(solved, l)
	}
	for _, l := range solved {
		p.learn(l)
	}
}

func hold(holders map[int]map[int]bool, l line, i int) {
	for v := range l.at {
		if holders[v] == nil {
			holders[v] = map[int]bool{}
		}
		holders[v][i] = true
	}
}

// lines is the exact sums over the counts of a part, known counts taken to the right.
func (p *puzzle) lines(part []int) []line {
	done := map[int]bool{}
	var lines []line
	for _, v := range part {
		for _, j := range p.of[v] {
			if done[j] || p.sums[j].atMost {
				continue
			}
			done[j] = true
			l := line{map[int]*big.Rat{}, new(big.Rat).SetInt64(p.sums[j].is)}
			for i, w := range p.sums[j].vars {
				c := new(big.Rat).SetInt64(p.sums[j].coef[i])
				if p.known(w) {
					l.is.Sub(l.is, c.Mul(c, new(big.Rat).SetInt64(p.lo[w])))
				} else {
					l.at[w] = c
				}
			}
			lines = append(lines, l)
		}
	}
	return lines
}

var one, minusOne = big.NewRat(1, 1), big.NewRat(-1, 1)

// less takes c times m from l.
func (l line) less(c *big.Rat, m line) {
	c = new(big.Rat).Set(c)
	times := func(d *big.Rat) *big.Rat { return new(big.Rat).Mul(c, d) }
	switch { // nearly always: multiplying fractions costs far more
	case c.Cmp(one) == 0:
		times = func(d *big.Rat) *big.Rat { return new(big.Rat).Set(d) }
	case c.Cmp(minusOne) == 0:
		times = func(d *big.Rat) *big.Rat { return new(big.Rat).Neg(d) }
	}
	l.is.Sub(l.is, times(m.is))
	for v, d := range m.at {
		e := times(d)
		if old := l.at[v]; old != nil {
			e.Sub(old, e)
		} else {
			e.Neg(e)
		}
		if e.Sign() == 0 {
			delete(l.at, v)
		} else {
			l.at[v] = e
		}
	}
}

func (l line) scale(c *big.Rat) {
	if c.Cmp(one) == 0 {
		return
	}
	l.is.Mul(l.is, c)
	for _, d := range l.at {
		d.Mul(d, c)
	}
}

// leader is the count of l to lead it: the last, so that the same sums give the same form.
func leader(l line) (lead int, ok bool) {
	lead = -1
	for v := range l.at {
		lead = max(lead, v)
	}
	return lead, lead >= 0
}

func sortedKeys(at map[int]*big.Rat) []int {
	keys := make([]int, 0, len(at))
	for v := range at {
		keys = append(keys, v)
	}
	slices.Sort(keys)
	return keys
}

// longLine is the number of counts above which a reduced line is not kept: its bounds add
// too loosely to tell anything.
const longLine = 8

// learn makes a reduced line a sum in whole numbers.
func (p *puzzle) learn(l line) {
	if len(l.at) == 0 || len(l.at) > longLine {
		return
	}
	common := new(big.Int).Set(l.is.Denom())
	for _, c := range l.at {
		d := c.Denom()
		g := new(big.Int).GCD(nil, nil, common, d)
		common.Mul(common, new(big.Int).Div(d, g))
	}
	times := new(big.Rat).SetInt(common)
	s := sum{}
	for _, v := range sortedKeys(l.at) {
		c := new(big.Rat).Mul(l.at[v], times)
		if !c.Num().IsInt64() || abs(c.Num().Int64()) > far {
			return
		}
		s.vars, s.coef = append(s.vars, v), append(s.coef, c.Num().Int64())
	}
	is := new(big.Rat).Mul(l.is, times)
	if !is.Num().IsInt64() || abs(is.Num().Int64()) > far {
		return
	}
	s.is = is.Num().Int64()
	p.add(s)
}

func abs(n int64) int64 { return max(n, -n) }
