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

// stepped is merging's rule, and a further step.
func stepped(first, second int64) *config.Settings {
	s := merging(first)
	s.Merge = append(s.Merge, config.Merge{Breakdown: "referring_agency", WhenSmall: second,
		Into: []config.MergeInto{{Name: "any of three", Of: []string{"police or housing", "idva"}}}})
	return s
}

// TestStepsAreTakenInTurnAndKept: the second is looked at where the first was taken; where
// categories are few only because few did not meet the measure, that counts; and what an
// edition gave, the next gives whatever its counts.
func TestStepsAreTakenInTurnAndKept(t *testing.T) {
	db := open(t)
	marac(t, db, 2000)
	evaluate := func() []*queries.Cells {
		cells, err := queries.Evaluate(context.Background(), db, measure(t, "MA2"), span(t))
		if err != nil {
			t.Fatal(err)
		}
		return []*queries.Cells{cells}
	}
	made := evaluate()
	given := func(s *config.Settings, h *queries.History) (int, *queries.History) {
		merged := queries.Merge(made, s, h)
		_, release, err := queries.PublishAll(merged, s.Audiences, queries.AllSupplied, nil)
		if err != nil {
			t.Fatal(err)
		}
		next, err := queries.NewHistory(release)
		if err != nil {
			t.Fatal(err)
		}
		return len(byCategory(t, merged[0], all)), next
	}
	fine, ofFine := given(stepped(99, 0), nil)
	one, ofOne := given(stepped(0, 99), nil)
	two, ofTwo := given(stepped(0, 0), nil)
	if fine != 4 || one != 3 || two != 2 {
		t.Fatalf("%d, %d and %d categories", fine, one, two)
	}
	for i, h := range []*queries.History{ofFine, ofOne, ofTwo} {
		for _, s := range []*config.Settings{stepped(0, 0), stepped(0, 99), stepped(99, 0)} {
			if n, _ := given(s, h); n != 4-i {
				t.Errorf("after %d categories %d are given", 4-i, n)
			}
		}
	}
	before, _ := given(stepped(30, 99), nil)
	exec(t, db, "update core.marac_case set repeat_flag = 'Y' where hash(marac_case_key || 'x') % 20 = 0")
	made = evaluate()
	if after, _ := given(stepped(30, 99), nil); before != 4 || after != 3 {
		t.Errorf("%d categories, and %d where few of many met the measure", before, after)
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
