package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// didYouMean is a hint that offers the known word nearest to word, or names them all where
// none is near and there are few.
func didYouMean(word string, known []string) string {
	slices.Sort(known)
	best, near := "", max(2, len(word)/3)+1
	for _, k := range known {
		if d := Edits(strings.ToLower(word), k); d < near {
			best, near = k, d
		}
	}
	switch {
	case best != "":
		return fmt.Sprintf("did you mean %q?", best)
	case len(known) == 0:
		return ""
	case len(known) <= 25:
		return "use one of: " + strings.Join(known, ", ")
	}
	return ""
}

// Edits is how many bytes must be put in, taken out or changed to turn a into b (Levenshtein,
// 1966): how near a mistyped word is to a known one.
func Edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}

func keysOf[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
