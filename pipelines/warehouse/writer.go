package warehouse

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"filippo.io/age"
	"github.com/gofrs/flock"

	"wherry/config"
	"wherry/pipelines/seal"
)

// Writer is the one process that may add to the archive and publish the warehouse. Accept
// and Deliveries may be called side by side; nothing else may.
type Writer struct {
	partnership *config.Partnership
	files       fs.FS
	asAt        time.Time
	archive     archive
	folder      string // of the DuckDB files
	lock        *flock.Flock
	keys        func() ([]age.Identity, error) // that open what is sealed
	entering    sync.Mutex                     // guards deliveries and fresh
	deliveries  []*Delivery
	fresh       fresh

	db       *sql.DB // the private file, once something needs it
	conn     *sql.Conn
	building string
}

// Open takes the partnership's warehouse for writing. files holds schema/, macros/ and
// core/, the SQL of package queries; asAt is the day on which returns are due or not.
// Where another process holds the lock the error names it.
func Open(ctx context.Context, p *config.Partnership, files fs.FS, asAt time.Time) (*Writer, error) {
	w := &Writer{
		partnership: p, files: files, asAt: asAt,
		archive: archive{Dir(p, p.Paths.Archive)},
		folder:  Dir(p, p.Paths.Warehouse),
		keys:    sync.OnceValues(func() ([]age.Identity, error) { return seal.Keys(p) }),
	}
	for _, dir := range []string{w.folder, w.archive.root} {
		if err := shut(dir); err != nil {
			return nil, fmt.Errorf("making the folders of the warehouse: %w", err)
		}
	}
	if err := w.acquire(); err != nil {
		return nil, err
	}
	err := w.archive.make()
	if err == nil {
		err = w.sweep()
	}
	if err == nil {
		w.deliveries, err = w.archive.read()
	}
	if err != nil {
		return nil, errors.Join(err, w.lock.Unlock())
	}
	return w, nil
}

func (w *Writer) acquire() error {
	path := filepath.Join(w.folder, "LOCK")
	w.lock = flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))
	held, err := w.lock.TryLock()
	if err != nil {
		return fmt.Errorf("locking the warehouse: %w", err)
	}
	if held {
		return os.WriteFile(path, fmt.Appendf(nil, "%d\n", os.Getpid()), 0o600)
	}
	holder, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("the warehouse is held by another process: %w", err)
	}
	return fmt.Errorf("the warehouse is held by process %s: wait until it ends, or stop it",
		strings.TrimSpace(string(holder)))
}

// spilled begins the name of a reader's folder; its process id follows.
const spilled = "spill-"

// sweep removes private files that an earlier writer left behind, and folders of readers
// that are no more.
func (w *Writer) sweep() error {
	entries, err := os.ReadDir(w.folder)
	if err != nil {
		return fmt.Errorf("clearing the warehouse folder: %w", err)
	}
	for _, e := range entries {
		var pid int
		_, scan := fmt.Sscanf(e.Name(), spilled+"%d-", &pid)
		if strings.HasPrefix(e.Name(), unfinished) || (scan == nil && !alive(pid)) {
			if err := os.RemoveAll(filepath.Join(w.folder, e.Name())); err != nil {
				return fmt.Errorf("clearing the warehouse folder: %w", err)
			}
		}
	}
	return nil
}

func alive(pid int) bool {
	process, err := os.FindProcess(pid)
	return err == nil && process.Signal(syscall.Signal(0)) == nil
}

// Deliveries is every Delivery in the archive, those of this Writer included. The caller
// must not change them.
func (w *Writer) Deliveries() []*Delivery {
	w.entering.Lock()
	defer w.entering.Unlock()
	return slices.Clone(w.deliveries)
}

// begun makes the private file where there is none yet. What it holds is every Delivery so far.
func (w *Writer) begun(ctx context.Context) error {
	if w.conn != nil {
		return nil
	}
	if err := w.begin(ctx); err != nil {
		return errors.Join(err, w.discard())
	}
	return nil
}

