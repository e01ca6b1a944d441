package queries_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"wherry/config"
	"wherry/queries"
)

// TestEvaluateAllIsEvaluate: measures that share core views give the figures they give
// alone, whatever they read of the views, and leave nothing behind.
func TestEvaluateAllIsEvaluate(t *testing.T) {
	ctx := context.Background()
	db := open(t)
	made(t, db, 900)
	exec(t, db, "create view core.twice as select day, grp, before from core.made union all select day, 'again', before from core.marac_case join core.made on discussed_at = day")
	measures := []*queries.Measure{measure(t, "MA2"), measure(t, "MA3")}
	for i, selectSQL := range []string{
		"select day as at, district, before > 2 as met from core.made",
		"select m.day as at, m.before > 3 as met from core.made as m join core.twice using (day) where core.twice.before = 1",
		"with every as (select * from core.made) select day as at, district, before = after as met from every where after is not null",
		"select day as at, made.before > 1 and made.after is null as met from \"core\".made",
		"select day as at, exists (select 1 from core.twice as t where t.day = made.day) as met from core.made",
	} {
		measures = append(measures, &queries.Measure{ID: "XX" + string(rune('1'+i)), Kind: queries.Proportion, Path: "x.sql", Line: 1, SQL: selectSQL})
	}
	var alone [][]queries.Figure
	for _, m := range measures {
		alone = append(alone, publish(t, db, m, all).Figures)
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	cells, err := queries.EvaluateAll(ctx, conn, measures, span(t), time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range cells {
		r, err := c.Publish(all, queries.AllSupplied)
		if err != nil {
			t.Fatal(err)
		}
		if r.Measure != measures[i] || strings.Contains(r.Statement, "temp.") || len(r.Figures) != len(alone[i]) {
			t.Fatalf("%s: %d figures, alone %d", measures[i].ID, len(r.Figures), len(alone[i]))
		}
		for j, f := range r.Figures {
			a := alone[i][j]
			if f.Period != a.Period || f.Area != a.Area || f.Category != a.Category || f.State != a.State || f.Numerator != a.Numerator || f.Base != a.Base {
				t.Fatalf("%s: %+v, alone %+v", measures[i].ID, f, a)
			}
		}
	}
	var left int
	if err := conn.QueryRowContext(ctx, "select count(*) from duckdb_tables() where temporary").Scan(&left); err != nil || left != 0 {
		t.Errorf("%d tables are left behind (%v)", left, err)
	}
}

// TestEvaluateAllTellsEveryProblem: nothing is run before every measure has passed.
func TestEvaluateAllTellsEveryProblem(t *testing.T) {
	ctx := context.Background()
	db := open(t)
	conn, err := db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, err = queries.EvaluateAll(ctx, conn, []*queries.Measure{
		{ID: "XX1", Kind: queries.Count, Path: "a.sql", Line: 1, SQL: "select discussed_at as at from landing.marac_case"},
		{ID: "XX2", Kind: queries.Count, Path: "b.sql", Line: 1, SQL: "select current_date as at from core.marac_case"},
	}, span(t), 0)
	if err == nil || !strings.Contains(err.Error(), "a.sql") || !strings.Contains(err.Error(), "b.sql") {
		t.Errorf("got %v", err)
	}
}

// TestKeysOfTheKinds: each key of the kinds in a header that may not have it, or with a
// value that it may not take, is told at its line with what to write.
func TestKeysOfTheKinds(t *testing.T) {
	header := strings.Replace(good, "better: up\n", "better: up\nKEY\n", 1)
	for _, c := range []struct{ kind, key, want string }{
		{"proportion", "people: victim_key", "x.sql:9:1: people belongs to rate, and this is a proportion"},
		{"proportion", "scale: {min: 1, max: 5}", "scale belongs to mean, change"},
		{"mean", "measured_in: points\nscale: {min: 5, max: 1}", "the scale does not rise\n  hint: write scale: {min: 1, max: 5}"},
		{"mean", "measured_in: points\nscale: 5", "x.sql:10:8: scale:"},
		{"mean", "unit: child_key\nmeasured_in: points", "unit belongs to count, proportion, rate, distribution"},
		{"mean", "short: x", "measured_in is missing\n  hint: say what the value is in, such as measured_in: nights"},
		{"change", "measured_in: points\nscale: {min: 1, max: 5}\nusual: 9", "usual lies outside the scale"},
		{"change", "measured_in: points\nusual: many", "x.sql:10:"},
		{"mean", "measured_in: points\nchosen_by_score: true", "chosen_by_score belongs to change"},
		{"count", "categories: [a, b]", "categories belongs to distribution"},
		{"distribution", "categories: [a, a]", `the category "a" is empty or named twice`},
		{"distribution", "breakdowns: [category]", `breakdown "category" has a meaning of its own`},
		{"estimate", "measured_in: people", "an estimate is modelled: it counts nobody\n  hint: write protects: nobody"},
		{"estimate", "measured_in: people\nprotects: nobody\nbreakdowns: [risk]", "an estimate has no breakdowns"},
		{"proportion", "compare: [team]", `unknown compare "team"`},
		{"proportion", "breakdowns: [risk]\ncapacity: [team]", `unknown capacity "team"`},
		{"count", "pathway: [Contacts, Outcome]", "pathway belongs to distribution"},
		{"distribution", "pathway: [Contacts]", "a pathway has two to 4 stages"},
		{"distribution", "categories: [a, \"b, then c, then d\"]\npathway: [Contacts, Decided, Followed]", "names 2 stages after the first, and the longest category has 3 steps"},
		{"count", "breakdowns: [risk]\ncapacity: [risk]", "capacity belongs to proportion"},
		{"proportion", "breakdowns: [risk]\npool: 24 months", "the rule pools 36 months, not 24\n  hint: write pool: 36 months"},
		{"proportion", "pool: 36 months", "there is nothing to pool"},
		{"proportion", "breakdowns: [risk]\npool: three years", "pool is not a number of months\n  hint: write pool: 36 months"},
		{"proportion", "benchmark: MARAC Rate", `benchmark "MARAC Rate" is not a key`},
		{"proportion", "reads: [all, rq1]", `"rq1" is not a measure's id`},
		{"proportion", "reads: [RQ9]", "a measure cannot read itself"},
		{"proportion", "answers: [HRT11]", "unknown answers"},
		{"rate", "per: 10000\npopulation: {age: 16+}\npeople: At", `people "At" is not a column name of its own`},
		{"rate", "per: 10000\npopulation: {age: 16+}\npeople: a\nunit: b", "not both"},
		{"change", "measured_in: points", "a wanted cell names numerator, which a change does not have\n  hint: a change gives value, started"},
		{"proportn", "people: x", "did you mean proportion?"},
	} {
		text := strings.Replace(strings.Replace(header, "KEY", c.key, 1), "kind: proportion", "kind: "+c.kind, 1)
		_, err := queries.ParseMeasure("measures/marac/x.sql", []byte(text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %s: want %q in:\n%v", c.kind, c.key, c.want, err)
		}
	}
	for _, key := range []string{"breakdowns: [risk]\ncapacity: [risk]\npool: 36 months\ncompare: [district, risk]", "benchmark: marac_rate_england", "answers: [NFK5, HRT10]", "reads: [all]", "reads: [RQ1, MA3]"} {
		m, err := queries.ParseMeasure("measures/marac/x.sql", []byte(strings.Replace(header, "KEY", key, 1)))
		if err != nil {
			t.Errorf("%s: %v", key, err)
		} else if strings.HasPrefix(key, "breakdowns") && m.Pool != config.PooledMonths {
			t.Errorf("pooled over %d", m.Pool)
		}
	}
}
