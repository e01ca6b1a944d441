package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestRealReturns takes other people's files the whole way: refused raw, anonymised, loaded,
// and counted by a measure. Neither sample names a domestic abuse factor, so the measure is
// the one of returns that came on time; the lookalike of anonymise.txtar reaches IS5.
func TestRealReturns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file, quarter string
		arrived       time.Time
		returns       int64
	}{
		{"annex-a-sample.xlsx", "2020-21 Q3", time.Date(2020, 12, 1, 9, 0, 0, 0, time.UTC), 1},
		{"cin-census-2022-sample.xml", "1971-72 Q2", time.Date(1971, 8, 2, 9, 0, 0, 0, time.UTC), 1},
	} {
		t.Run(c.file, func(t *testing.T) {
			raw := filepath.Join("../../../shared/data", c.file)
			if _, err := os.Stat(raw); err != nil {
				t.Skipf("%s is not on this machine", raw)
			}
			dir := filepath.Join(t.TempDir(), "county")
			mustWherry(t, exitDone, "init", dir)
			startEarly(t, dir)
			inbox := filepath.Join(dir, "inbox", "childrens_services")
			refusedRaw(t, dir, inbox, raw)

			key := filepath.Join(t.TempDir(), "agency.key")
			mustWherry(t, exitDone, "key", "new", key)
			mustWherry(t, exitDone, "anonymise", raw, "--key-file", key, "--to", inbox)
			extracts, err := filepath.Glob(filepath.Join(inbox, "*.csv"))
			if err != nil || len(extracts) == 0 {
				t.Fatalf("extracts %v, %v", extracts, err)
			}
			for _, path := range extracts {
				if err := os.Chtimes(path, c.arrived, c.arrived); err != nil {
					t.Fatal(err)
				}
			}
			var got receivedJSON
			decode(t, mustWherry(t, exitAttention, "receive", "--dir", dir, "--json"), &got)
			if got.Loaded == 0 || got.Quarantined > 0 || got.Refused > 0 {
				t.Fatalf("%+v", got)
			}
			var measured []resultJSON
			decode(t, mustWherry(t, exitDone, "measure", "AP3", "--dir", dir, "--quarter", c.quarter, "--json"), &measured)
			for _, f := range measured[0].Figures {
				if f.Period == c.quarter && f.Breakdown == "" {
					if f.Numerator == nil || *f.Numerator != c.returns {
						t.Errorf("AP3 in %s counts %v, want %d", c.quarter, f.Numerator, c.returns)
					}
					return
				}
			}
			t.Errorf("AP3 has no figure for %s", c.quarter)
		})
	}
}

func refusedRaw(t *testing.T, dir, inbox, raw string) {
	t.Helper()
	b, err := os.ReadFile(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(inbox, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(inbox, filepath.Base(raw))
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	out := mustWherry(t, exitAttention, "receive", "--dir", dir)
	if !strings.Contains(out, "wherry anonymise") || !strings.Contains(out, "0 rows accepted") {
		t.Errorf("a raw return was not refused:\n%s", out)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

// startEarly lets the csc feeds begin before these old returns do.
func startEarly(t *testing.T, dir string) {
	t.Helper()
	early := strings.NewReplacer("starts: 2022-10", "starts: 1970-01", "retention_years: 6", "retention_years: 99", `first_period: "2023-10"`, `first_period: "1970-01"`)
	for _, path := range []string{"config/contracts/csc_contact_referral.yaml", "config/contracts/csc_assessment.yaml", "config/wherry.yaml"} {
		full := filepath.Join(dir, path)
		b, err := os.ReadFile(full)
		if err != nil {
			t.Fatal(err)
		}
		changed := early.Replace(string(b))
		if changed == string(b) {
			t.Fatalf("%s has nothing to change", path)
		}
		if err := os.WriteFile(full, []byte(changed), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
