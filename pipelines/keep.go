package pipelines

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"wherry/config"
	"wherry/pipelines/backup"
	"wherry/pipelines/warehouse"
	"wherry/queries"
)

// Backup writes the backup file to while no run is under way, and keeps on record that it was.
func (p *Project) Backup(to string, now time.Time) (backup.Summary, error) {
	release, err := p.lock()
	if err != nil {
		return backup.Summary{}, err
	}
	defer release()
	s, err := backup.Write(p.Partnership, to)
	if err != nil {
		return s, err
	}
	if err := backup.Enter(p.Partnership, to, now); err != nil {
		return s, fmt.Errorf("%s is whole, and that it was made could not be recorded: %w", to, err)
	}
	return s, nil
}

// Restored is what came out of a backup, and what was taken out of it again.
type Restored struct {
	backup.Summary
	Again []warehouse.Erased `json:"again"`
}

// Restore takes a backup out into dir. What the records in the folder erased say was taken out,
// and the backup has no record of, is taken out of it before it is in its place; "" for none.
// identity opens the backup, and rows in it that are sealed. See backup.Restore.
func Restore(ctx context.Context, file, identity, dir, erased string, today time.Time) (r Restored, err error) {
	r.Again = []warehouse.Erased{}
	if erased == "" {
		r.Summary, err = backup.Restore(file, identity, dir, nil)
		return r, err
	}
	later, err := warehouse.ErasuresIn(erased)
	if err != nil {
		return r, err
	}
	if identity, err = filepath.Abs(identity); err != nil {
		return r, err
	}
	r.Summary, err = backup.Restore(file, identity, dir, func(root string) error {
		p, err := config.Load(root, os.DirFS(filepath.Join(root, "config")), nil)
		if err != nil {
			return fmt.Errorf("taking out of the backup what was erased after it was made: %w", err)
		}
		p.Age.IdentityFile, p.Age.PassphraseEnv, p.Age.PassphraseFile = identity, "", ""
		again, err := warehouse.Repeat(ctx, p, queries.Files, today, later)
		if err != nil {
			return fmt.Errorf("taking out of the backup what was erased after it was made: %w", err)
		}
		r.Again = append(r.Again, again...)
		return nil
	})
	return r, err
}
