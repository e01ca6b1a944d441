package backup

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"filippo.io/age"

	"wherry/config"
	"wherry/pipelines/seal"
)

// Restore takes a backup out into dir, which must be empty or not there, with the identity
// file that opens it. settle, which may be nil, is given the folder before it is put in its
// place. Where anything is wrong with the backup, or settle fails, dir stays as it was.
func Restore(file, identity, dir string, settle func(root string) error) (s Summary, err error) {
	if left, err := os.ReadDir(dir); len(left) > 0 {
		return s, fmt.Errorf("%s is not empty; a restore never overwrites a file", dir)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	text, err := config.ReadPrivate(identity)
	if err != nil {
		return s, err
	}
	keys, err := age.ParseIdentities(bytes.NewReader(text))
	if err != nil {
		return s, fmt.Errorf("%s is not an age identity file, as age-keygen writes it", identity)
	}
	in, err := os.Open(file)
	if err != nil {
		return s, err
	}
	defer in.Close()
	content, err := seal.Open(in, keys)
	if err != nil {
		return s, fmt.Errorf("%s %w", file, err)
	}
	parent := filepath.Dir(filepath.Clean(dir))
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return s, err
	}
	temp, err := os.MkdirTemp(parent, ".restoring-")
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	if s, err = unpack(content, temp); err != nil {
		return s, fmt.Errorf("%s %w", file, err)
	}
	s.File = file
	if settle != nil {
		if err := settle(temp); err != nil {
			return s, err
		}
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	if err := os.Rename(temp, dir); err != nil {
		return s, err
	}
	return s, syncFolder(parent)
}

// unpack writes every entry below dir, and reads on to the end: only then is the file known
// to be whole.
func unpack(content io.Reader, dir string) (s Summary, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return s, err
	}
	defer root.Close()
	entries := tar.NewReader(content)
	for {
		h, err := entries.Next()
		if errors.Is(err, io.EOF) {
			_, err = io.Copy(io.Discard, content)
			return s, err
		}
		if fault := new(seal.Fault); errors.As(err, &fault) {
			return s, fault
		} else if err != nil {
			return s, errors.New("is not a backup that wherry made")
		}
		if err := place(root, h, entries); err != nil {
			return s, err
		}
		if h.Typeflag == tar.TypeReg {
			s.Files++
			s.Bytes += h.Size
		}
	}
}

// place writes one entry. Nothing leads out of the folder: names are local, the only link is
// the one to the current edition, and os.Root follows none that points elsewhere.
func place(root *os.Root, h *tar.Header, content io.Reader) error {
	name := path.Clean(h.Name)
	if !filepath.IsLocal(name) {
		return errors.New("is not a backup that wherry made: it names a place outside its folder")
	}
	mode := h.FileInfo().Mode().Perm() &^ 0o022
	switch h.Typeflag {
	case tar.TypeDir:
		return root.MkdirAll(name, mode|0o700)
	case tar.TypeSymlink:
		if path.Base(name) != "current" || !filepath.IsLocal(h.Linkname) {
			return errors.New("is not a backup that wherry made: it holds a link")
		}
		return root.Symlink(h.Linkname, name)
	case tar.TypeReg:
	default:
		return errors.New("is not a backup that wherry made: it holds what is no file")
	}
	if err := root.MkdirAll(path.Dir(name), 0o700); err != nil {
		return err
	}
	out, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, content)
	if err == nil {
		err = out.Sync()
	}
	if e := out.Close(); err == nil {
		err = e
	}
	return err
}
