package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"wherry/config"
	"wherry/pipelines"
	"wherry/pipelines/intake"
	"wherry/pipelines/warehouse"
)

const (
	loadName  = "the checked load of one CSV against DuckDB's own typed read_csv, CPU seconds"
	keptName  = "the checked load of one CSV against a typed read_csv and a COPY to Parquet by hand, CPU seconds"
	sheetName = "the checked load of one workbook against 20,000 rows a CPU second"
	sheetRows = 200_000
	sheetRate = 20_000 // rows a CPU second
)

// loadContract is a feed of 20 columns: a key, a period, codes, numbers, dates and texts.
const loadContract = `feed: bench_load
title: Rows to be loaded
grain: one row per row
source: bench
agencies: [marac_coordinator]
every: quarter
starts: 2025-04
due_days: 15
retention_years: 6
file: {pattern: "bench_load_{period}*", formats: [csv, xlsx]}
period_by: seen_on
key: [row_key]
columns:
  - {name: row_key, type: pseudonym, required: true}
  - {name: other_key, type: pseudonym}
  - {name: seen_on, type: date, required: true}
  - {name: seen_at, type: timestamp}
  - {name: ended_on, type: date, format: "%d/%m/%Y"}
  - {name: sex, type: code, values: [F, M, U]}
  - {name: risk, type: code, values: [standard, medium, high]}
  - {name: route, type: code, values: [police, health, school, housing, self], required: true}
  - {name: repeat_flag, type: code, values: [Y, N]}
  - {name: district_code, type: code, codes: district}
  - {name: model, type: code, values: [conference, coordination]}
  - {name: band, type: code, values: [unborn, early, school, young, middle, late]}
  - {name: outcome, type: code, values: [a, b, c, d, e, f]}
  - {name: children_n, type: integer, min: 0, max: 20}
  - {name: contacts_n, type: integer, min: 0}
  - {name: days_n, type: integer, min: 0}
  - {name: score, type: decimal}
  - {name: cost, type: decimal}
  - {name: team_code, type: text}
  - {name: site_code, type: text}
rules:
  - {code: ended_before_seen, when: ended_on < seen_on, says: It ended before it was seen.}
  - {code: high_without_contact, when: "risk = 'high' and contacts_n is null", says: A high risk needs its contacts.}
examples:
  - name: one row
    period: 2026-27 Q2
    csv: |
      row_key,other_key,seen_on,seen_at,ended_on,sex,risk,route,repeat_flag,district_code,model,band,outcome,children_n,contacts_n,days_n,score,cost,team_code,site_code
      00000000000000000000000000000001,,2026-07-02,,,,,police,,,,,,,,,,,,
    accepted: 1
`

// loadRows is the rows of a file of the feed, as text where a CSV has text.
const loadRows = `select md5('row ' || i) as row_key, md5('person ' || (i // 3)) as other_key,
date '2026-07-01' + (i %% 90)::integer as seen_on, strftime(timestamp '2026-07-01 08:00:00' + to_minutes(i %% 129000), '%%Y-%%m-%%d %%H:%%M:%%S') as seen_at,
strftime(date '2026-09-30' + (i %% 40)::integer, '%%d/%%m/%%Y') as ended_on, ['F','M','U'][i %% 3 + 1] as sex, ['standard','medium','high'][i %% 3 + 1] as risk,
['police','health','school','housing','self'][i %% 5 + 1] as route, ['Y','N'][i %% 2 + 1] as repeat_flag, 'E0700014' || (3 + i %% 7) as district_code,
['conference','coordination'][i %% 2 + 1] as model, ['unborn','early','school','young','middle','late'][i %% 6 + 1] as band, ['a','b','c','d','e','f'][i %% 6 + 1] as outcome,
i %% 5 as children_n, i %% 30 as contacts_n, i %% 400 as days_n, (i %% 1000) / 10.0 as score, (i %% 90000) / 100.0 as cost,
'T-' || (i %% 50) as team_code, 'S' || (i %% 900) as site_code from range(%d) r(i)`

