package queries_test

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"wherry/config"
	"wherry/queries"
)

// TestAddingARowMovesItsCellsAlone adds made-up cases one at a time: the bases that hold the
// case rise by one, and no other number moves.
func TestAddingARowMovesItsCellsAlone(t *testing.T) {
	db := open(t)
	marac(t, db, 800)
	m := measure(t, "MA3")
	before := publish(t, db, m, all).Figures
	rng := rand.New(rand.NewSource(7))
	areas, models := []string{"E07000143", "E07000144", "E07000148"}, []string{"conference", "coordination"}
	for i := range 12 {
		day := config.Day(2023, 10, 1).AddDate(0, 0, rng.Intn(1090))
		area, model := areas[rng.Intn(3)], models[rng.Intn(2)]
		exec(t, db, fmt.Sprintf("insert into core.marac_case by name select 'new %d' as marac_case_key, date '%s' as discussed_at, '%s' as district, 'police' as referring_agency, '%s' as model",
			i, day.Format("2006-01-02"), area, model))
		after := publish(t, db, m, all).Figures
		exec(t, db, "delete from core.marac_case where marac_case_key like 'new%'")
		moved := 0
		for k, f := range after {
			was := before[k]
			holds := f.Period.Holds(day) && (f.Area == area || f.Area == "E10000020") && (f.Breakdown == "" || f.Category == model || f.Category == "not recorded" && f.Breakdown == "referral_criterion")
			rise := f.Base - was.Base
			if holds {
				moved++
			}
			if (holds && rise != 1) || (!holds && fmt.Sprint(f) != fmt.Sprint(was)) {
				t.Fatalf("a case of %s, %s, %s moved %s %s %s %s by %d", day.Format("2006-01-02"), area, model, f.Period, f.Area, f.Breakdown, f.Category, rise)
			}
		}
		if moved < 3 {
			t.Errorf("a case of %s moved %d cells", day.Format("2006-01-02"), moved)
		}
	}
}

// TestSplittingAFileChangesNothing divides the same rows over one delivery and over many.
func TestSplittingAFileChangesNothing(t *testing.T) {
	figures := func(deliveries int) []queries.Figure {
		db := open(t)
		exec(t, db, fmt.Sprintf(`insert into landing.marac_case by name
select i::varchar as marac_case_key, date '2023-10-01' + (hash(i, 1) %% 1090)::integer as discussed_at, 'd' || (hash(i, 9) %% %d) as delivery_id, i as line,
    ['E07000143', 'E07000144', 'E07000148'][1 + (hash(i, 2) %% 3)::integer] as district_code, ['police', 'idva', 'housing'][1 + (hash(i, 3) %% 3)::integer] as referring_agency
from range(900) r(i)`, deliveries))
		exec(t, db, fmt.Sprintf(`insert into ledger.delivery (delivery_id, agency, feed, period, submission)
select 'd' || i, 'agency ' || i, 'marac_case', '2023-10', 1 from range(%d) r(i)`, deliveries))
		return publish(t, db, measure(t, "MA3"), all).Figures
	}
	one, many := figures(1), figures(7)
	if len(one) == 0 || fmt.Sprint(one) != fmt.Sprint(many) {
		t.Error("seven deliveries give other figures than one with the same rows")
	}
	if !slices.ContainsFunc(one, func(f queries.Figure) bool { return f.Base > 20 }) {
		t.Error("nothing was counted")
	}
}
