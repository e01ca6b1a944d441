package warehouse

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"wherry/config"
)

var asAt = config.Day(2026, time.October, 31)

// partnership is one with a single feed, visit, of two agencies. Where root holds keys, its
// archive is sealed: see sealing.
func partnership(root string) *config.Partnership {
	p := &config.Partnership{Root: root}
	p.Area, p.FirstPeriod = "E10000020", "2026-07"
	p.Paths = config.Paths{Inbox: "inbox", Outbox: "outbox", Archive: "archive", Warehouse: "warehouse"}
	p.Limits = config.Limits{Memory: "512MB", Threads: 2}
	p.Areas = []config.Area{{Code: "E10000020", Name: "Norfolk", Kind: "county"}}
	p.Codes = map[string]*config.CodeList{"colour": {Name: "colour", Codes: []config.Code{{Code: "red", Label: "Red"}}}}
	p.Contracts = []*config.Contract{{
		Feed: "visit", Agencies: []string{"north", "south"}, Every: config.Month, Starts: "2026-07", DueDays: 10,
		Columns: []config.Column{
			{Name: "visit_key", Type: "pseudonym"}, {Name: "on", Type: "date"}, {Name: "n", Type: "integer"},
			{Name: "themes", Type: "list"},
		},
	}}
	if to, err := os.ReadFile(filepath.Join(root, "recipients")); err == nil {
		p.Age = config.Age{IdentityFile: "age.key", ArchiveRecipients: strings.Fields(string(to))}
	}
	return p
}

