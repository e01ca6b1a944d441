package audit

import (
	"maps"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// wholeNumber draws numbers of all sizes, those at the ends of int64 among them.
func wholeNumber() *rapid.Generator[int64] {
	return rapid.Custom(func(t *rapid.T) int64 {
		n := rapid.Int64Range(math.MinInt64, math.MaxInt64).Draw(t, "n")
		return n >> rapid.IntRange(0, 62).Draw(t, "smaller")
	})
}

func anyFraction() *rapid.Generator[fraction] {
	return rapid.Custom(func(t *rapid.T) fraction {
		f := whole(wholeNumber().Draw(t, "num"))
		if d := wholeNumber().Draw(t, "den"); d != 0 && rapid.Bool().Draw(t, "divide") {
			f = f.over(whole(d))
		}
		if rapid.IntRange(0, 9).Draw(t, "again") == 0 {
			f = f.less(f, f)
		}
		return f
	})
}

// failing is a test that can end.
type failing interface {
	Fatalf(format string, args ...any)
}

// inOneForm fails where a fraction is not written in the one way that its number has.
func inOneForm(t failing, f fraction, is *big.Rat) {
	if f.rat().Cmp(is) != 0 {
		t.Fatalf("%v is not %v", f, is)
	}
	fits := is.Num().IsInt64() && is.Num().Int64() != math.MinInt64 && is.Denom().IsInt64()
	if fits != (f.wide == nil) {
		t.Fatalf("%v fits: %t", f, fits)
	}
	if fits && (f.num != is.Num().Int64() || f.den != is.Denom().Int64()) {
		t.Fatalf("%v is not in its lowest terms: %v", f, is)
	}
	if f.isZero() != (is.Sign() == 0) {
		t.Fatalf("%v is zero: %t", f, f.isZero())
	}
}

// TestFractionsAreExact holds fractions against math/big, where they overflow and where they do not.
func TestFractionsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, c, y := anyFraction().Draw(t, "x"), anyFraction().Draw(t, "c"), anyFraction().Draw(t, "y")
		before := []string{x.rat().String(), c.rat().String(), y.rat().String()}
		product := new(big.Rat).Mul(c.rat(), y.rat())
		inOneForm(t, x.less(c, y), product.Sub(x.rat(), product))
		if !y.isZero() {
			inOneForm(t, x.over(y), new(big.Rat).Quo(x.rat(), y.rat()))
		}
		if after := []string{x.rat().String(), c.rat().String(), y.rat().String()}; !slices.Equal(before, after) {
			t.Fatalf("working with %v changed them to %v", before, after)
		}
	})
}

// TestAWholeThatIsOneOfItsPartsLeavesNothing has a count twice in a sum, as where a category holds
// the same cases as the whole: the others hold nobody, and nothing contradicts that.
func TestAWholeThatIsOneOfItsPartsLeavesNothing(t *testing.T) {
	p := newPuzzle()
	all, other := p.count(1, far), p.count(0, far)
	p.total(all, []int{all, other})
	p.solve()
	if p.misfit || !p.known(other) || p.lo[other] != 0 || p.lo[all] != 1 || p.hi[all] != far {
		t.Errorf("misfit %t, the whole %d to %d, the other %d to %d", p.misfit, p.lo[all], p.hi[all], p.lo[other], p.hi[other])
	}
}

// byBig is reduced worked out with math/big in a table, one column after another from the last.
func byBig(lines []line, counts int) (rows [][]*big.Rat, fits bool) {
	for _, l := range lines {
		row := make([]*big.Rat, counts+1)
		for v := range row {
			row[v] = new(big.Rat)
		}
		for _, t := range l.at {
			row[t.count].Set(t.times.rat())
		}
		row[counts].Set(l.is.rat())
		rows = append(rows, row)
	}
	done := 0
	for v := counts - 1; v >= 0; v-- {
		at := slices.IndexFunc(rows[done:], func(row []*big.Rat) bool { return row[v].Sign() != 0 })
		if at < 0 {
			continue
		}
		rows[done], rows[done+at] = rows[done+at], rows[done]
		by := new(big.Rat).Inv(rows[done][v])
		for _, c := range rows[done] {
			c.Mul(c, by)
		}
		for i, row := range rows {
			if c := new(big.Rat).Set(row[v]); i != done && c.Sign() != 0 {
				for w := range row {
					row[w].Sub(row[w], new(big.Rat).Mul(c, rows[done][w]))
				}
			}
		}
		done++
	}
	fits = !slices.ContainsFunc(rows[done:], func(row []*big.Rat) bool { return row[counts].Sign() != 0 })
	return rows[:done], fits
}

