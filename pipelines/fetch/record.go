package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/google/renameio/v2"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

// File is a file that was copied to the inbox.
type File struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// record is what has been fetched from one source, on disk.
type record struct {
	Agency  string           `json:"agency"`
	Source  string           `json:"source"`
	Looked  time.Time        `json:"looked"`            // the last time
	Problem string           `json:"problem,omitempty"` // of that time
	Files   map[string]taken `json:"files"`             // by name: the one of that name fetched last
}

// taken is a file as the source showed it when it was fetched.
type taken struct {
	Bytes    int64     `json:"bytes"`
	Modified time.Time `json:"modified"`
	Sum      string    `json:"sum,omitempty"`
	SHA256   string    `json:"sha256"`
	Fetched  time.Time `json:"fetched"`
}

func inbox(p *config.Partnership) string { return warehouse.Dir(p, p.Paths.Inbox) }

func recordPath(p *config.Partnership, s config.Source) string {
	sum := sha256.Sum256([]byte(s.URL))
	return filepath.Join(warehouse.Dir(p, p.Paths.Archive), "fetched", s.Agency+"-"+hex.EncodeToString(sum[:6])+".json")
}

func readRecord(p *config.Partnership, s config.Source) (*record, error) {
	r := &record{Agency: s.Agency, Source: s.URL, Files: map[string]taken{}}
	b, err := os.ReadFile(recordPath(p, s))
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err == nil {
		err = json.Unmarshal(b, r)
	}
	if err != nil {
		return nil, fmt.Errorf("reading what was fetched for %s: %w", s.Agency, err)
	}
	return r, nil
}

func (r *record) has(e entry) bool {
	t, known := r.Files[e.name]
	return known && e.same(entry{name: e.name, size: t.Bytes, modified: t.Modified, sum: t.Sum})
}

func (r *record) add(e entry, f File, now time.Time) {
	r.Files[e.name] = taken{Bytes: e.size, Modified: e.modified, Sum: e.sum, SHA256: f.SHA256, Fetched: now}
}

func (r *record) write(p *config.Partnership) error {
	path := recordPath(p, config.Source{Agency: r.Agency, URL: r.Source})
	b, err := json.MarshalIndent(r, "", " ")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o700)
	}
	if err == nil {
		err = renameio.WriteFile(path, append(b, '\n'), 0o600)
	}
	if err != nil {
		return fmt.Errorf("recording what was fetched for %s: %w", r.Agency, err)
	}
	return nil
}

// Problems are the sources of the settings that could not be read the last time, in words.
func Problems(p *config.Partnership) ([]string, error) {
	var problems []string
	for _, s := range p.Sources {
		r, err := readRecord(p, s)
		if err != nil {
			return nil, err
		}
		if r.Problem != "" {
			problems = append(problems, fmt.Sprintf("the source of %s, %s, %s (on %s)", r.Agency, r.Source, r.Problem, r.Looked.Format("2 January 2006")))
		}
	}
	return problems, nil
}
