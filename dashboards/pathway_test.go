package dashboards

import (
	"slices"
	"strings"
	"testing"

	"wherry/queries"
)

// pathwayMadeUp is the made-up site with a distribution whose categories are paths; hidden says that the
// figure of one of them is.
func pathwayMadeUp(hidden bool) Site {
	s := madeUp("board")
	paths := map[string]string{"own_home": "no further action", "family_or_friends": "a referral, then an assessment", "other_refuge": "a referral, then neither", "a_category_of_two": "an enquiry"}
	for _, r := range s.Results {
		if r.Measure.ID != "SA6" {
			continue
		}
		m := *r.Measure
		m.Pathway, m.Categories = []string{"Contacts", "What was decided", "What followed"}, []string{"no further action", "a referral, then neither", "a referral, then an assessment", "an enquiry"}
		r.Measure = &m
		for i := range r.Figures {
			f := &r.Figures[i]
			if path, there := paths[f.Category]; there {
				f.Category = path
			}
			if f.Breakdown == queries.CategoryBreakdown && f.State != queries.Shown && !hidden {
				f.State, f.Value, f.Numerator, f.Base, f.BaseShown = queries.Shown, 3, 6, 210, true
			}
		}
		r.Figures = slices.Clone(r.Figures)
		r.Reading = queries.Read(r, quarter(), s.Partnership.Area, 6, 6)
	}
	return s
}

// TestAPathwayIsDrawnWhereAllOfItIsShown, with those who take the same step in one band.
func TestAPathwayIsDrawnWhereAllOfItIsShown(t *testing.T) {
	page := read(t, written(t, pathwayMadeUp(false)), "measures", "sa6.html")
	holds(t, "sa6", page, "<h2 id=\"parts\">The pathway</h2>", "Flow chart. Number of people who left safe accommodation", ">What followed</text>", "to A referral: ", "A referral to An assessment: ")
	if n := strings.Count(page, "to A referral: "); n != 3 {
		t.Errorf("the referrals are drawn %d times, want one band at each of three widths", n)
	}
}

// TestAPathwayWithAHiddenPartIsNotDrawn: it would be the rest of the others.
func TestAPathwayWithAHiddenPartIsNotDrawn(t *testing.T) {
	page := read(t, written(t, pathwayMadeUp(true)), "measures", "sa6.html")
	holds(t, "sa6", page, "The pathway is not drawn: a part of it is hidden to protect people", "A referral, then an assessment</th>")
	if strings.Contains(page, "Flow chart.") {
		t.Error("a pathway is drawn whose rest would tell what is hidden")
	}
}
