package backup

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"wherry/config"
	"wherry/pipelines/seal"
	"wherry/pipelines/warehouse"
)

// Summary is what went into a backup or came out of it.
type Summary struct {
	File  string `json:"file"`
	Files int    `json:"files"`
	Bytes int64  `json:"bytes"` // of the files

	Unopened int `json:"unopened,omitempty"` // sealed objects that were packed and not held against their names, for no key here opens them
}

// ErrNoRecipients says that the settings name nobody to encrypt to.
var ErrNoRecipients = errors.New("wherry.yaml names no age recipients to encrypt backups to")

// Write makes the backup file to, whole or not at all; one that is there is never overwritten.
// The caller holds the run lock.
func Write(p *config.Partnership, to string) (s Summary, err error) {
	if len(p.Age.Recipients) == 0 {
		return s, ErrNoRecipients
	}
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return s, fmt.Errorf("%s is already there; a backup never overwrites a file", to)
	}
	temp := filepath.Join(filepath.Dir(to), ".unfinished-"+filepath.Base(to))
	out, err := os.OpenFile(temp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return s, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(temp))
		}
	}()
	s, err = write(p, out)
	if err == nil {
		err = out.Sync()
	}
	if e := out.Close(); err == nil {
		err = e
	}
	if err != nil {
		return s, err
	}
	s.File = to
	if err := os.Rename(temp, to); err != nil {
		return s, err
	}
	return s, syncFolder(filepath.Dir(to))
}

func write(p *config.Partnership, out io.Writer) (s Summary, err error) {
	sealed, err := seal.Write(out, p.Age.Recipients)
	if err != nil {
		return s, err
	}
	t := &packer{root: p.Root, objects: filepath.Join(p.Paths.Archive, "objects"), tar: tar.NewWriter(sealed)}
	if len(p.Age.ArchiveRecipients) > 0 {
		if t.keys, err = seal.Keys(p); err != nil {
			return s, err
		}
		t.opens = seal.Opens(t.keys, p.Age.ArchiveRecipients)
	}
	for _, folder := range []string{"config", "queries", "dashboards", p.Paths.Archive, p.Paths.Published} {
		if err := t.folder(filepath.Clean(folder)); err != nil {
			return t.summary, err
		}
	}
	if err := t.tar.Close(); err != nil {
		return t.summary, err
	}
	return t.summary, sealed.Close()
}

type packer struct {
	root, objects string
	keys          []age.Identity
	opens         bool // the keys open what is sealed in the archive
	tar           *tar.Writer
	summary       Summary
}

// folder packs a folder of the partnership; one that is not there is passed over.
func (t *packer) folder(name string) error {
	err := filepath.WalkDir(filepath.Join(t.root, name), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(t.root, path)
		if err != nil {
			return err
		}
		if passing(d.Name()) {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		return t.pack(path, rel, d)
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// passing says whether a name is that of a lock, or of something that is not whole yet.
func passing(name string) bool {
	return name == "RUN.lock" || strings.HasPrefix(name, "unfinished-") || strings.HasPrefix(name, ".")
}

func (t *packer) pack(path, rel string, d fs.DirEntry) error {
	info, err := d.Info()
	if err != nil {
		return err
	}
	link := ""
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		if link, err = os.Readlink(path); err != nil {
			return err
		}
	case !info.Mode().IsRegular() && !d.IsDir():
		return fmt.Errorf("%s is not a plain file: a backup cannot hold it", rel)
	}
	h, err := tar.FileInfoHeader(info, link)
	if err != nil {
		return err
	}
	h.Name, h.Uname, h.Gname, h.Uid, h.Gid, h.Format = filepath.ToSlash(rel), "", "", 0, 0, tar.FormatPAX
	if err := t.tar.WriteHeader(h); err != nil || !info.Mode().IsRegular() {
		return err
	}
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	if filepath.Dir(rel) == t.objects {
		err = t.object(filepath.Base(rel), in)
	} else {
		_, err = io.Copy(t.tar, in)
	}
	switch {
	case errors.Is(err, errChanged), errors.Is(err, warehouse.ErrLocked):
		return fmt.Errorf("%s %w", rel, err)
	case err != nil:
		return fmt.Errorf("packing %s: %w", rel, err)
	}
	t.summary.Files++
	t.summary.Bytes += info.Size()
	return nil
}

// object packs an object of the archive and holds it against its name, the hash of the rows in
// it. A sealed one is opened for that on the way, where the key is at hand.
func (t *packer) object(name string, in io.Reader) error {
	sum := sha256.New()
	bytes := io.TeeReader(in, t.tar)
	name, sealed := strings.CutSuffix(name, seal.Ending)
	content := bytes
	switch {
	case sealed && !t.opens:
		t.summary.Unopened++
		_, err := io.Copy(io.Discard, bytes)
		return err
	case sealed:
		var err error
		if content, err = seal.Open(bytes, t.keys); err != nil {
			return unsound(err)
		}
	}
	if _, err := io.Copy(sum, content); err != nil {
		return unsound(err)
	}
	if hash, object := strings.CutSuffix(name, ".parquet"); object && hash != hex.EncodeToString(sum.Sum(nil)) {
		return errChanged
	}
	_, err := io.Copy(io.Discard, bytes)
	return err
}

var errChanged = errors.New("has changed since it was archived: restore it from an earlier backup")

// unsound puts what can be wrong with a sealed object in words.
func unsound(err error) error {
	var fault *seal.Fault
	switch {
	case !errors.As(err, &fault):
		return err
	case fault.Rule == seal.WrongKey:
		return warehouse.ErrLocked
	}
	return errChanged
}

func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