// compareLoad sets what wherry receive does for one file, from its bytes to checked rows in
// the archive, against DuckDB reading it into a typed table; and, since that keeps nothing,
// against the same table copied to Parquet.
func compareLoad(wherry string, rows int64, times int) ([]Result, error) {
	dir, err := os.MkdirTemp("", "wherry-bench-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	county := filepath.Join(dir, "county")
	if _, err := cost(wherry, "init", county); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(county, "config/contracts/bench_load.yaml"), []byte(loadContract), 0o600); err != nil {
		return nil, err
	}
	if err := os.Setenv("WHERRY_LIMITS_MEMORY", memory); err != nil {
		return nil, err
	}
	path := filepath.Join(county, "inbox/marac_coordinator/bench_load_2026-27-Q2.csv")
	if err := makeLoad(path, rows); err != nil {
		return nil, err
	}
	ours, typed, kept, err := timeLoad(county, path, times)
	if err != nil {
		return nil, err
	}
	csv := Result{Name: loadName, Ratio: ours.CPUSeconds / typed.CPUSeconds, Bound: 1.3, CPUSeconds: ours.CPUSeconds, PeakMB: ours.PeakMB, Rows: rows, Seconds: ours.Seconds, ByHand: typed}
	fmt.Printf("%s: ratio %.2f (bound %.1f), %.0f MB at %d rows\n", csv.Name, csv.Ratio, csv.Bound, csv.PeakMB, rows)
	duty := csv
	duty.Name, duty.Ratio, duty.Bound, duty.ByHand = keptName, ours.CPUSeconds/kept.CPUSeconds, 0, kept
	fmt.Printf("%s: ratio %.2f (nothing promised)\n", duty.Name, duty.Ratio)
	sheet, err := benchSheet(county, path)
	return []Result{csv, duty, sheet}, err
}

func timeLoad(county, path string, times int) (ours, typed, kept Cost, err error) {
	self, err := os.Executable()
	if err != nil {
		return ours, typed, kept, err
	}
	for i := range times {
		a, err := costOfLoad(self, county)
		if err != nil {
			return ours, typed, kept, err
		}
		b, err := cost(self, "-read-csv", path)
		if err != nil {
			return ours, typed, kept, err
		}
		c, err := cost(self, "-read-csv", path, "-keep", filepath.Join(county, "by-hand.parquet"))
		if err != nil {
			return ours, typed, kept, err
		}
		fmt.Printf("%d  checked load %.1f CPU s, %.0f MB   typed read_csv %.1f CPU s, %.0f MB   and COPY to Parquet %.1f CPU s, %.0f MB\n",
			i+1, a.CPUSeconds, a.PeakMB, b.CPUSeconds, b.PeakMB, c.CPUSeconds, c.PeakMB)
		ours, typed, kept = least(i, ours, a), least(i, typed, b), least(i, kept, c)
	}
	return ours, typed, kept, nil
}

// least keeps what took less of the processor; the first is always kept.
func least(i int, a, b Cost) Cost {
	if i == 0 || b.CPUSeconds < a.CPUSeconds {
		return b
	}
	return a
}

func costOfLoad(self, county string) (Cost, error) {
	for _, made := range []string{"archive", "warehouse", "outbox"} {
		if err := os.RemoveAll(filepath.Join(county, made)); err != nil {
			return Cost{}, err
		}
	}
	return cost(self, "-load", county)
}

