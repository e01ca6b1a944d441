package backup

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"wherry/config"
	"wherry/pipelines/seal"
)

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// county is a partnership with something of everything on disk, and the key of its backups.
func county(t *testing.T) (p *config.Partnership, key string) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	check(t, err)
	key = filepath.Join(t.TempDir(), "backup.key")
	check(t, os.WriteFile(key, []byte(id.String()+"\n"), 0o600))
	p = &config.Partnership{Root: t.TempDir()}
	p.Paths = config.Paths{Inbox: "inbox", Outbox: "outbox", Archive: "archive", Warehouse: "warehouse", Published: "published"}
	p.Age.Recipients = []string{id.Recipient().String()}
	rows := strings.Repeat("rows ", 30_000)
	sum := sha256.Sum256([]byte(rows))
	for name, text := range map[string]string{
		"config/wherry.yaml": "name: County", "queries/measures/a/b.sql": "select 1", "dashboards/boards/x.yaml": "x: y",
		"archive/objects/" + hex.EncodeToString(sum[:]) + ".parquet": rows, "archive/deliveries/1.json": "{}", "archive/releases/1.gz": "r",
		"published/editions/q2/board/index.html": "<p>", "archive/RUN.lock": "1", "archive/objects/unfinished-2": "half",
		"inbox/police/x.csv": "raw", "outbox/police/x.csv": "reasons", "warehouse/CURRENT": "1",
	} {
		path := filepath.Join(p.Root, filepath.FromSlash(name))
		check(t, os.MkdirAll(filepath.Dir(path), 0o700))
		check(t, os.WriteFile(path, []byte(text), 0o600))
	}
	check(t, os.Symlink("editions/q2", filepath.Join(p.Root, "published/current")))
	return p, key
}

// tree is the files of a folder with what they hold, and its links with where they point.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	check(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		check(t, err)
		if d.Type()&fs.ModeSymlink != 0 {
			to, err := os.Readlink(path)
			all[rel] = "-> " + to
			return err
		}
		b, err := os.ReadFile(path)
		info, _ := d.Info()
		all[rel] = info.Mode().String() + " " + string(b)
		return err
	}))
	return all
}

func TestABackupHoldsWhatCannotBeMadeAgain(t *testing.T) {
	p, key := county(t)
	file := filepath.Join(t.TempDir(), "b.age")
	made, err := Write(p, file)
	check(t, err)
	if b, _ := os.ReadFile(file); strings.Contains(string(b), "County") || strings.Contains(string(b), "rows rows") {
		t.Error("the backup can be read without its key")
	}
	if info, _ := os.Stat(file); info.Mode() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	to := filepath.Join(t.TempDir(), "deep", "county")
	restored, err := Restore(file, key, to)
	check(t, err)
	if restored != made || made.Files != 7 {
		t.Errorf("made %+v, restored %+v", made, restored)
	}
	want := tree(t, p.Root)
	for name := range want {
		if strings.HasPrefix(name, "inbox") || strings.HasPrefix(name, "outbox") || strings.HasPrefix(name, "warehouse") || strings.Contains(name, "RUN.lock") || strings.Contains(name, "unfinished") {
			delete(want, name)
		}
	}
	got := tree(t, to)
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s: got %.60q, want %.60q", name, got[name], text)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d files, want %d", len(got), len(want))
	}
	if _, err := Write(p, file); err == nil || !strings.Contains(err.Error(), "already there") {
		t.Errorf("over a file: %v", err)
	}
	if _, err := Restore(file, key, to); err == nil || !strings.Contains(err.Error(), "is not empty") {
		t.Errorf("over a folder: %v", err)
	}
}

