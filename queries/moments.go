package queries

import (
	"database/sql"
	"fmt"
	"math/big"
)

// scoreUnit is the finest step of a value that a mean, a change or an estimate keeps: values
// are added up as whole numbers of it, so that sums are exact in any order of rows.
const scoreUnit = 10_000

// inUnits is a column of numbers as whole scoreUnits.
func inUnits(column string) string {
	return fmt.Sprintf("round(%s::double * %d)::bigint", column, scoreUnit)
}

// The sums of a mean.
const (
	sumValue = iota
	sumSquare
	sumsOfMean
)

// The sums and counts of a change. Rose and fell are of those with both scores.
const (
	sumStarted = iota
	sumDifference
	sumDifferenceSquare
	sumBefore
	sumBeforeSquare
	sumAfter
	sumRose
	sumFell
	sumCeiling
	sumLeavers
	sumsOfChange
)

// The sums of an estimate.
const (
	sumCentral = iota
	sumLow
	sumHigh
	sumsOfEstimate
)

// sumExpressions is the aggregates behind a kind's sums, in the order of their names.
func (m *Measure) sumExpressions() []string {
	square := func(e string) string { return fmt.Sprintf("sum(%[1]s::hugeint * %[1]s::hugeint)", e) }
	when := func(condition, value string) string {
		return fmt.Sprintf("count(case when %s then %s end)", condition, value)
	}
	switch m.Kind {
	case Mean:
		return []string{"sum(value)", square("value")}
	case PairedChange:
		difference := "(after - before)"
		ceiling := "false"
		if m.Scale != nil {
			ceiling = fmt.Sprintf("after >= %d and before is not null", int64(m.Scale.Max*scoreUnit))
		}
		return []string{"count(before)", "sum" + difference, square(difference),
			"sum(case when after is not null then before end)", square("(case when after is not null then before end)"),
			"sum(case when before is not null then after end)",
			when("after > before", "1"), when("after < before", "1"), when(ceiling, "1"),
			"sum(case when after is null then before end)"}
	case Estimate:
		return []string{"sum(value)", "sum(low)", "sum(high)"}
	}
	return nil
}

// sums is exact totals of a group of rows.
type sums []*big.Int

func (s sums) add(other sums) sums {
	if s == nil {
		s = make(sums, len(other))
		for i := range s {
			s[i] = new(big.Int)
		}
	}
	for i, n := range other {
		s[i].Add(s[i], n)
	}
	return s
}

// readSums reads totals that the database gave as text; null is nothing.
func readSums(texts []sql.NullString) (sums, error) {
	if len(texts) == 0 {
		return nil, nil
	}
	s := make(sums, len(texts))
	for i, t := range texts {
		s[i] = new(big.Int)
		if !t.Valid {
			continue
		}
		if _, ok := s[i].SetString(t.String, 10); !ok {
			return nil, fmt.Errorf("a sum is not a whole number")
		}
	}
	return s, nil
}

// count is one of the sums that counts rows.
func (s sums) count(which int) int64 {
	if s == nil {
		return 0
	}
	return s[which].Int64()
}

// mean is a sum of values over n rows, in the measure's own unit.
func (s sums) mean(which int, n int64) float64 {
	return s.total(which) / float64(n)
}

// total is a sum of values in the measure's own unit.
func (s sums) total(which int) float64 {
	if s == nil {
		return 0
	}
	f, _ := new(big.Rat).SetFrac(s[which], big.NewInt(scoreUnit)).Float64()
	return f
}

// text is a sum of values, to tell it from another.
func (s sums) text(which int) string {
	if s == nil {
		return "0"
	}
	return s[which].String()
}

// variance is the sample variance of n values from their sum and the sum of their squares:
// exactly 0 where all are equal. n is at least 2.
func (s sums) variance(sum, square int, n int64) float64 {
	count := big.NewInt(n)
	spread := new(big.Int).Mul(s[square], count)
	spread.Sub(spread, new(big.Int).Mul(s[sum], s[sum]))
	per := new(big.Int).Mul(count, big.NewInt(n-1))
	per.Mul(per, big.NewInt(scoreUnit*scoreUnit))
	f, _ := new(big.Rat).SetFrac(spread, per).Float64()
	return f
}
