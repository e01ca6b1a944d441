package dashboards

import (
	"sort"
	"strings"
	"unicode"

	"wherry/queries"
)

// unborn is the category of an age that comes before all years.
const unborn = "unborn"

// inOrder keeps bands (unborn, 0 to 4, 5 to 7) in their own order, and sorts other categories by
// value. What is hidden comes after what is shown, by name, so that its place says nothing;
// what was not recorded comes last.
func inOrder(m *queries.Measure, fs []queries.Figure) {
	banded := true
	for _, f := range fs {
		if !lacking(f.Category) && !startsWithDigit(f.Category) && f.Category != unborn {
			banded = false
		}
	}
	rank := func(f queries.Figure) (int, float64) {
		switch {
		case lacking(f.Category):
			return 2, 0
		case banded && f.Category == unborn:
			return 0, -1
		case banded:
			return 0, leadingNumber(f.Category)
		case f.State != queries.Shown:
			return 1, 0
		}
		return 0, -held(m, f.Value)
	}
	sort.SliceStable(fs, func(i, j int) bool {
		gi, vi := rank(fs[i])
		gj, vj := rank(fs[j])
		if gi != gj {
			return gi < gj
		}
		if vi != vj {
			return vi < vj
		}
		return fs[i].Category < fs[j].Category
	})
}

// lacking says that a category stands for no answer.
func lacking(category string) bool {
	c := strings.ReplaceAll(strings.ToLower(category), "_", " ")
	return c == "unknown" || c == "not recorded" || c == ""
}

func startsWithDigit(s string) bool { return s != "" && unicode.IsDigit(rune(s[0])) }

func leadingNumber(s string) float64 {
	n := 0.0
	for _, r := range s {
		if !unicode.IsDigit(r) {
			break
		}
		n = n*10 + float64(r-'0')
	}
	return n
}
