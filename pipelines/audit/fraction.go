package audit

import (
	"math"
	"math/big"
	"math/bits"
)

// fraction is an exact number over den, which is above 0 and shares no factor with it. Where
// either does not fit, wide holds the number and the others say nothing.
type fraction struct {
	num, den int64
	wide     *big.Rat
}

func whole(n int64) fraction {
	if n == math.MinInt64 {
		return fraction{wide: new(big.Rat).SetInt64(n)}
	}
	return fraction{num: n, den: 1}
}

// less is x less c times y.
func (x fraction) less(c, y fraction) fraction {
	if x.wide == nil && c.wide == nil && y.wide == nil {
		if z, ok := x.lessNarrow(c, y); ok {
			return z
		}
	}
	p := new(big.Rat).Mul(c.rat(), y.rat())
	return narrowed(p.Sub(x.rat(), p))
}

// lessNarrow is less where all that is met on the way fits.
func (x fraction) lessNarrow(c, y fraction) (z fraction, ok bool) {
	num, fits := times(c.num, y.num)
	den, fits2 := times(c.den, y.den)
	if !fits || !fits2 {
		return z, false
	}
	if x.den == 1 && den == 1 {
		n, fits := minus(x.num, num)
		return fraction{num: n, den: 1}, fits
	}
	left, fits := times(x.num, den)
	right, fits2 := times(num, x.den)
	if !fits || !fits2 {
		return z, false
	}
	n, fits := minus(left, right)
	d, fits2 := times(x.den, den)
	if !fits || !fits2 {
		return z, false
	}
	by := gcd(n, d)
	return fraction{num: n / by, den: d / by}, true
}

// over is x over y, which is not zero.
func (x fraction) over(y fraction) fraction {
	if x.wide == nil && y.wide == nil {
		num, fits := times(x.num, y.den)
		den, fits2 := times(x.den, y.num)
		if fits && fits2 {
			by := gcd(num, den)
			if den < 0 {
				by = -by
			}
			return fraction{num: num / by, den: den / by}
		}
	}
	return narrowed(new(big.Rat).Quo(x.rat(), y.rat()))
}

func (x fraction) isZero() bool { return x.wide == nil && x.num == 0 }

func (x fraction) rat() *big.Rat {
	if x.wide != nil {
		return x.wide
	}
	return big.NewRat(x.num, x.den)
}

// narrowed is r, which is kept, in the form that it fits.
func narrowed(r *big.Rat) fraction {
	if num, den := r.Num(), r.Denom(); num.IsInt64() && den.IsInt64() && num.Int64() != math.MinInt64 {
		return fraction{num: num.Int64(), den: den.Int64()}
	}
	return fraction{wide: r}
}

// times is x times y, neither of which is the least int64; ok is false where that does not fit
// or is the least.
func times(x, y int64) (product int64, ok bool) {
	high, low := bits.Mul64(uint64(abs(x)), uint64(abs(y)))
	if high != 0 || low > math.MaxInt64 {
		return 0, false
	}
	if (x < 0) != (y < 0) {
		return -int64(low), true
	}
	return int64(low), true
}

// minus is x less y, likewise.
func minus(x, y int64) (rest int64, ok bool) {
	rest = x - y
	return rest, (x < y) == (rest < 0) && rest != math.MinInt64
}

// gcd is the greatest common divisor, at least 1 where one of the two is not zero.
func gcd(x, y int64) int64 {
	x, y = abs(x), abs(y)
	for y != 0 {
		x, y = y, x%y
	}
	return x
}
