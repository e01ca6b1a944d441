package charts

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// everyDrawing is every kind at every width it has, and as a file.
func everyDrawing(t *testing.T, d *Drawer) map[string]string {
	t.Helper()
	all := map[string]string{}
	for name, c := range kinds() {
		for _, s := range sizesOf(c) {
			all[fmt.Sprint(name, s)] = draw(t, d, c, s)
		}
	}
	return all
}

func keeping(t *testing.T, dir string) *Drawer {
	t.Helper()
	d := newDrawer(t)
	if err := d.KeepIn(dir); err != nil {
		t.Fatal(err)
	}
	return d
}

func keptFiles(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestKeptDrawings: drawings are the same to the byte without a folder, with an empty one, with
// a full one and with one whose files are spoilt in any way; what is spoilt is drawn again.
func TestKeptDrawings(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "drawings")
	want := everyDrawing(t, newDrawer(t))
	same := func(t *testing.T, drawn, kept func(Count) int) {
		t.Helper()
		d := keeping(t, dir)
		for name, got := range everyDrawing(t, d) {
			if got != want[name] {
				t.Errorf("%s differs from what is drawn without keeping", name)
			}
		}
		if err := d.Tidy(); err != nil {
			t.Fatal(err)
		}
		if c := d.Count(); c.Drawn != drawn(c) || c.Kept != kept(c) {
			t.Errorf("%d drawn and %d taken from those kept", c.Drawn, c.Kept)
		}
	}
	none := func(Count) int { return 0 }
	all := func(Count) int { return len(keptFiles(t, dir)) }
	same(t, all, none)
	if n := len(keptFiles(t, dir)); n < 10 {
		t.Fatalf("%d drawings are kept", n)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Fatalf("the folder is open to others: %v, %v", info.Mode(), err)
	}
	same(t, none, all)

	other := keptFiles(t, dir)[0]
	for what, spoil := range map[string]func(text []byte) []byte{
		"empty":              func([]byte) []byte { return nil },
		"shorter than a sum": func(text []byte) []byte { return text[:20] },
		"cut short":          func(text []byte) []byte { return text[:len(text)-1] },
		"a bit turned":       func(text []byte) []byte { text[len(text)/2] ^= 4; return text },
		"of another":         func([]byte) []byte { return readFile(t, other) },
	} {
		t.Run(what, func(t *testing.T) {
			files := keptFiles(t, dir)[1:]
			for _, f := range files {
				if err := os.WriteFile(f, spoil(readFile(t, f)), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			same(t, func(Count) int { return len(files) }, func(Count) int { return 1 })
			same(t, none, all)
		})
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestKeptByWhatDraws: another text of ECharts takes nothing from what this one drew, nor does
// another size.
func TestKeptByWhatDraws(t *testing.T) {
	js := readFile(t, "../assets/echarts.min.js")
	dir := t.TempDir()
	for i, source := range []string{string(js), string(js) + " "} {
		d, err := NewDrawer([]byte(source))
		if err != nil {
			t.Fatal(err)
		}
		if err := d.KeepIn(dir); err != nil {
			t.Fatal(err)
		}
		draw(t, d, control(), Wide)
		if c := d.Count(); c.Drawn != 1 || c.Kept != 0 || len(keptFiles(t, dir)) != i+1 {
			t.Errorf("%d: %d drawn and %d taken, %d kept", i, c.Drawn, c.Kept, len(keptFiles(t, dir)))
		}
	}
}

// TestTidy: over its bound a folder loses what was not used, the oldest first, and what
// another run left half written; it never loses what was used.
func TestTidy(t *testing.T) {
	dir := t.TempDir()
	d := keeping(t, dir)
	draw(t, d, control(), Wide)
	used := keptFiles(t, dir)[0]
	day := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	for i, name := range []string{"new-half", "older", "newer"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(strings.Repeat("x", 1000)), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, day, day.AddDate(0, 0, i)); err != nil {
			t.Fatal(err)
		}
	}
	left := func(limit int64, want ...string) {
		t.Helper()
		if err := d.kept.tidy(limit); err != nil {
			t.Fatal(err)
		}
		got := keptFiles(t, dir)
		if len(got) != len(want) {
			t.Fatalf("at %d bytes %v are left", limit, got)
		}
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("at %d bytes %v are left", limit, got)
			}
		}
	}
	size := int64(len(readFile(t, used)))
	newer := filepath.Join(dir, "newer")
	left(size+2500, used, newer, filepath.Join(dir, "older"))
	left(size+1500, used, newer)
	left(0, used)
}

// TestFullDisk: where a drawing cannot be kept, it is drawn all the same, and Tidy says so.
func TestFullDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "drawings")
	d := keeping(t, dir)
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	if draw(t, d, control(), Wide) != draw(t, newDrawer(t), control(), Wide) {
		t.Error("it is drawn otherwise")
	}
	if err := d.Tidy(); err == nil {
		t.Error("nothing says that the drawing was not kept")
	}
	if err := newDrawer(t).KeepIn("/dev/null/drawings"); err == nil {
		t.Error("a folder that cannot be made is no error")
	}
}
