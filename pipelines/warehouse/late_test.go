package warehouse

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"wherry/config"
)

// lateVisits is the partnership of one feed whose rows may come two months late.
func lateVisits(root string) *config.Partnership {
	p := partnership(root)
	c := p.Contracts[0]
	c.PeriodBy, c.Key, c.Late = "on", []string{"visit_key"}, 2
	return p
}

func lateSQL() fstest.MapFS {
	files := sqlFiles()
	files["core/visit.sql"] = &fstest.MapFile{Data: []byte(`create or replace view core.visit as select feed.* from landing.visit as feed
anti join ledger.received_before as before on before.delivery_id = feed.delivery_id and before.line = feed.line
where feed.delivery_id in (select delivery_id from ledger.current);`)}
	return files
}

// visited is a row: whose visit, and in which month of 2026.
type visited struct{ key, month int }

func (v visited) pseudonym() string {
	sum := md5.Sum(fmt.Append(nil, "visit ", v.key))
	return hex.EncodeToString(sum[:])
}

// come is the deliveries that came, with the rows of each.
type come struct {
	all  []*Delivery
	rows map[string][]visited
}

// accept takes a delivery with rows.
func (c *come) accept(ctx context.Context, w *Writer, d *Delivery, rows ...visited) error {
	values := []string{fmt.Sprintf("(%s, 0, '', date '2026-01-01')", Text(d.ID))}
	for i, r := range rows {
		values = append(values, fmt.Sprintf("(%s, %d, %s, date '2026-%02d-11')", Text(d.ID), i+2, Text(r.pseudonym()), r.month))
	}
	c.all, c.rows[d.ID] = append(c.all, d), rows
	return acceptRows(ctx, w, fmt.Sprintf(`select delivery_id, line, visit_key, "on", 1 as n, ['a'] as themes
from (values %s) v(delivery_id, line, visit_key, "on") where line > 0`, strings.Join(values, ", ")), len(rows)+2, d)
}

// monthOf is the month of 2026 that a delivery is for.
func monthOf(d *Delivery) (month int) {
	_, _ = fmt.Sscanf(d.Period, "2026-%d", &month)
	return month
}

// counted is how many visits of each month are counted as at a day: by the definition, row by row.
func (c *come) counted(day string) map[string]int {
	current := map[string]*Delivery{}
	for _, d := range c.all {
		key := d.Agency + d.Period
		if d.ArrivedOn <= day && (current[key] == nil || current[key].Submission < d.Submission) {
			current[key] = d
		}
	}
	n := map[string]int{}
	for _, d := range current {
		for _, r := range c.rows[d.ID] {
			before := false
			for _, e := range current {
				before = before || e.Agency == d.Agency && monthOf(e) < monthOf(d) && slices.ContainsFunc(c.rows[e.ID], func(o visited) bool { return o.key == r.key })
			}
			if r.month == monthOf(d) || !before {
				n[fmt.Sprintf("2026-%02d", r.month)]++
			}
		}
	}
	return n
}

func countedIn(t *testing.T, r *Reader) map[string]int {
	t.Helper()
	n := map[string]int{}
	rows := must(r.QueryContext(t.Context(), `select strftime("on", '%Y-%m'), count(*) from core.visit group by all`))(t)
	defer rows.Close()
	for rows.Next() {
		var month string
		var of int
		check(t, rows.Scan(&month, &of))
		n[month] = of
	}
	check(t, rows.Err())
	return n
}

