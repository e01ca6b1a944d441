package fetch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"wherry/config"
)

// partnership has an empty inbox and the sources given; a file settles in a fifth of a second.
func partnership(t *testing.T, sources ...config.Source) *config.Partnership {
	t.Helper()
	p := &config.Partnership{Root: t.TempDir()}
	p.Paths = config.Paths{Inbox: "inbox", Archive: "archive"}
	p.Limits.ExtractBytes = 1 << 20
	p.Fetching = config.FetchRules{Settle: 200 * time.Millisecond, Tries: 2, Timeout: 20 * time.Second}
	p.Sources = sources
	return p
}

// fetchAll fetches once, and returns what came of it and everything that was said.
func fetchAll(t *testing.T, p *config.Partnership) ([]Result, string) {
	t.Helper()
	var said strings.Builder
	rs, err := All(t.Context(), p, at(0), func(part, detail string, _ time.Duration) { said.WriteString(part + ": " + detail + "\n") })
	if err != nil {
		t.Fatal(err)
	}
	return rs, said.String()
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// holds says that the inbox has these files and no others, hidden ones too.
func holds(t *testing.T, p *config.Partnership, agency string, want map[string]string) {
	t.Helper()
	dir := filepath.Join(p.Root, "inbox", agency)
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		b, _ := os.ReadFile(filepath.Join(dir, e.Name()))
		if text, ok := want[e.Name()]; !ok || string(b) != text {
			t.Errorf("the inbox has %s with %q, want %q", e.Name(), b, text)
		}
		if info, _ := e.Info(); info.Mode() != 0o600 {
			t.Errorf("%s has mode %v", e.Name(), info.Mode())
		}
	}
	if len(entries) != len(want) {
		t.Errorf("the inbox has %d files, want %d", len(entries), len(want))
	}
}

func TestNewFilesComeOnceAndWhole(t *testing.T) {
	drop := t.TempDir()
	p := partnership(t, config.Source{Agency: "police", URL: "file://" + drop})
	put(t, filepath.Join(drop, "a.csv"), "one")
	put(t, filepath.Join(drop, "b.csv"), "two")
	put(t, filepath.Join(drop, "b.csv.done"), "")
	rs, said := fetchAll(t, p)
	if len(rs[0].Fetched) != 2 || rs[0].Attention() || !strings.Contains(said, "waiting 200ms to see whether 1 file is still being written") {
		t.Fatalf("%+v\n%s", rs[0], said)
	}
	holds(t, p, "police", map[string]string{"a.csv": "one", "b.csv": "two"})

	// Once fetched, they are not fetched again, even where the inbox has been emptied.
	if err := os.RemoveAll(filepath.Join(p.Root, "inbox")); err != nil {
		t.Fatal(err)
	}
	if rs, _ := fetchAll(t, p); len(rs[0].Fetched) != 0 || rs[0].Before != 2 {
		t.Errorf("the second time: %+v", rs[0])
	}

	// A new version under an old name comes, and takes its place.
	put(t, filepath.Join(drop, "a.csv"), "three!")
	if rs, _ := fetchAll(t, p); len(rs[0].Fetched) != 1 || rs[0].Before != 1 {
		t.Errorf("the new version: %+v", rs[0])
	}
	holds(t, p, "police", map[string]string{"a.csv": "three!"})
	left, err := os.ReadDir(drop)
	if err != nil || len(left) != 3 {
		t.Errorf("the source has %v, %v", left, err)
	}
}

// Whoever writes on keeps a file from being fetched, until they stop.
func TestAFileThatIsStillBeingWrittenWaits(t *testing.T) {
	drop := t.TempDir()
	p := partnership(t, config.Source{Agency: "police", URL: "file://" + drop})
	out, err := os.Create(filepath.Join(drop, "slow.csv"))
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(drop, "quick.csv"), "whole")
	stop, writing := make(chan struct{}), sync.WaitGroup{}
	writing.Go(func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(10 * time.Millisecond):
				_, _ = out.WriteString("row\n")
			}
		}
	})
	rs, _ := fetchAll(t, p)
	close(stop)
	writing.Wait()
	if len(rs[0].Fetched) != 1 || len(rs[0].Waiting) != 1 || rs[0].Waiting[0] != "slow.csv" || rs[0].Attention() {
		t.Errorf("while it is written: %+v", rs[0])
	}
	holds(t, p, "police", map[string]string{"quick.csv": "whole"})
	if rs, _ := fetchAll(t, p); len(rs[0].Fetched) != 1 || rs[0].Fetched[0].Name != "slow.csv" {
		t.Errorf("afterwards: %+v", rs[0])
	}
}