// benchSheet loads the first rows of the CSV as a workbook.
func benchSheet(county, csv string) (Result, error) {
	ctx := context.Background()
	db, err := warehouse.Memory(ctx)
	if err != nil {
		return Result{}, err
	}
	defer func() { _ = db.Close() }()
	if err := os.Remove(csv); err != nil {
		return Result{}, err
	}
	if err := makeSheet(ctx, db, strings.TrimSuffix(csv, "csv")+"xlsx"); err != nil {
		return Result{}, err
	}
	self, err := os.Executable()
	if err != nil {
		return Result{}, err
	}
	used, err := costOfLoad(self, county)
	if err != nil {
		return Result{}, err
	}
	rate := sheetRows / used.CPUSeconds
	fmt.Printf("%s: %.0f rows, %.0f MB\n", sheetName, rate, used.PeakMB)
	return Result{Name: sheetName, Ratio: sheetRate / rate, Bound: 1, CPUSeconds: used.CPUSeconds, PeakMB: used.PeakMB, Rows: sheetRows, Seconds: used.Seconds}, nil
}

func makeLoad(path string, rows int64) error {
	ctx := context.Background()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	db, err := warehouse.Memory(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(ctx, "copy ("+fmt.Sprintf(loadRows, rows)+") to "+warehouse.Text(path)+" (format csv, header)")
	return err
}

func makeSheet(ctx context.Context, db *sql.DB, path string) error {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	w, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	rows, err := db.QueryContext(ctx, fmt.Sprintf(loadRows, sheetRows))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		return err
	}
	cells, into := make([]any, len(names)), make([]any, len(names))
	for i, name := range names {
		cells[i], into[i] = name, &cells[i]
	}
	for n := 1; ; n++ {
		if err := w.SetRow(fmt.Sprintf("A%d", n), cells); err != nil {
			return err
		}
		if !rows.Next() {
			break
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
	}
	if err := errors.Join(rows.Err(), w.Flush()); err != nil {
		return err
	}
	return book.SaveAs(path)
}

// loadOne receives what is in the inbox, as wherry receive does.
func loadOne(dir string) (err error) {
	ctx := context.Background()
	p, err := pipelines.Open(dir, nil, "bench", config.Day(2026, time.November, 1))
	if err != nil {
		return err
	}
	w, err := warehouse.Open(ctx, p.Partnership, p.Queries, p.AsAt)
	if err != nil {
		return err
	}
	defer func() { _ = w.Close() }()
	s, err := intake.Receive(ctx, w, p.Partnership, p.AsAt, func([]intake.Outcome, time.Duration) {})
	if err != nil {
		return err
	}
	if s.Rows() == 0 || s.QuarantinedRows() > 0 {
		return fmt.Errorf("%d rows loaded, %d kept out: %+v", s.Rows(), s.QuarantinedRows(), s.Outcomes)
	}
	return nil
}

// readTyped is what an engineer would write who trusts the file. Where keep names one, the
// table is copied to a Parquet file.
func readTyped(path, keep string) error {
	ctx := context.Background()
	temp, err := os.MkdirTemp("", "wherry-by-hand-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(temp) }()
	db, err := sql.Open("duckdb", "?threads=2&memory_limit="+memory+"&temp_directory="+temp)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	columns := `{'row_key': 'VARCHAR', 'other_key': 'VARCHAR', 'seen_on': 'DATE', 'seen_at': 'TIMESTAMP', 'ended_on': 'VARCHAR', 'sex': 'VARCHAR', 'risk': 'VARCHAR', 'route': 'VARCHAR',
'repeat_flag': 'VARCHAR', 'district_code': 'VARCHAR', 'model': 'VARCHAR', 'band': 'VARCHAR', 'outcome': 'VARCHAR', 'children_n': 'BIGINT', 'contacts_n': 'BIGINT', 'days_n': 'BIGINT',
'score': 'DOUBLE', 'cost': 'DOUBLE', 'team_code': 'VARCHAR', 'site_code': 'VARCHAR'}`
	_, err = db.ExecContext(ctx, "create table loaded as select * replace (try_strptime(ended_on, '%d/%m/%Y')::date as ended_on) from read_csv("+
		warehouse.Text(path)+", columns = "+columns+", auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"')")
	if err == nil && keep != "" {
		_, err = db.ExecContext(ctx, "copy loaded to "+warehouse.Text(keep)+" (format parquet)")
	}
	return err
}
