package main

import (
	"os"
	"path/filepath"
	"testing"

	"filippo.io/age"
)

// TestBackupGuide makes, restores and rebuilds a backup as docs/operations.md shows.
func TestBackupGuide(t *testing.T) {
	text, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "county")
	mustWherry(t, exitDone, "init", dir)
	t.Chdir(dir)
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	settings, err := os.ReadFile("config/wherry.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"backup.key":         key.String() + "\n",
		"config/wherry.yaml": string(settings) + "\nage: {recipients: [" + key.Recipient().String() + "]}\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	commands := 0
	for _, block := range fence.FindAllStringSubmatch(string(text), -1) {
		if block[1] == "console" {
			commands += follow(t, block[3])
		}
	}
	if commands != 3 {
		t.Errorf("%d commands in the guide", commands)
	}
}
