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

	"wherry/config"
	"wherry/pipelines/seal"
)

// Summary is what went into a backup or came out of it.
type Summary struct {
	File  string `json:"file"`
	Files int    `json:"files"`
	Bytes int64  `json:"bytes"` // of the files
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
	t := &packer{root: p.Root, archive: filepath.Clean(p.Paths.Archive), tar: tar.NewWriter(sealed)}
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
	root, archive string
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
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(t.tar, sum), in)
	if err != nil {
		return fmt.Errorf("packing %s: %w", rel, err)
	}
	if hash, object := strings.CutSuffix(filepath.Base(rel), ".parquet"); object && filepath.Dir(rel) == filepath.Join(t.archive, "objects") && hash != hex.EncodeToString(sum.Sum(nil)) {
		return fmt.Errorf("%s has changed since it was archived: restore it from an earlier backup", rel)
	}
	t.summary.Files++
	t.summary.Bytes += n
	return nil
}

func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
