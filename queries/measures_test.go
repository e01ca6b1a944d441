package queries_test

import (
	"context"
	"testing"

	"wherry/queries"
)

// TestShippedMeasures runs every example of every measure of the repository.
func TestShippedMeasures(t *testing.T) {
	catalogue, err := queries.Load(queries.Files)
	if err != nil {
		t.Fatal(err)
	}
	if len(catalogue.Measures) == 0 {
		t.Fatal("no measures")
	}
	db := open(t)
	for _, m := range catalogue.Measures {
		t.Run(m.ID, func(t *testing.T) {
			outcomes, err := queries.RunExamples(context.Background(), db, m)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range outcomes {
				if !o.OK() {
					t.Error(o)
				}
			}
		})
	}
}
