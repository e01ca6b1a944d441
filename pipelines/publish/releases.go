package publish

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/renameio/v2"

	"wherry/config"
	"wherry/pipelines/warehouse"
	"wherry/queries"
)

// releases is the release ledger: one record per edition issued, in the archive, in order.
// It holds what editions hide, so only the owner may read it.
type releases struct{ root string }

func releasesOf(p *config.Partnership) releases {
	return releases{filepath.Join(warehouse.Dir(p, p.Paths.Archive), "releases")}
}

// record is one edition's entry in the release ledger.
type record struct {
	Inputs  Inputs           `json:"inputs"`
	Release *queries.Release `json:"release"`
	hash    string
}

// Withdrawal is the decision to take an edition back. An edition that nobody outside the
// team has seen binds no later one; any other still counts as read.
type Withdrawal struct {
	Edition string    `json:"edition"`
	On      time.Time `json:"on"`
	By      string    `json:"by"` // a role
	Why     string    `json:"why"`
	Unseen  bool      `json:"unseen"`
}

// read is every record, the earliest first.
func (l releases) read() ([]record, error) {
	paths, err := filepath.Glob(filepath.Join(l.root, "*.json.gz"))
	if err != nil {
		return nil, err
	}
	slices.Sort(paths)
	var all []record
	for _, path := range paths {
		r, err := readRecord(path)
		if err != nil {
			return nil, fmt.Errorf("reading the release ledger: %s: %w", filepath.Base(path), err)
		}
		all = append(all, r)
	}
	return all, nil
}

func readRecord(path string) (record, error) {
	packed, err := os.ReadFile(path)
	if err != nil {
		return record{}, err
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return record{}, err
	}
	text, err := io.ReadAll(unpacked)
	if err != nil {
		return record{}, err
	}
	r := record{hash: hash(text)}
	return r, json.Unmarshal(text, &r)
}

// before is the records that an edition made from inputs comes after, without those that
// nobody saw. Publishing the newest edition again comes after the same ones as it did.
func (l releases) before(inputs Inputs) ([]record, error) {
	all, err := l.read()
	if err != nil {
		return nil, err
	}
	withdrawn, err := l.withdrawals()
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(r record) bool {
		return slices.ContainsFunc(withdrawn, func(w Withdrawal) bool { return w.Unseen && w.Edition == r.Release.Edition })
	})
	if n := len(all); n > 0 {
		last := all[n-1].Inputs
		last.History = inputs.History
		if last == inputs {
			all = all[:n-1]
		}
	}
	return all, nil
}

// historyOf is what the readers of some editions may have kept, and its hash.
func historyOf(records []record) (*queries.History, string, error) {
	var told []*queries.Release
	var hashes strings.Builder
	for _, r := range records {
		told = append(told, r.Release)
		hashes.WriteString(r.hash)
	}
	h, err := queries.NewHistory(told...)
	return h, hash([]byte(hashes.String())), err
}

// add appends the record of an edition, durably, unless it is the last one already.
func (l releases) add(inputs Inputs, release *queries.Release) error {
	text, err := json.Marshal(record{Inputs: inputs, Release: release})
	if err != nil {
		return fmt.Errorf("writing the release ledger: %w", err)
	}
	known, err := filepath.Glob(filepath.Join(l.root, "*.json.gz"))
	if err != nil {
		return err
	}
	slices.Sort(known)
	if n := len(known); n > 0 && strings.HasSuffix(known[n-1], "-"+release.Edition+".json.gz") {
		return nil
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(text); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	if err := os.MkdirAll(l.root, 0o700); err != nil {
		return fmt.Errorf("making the release ledger: %w", err)
	}
	path := filepath.Join(l.root, fmt.Sprintf("%06d-%s.json.gz", len(known)+1, release.Edition))
	if err := renameio.WriteFile(path, packed.Bytes(), 0o600); err != nil {
		return fmt.Errorf("writing the release ledger: %w", err)
	}
	return syncDir(l.root)
}

// withdrawals is every decision to take an edition back, by edition.
func (l releases) withdrawals() ([]Withdrawal, error) {
	entries, err := os.ReadDir(l.withdrawn())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading withdrawals: %w", err)
	}
	var all []Withdrawal
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".json" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(l.withdrawn(), e.Name()))
		if err != nil {
			return nil, fmt.Errorf("reading withdrawals: %w", err)
		}
		var w Withdrawal
		if err := json.Unmarshal(text, &w); err != nil {
			return nil, fmt.Errorf("reading withdrawals: %s: %w", e.Name(), err)
		}
		all = append(all, w)
	}
	return all, nil
}

// withdrawn is the folder of withdrawals: NAME.json for each, and the edition's files in NAME.
func (l releases) withdrawn() string { return filepath.Join(filepath.Dir(l.root), "withdrawn") }
