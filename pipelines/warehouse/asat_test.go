package warehouse

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"wherry/config"
)

// TestAsAtGivesWhatWasKnownThen: a return, one that comes a month late for an earlier period,
// and a resubmission of the first, looked at from days before and after each.
func TestAsAtGivesWhatWasKnownThen(t *testing.T) {
	p := partnership(t.TempDir())
	w := openWriter(t, p)
	come := func(d *Delivery, on string, rows int) {
		d.ArrivedOn = on
		check(t, accept(t.Context(), w, rows, d))
	}
	come(visit("north", "2026-08", 1), "2026-09-08", 100)
	come(visit("south", "2026-07", 1), "2026-09-20", 30)
	come(visit("north", "2026-08", 2), "2026-10-05", 70)
	must(w.Publish(t.Context()))(t)
	check(t, w.Close())
	was := must(os.ReadFile(filepath.Join(w.folder, pointer)))(t)

	for _, c := range []struct {
		on                     time.Time
		rows, submission, owed int
	}{
		{config.Day(2026, time.September, 7), 0, 0, 4},
		{config.Day(2026, time.September, 8), 100, 1, 4},
		{config.Day(2026, time.September, 30), 130, 1, 4},
		{config.Day(2026, time.October, 4), 130, 1, 6},
		{config.Day(2026, time.October, 5), 100, 2, 6},
		{asAt, 100, 2, 6},
		{config.Day(2027, time.January, 1), 100, 2, 6}, // what came later is not known yet
	} {
		r := must(OpenReaderAt(t.Context(), p, sqlFiles(), c.on))(t)
		var rows, submission, owed int
		check(t, r.QueryRowContext(t.Context(), `select (select count(*) from core.visit), (select coalesce(max(submission), 0) from ledger.current where agency = 'north'),
			(select count(*) from ledger.expected)`).Scan(&rows, &submission, &owed))
		if _, err := r.ExecContext(t.Context(), "set threads = 8"); err == nil {
			t.Errorf("as at %s the reader is not locked", day(c.on))
		}
		check(t, r.Close())
		if rows != c.rows || submission != c.submission || owed != c.owed {
			t.Errorf("as at %s: %d rows, submission %d, %d returns owed; want %d, %d, %d", day(c.on), rows, submission, owed, c.rows, c.submission, c.owed)
		}
	}
	if now := must(os.ReadFile(filepath.Join(w.folder, pointer)))(t); string(now) != string(was) {
		t.Errorf("looking back moved the pointer from %s to %s", was, now)
	}
	if left := must(filepath.Glob(filepath.Join(w.folder, spilled+"*")))(t); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