// Accept makes a batch of deliveries of one feed exist; Publish loads them. rows names a
// relation on conn, which is of a Staging, with delivery_id, line and the feed's kept
// columns, and gives the rows of each delivery in the order of their lines; reasons names one
// with delivery_id, line, rule and column_name. written is a file that Write made of the rows of
// an only delivery, which Accept may move to where it is kept; "" for none. Accept fills in each Delivery's Accepted,
// Quarantined, Reasons, Late, Object and Submission. When it returns nil they are on disk; when it
// does not, none of them may be, and the Writer must be closed. Feeds may be accepted side by
// side, each on a Staging of its own.
func (w *Writer) Accept(ctx context.Context, conn *sql.Conn, c *config.Contract, batch []*Delivery, rows, reasons, written string) error {
	left, err := w.withoutForgotten(c, rows)
	if err != nil {
		return err
	}
	if left != rows {
		rows, written = left, ""
	}
	if err := count(ctx, conn, batch, rows, reasons); err != nil {
		return fmt.Errorf("counting the rows of %s: %w", c.Feed, err)
	}
	if err := countLate(ctx, conn, c, batch, rows); err != nil {
		return fmt.Errorf("counting the late rows of %s: %w", c.Feed, err)
	}
	if written != "" {
		err = w.place(batch[0], written)
	} else {
		err = w.keep(ctx, conn, c, batch, rows)
	}
	if err != nil {
		return fmt.Errorf("archiving the rows of %s: %w", c.Feed, err)
	}
	w.number(batch)
	return w.archive.write(batch)
}

// number gives each delivery its submission and enters it.
func (w *Writer) number(batch []*Delivery) {
	w.entering.Lock()
	defer w.entering.Unlock()
	for _, d := range batch {
		d.Submission = w.next(d)
		w.deliveries = append(w.deliveries, d)
	}
}

// next is the number of d among the submissions of its agency, feed and period.
func (w *Writer) next(d *Delivery) int {
	n := 1
	for _, e := range w.deliveries {
		if e.Agency == d.Agency && e.Feed == d.Feed && e.Period == d.Period && e.Submission >= n {
			n = e.Submission + 1
		}
	}
	return n
}

func count(ctx context.Context, conn *sql.Conn, batch []*Delivery, rows, reasons string) error {
	byID := make(map[string]*Delivery, len(batch))
	for _, d := range batch {
		byID[d.ID], d.Reasons, d.Accepted, d.Quarantined = d, []Reason{}, 0, 0
	}
	err := each(ctx, conn, "select delivery_id, count(*) from "+rows+" group by all", func(r *sql.Rows) error {
		var id string
		var n int64
		if err := r.Scan(&id, &n); err != nil {
			return err
		}
		byID[id].Accepted = n
		return nil
	})
	if err != nil {
		return err
	}
	return each(ctx, conn, "select delivery_id, line, rule, coalesce(column_name, '') from "+reasons+
		" order by all", func(r *sql.Rows) error {
		var id string
		var reason Reason
		if err := r.Scan(&id, &reason.Line, &reason.Rule, &reason.Column); err != nil {
			return err
		}
		d := byID[id]
		if n := len(d.Reasons); n == 0 || d.Reasons[n-1].Line != reason.Line {
			d.Quarantined++
		}
		d.Reasons = append(d.Reasons, reason)
		return nil
	})
}

// largeForm is how the object of an only delivery is written, which may be large: it takes a
// quarter less room and time than DuckDB's usual form, and gives up the trial of a dictionary
// sooner for values that nearly all differ, as pseudonyms do. Of many small ones each would
// be a tenth larger so.
const largeForm = "format parquet, parquet_version v2, compression snappy, dictionary_size_limit 10000"

// Write writes rows, a query that gives line and the kept columns of a feed in the order of the
// lines, to a file of the form that the object of an only delivery has. conn is of a Staging.
func (w *Writer) Write(ctx context.Context, conn *sql.Conn, rows, path string) error {
	// One thread writes the same bytes each time.
	if err := run(ctx, conn, "set threads = 1"); err != nil {
		return err
	}
	err := run(ctx, conn, "copy ("+rows+") to "+Text(path)+" ("+largeForm+")")
	return errors.Join(err, run(context.WithoutCancel(ctx), conn, w.threads()))
}

