package queries

import (
	"slices"
	"strings"

	"wherry/config"
)

// didYouMean is a hint naming the candidate closest to a mistyped word, or the choices
// where none is close.
func didYouMean(word string, candidates []string) string {
	best, distance := "", len(word)/3+2
	for _, c := range candidates {
		if d := config.Edits(strings.ToLower(word), strings.ToLower(c)); d < distance {
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
