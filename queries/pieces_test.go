package queries_test

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"strings"
	"testing"

	"wherry/config"
	"wherry/queries"
)

// crossed is a second set of boundaries of three districts: Norwich and Broadland lie in one
// unitary, which takes in a sliver of Breckland; the rest of that is the other.
func crossed() []config.Piece {
	p := config.Partnership{Unitaries: []config.Unitary{
		{Code: "greater", Districts: []string{"E07000148", "E07000144", "E07000143"}},
		{Code: "west", Districts: []string{"E07000143"}},
	}}
	return p.Pieces()
}

// lying adds to the made-up rows the unitary that an agency gives, with some blank and some
// that cannot be, and by hand the one and the piece that each row lies in.
func lying(t *testing.T, db *sql.DB, n int) {
	t.Helper()
	made(t, db, n)
	exec(t, db, `create table core.lying as
with sent as (
    select *, case
        when hash(day, person, 21) % 20 = 0 then null
        when hash(day, person, 21) % 20 = 1 then 'nowhere'
        when district = 'E07000143' then case when hash(day, person, 22) % 30 = 0 then 'greater' else 'west' end
        else ['greater', 'west'][1 + (hash(day, person, 23) % 2)::integer] end as unitary
    from core.made
), placed as (
    select *, case
        when district in ('E07000144', 'E07000148') then 'greater'
        when district = 'E07000143' and unitary in ('greater', 'west') then unitary
        else 'unknown_unitary' end as lies,
        case when district in ('E07000143', 'E07000144', 'E07000148') then district else 'unknown' end as of_district
    from sent
)
select *, of_district || ' in ' || lies as piece from placed`)
}

// here is the rows of one area or piece in one period.
func here(p config.Period, area string) string {
	column := map[bool]string{true: "of_district", false: "lies"}[strings.HasPrefix(area, "E0") || area == "unknown"]
	switch {
	case strings.Contains(area, " in "):
		column = "piece"
	case area == "E10000020":
		column = "'E10000020'"
	}
	return fmt.Sprintf("day >= date '%s' and day < date '%s' and %s = '%s'", p.Start.Format("2006-01-02"), p.End.Format("2006-01-02"), column, area)
}

func publishCrossed(t *testing.T, db *sql.DB, m *queries.Measure, a config.Audience) *queries.Result {
	t.Helper()
	s := span(t)
	s.Pieces = crossed()
	return publishOver(t, db, m, a, s)
}

// TestUnitariesAreCounted holds every figure of both sets, of rows and of distinct people,
// against a count made straight from the rows.
func TestUnitariesAreCounted(t *testing.T) {
	db := open(t)
	lying(t, db, 2000)
	for unit, counted := range map[string]string{"": "count(*)", "person": "count(distinct person)"} {
		m := &queries.Measure{ID: "XX1", Kind: queries.Count, Unit: unit, Path: "x.sql", Line: 1,
			SQL: strings.TrimSuffix("select day as at, district, unitary, "+unit, ", ") + " from core.lying"}
		checked := map[string]int{}
		r := publishCrossed(t, db, m, all)
		for _, f := range r.Figures {
			var want int64
			scan(t, db, "select "+counted+" from core.lying where "+here(f.Period, f.Area), &want)
			if f.Numerator != want {
				t.Errorf("%s %s %s: %d, want %d", unit, f.Period, f.Area, f.Numerator, want)
			}
			checked[f.Area]++
		}
		if len(checked) != 8 || checked["west"] == 0 || checked["unknown_unitary"] != checked["E07000143"] {
			t.Errorf("%s: areas %v", unit, checked)
		}
		last := r.Figures[len(r.Figures)-1].Period
		if d, u := r.Places(last, queries.DistrictBreakdown), r.Places(last, queries.UnitaryBreakdown); len(d) != 4 || len(u) != 3 {
			t.Errorf("%d districts and %d unitaries", len(d), len(u))
		}
	}
}

