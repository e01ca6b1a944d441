package queries_test

import (
	"context"
	"testing"

	"wherry/config"
	"wherry/queries"
)

// merging is the board's and the public's settings with one rule about who referred.
func merging(whenSmall int64) *config.Settings {
	return &config.Settings{Audiences: []config.Audience{public, board}, Merge: []config.Merge{{Breakdown: "referring_agency", WhenSmall: whenSmall,
		Into: []config.MergeInto{{Name: "police or housing", Of: []string{"police", "housing"}}}}}}
}

// TestCategoriesAreMergedBeforeAnythingIsHidden: where too many are small the coarser category
// stands for the finer ones in every period and for both audiences, with their sum; where few
// are, nothing changes; and the cells that were put in stay as they were.
func TestCategoriesAreMergedBeforeAnythingIsHidden(t *testing.T) {
	db := open(t)
	marac(t, db, 500)
	var cells []*queries.Cells
	for _, id := range []string{"MA2", "MA3"} {
		c, err := queries.Evaluate(context.Background(), db, measure(t, id), span(t))
		if err != nil {
			t.Fatal(err)
		}
		cells = append(cells, c)
	}
	fine := byCategory(t, cells[0], all)
	if len(fine) != 4 {
		t.Fatalf("the categories are %v", fine)
	}
	kept := queries.Merge(cells, merging(99), nil)
	if got := byCategory(t, kept[0], all); len(got) != 4 {
		t.Errorf("merged although few are small: %v", got)
	}
	merged := queries.Merge(cells, merging(0), nil)
	got := byCategory(t, merged[0], all)
	if len(got) != 3 || got["police or housing"] != fine["police"]+fine["housing"] || got["idva"] != fine["idva"] {
		t.Errorf("%v, from %v", got, fine)
	}
	if again := byCategory(t, cells[0], all); len(again) != 4 {
		t.Errorf("the finer cells were changed: %v", again)
	}
	results, _, err := queries.PublishAll(merged, []config.Audience{board, public}, queries.AllSupplied, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, audience := range results {
		for _, f := range audience[0].Figures {
			if f.Category == "police" || f.Category == "housing" {
				t.Errorf("%s: %s is still there", f.Period, f.Category)
			}
		}
		if len(audience[0].Merged) != 1 {
			t.Errorf("the result does not say that categories were put together: %v", audience[0].Merged)
		}
	}
}

// byCategory is the sum of each category of who referred, over all periods.
func byCategory(t *testing.T, c *queries.Cells, a config.Audience) map[string]int64 {
	t.Helper()
	r, err := c.Publish(a, queries.AllSupplied)
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]int64{}
	for _, f := range r.Figures {
		if f.Breakdown == "referring_agency" {
			sums[f.Category] += f.Base
		}
	}
	return sums
}
