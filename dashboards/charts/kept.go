package charts

import (
	"bytes"
	"cmp"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"
)

// keptBytes is what a folder of kept drawings may come to: several editions' worth.
const keptBytes = 64 << 20

// drawingKey names what ECharts draws of an option in a frame, with one engine.
type drawingKey [sha256.Size]byte

// keeper is a folder of what ECharts drew, a file to a drawing. It holds nothing that cannot be
// drawn again: any file may be missing, cut short or changed. A file is the SHA-256 of its key
// and of the rest, and the drawing's text, compressed.
type keeper struct {
	dir  string
	mu   sync.Mutex
	used map[string]bool // names of files, of this Drawer
	err  error           // the first in writing one
}

// KeepIn has d keep in dir, which it makes for this account alone, what ECharts draws, and
// take from there what it would draw alike. Tidy belongs at the end.
func (d *Drawer) KeepIn(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("keeping drawings: %w", err)
	}
	d.kept = &keeper{dir: dir, used: map[string]bool{}}
	return nil
}

// Tidy takes away from the folder that KeepIn named, once it is over its bound, what this
// Drawer had no use for, the oldest first. Its error is the first in keeping any drawing:
// all are drawn, but some will be drawn again.
func (d *Drawer) Tidy() error {
	if d.kept == nil {
		return nil
	}
	return cmp.Or(d.kept.err, d.kept.tidy(keptBytes))
}

// engine names what turns an option into a drawing: the text of ECharts, what it is given of
// a browser, and the builds of the interpreter and of Go's arithmetic.
func engine(source []byte) string {
	h := sha256.New()
	h.Write(source)
	h.Write([]byte(host))
	if info, ok := debug.ReadBuildInfo(); ok {
		fmt.Fprintln(h, info.GoVersion)
		for _, m := range info.Deps {
			if m.Path == "github.com/dop251/goja" {
				fmt.Fprintln(h, m.Version, m.Sum, m.Replace)
			}
		}
	}
	return string(h.Sum(nil))
}

func (k drawingKey) name() string { return hex.EncodeToString(k[:]) }

// sealed is the hash that a file begins with.
func (k drawingKey) sealed(packed []byte) []byte {
	sum := sha256.Sum256(slices.Concat(k[:], packed))
	return sum[:]
}

// take is the kept drawing of a key. One that is not whole is as none.
func (s *keeper) take(k drawingKey) (string, bool) {
	text, err := os.ReadFile(filepath.Join(s.dir, k.name()))
	if err != nil || len(text) < sha256.Size || !bytes.Equal(text[:sha256.Size], k.sealed(text[sha256.Size:])) {
		return "", false
	}
	raw, err := io.ReadAll(flate.NewReader(bytes.NewReader(text[sha256.Size:])))
	if err != nil {
		return "", false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.used[k.name()] = true
	return string(raw), true
}

// keep writes a drawing beside its place and moves it there whole.
func (s *keeper) keep(k drawingKey, raw string) {
	err := s.write(k, raw)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.used[k.name()] = true
	if s.err == nil && err != nil {
		s.err = fmt.Errorf("keeping a drawing: %w", err)
	}
}

func (s *keeper) write(k drawingKey, raw string) error {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, raw); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	file, err := os.CreateTemp(s.dir, "new-")
	if err != nil {
		return err
	}
	_, err = file.Write(append(k.sealed(packed.Bytes()), packed.Bytes()...))
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), filepath.Join(s.dir, k.name()))
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

// tidy keeps the folder to so many bytes where what was used leaves room for it.
func (s *keeper) tidy(limit int64) error {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return fmt.Errorf("tidying kept drawings: %w", err)
	}
	var unused []os.FileInfo
	var total int64
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			continue // another run has taken it away
		}
		total += info.Size()
		if !s.used[info.Name()] {
			unused = append(unused, info)
		}
	}
	slices.SortFunc(unused, func(a, b os.FileInfo) int {
		return cmp.Or(a.ModTime().Compare(b.ModTime()), cmp.Compare(a.Name(), b.Name()))
	})
	for _, info := range unused {
		if total <= limit {
			return nil
		}
		if err := os.Remove(filepath.Join(s.dir, info.Name())); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("tidying kept drawings: %w", err)
		}
		total -= info.Size()
	}
	return nil
}
