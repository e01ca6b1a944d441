package intake

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

// reading is what came of a file that was read one way or the other.
type reading struct {
	failed         bool
	rows, accepted int64
	refused        string // rule, column and message
	object         string // the bytes that the archive would keep, of a file that is not refused
}

// readers reads extracts of an inbox, one by one, either way.
type readers struct {
	*feedReceiver
	t *testing.T
}

func newReaders(t *testing.T, p *config.Partnership) readers {
	w, err := warehouse.Open(t.Context(), p, tables(t), asAt)
	check(t, err)
	t.Cleanup(func() { check(t, w.Close()) })
	scratch := t.TempDir()
	db, err := warehouse.Staging(t.Context(), p.Limits, 1, scratch)
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	conn, err := db.Conn(t.Context())
	check(t, err)
	return readers{&feedReceiver{receiver: &receiver{writer: w, partnership: p, asAt: asAt, scratch: scratch}, known: map[string]*warehouse.Delivery{}, conn: conn}, t}
}

// sources is the files of the inbox that reach the point at which rows are read.
func (r readers) sources() (all []*source) {
	extracts, err := scan(filepath.Join(r.partnership.Root, "inbox"), r.partnership, asAt)
	check(r.t, err)
	for _, e := range extracts {
		src, err := r.prepare(r.t.Context(), e)
		check(r.t, err)
		if src != nil {
			all = append(all, src)
		}
	}
	return all
}

func (r readers) carefully(src *source) reading {
	s, err := newStage(r.t.Context(), r.conn, r.partnership, batch{src})
	if err != nil {
		return reading{failed: true}
	}
	return r.came(s)
}

func (r readers) straight(src *source) reading {
	path := filepath.Join(r.scratch, src.id()+".parquet")
	s, err := straight(r.t.Context(), r.conn, r.partnership, r.writer, src, path)
	if err == nil {
		return r.came(s)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		r.t.Errorf("%s: a file was left behind: %v", src.file(), err)
	}
	return reading{failed: true}
}

func (r readers) came(s *stage) reading {
	got := reading{rows: s.results[0].rows}
	if f := s.results[0].refusal; f != nil {
		got.refused = f.Rule + " " + f.Column + " " + f.Message
		return got
	}
	check(r.t, s.views(r.t.Context()))
	check(r.t, r.conn.QueryRowContext(r.t.Context(), "select count(*) from accepted").Scan(&got.accepted))
	path := s.written
	if path == "" {
		path = filepath.Join(r.scratch, "careful.parquet")
		check(r.t, r.writer.Write(r.t.Context(), r.conn, "select * exclude (delivery_id) from accepted", path))
	}
	text, err := os.ReadFile(path)
	check(r.t, err)
	got.object = string(text)
	return got
}

// Every file of the corpus in which reading carefully finds nothing is read straight, to the
// same bytes; and no other is, unless it is refused in the same words.
func TestReadingStraightFindsWhatReadingCarefullyFinds(t *testing.T) {
	p := corpusPartnership(t)
	db, err := warehouse.Memory(t.Context())
	check(t, err)
	defer db.Close()
	for _, v := range verdicts(t) {
		text, err := os.ReadFile(filepath.Join("testdata/hostile", v.source))
		check(t, err)
		put(t, p, v.sentAs, string(made(t, db, text, v.recipe)))
	}
	r := newReaders(t, p)
	read, held := 0, 0
	for _, src := range r.sources() {
		careful, straight := r.carefully(src), r.straight(src)
		switch {
		case straight.failed:
			held++
			if !careful.failed && careful.refused == "" && careful.accepted == careful.rows && len(src.broken) == 0 {
				t.Errorf("%s has no fault, and was not read straight", src.file())
			}
		case straight != careful:
			t.Errorf("%s: %d rows read straight, %q; carefully %d, %q, the same object %v", src.file(), straight.accepted, straight.refused,
				careful.accepted, careful.refused, straight.object == careful.object)
		default:
			read++
		}
	}
	if read < 40 || held < 20 {
		t.Errorf("%d files were read straight and %d were not: the test saw too little", read, held)
	}
}

// Each of these rows is at fault in one way, after good ones.
func TestOneRowAtFaultIsNeverReadStraight(t *testing.T) {
	rows := map[string]string{
		"no key": ",2026-09-04,,,,,,,,", "not a pseudonym": "X,2026-09-04,,,,,,,,",
		"no date": row(7, ",,,,,,,,"), "not a date": row(7, "2026-09-31,,,,,,,,"), "another period": row(7, "2026-10-01,,,,,,,,"),
		"not a time": row(7, "2026-09-04,2026-09-04 25:00:00,,,,,,,"), "a time with its zone": row(7, "2026-09-04,2026-09-04 10:00:0Z,,,,,,,"),
		"a birth": row(7, "2026-09-04,,,,,,,,01/05/1991"), "not a code": row(7, "2026-09-04,,green,,,,,,"),
		"a code of another time": row(7, "2026-09-04,,,old,,,,,"), "not in a list": row(7, "2026-09-04,,,,a|c,,,,"),
		"half a whole number": row(7, "2026-09-04,,,,,1.5,,,"), "not a number": row(7, "2026-09-04,,,,,,many,,"), "no end": row(7, "2026-09-04,,,,,,inf,,"),
		"out of range": row(7, "2026-09-04,,,,,28,,,"), "a cell's error": row(7, "2026-09-04,,,,,,,#N/A,"),
		"too long": row(7, "2026-09-04,,,,,,,"+strings.Repeat("x", 201)+","), "an identifier": row(7, "2026-09-04,,,,,,,NR1 3JU,"),
		"a rule": row(7, "2026-09-04,,red,,,,,,"), "the same key": row(1, "2026-09-04,,,,,,,,"),
	}
	for name, bad := range rows {
		t.Run(name, func(t *testing.T) {
			p := partnership(t)
			put(t, p, "north/visit_2026-09.csv", visits(row(1, good), row(2, good), bad))
			put(t, p, "south/visit_2026-09.csv", visits(row(1, good), row(2, good)))
			r := newReaders(t, p)
			sources := r.sources()
			if got := r.straight(sources[0]); !got.failed {
				t.Errorf("%s was read straight: %d rows", sources[0].file(), got.accepted)
			}
			if got := r.straight(sources[1]); got.failed || got.accepted != 2 {
				t.Errorf("%s was not read straight", sources[1].file())
			}
		})
	}
}

// What lies on another disk than the archive cannot just be renamed.
func TestTheArchiveMayLieOnAnotherDisk(t *testing.T) {
	p := partnership(t)
	archive, err := os.MkdirTemp("/dev/shm", "wherry-test-")
	if err != nil {
		t.Skip("there is no second disk here")
	}
	t.Cleanup(func() { check(t, os.RemoveAll(archive)) })
	p.Paths.Archive = archive
	put(t, p, "north/visit_2026-09.csv", visits(row(1, good), row(2, good)))
	if o := one(t, p); o.Status != Loaded || o.Accepted != 2 {
		t.Fatalf("%+v", o)
	}
	kept, err := os.Stat(filepath.Join(archive, "objects", deliveries(t, p)[0].Object+".parquet"))
	check(t, err)
	if kept.Mode().Perm() != 0o600 {
		t.Errorf("the object is of mode %v", kept.Mode())
	}
}