// crossedSums is what a reader knows of how areas and pieces add up: each area of its pieces,
// the whole of each set, and longer periods of shorter ones.
func crossedSums(r *queries.Result) (equations [][]sumKey, pieces map[sumKey]bool) {
	pieces = map[sumKey]bool{}
	sets := map[sumKey][]sumKey{}
	there := map[sumKey]config.Period{}
	for _, f := range r.Figures {
		k := keyOf(f)
		there[k] = f.Period
		equation := []sumKey{k}
		for _, p := range crossed() {
			if p.District == f.Area || p.Unitary == f.Area {
				piece := sumKey{f.Period, p.Code(), "", ""}
				there[piece], pieces[piece] = f.Period, true
				equation = append(equation, piece)
			}
		}
		if len(equation) > 1 {
			equations = append(equations, equation)
			set := map[bool]string{true: "districts", false: "unitaries"}[strings.HasPrefix(f.Area, "E0") || f.Area == "unknown"]
			sets[sumKey{f.Period, "E10000020", set, ""}] = append(sets[sumKey{f.Period, "E10000020", set, ""}], k)
		}
	}
	for whole, areas := range sets {
		equations = append(equations, append([]sumKey{{whole.period, whole.area, "", ""}}, areas...))
	}
	for k, p := range there {
		if p.Kind != config.Rolling && p.Kind != config.Year {
			continue
		}
		equation := []sumKey{k}
		for _, quarter := range p.Split(config.Quarter) {
			part := k
			part.period = quarter
			if _, given := there[part]; given {
				equation = append(equation, part)
			}
		}
		if len(equation) == 5 {
			equations = append(equations, equation)
		}
	}
	return equations, pieces
}

// TestPiecesCannotBeSubtracted: no small part of a district that a unitary takes in can be had
// from the figures of both sets, and neither can a small area. With the pieces left out of
// what is protected, some can.
func TestPiecesCannotBeSubtracted(t *testing.T) {
	db := open(t)
	lying(t, db, 3000)
	m := &queries.Measure{ID: "XX1", Kind: queries.Count, Path: "x.sql", Line: 1, SQL: "select day as at, district, unitary from core.lying"}
	for _, a := range []config.Audience{board, public} {
		r := publishCrossed(t, db, m, a)
		equations, pieces := crossedSums(r)
		hidden := map[sumKey]bool{}
		shown := 0
		for _, f := range r.Figures {
			if f.State != queries.Shown {
				hidden[keyOf(f)] = true
			} else if f.Area == "west" || f.Area == "greater" {
				shown++
			}
		}
		leaks := func(open map[sumKey]bool) (n int) {
			for k := range determinedSums(equations, open) {
				var truth int64
				scan(t, db, "select count(*) from core.lying where "+here(k.period, k.area), &truth)
				if 0 < truth && truth <= a.HideUpTo {
					n++
				}
			}
			return n
		}
		open, bare := maps.Clone(pieces), maps.Clone(pieces)
		maps.Copy(open, hidden)
		for k := range hidden {
			bare[k] = strings.HasPrefix(k.area, "E0") || k.area == "unknown"
		}
		n, without := leaks(open), leaks(bare)
		t.Logf("%s: %d unitaries shown, %d areas hidden; %d small counts come out, %d had every unitary been shown", a.ID, shown, len(hidden), n, without)
		if n > 0 || without < 10 || shown < 20 {
			t.Errorf("%s: %d small areas or pieces can be had by subtraction, %d had every unitary been shown; %d are", a.ID, n, without, shown)
		}
	}
}

// TestUnitariesAreAskedForRightly: a rate has no population by unitary, and a unitary stands
// beside its district.
func TestUnitariesAreAskedForRightly(t *testing.T) {
	db := open(t)
	lying(t, db, 10)
	for selected, c := range map[string]struct {
		kind queries.Kind
		want string
	}{
		"day as at, district, unitary":           {queries.Rate, "how many people live in one"},
		"day as at, unitary":                     {queries.Count, "a unitary and no district"},
		"day as at, district, before as unitary": {queries.Count, "the column unitary is integer, not varchar"},
	} {
		m := &queries.Measure{ID: "XX1", Kind: c.kind, Per: 1000, Population: &queries.Population{Age: "16+"}, Path: "x.sql", Line: 1, SQL: "select " + selected + " from core.lying"}
		if _, err := queries.Evaluate(context.Background(), db, m, span(t)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s of a %s: %v", selected, c.kind, err)
		}
	}
}
