package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"wherry/pipelines/publish"
)

// killedRuns sends an extract again, starts wherry run over and over, and kills it at a random
// moment each time. The edition that current names is whole after every one; the run that is
// left alone issues the next.
func killedRuns(t *testing.T, dir, first string) {
	resubmit(t, dir)
	dice := rand.New(rand.NewPCG(1, 2))
	whole := 12 * time.Second
	for range 5 {
		after := time.Duration(dice.Int64N(int64(whole)))
		cmd := exec.Command("wherry", "run", "--dir", dir, "--json")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		timer.Stop()
		intact(t, dir)
	}
	var last ranJSON
	decode(t, mustWherry(t, exitAttention, "run", "--dir", dir, "--json"), &last)
	if last.Edition == first {
		t.Error("an extract sent again changed nothing")
	}
	intact(t, dir)
	drafts, err := filepath.Glob(filepath.Join(dir, "published", "editions", ".draft-*"))
	if err != nil || len(drafts) > 0 {
		t.Errorf("left behind: %v, %v", drafts, err)
	}
}

// resubmit sends September's MARAC cases again, one case fewer.
func resubmit(t *testing.T, dir string) {
	inbox := filepath.Join(dir, "inbox", "marac_coordinator")
	text, err := os.ReadFile(filepath.Join(inbox, "marac_case_2026-09.csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(bytes.TrimRight(text, "\r\n"), []byte("\n"))
	shorter := bytes.Join(lines[:len(lines)-1], nil)
	path := filepath.Join(inbox, "marac_case_2026-09_again.csv")
	if err := os.WriteFile(path, shorter, 0o644); err != nil {
		t.Fatal(err)
	}
	arrived := time.Date(2026, 10, 20, 9, 0, 0, 0, time.UTC)
	if err := os.Chtimes(path, arrived, arrived); err != nil {
		t.Fatal(err)
	}
}

// intact checks every file of the current edition against its manifest.
func intact(t *testing.T, dir string) {
	t.Helper()
	current := filepath.Join(dir, "published", "current")
	raw, err := os.ReadFile(filepath.Join(current, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m publish.Manifest
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Files) < 50 {
		t.Errorf("only %d files in the manifest", len(m.Files))
	}
	for name, want := range m.Files {
		b, err := os.ReadFile(filepath.Join(current, name))
		if err != nil {
			t.Error(err)
			continue
		}
		if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != want {
			t.Errorf("%s is not as its manifest says", name)
		}
	}
}
