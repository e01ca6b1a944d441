package config_test

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml"

	"wherry/config"
)

// The contract in docs/adding-an-extract.md loads as it stands, and the mistake shown there
// is reported in the words shown there.
func TestTheContractOfTheGuideLoads(t *testing.T) {
	guide, err := os.ReadFile("../docs/adding-an-extract.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, ok := strings.Cut(string(guide), "```yaml config/contracts/tenancy_transfer.yaml\n")
	contract, _, closed := strings.Cut(after, "```\n")
	if !ok || !closed {
		t.Fatal("the guide holds no contract")
	}
	files := copyOf(t, config.Files)
	files["contracts/tenancy_transfer.yaml"] = &fstest.MapFile{Data: []byte(contract)}
	p, err := config.Load("", files, nil)
	if err != nil {
		t.Fatalf("the guide's contract: %v", err)
	}
	if c, ok := p.Contract("tenancy_transfer"); !ok || len(c.Columns) != 6 {
		t.Errorf("the guide's contract: got %+v", c)
	}

	wrong := strings.Replace(contract, "type: date,", "type: dat,", 1)
	files["contracts/tenancy_transfer.yaml"] = &fstest.MapFile{Data: []byte(wrong)}
	_, err = config.Load("", files, nil)
	if err == nil || !strings.Contains(string(guide), err.Error()) {
		t.Errorf("the guide does not show what is said of its mistake: %v", err)
	}
}

// TestTheSettingsOfTheGuideLoad, each in the place of what ships.
func TestTheSettingsOfTheGuideLoad(t *testing.T) {
	guide, err := os.ReadFile("../docs/disclosure-settings.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(guide), "```yaml\n")[1:]
	for _, block := range blocks {
		text, _, _ := strings.Cut(block, "```")
		files := copyOf(t, config.Files)
		settings := map[string]any{}
		for _, layer := range []string{string(files["wherry.yaml"].Data), text} {
			var more map[string]any
			if err := yaml.Unmarshal([]byte(layer), &more); err != nil {
				t.Fatal(err)
			}
			maps.Copy(settings, more)
		}
		data, err := yaml.Marshal(settings)
		if err != nil {
			t.Fatal(err)
		}
		files["wherry.yaml"] = &fstest.MapFile{Data: data}
		if _, err := config.Load("", files, nil); err != nil {
			t.Errorf("%s\n%v", text, err)
		}
	}
	if len(blocks) < 3 {
		t.Errorf("the guide shows %d settings", len(blocks))
	}
}

// copyOf is a copy of an embedded tree that a test may change.
func copyOf(t *testing.T, from fs.FS) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, name)
		files[path.Clean(name)] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
