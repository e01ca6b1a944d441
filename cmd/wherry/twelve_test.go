package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"wherry/config"
	"wherry/pipelines/attack"
)

// TestTwelveEditions publishes three years of the full sample quarter by quarter, as a
// partnership would have, with what came late and what was sent again, for two audiences and on
// two sets of boundaries. Whoever kept all twelve editions must not be able to work out
// anything that they hide.
func TestTwelveEditions(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("twelve editions of the full sample take minutes; run without -short")
	}
	dir := filepath.Join(t.TempDir(), "county")
	mustWherry(t, exitDone, "init", dir)
	var sample struct{ Resubmitted []string }
	decode(t, mustWherry(t, exitDone, "sample", "--dir", dir, "--json"), &sample)
	if len(sample.Resubmitted) == 0 {
		t.Fatal("the sample sends nothing again")
	}
	corrections := []correction{
		{config.Day(2024, 11, 12), "childrens_services/agency_referral_2024-05.csv", 4},
		{config.Day(2025, 2, 12), "police/police_da_incident_2024-08.csv", 160},
	}
	mustWherry(t, exitAttention, "receive", "--dir", dir)
	quarter := config.Containing(config.Quarter, config.Day(2023, 10, 1))
	var editions []string
	for range 12 {
		asAt := quarter.End.AddDate(0, 1, -1)
		if len(corrections) > 0 && corrections[0].on.Before(asAt) { // the editions so far gave what was known before
			corrections[0].send(t, dir)
			mustWherry(t, exitAttention, "receive", "--dir", dir)
			corrections = corrections[1:]
		}
		var e struct{ Edition, Path string }
		decode(t, mustWherry(t, exitDone, "publish", "--dir", dir, "--quarter", quarter.String(), "--as-at", asAt.Format("2006-01-02"), "--json"), &e)
		editions = append([]string{filepath.Join(dir, e.Path)}, editions...)
		quarter = quarter.Shift(1)
	}
	report, err := attack.Attack(t.Context(), editions)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d hidden counts attacked with %d sums and bounds; %d known to be small", report.Hidden, report.Claims, len(report.Small))
	for _, k := range report.Known {
		t.Errorf("recovered %s", k)
	}
	if report.Editions != 12 || report.Hidden < 100_000 {
		t.Errorf("%d editions and %d hidden counts were attacked", report.Editions, report.Hidden)
	}
	t.Run("the board's scorecard has no figure hidden", func(t *testing.T) { nothingHidden(t, editions[0]) })
	t.Run("an edition can be taken back", func(t *testing.T) { takenBack(t, dir, editions) })
}

// correction is an extract that is sent again on a day, without its last rows.
type correction struct {
	on      time.Time
	extract string
	rows    int
}

func (c correction) send(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, "inbox", filepath.FromSlash(c.extract))
	lines := strings.SplitAfter(fileText(t, path), "\n")
	if len(lines) < 2*c.rows {
		t.Fatalf("%s has only %d lines", c.extract, len(lines))
	}
	again := strings.TrimSuffix(path, ".csv") + "_again.csv"
	if err := os.WriteFile(again, []byte(strings.Join(lines[:len(lines)-1-c.rows], "")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(again, c.on, c.on); err != nil {
		t.Fatal(err)
	}
}

// nothingHidden looks for the mark of a hidden figure among those the scorecard leads with.
func nothingHidden(t *testing.T, edition string) {
	page := fileText(t, edition, "board", "index.html")
	for _, row := range regexp.MustCompile(`(?s)<tr.*?</tr>`).FindAllString(page, -1) {
		if strings.Contains(row, "[c]") {
			t.Errorf("hidden on the scorecard: %s", regexp.MustCompile(`<[^>]*>`).ReplaceAllString(row, " "))
		}
	}
}

func takenBack(t *testing.T, dir string, editions []string) {
	latest, before := filepath.Base(editions[0]), filepath.Base(editions[1])
	if out := mustWherry(t, exitDone, "withdraw", latest, "--dir", dir, "--by", "Data lead", "--why", "a trial run"); !strings.Contains(out, before) {
		t.Errorf("withdraw says %q", out)
	}
	if to, err := os.Readlink(filepath.Join(dir, "published", "current")); err != nil || filepath.Base(to) != before {
		t.Errorf("current points at %s, %v", to, err)
	}
	if _, err := os.Stat(editions[0]); !os.IsNotExist(err) {
		t.Errorf("the edition is still published: %v", err)
	}
	code, _, errs := wherry(t, "publish", "--dir", dir)
	if code != exitFailed || !strings.Contains(errs, "was withdrawn on") || !strings.Contains(errs, "a trial run") {
		t.Errorf("publishing it again: exit code %d, %s", code, errs)
	}
}
