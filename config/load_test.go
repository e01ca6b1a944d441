package config_test

import (
	"testing"

	"wherry/config"
)

func TestExampleLoads(t *testing.T) {
	p, err := config.Load(t.TempDir(), config.Files, nil)
	if err != nil {
		t.Fatalf("loading the example: %v", err)
	}
	if got, want := len(p.Contracts), 13; got != want {
		t.Errorf("contracts: got %d, want %d", got, want)
	}
}
