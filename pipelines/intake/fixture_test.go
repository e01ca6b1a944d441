package intake

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"wherry/config"
	"wherry/pipelines/warehouse"
	"wherry/queries"
)

var asAt = config.Day(2026, time.October, 31)

const header = "visit_key,on,at,colour,kind,themes,n,score,ref,seen"

// partnership has one feed, visit, with a column of every type, and a quarterly one.
func partnership(t *testing.T) *config.Partnership {
	t.Helper()
	p := &config.Partnership{Root: t.TempDir()}
	p.Area, p.FirstPeriod = "E10000020", "2026-07"
	p.Paths = config.Paths{Inbox: "inbox", Outbox: "outbox", Archive: "archive", Warehouse: "warehouse"}
	p.Limits = config.Limits{Memory: "1GB", Threads: 2, ExtractBytes: 64 << 20, ExtractRows: 1_000_000}
	p.Agencies = []config.Agency{{ID: "north", Name: "North"}, {ID: "south", Name: "South"}}
	p.Codes = map[string]*config.CodeList{"kind": {Name: "kind", Codes: []config.Code{
		{Code: "old", ValidTo: config.Day(2026, time.August, 31)}, {Code: "new", ValidFrom: config.Day(2026, time.September, 1)}, {Code: "both"}}}}
	none, most := int64(0), int64(27)
	p.Contracts = []*config.Contract{{
		Feed: "visit", Agencies: []string{"north", "south"}, Every: config.Month, Starts: "2026-01", DueDays: 10,
		File:     config.FileForm{Pattern: "visit_{period}*", Formats: []string{"csv", "xlsx", "parquet", "arrow"}},
		PeriodBy: "on", Key: []string{"visit_key"},
		Columns: []config.Column{
			{Name: "visit_key", Type: "pseudonym", Required: true},
			{Name: "on", Type: "date", Required: true},
			{Name: "at", Type: "timestamp", Degrade: "hour"},
			{Name: "colour", Type: "code", Values: []string{"red", "blue"}, Map: map[string]string{"R": "red"}},
			{Name: "kind", Type: "code", Codes: "kind"},
			{Name: "themes", Type: "list", Values: []string{"a", "b"}},
			{Name: "n", Type: "integer", Min: &none, Max: &most},
			{Name: "score", Type: "decimal"},
			{Name: "ref", Keep: "reference", Type: "text"},
			{Name: "seen", Type: "date", Format: "%d/%m/%Y", Degrade: "month"},
		},
		Rules: []config.RowRule{{Code: "red_without_n", When: "colour = 'red' and n is null", Says: "A red visit needs n."}},
	}, {
		Feed: "stock", Agencies: []string{"south"}, Every: config.Quarter, Starts: "2026-04", DueDays: 10,
		File:    config.FileForm{Pattern: "stock_{period}*", Formats: []string{"csv"}, Encoding: "windows-1252", Delimiter: ";"},
		Columns: []config.Column{{Name: "site", Type: "text", Required: true}, {Name: "beds", Type: "integer"}},
	}}
	return p
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// row is a line of a visit extract with number i as its key, and the columns after it.
func row(i int, rest string) string { return fmt.Sprintf("%032x,%s", i, rest) }

const good = "2026-09-04,2026-09-04 10:45:00,red,both,a|b,3,1.5,T-1,30/09/2026"

// put writes a file into the inbox, as if it had come on a day of October.
func put(t *testing.T, p *config.Partnership, name, text string) string {
	t.Helper()
	path := filepath.Join(p.Root, "inbox", filepath.FromSlash(name))
	check(t, os.MkdirAll(filepath.Dir(path), 0o755))
	check(t, os.WriteFile(path, []byte(text), 0o644))
	on := config.Day(2026, time.October, 5)
	check(t, os.Chtimes(path, on, on))
	return path
}

func receive(t *testing.T, p *config.Partnership) Summary {
	t.Helper()
	w, err := warehouse.Open(t.Context(), p, tables(t), asAt)
	check(t, err)
	defer func() { check(t, w.Close()) }()
	s, err := receiveWith(t, w, p)
	check(t, err)
	return s
}

func receiveWith(t *testing.T, w *warehouse.Writer, p *config.Partnership) (Summary, error) {
	return Receive(t.Context(), w, p, asAt, func([]Outcome, time.Duration) {})
}

// one is the outcome of the only file in the inbox.
func one(t *testing.T, p *config.Partnership) Outcome {
	t.Helper()
	s := receive(t, p)
	if len(s.Outcomes) != 1 {
		t.Fatalf("%d outcomes for one file", len(s.Outcomes))
	}
	return s.Outcomes[0]
}

func visits(lines ...string) string { return header + "\n" + strings.Join(lines, "\n") + "\n" }

func deliveries(t *testing.T, p *config.Partnership) []*warehouse.Delivery {
	t.Helper()
	ds, err := warehouse.Deliveries(p)
	check(t, err)
	return ds
}

// published is what a reader sees of what w has accepted.
func published(t *testing.T, w *warehouse.Writer, p *config.Partnership) *warehouse.Reader {
	t.Helper()
	_, err := w.Publish(t.Context())
	check(t, err)
	r, err := warehouse.OpenReader(t.Context(), p)
	check(t, err)
	t.Cleanup(func() { check(t, r.Close()) })
	return r
}

// tables is the SQL of a warehouse that has the ledger and landing tables and no views, which
// are of feeds that these tests do not have.
func tables(t *testing.T) fs.FS {
	t.Helper()
	ledger, err := fs.ReadFile(queries.Files, "schema/ledger.sql")
	check(t, err)
	return fstest.MapFS{"schema/ledger.sql": {Data: ledger}}
}