// keep writes the accepted rows of each delivery as an object named by its own hash. One
// statement for all is several times cheaper than one each.
func (w *Writer) keep(ctx context.Context, conn *sql.Conn, c *config.Contract, batch []*Delivery, rows string) error {
	temp, err := w.unplaced(batch[0].ID)
	if err != nil {
		return err
	}
	columns := names(c.Columns)
	if len(batch) == 1 {
		err := w.Write(ctx, conn, "select line, "+columns+" from "+rows, temp)
		if err == nil {
			err = w.place(batch[0], temp)
		}
		return errors.Join(err, os.RemoveAll(temp))
	}
	write := fmt.Sprintf("copy (select delivery_id, line, %s from %s) to %s (format parquet, compression snappy, partition_by (delivery_id))", columns, rows, Text(temp))
	if err := run(ctx, conn, "set threads = 1", write, w.threads()); err != nil {
		return err
	}
	for _, d := range batch {
		if err := w.place(d, filepath.Join(temp, "delivery_id="+d.ID, "data_0.parquet")); err != nil {
			return fmt.Errorf("delivery %s: %w", d.ID, err)
		}
	}
	return os.RemoveAll(temp)
}

// threads is the statement that sets the number of threads back.
func (w *Writer) threads() string {
	if n := w.partnership.Limits.Threads; n > 0 {
		return fmt.Sprintf("set threads = %d", n)
	}
	return "reset threads"
}

// place moves the rows of d from where DuckDB wrote them to the name their bytes give, sealed
// where the settings say so.
func (w *Writer) place(d *Delivery, written string) (err error) {
	if d.Accepted == 0 {
		return nil
	}
	if d.Object, err = hashFile(written); err != nil {
		return err
	}
	// Rows past what one file takes would be in a second one.
	if more, err := filepath.Glob(filepath.Join(filepath.Dir(written), "data_[1-9]*.parquet")); err != nil || len(more) > 0 {
		return errors.Join(err, fmt.Errorf("DuckDB wrote %d files more than one", len(more)))
	}
	if err := os.Chmod(written, 0o600); err != nil {
		return err
	}
	if w.seals() {
		return w.put(d.Object, written)
	}
	return w.move(written, d)
}

// move makes a file the object of d. One that lies on another disk than the archive is copied
// to it first.
func (w *Writer) move(written string, d *Delivery) error {
	err := os.Rename(written, w.archive.object(d.Object))
	if !errors.Is(err, syscall.EXDEV) {
		return err
	}
	temp := filepath.Join(w.archive.objects(), unfinished+d.ID)
	if err := copyFile(written, temp); err != nil {
		return err
	}
	return errors.Join(os.Rename(temp, w.archive.object(d.Object)), os.Remove(written))
}

func hashFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// discard closes and removes the private file.
func (w *Writer) discard() error {
	err := w.release()
	if w.building == "" {
		return err
	}
	dir := filepath.Dir(w.building)
	w.building = ""
	return errors.Join(err, os.RemoveAll(dir))
}

// release closes the private file and leaves it where it is.
func (w *Writer) release() error {
	var err error
	if w.conn != nil {
		err = w.conn.Close()
	}
	if w.db != nil {
		err = errors.Join(err, w.db.Close())
	}
	w.conn, w.db = nil, nil
	return err
}

// Close gives the warehouse up. What was not published is loaded again from the archive by
// the next Writer.
func (w *Writer) Close() error { return errors.Join(w.discard(), w.putAway(), w.lock.Unlock()) }

// run executes statements in turn.
func run(ctx context.Context, conn *sql.Conn, statements ...string) error {
	for _, s := range statements {
		if _, err := conn.ExecContext(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// each calls take for every row of a query.
func each(ctx context.Context, conn *sql.Conn, query string, take func(*sql.Rows) error) error {
	rows, err := conn.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := take(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
