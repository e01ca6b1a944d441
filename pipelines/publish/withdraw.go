package publish

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/google/renameio/v2"

	"wherry/config"
)

// NoEditionError says that an edition to withdraw is not on the shelf; Known are those that are.
type NoEditionError struct {
	Name  string
	Known []string
}

func (e *NoEditionError) Error() string {
	return fmt.Sprintf("there is no edition %s to withdraw", e.Name)
}

// Withdraw takes an edition back: the decision is put on record, its files are moved from the
// published folder to the archive, and current is pointed at the last edition that stands, if
// there is one, whose name is given. What an edition told that others have seen goes on
// counting as known. Errors: *NoEditionError, or what went wrong with a file; a withdrawal that
// was cut short can be made again.
func Withdraw(p *config.Partnership, w Withdrawal) (standing string, err error) {
	s, l := shelfOf(p), releasesOf(p)
	from := filepath.Join(s.root, "editions", w.Edition)
	if _, err := os.Stat(filepath.Join(from, "manifest.json")); err != nil {
		return "", &NoEditionError{w.Edition, s.editions()}
	}
	text, err := json.MarshalIndent(w, "", "  ")
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(l.withdrawn(), 0o700); err != nil {
		return "", fmt.Errorf("making the folder of withdrawals: %w", err)
	}
	if err := renameio.WriteFile(filepath.Join(l.withdrawn(), w.Edition+".json"), append(text, '\n'), 0o600); err != nil {
		return "", fmt.Errorf("recording the withdrawal: %w", err)
	}
	if standing, err = s.standing(l); err != nil {
		return "", err
	}
	if standing == "" {
		if err := os.Remove(filepath.Join(s.root, "current")); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("taking current away: %w", err)
		}
	} else if err := s.point(standing); err != nil {
		return "", err
	}
	if err := os.Rename(from, filepath.Join(l.withdrawn(), w.Edition)); err != nil {
		return "", fmt.Errorf("moving the edition out of the published folder: %w", err)
	}
	return standing, syncDir(l.withdrawn())
}

// editions is the names of those on the shelf.
func (s shelf) editions() []string {
	paths, err := filepath.Glob(filepath.Join(s.root, "editions", "*", "manifest.json"))
	if err != nil {
		return nil
	}
	var names []string
	for _, path := range paths {
		names = append(names, filepath.Base(filepath.Dir(path)))
	}
	return names
}

// standing is the last edition issued that has not been withdrawn, or "".
func (s shelf) standing(l releases) (string, error) {
	records, err := l.read()
	if err != nil {
		return "", err
	}
	withdrawn, err := l.withdrawals()
	if err != nil {
		return "", err
	}
	known := s.editions()
	for _, r := range slices.Backward(records) {
		name := r.Release.Edition
		gone := slices.ContainsFunc(withdrawn, func(w Withdrawal) bool { return w.Edition == name })
		if !gone && slices.Contains(known, name) {
			return name, nil
		}
	}
	return "", nil
}

// refuseWithdrawn is the error of issuing again what was taken back.
func (l releases) refuseWithdrawn(name string) error {
	withdrawn, err := l.withdrawals()
	if err != nil {
		return err
	}
	for _, w := range withdrawn {
		if w.Edition == name {
			return fmt.Errorf("edition %s was withdrawn on %s by %s (%s), and nothing that it is made from has changed", name, w.On.Format("2 January 2006"), w.By, w.Why)
		}
	}
	return nil
}

// Withdrawals is every decision to take an edition back.
func Withdrawals(p *config.Partnership) ([]Withdrawal, error) { return releasesOf(p).withdrawals() }

// NewestQuarter is the latest quarter of which an edition is on record as others may have read
// it, such as "2026-27 Q2", or "" where there is none.
func NewestQuarter(p *config.Partnership) (newest string, err error) {
	read, err := releasesOf(p).before(Inputs{})
	for _, r := range read {
		newest = max(newest, r.Inputs.Quarter)
	}
	return newest, err
}
