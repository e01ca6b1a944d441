package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"

	"wherry/config"
)

// successive is how many editions of the sample are published one after another, each held
// against all those before it.
const successive = 12

// issue is one edition of the sample: what it took and what it hides, over all its audiences.
type issue struct {
	quarter        string
	measure, audit float64 // seconds by the clock, protection being part of measuring
	cells, hidden  int
}

func (i issue) seconds() float64 { return i.measure + i.audit }

func (i issue) share() float64 { return float64(i.hidden) / float64(i.cells) }

// compareHistory publishes the sample quarter by quarter, each as at the end of the month
// after it, and sets the last edition against the first.
func compareHistory(wherry string) (Result, error) {
	dir, err := os.MkdirTemp("", "wherry-bench-")
	if err != nil {
		return Result{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	county := filepath.Join(dir, "county")
	for _, args := range [][]string{{"init", county}, {"sample", "--dir", county}, {"receive", "--dir", county}} {
		if _, err := cost(wherry, args...); err != nil {
			return Result{}, err
		}
	}
	quarter := config.Containing(config.Quarter, config.Day(2023, 10, 1))
	var first, last issue
	for n := range successive {
		if last, err = issueOf(wherry, county, quarter); err != nil {
			return Result{}, err
		}
		if n == 0 {
			first = last
		}
		fmt.Printf("%-10s measure and protect %.1f s   audit %.1f s   %d of %d figures hidden (%.1f%%)\n",
			last.quarter, last.measure, last.audit, last.hidden, last.cells, 100*last.share())
		quarter = quarter.Shift(1)
	}
	r := Result{Name: "the last of twelve editions against the first", Ratio: last.seconds() / first.seconds(), Bound: 3,
		Seconds: last.seconds(), Hidden: last.hidden, Share: last.share()}
	fmt.Printf("%s: %.1f s against %.1f s, ratio %.2f (bound %.0f)\n", r.Name, last.seconds(), first.seconds(), r.Ratio, r.Bound)
	return r, nil
}

// issueOf publishes a quarter and reads what it took from the lines that wherry prints, and
// what it hides from the manifest.
func issueOf(wherry, county string, quarter config.Period) (issue, error) {
	i := issue{quarter: quarter.String()}
	cmd := exec.Command(wherry, "publish", "--dir", county, "--quarter", i.quarter, "--as-at", quarter.End.AddDate(0, 1, -1).Format("2006-01-02"))
	text, err := cmd.CombinedOutput()
	if err != nil {
		return i, fmt.Errorf("publishing %s: %w\n%s", i.quarter, err, text)
	}
	for part, seconds := range map[string]*float64{"measure": &i.measure, "audit": &i.audit} {
		found := regexp.MustCompile(`(?m)^  ` + part + ` .*\(([0-9.]+) s\)$`).FindSubmatch(text)
		if found == nil {
			return i, fmt.Errorf("publishing %s: no line says how long it took to %s", i.quarter, part)
		}
		if *seconds, err = strconv.ParseFloat(string(found[1]), 64); err != nil {
			return i, err
		}
	}
	var manifest struct {
		Issued struct {
			Audiences []struct{ Cells, Hidden int }
		}
	}
	raw, err := os.ReadFile(filepath.Join(county, "published", "current", "manifest.json"))
	if err != nil {
		return i, err
	}
	if err := json.Unmarshal(raw, &manifest); err != nil {
		return i, fmt.Errorf("reading the manifest of %s: %w", i.quarter, err)
	}
	for _, a := range manifest.Issued.Audiences {
		i.cells, i.hidden = i.cells+a.Cells, i.hidden+a.Hidden
	}
	return i, nil
}
