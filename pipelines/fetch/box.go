package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// box is an agency's folder of the inbox. Nothing is written outside it, whatever a name says.
type box struct{ root *os.Root }

// hidden begins the name of a file that is not whole yet; receive passes over such names.
const hidden = ".fetching-"

var errMoving = errors.New("changed while it was copied")

// openBox makes the folder and removes what an interrupted fetch left in it.
func openBox(dir string) (*box, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the inbox: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the inbox: %w", err)
	}
	left, err := os.ReadDir(dir)
	for _, e := range left {
		if err == nil && strings.HasPrefix(e.Name(), hidden) {
			err = root.Remove(e.Name())
		}
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("clearing the inbox: %w", err), root.Close())
	}
	return &box{root}, nil
}

func (b *box) Close() error { return b.root.Close() }

// put copies a file into the box, whole or not at all: of a file that is not what
// was looked at nothing is left, and the error is errMoving.
func (b *box) put(ctx context.Context, from place, e entry) (f File, err error) {
	temp := hidden + e.name
	out, err := b.root.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return f, err
	}
	defer func() {
		if err != nil {
			_ = b.root.Remove(temp) // openBox removes it where this cannot
		}
	}()
	sum := sha256.New()
	w := &bounded{to: io.MultiWriter(out, sum), left: e.size}
	if err = from.copy(ctx, e.name, w); err == nil {
		err = out.Sync()
	}
	if e := out.Close(); err == nil {
		err = e
	}
	if err != nil {
		return f, err
	}
	now, err := from.stat(ctx, e.name)
	if err != nil {
		return f, err
	}
	if w.left != 0 || now.size != e.size || !now.modified.Equal(e.modified) {
		return f, errMoving
	}
	f = File{Name: e.name, Bytes: e.size, SHA256: hex.EncodeToString(sum.Sum(nil))}
	if b.holds(f) {
		return f, b.root.Remove(temp)
	}
	if err := b.root.Rename(temp, e.name); err != nil {
		return f, err
	}
	return f, b.sync()
}

// holds says whether the box has the file already, byte for byte: its day of arrival is kept.
func (b *box) holds(f File) bool {
	info, err := b.root.Lstat(f.Name)
	if err != nil || !info.Mode().IsRegular() || info.Size() != f.Bytes {
		return false
	}
	in, err := b.root.Open(f.Name)
	if err != nil {
		return false
	}
	defer in.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, in)
	return err == nil && hex.EncodeToString(sum.Sum(nil)) == f.SHA256
}

func (b *box) sync() error {
	dir, err := b.root.Open(".")
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// bounded writes as much as the file had when it was looked at, and not a byte more.
type bounded struct {
	to   io.Writer
	left int64
}

func (w *bounded) Write(p []byte) (int, error) {
	if int64(len(p)) > w.left {
		return 0, errMoving
	}
	n, err := w.to.Write(p)
	w.left -= int64(n)
	return n, err
}
