package disclosure

import (
	"slices"
	"sort"
)

// vector is a change to some cells, in whole numbers: sorted by cell, without zeros.
type vector []entry

type entry struct {
	col int
	val int64
}

// tooLarge bounds the entries of a vector, far from overflow; a sum beyond it is given up.
const tooLarge = 1 << 30

// at is the change v makes to a cell.
func (v vector) at(col int) int64 {
	i := sort.Search(len(v), func(i int) bool { return v[i].col >= col })
	if i < len(v) && v[i].col == col {
		return v[i].val
	}
	return 0
}

// combine is a*x + b*y divided by the greatest common divisor of its entries; ok is false
// where an entry grows too large.
func combine(a int64, x vector, b int64, y vector) (sum vector, ok bool) {
	sum = make(vector, 0, len(x)+len(y))
	var common int64
	for i, j := 0, 0; i < len(x) || j < len(y); {
		var e entry
		switch {
		case j == len(y) || (i < len(x) && x[i].col < y[j].col):
			e = entry{x[i].col, a * x[i].val}
			i++
		case i == len(x) || y[j].col < x[i].col:
			e = entry{y[j].col, b * y[j].val}
			j++
		default:
			e = entry{x[i].col, a*x[i].val + b*y[j].val}
			i, j = i+1, j+1
		}
		if e.val != 0 {
			if common != 1 {
				common = gcd(common, e.val)
			}
			sum = append(sum, e)
		}
	}
	for i := range sum {
		sum[i].val /= common
		if sum[i].val > tooLarge || sum[i].val < -tooLarge {
			return nil, false
		}
	}
	return sum, true
}

// plus is x + k*y; ok is false where an entry grows too large.
func plus(x vector, k int64, y vector) (sum vector, ok bool) {
	sum = make(vector, 0, len(x)+len(y))
	for i, j := 0, 0; i < len(x) || j < len(y); {
		var e entry
		switch {
		case j == len(y) || (i < len(x) && x[i].col < y[j].col):
			e = x[i]
			i++
		case i == len(x) || y[j].col < x[i].col:
			e = entry{y[j].col, k * y[j].val}
			j++
		default:
			e = entry{x[i].col, x[i].val + k*y[j].val}
			i, j = i+1, j+1
		}
		if e.val > tooLarge || e.val < -tooLarge {
			return nil, false
		}
		if e.val != 0 {
			sum = append(sum, e)
		}
	}
	return sum, true
}

// times is v made k times.
func (v vector) times(k int64) vector {
	out := make(vector, len(v))
	for i, e := range v {
		out[i] = entry{e.col, k * e.val}
	}
	return out
}

func (v vector) negated() vector {
	out := make(vector, len(v))
	for i, e := range v {
		out[i] = entry{e.col, -e.val}
	}
	return out
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

func abs(a int64) int64 { return max(a, -a) }

func sortByCell(v vector) { slices.SortFunc(v, func(a, b entry) int { return a.col - b.col }) }
