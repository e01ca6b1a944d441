package publish

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wherry/config"
)

func drafted(t *testing.T, s shelf, text string) draft {
	t.Helper()
	d, err := s.draft()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(d.dir, "board"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(d.dir, "board", "index.html"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return d
}

func edition(t *testing.T) Edition {
	t.Helper()
	q, err := config.ParsePeriod("2026-27 Q2")
	if err != nil {
		t.Fatal(err)
	}
	return Edition{Quarter: q, Audiences: []Audience{{ID: "board"}}}
}

func TestIssue(t *testing.T) {
	s := shelf{filepath.Join(t.TempDir(), "published"), t.TempDir()}
	first, err := s.issue(drafted(t, s, "one"), edition(t), Inputs{Warehouse: "a"}, "", entered)
	if err != nil || first.Unchanged {
		t.Fatalf("%+v, %v", first, err)
	}
	again, err := s.issue(drafted(t, s, "one"), edition(t), Inputs{Warehouse: "a"}, "", entered)
	if err != nil || !again.Unchanged || again.Name != first.Name {
		t.Errorf("the same bytes: %+v, %v", again, err)
	}
	second, err := s.issue(drafted(t, s, "two"), edition(t), Inputs{Warehouse: "b"}, first.Name, entered)
	if err != nil || second.Name == first.Name {
		t.Fatalf("%+v, %v", second, err)
	}
	b, err := os.ReadFile(second.Index)
	if err != nil || string(b) != "two" {
		t.Errorf("current shows %q, %v", b, err)
	}
	if b, err := os.ReadFile(filepath.Join(first.Path, "board", "index.html")); err != nil || string(b) != "one" {
		t.Errorf("the first edition is now %q, %v", b, err)
	}
}

// TestPrevious: the same inputs are compared with the same edition, so that they give the
// same bytes; new inputs are compared with the newest.
func TestPrevious(t *testing.T) {
	s := shelf{filepath.Join(t.TempDir(), "published"), t.TempDir()}
	a, b := Inputs{Warehouse: "a"}, Inputs{Warehouse: "b"}
	expect := func(in Inputs, want string) {
		t.Helper()
		if got, err := s.previous(in); err != nil || got != want {
			t.Errorf("previous of %+v: %q, %v; want %q", in, got, err, want)
		}
	}
	expect(a, "")
	first, err := s.issue(drafted(t, s, "one"), edition(t), a, "", entered)
	if err != nil {
		t.Fatal(err)
	}
	expect(a, "")
	expect(b, first.Name)
	if _, err := s.issue(drafted(t, s, "two"), edition(t), b, first.Name, entered); err != nil {
		t.Fatal(err)
	}
	expect(b, first.Name)
}

func TestUnfinishedDraftsAreRemoved(t *testing.T) {
	s := shelf{filepath.Join(t.TempDir(), "published"), t.TempDir()}
	left := drafted(t, s, "half")
	if _, err := s.draft(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(left.dir); !os.IsNotExist(err) {
		t.Errorf("the unfinished edition is still there: %v", err)
	}
}

// TestMade: the same inputs find the edition that was made of them, unless it was touched.
func TestMade(t *testing.T) {
	s := shelf{filepath.Join(t.TempDir(), "published"), t.TempDir()}
	a := Inputs{Warehouse: "a"}
	first, err := s.issue(drafted(t, s, "one"), edition(t), a, "", entered)
	if err != nil {
		t.Fatal(err)
	}
	if e, ok, err := s.made(a, first.Quarter); err != nil || !ok || e.Name != first.Name || !e.Unchanged || e.Index != first.Index {
		t.Errorf("the same inputs: %+v, %v, %v", e, ok, err)
	}
	if _, ok, err := s.made(Inputs{Warehouse: "b"}, first.Quarter); err != nil || ok {
		t.Errorf("other inputs: %v, %v", ok, err)
	}
	page := filepath.Join(first.Path, "board", "index.html")
	if err := os.WriteFile(page, []byte("two"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.made(a, first.Quarter); err == nil || !strings.Contains(err.Error(), "board/index.html has changed") {
		t.Errorf("a page was changed: %v", err)
	}
}

// entered stands for a release ledger.
func entered(string) error { return nil }
