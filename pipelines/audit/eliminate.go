package audit

import (
	"cmp"
	"slices"
)

// line is a sum over counts not yet known, in the order of their numbers, with exact
// coefficients of which none is zero.
type line struct {
	at []term
	is fraction
}

type term struct {
	count int
	times fraction
}

// eliminate brings the exact sums between the counts of a part to reduced form. A line left
// with one count gives its value; the others become sums of the puzzle where they are short
// enough to help.
func (p *puzzle) eliminate(part []int) {
	solved, fits := reduced(p.lines(part))
	p.misfit = p.misfit || !fits
	for _, l := range solved {
		p.learn(l)
	}
}

// reduced is the lines in reduced form: the count that leads one is in no other. It says whether
// no line contradicts the others.
func reduced(lines []line) (solved []line, fits bool) {
	fits = true
	leads := map[int]int{}     // the line that a count leads
	holders := map[int][]int{} // the lines that hold a count, and some that did
	for _, l := range lines {
		for _, t := range l.at {
			if i, ok := leads[t.count]; ok {
				l = l.less(t.times, solved[i], nil)
			}
		}
		if len(l.at) == 0 {
			fits = fits && l.is.isZero()
			continue
		}
		lead := l.at[len(l.at)-1].count // the last, so that the same sums give the same form
		l = l.over(l.at[len(l.at)-1].times)
		for _, i := range holders[lead] {
			if c := solved[i].of(lead); !c.isZero() {
				solved[i] = solved[i].less(c, l, func(v int) { holders[v] = append(holders[v], i) })
			}
		}
		delete(holders, lead)
		leads[lead] = len(solved)
		for _, t := range l.at[:len(l.at)-1] {
			holders[t.count] = append(holders[t.count], len(solved))
		}
		solved = append(solved, l)
	}
	return solved, fits
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
			l := line{is: whole(p.sums[j].is)}
			for i, w := range p.sums[j].vars {
				c := whole(p.sums[j].coef[i])
				if p.known(w) {
					l.is = l.is.less(c, whole(p.lo[w]))
				} else {
					l.at = append(l.at, term{w, c})
				}
			}
			lines = append(lines, l.ordered())
		}
	}
	return lines
}

// ordered is l with its counts in order, what is said of one in several places put together.
func (l line) ordered() line {
	slices.SortStableFunc(l.at, func(x, y term) int { return cmp.Compare(x.count, y.count) })
	rest := line{is: l.is}
	for _, t := range l.at {
		if n := len(rest.at); n > 0 && rest.at[n-1].count == t.count {
			rest.at[n-1].times = rest.at[n-1].times.less(whole(-1), t.times)
		} else {
			rest.at = append(rest.at, t)
		}
	}
	rest.at = slices.DeleteFunc(rest.at, func(t term) bool { return t.times.isZero() })
	return rest
}

// less is l less c times m; fresh, where there is one, is told of each count that l did not have.
func (l line) less(c fraction, m line, fresh func(count int)) line {
	rest := line{make([]term, 0, len(l.at)+len(m.at)), l.is.less(c, m.is)}
	i := 0
	for _, t := range m.at {
		for ; i < len(l.at) && l.at[i].count < t.count; i++ {
			rest.at = append(rest.at, l.at[i])
		}
		var old fraction
		if i < len(l.at) && l.at[i].count == t.count {
			old = l.at[i].times
			i++
		} else {
			old = whole(0)
			if fresh != nil {
				fresh(t.count)
			}
		}
		if now := old.less(c, t.times); !now.isZero() {
			rest.at = append(rest.at, term{t.count, now})
		}
	}
	rest.at = append(rest.at, l.at[i:]...)
	return rest
}

// over is l with everything over c.
func (l line) over(c fraction) line {
	rest := line{make([]term, len(l.at)), l.is.over(c)}
	for i, t := range l.at {
		rest.at[i] = term{t.count, t.times.over(c)}
	}
	return rest
}

// of is what l holds of a count.
func (l line) of(count int) fraction {
	i, there := slices.BinarySearchFunc(l.at, count, func(t term, v int) int { return cmp.Compare(t.count, v) })
	if !there {
		return whole(0)
	}
	return l.at[i].times
}

// longLine is the number of counts above which a reduced line is not kept: its bounds add
// too loosely to tell anything.
const longLine = 8

// learn makes a reduced line, in which the leading count comes once, a sum in whole numbers.
func (p *puzzle) learn(l line) {
	if len(l.at) == 0 || len(l.at) > longLine {
		return
	}
	common, fits := int64(1), l.is.wide == nil
	widen := func(f fraction) {
		if fits = fits && f.wide == nil; fits {
			common, fits = times(common, f.den/gcd(common, f.den))
		}
	}
	widen(l.is)
	for _, t := range l.at {
		widen(t.times)
	}
	if !fits {
		return
	}
	upright := func(f fraction) (n int64) {
		n, ok := times(f.num, common/f.den)
		fits = fits && ok && abs(n) <= far
		return n
	}
	s := sum{is: upright(l.is)}
	for _, t := range l.at {
		s.vars, s.coef = append(s.vars, t.count), append(s.coef, upright(t.times))
	}
	if fits {
		p.add(s)
	}
}

func abs(n int64) int64 { return max(n, -n) }
