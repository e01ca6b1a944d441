package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wherry/dashboards/browser"
	"wherry/pipelines/warehouse"
)

// wherry runs one command line in this process.
func wherry(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = execute(t.Context(), args, &o, &e)
	return code, o.String(), e.String()
}

// mustWherry runs one command line that must exit with a code and returns what it printed.
func mustWherry(t *testing.T, want int, args ...string) string {
	t.Helper()
	code, out, errs := wherry(t, args...)
	if code != want {
		t.Fatalf("wherry %s: exit code %d, want %d\n%s\n%s", strings.Join(args, " "), code, want, out, errs)
	}
	return out
}

type ranJSON struct {
	Edition     string
	Path        string
	Loaded      int64
	Quarantined int64
	Late        []struct{ Agency, Feed, Period, Says string }
	Unchanged   bool
	Seconds     float64
}

type sampleJSON struct {
	Files  int
	Rows   int64
	Faults []struct {
		File, Rule string
		Rows       int64
	}
}

// TestEdition goes the whole way once, from an empty folder to a published quarter, and
// looks at what came out from every side.
func TestEdition(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "county")
	mustWherry(t, exitDone, "init", dir)
	var sample sampleJSON
	decode(t, mustWherry(t, exitDone, "sample", "--dir", dir, "--json"), &sample)
	var first ranJSON
	decode(t, mustWherry(t, exitAttention, "run", "--dir", dir, "--json"), &first)

	t.Run("the edition lies where it should", func(t *testing.T) {
		if !strings.HasPrefix(first.Edition, "2026-27-Q2-") || first.Path != filepath.Join("published", "editions", first.Edition) {
			t.Fatalf("edition %q at %q", first.Edition, first.Path)
		}
		if first.Loaded < 50_000 || first.Quarantined == 0 || len(first.Late) == 0 || first.Seconds <= 0 {
			t.Errorf("loaded %d, quarantined %d, late %v, seconds %v", first.Loaded, first.Quarantined, first.Late, first.Seconds)
		}
		for _, audience := range []string{"board", "public"} {
			for _, base := range []string{filepath.Join(dir, first.Path), filepath.Join(dir, "published", "current")} {
				if _, err := os.Stat(filepath.Join(base, audience, "index.html")); err != nil {
					t.Error(err)
				}
			}
		}
	})
	t.Run("nothing but what is published is open to others", func(t *testing.T) { nothingIsOpen(t, dir) })
	t.Run("the edition is small", func(t *testing.T) { smallEnough(t, filepath.Join(dir, first.Path)) })
	t.Run("a reader who tries learns nothing", func(t *testing.T) {
		if out := mustWherry(t, exitDone, "attack", filepath.Join(dir, first.Path)); !strings.Contains(out, "recovered nothing") {
			t.Error(out)
		}
	})
	t.Run("the auditor's report ships and is true", func(t *testing.T) { auditorsReport(t, filepath.Join(dir, first.Path)) })
	t.Run("planted leaks are recovered and found", func(t *testing.T) { plantedLeaks(t, filepath.Join(dir, first.Path)) })
	t.Run("planted faults are quarantined with the right reason", func(t *testing.T) { plantedFaults(t, dir, sample) })
	t.Run("a return unlike the usual is never called good data", func(t *testing.T) { unlikeTheUsual(t, dir) })
	t.Run("planted changes are found in their quarter", func(t *testing.T) { plantedChanges(t, dir) })
	t.Run("planted noise is not called a change", func(t *testing.T) { plantedNoise(t, dir) })
	t.Run("a season is taken out and said to be", func(t *testing.T) { seasonTakenOut(t, dir) })
	t.Run("a change of definition is a break and no change", func(t *testing.T) { plantedBreak(t, dir) })
	t.Run("a second run changes nothing", func(t *testing.T) {
		var second ranJSON
		decode(t, mustWherry(t, exitAttention, "run", "--dir", dir, "--json"), &second)
		if !second.Unchanged || second.Edition != first.Edition || second.Loaded != 0 {
			t.Errorf("second run: %+v", second)
		}
	})
	t.Run("the same inputs elsewhere give the same bytes", func(t *testing.T) {
		other := filepath.Join(t.TempDir(), "elsewhere")
		mustWherry(t, exitDone, "init", other)
		mustWherry(t, exitDone, "sample", "--dir", other)
		var again ranJSON
		decode(t, mustWherry(t, exitAttention, "run", "--dir", other, "--json"), &again)
		if again.Edition != first.Edition {
			t.Errorf("edition %s there, %s here", again.Edition, first.Edition)
		}
	})
	t.Run("the warehouse can be made again from the archive", func(t *testing.T) {
		if out := mustWherry(t, exitDone, "rebuild", "--dir", dir); !strings.Contains(out, "equal to the last table by table") {
			t.Error(out)
		}
	})
	t.Run("the ledger holds each run with its inputs", func(t *testing.T) { recordedRuns(t, dir, first.Edition) })
	t.Run("status says what needs a person", func(t *testing.T) {
		out := mustWherry(t, exitDone, "status", "--dir", dir)
		for _, want := range []string{first.Edition, "provider_two, safe_accommodation_referral", "housing, workforce_denominator", "probation, probation_case", "health, champion_register",
			"probation, probation_case, 2026-27 Q2: late: due 15 October, came 20 October 2026", "health, health_activity, 2026-27 Q2: partial: no rows from 1 September to 30 September 2026",
			"housing, sanctuary_install, 2026-27 Q2: unusually small: ", "housing, workforce_denominator, 2026-27 Q2: missing: ", "in quarantine", "is not verified", "receive"} {
			if !strings.Contains(out, want) {
				t.Errorf("status does not say %q:\n%s", want, out)
			}
		}
	})
	t.Run("every page stands up in a browser", func(t *testing.T) { inBrowser(t, dir) })
	t.Run("killed at any moment, the last edition stays whole", func(t *testing.T) { killedRuns(t, dir, first.Edition) })
}

