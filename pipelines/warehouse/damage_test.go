package warehouse

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"wherry/config"
)

// fill writes as keepWriting does, once, where no file may grow past a size: what a disk does
// that is full. root begins with the size.
func fill(root string) error {
	var size uint64
	var dir string
	if _, err := fmt.Sscanf(root, "%d:%s", &size, &dir); err != nil {
		return err
	}
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: size}); err != nil {
		return err
	}
	ctx, p := context.Background(), partnership(dir)
	w, err := Open(ctx, p, sqlFiles(), asAt)
	if err != nil {
		return err
	}
	n := len(w.Deliveries())
	if err := accept(ctx, w, 20_000, visit("north", "2026-07", n), visit("south", "2026-08", n)); err != nil {
		return err
	}
	_, err = w.Publish(ctx)
	return err
}

func TestAFullDiskLeavesTheLastGoodState(t *testing.T) {
	root := t.TempDir()
	p := partnership(root)
	w := openWriter(t, p)
	check(t, accept(t.Context(), w, 10, visit("north", "2026-09", 0)))
	must(w.Publish(t.Context()))(t)
	check(t, w.Close())
	refused := 0
	for _, size := range []int{500, 50_000, 400_000, 1_000_000, 2_000_000} {
		cmd := child(t, "fill", fmt.Sprintf("%d:%s", size, root))
		var says strings.Builder
		cmd.Stderr = &says
		if err := cmd.Run(); err != nil {
			refused++
			if !strings.Contains(says.String(), "ile too large") {
				t.Errorf("files of at most %d bytes: %q does not say what was wrong", size, says.String())
			}
		}
		check(t, readOnce(root))
		for _, d := range must(Deliveries(p))(t) {
			check(t, w.checkObject(d))
		}
	}
	if refused < 3 {
		t.Errorf("only %d of five writers met the end of the disk", refused)
	}
	if proof := must(Rebuild(t.Context(), p, sqlFiles(), asAt))(t); proof.Difference != "" {
		t.Error(proof.Difference)
	}
}

// onePublished is the partnership of a folder with one delivery, published.
func onePublished(t *testing.T, root string) (*config.Partnership, *Delivery, Snapshot) {
	p := partnership(root)
	w := openWriter(t, p)
	d := visit("north", "2026-07", 1)
	check(t, accept(t.Context(), w, 5000, d))
	s := must(w.Publish(t.Context()))(t)
	check(t, w.Close())
	return p, d, s
}

// TestADamagedArchiveIsNamedAndNeverLoaded: an object cut short, with one bit changed, or gone,
// and a record cut short. What was published stays readable.
func TestADamagedArchiveIsNamedAndNeverLoaded(t *testing.T) {
	for name, c := range map[string]struct {
		damage func(object, record string) error
		says   string
	}{
		"object cut short": {func(object, _ string) error { return os.Truncate(object, 2000) }, "has changed since it was archived; restore it from a copy"},
		"object gone":      {func(object, _ string) error { return os.Remove(object) }, "is not in the archive; restore it from a copy"},
		"one bit": {func(object, _ string) error {
			b, err := os.ReadFile(object)
			if err != nil {
				return err
			}
			b[len(b)/3] ^= 1
			return os.WriteFile(object, b, 0o600)
		}, "has changed since it was archived; restore it from a copy"},
		"record cut short": {func(_, record string) error { return os.Truncate(record, 100) }, "restore the file from a copy of the archive"},
		"record of another": {func(_, record string) error {
			return os.Rename(record, filepath.Join(filepath.Dir(record), "0123456789abcdef.json"))
		}, "restore the file from a copy of the archive"},
	} {
		damaged := func(t *testing.T, root string) {
			p, d, _ := onePublished(t, root)
			a := archive{Dir(p, p.Paths.Archive)}
			check(t, c.damage(a.forms(d.Object)[0], filepath.Join(a.deliveries(), d.ID+".json")))
			if _, err := Rebuild(t.Context(), p, sqlFiles(), asAt); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("a rebuild says %v, want %q", err, c.says)
			}
			check(t, readOnce(p.Root))
			check(t, os.RemoveAll(Dir(p, p.Paths.Warehouse))) // so that all is to be loaded
			w, err := Open(t.Context(), p, sqlFiles(), asAt)
			if err == nil {
				_, err = w.Publish(t.Context())
				check(t, w.Close())
			}
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("loading says %v, want %q", err, c.says)
			}
		}
		t.Run(name, func(t *testing.T) { damaged(t, t.TempDir()) })
		t.Run(name+", sealed", func(t *testing.T) {
			root := t.TempDir()
			sealing(t, root)
			damaged(t, root)
			nothingPlain(t, root)
		})
	}
}

// TestADamagedDatabaseIsMadeAgain changes a bit somewhere in the current file, time after time:
// what a reader then gets is right or an error, and a rebuild makes it whole.
func TestADamagedDatabaseIsMadeAgain(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 5))
	noticed := 0
	for range 8 {
		p, _, s := onePublished(t, t.TempDir())
		b := must(os.ReadFile(s.Path))(t)
		b[dice.IntN(len(b))] ^= 1 << dice.IntN(8)
		check(t, os.WriteFile(s.Path, b, 0o600))
		var sum int
		if r, err := OpenReader(t.Context(), p); err != nil {
			noticed++
		} else {
			if err := r.QueryRowContext(t.Context(), "select sum(n) + sum(length(visit_key)) from core.visit").Scan(&sum); err != nil {
				noticed++
			} else if sum != 5000*4999/2+32*5000 {
				t.Errorf("a reader was given %d", sum)
			}
			check(t, r.Close())
		}
		if proof := must(Rebuild(t.Context(), p, sqlFiles(), asAt))(t); proof.Difference != "" {
			t.Errorf("a rebuild stops at %q", proof.Difference)
		}
		if n := rowsIn(t, p, "select sum(n)::integer from core.visit"); n != 5000*4999/2 {
			t.Errorf("after the rebuild the sum is %d", n)
		}
	}
	t.Logf("%d of 8 changes were met by the reader", noticed)
}
