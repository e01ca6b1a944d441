package backup

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/renameio/v2"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

// Record says that a backup was made, so that one that still holds what was taken out since can
// be named.
type Record struct {
	File       string   `json:"file"`       // where it was written
	On         string   `json:"on"`         // YYYY-MM-DD
	Deliveries []string `json:"deliveries"` // ids of those in it
	Erased     int      `json:"erased"`     // the last erasure that was finished by then, as were all before it
	Gone       bool     `json:"gone"`       // it is no longer there; it may have been moved. Not kept: looked up
}

func records(p *config.Partnership) string {
	return filepath.Join(warehouse.Dir(p, p.Paths.Archive), "backups")
}

// Enter keeps the record of the backup file, which has just been made, under the time it was.
func Enter(p *config.Partnership, file string, now time.Time) error {
	path, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	r := Record{File: path, On: now.Format(time.DateOnly), Deliveries: []string{}}
	deliveries, err := warehouse.Deliveries(p)
	if err != nil {
		return err
	}
	for _, d := range deliveries {
		r.Deliveries = append(r.Deliveries, d.ID)
	}
	erasures, err := warehouse.Erasures(p)
	if err != nil {
		return err
	}
	slices.Reverse(erasures)
	for _, e := range erasures {
		if !e.Finished {
			break
		}
		r.Erased = e.Seq
	}
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(records(p), 0o700); err != nil {
		return err
	}
	name := now.UTC().Format("20060102T150405.000000000Z") + ".json"
	return renameio.WriteFile(filepath.Join(records(p), name), append(text, '\n'), 0o600)
}

// StillHolding is the backups on record, oldest first, in which there are rows that an erasure
// took out, or would: those made before it, of a delivery of it.
func StillHolding(p *config.Partnership, e warehouse.Erasure) ([]Record, error) {
	entries, err := os.ReadDir(records(p))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("reading which backups were made: %w", err)
	}
	holding := []Record{}
	for _, entry := range entries {
		if filepath.Ext(entry.Name()) != ".json" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(records(p), entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("reading which backups were made: %w", err)
		}
		var r Record
		if err := json.Unmarshal(text, &r); err != nil {
			return nil, fmt.Errorf("reading which backups were made: backups/%s: %w", entry.Name(), err)
		}
		before := e.Seq == 0 || r.Erased < e.Seq
		if before && slices.ContainsFunc(e.Of, func(d warehouse.Erased) bool { return slices.Contains(r.Deliveries, d.Delivery) }) {
			_, err := os.Lstat(r.File)
			r.Gone = errors.Is(err, fs.ErrNotExist)
			holding = append(holding, r)
		}
	}
	return holding, nil
}
