package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestKeptDrawings publishes one quarter afresh from drawings that were kept, from spoilt ones
// and from none, and where none can be kept: the edition is the same, to the byte, and the
// progress line says what was drawn.
func TestKeptDrawings(t *testing.T) {
	t.Parallel()
	edition := smallCounty(t)
	county := filepath.Dir(filepath.Dir(filepath.Dir(edition)))
	drawings := filepath.Join(county, "warehouse", "drawings")
	clearAway := func(folders ...string) {
		for _, f := range folders {
			if err := os.RemoveAll(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	again := func(want string) {
		t.Helper()
		clearAway(filepath.Join(county, "published"), filepath.Join(county, "archive", "releases"))
		said := mustWherry(t, exitDone, "publish", "--dir", county)
		if _, err := os.Stat(edition); err != nil {
			t.Errorf("another edition was published: %s", said)
		}
		if !strings.Contains(said, want) {
			t.Errorf("%q does not say %q", said, want)
		}
	}
	kept, err := filepath.Glob(filepath.Join(drawings, "*"))
	if err != nil || len(kept) < 5 {
		t.Fatalf("%d drawings are kept, %v", len(kept), err)
	}
	again(", 0 charts drawn, ")
	for _, f := range kept {
		if err := os.Truncate(f, 40); err != nil {
			t.Fatal(err)
		}
	}
	again(" charts drawn, 0 as drawn before")
	clearAway(drawings)
	if err := os.WriteFile(drawings, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	again("the next run will draw again")
}
