package attack

import "math"

// convincing is how unlikely by chance the agreement of two counts has to be, as a power of
// two, for a reader to take them for one.
const convincing = 20

// at is where a file prints a count.
type at struct {
	file                   int
	period, area, category string
}

// said is a count as printed: bits is how unlikely by chance another is the same, for one of
// about n the odds of the root of 4πn, and as many times more as it is rounded to.
type said struct {
	n     int64
	bits  float64
	kind  string // of period
	whole bool   // of the whole area
}

func (m *measure) said(r row, n int64, whole bool) said {
	s := said{n: n, kind: r.kind, whole: whole}
	if fresh := float64(n); n > 0 {
		if r.kind == "rolling" {
			fresh /= 4 // the year before it had the other quarters
		}
		s.bits = max(0, math.Log2(4*math.Pi*fresh)/2-math.Log2(float64(max(1, m.RoundTo))))
	}
	return s
}

// alike says whether two counts agree wherever both are printed, and do so by no chance. A
// longer period and the whole repeat what shorter ones and areas say, and one file what
// another does, so that of all kinds of place only the one that says most counts, once.
func alike(x, y map[at]said) bool {
	type kind struct {
		period string
		whole  bool
	}
	places := map[at]said{}
	for where, mine := range x {
		theirs, there := y[where]
		if there && theirs.n != mine.n {
			return false
		}
		place := at{0, where.period, where.area, where.category}
		if there && mine.bits >= places[place].bits {
			places[place] = mine
		}
	}
	sums := map[kind]float64{}
	for _, one := range places {
		k := kind{one.kind, one.whole}
		if sums[k] += one.bits; sums[k] >= convincing {
			return true
		}
	}
	return false
}

// outdone says whether a part of a measure is no better taken for another count than its base
// is, or its base than a part: they print the same where nobody is left between them, and where
// somebody is, one of the two is hidden from whoever could tell them apart.
func outdone(part string, of func(part string) map[at]said, other map[at]said) bool {
	base := of("base")
	for _, p := range []string{"met", "rest"} {
		switch some := of(p); {
		case part == "base" && alike(some, other) && !told(base, some, other):
			return true
		case part == p && alike(base, other) && told(base, some, other):
			return true
		}
	}
	return false
}

// told says whether a base and another count are printed, other than as nobody, in a place where the part is not known
// to be all of the base.
func told(base, part, other map[at]said) bool {
	gives := map[int]bool{} // files that give the part at all: where rounded, they give no rest
	for where := range part {
		gives[where.file] = true
	}
	for where, n := range base {
		of, there := part[where]
		if _, both := other[where]; both && gives[where.file] && n.n > 0 && (!there || of.n != n.n) {
			return true
		}
	}
	return false
}
