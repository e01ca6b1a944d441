package warehouse

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"time"

	"wherry/config"
)

// Run is the record of one execution of a job. Runs are added and never changed.
type Run struct {
	ID      string    `json:"id"` // <start>-<job>; given by Record
	Job     string    `json:"job"`
	Build   string    `json:"build"` // version of the binary
	Started time.Time `json:"started"`
	Ended   time.Time `json:"ended"`
	Inputs  []string  `json:"inputs"` // ids of deliveries, hash of the snapshot
	Outcome string    `json:"outcome"`
	Steps   []Step    `json:"steps"`
}

// Step is one part of a Run that took its own time.
type Step struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`
	Detail  string  `json:"detail"`
}

// Record adds a Run to the partnership's ledger of runs and returns it with its ID.
func Record(p *config.Partnership, r Run) (Run, error) {
	folder := filepath.Join(Dir(p, p.Paths.Archive), "runs")
	if err := shut(folder); err != nil {
		return r, fmt.Errorf("recording the run: %w", err)
	}
	r.ID = r.Started.UTC().Format("20060102T150405.000000000Z") + "-" + r.Job
	path := filepath.Join(folder, r.ID+".json")
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return r, fmt.Errorf("recording the run: %s is there already", path)
	}
	if err := writeJSON(path, r); err != nil {
		return r, fmt.Errorf("recording the run: %w", err)
	}
	return r, syncFile(folder)
}

// Runs reads every recorded Run of a partnership, oldest first.
func Runs(p *config.Partnership) ([]Run, error) {
	folder := filepath.Join(Dir(p, p.Paths.Archive), "runs")
	paths, err := filepath.Glob(filepath.Join(folder, "[0-9]*.json"))
	if err != nil {
		return nil, fmt.Errorf("listing the runs: %w", err)
	}
	sort.Strings(paths)
	runs := make([]Run, len(paths))
	for i, path := range paths {
		if err := readJSON(path, &runs[i]); err != nil {
			return nil, err
		}
	}
	return runs, nil
}