// mostEditionBytes is what both audiences' pages, drawings and data may take, and mostStyleBytes
// what a style sheet may.
const (
	mostEditionBytes = 40_000_000
	mostStyleBytes   = 20 << 10
)

func smallEnough(t *testing.T, edition string) {
	var all int64
	by := map[string]int64{}
	err := filepath.WalkDir(edition, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		all += info.Size()
		by[filepath.Ext(name)] += info.Size()
		if filepath.Ext(name) == ".css" && info.Size() >= mostStyleBytes {
			t.Errorf("%s is %d bytes, and must be less than %d", name, info.Size(), mostStyleBytes)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if all > mostEditionBytes {
		t.Errorf("the edition is %d bytes, and %d are allowed: %v", all, mostEditionBytes, by)
	}
}

func decode(t *testing.T, text string, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), v); err != nil {
		t.Fatalf("%v in:\n%s", err, text)
	}
}

// recordedRuns: the first run loaded every extract but the copy, and both name the warehouse
// they measured.
func recordedRuns(t *testing.T, dir, edition string) {
	var s struct {
		Runs []struct {
			Job, Outcome string
			Inputs       []string
			Steps        []struct{ Seconds float64 }
		}
	}
	decode(t, mustWherry(t, exitDone, "status", "--dir", dir, "--json"), &s)
	if len(s.Runs) != 2 {
		t.Fatalf("%d runs on record", len(s.Runs))
	}
	for i, want := range []int{0, 1000} { // newest first
		r := s.Runs[i]
		deliveries := strings.Count(strings.Join(r.Inputs, "\n"), "delivery ")
		if r.Job != "run" || r.Outcome != "done" || len(r.Steps) != 2 || r.Steps[0].Seconds <= 0 || (want == 0) != (deliveries == 0) || deliveries < want {
			t.Errorf("%s %s, %d steps, %d deliveries", r.Job, r.Outcome, len(r.Steps), deliveries)
		}
		text := strings.Join(r.Inputs, "\n")
		if !strings.Contains(text, "warehouse ") || !strings.Contains(text, "edition "+edition) {
			t.Errorf("inputs do not name the warehouse and edition")
		}
	}
}

func plantedFaults(t *testing.T, dir string, sample sampleJSON) {
	if len(sample.Faults) < 40 {
		t.Fatalf("only %d faults planted", len(sample.Faults))
	}
	got := map[string]map[string]int64{}
	paths, err := filepath.Glob(filepath.Join(dir, "archive", "deliveries", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var d warehouse.Delivery
		decode(t, string(b), &d)
		rules := map[string]map[int64]bool{}
		for _, r := range d.Reasons {
			if rules[r.Rule] == nil {
				rules[r.Rule] = map[int64]bool{}
			}
			rules[r.Rule][r.Line] = true
		}
		for rule, lines := range rules {
			if got[filepath.Base(d.Extract)] == nil {
				got[filepath.Base(d.Extract)] = map[string]int64{}
			}
			got[filepath.Base(d.Extract)][rule] += int64(len(lines))
		}
	}
	want := map[string]map[string]int64{}
	for _, f := range sample.Faults {
		name := filepath.Base(f.File)
		if want[name] == nil {
			want[name] = map[string]int64{}
		}
		want[name][f.Rule] += f.Rows
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("quarantine by extract and rule (-want +got):\n%s", diff)
	}
}

// opened is the pages that a browser opens: all but most of those that one template makes of SQL
// and of contracts, whose files are looked at all the same.
func opened(page string) bool {
	dir, file := path.Split(page)
	return dir != "queries/" && dir != "feeds/" || strings.HasPrefix(file, "ma1") || strings.HasPrefix(file, "p")
}

func inBrowser(t *testing.T, dir string) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Minute)
	defer cancel()
	for _, audience := range []string{"board", "public"} {
		report, err := browser.Check(ctx, filepath.Join(dir, "published", "current", audience), opened)
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range report.Findings {
			t.Errorf("%s: %s", audience, problem)
		}
		t.Logf("%s: %d pages", audience, report.Pages)
	}
}
