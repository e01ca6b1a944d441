package queries

import (
	"slices"
	"strings"
)

// didYouMean is a hint naming the candidate closest to a mistyped word, or the choices
// where none is close.
func didYouMean(word string, candidates []string) string {
	best, distance := "", len(word)/3+2
	for _, c := range candidates {
		if d := editDistance(strings.ToLower(word), strings.ToLower(c)); d < distance {
			best, distance = c, d
		}
	}
	if best != "" {
		return "did you mean " + best + "?"
	}
	sorted := slices.Sorted(slices.Values(candidates))
	if len(sorted) == 0 || len(sorted) > 30 {
		return ""
	}
	return "choose from " + strings.Join(sorted, ", ")
}

// editDistance is the Levenshtein distance between a and b in bytes.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
