package queries

import (
	"regexp"
	"slices"
	"strconv"

	"wherry/config"
)

// wholeNumbers is a category of whole numbers: "2", "3-4", "5 or more".
var wholeNumbers = regexp.MustCompile(`^(\d+)(?:-(\d+)| or more)?$`)

// Median is the category of a breakdown into whole numbers that holds the least number that
// at least half of the partnership's cases of a period do not exceed; categories that are no
// numbers are left out. It is worked out from the Figures alone, so that it tells nothing that
// they do not: ok is false where hidden counts might move it to another category.
func (r *Result) Median(p config.Period, breakdown string) (category string, ok bool) {
	type counted struct {
		Figure
		from int
	}
	var cs []counted
	var all, seen int64
	for _, f := range r.Figures {
		if f.Period != p || f.Area != r.whole() || (f.Breakdown != "" && f.Breakdown != breakdown) {
			continue
		}
		number := wholeNumbers.FindStringSubmatch(f.Category)
		switch {
		case f.Breakdown == "" && f.State != Shown, number == nil && !f.BaseShown:
			return "", false
		case f.Breakdown == "":
			all += f.Base
		case number == nil:
			all -= f.Base
		default:
			from, _ := strconv.Atoi(number[1])
			cs = append(cs, counted{f, from})
		}
		if number != nil && f.BaseShown {
			seen += f.Base
		}
	}
	slices.SortFunc(cs, func(a, b counted) int { return a.from - b.from })
	var below, hidden int64 // how many lie below the category for certain, and may lie there besides
	for _, c := range cs {
		upTo := below
		if c.BaseShown {
			upTo += c.Base
		}
		if all > 0 && 2*upTo >= all && 2*(below+hidden) < all {
			return c.Category, true
		}
		if below = upTo; !c.BaseShown {
			hidden = max(all-seen, 0)
		}
	}
	return "", false
}

// Numbers is the lowest and highest number of a category that Median gives; open says that
// it has no highest.
func Numbers(category string) (from, to int, open bool) {
	number := wholeNumbers.FindStringSubmatch(category)
	if number == nil {
		return 0, 0, false
	}
	from, _ = strconv.Atoi(number[1])
	if to, _ = strconv.Atoi(number[2]); number[2] == "" {
		to = from
	}
	return from, to, len(category) > len(number[1]) && number[2] == ""
}