// TestKeepingManyAtOnceIsKeepingOneByOne keeps numbers of which some sets do not go together.
func TestKeepingManyAtOnceIsKeepingOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := map[int]int{}
		var keys []int
		for k := range rapid.IntRange(0, 20).Draw(t, "keys") {
			all[k], keys = k, append(keys, k)
		}
		apart := rapid.SliceOfN(rapid.SliceOfNDistinct(rapid.IntRange(0, 19), 1, 3, rapid.ID), 0, 6).Draw(t, "apart")
		misfit := func(kept map[int]int) bool {
			return slices.ContainsFunc(apart, func(set []int) bool {
				return !slices.ContainsFunc(set, func(k int) bool { _, there := kept[k]; return !there })
			})
		}
		one, many := map[int]int{}, map[int]int{}
		for _, k := range keys {
			if one[k] = k; misfit(one) {
				delete(one, k)
			}
		}
		keep(many, all, keys, func() bool { return misfit(many) })
		if !maps.Equal(one, many) {
			t.Fatalf("%v, one by one %v", many, one)
		}
	})
}

// holdAgainstBig holds the reduced form of sums against one worked out with math/big, and says
// whether any coefficient of it has overflown.
func holdAgainstBig(t failing, lines []line, counts int) (wide bool) {
	want, fitting := byBig(lines, counts)
	got, fits := reduced(lines)
	if fits != fitting || len(got) != len(want) {
		t.Fatalf("%d lines that fit (%t), want %d (%t)", len(got), fits, len(want), fitting)
	}
	for _, l := range got {
		lead := l.at[len(l.at)-1].count
		row := want[slices.IndexFunc(want, func(row []*big.Rat) bool {
			return row[lead].Cmp(big.NewRat(1, 1)) == 0 && !slices.ContainsFunc(row[lead+1:counts], func(c *big.Rat) bool { return c.Sign() != 0 })
		})]
		for v := range counts {
			inOneForm(t, l.of(v), row[v])
		}
		if fits {
			inOneForm(t, l.is, row[counts])
		}
		wide = wide || slices.ContainsFunc(l.at, func(t term) bool { return t.times.wide != nil })
	}
	return wide
}

// TestEliminationIsExact reduces sums of all sizes: the form is one, whatever their order.
func TestEliminationIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.IntRange(1, 12).Draw(t, "counts")
		within := rapid.SampledFrom([][2]int64{{-1, 1}, {-3, 3}, {-1000, 1000}, {math.MaxInt64 / 2, math.MaxInt64}}).Draw(t, "within")
		number := rapid.Int64Range(within[0], within[1])
		var lines []line
		for range rapid.IntRange(1, 14).Draw(t, "lines") {
			l := line{is: whole(number.Draw(t, "is"))}
			for range rapid.IntRange(1, counts+1).Draw(t, "terms") { // some counts come twice
				l.at = append(l.at, term{rapid.IntRange(0, counts-1).Draw(t, "count"), whole(number.Draw(t, "coef"))})
			}
			lines = append(lines, l.ordered())
		}
		holdAgainstBig(t, lines, counts)
	})
}

// TestEliminationThatOverflowsIsExact reduces sums whose coefficients grow beyond int64.
func TestEliminationThatOverflowsIsExact(t *testing.T) {
	const counts = 9
	random := rand.New(rand.NewPCG(1, 2))
	var lines []line
	for range counts - 2 {
		l := line{is: whole(random.Int64())}
		for v := range counts {
			l.at = append(l.at, term{v, whole(random.Int64())})
		}
		lines = append(lines, l)
	}
	if !holdAgainstBig(t, lines, counts) {
		t.Error("nothing has overflown")
	}
}
