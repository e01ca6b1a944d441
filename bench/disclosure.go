package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"wherry/queries/disclosure"
)

// protection is one set of tables to protect: the linked benchmark, whose hidden cells are
// compared with those of GaussSuppression's safe mode, or a made edition to be timed.
type protection struct {
	name     string
	level    int
	shape    madeShape // of made records; none for the linked benchmark
	hides    float64   // most hidden cells, in those that GaussSuppression hides
	seconds  float64   // most seconds
	megabyte float64
}

// gaussSuppression is the cells that GaussSuppression 1.2.3 hides of the linked benchmark in
// its default, safe mode.
const gaussSuppression = 2049

func protections() []protection {
	common, large := madeShape{75_000, 25, 8}, madeShape{290_000, 56, 14}
	return []protection{
		{name: "linked benchmark hidden, level 1", level: 1, hides: 0.40},
		{name: "linked benchmark hidden, level 2", level: 2, hides: 0.65},
		{name: "protecting the common edition, level 1", level: 1, shape: common, seconds: 5, megabyte: 1024},
		{name: "protecting the common edition, level 2", level: 2, shape: common, seconds: 5, megabyte: 1024},
		{name: "protecting a large edition, level 1", level: 1, shape: large, seconds: 60, megabyte: 1024},
		{name: "protecting a large edition, level 2", level: 2, shape: large, seconds: 60, megabyte: 1024},
	}
}

// Protected is what protecting one set of tables came to.
type Protected struct {
	Cells   int     `json:"cells"`
	Primary int     `json:"primary"`
	Hidden  int     `json:"hidden"`
	Seconds float64 `json:"seconds"` // of Protect alone, in CPU time of the process
	Wall    float64 `json:"wall"`    // of Protect alone, by the clock
}

// protectOne protects the tables of that name and prints what it came to, as JSON: compare
// runs it in a process of its own, for its peak memory.
func protectOne(name, casesDir string) error {
	for _, p := range protections() {
		if p.name == name {
			got, err := p.protect(casesDir)
			if err != nil {
				return err
			}
			return json.NewEncoder(os.Stdout).Encode(got)
		}
	}
	return fmt.Errorf("nothing to protect is called %q", name)
}

// tables is the cells and sums to protect.
func (p protection) tables(casesDir string) ([]disclosure.Cell, []disclosure.Equation, error) {
	columns := p.shape.records()
	if p.hides > 0 {
		var err error
		if columns, err = readRecords(filepath.Join(casesDir, "bench_linked_6000x4q.csv")); err != nil {
			return nil, nil, err
		}
	}
	dims, tables := linkedTables()
	cells, eqs, err := tabulate(columns, dims, tables)
	for i := range cells {
		cells[i].Level = p.level
	}
	return cells, eqs, err
}

// rules is those of the linked benchmark: counts of 1 to 4 are small, and zeros are shown.
func (protection) rules() disclosure.Rules {
	return disclosure.Rules{HideUpTo: 4, ZerosShown: true}
}

func (p protection) protect(casesDir string) (Protected, error) {
	cells, eqs, err := p.tables(casesDir)
	if err != nil {
		return Protected{}, err
	}
	clock := time.Now()
	began, err := cpuSeconds()
	if err != nil {
		return Protected{}, err
	}
	_, r, err := disclosure.Protect(cells, eqs, p.rules())
	if err != nil {
		return Protected{}, err
	}
	ended, err := cpuSeconds()
	return Protected{r.Cells, r.Primary, r.Primary + r.Secondary, ended - began, time.Since(clock).Seconds()}, err
}

// compareDisclosure protects every set of tables, each in a process of its own.
func compareDisclosure(casesDir string) ([]Result, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	var results []Result
	for _, p := range protections() {
		cmd := exec.Command(self, "-protect", p.name, "-cases", casesDir)
		cmd.Stderr = os.Stderr
		text, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		var got Protected
		if err := json.Unmarshal(text, &got); err != nil {
			return nil, fmt.Errorf("reading what %s came to: %w", p.name, err)
		}
		peak := float64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / 1024
		r := Result{Name: p.name, Ratio: float64(got.Hidden) / gaussSuppression, Bound: p.hides,
			CPUSeconds: got.Seconds, PeakMB: peak, Rows: int64(got.Cells), Hidden: got.Hidden, Seconds: got.Wall}
		if p.seconds > 0 {
			r.Ratio, r.Bound = max(got.Seconds/p.seconds, peak/p.megabyte), 1
		}
		fmt.Printf("%s: %d of %d cells hidden, %d of them small counts, in %.2f CPU s and %.0f MB: ratio %.2f (bound %.2f)\n",
			p.name, got.Hidden, got.Cells, got.Primary, got.Seconds, peak, r.Ratio, r.Bound)
		results = append(results, r)
	}
	return results, nil
}

// readRecords is the columns of a CSV file by their header.
func readRecords(path string) (map[string][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	columns := map[string][]string{}
	for j, name := range rows[0] {
		for _, row := range rows[1:] {
			columns[name] = append(columns[name], row[j])
		}
	}
	return columns, nil
}

// madeShape is how many records to make, over how many quarters and areas.
type madeShape struct{ number, quarters, areas int }

// records is made records, the same every time: some areas, agencies and groups are far
// larger than others, as they are in life.
func (s madeShape) records() map[string][]string {
	rng := rand.New(rand.NewSource(1))
	areas := make([]float64, s.areas)
	for i := range areas {
		areas[i] = 1 / (3 + 8*float64(i)/float64(s.areas))
	}
	columns := map[string][]string{}
	put := func(column string, n int) { columns[column] = append(columns[column], column[:1]+strconv.Itoa(n)) }
	for range s.number {
		area := pick(rng, areas...)
		put("area", area)
		put("county", area%2)
		put("quarter", rng.Intn(s.quarters))
		put("agency", pick(rng, 36, 24, 15, 10, 6, 4.4, 2.4, 1.9))
		put("sex", pick(rng, 77, 23))
		put("age", pick(rng, 37, 25, 18, 12, 9))
		put("eth", pick(rng, 65, 23, 7.6, 2.9, 0.9))
		put("risk", pick(rng, 52, 30, 18))
		put("outcome", pick(rng, 45, 26, 15, 8.5, 5.6))
	}
	return columns
}

// pick is a place in weights, as likely as its weight.
func pick(rng *rand.Rand, weights ...float64) int {
	var sum float64
	for _, w := range weights {
		sum += w
	}
	at := rng.Float64() * sum
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// cpuSeconds is the CPU time this process has used.
func cpuSeconds() (float64, error) {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0, fmt.Errorf("reading the CPU time used: %w", err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano()).Seconds(), nil
}
