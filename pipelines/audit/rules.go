package audit

import (
	"math"
	"math/big"
	"strings"
)

// checkRules holds every printed number against the audience's rules, one row at a time.
func (a *audience) checkRules(r *Report) {
	for _, m := range a.Measures {
		a.checkKnown(r, m)
		a.checkOrder(r, m)
		if !m.people() {
			continue
		}
		a.checkZeros(r, m)
		a.checkGroups(r, m)
		file := a.folder + "/" + m.file()
		for _, row := range m.rows {
			for name, n := range m.printed(row) {
				if n < 0 {
					continue
				}
				r.Checked++
				if m.tooSmall(n) {
					r.add(file, row.where(), RuleSmall, name+" is a small count")
				}
				if m.RoundTo > 1 && n%m.RoundTo != 0 {
					r.add(file, row.where(), RuleRounding, name+" is not rounded")
				}
			}
			a.checkValue(r, file, m, row)
		}
	}
}

// printed is the counts of people that a row prints, -1 where it does not.
func (m *measure) printed(row row) map[string]int64 {
	switch {
	case m.Kind == "rate", m.isPart(row):
		return map[string]int64{"numerator": row.numerator}
	case m.Kind == "duration", m.averages():
		return map[string]int64{"base": row.base}
	}
	return map[string]int64{"numerator": row.numerator, "base": row.base}
}

// tooSmall says that a printed n can only stand for a count of 1 to HideUpTo.
func (r rules) tooSmall(n int64) bool {
	return n > 0 && r.mostBehind(n) <= r.HideUpTo
}

// leastBehind and mostBehind are the counts that a printed n may stand for.
func (r rules) leastBehind(n int64) int64 {
	if n == 0 {
		return 0
	}
	least := n
	if r.RoundTo > 1 {
		least -= r.RoundTo / 2
	}
	return max(least, min(r.HideUpTo+1, r.mostBehind(n)))
}

func (r rules) mostBehind(n int64) int64 {
	if r.RoundTo <= 1 || n == 0 {
		return n
	}
	return n + r.RoundTo - 1 - r.RoundTo/2
}

// checkValue holds a printed value against the base it rests on and the counts beside it: a
// share, interval or mean made from finer counts than are printed would undo them.
func (a *audience) checkValue(r *Report, file string, m *measure, row row) {
	if row.value == "" {
		return
	}
	r.Checked++
	if row.markValue == "c" {
		r.add(file, row.where(), RuleSmall, "a value marked hidden is printed")
	}
	if m.restsOnBase(row) && (row.base < 0 || m.mostBehind(row.base) < m.fewest()) {
		r.add(file, row.where(), RuleBase, "a value is printed on a base below the least allowed")
	}
	if (m.Kind == "count" || m.Kind == "distribution" && !m.isPart(row)) && !follows(row.value, row.base) || m.Kind == "count" && row.numerator != row.base {
		r.add(file, row.where(), RuleShare, "the value is not the count printed beside it")
	}
	if per := m.scale(row); per > 0 {
		least, most, ok := feasible(row.value, row.base, per)
		if !ok || row.numerator < least || row.numerator > most {
			r.add(file, row.where(), RuleShare, "the value does not follow from the counts printed beside it")
			return
		}
	}
	if !m.averages() && !m.intervalFollows(row) {
		r.add(file, row.where(), RuleShare, "the interval does not follow from the counts printed beside it")
	}
	if m.averages() {
		for _, mean := range []string{row.value, row.low, row.high} {
			if tooFine(mean, m.leastBehind(row.base)) {
				r.add(file, row.where(), RuleMean, "a mean is printed finer than the number behind it allows")
				return
			}
		}
	}
}

// restsOnBase says whether a row's value is about as few people as its base.
func (m *measure) restsOnBase(row row) bool {
	return m.Kind == "proportion" || m.Kind == "duration" || m.averages() || m.isPart(row)
}

// follows says whether a value is a count.
func follows(value string, n int64) bool {
	v, ok := new(big.Rat).SetString(value)
	return ok && v.Cmp(new(big.Rat).SetInt64(n)) == 0
}

// scale is what a value is a multiple of: numerator times scale over base; 0 for values
// that are not a share.
func (m *measure) scale(row row) int64 {
	switch {
	case m.Kind == "proportion", m.isPart(row):
		return 100
	case m.Kind == "rate":
		return m.Per
	}
	return 0
}

// fileDecimals is how many decimals data files give values to; 57 stands for 57.0.
const fileDecimals = 1

// feasible is the whole numbers k for which scale*k/base prints as value: both ends of the
// interval allowed, since the rule for ties is not known. ok is false where value is no
// number. least is above most where there is none.
func feasible(value string, base, scale int64) (least, most int64, ok bool) {
	printed, ok := new(big.Rat).SetString(value)
	if !ok || base <= 0 || scale <= 0 {
		return 0, 0, false
	}
	decimals := 0
	if _, rest, found := strings.Cut(value, "."); found {
		decimals = len(rest)
	}
	return feasibleTo(printed, max(decimals, fileDecimals), base, scale)
}

func feasibleTo(printed *big.Rat, decimals int, base, scale int64) (least, most int64, ok bool) {
	half := big.NewRat(1, 2)
	half.Quo(half, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)))
	unit := big.NewRat(base, scale)
	low := new(big.Rat).Mul(new(big.Rat).Sub(printed, half), unit)
	high := new(big.Rat).Mul(new(big.Rat).Add(printed, half), unit)
	return max(0, ceil(low)), floor(high), true
}

func floor(r *big.Rat) int64 {
	q := new(big.Int).Div(r.Num(), r.Denom())
	if !q.IsInt64() {
		return math.MaxInt64
	}
	return q.Int64()
}

func ceil(r *big.Rat) int64 { return -floor(new(big.Rat).Neg(r)) }
