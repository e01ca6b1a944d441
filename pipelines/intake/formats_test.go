package intake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

func TestDatesOfAWorkbookAreItsSerials(t *testing.T) {
	for name, since1904 := range map[string]bool{"1900": false, "1904": true} {
		t.Run(name, func(t *testing.T) {
			p := partnership(t)
			serial := 46269.0 // 4 September 2026
			if since1904 {
				serial -= 1462
			}
			workbook(t, p, "north/visit_2026-09.xlsx", func(book *excelize.File) {
				check(t, book.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &since1904}))
			}, headerCells(),
				[]any{strings.Repeat("a", 32), serial, serial + 0.75, "red", nil, "a|b", 3, 1.5, "007", serial},
				[]any{strings.Repeat("b", 32), "2026-09-04", "2026-09-04 18:30:00", "blue", nil, nil, nil, nil, nil, "04/09/2026"},
				[]any{}, []any{strings.Repeat("c", 32), serial + 0.5},
				[]any{strings.Repeat("d", 32), "#N/A"})
			w, err := warehouse.Open(t.Context(), p, tables(t), asAt)
			check(t, err)
			defer w.Close()
			s, err := receiveWith(t, w, p)
			check(t, err)
			if o := s.Outcomes[0]; o.Accepted != 2 || o.Reasons["not_a_date"] != 2 {
				t.Fatalf("outcome: %+v", o)
			}
			r := published(t, w, p)
			var n int
			check(t, r.QueryRowContext(t.Context(), `select count(*) from landing.visit where "on" = '2026-09-04' and "at" = '2026-09-04 18:00:00'
				and seen = '2026-09-01' and (n is null or (n = 3 and reference = '007'))`).Scan(&n))
			if n != 2 {
				t.Errorf("%d rows as they were meant, want 2", n)
			}
			for _, r := range deliveries(t, p)[0].Reasons {
				if r.Line != 5 && r.Line != 6 {
					t.Errorf("a fault on row %d, and they are on 5 and 6", r.Line)
				}
			}
		})
	}
}

func TestTypedParquetReadsAsItWouldBeWritten(t *testing.T) {
	p := partnership(t)
	path := put(t, p, "north/visit_2026-09.parquet", "")
	db, err := warehouse.Memory(t.Context())
	check(t, err)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), `copy (select repeat('a', 31) || i as visit_key, date '2026-09-04' as "on",
		case when i = 0 then timestamptz '2026-09-04 10:30:00+00' else timestamptz '2026-12-04 10:30:00+00' end as "at",
		'red' as colour, null::varchar as kind, ['a', 'b'] as themes, 3::tinyint as n, 1.5::float as score, 'T' as ref, date '2026-09-30' as seen
		from range(2) r(i)) to `+warehouse.Text(path)+` (format parquet)`)
	check(t, err)
	w, err := warehouse.Open(t.Context(), p, tables(t), asAt)
	check(t, err)
	defer w.Close()
	s, err := receiveWith(t, w, p)
	check(t, err)
	if o := s.Outcomes[0]; o.Accepted != 2 {
		t.Fatalf("outcome: %+v", o)
	}
	r := published(t, w, p)
	var n int
	check(t, r.QueryRowContext(t.Context(), `select count(*) from landing.visit where themes = ['a', 'b'] and n = 3 and score = 1.5 and seen = '2026-09-01'
		and "at" in ('2026-09-04 11:00:00', '2026-12-04 10:00:00')`).Scan(&n))
	if n != 2 {
		t.Errorf("%d rows as they were meant, want 2 (a time zone is read as local time)", n)
	}
}

func TestFeedbackTellsTheSenderWhatToDo(t *testing.T) {
	p := partnership(t)
	put(t, p, "north/visit_2026-09.csv", visits(row(0, good), row(1, "04.09.2026,,blue,,,99,,,"), row(2, "2026-09-04,,red,,,,,,")))
	one(t, p)
	b, err := os.ReadFile(filepath.Join(p.Root, "outbox/north/visit_2026-09.csv.reasons.csv"))
	check(t, err)
	want := `line,rule,column,what_to_do
3,not_a_date,on,Write the date as 2026-09-30.
3,out_of_range,n,Check the value: it must be from 0 to 27.
4,red_without_n,,A red visit needs n.
`
	if string(b) != want {
		t.Errorf("got\n%s\nwant\n%s", b, want)
	}
}

func TestFeedbackSaysHowManyReasonsItListsOf(t *testing.T) {
	d := &warehouse.Delivery{ID: "x", Feed: "visit"}
	for i := range mostListed + 10 {
		d.Reasons = append(d.Reasons, warehouse.Reason{Line: int64(i), Rule: "required", Column: "on"})
	}
	rows := deliveryRows(partnership(t), d)
	if last := rows[len(rows)-1][3]; len(rows) != mostListed+1 || last != "These are the first 5000 of 5010 reasons." {
		t.Errorf("%d lines, the last %q", len(rows), last)
	}
}

func TestArrivalIsNeverAfterTheDayItIsSeen(t *testing.T) {
	e := &extract{modified: asAt.AddDate(0, 1, 0)}
	if got := e.arrivedOn(asAt); got != "2026-10-31" {
		t.Errorf("arrived on %s", got)
	}
	e.modified = config.Day(2026, time.October, 2).Add(23 * time.Hour)
	if got := e.arrivedOn(asAt); got != "2026-10-02" {
		t.Errorf("arrived on %s", got)
	}
}
