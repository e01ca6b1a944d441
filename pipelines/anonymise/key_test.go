package anonymise

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wherry/config"
	"wherry/pipelines/screen"
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
		var want struct {
			Pseudonym string
			OtherKey  string `json:"other_key"`
		}
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
		x := &extractor{contract: &config.Contract{}, options: Options{Key: Key{key}}, report: Report{Dropped: map[string]int{}}}
		for _, form := range in.Forms {
			got := x.pseudonym(config.Column{Name: "victim_key"}, form, "person:north:v1", true)
			if got != (Key{key}).ID()+"-"+want.Pseudonym {
				t.Errorf("%s: %q gives %s, want the key's id and %s", c.ID, form, got, want.Pseudonym)
			}
			digits := screen.TenDigits(form)
			if in.Domain != nhsDomain || Pseudonym(key, "person:north:v1", digits) == want.Pseudonym {
				t.Errorf("%s: the domain of NHS numbers is %s, or another gives the same", c.ID, nhsDomain)
			}
			next := make([]byte, keyBytes) // the other key of the case has 1 to 32 where this has 0 to 31
			for i := range next {
				next[i] = key[i] + 1
			}
			if got := Pseudonym(next, in.Domain, digits); got != want.OtherKey {
				t.Errorf("%s: with another key %s, want %s", c.ID, got, want.OtherKey)
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
	if _, err := NewKey(good); err != nil {
		t.Fatal(err)
	}
	if key, err := ReadKey(good); err != nil || len(key.secret) != keyBytes {
		t.Errorf("a new key was not read: %v", err)
	}
	if _, err := NewKey(good); err == nil {
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

func TestAKeyIsRotated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "agency.key")
	first, err := NewKey(path)
	if err != nil {
		t.Fatal(err)
	}
	before, after, kept, err := RotateKey(path)
	if err != nil {
		t.Fatal(err)
	}
	old, err := ReadKey(kept)
	if err != nil {
		t.Fatal(err)
	}
	now, err := ReadKey(path)
	if err != nil {
		t.Fatal(err)
	}
	if before.ID() != first.ID() || old.ID() != first.ID() || now.ID() != after.ID() || now.ID() == old.ID() {
		t.Errorf("the first key %s, before %s, kept %s, after %s, in place %s", first.ID(), before.ID(), old.ID(), after.ID(), now.ID())
	}
	if first.Pseudonym(nhsDomain, "4010232137") == now.Pseudonym(nhsDomain, "4010232137") {
		t.Error("the new key makes the old pseudonyms")
	}
	if _, _, _, err := RotateKey(filepath.Join(t.TempDir(), "none.key")); err == nil {
		t.Error("a key that is not there was changed")
	}
}
