package intake_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wherry/config"
	"wherry/pipelines/intake"
	"wherry/pipelines/warehouse"
)

func TestEveryContractKeepsItsExamples(t *testing.T) {
	p, err := config.Load(t.TempDir(), config.Files, nil)
	if err != nil {
		t.Fatal(err)
	}
	db, err := warehouse.Memory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, c := range p.Contracts {
		for _, example := range c.Examples {
			t.Run(c.Feed+"/"+example.Name, func(t *testing.T) {
				trial, err := intake.RunExample(t.Context(), db, p, c, example)
				var refusal *intake.Refusal
				if errors.As(err, &refusal) && refusal.Rule == example.Refused {
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(example.Warned, trial.Warned, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("rows kept and reported (-example +got):\n%s", diff)
				}
				if trial.Accepted != example.Accepted {
					t.Errorf("%d rows accepted, the example says %d", trial.Accepted, example.Accepted)
				}
				if diff := cmp.Diff(example.Quarantined, trial.Quarantined, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("rows by rule (-example +got):\n%s", diff)
				}
			})
		}
	}
}
