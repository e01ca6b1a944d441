package warehouse

import (
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

// ErrLocked says that an object of the archive is sealed to a key that is not at hand. Nothing
// is wrong with the object, and nothing was done.
var ErrLocked = errors.New("is sealed, and no key at hand opens it")

// errChanged says that an object is not what its name says. In a sealed one age notices.
var errChanged = errors.New("its object has changed since it was archived; restore it from a copy")

// sealed is the path of an object that is kept as an age file. Its name is the hash of the
// Parquet in it, for age makes other bytes each time.
func (a archive) sealed(hash string) string { return a.object(hash) + seal.Ending }

// forms is the paths at which an object lies: plain, sealed or, where a sealing was cut short,
// both.
func (a archive) forms(hash string) []string {
	var there []string
	for _, path := range []string{a.object(hash), a.sealed(hash)} {
		if _, err := os.Lstat(path); err == nil {
			there = append(there, path)
		}
	}
	return there
}

// objectName is the hash that the name of a file in objects/ gives.
func objectName(name string) (hash string, is bool) {
	return strings.CutSuffix(strings.TrimSuffix(name, seal.Ending), ".parquet")
}

// seals says whether rows are to be sealed in the archive.
func (w *Writer) seals() bool { return len(w.partnership.Age.ArchiveRecipients) > 0 }

// scratch makes a folder beside the warehouse's files, where rows may lie plain for a while. One
// that is left is removed by the next Writer.
func (w *Writer) scratch() (string, error) { return os.MkdirTemp(w.folder, unfinished) }

// unplaced is where DuckDB writes the rows of a batch before they have a name: beside the
// objects or, where those are sealed, never in the archive.
func (w *Writer) unplaced(id string) (path string, err error) {
	if !w.seals() {
		return filepath.Join(w.archive.objects(), unfinished+id), nil
	}
	w.entering.Lock()
	defer w.entering.Unlock()
	if w.fresh.folder == "" {
		w.fresh.folder, err = w.scratch()
	}
	return filepath.Join(w.fresh.folder, unfinished+id), err
}

// fresh is the objects that this Writer sealed, still plain in a scratch folder: so that
// Publish loads them without a key.
type fresh struct {
	folder string
	paths  map[string]string // hash -> path
}

// put seals the rows of an object into the archive, and keeps them at hand until they are
// loaded. The caller flushes the archive.
func (w *Writer) put(hash, written string) error {
	if err := w.archive.seal(hash, written, w.partnership.Age.ArchiveRecipients); err != nil {
		return err
	}
	w.entering.Lock()
	defer w.entering.Unlock()
	path := filepath.Join(w.fresh.folder, hash+".parquet")
	if w.fresh.paths == nil {
		w.fresh.paths = map[string]string{}
	}
	w.fresh.paths[hash] = path
	return os.Rename(written, path)
}

// putAway removes what put kept at hand.
func (w *Writer) putAway() error {
	if w.fresh.folder == "" {
		return nil
	}
	folder := w.fresh.folder
	w.fresh = fresh{}
	return os.RemoveAll(folder)
}

// seal writes the Parquet file from, whose hash is given, into the archive as an age file.
func (a archive) seal(hash, from string, recipients []string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.CreateTemp(a.objects(), unfinished)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, out.Close()); err != nil {
			err = errors.Join(err, os.Remove(out.Name()))
		} else {
			err = os.Rename(out.Name(), a.sealed(hash))
		}
	}()
	sealing, err := seal.Write(out, recipients)
	if err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(sealing, sum), in); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != hash {
		return errChanged
	}
	return sealing.Close()
}

// plain is the path of a delivery's object as Parquet that DuckDB can read, held against its
// name. A sealed one is opened into folder, which the caller removes.
func (w *Writer) plain(d *Delivery, folder string) (path string, err error) {
	if path, at := w.fresh.paths[d.Object]; at {
		return path, nil
	}
	if forms := w.archive.forms(d.Object); len(forms) > 0 && forms[0] == w.archive.sealed(d.Object) {
		if path, err = w.open(d.Object, folder); err != nil {
			return "", fmt.Errorf("delivery %s: %w", d.ID, err)
		}
		return path, nil
	}
	return w.archive.object(d.Object), w.checkObject(d)
}

// open opens a sealed object into folder. age proves every byte of it, and its name that it is
// the one that was archived.
func (w *Writer) open(hash, folder string) (path string, err error) {
	path = filepath.Join(folder, hash+".parquet")
	if _, err := os.Lstat(path); err == nil {
		return path, nil // of another delivery with the same rows
	}
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	defer func() {
		if err = errors.Join(err, out.Close()); err != nil {
			err = errors.Join(err, os.Remove(path))
		}
	}()
	return path, w.unseal(hash, out)
}

