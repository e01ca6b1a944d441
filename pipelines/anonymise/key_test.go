package anonymise

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPseudonymIsTheAgreedOne(t *testing.T) {
	folder := os.Getenv("WHERRY_CASES")
	if folder == "" {
		folder = "../../testdata/cases"
	}
	b, err := os.ReadFile(filepath.Join(folder, "identifiers_linkage.json"))
	if err != nil {
		if os.Getenv("WHERRY_CASES") == "" {
			t.Fatal(err)
		}
		t.Skipf("WHERRY_CASES has no identifiers_linkage.json: %v", err)
	}
	var file struct {
		Cases []struct {
			ID, Kind string
			Input    json.RawMessage
			Expected json.RawMessage
		}
	}
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, c := range file.Cases {
		if c.Kind != "pseudonym_canonical" {
			continue
		}
		ran++
		var in struct {
			Key    string `json:"key_hex"`
			Domain string
			Forms  []string
		}
		var want struct{ Pseudonym string }
		if err := json.Unmarshal(c.Input, &in); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(c.Expected, &want); err != nil {
			t.Fatal(err)
		}
		key, err := hex.DecodeString(in.Key)
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range in.Forms {
			id := strings.ReplaceAll(canonical(form), "-", "")
			if got := Pseudonym(key, in.Domain, id); got != want.Pseudonym {
				t.Errorf("%s: %q gives %s, want %s", c.ID, form, got, want.Pseudonym)
			}
		}
	}
	if ran == 0 {
		t.Error("no case of a pseudonym was found")
	}
}

func TestKeyFiles(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good")
	if err := NewKey(good); err != nil {
		t.Fatal(err)
	}
	if key, err := ReadKey(good); err != nil || len(key) != keyBytes {
		t.Errorf("a new key was not read: %v", err)
	}
	if err := NewKey(good); err == nil {
		t.Error("a key was written over another")
	}
	b, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]struct {
		text string
		mode os.FileMode
	}{
		"short":          {string(b[:20]), 0o600},
		"not hex":        {strings.Repeat("z", 64), 0o600},
		"empty":          {"", 0o600},
		"group readable": {string(b), 0o640},
		"world readable": {string(b), 0o604},
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(file.text), file.mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, file.mode); err != nil {
			t.Fatal(err)
		}
		_, err := ReadKey(path)
		if err == nil {
			t.Errorf("a %s key file was taken", name)
		} else if file.text != "" && strings.Contains(err.Error(), file.text) {
			t.Errorf("the error about a %s key file holds the key", name)
		}
	}
}
