package warehouse

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"wherry/config"
)

// newKey is a private key of age and its public half.
func newKey(t *testing.T) (private, public string) {
	t.Helper()
	key := must(age.GenerateX25519Identity())(t)
	return key.String() + "\n", key.Recipient().String()
}

// sealing has the partnership of a folder seal its rows, to a key that it holds.
func sealing(t *testing.T, root string) {
	t.Helper()
	private, public := newKey(t)
	check(t, os.WriteFile(filepath.Join(root, "age.key"), []byte(private), 0o600))
	check(t, os.WriteFile(filepath.Join(root, "recipients"), []byte(public), 0o600))
}

// nothingPlain looks at every file of the objects, whole or not: it is an age file or empty.
func nothingPlain(t *testing.T, root string) {
	t.Helper()
	objects := filepath.Join(root, "archive", "objects")
	for _, e := range must(os.ReadDir(objects))(t) {
		path := filepath.Join(objects, e.Name())
		info := must(os.Stat(path))(t)
		if info.Mode() != 0o600 {
			t.Errorf("%s has mode %v", e.Name(), info.Mode())
		}
		b := must(os.ReadFile(path))(t)
		if len(b) > 0 && !strings.HasPrefix("age-encryption.org/v1\n", string(b[:min(len(b), 22)])) {
			t.Errorf("%s of %d bytes is no age file", e.Name(), len(b))
		}
	}
}

// noScratch looks for what a writer should have removed.
func noScratch(t *testing.T, p *config.Partnership) {
	t.Helper()
	if left := must(filepath.Glob(filepath.Join(p.Root, "*", unfinished+"*")))(t); len(left) > 0 {
		t.Errorf("left in scratch: %v", left)
	}
}

func TestSealedRowsAreLoadedWithoutAKey(t *testing.T) {
	root := t.TempDir()
	sealing(t, root)
	p := partnership(root)
	p.Age.IdentityFile = ""
	first, second := visit("north", "2026-07", 1), visit("north", "2026-08", 1)
	for _, d := range []*Delivery{first, second} {
		w := openWriter(t, p)
		check(t, accept(t.Context(), w, 40, d, visit("south", d.Period, 1)))
		must(w.Publish(t.Context()))(t)
		check(t, w.Close())
		noScratch(t, p)
		nothingPlain(t, root)
	}
	for _, path := range anywhere(t, p, person(first, 7)) {
		if !strings.HasSuffix(path, ".duckdb") {
			t.Errorf("a person can be read in %s", path)
		}
	}
	w := openWriter(t, p)
	s := must(w.Publish(t.Context()))(t)
	check(t, w.Close())
	_, err := Rebuild(t.Context(), p, sqlFiles(), asAt)
	if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "wherry.yaml names no identity_file") {
		t.Errorf("a rebuild without a key: %v", err)
	}
	if now := must(current(w.folder))(t); now != s {
		t.Errorf("it swapped %s for %s", s.Name, now.Name)
	}
	noScratch(t, p)
	if proof := must(Rebuild(t.Context(), partnership(root), sqlFiles(), asAt))(t); proof.Difference != "" || !proof.Compared {
		t.Errorf("with the key: %+v", proof)
	}
	noScratch(t, p)
	if o := must(KeptObjects(partnership(root)))(t); o != (Objects{Sealed: 4, Seals: true, Opens: true}) {
		t.Errorf("kept: %+v", o)
	}
}

// TestSealedRowsThatWereNotLoadedWaitForTheKey leaves deliveries that are archived and not loaded: with the key they
// are, without it the last good state stays.
func TestSealedRowsThatWereNotLoadedWaitForTheKey(t *testing.T) {
	root := t.TempDir()
	sealing(t, root)
	p := partnership(root)
	w := openWriter(t, p)
	check(t, accept(t.Context(), w, 10, visit("north", "2026-07", 1)))
	must(w.Publish(t.Context()))(t)
	check(t, accept(t.Context(), w, 10, visit("north", "2026-08", 1)))
	check(t, w.Close())
	p.Age.IdentityFile = ""
	w = openWriter(t, p)
	if _, err := w.Publish(t.Context()); !errors.Is(err, ErrLocked) {
		t.Errorf("without a key: %v", err)
	}
	check(t, w.Close())
	check(t, readOnce(root))
	w = openWriter(t, partnership(root))
	must(w.Publish(t.Context()))(t)
	check(t, w.Close())
	if n := rowsIn(t, p, "select count(*) from core.visit"); n != 20 {
		t.Errorf("%d rows, want 20", n)
	}
	noScratch(t, p)
}

func TestARebuildSealsWhatLiesPlain(t *testing.T) {
	root := t.TempDir()
	p, d, _ := onePublished(t, root)
	sealing(t, root)
	a := archive{Dir(p, p.Paths.Archive)}

	// A key that does not open what it seals: nothing is sealed, nothing is lost.
	private, _ := newKey(t)
	other := partnership(root)
	other.Age.IdentityFile = "other.key"
	check(t, os.WriteFile(filepath.Join(root, "other.key"), []byte(private), 0o600))
	if _, err := Rebuild(t.Context(), other, sqlFiles(), asAt); !errors.Is(err, ErrLocked) {
		t.Errorf("with another key: %v", err)
	}
	if forms := a.forms(d.Object); len(forms) != 1 || forms[0] != a.object(d.Object) {
		t.Fatalf("with another key the object lies at %v", forms)
	}

	// Cut short between the sealed object and the removal of the plain one.
	p = partnership(root)
	check(t, a.seal(d.Object, a.object(d.Object), p.Age.ArchiveRecipients))
	check(t, os.WriteFile(filepath.Join(a.objects(), unfinished+"77"), []byte("age-enc"), 0o600))
	if len(a.forms(d.Object)) != 2 {
		t.Fatal("the test cut nothing short")
	}
	if proof := must(Rebuild(t.Context(), p, sqlFiles(), asAt))(t); proof.Difference != "" || proof.Sealed != 1 {
		t.Errorf("the rebuild: %+v", proof)
	}
	if forms := a.forms(d.Object); len(forms) != 1 || forms[0] != a.sealed(d.Object) {
		t.Errorf("the object lies at %v", forms)
	}
	nothingPlain(t, root)
	noScratch(t, p)
	if proof := must(Rebuild(t.Context(), p, sqlFiles(), asAt))(t); proof.Difference != "" || proof.Sealed != 0 {
		t.Errorf("again: %+v", proof)
	}
}

