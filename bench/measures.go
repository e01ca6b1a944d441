package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"wherry/config"
	"wherry/pipelines"
	"wherry/pipelines/warehouse"
	"wherry/queries"
)

// measuresName is the result's name. Its ratio is of CPU seconds: both programs leave the
// machine's cores to the same database, and what it costs does not hang on who else is at
// work.
const measuresName = "all measures against the same aggregates by hand, CPU seconds"

// sampleRows is how many rows are made and received; the rest are copies of them.
const sampleRows = 1_000_000

// compareMeasures measures the evaluation of every measure, over every period, area and
// breakdown, against the same aggregates written by hand, on the same warehouse.
func compareMeasures(wherry string, rows int64, times int) (Result, error) {
	dir, err := os.MkdirTemp("", "wherry-bench-")
	if err != nil {
		return Result{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	county := filepath.Join(dir, "county")
	fmt.Printf("making and receiving about %d rows, then copies up to %d\n", sampleRows, rows)
	for _, args := range [][]string{{"init", county}, {"sample", "--dir", county, "--rows", fmt.Sprint(sampleRows)}, {"receive", "--dir", county}} {
		if _, err := cost(wherry, args...); err != nil {
			return Result{}, err
		}
	}
	if err := enlarge(county, max(1, rows/sampleRows)); err != nil {
		return Result{}, err
	}
	return compareOn(county, times)
}

// memory is what either program's database may use: the process stays below 2 GB.
const memory = "1200MB"

// compareOn times both programs on one county, in turn.
func compareOn(county string, times int) (Result, error) {
	self, err := os.Executable()
	if err != nil {
		return Result{}, err
	}
	if err := os.Setenv("WHERRY_LIMITS_MEMORY", memory); err != nil {
		return Result{}, err
	}
	rows, err := landed(county)
	if err != nil {
		return Result{}, err
	}
	var ours, byHand Cost
	for i := range times {
		a, err := cost(self, "-evaluate", county)
		if err != nil {
			return Result{}, err
		}
		b, err := cost(self, "-aggregate", county)
		if err != nil {
			return Result{}, err
		}
		ours, byHand = best(i, ours, a), best(i, byHand, b)
		fmt.Printf("%d  measures %.1f s (%.1f CPU s, %.0f MB)   by hand %.1f s (%.1f CPU s, %.0f MB)\n",
			i+1, a.Seconds, a.CPUSeconds, a.PeakMB, b.Seconds, b.CPUSeconds, b.PeakMB)
	}
	r := Result{Name: measuresName, Ratio: ours.CPUSeconds / byHand.CPUSeconds, Bound: 1.25,
		CPUSeconds: ours.CPUSeconds, PeakMB: ours.PeakMB, Rows: rows, Seconds: ours.Seconds, ByHand: byHand}
	fmt.Printf("%s: ratio %.2f (bound %.2f) at %d rows\n", r.Name, r.Ratio, r.Bound, r.Rows)
	return r, nil
}

// county is a partnership's warehouse, open for reading, and what its measures are given
// over.
type county struct {
	*pipelines.Project
	reader *warehouse.Reader
	span   queries.Span
}

func openCounty(ctx context.Context, dir string) (*county, error) {
	p, err := pipelines.Open(dir, nil, "bench", time.Now())
	if err != nil {
		return nil, err
	}
	span, err := spanOf(p)
	if err != nil {
		return nil, err
	}
	r, err := warehouse.OpenReader(ctx, p.Partnership)
	return &county{p, r, span}, err
}

// spanOf is what an edition of the latest quarter is measured over.
func spanOf(p *pipelines.Project) (queries.Span, error) {
	first, err := config.ParsePeriod(p.FirstPeriod)
	if err != nil {
		return queries.Span{}, err
	}
	span := queries.Span{AsAt: p.AsAt, First: first, Quarter: p.LatestQuarter(p.AsAt), Areas: p.Areas, Pieces: p.Pieces(), Starts: map[string]time.Time{}}
	for _, c := range p.Contracts {
		if periods := c.Periods(p.AsAt); len(periods) > 0 {
			span.Starts[c.Feed] = periods[0].Start
		}
	}
	return span, nil
}

// landed is how many rows of every feed the warehouse holds.
func landed(dir string) (rows int64, err error) {
	ctx := context.Background()
	c, err := openCounty(ctx, dir)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, c.reader.Close()) }()
	for _, contract := range c.Contracts {
		var n int64
		if err := c.reader.QueryRowContext(ctx, "select count(*) from landing."+warehouse.Ident(contract.Feed)).Scan(&n); err != nil {
			return 0, err
		}
		rows += n
	}
	return rows, nil
}

// evaluateAll is what an edition asks of the database for its measures.
func evaluateAll(dir string) error {
	ctx := context.Background()
	c, err := openCounty(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { _ = c.reader.Close() }()
	conn, err := c.reader.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	_, err = queries.EvaluateAll(ctx, conn, c.Catalogue.Measures, c.span, 0)
	return err
}
