package disclosure

import "slices"

// What a caller marks as Primary beside small counts. That few of a total are left out needs no
// rule: those few are an Unprinted cell of their own.

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
