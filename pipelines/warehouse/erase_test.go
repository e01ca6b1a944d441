package warehouse

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wherry/config"
)

// person is the pseudonym in row i of a delivery that accept made.
func person(d *Delivery, i int) string {
	sum := md5.Sum(fmt.Append(nil, d.ID, i))
	return hex.EncodeToString(sum[:])
}

// anywhere says which files below folders hold a text, uncompressed Parquet and DuckDB alike.
func anywhere(t *testing.T, p *config.Partnership, text string) []string {
	t.Helper()
	var found []string
	check(t, filepath.WalkDir(p.Root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if strings.Contains(string(b), text) {
			found = append(found, path)
		}
		return err
	}))
	return found
}

func TestAPersonIsTakenOutEverywhere(t *testing.T) {
	p := partnership(t.TempDir())
	w := openWriter(t, p)
	first, other := visit("north", "2026-07", 1), visit("south", "2026-07", 1)
	sent := "visit_key\n" + person(first, 7) + "\n"
	sum := sha256.Sum256([]byte(sent))
	first.SHA256 = hex.EncodeToString(sum[:])
	check(t, accept(t.Context(), w, 40, first, other))
	must(w.Publish(t.Context()))(t)
	check(t, accept(t.Context(), w, 40, visit("south", "2026-08", 1)))
	must(w.Publish(t.Context()))(t)
	inbox := filepath.Join(p.Root, "inbox", "north", first.Extract)
	check(t, os.MkdirAll(filepath.Dir(inbox), 0o750))
	for _, name := range []string{inbox, inbox + ".age", filepath.Join(filepath.Dir(inbox), "a copy.csv")} {
		check(t, os.WriteFile(name, []byte(sent), 0o600))
	}
	kept := other.Object
	if there := anywhere(t, p, person(first, 7)); len(there) < 2 {
		t.Fatalf("before, only %v hold it: this test would see nothing", there)
	}

	held := must(w.Holding(t.Context(), []string{person(first, 7)}))(t)
	if len(held) != 1 || held[0].Delivery != first.ID || held[0].Rows != 1 {
		t.Fatalf("held: %+v", held)
	}
	e := must(w.Forget(t.Context(), []string{person(first, 7)}))(t)
	if !e.Finished || e.Rows() != 1 || first.Accepted != 39 || other.Object != kept {
		t.Errorf("erased %+v; the delivery has %d rows, the other's object is %s", e, first.Accepted, other.Object)
	}
	check(t, w.Close())
	if left := anywhere(t, p, person(first, 7)); len(left) > 0 {
		t.Errorf("still in %v", left)
	}
	if all := must(snapshots(w.folder))(t); len(all) != 1 {
		t.Errorf("%d snapshots are left, want the newest alone", len(all))
	}
	proof := must(Rebuild(t.Context(), p, sqlFiles(), asAt))(t)
	if proof.Difference != "" || !proof.Compared {
		t.Errorf("a rebuild afterwards: %+v", proof)
	}
	if n := rowsIn(t, p, "select count(*) from core.visit"); n != 119 {
		t.Errorf("%d rows are left, want 119", n)
	}
	if all := must(Erasures(p))(t); len(all) != 1 || len(all[0].People) != 0 || all[0].Kind != Forgotten {
		t.Errorf("the record: %+v", all)
	}

	// Sent again, the person's row is left out and the others load.
	w = openWriter(t, p)
	defer w.Close()
	again := *first
	again.ID = first.ID // the rows that accept makes follow from it
	check(t, os.Remove(filepath.Join(w.archive.deliveries(), first.ID+".json")))
	w.deliveries = must(w.archive.read())(t)
	check(t, accept(t.Context(), w, 40, &again))
	if again.Accepted != 39 {
		t.Errorf("%d rows of the resubmission were loaded, want 39", again.Accepted)
	}
}

