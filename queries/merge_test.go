package queries_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"wherry/config"
	"wherry/queries"
)

// merging is one rule about who referred.
func merging(whenSmall int64) []config.Merge {
	return []config.Merge{{Breakdown: "referring_agency", WhenSmall: whenSmall,
		Into: []config.MergeInto{{Name: "police or housing", Of: []string{"police", "housing"}}}}}
}

var readers = []config.Audience{public, board}

// merged is measures counted under some rules, before and after these are applied.
func merged(t *testing.T, db *sql.DB, rules []config.Merge, h *queries.History, measures ...*queries.Measure) (fine, coarse []*queries.Cells) {
	t.Helper()
	s := span(t)
	s.Merge = rules
	for _, m := range measures {
		c, err := queries.Evaluate(context.Background(), db, m, s)
		if err != nil {
			t.Fatal(err)
		}
		fine = append(fine, c)
	}
	return fine, queries.Merge(fine, readers, h)
}

// TestCategoriesAreMergedBeforeAnythingIsHidden: where too many are small the coarser category
// stands for the finer ones in every period and for both audiences, with their sum; where few
// are, nothing changes; and the cells that were put in stay as they were.
func TestCategoriesAreMergedBeforeAnythingIsHidden(t *testing.T) {
	db := open(t)
	marac(t, db, 500)
	both := []*queries.Measure{measure(t, "MA2"), measure(t, "MA3")}
	cells, kept := merged(t, db, merging(99), nil, both...)
	fine := byCategory(t, cells[0], all)
	if len(fine) != 4 {
		t.Fatalf("the categories are %v", fine)
	}
	if got := byCategory(t, kept[0], all); len(got) != 4 {
		t.Errorf("merged although few are small: %v", got)
	}
	cells, coarse := merged(t, db, merging(0), nil, both...)
	got := byCategory(t, coarse[0], all)
	if len(got) != 3 || got["police or housing"] != fine["police"]+fine["housing"] || got["idva"] != fine["idva"] {
		t.Errorf("%v, from %v", got, fine)
	}
	if again := byCategory(t, cells[0], all); len(again) != 4 {
		t.Errorf("the finer cells were changed: %v", again)
	}
	results, _, err := queries.PublishAll(coarse, readers, queries.AllSupplied, nil)
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
func stepped(first, second int64) []config.Merge {
	return append(merging(first), config.Merge{Breakdown: "referring_agency", WhenSmall: second,
		Into: []config.MergeInto{{Name: "any of three", Of: []string{"police or housing", "idva"}}}})
}

// byVictim is repeat cases with each victim counted once.
func byVictim(t *testing.T) *queries.Measure {
	m := *measure(t, "MA2")
	m.Unit, m.Breakdowns = "victim_key", []string{"referring_agency"}
	m.SQL = "select discussed_at as at, district, victim_key, referring_agency, coalesce(repeat_flag = 'Y', false) as met from core.marac_case"
	return &m
}

// TestStepsAreTakenInTurnAndKept: the second is looked at where the first was taken; where
// categories are small only because few met the measure, that counts; and what an
// edition gave, the next gives whatever its counts. It is so of rows, and of units.
func TestStepsAreTakenInTurnAndKept(t *testing.T) {
	db := open(t)
	marac(t, db, 2000)
	for _, m := range []*queries.Measure{measure(t, "MA2"), byVictim(t)} {
		t.Run("by "+m.Unit, func(t *testing.T) { keepsSteps(t, db, m) })
		exec(t, db, "update core.marac_case set repeat_flag = null")
	}
}

func keepsSteps(t *testing.T, db *sql.DB, m *queries.Measure) {
	given := func(rules []config.Merge, h *queries.History) (int, *queries.History) {
		_, coarse := merged(t, db, rules, h, m)
		_, release, err := queries.PublishAll(coarse, readers, queries.AllSupplied, nil)
		if err != nil {
			t.Fatal(err)
		}
		next, err := queries.NewHistory(release)
		if err != nil {
			t.Fatal(err)
		}
		return len(byCategory(t, coarse[0], all)), next
	}
	fine, ofFine := given(stepped(99, 0), nil)
	one, ofOne := given(stepped(0, 99), nil)
	two, ofTwo := given(stepped(0, 0), nil)
	if fine != 4 || one != 3 || two != 2 {
		t.Fatalf("%d, %d and %d categories", fine, one, two)
	}
	for i, h := range []*queries.History{ofFine, ofOne, ofTwo} {
		for _, rules := range [][]config.Merge{stepped(0, 0), stepped(0, 99), stepped(99, 0)} {
			if n, _ := given(rules, h); n != 4-i {
				t.Errorf("after %d categories %d are given", 4-i, n)
			}
		}
	}
	before, _ := given(stepped(30, 99), nil)
	exec(t, db, "update core.marac_case set repeat_flag = 'Y' where hash(marac_case_key || 'x') % 20 = 0")
	if after, _ := given(stepped(30, 99), nil); before != 4 || after != 3 {
		t.Errorf("%d categories, and %d where few of many met the measure", before, after)
	}
}

// TestUnitsAreCountedInTheCoarserCategory: whoever was referred by both of two agencies is one
// of those referred by either, in the quarter and in the year.
func TestUnitsAreCountedInTheCoarserCategory(t *testing.T) {
	db := open(t)
	marac(t, db, 2000)
	for step, rules := range [][]config.Merge{merging(0), stepped(0, 0)} {
		_, coarse := merged(t, db, rules, nil, byVictim(t))
		r, err := coarse[0].Publish(all, queries.AllSupplied)
		if err != nil {
			t.Fatal(err)
		}
		name := []string{"police or housing", "any of three"}[step]
		found, less := 0, 0
		for _, f := range r.Figures {
			if f.Category != name {
				continue
			}
			found++
			var want, sum int64
			query := fmt.Sprintf(`with c as (select victim_key, referring_agency from core.marac_case where discussed_at >= date '%s' and discussed_at < date '%s' and referring_agency in ('police', 'housing'%s))
select count(distinct victim_key), count(distinct (victim_key, referring_agency)) from c`,
				f.Period.Start.Format(time.DateOnly), f.Period.End.Format(time.DateOnly), []string{"", ", 'idva'"}[step])
			if err := db.QueryRow(query).Scan(&want, &sum); err != nil {
				t.Fatal(err)
			}
			if f.Base != want {
				t.Errorf("%s: %d in %s, not %d", f.Period, f.Base, name, want)
			}
			if want < sum {
				less++
			}
		}
		if found < 12 || less < 12 {
			t.Errorf("%d periods give %s, in %d of them somebody was in two", found, name, less)
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