func sqlFiles() fstest.MapFS {
	ledger, err := os.ReadFile("../../queries/schema/ledger.sql")
	if err != nil {
		panic(err)
	}
	return fstest.MapFS{
		"schema/ledger.sql": {Data: ledger},
		"macros/twice.sql":  {Data: []byte("create or replace macro twice(a) as a * 2;")},
		"core/visit.sql": {Data: []byte(`create or replace view core.visit as select *, twice(n) as n2 from landing.visit
			where delivery_id in (select delivery_id from ledger.current);`)},
	}
}

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func openWriter(t *testing.T, p *config.Partnership) *Writer {
	t.Helper()
	return must(Open(t.Context(), p, sqlFiles(), asAt))(t)
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func visit(agency, period string, n int) *Delivery {
	sum := sha256.Sum256(fmt.Append(nil, agency, period, n))
	hash := hex.EncodeToString(sum[:])
	return &Delivery{ID: hash[:16], SHA256: hash, Agency: agency, Feed: "visit", Period: period,
		Extract: "visit_" + period + ".csv", ArrivedOn: "2026-10-01", Warned: map[string]int64{"long_wait": 2, "no_reason": int64(n)}}
}

// accept loads a batch in which each delivery has n rows and one more in quarantine.
func accept(ctx context.Context, w *Writer, n int, batch ...*Delivery) error {
	var ids []string
	for _, d := range batch {
		ids = append(ids, d.ID)
	}
	return acceptRows(ctx, w, fmt.Sprintf(`select delivery_id, i + 2 as line, md5(delivery_id || i) as visit_key,
			date '2026-07-01' + (i %% 30)::integer as "on", i as n, ['a', 'b'] as themes
			from (select unnest(%s) as delivery_id), range(%d) r(i)`, List(ids), n), n+2, batch...)
}

// acceptRows loads a batch with the rows of a query, and puts a line of each in quarantine.
func acceptRows(ctx context.Context, w *Writer, rows string, bad int, batch ...*Delivery) error {
	folder, err := os.MkdirTemp("", "staging-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	db, err := Staging(ctx, w.partnership.Limits, 1, folder)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	var ids []string
	for _, d := range batch {
		ids = append(ids, d.ID)
	}
	err = run(ctx, conn,
		"create or replace temp table good as "+rows,
		fmt.Sprintf(`create or replace temp table bad as select delivery_id, %d::bigint as line, rule, 'on' as column_name
			from (select unnest(['not_a_date', 'required']) as rule), (select unnest(%s) as delivery_id)`, bad, List(ids)))
	if err != nil {
		return err
	}
	return w.Accept(ctx, conn, w.partnership.Contracts[0], batch, "good", "bad", "")
}

func rowsIn(t *testing.T, p *config.Partnership, query string) (n int) {
	t.Helper()
	r := must(OpenReader(t.Context(), p))(t)
	defer r.Close()
	check(t, r.QueryRowContext(t.Context(), query).Scan(&n))
	return n
}

func TestAcceptedIsReadableAfterPublish(t *testing.T) {
	p := partnership(t.TempDir())
	w := openWriter(t, p)
	defer w.Close()
	check(t, accept(t.Context(), w, 100, visit("north", "2026-07", 1), visit("south", "2026-07", 1)))
	check(t, accept(t.Context(), w, 50, visit("north", "2026-07", 2)))
	must(w.Publish(t.Context()))(t)

	for query, want := range map[string]int{
		"select count(*) from landing.visit":                                                    250,
		"select count(*) from core.visit":                                                       150,
		"select max(submission) from ledger.delivery where agency = 'north'":                    2,
		"select count(*) from ledger.expected":                                                  6, // Jul Aug Sep, two agencies
		"select count(*) from quarantine.reason":                                                6,
		"select sum(quarantined)::integer from ledger.delivery":                                 3,
		"select sum(kept)::integer from quarantine.warning":                                     10, // two rules of three deliveries
		"select max(n2) from core.visit":                                                        198,
		"select count(*) from reference.code where list = 'colour'":                             1,
		"select count(*) from reference.area where code = (select area from reference.setting)": 1,
	} {
		if got := rowsIn(t, p, query); got != want {
			t.Errorf("%s: got %d, want %d", query, got, want)
		}
	}
	d := must(Deliveries(p))(t)[0]
	want := []Reason{{102, "not_a_date", "on"}, {102, "required", "on"}}
	if diff := cmp.Diff(want, d.Reasons); diff != "" {
		t.Errorf("reasons of a delivery (-want +got):\n%s", diff)
	}
}

func TestNothingNewPublishesNothing(t *testing.T) {
	p := partnership(t.TempDir())
	w := openWriter(t, p)
	// Out of the order in which the archive is read again.
	check(t, accept(t.Context(), w, 10, visit("south", "2026-08", 1), visit("north", "2026-07", 1)))
	first := must(w.Publish(t.Context()))(t)
	check(t, w.Close())

	w = openWriter(t, p)
	defer w.Close()
	if again := must(w.Publish(t.Context()))(t); again != first {
		t.Errorf("published %s again as %s", first.Name, again.Name)
	}
	w.files.(fstest.MapFS)["core/visit.sql"] = &fstest.MapFile{Data: []byte("create or replace view core.other as select 1 as one")}
	changed := must(w.Publish(t.Context()))(t)
	if changed.Seq != first.Seq+1 || changed.Hash == first.Hash {
		t.Errorf("a changed view was published as %s after %s", changed.Name, first.Name)
	}
	if n := rowsIn(t, p, "select count(*) from duckdb_views() where schema_name = 'core'"); n != 1 {
		t.Errorf("%d core views after one replaced the other, want 1", n)
	}
}

func TestOnlyTheLastSnapshotsStay(t *testing.T) {
	p := partnership(t.TempDir())
	w := openWriter(t, p)
	defer w.Close()
	for n := range 5 {
		check(t, accept(t.Context(), w, 1, visit("north", "2026-07", n)))
		must(w.Publish(t.Context()))(t)
	}
	all := must(snapshots(w.folder))(t)
	if len(all) != keptSnapshots || all[2].Seq != 5 {
		t.Errorf("snapshots after five: %v", all)
	}
	left := must(filepath.Glob(filepath.Join(w.folder, unfinished+"*")))(t)
	if len(left) > 0 {
		t.Errorf("private files left behind: %v", left)
	}
}

func TestSecondWriterIsToldWhoHoldsTheLock(t *testing.T) {
	p := partnership(t.TempDir())
	w := openWriter(t, p)
	defer w.Close()
	_, err := Open(t.Context(), p, sqlFiles(), asAt)
	if err == nil || !strings.Contains(err.Error(), fmt.Sprint(os.Getpid())) {
		t.Errorf("second writer: %v, want an error naming process %d", err, os.Getpid())
	}
}

func TestUnpublishedDeliveryComesWithTheNextWriter(t *testing.T) {
	p := partnership(t.TempDir())
	w := openWriter(t, p)
	check(t, accept(t.Context(), w, 10, visit("north", "2026-07", 1)))
	must(w.Publish(t.Context()))(t)
	check(t, accept(t.Context(), w, 20, visit("north", "2026-08", 1)))
	check(t, w.Close())

	w = openWriter(t, p)
	defer w.Close()
	must(w.Publish(t.Context()))(t)
	if n := rowsIn(t, p, "select count(*) from core.visit"); n != 30 {
		t.Errorf("%d rows, want 30", n)
	}
}

func TestDamagedCurrentFileIsMadeAfresh(t *testing.T) {
	for name, damage := range map[string]func(s Snapshot, folder string) error{
		"truncated": func(s Snapshot, _ string) error { return os.Truncate(s.Path, 5000) },
		"gone":      func(s Snapshot, _ string) error { return os.Remove(s.Path) },
		"pointer garbled": func(_ Snapshot, folder string) error {
			return os.WriteFile(filepath.Join(folder, pointer), []byte("../x\n"), 0o644)
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := partnership(t.TempDir())
			w := openWriter(t, p)
			check(t, accept(t.Context(), w, 10, visit("north", "2026-07", 1)))
			s := must(w.Publish(t.Context()))(t)
			check(t, w.Close())
			check(t, damage(s, w.folder))

			w = openWriter(t, p)
			defer w.Close()
			must(w.Publish(t.Context()))(t)
			if n := rowsIn(t, p, "select count(*) from core.visit"); n != 10 {
				t.Errorf("%d rows, want 10", n)
			}
		})
	}
}

func TestNewColumnOfAContractIsNullInOldDeliveries(t *testing.T) {
	p := partnership(t.TempDir())
	w := openWriter(t, p)
	check(t, accept(t.Context(), w, 10, visit("north", "2026-07", 1)))
	must(w.Publish(t.Context()))(t)
	check(t, w.Close())

	p.Contracts[0].Columns = append(p.Contracts[0].Columns, config.Column{Name: "late", Type: "code"})
	w = openWriter(t, p)
	defer w.Close()
	must(w.Publish(t.Context()))(t)
	if n := rowsIn(t, p, "select count(*) from landing.visit where late is null"); n != 10 {
		t.Errorf("%d rows, want 10", n)
	}
}

func TestReaderIsLockedDown(t *testing.T) {
	p := partnership(t.TempDir())
	w := openWriter(t, p)
	defer w.Close()
	check(t, accept(t.Context(), w, 10, visit("north", "2026-07", 1)))
	must(w.Publish(t.Context()))(t)
	r := must(OpenReader(t.Context(), p))(t)
	defer r.Close()
	out := filepath.Join(p.Root, "out.csv")
	for _, attack := range []string{
		"insert into landing.visit (line) values (1)",
		"drop table landing.visit",
		"create table t (i integer)",
		"copy landing.visit to " + Text(out),
		"select * from read_csv('/etc/passwd')",
		"select * from read_text('/etc/passwd')",
		"attach " + Text(out) + " as other",
		"set enable_external_access = true",
		"set threads = 8",
		"install httpfs",
		"load httpfs",
	} {
		if _, err := r.ExecContext(t.Context(), attack); err == nil {
			t.Errorf("%s went through", attack)
		}
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a file was written")
	}
	var n int
	check(t, r.QueryRowContext(t.Context(), "select count(*) from core.visit").Scan(&n))
	if n != 10 {
		t.Errorf("%d rows after the attacks, want 10", n)
	}
}

func TestTwoReadersOfOneSnapshotInOneProcess(t *testing.T) {
	p := partnership(t.TempDir())
	p.Limits.Memory = "40MB"
	w := openWriter(t, p)
	defer w.Close()
	check(t, accept(t.Context(), w, 50_000, visit("north", "2026-07", 1)))
	must(w.Publish(t.Context()))(t)
	first := must(OpenReader(t.Context(), p))(t)
	second := must(OpenReader(t.Context(), p))(t)
	defer second.Close()
	check(t, first.Close())
	var n int
	// Larger than the memory allowed, so that it spills to the folder both share.
	check(t, second.QueryRowContext(t.Context(), `select count(*) from (
		select visit_key, i, row_number() over (order by visit_key, i desc) as place
		from landing.visit, range(20) r(i)) where place > 0`).Scan(&n))
	if n != 1_000_000 {
		t.Errorf("%d rows, want 1000000", n)
	}
	if _, err := second.ExecContext(t.Context(), "set threads = 8"); err == nil {
		t.Error("the second reader is not locked")
	}
}

func TestReaderKeepsItsSnapshot(t *testing.T) {
	p := partnership(t.TempDir())
	w := openWriter(t, p)
	defer w.Close()
	check(t, accept(t.Context(), w, 10, visit("north", "2026-07", 1)))
	must(w.Publish(t.Context()))(t)
	r := must(OpenReader(t.Context(), p))(t)
	defer r.Close()
	for n := range 5 {
		check(t, accept(t.Context(), w, 10, visit("south", "2026-07", n)))
		must(w.Publish(t.Context()))(t)
	}
	var n int
	check(t, r.QueryRowContext(t.Context(), "select count(*) from core.visit").Scan(&n))
	if n != 10 {
		t.Errorf("an open reader sees %d rows after later publishes, want 10", n)
	}
	if n := rowsIn(t, p, "select count(*) from core.visit"); n != 20 {
		t.Errorf("a new reader sees %d rows, want 20", n)
	}
}

func TestRunsAreAddedAndNeverChanged(t *testing.T) {
	p := partnership(t.TempDir())
	started := time.Date(2026, 10, 31, 2, 0, 0, 0, time.UTC)
	run := Run{Job: "receive", Started: started, Ended: started.Add(time.Minute), Outcome: "done",
		Inputs: []string{"ab"}, Steps: []Step{{"load", 1.5, "3 loaded"}}}
	recorded := must(Record(p, run))(t)
	if _, err := Record(p, run); err == nil {
		t.Error("a run was recorded over another")
	}
	later := run
	later.Started = started.Add(time.Hour)
	must(Record(p, later))(t)
	got := must(Runs(p))(t)
	if len(got) != 2 || !cmp.Equal(got[0], recorded) {
		t.Errorf("runs: %v", got)
	}
}