// unseal writes what is in a sealed object to out. The error is no proof that out is empty.
func (w *Writer) unseal(hash string, out io.Writer) error {
	in, err := os.Open(w.archive.sealed(hash))
	if err != nil {
		return err
	}
	defer in.Close()
	content, err := w.content(in)
	if err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(out, sum), content); err != nil {
		return changed(err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != hash {
		return errChanged
	}
	return nil
}

// content opens an age file of the archive with the keys of the settings.
func (w *Writer) content(in io.Reader) (io.Reader, error) {
	keys, err := w.keys()
	if err != nil {
		return nil, fmt.Errorf("its object is sealed: %w", err)
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("its object %w: wherry.yaml names no identity_file", ErrLocked)
	}
	content, err := seal.Open(in, keys)
	return content, changed(err)
}

// changed puts what can be wrong with an age file in the archive's words.
func changed(err error) error {
	var fault *seal.Fault
	switch {
	case !errors.As(err, &fault):
		return err
	case fault.Rule == seal.WrongKey:
		return fmt.Errorf("its object %w: it was sealed to another key than those in identity_file, or its first lines have changed", ErrLocked)
	}
	return fmt.Errorf("%w (age, which seals it, proves every byte)", errChanged)
}

// locked is an error where one of the deliveries has a sealed object whose key is not at hand.
func (w *Writer) locked(ds []*Delivery) error {
	for _, d := range ds {
		if forms := w.archive.forms(d.Object); d.Object == "" || len(forms) == 0 || forms[0] != w.archive.sealed(d.Object) {
			continue
		}
		in, err := os.Open(w.archive.sealed(d.Object))
		if err == nil {
			_, err = w.content(in)
			err = errors.Join(err, in.Close())
		}
		if err != nil {
			return fmt.Errorf("delivery %s: %w", d.ID, err)
		}
	}
	return nil
}

// sealPlain seals the objects that were archived before the settings named whom to seal to, one
// after another: each plain one is removed when the sealed one is on the disk and has been
// opened again. Cut short at any moment it leaves every object in one form at least; done again,
// it goes on.
func (w *Writer) sealPlain() (n int, err error) {
	plain, err := w.archive.lyingPlain()
	if err != nil || !w.seals() {
		return 0, err
	}
	for _, hash := range plain {
		if err := w.sealOne(hash); err != nil {
			return n, fmt.Errorf("sealing object %.12s: %w", hash, err)
		}
		n++
	}
	return n, nil
}

func (w *Writer) sealOne(hash string) error {
	if err := w.archive.seal(hash, w.archive.object(hash), w.partnership.Age.ArchiveRecipients); err != nil {
		return err
	}
	for _, path := range []string{w.archive.sealed(hash), w.archive.objects()} {
		if err := syncFile(path); err != nil {
			return err
		}
	}
	if err := w.unseal(hash, io.Discard); err != nil {
		return errors.Join(err, os.Remove(w.archive.sealed(hash)))
	}
	return errors.Join(os.Remove(w.archive.object(hash)), syncFile(w.archive.objects()))
}

// lyingPlain is the hashes of the objects that are not sealed.
func (a archive) lyingPlain() ([]string, error) {
	entries, err := os.ReadDir(a.objects())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("listing the archive's objects: %w", err)
	}
	var plain []string
	for _, e := range entries {
		if hash, is := strings.CutSuffix(e.Name(), ".parquet"); is && !strings.HasPrefix(hash, unfinished) {
			plain = append(plain, hash)
		}
	}
	return plain, nil
}

// Objects is how the rows in a partnership's archive are kept.
type Objects struct {
	Plain  int  `json:"plain"`
	Sealed int  `json:"sealed"`
	Seals  bool `json:"seals"` // what comes from now on is sealed
	Opens  bool `json:"opens"` // and a key at hand opens it
}

// KeptObjects counts the objects of a partnership's archive.
func KeptObjects(p *config.Partnership) (o Objects, err error) {
	a := archive{Dir(p, p.Paths.Archive)}
	plain, err := a.lyingPlain()
	if err != nil {
		return o, err
	}
	sealed, err := filepath.Glob(filepath.Join(a.objects(), "[0-9a-f]*.parquet"+seal.Ending))
	if err != nil {
		return o, err
	}
	o.Plain, o.Sealed, o.Seals = len(plain), len(sealed), len(p.Age.ArchiveRecipients) > 0
	keys, err := seal.Keys(p)
	if err == nil {
		o.Opens = seal.Opens(keys, p.Age.ArchiveRecipients)
	}
	return o, nil
}
