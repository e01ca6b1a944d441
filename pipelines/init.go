package pipelines

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	"wherry/config"
	"wherry/dashboards"
	"wherry/queries"
)

// Init writes the built-in partnership's contributed files into dir and returns their
// paths. It stops before writing anything if one of them is already there.
func Init(dir string) ([]string, error) {
	files := map[string][]byte{}
	for room, fsys := range map[string]fs.FS{"config": config.Files, "queries": queries.Files, "dashboards": dashboards.Files} {
		err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := fs.ReadFile(fsys, path)
			files[filepath.Join(dir, room, path)] = b
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("reading the built-in files: %w", err)
		}
	}
	paths := make([]string, 0, len(files))
	for path := range files {
		if _, err := os.Lstat(path); err == nil {
			return nil, fmt.Errorf("%s is already there; init never overwrites a file", path)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		paths = append(paths, path)
	}
	sort.Strings(paths)
	for _, path := range paths {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, files[path], 0o644); err != nil {
			return nil, fmt.Errorf("writing %s: %w", path, err)
		}
	}
	return paths, nil
}
