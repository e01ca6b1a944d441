package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// auditorsReport holds the report on what is hidden, which an edition ships to each audience,
// against the data files and its page: a line for each hidden number, none that tells a small
// count, and the loss of every measure.
func auditorsReport(t *testing.T, edition string) {
	for audience, upTo := range map[string]int64{"board": 5, "public": 9} {
		lines := readCSV(t, filepath.Join(edition, audience, "data", "protection.csv"))
		if got := strings.Join(lines[0], " "); got != "measure period area breakdown category hidden why level least most" {
			t.Fatalf("%s: the report has the columns %s", audience, got)
		}
		told := map[string]bool{}
		ranges, why := 0, map[string]bool{}
		for _, l := range lines[1:] {
			told[strings.Join(l[:5], "/")], why[l[6]] = true, true
			least, err := strconv.ParseInt(l[8], 10, 64)
			if err != nil {
				continue
			}
			ranges++
			if l[8] == l[9] && least >= 1 && least <= upTo {
				t.Errorf("%s: %s gives a small count away", audience, strings.Join(l[:5], " "))
			}
		}
		hidden := 0
		files, err := filepath.Glob(filepath.Join(edition, audience, "data", "[a-z][a-z][0-9]*.csv"))
		if err != nil || len(files) < 80 {
			t.Fatalf("%s: %d data files, %v", audience, len(files), err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "-beside.csv") {
				continue
			}
			for _, l := range readCSV(t, file)[1:] {
				if l[15] != "c" && l[16] != "c" {
					continue
				}
				hidden++
				if at := strings.Join([]string{l[0], l[1], l[5], l[7], l[8]}, "/"); !told[at] {
					t.Errorf("%s: %s hides something and is not in the report", audience, at)
				}
			}
		}
		if len(told) != hidden || ranges < hidden/2 || len(why) < 4 {
			t.Errorf("%s: the report tells of %d rows with %d ranges and %d reasons; the data files hide something in %d rows", audience, len(told), ranges, len(why), hidden)
		}
		page, err := os.ReadFile(filepath.Join(edition, audience, "protection.html"))
		if err != nil {
			t.Fatal(err)
		}
		for word := range why {
			if !strings.Contains(string(page), "(<code>"+word+"</code>") {
				t.Errorf("%s: the page does not explain the reason %q of the report", audience, word)
			}
		}
		measures, err := filepath.Glob(filepath.Join(edition, audience, "measures", "*.html"))
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(page), `<tr><th scope="row"><a href="measures/`); n < 90 || n != len(measures) {
			t.Errorf("%s: the page tells what hiding costs in %d measures of %d", audience, n, len(measures))
		}
	}
}

func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines
}
