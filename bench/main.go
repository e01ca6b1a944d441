// Bench measures wherry run against a hand-written DuckDB program that does the same load
// and the same aggregates on the same files, side by side in one run:
//
//	make bench
//	go run ./bench -wherry bin/wherry -rows 1000000 -times 3
//	go run ./bench -wherry bin/wherry -only measures -rows 10000000
//	go run ./bench -wherry bin/wherry -only load -rows 10000000
//	go run ./bench -wherry bin/wherry -only history
//	go run ./bench -wherry bin/wherry -only site
//
// The hand-written program types the columns and works out the measures' counts for every
// period, district and category of an edition; it checks nothing, keeps nothing out, archives nothing, protects
// nobody and draws nothing. Each is timed from an empty folder; the best of the times counts.
//
// With -only history, twelve successive editions of the sample are published, each protected
// and audited against all those before it, and the last is set against the first.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// Result is one line of results.json.
type Result struct {
	Name       string  `json:"name"`
	Ratio      float64 `json:"ratio"` // seconds of wherry over seconds by hand: wall, but for measures CPU; of successive editions, last over first
	Bound      float64 `json:"bound"` // what the ratio must not pass; 0 where nothing is promised
	CPUSeconds float64 `json:"cpu_seconds"`
	PeakMB     float64 `json:"peak_mb"`
	Rows       int64   `json:"rows"`
	Seconds    float64 `json:"seconds"`
	ByHand     Cost    `json:"by_hand"`
	Hidden     int     `json:"hidden,omitempty"` // cells, where tables were protected
	Share      float64 `json:"share,omitempty"`  // of the last of successive editions: hidden cells in all
	Site       *Site   `json:"site,omitempty"`   // where an edition was published
}

// Cost is what one process used.
type Cost struct {
	Seconds    float64 `json:"seconds"`
	CPUSeconds float64 `json:"cpu_seconds"`
	PeakMB     float64 `json:"peak_mb"`
}

