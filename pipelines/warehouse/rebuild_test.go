package warehouse

import (
	"os"
	"strings"
	"testing"
)

func TestRebuildProvesTheCurrentFile(t *testing.T) {
	p := partnership(t.TempDir())
	w := openWriter(t, p)
	check(t, accept(t.Context(), w, 100, visit("north", "2026-07", 1), visit("south", "2026-07", 1)))
	first := must(w.Publish(t.Context()))(t)
	check(t, accept(t.Context(), w, 40, visit("north", "2026-07", 2)))
	check(t, w.Close())

	proof := must(Rebuild(t.Context(), p, sqlFiles(), asAt))(t)
	if !proof.Compared || proof.Difference != "" || proof.Snapshot.Seq <= first.Seq {
		t.Errorf("proof %+v, want no difference and a later snapshot than %d", proof, first.Seq)
	}
	rows := int64(0)
	for _, table := range proof.Tables {
		if table.Table == "landing.visit" {
			rows = table.Rows
		}
	}
	if rows != 240 {
		t.Errorf("the proof counted %d rows of landing.visit, want 240", rows)
	}
}

func TestRebuildFindsAnEditedValue(t *testing.T) {
	p := partnership(t.TempDir())
	w := openWriter(t, p)
	check(t, accept(t.Context(), w, 100, visit("north", "2026-07", 1)))
	s := must(w.Publish(t.Context()))(t)
	check(t, w.Close())
	db := must(open(t.Context(), s.Path, offline()))(t)
	must(db.ExecContext(t.Context(), "update landing.visit set n = 7 where line = 3"))(t)
	check(t, db.Close())

	proof := must(Rebuild(t.Context(), p, sqlFiles(), asAt))(t)
	if !strings.Contains(proof.Difference, "landing.visit") {
		t.Errorf("difference %q, want one naming landing.visit", proof.Difference)
	}
	if now := must(current(w.folder))(t); now != s {
		t.Errorf("a rebuild that differs swapped %s for %s", s.Name, now.Name)
	}
}

func TestRebuildRefusesAChangedObject(t *testing.T) {
	p := partnership(t.TempDir())
	w := openWriter(t, p)
	d := visit("north", "2026-07", 1)
	check(t, accept(t.Context(), w, 100, d))
	must(w.Publish(t.Context()))(t)
	check(t, w.Close())
	object := w.archive.object(d.Object)
	b := must(os.ReadFile(object))(t)
	b[len(b)/2]++
	check(t, os.WriteFile(object, b, 0o644))
	if _, err := Rebuild(t.Context(), p, sqlFiles(), asAt); err == nil || !strings.Contains(err.Error(), d.ID) {
		t.Errorf("rebuild from a changed object: %v, want an error naming %s", err, d.ID)
	}
}

func TestObjectsAreTheSameBytesEachTime(t *testing.T) {
	objects := map[string]bool{}
	for range 3 {
		p := partnership(t.TempDir())
		w := openWriter(t, p)
		d := visit("north", "2026-07", 1)
		check(t, accept(t.Context(), w, 5000, d, visit("south", "2026-07", 1)))
		objects[d.Object] = true
		check(t, w.Close())
	}
	if len(objects) != 1 {
		t.Errorf("the same rows were archived as %d different objects", len(objects))
	}
}
