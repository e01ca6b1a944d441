package disclosure

import (
	"math/big"
	"slices"
)

// The rules by which a caller finds what to mark as Primary beside small counts. None of
// them looks at anything but the numbers it is given.

// ClassCells is the categories of a row that hold everybody in it, or all but at most
// coalition people of total: whoever reads the row learns the category of the others (of
// everybody, for a coalition of 0; by knowing one person, for 1). A row without people has
// none. total is the sum of the counts, or less where one person may be in several. Where the
// other categories are zeros that are shown, hiding the count alone hides nothing: see
// ClassPrimary.
func ClassCells(counts []int64, total, coalition int64) []int {
	var found []int
	for i, n := range counts {
		if n > 0 && n >= total-coalition {
			found = append(found, i)
		}
	}
	return found
}

// ClassPrimary is the categories to hide so that a row does not tell the category of the
// people in it: its ClassCells and, where all others are 0, the first of these.
func ClassPrimary(counts []int64, total, coalition int64) []int {
	found := ClassCells(counts, total, coalition)
	if len(found) != 1 {
		return found
	}
	zero := -1
	for i, n := range counts {
		switch {
		case i == found[0]:
		case n > 0:
			return found
		case zero < 0:
			zero = i
		}
	}
	if zero >= 0 {
		found = append(found, zero)
		slices.Sort(found)
	}
	return found
}

// SmallComplement says that a count is as good as a small one: those of the total that it
// leaves out are 1..hideUpTo.
func SmallComplement(count, total, hideUpTo int64) bool {
	return total > count && total-count <= hideUpTo
}

// Dominated says that the n largest of the contributions to a sum make up more than share
// percent of it.
func Dominated(contributions []int64, n int, share int64) bool {
	sorted := largestFirst(contributions)
	return 100*sum(sorted[:min(n, len(sorted))]) > share*sum(sorted)
}

// Estimable says that the second largest contributor to a sum can work out the largest to
// within percent of it: what the others contribute is less than that.
func Estimable(contributions []int64, percent int64) bool {
	sorted := largestFirst(contributions)
	if len(sorted) == 0 {
		return false
	}
	return 100*sum(sorted[min(2, len(sorted)):]) < percent*sorted[0]
}

func largestFirst(ns []int64) []int64 {
	sorted := slices.Clone(ns)
	slices.SortFunc(sorted, func(a, b int64) int { return int(b - a) })
	return sorted
}

func sum(ns []int64) (total int64) {
	for _, n := range ns {
		total += n
	}
	return total
}

// Numerators is the least and the most count that a printed ratio leaves possible:
// per × count / base, rounded to some decimals, is shown. Both ends of the rounding count,
// as a reader does not know how halves go. With per 100 it is a percentage, with per 1000
// and a population a rate, with per 1 a mean and count is the sum of what was averaged.
// Where low is high the ratio is the count, so it must be hidden with it; where low is
// above high no count gives that ratio. base must be above 0.
func Numerators(shown *big.Rat, decimals int, base, per int64) (low, high int64) {
	half := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil))
	half.Mul(half, big.NewRat(1, 2))
	scale := big.NewRat(base, per)
	least := new(big.Rat).Mul(new(big.Rat).Sub(shown, half), scale)
	most := new(big.Rat).Mul(new(big.Rat).Add(shown, half), scale)
	low = -floor(new(big.Rat).Neg(least))
	return max(0, low), floor(most)
}

// floor is the largest whole number that is not above r.
func floor(r *big.Rat) int64 {
	return new(big.Int).Div(r.Num(), r.Denom()).Int64()
}
