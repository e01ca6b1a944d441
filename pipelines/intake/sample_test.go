package intake_test

import (
	"testing"
	"time"

	"wherry/config"
	"wherry/pipelines/intake"
	"wherry/pipelines/sample"
	"wherry/pipelines/warehouse"
	"wherry/queries"
)

// sampleInbox is a partnership with the sample extracts in its inbox.
func sampleInbox(t *testing.T) (*config.Partnership, sample.Summary, time.Time) {
	t.Helper()
	p, err := config.Load(t.TempDir(), config.Files, nil)
	check(t, err)
	asAt, err := time.Parse(time.DateOnly, p.AsAt)
	check(t, err)
	db, err := warehouse.Memory(t.Context())
	check(t, err)
	defer db.Close()
	made, err := sample.Write(t.Context(), db, p, p.Root, sample.Options{Rows: 60_000})
	check(t, err)
	return p, made, asAt
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheSampleLoadsWithItsPlantedFaultsFound(t *testing.T) {
	p, made, asAt := sampleInbox(t)
	w, err := warehouse.Open(t.Context(), p, queries.Files, asAt)
	check(t, err)
	defer w.Close()
	began := time.Now()
	first, err := intake.Receive(t.Context(), w, p, asAt, func([]intake.Outcome, time.Duration) {})
	check(t, err)
	received := time.Since(began)
	_, err = w.Publish(t.Context())
	check(t, err)
	t.Logf("%d files, %d rows: received in %v, published in %v", len(first.Outcomes), first.Rows(), received, time.Since(began)-received)

	byFile := map[string]intake.Outcome{}
	for _, o := range first.Outcomes {
		byFile[o.File] = o
		if o.Status == intake.Refused {
			t.Errorf("%s was not loaded: it %s", o.File, o.Message)
		}
	}
	if len(first.Outcomes) != made.Files {
		t.Errorf("%d outcomes for %d files", len(first.Outcomes), made.Files)
	}
	for _, fault := range made.Faults {
		if got := byFile[fault.File].Reasons[fault.Rule]; got != fault.Rows {
			t.Errorf("%s: %d rows broke %s, %d were planted", fault.File, got, fault.Rule, fault.Rows)
		}
		delete(byFile[fault.File].Reasons, fault.Rule)
	}
	for file, o := range byFile {
		if len(o.Reasons) > 0 {
			t.Errorf("%s: found what was not planted: %v", file, o.Reasons)
		}
	}
	if rows := first.Rows() + first.QuarantinedRows(); rows > made.Rows {
		t.Errorf("%d rows of %d written", rows, made.Rows)
	}

	again, err := intake.Receive(t.Context(), w, p, asAt, func([]intake.Outcome, time.Duration) {})
	check(t, err)
	if again.Loaded() > 0 {
		t.Errorf("%d files were loaded a second time", again.Loaded())
	}
}
