package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"wherry/config"
)

// Snapshot is a published DuckDB file. The zero Snapshot is none.
type Snapshot struct {
	Name string `json:"name"` // 000012-3f9a0c2b71de.duckdb
	Seq  int    `json:"seq"`  // counts up; a number is never used twice
	Hash string `json:"hash"` // of everything the file was made from
	Path string `json:"-"`
}

var snapshotForm = regexp.MustCompile(`^(\d{6,})-([0-9a-f]{12})\.duckdb$`)

// pointer is the file that names the current snapshot.
const pointer = "CURRENT"

// current reads which snapshot the pointer of a folder names; none is no error.
func current(folder string) (Snapshot, error) {
	b, err := os.ReadFile(filepath.Join(folder, pointer))
	if errors.Is(err, fs.ErrNotExist) {
		return Snapshot{}, nil
	}
	if err != nil {
		return Snapshot{}, fmt.Errorf("reading which warehouse is current: %w", err)
	}
	s, ok := snapshot(folder, strings.TrimSpace(string(b)))
	if !ok {
		return Snapshot{}, fmt.Errorf("reading which warehouse is current: %s does not name one",
			filepath.Join(folder, pointer))
	}
	return s, nil
}

func snapshot(folder, name string) (Snapshot, bool) {
	m := snapshotForm.FindStringSubmatch(name)
	if m == nil {
		return Snapshot{}, false
	}
	seq, err := strconv.Atoi(m[1])
	return Snapshot{name, seq, m[2], filepath.Join(folder, name)}, err == nil
}

// snapshots lists the published files of a folder, oldest first.
func snapshots(folder string) ([]Snapshot, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("listing the warehouse: %w", err)
	}
	var all []Snapshot
	for _, e := range entries {
		if s, ok := snapshot(folder, e.Name()); ok {
			all = append(all, s)
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Seq < all[j].Seq })
	return all, nil
}

// compare checks what is loaded against the archive and says which deliveries are there.
// Any difference in a delivery that is loaded is an error.
func compare(ctx context.Context, conn *sql.Conn, p *config.Partnership, ds []*Delivery) (map[string]bool, error) {
	archived := make(map[string]*Delivery, len(ds))
	for _, d := range ds {
		archived[d.ID] = d
	}
	loaded := map[string]bool{}
	err := each(ctx, conn, "select delivery_id, submission, accepted, quarantined from ledger.delivery",
		func(r *sql.Rows) error {
			var id string
			var submission int
			var accepted, quarantined int64
			if err := r.Scan(&id, &submission, &accepted, &quarantined); err != nil {
				return err
			}
			d := archived[id]
			if d == nil || loaded[id] || d.Submission != submission || d.Accepted != accepted || d.Quarantined != quarantined {
				return fmt.Errorf("delivery %s is not as the archive has it", id)
			}
			loaded[id] = true
			return nil
		})
	if err != nil {
		return nil, err
	}
	for _, c := range p.Contracts {
		if err := compareRows(ctx, conn, c, archived, loaded); err != nil {
			return nil, err
		}
	}
	return loaded, nil
}

// compareRows counts the rows of each delivery in a feed's table.
func compareRows(ctx context.Context, conn *sql.Conn, c *config.Contract, archived map[string]*Delivery, loaded map[string]bool) error {
	found := map[string]int64{}
	query := "select delivery_id, count(*) from landing." + Ident(c.Feed) + " group by all"
	err := each(ctx, conn, query, func(r *sql.Rows) error {
		var id string
		var n int64
		err := r.Scan(&id, &n)
		found[id] = n
		return err
	})
	if err != nil {
		return err
	}
	for id, n := range found {
		if d := archived[id]; d == nil || !loaded[id] || d.Feed != c.Feed || d.Accepted != n {
			return fmt.Errorf("the rows of delivery %s are not as the archive has them", id)
		}
	}
	for id := range loaded {
		if d := archived[id]; d.Feed == c.Feed && found[id] != d.Accepted {
			return fmt.Errorf("the rows of delivery %s are not as the archive has them", id)
		}
	}
	return nil
}