func TestBackupsThatAreNotMade(t *testing.T) {
	p, _ := county(t)
	dir := t.TempDir()
	objects, err := filepath.Glob(filepath.Join(p.Root, "archive/objects/*.parquet"))
	check(t, err)
	check(t, os.WriteFile(objects[0], []byte("other rows"), 0o600))
	if _, err := Write(p, filepath.Join(dir, "b.age")); err == nil || !strings.Contains(err.Error(), "has changed since it was archived") {
		t.Errorf("a damaged object: %v", err)
	}
	p.Age.Recipients = nil
	if _, err := Write(p, filepath.Join(dir, "b.age")); !errors.Is(err, ErrNoRecipients) {
		t.Errorf("to nobody: %v", err)
	}
	if left := tree(t, dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestSealedObjectsAreHeldAgainstTheirNames: with the key every sealed object is opened on the
// way; without it they are packed as they are, and that is said.
func TestSealedObjectsAreHeldAgainstTheirNames(t *testing.T) {
	p, key := county(t)
	objects, err := filepath.Glob(filepath.Join(p.Root, "archive/objects/*.parquet"))
	check(t, err)
	rows, err := os.ReadFile(objects[0])
	check(t, err)
	check(t, os.Remove(objects[0]))
	p.Age.ArchiveRecipients, p.Age.IdentityFile = p.Age.Recipients, key
	whole := resealed(t, string(rows), p.Age.Recipients...)
	flipped := append([]byte{}, whole...)
	flipped[len(flipped)/2] ^= 1
	other, err := age.GenerateX25519Identity()
	check(t, err)
	for _, c := range []struct {
		name   string
		object []byte
		key    string
		want   string // the error, "" for a backup
	}{
		{"whole", whole, key, ""},
		{"without the key", whole, "", ""},
		{"one bit changed", flipped, key, ".parquet.age has changed since it was archived"},
		{"cut short", whole[:len(whole)-9], key, ".parquet.age has changed since it was archived"},
		{"with more at its end", append(whole[:len(whole):len(whole)], 'x'), key, ".parquet.age has changed since it was archived"},
		{"of other rows", resealed(t, "other rows", p.Age.Recipients...), key, ".parquet.age has changed since it was archived"},
		{"for another key", resealed(t, string(rows), other.Recipient().String()), key, ".parquet.age is sealed, and no key at hand opens it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			p.Age.IdentityFile = c.key
			check(t, os.WriteFile(objects[0]+".age", c.object, 0o600))
			made, err := Write(p, filepath.Join(dir, "b.age"))
			if c.want != "" {
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("got %v, want %q", err, c.want)
				}
				return
			}
			check(t, err)
			if (made.Unopened == 1) != (c.key == "") {
				t.Errorf("%d objects were not opened", made.Unopened)
			}
			_, err = Restore(filepath.Join(dir, "b.age"), key, filepath.Join(dir, "county"))
			check(t, err)
			if got := tree(t, filepath.Join(dir, "county"))["archive/objects/"+filepath.Base(objects[0])+".age"]; got != "-rw------- "+string(whole) {
				t.Errorf("the object came back as %.40q", got)
			}
		})
	}
}

func resealed(t *testing.T, rows string, to ...string) []byte {
	t.Helper()
	var b strings.Builder
	w, err := seal.Write(&b, to)
	check(t, err)
	_, err = w.Write([]byte(rows))
	check(t, errors.Join(err, w.Close()))
	return []byte(b.String())
}

func TestBackupsThatAreNotRestored(t *testing.T) {
	p, key := county(t)
	file := filepath.Join(t.TempDir(), "b.age")
	_, err := Write(p, file)
	check(t, err)
	whole, err := os.ReadFile(file)
	check(t, err)
	flipped := append([]byte{}, whole...)
	flipped[len(flipped)/2] ^= 1
	stranger, err := age.GenerateX25519Identity()
	check(t, err)
	other := filepath.Join(t.TempDir(), "other.key")
	check(t, os.WriteFile(other, []byte(stranger.String()), 0o600))
	entry := func(h tar.Header, text string) []byte {
		var b strings.Builder
		sealed, err := seal.Write(&b, p.Age.Recipients)
		check(t, err)
		w := tar.NewWriter(sealed)
		h.Size, h.Mode = int64(len(text)), 0o644
		check(t, w.WriteHeader(&h))
		_, err = w.Write([]byte(text))
		check(t, err)
		check(t, errors.Join(w.Close(), sealed.Close()))
		return []byte(b.String())
	}
	for _, c := range []struct {
		name, key string
		file      []byte
		want      string
	}{
		{"another's key", other, whole, "is encrypted to a key"},
		{"cut short", key, whole[:len(whole)-100], "cut short or changed"},
		{"cut at a chunk", key, whole[:len(whole)-len(whole)%65552], "cut short or changed"},
		{"one bit changed", key, flipped, "cut short or changed"},
		{"not encrypted", key, []byte("config/wherry.yaml"), "cut short or changed"},
		{"no key", key + "x", whole, "no such file"},
		{"up and out", key, entry(tar.Header{Name: "../evil", Typeflag: tar.TypeReg}, "x"), "a place outside its folder"},
		{"an absolute name", key, entry(tar.Header{Name: "/etc/evil", Typeflag: tar.TypeReg}, "x"), "a place outside its folder"},
		{"a link out", key, entry(tar.Header{Name: "published/current", Linkname: "/etc", Typeflag: tar.TypeSymlink}, ""), "it holds a link"},
		{"a link of its own", key, entry(tar.Header{Name: "config/x", Linkname: "wherry.yaml", Typeflag: tar.TypeSymlink}, ""), "it holds a link"},
		{"a device", key, entry(tar.Header{Name: "null", Typeflag: tar.TypeChar}, ""), "it holds what is no file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			check(t, os.WriteFile(file, c.file, 0o600))
			_, err := Restore(file, c.key, filepath.Join(dir, "county"))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if left, _ := os.ReadDir(dir); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}
