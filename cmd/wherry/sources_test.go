package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wherry/config"
)

// TestSourcesGuide loads the settings that docs/sources.md shows, and runs its commands with
// the one source that this machine can have.
func TestSourcesGuide(t *testing.T) {
	text, err := os.ReadFile("../../docs/sources.md")
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	drop, dir := filepath.Join(root, "drop"), filepath.Join(root, "county")
	mustWherry(t, exitDone, "init", dir)
	settings := filepath.Join(dir, "config/wherry.yaml")
	before, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(drop, "housing"), 0o755); err != nil {
		t.Fatal(err)
	}
	guide := strings.NewReplacer("/srv/drop", drop, "30s", "100ms").Replace(string(text))
	commands := 0
	for _, block := range fence.FindAllStringSubmatch(guide, -1) {
		switch kind, body := block[1], block[3]; kind {
		case "yaml":
			if err := os.WriteFile(settings, append(before, body...), 0o644); err != nil {
				t.Fatal(err)
			}
			p, err := config.Load(dir, os.DirFS(filepath.Join(dir, "config")), nil)
			if err != nil {
				t.Fatalf("the guide's settings: %v", err)
			}
			if len(p.Sources) == 0 && p.Age.IdentityFile == "" {
				t.Error("the guide's settings say nothing")
			}
		case "console":
			if err := os.WriteFile(settings, append(before, "\nfetching: {settle: 100ms}\nsources: [{agency: housing, url: \"file://"+drop+"/housing\"}]\n"...), 0o644); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(drop, "housing", "x.csv"), []byte("a"), 0o644); err != nil {
				t.Fatal(err)
			}
			t.Chdir(dir)
			commands += follow(t, body)
		}
	}
	if commands != 2 {
		t.Errorf("%d commands in the guide", commands)
	}
}