func TestWhatIsPastItsRetentionIsPurged(t *testing.T) {
	p := partnership(t.TempDir())
	p.Contracts[0].Retention = 1
	w := openWriter(t, p)
	old, young := visit("north", "2026-07", 1), visit("north", "2026-08", 1)
	check(t, accept(t.Context(), w, 10, old, young))
	must(w.Publish(t.Context()))(t)
	check(t, w.Close())

	for on, want := range map[string]int{"2027-07-31": 0, "2027-08-01": 1} { // July 2026 ends before 1 August
		day := must(time.Parse(time.DateOnly, on))(t)
		w := must(Open(t.Context(), p, sqlFiles(), day))(t)
		if past := w.PastRetention(); len(past) != want {
			t.Errorf("on %s: %+v, want %d", on, past, want)
		}
		check(t, w.Close())
	}
	day := config.Day(2027, time.August, 15)
	w = must(Open(t.Context(), p, sqlFiles(), day))(t)
	e := must(w.Purge(t.Context()))(t)
	if again := must(w.Purge(t.Context()))(t); len(again.Of) != 0 || len(e.Of) != 1 || e.Rows() != 10 || !e.Finished {
		t.Errorf("purged %+v and then %+v", e, again)
	}
	check(t, w.Close())
	if left := anywhere(t, p, person(old, 3)); len(left) > 0 {
		t.Errorf("still in %v", left)
	}
	if proof := must(Rebuild(t.Context(), p, sqlFiles(), day))(t); proof.Difference != "" {
		t.Error(proof.Difference)
	}
	if n := rowsIn(t, p, "select count(*) from landing.visit"); n != 10 {
		t.Errorf("%d rows are left, want 10", n)
	}
}

// TestErasingCutShortIsFinishedNextTime stops a purge after its deliveries have gone.
func TestErasingCutShortIsFinishedNextTime(t *testing.T) {
	p := partnership(t.TempDir())
	p.Contracts[0].Retention = 1
	w := openWriter(t, p)
	old := visit("north", "2026-07", 1)
	check(t, accept(t.Context(), w, 10, old, visit("north", "2026-09", 1)))
	must(w.Publish(t.Context()))(t)
	check(t, w.Close())
	day := config.Day(2027, time.August, 15)
	w = must(Open(t.Context(), p, sqlFiles(), day))(t)
	must(w.archive.begin(Erasure{Kind: Purged, On: "2027-08-15", Of: w.PastRetention()}))(t)
	check(t, os.Remove(filepath.Join(w.archive.deliveries(), old.ID+".json")))
	check(t, w.Close())

	check(t, readOnce(p.Root))
	if all := must(Erasures(p))(t); len(all) != 1 || all[0].Finished {
		t.Fatalf("the record of what was cut short: %+v", all)
	}
	w = must(Open(t.Context(), p, sqlFiles(), day))(t)
	defer w.Close()
	must(w.Purge(t.Context()))(t)
	if all := must(Erasures(p))(t); !all[0].Finished {
		t.Error("a second purge did not finish the first")
	}
	if left := anywhere(t, p, person(old, 3)); len(left) > 0 {
		t.Errorf("still in %v", left)
	}
}

// keepErasing takes people out one after another until it is killed.
func keepErasing(root string) error {
	ctx, p := context.Background(), partnership(root)
	for i := 0; ; i++ {
		w, err := Open(ctx, p, sqlFiles(), asAt)
		if err != nil {
			return err
		}
		var people []string
		for _, d := range w.Deliveries() {
			people = append(people, person(d, rand.IntN(400)))
		}
		if _, err := w.Forget(ctx, people); err != nil {
			return err
		}
		fmt.Println(i)
		if err := w.Close(); err != nil {
			return err
		}
	}
}

func TestKilledWhileErasingTheLastGoodStateIsReadable(t *testing.T) {
	t.Run("plain", func(t *testing.T) { killedErasing(t, t.TempDir(), func() {}) })
	t.Run("sealed", func(t *testing.T) {
		root := t.TempDir()
		sealing(t, root)
		killedErasing(t, root, func() { nothingPlain(t, root) })
	})
}

func killedErasing(t *testing.T, root string, look func()) {
	p := partnership(root)
	w := openWriter(t, p)
	check(t, accept(t.Context(), w, 400, visit("north", "2026-07", 1), visit("south", "2026-08", 1)))
	must(w.Publish(t.Context()))(t)
	check(t, w.Close())
	for range 6 {
		cmd := child(t, "erase", root)
		check(t, cmd.Start())
		timer := time.AfterFunc(time.Duration(30+rand.IntN(400))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		timer.Stop()
		check(t, readOnce(root))
		look()
	}
	w = openWriter(t, p)
	must(w.Forget(t.Context(), []string{strings.Repeat("0", 32)}))(t)
	check(t, w.Close())
	for _, e := range must(Erasures(p))(t) {
		if !e.Finished {
			t.Errorf("not finished: %+v", e)
		}
	}
	if proof := must(Rebuild(t.Context(), p, sqlFiles(), asAt))(t); proof.Difference != "" {
		t.Error(proof.Difference)
	}
}