// A file that changes between the look and the end of the copy leaves nothing behind.
func TestAFileThatChangesUnderTheCopyIsNotKept(t *testing.T) {
	drop, dir := t.TempDir(), t.TempDir()
	put(t, filepath.Join(drop, "x.csv"), "as it was")
	from, err := openFolder(drop)
	if err != nil {
		t.Fatal(err)
	}
	all, err := from.list(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b, err := openBox(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"longer": "as it was, and more", "shorter": "as", "the same length": "as it is!"} {
		put(t, filepath.Join(drop, "x.csv"), text)
		if _, err := b.put(t.Context(), from, all[0]); !errors.Is(err, errMoving) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestHostileFoldersGiveNothingAway(t *testing.T) {
	drop, outside := t.TempDir(), filepath.Join(t.TempDir(), "secret")
	p := partnership(t, config.Source{Agency: "police", URL: "file://" + drop})
	put(t, outside, "not theirs")
	for _, link := range []struct{ to, name string }{{outside, "link.csv"}, {filepath.Dir(outside), "folder.csv"}, {"/dev/zero", "zero.csv"}} {
		if err := os.Symlink(link.to, filepath.Join(drop, link.name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(drop, "pipe.csv"), 0o644); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(drop, "a\nwherry: all is well.csv"), "x")
	put(t, filepath.Join(drop, `..\up.csv`), "x")
	put(t, filepath.Join(drop, "huge.csv"), strings.Repeat("x", 1<<20+1))
	put(t, filepath.Join(drop, "good.csv"), "x")
	rs, said := fetchAll(t, p)
	if len(rs[0].Refused) != 7 || len(rs[0].Fetched) != 1 || !rs[0].Attention() {
		t.Errorf("%+v", rs[0])
	}
	if strings.Contains(said, "\nwherry: all is well") {
		t.Error("a name was printed as a line of ours")
	}
	holds(t, p, "police", map[string]string{"good.csv": "x"})
}

func TestASourceOutOfReachIsSaidAndTheOthersGoOn(t *testing.T) {
	drop := t.TempDir()
	put(t, filepath.Join(drop, "a.csv"), "one")
	p := partnership(t, config.Source{Agency: "health", URL: "file://" + drop + "/gone"}, config.Source{Agency: "police", URL: "file://" + drop})
	rs, said := fetchAll(t, p)
	if !strings.Contains(rs[0].Problem, "could not be read (2 tries): open") || !strings.Contains(said, "health: trying again in ") {
		t.Errorf("%+v\n%s", rs[0], said)
	}
	if len(rs[1].Fetched) != 1 {
		t.Errorf("%+v", rs[1])
	}
	problems, err := Problems(p)
	if err != nil || len(problems) != 1 || !strings.Contains(problems[0], "source of health") {
		t.Errorf("%v, %v", problems, err)
	}
	if err := os.Mkdir(filepath.Join(drop, "gone"), 0o700); err != nil {
		t.Fatal(err)
	}
	if rs, _ := fetchAll(t, p); rs[0].Attention() {
		t.Errorf("when it is back: %+v", rs[0])
	}
	if problems, err := Problems(p); err != nil || len(problems) != 0 {
		t.Errorf("when it is back: %v, %v", problems, err)
	}
}

// Two places of one agency fill one folder, and do not clear away each other's work.
func TestAnAgencyMayHaveSeveralSources(t *testing.T) {
	want := map[string]string{}
	var sources []config.Source
	for _, place := range []string{"a", "b", "c"} {
		drop := t.TempDir()
		sources = append(sources, config.Source{Agency: "police", URL: "file://" + drop})
		put(t, filepath.Join(drop, "shared.csv"), "the same")
		want["shared.csv"] = "the same"
		for i := range 40 {
			name := fmt.Sprintf("%s%d.csv", place, i)
			want[name] = strings.Repeat(name, 5000)
			put(t, filepath.Join(drop, name), want[name])
			if place == "a" { // copied at once, while the others are still waited for
				put(t, filepath.Join(drop, name+".done"), "")
			}
		}
	}
	p := partnership(t, sources...)
	p.Fetching.Settle, p.Fetching.Tries = 20*time.Millisecond, 1
	rs, said := fetchAll(t, p)
	for _, r := range rs {
		if len(r.Fetched) != 41 || r.Problem != "" {
			t.Errorf("%d fetched, %s\n%s", len(r.Fetched), r.Problem, said)
		}
	}
	holds(t, p, "police", want)
}

func TestEveryWaitHasALimitAndAReason(t *testing.T) {
	drop := t.TempDir()
	put(t, filepath.Join(drop, "a.csv"), "one")
	p := partnership(t, config.Source{Agency: "police", URL: "file://" + drop})
	p.Fetching = config.FetchRules{Settle: time.Hour, Tries: 2, Timeout: 300 * time.Millisecond}
	began := time.Now()
	rs, _ := fetchAll(t, p)
	if took := time.Since(began); took > 5*time.Second || !strings.Contains(rs[0].Problem, "longer than fetching.timeout, which is 300ms") {
		t.Errorf("after %v: %+v", took, rs[0])
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p.Fetching.Timeout = time.Hour
	if rs, err := All(ctx, p, at(0), func(string, string, time.Duration) {}); err != nil || rs[0].Problem == "" {
		t.Errorf("when asked to stop: %+v, %v", rs, err)
	}
}

// What a fetch that died left is cleared away, and the same bytes keep their day of arrival.
func TestAnInterruptedFetchGoesOn(t *testing.T) {
	drop := t.TempDir()
	p := partnership(t, config.Source{Agency: "police", URL: "file://" + drop})
	put(t, filepath.Join(drop, "a.csv"), "one")
	dir := filepath.Join(p.Root, "inbox/police")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, hidden+"a.csv"), "on")
	put(t, filepath.Join(dir, "a.csv"), "one")
	came := at(5)
	if err := os.Chtimes(filepath.Join(dir, "a.csv"), came, came); err != nil {
		t.Fatal(err)
	}
	if rs, _ := fetchAll(t, p); len(rs[0].Fetched) != 1 {
		t.Errorf("%+v", rs[0])
	}
	info, err := os.Stat(filepath.Join(dir, "a.csv"))
	if err != nil || !info.ModTime().Equal(came) {
		t.Errorf("arrived %v, %v", info.ModTime(), err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
}
