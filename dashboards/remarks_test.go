package dashboards

import (
	"strings"
	"testing"
)

// TestAReturnToBearInMindIsOnEveryPageItTouches: on that of a measure that reads it, and on no
// other; on the data quality page by its reason; never with a number of rows, an area or a team.
func TestAReturnToBearInMindIsOnEveryPageItTouches(t *testing.T) {
	s := madeUp("board")
	s.Results[0].Measure.Feeds = []string{"marac_case"}
	dir := written(t, s)
	const says = "Referrals to the front door for September 2026, partial: it has no rows of an area or team that it usually has."
	touched := 0
	for _, r := range s.Results {
		page := read(t, dir, "measures", strings.ToLower(r.Measure.ID)+".html")
		reads := strings.Contains(strings.Join(r.Measure.Feeds, " "), "agency_referral")
		if strings.Contains(page, says) != reads {
			t.Errorf("the page of %s, which reads %v, names the return: %v", r.Measure.ID, r.Measure.Feeds, !reads)
		}
		if strings.Contains(page, "district_code E07000147") {
			t.Errorf("the page of %s tells which area is missing", r.Measure.ID)
		}
		if reads {
			touched++
		}
	}
	if touched == 0 || touched == len(s.Results) {
		t.Fatalf("%d of %d measures read the return", touched, len(s.Results))
	}
	const bears = "1 of them is partial."
	for _, r := range s.Results {
		page := read(t, dir, "measures", strings.ToLower(r.Measure.ID)+".html")
		reads := strings.Contains(strings.Join(r.Measure.Feeds, " "), "agency_referral")
		if strings.Contains(page, bears) != reads || (reads && strings.Contains(page, "Good data quality")) {
			t.Errorf("the verdict on the data of %s, which reads %v, leaves the return aside", r.Measure.ID, r.Measure.Feeds)
		}
	}
	holds(t, "data quality", read(t, dir, "data-quality.html"), bears)
	holds(t, "data quality", read(t, dir, "data-quality.html"), says, "On time, partial", "never counted as nothing")
}