func TestOldObjectsStayReadableWithTheirOldKey(t *testing.T) {
	root := t.TempDir()
	sealing(t, root)
	_, _, s := onePublished(t, root)
	was := must(os.ReadFile(filepath.Join(root, "age.key")))(t)
	sealing(t, root)
	p := partnership(root)
	w := openWriter(t, p)
	check(t, accept(t.Context(), w, 5, visit("south", "2026-06", 2)))
	must(w.Publish(t.Context()))(t) // needs neither key
	check(t, w.Close())

	_, err := Rebuild(t.Context(), p, sqlFiles(), asAt)
	if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "sealed to another key") {
		t.Errorf("without the old key: %v", err)
	}
	p.Contracts[0].Retention = 1
	w = must(Open(t.Context(), p, sqlFiles(), config.Day(2027, 7, 15)))(t)
	if len(w.PastRetention()) != 1 {
		t.Fatalf("past retention: %+v", w.PastRetention())
	}
	if _, err := w.Purge(t.Context()); !errors.Is(err, ErrLocked) {
		t.Errorf("a purge without the old key: %v", err)
	}
	if _, err := w.Forget(t.Context(), []string{strings.Repeat("0", 32)}); !errors.Is(err, ErrLocked) {
		t.Errorf("a person withdrew, without the old key: %v", err)
	}
	if all := must(w.archive.readErasures())(t); len(all) != 0 {
		t.Errorf("refused, and recorded: %+v", all)
	}
	check(t, w.Close())
	if _, err := os.Stat(s.Path); err != nil {
		t.Error(err)
	}
	key := filepath.Join(root, "age.key")
	check(t, os.WriteFile(key, append(must(os.ReadFile(key))(t), was...), 0o600))
	if proof := must(Rebuild(t.Context(), partnership(root), sqlFiles(), asAt))(t); proof.Difference != "" || !proof.Compared {
		t.Errorf("with both keys: %+v", proof)
	}
}

func TestAPersonIsTakenOutOfSealedRows(t *testing.T) {
	root := t.TempDir()
	sealing(t, root)
	p := partnership(root)
	p.Contracts[0].Retention = 1
	w := openWriter(t, p)
	d, old := visit("north", "2026-08", 1), visit("south", "2026-07", 1)
	check(t, accept(t.Context(), w, 40, d, old))
	must(w.Publish(t.Context()))(t)
	was := d.Object
	e := must(w.Forget(t.Context(), []string{person(d, 7)}))(t)
	if e.Rows() != 1 || d.Accepted != 39 || d.Object == was || len(w.archive.forms(was)) != 0 {
		t.Errorf("erased %+v; the delivery has %d rows, the old object lies at %v", e, d.Accepted, w.archive.forms(was))
	}
	check(t, w.Close())
	if left := anywhere(t, p, person(d, 7)); len(left) > 0 {
		t.Errorf("still in %v", left)
	}
	w = must(Open(t.Context(), p, sqlFiles(), config.Day(2027, 8, 15)))(t)
	if e := must(w.Purge(t.Context()))(t); e.Rows() != 40 || len(w.archive.forms(old.Object)) != 0 {
		t.Errorf("purged %+v", e)
	}
	check(t, w.Close())
	nothingPlain(t, root)
	noScratch(t, p)
	if proof := must(Rebuild(t.Context(), p, sqlFiles(), config.Day(2027, 8, 15)))(t); proof.Difference != "" {
		t.Error(proof.Difference)
	}
}

// TestNoBitOfASealedObjectCanChange changes a bit anywhere, the first lines included, and cuts
// the file short anywhere.
func TestNoBitOfASealedObjectCanChange(t *testing.T) {
	root := t.TempDir()
	sealing(t, root)
	p, d, _ := onePublished(t, root)
	w := openWriter(t, p)
	defer w.Close()
	path := w.archive.sealed(d.Object)
	whole := must(os.ReadFile(path))(t)
	dice := rand.New(rand.NewPCG(7, 11))
	scratch := t.TempDir()
	for i := range 200 {
		b := append([]byte{}, whole...)
		at := dice.IntN(len(b))
		if i < 100 {
			at = dice.IntN(250)
		}
		if b[at] ^= 1 << dice.IntN(8); i%4 == 0 {
			b = whole[:at]
		}
		check(t, os.WriteFile(path, b, 0o600))
		_, err := w.plain(d, scratch)
		if !errors.Is(err, errChanged) && !errors.Is(err, ErrLocked) || i >= 100 && errors.Is(err, ErrLocked) && at > 250 {
			t.Errorf("byte %d of %d: %v", at, len(whole), err)
		}
		if left := must(os.ReadDir(scratch))(t); len(left) > 0 {
			t.Fatalf("byte %d: left behind: %v", at, left)
		}
	}
	check(t, os.WriteFile(path, whole, 0o600))
	if must(w.plain(d, scratch))(t) == path {
		t.Error("the whole object was not opened")
	}
}
