package fetch

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
)

// folder is a folder of this machine, such as a share that is mounted. Links are never
// followed out of it.
type folder struct{ root *os.Root }

func openFolder(path string) (place, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	return folder{root}, nil
}

func (f folder) Close() error { return f.root.Close() }

func (f folder) list(context.Context) ([]entry, error) {
	dir, err := f.root.Open(".")
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	found, err := dir.ReadDir(mostFiles + 1)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if len(found) > mostFiles {
		return nil, errTooMany
	}
	var all []entry
	for _, d := range found {
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) || d.IsDir() {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, ofFile(info))
	}
	return all, nil
}

func ofFile(info fs.FileInfo) entry {
	return entry{name: info.Name(), size: info.Size(), modified: info.ModTime().UTC(), plain: info.Mode().IsRegular()}
}

func (f folder) stat(_ context.Context, name string) (entry, error) {
	info, err := f.root.Lstat(name)
	if err != nil {
		return entry{}, err
	}
	return ofFile(info), nil
}

func (f folder) copy(_ context.Context, name string, to io.Writer) error {
	info, err := f.root.Lstat(name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return errMoving
	}
	in, err := f.root.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	if opened, err := in.Stat(); err != nil || !os.SameFile(info, opened) {
		return errors.Join(errMoving, err)
	}
	_, err = io.Copy(to, in)
	return err
}