func main() {
	wherry := flag.String("wherry", "bin/wherry", "the binary to measure")
	rows := flag.Int64("rows", 1_000_000, "rows of the sample")
	times := flag.Int("times", 3, "how often each is timed")
	out := flag.String("out", "bench/results.json", "where the results go")
	only := flag.String("only", "run", "which comparison: run, measures, load, disclosure, history or site")
	cases := flag.String("cases", "testdata/cases", "with -only disclosure: where the linked benchmark is")
	protected := flag.String("protect", "", "protect the tables of this name, and stop")
	county := flag.String("county", "", "with -only measures: a partnership that has received its extracts, as it stands")
	dir := flag.String("by-hand", "", "do the hand-written load and aggregates on this partnership, and stop")
	evaluated := flag.String("evaluate", "", "evaluate every measure of this partnership, and stop")
	aggregated := flag.String("aggregate", "", "do the hand-written aggregates on this partnership, and stop")
	loaded := flag.String("load", "", "receive what is in the inbox of this partnership, and stop")
	typed := flag.String("read-csv", "", "read this file of the load into a typed table, and stop")
	keep := flag.String("keep", "", "with -read-csv: copy the table to this Parquet file")
	flag.Parse()
	var err error
	switch {
	case *dir != "":
		err = byHand(*dir)
	case *loaded != "":
		err = loadOne(*loaded)
	case *typed != "":
		err = readTyped(*typed, *keep)
	case *protected != "":
		err = protectOne(*protected, *cases)
	case *evaluated != "":
		err = evaluateAll(*evaluated)
	case *aggregated != "":
		err = aggregateAll(*aggregated)
	default:
		err = run(*only, *wherry, *county, *cases, *out, *rows, *times)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run does one comparison and puts its results among those of the results file, in the
// places of earlier ones of the same name.
func run(only, wherry, county, cases, out string, rows int64, times int) error {
	fresh := make([]Result, 1)
	var err error
	switch {
	case only == "run":
		fresh[0], err = compare(wherry, rows, times)
	case only == "measures" && county != "":
		fresh[0], err = compareOn(county, times)
	case only == "measures":
		fresh[0], err = compareMeasures(wherry, rows, times)
	case only == "load":
		fresh, err = compareLoad(wherry, rows, times)
	case only == "disclosure":
		fresh, err = compareDisclosure(cases)
	case only == "history":
		fresh[0], err = compareHistory(wherry)
	case only == "site":
		fresh[0], err = benchSite(wherry, times)
	default:
		err = fmt.Errorf("-only %s: write run, measures, load, disclosure, history or site", only)
	}
	if err != nil {
		return err
	}
	var results []Result
	text, err := os.ReadFile(out)
	if err == nil {
		err = json.Unmarshal(text, &results)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("reading %s: %w", out, err)
	}
	results = slices.DeleteFunc(results, func(x Result) bool {
		return slices.ContainsFunc(fresh, func(r Result) bool { return r.Name == x.Name })
	})
	if text, err = json.MarshalIndent(append(results, fresh...), "", "  "); err != nil {
		return err
	}
	return os.WriteFile(out, append(text, '\n'), 0o644)
}

// compare times wherry run against a program that does the same load and aggregates by hand.
func compare(wherry string, rows int64, times int) (Result, error) {
	dir, err := os.MkdirTemp("", "wherry-bench-")
	if err != nil {
		return Result{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	county := filepath.Join(dir, "county")
	if _, err := cost(wherry, "init", county); err != nil {
		return Result{}, err
	}
	fmt.Printf("making about %d rows\n", rows)
	if _, err := cost(wherry, "sample", "--dir", county, "--rows", fmt.Sprint(rows)); err != nil {
		return Result{}, err
	}
	self, err := os.Executable()
	if err != nil {
		return Result{}, err
	}
	var ours, byHand Cost
	for i := range times {
		for _, made := range []string{"archive", "warehouse", "published", "outbox"} {
			if err := os.RemoveAll(filepath.Join(county, made)); err != nil {
				return Result{}, err
			}
		}
		a, err := cost(wherry, "run", "--dir", county)
		if err != nil {
			return Result{}, err
		}
		b, err := cost(self, "-by-hand", county)
		if err != nil {
			return Result{}, err
		}
		ours, byHand = best(i, ours, a), best(i, byHand, b)
		fmt.Printf("%d  wherry run %.1f s (%.1f CPU s, %.0f MB)   by hand %.1f s (%.1f CPU s, %.0f MB)\n",
			i+1, a.Seconds, a.CPUSeconds, a.PeakMB, b.Seconds, b.CPUSeconds, b.PeakMB)
	}
	r := Result{Name: "wherry run against DuckDB by hand", Ratio: ours.Seconds / byHand.Seconds, Bound: 2,
		CPUSeconds: ours.CPUSeconds, PeakMB: ours.PeakMB, Rows: rows, Seconds: ours.Seconds, ByHand: byHand}
	fmt.Printf("%s: ratio %.2f (bound %.0f) at %d rows\n", r.Name, r.Ratio, r.Bound, r.Rows)
	return r, nil
}

// cost runs a command to its end.
func cost(name string, args ...string) (Cost, error) {
	used, _, err := output(name, args...)
	return used, err
}

// output is what a command used and said. Exit code 3 is "done, with quarantine": the sample has
// faults.
func output(name string, args ...string) (Cost, []byte, error) {
	cmd := exec.Command(name, args...)
	began := time.Now()
	text, err := cmd.CombinedOutput()
	took := time.Since(began)
	if cmd.ProcessState == nil || (err != nil && cmd.ProcessState.ExitCode() != 3) {
		return Cost{}, nil, fmt.Errorf("%s %v: %w\n%s", name, args, err, text)
	}
	used := cmd.ProcessState
	peak := used.SysUsage().(*syscall.Rusage).Maxrss
	return Cost{took.Seconds(), (used.UserTime() + used.SystemTime()).Seconds(), float64(peak) / 1024}, text, nil
}

// best keeps the quicker of two; the first is always kept.
func best(i int, a, b Cost) Cost {
	if i == 0 || b.Seconds < a.Seconds {
		return b
	}
	return a
}
