package queries_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"wherry/queries"
)

// leastCaught is the percentage of mutants that the examples of the catalogue must catch.
const leastCaught = 80

var errNotSame = errors.New("a cell is not as wanted")

// score is what became of one measure's mutants.
type score struct {
	mutants           int
	differed, stopped int // caught because a cell differed, or because it did not run
	survivors         []string
}

func (s score) caught() int { return s.differed + s.stopped }

// TestMutants changes one thing at a time in the SELECT of every measure and asks whether
// its examples notice. With -v it lists the changes that nothing noticed: each is a case
// that an example is still to show. For one measure: go test -run TestMutants//RQ7 -v.
func TestMutants(t *testing.T) {
	catalogue, err := queries.Load(queries.Files)
	if err != nil {
		t.Fatal(err)
	}
	pool := emptyDatabases(t, 2)
	scores := make([]score, len(catalogue.Measures))
	t.Run("measures", func(t *testing.T) {
		for i, m := range catalogue.Measures {
			t.Run(m.ID, func(t *testing.T) {
				t.Parallel()
				db := <-pool
				defer func() { pool <- db }()
				s, err := scoreOf(context.Background(), db, m)
				if err != nil {
					t.Fatal(err)
				}
				scores[i] = s
				s.report(t, m.ID)
			})
		}
	})
	var all score
	for _, s := range scores {
		all.mutants, all.differed, all.stopped = all.mutants+s.mutants, all.differed+s.differed, all.stopped+s.stopped
	}
	t.Logf("%d measures, %d mutants, %d caught (%.1f%%), %d of them because they do not run",
		len(scores), all.mutants, all.caught(), all.share(), all.stopped)
	if all.mutants == 0 || all.share() < leastCaught {
		t.Errorf("examples catch %.1f%% of mutants, which is under %d%%: run with -v to see which changes they miss", all.share(), leastCaught)
	}
}

// share is the percentage of mutants caught.
func (s score) share() float64 { return 100 * float64(s.caught()) / float64(max(s.mutants, 1)) }

func (s score) report(t *testing.T, id string) {
	if s.mutants == 0 {
		t.Log(id + ": its SELECT has nothing to change")
		return
	}
	t.Logf("%s: %d of %d caught (%.0f%%)", id, s.caught(), s.mutants, s.share())
	for _, survivor := range s.survivors {
		t.Log(id + " survives: " + survivor)
	}
}

// emptyDatabases is a pool of n empty warehouses.
func emptyDatabases(t *testing.T, n int) chan *sql.DB {
	opens, pool := opener(t), make(chan *sql.DB, n)
	for range n {
		db, err := opens(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		exec(t, db, "set threads = 1")
		pool <- db
	}
	return pool
}

func scoreOf(ctx context.Context, db *sql.DB, m *queries.Measure) (score, error) {
	mutants, err := queries.MutantsOf(ctx, db, m)
	if err != nil {
		return score{}, err
	}
	unchanged, alive := mutants[0], mutants[1:]
	s := score{mutants: len(alive)}
	for i := range m.Examples {
		if err := s.tryExample(ctx, db, m, &m.Examples[i], unchanged, &alive); err != nil {
			return s, err
		}
	}
	for _, mutant := range alive {
		s.survivors = append(s.survivors, mutant.What)
	}
	return s, nil
}

// tryExample removes from alive the mutants that an example catches.
func (s *score) tryExample(ctx context.Context, db *sql.DB, m *queries.Measure, x *queries.Example, unchanged queries.Mutant, alive *[]queries.Mutant) error {
	trial, err := queries.Try(ctx, db, x)
	if err != nil {
		return fmt.Errorf("example %q: %w", x.Name, err)
	}
	if same, stopped, err := trial.Run(ctx, m, unchanged.SQL); !same || err != nil {
		_ = trial.Leave(ctx)
		return fmt.Errorf("example %q does not pass as the measure stands: %w", x.Name, errors.Join(stopped, err, errNotSame))
	}
	var failed error
	*alive = slices.DeleteFunc(*alive, func(mutant queries.Mutant) bool {
		if failed != nil {
			return false
		}
		same, stopped, err := trial.Run(ctx, m, mutant.SQL)
		failed = err
		switch {
		case err != nil:
			return false
		case stopped != nil:
			s.stopped++
		case !same:
			s.differed++
		}
		return !same
	})
	if err := trial.Leave(ctx); failed == nil {
		failed = err
	}
	return failed
}

// TestMutantsAreTold checks the mutants of one SELECT by hand.
func TestMutantsAreTold(t *testing.T) {
	m := &queries.Measure{ID: "XX1", Line: 10, SQL: `select received_at as at, coalesce(met, false) as met
from core.agency_referral
where (a = 1 or b is null)
  and c < 3
  and exists (select 1 from core.agency_referral)`}
	mutants, err := queries.MutantsOf(context.Background(), open(t), m)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, mutant := range mutants[1:] {
		told = append(told, mutant.What)
	}
	text := strings.Join(told, "\n")
	for _, want := range []string{
		"line 10: coalesce to false becomes true", "line 12: condition 1 of 3 dropped", "line 13: condition 2 of 3 dropped",
		"line 14: condition 3 of 3 dropped", "condition 1 of 2 dropped", "condition 2 of 2 dropped", "and becomes or",
		"or becomes and", "equal becomes notequal", "is null becomes is not null", "lessthan becomes greaterthan",
		"lessthan becomes lessthanorequalto", "1 becomes 2", "3 becomes 4",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no mutant with %q in\n%s", want, text)
		}
	}
	if len(told) != 14 {
		t.Errorf("%d mutants in\n%s", len(told), text)
	}
}

// TestALooseExampleLetsMutantsLive: an example without a row on the edge misses that the
// edge moved; one with it does not.
func TestALooseExampleLetsMutantsLive(t *testing.T) {
	row := func(key, day string) map[string]any { return map[string]any{"referral_key": key, "received_at": day} }
	two := int64(2)
	m := &queries.Measure{ID: "XX1", Kind: queries.Count, Line: 1,
		SQL: "select received_at as at from core.agency_referral where received_at < date '2026-02-10'",
		Examples: []queries.Example{{Name: "loose", Want: []queries.Want{{Period: "2026-02", Numerator: &two}},
			Given: map[string][]map[string]any{"agency_referral": {row("a", "2026-02-01"), row("b", "2026-02-02"), row("c", "2026-02-20")}}}}}
	db := <-emptyDatabases(t, 1)
	for _, want := range []int{1, 0} {
		s, err := scoreOf(context.Background(), db, m)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.survivors) != want || s.mutants != 3 || s.caught() != 3-want {
			t.Errorf("%d of %d caught, surviving: %v", s.caught(), s.mutants, s.survivors)
		}
		m.Examples[0].Given["agency_referral"][2] = row("c", "2026-02-10")
	}
}
