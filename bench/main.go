// Bench measures wherry run against a hand-written DuckDB program that does the same load
// and the same aggregates on the same files, side by side in one run:
//
//	make bench
//	go run ./bench -wherry bin/wherry -rows 1000000 -times 3
//
// The hand-written program types the columns and counts the measures' rows by month,
// district and breakdown; it checks nothing, keeps nothing out, archives nothing, protects
// nobody and draws nothing. Each is timed from an empty folder; the best of the times counts.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// Result is one line of results.json.
type Result struct {
	Name       string  `json:"name"`
	Ratio      float64 `json:"ratio"` // wall seconds of wherry over wall seconds by hand
	Bound      float64 `json:"bound"` // what the ratio must not pass
	CPUSeconds float64 `json:"cpu_seconds"`
	PeakMB     float64 `json:"peak_mb"`
	Rows       int64   `json:"rows"`
	Seconds    float64 `json:"seconds"`
	ByHand     Cost    `json:"by_hand"`
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
	dir := flag.String("by-hand", "", "do the hand-written load and aggregates on this partnership, and stop")
	flag.Parse()
	var err error
	if *dir != "" {
		err = byHand(*dir)
	} else {
		err = compare(*wherry, *out, *rows, *times)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func compare(wherry, out string, rows int64, times int) error {
	dir, err := os.MkdirTemp("", "wherry-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	county := filepath.Join(dir, "county")
	if _, err := cost(wherry, "init", county); err != nil {
		return err
	}
	fmt.Printf("making about %d rows\n", rows)
	if _, err := cost(wherry, "sample", "--dir", county, "--rows", fmt.Sprint(rows)); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var ours, byHand Cost
	for i := range times {
		for _, made := range []string{"archive", "warehouse", "published", "outbox"} {
			if err := os.RemoveAll(filepath.Join(county, made)); err != nil {
				return err
			}
		}
		a, err := cost(wherry, "run", "--dir", county)
		if err != nil {
			return err
		}
		b, err := cost(self, "-by-hand", county)
		if err != nil {
			return err
		}
		ours, byHand = best(i, ours, a), best(i, byHand, b)
		fmt.Printf("%d  wherry run %.1f s (%.1f CPU s, %.0f MB)   by hand %.1f s (%.1f CPU s, %.0f MB)\n",
			i+1, a.Seconds, a.CPUSeconds, a.PeakMB, b.Seconds, b.CPUSeconds, b.PeakMB)
	}
	r := Result{Name: "wherry run against DuckDB by hand", Ratio: ours.Seconds / byHand.Seconds, Bound: 2,
		CPUSeconds: ours.CPUSeconds, PeakMB: ours.PeakMB, Rows: rows, Seconds: ours.Seconds, ByHand: byHand}
	fmt.Printf("%s: ratio %.2f (bound %.0f) at %d rows\n", r.Name, r.Ratio, r.Bound, r.Rows)
	text, err := json.MarshalIndent([]Result{r}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(out, append(text, '\n'), 0o644)
}

// cost runs a command to its end. Exit code 3 is "done, with quarantine": the sample has faults.
func cost(name string, args ...string) (Cost, error) {
	cmd := exec.Command(name, args...)
	began := time.Now()
	text, err := cmd.CombinedOutput()
	took := time.Since(began)
	if cmd.ProcessState == nil || (err != nil && cmd.ProcessState.ExitCode() != 3) {
		return Cost{}, fmt.Errorf("%s %v: %w\n%s", name, args, err, text)
	}
	used := cmd.ProcessState
	peak := used.SysUsage().(*syscall.Rusage).Maxrss
	return Cost{took.Seconds(), (used.UserTime() + used.SystemTime()).Seconds(), float64(peak) / 1024}, nil
}

// best keeps the quicker of two; the first is always kept.
func best(i int, a, b Cost) Cost {
	if i == 0 || b.Seconds < a.Seconds {
		return b
	}
	return a
}
