package main

import (
	"io/fs"
	"path/filepath"
	"testing"
)

// nothingIsOpen looks at every file of the folders that hold personal data: only the account
// that runs Wherry may read them. Who may read what is published is for the partnership.
func nothingIsOpen(t *testing.T, dir string) {
	t.Helper()
	for _, folder := range []string{"inbox", "outbox", "archive", "warehouse"} {
		files := 0
		err := filepath.WalkDir(filepath.Join(dir, folder), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			want := fs.FileMode(0o600)
			if d.IsDir() {
				want = 0o700
			} else {
				files++
			}
			if got := info.Mode().Perm(); got != want {
				t.Errorf("%s has mode %04o, want %04o", path, got, want)
			}
			return nil
		})
		if err != nil || files == 0 {
			t.Errorf("%s: %d files, %v", folder, files, err)
		}
	}
}
