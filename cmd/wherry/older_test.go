package main

import (
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"wherry/config"
	"wherry/pipelines"
	"wherry/pipelines/audit"
	"wherry/pipelines/publish"
	"wherry/queries/disclosure"
)

// TestAnOlderQuarterThatIsRefused: where a later quarter is on record, a refusal for what an
// edition would give away says so and what to do; other refusals are told as ever.
func TestAnOlderQuarterThatIsRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "county")
	mustWherry(t, exitDone, "init", dir)
	p, err := pipelines.Open(dir, pflag.NewFlagSet("", pflag.ContinueOnError), "test", config.Day(2026, 10, 31))
	if err != nil {
		t.Fatal(err)
	}
	recordOf(t, filepath.Join(dir, "archive", "releases"), "2026-27 Q2")
	exposed := fmt.Errorf("protecting RQ1 for board: %w", &disclosure.Exposed{Names: []string{"RQ1 2025-26 Q1"}})
	unequal := fmt.Errorf("reading the cells to protect: %w", &disclosure.Unequal{Total: "TR5 2026-27 Q2"})
	leak := &publish.LeakError{Report: &audit.Report{Findings: []audit.Finding{{File: "board/data/rq1.csv"}}}}
	for _, c := range []struct {
		quarter config.Period
		refused error
		older   bool
	}{
		{config.Containing(config.Quarter, config.Day(2025, 5, 1)), exposed, true},
		{config.Containing(config.Quarter, config.Day(2025, 5, 1)), leak, true},
		{config.Containing(config.Quarter, config.Day(2025, 5, 1)), unequal, true},
		{config.Containing(config.Quarter, config.Day(2026, 8, 1)), unequal, false},
		{config.Containing(config.Quarter, config.Day(2025, 5, 1)), errors.New("the disk is full"), false},
		{config.Containing(config.Quarter, config.Day(2026, 8, 1)), exposed, false},
	} {
		err := explainOlder(p, c.quarter, c.refused)
		var h hinted
		told := errors.As(err, &h) && strings.Contains(h.hint, "publish quarters in order") && strings.Contains(h.hint, "wherry withdraw EDITION --unseen")
		if told != c.older || strings.Contains(err.Error(), "cannot be published after 2026-27 Q2") != c.older || !errors.Is(err, c.refused) {
			t.Errorf("%s, %v: %v", c.quarter, c.refused, err)
		}
	}
}

// recordOf puts an edition of a quarter on record.
func recordOf(t *testing.T, ledger, quarter string) {
	t.Helper()
	if err := os.MkdirAll(ledger, 0o700); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(filepath.Join(ledger, "000001-an-edition.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(file)
	if _, err := fmt.Fprintf(z, `{"inputs":{"quarter":%q},"release":{"edition":"an-edition"}}`, quarter); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(z.Close(), file.Close()); err != nil {
		t.Fatal(err)
	}
}