// TestLateRowsAreCountedOnce takes random sequences of deliveries with late rows, resubmissions
// and withdrawals of a person, over many runs. What is counted of each month is what the
// definition gives, row by row, now and as at any day; and the archive alone makes the same.
func TestLateRowsAreCountedOnce(t *testing.T) {
	for seed := range uint64(5) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			dice := rand.New(rand.NewPCG(seed, 4))
			p := lateVisits(t.TempDir())
			c := &come{rows: map[string][]visited{}}
			forgotten, before := map[int]bool{}, 0
			for run := range 7 {
				w := must(Open(t.Context(), p, lateSQL(), asAt))(t)
				for i := range 1 + dice.IntN(4) {
					d := visit([]string{"north", "south"}[dice.IntN(2)], fmt.Sprintf("2026-%02d", 7+dice.IntN(3)), run*10+i)
					d.ArrivedOn = fmt.Sprintf("2026-10-%02d", 1+dice.IntN(30))
					var rows []visited
					for _, key := range dice.Perm(30)[:dice.IntN(20)] {
						if !forgotten[key] {
							rows = append(rows, visited{key, monthOf(d) - max(0, dice.IntN(5)-2)})
						}
					}
					check(t, c.accept(t.Context(), w, d, rows...))
				}
				if dice.IntN(3) == 0 {
					gone := dice.IntN(30)
					forgotten[gone] = true
					must(w.Forget(t.Context(), []string{visited{gone, 0}.pseudonym()}))(t)
					for id, rows := range c.rows {
						c.rows[id] = slices.DeleteFunc(rows, func(r visited) bool { return r.key == gone })
					}
				}
				if dice.IntN(4) > 0 {
					must(w.Publish(t.Context()))(t)
				}
				check(t, w.Close())
			}
			proof := must(Rebuild(t.Context(), p, lateSQL(), asAt))(t)
			if proof.Difference != "" || !proof.Compared {
				t.Fatalf("compared %v, %q", proof.Compared, proof.Difference)
			}
			for _, on := range []int{3, 9, 14, 20, 25, 31} {
				r := must(OpenReaderAt(t.Context(), p, lateSQL(), config.Day(2026, time.October, on)))(t)
				if diff := cmp.Diff(c.counted(fmt.Sprintf("2026-10-%02d", on)), countedIn(t, r)); diff != "" {
					t.Errorf("as at %d October (-by the definition +counted):\n%s", on, diff)
				}
				var n int
				check(t, r.QueryRowContext(t.Context(), "select coalesce(sum(received_before), 0)::bigint from ledger.late").Scan(&n))
				before += n
				check(t, r.Close())
			}
			if before == 0 {
				t.Error("no row came late that was received before: this test would see nothing")
			}
			c.recorded(t, must(Deliveries(p))(t))
		})
	}
}

// recorded holds each delivery's record of its late rows against what came, without those of
// people who were taken out.
func (c *come) recorded(t *testing.T, deliveries []*Delivery) {
	t.Helper()
	for _, d := range deliveries {
		late := map[string]int64{}
		for _, r := range c.rows[d.ID] {
			if r.month < monthOf(d) {
				late[fmt.Sprintf("2026-%02d", r.month)]++
			}
		}
		if !maps.Equal(d.Late, late) {
			t.Errorf("%s %s, submission %d, records %v as late, want %v", d.Agency, d.Period, d.Submission, d.Late, late)
		}
	}
}

// TestARowThatCameLateGoesWithItsReturn: a resubmission takes the late rows of what it
// supersedes, and one that its own return had in the meantime stands there alone.
func TestARowThatCameLateGoesWithItsReturn(t *testing.T) {
	p := lateVisits(t.TempDir())
	c := &come{rows: map[string][]visited{}}
	for i, step := range []struct {
		period string
		rows   []visited
		want   map[string]int
	}{
		{"2026-07", []visited{{1, 7}}, map[string]int{"2026-07": 1}},
		{"2026-09", []visited{{1, 7}, {2, 7}, {3, 8}, {4, 9}}, map[string]int{"2026-07": 2, "2026-08": 1, "2026-09": 1}}, // 1 was received before
		{"2026-08", []visited{{3, 8}, {2, 7}}, map[string]int{"2026-07": 2, "2026-08": 1, "2026-09": 1}},                 // 2 and 3 are August's now
		{"2026-07", []visited{{9, 7}}, map[string]int{"2026-07": 3, "2026-08": 1, "2026-09": 1}},                         // 1 is no longer July's own, and counts as September has it
		{"2026-09", []visited{{4, 9}}, map[string]int{"2026-07": 2, "2026-08": 1, "2026-09": 1}},
		{"2026-08", nil, map[string]int{"2026-07": 1, "2026-09": 1}},
	} {
		w := must(Open(t.Context(), p, lateSQL(), asAt))(t)
		check(t, c.accept(t.Context(), w, visit("north", step.period, i), step.rows...))
		must(w.Publish(t.Context()))(t)
		check(t, w.Close())
		r := must(OpenReader(t.Context(), p))(t)
		if diff := cmp.Diff(step.want, countedIn(t, r)); diff != "" {
			t.Errorf("after step %d (-want +got):\n%s", i, diff)
		}
		check(t, r.Close())
	}
}

// TestOnceLateAlwaysOnce: what came late is counted once also when the contract lets none come
// late any more.
func TestOnceLateAlwaysOnce(t *testing.T) {
	p := lateVisits(t.TempDir())
	c := &come{rows: map[string][]visited{}}
	w := must(Open(t.Context(), p, lateSQL(), asAt))(t)
	check(t, c.accept(t.Context(), w, visit("north", "2026-07", 1), visited{1, 7}))
	check(t, c.accept(t.Context(), w, visit("north", "2026-08", 2), visited{1, 7}, visited{2, 7}))
	check(t, w.Close())
	p.Contracts[0].Late = 0
	w = must(Open(t.Context(), p, lateSQL(), asAt))(t)
	must(w.Publish(t.Context()))(t)
	check(t, w.Close())
	if n := rowsIn(t, p, "select count(*) from core.visit"); n != 2 {
		t.Errorf("%d visits are counted, want 2", n)
	}
}
