package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wherry/config"
)

// plantedChange is a change that the sample has in it (pipelines/sample/doc.go).
type plantedChange struct {
	measure, change string
	planted         string // quarter of its first month: the edition before it must not find it
	begins          string // quarter in which every edition must say that it began
	found           string // first edition that must find it, as must each one after
	later           int    // quarters by which an edition may say that it began later, while many cases are open
}

func plantedMeasures() []plantedChange {
	return []plantedChange{
		{"IS7", "improving", "2025-26 Q3", "2025-26 Q3", "2025-26 Q3", 0},
		{"SA11", "concern", "2025-26 Q3", "2025-26 Q3", "2025-26 Q3", 1},
		{"MA6", "concern", "2025-26 Q3", "2025-26 Q3", "2025-26 Q3", 0},
		{"RQ1", "improving", "2025-26 Q4", "2025-26 Q4", "2025-26 Q4", 0},
		{"IS8", "improving", "2025-26 Q4", "2025-26 Q4", "2025-26 Q4", 0},
		{"IS4", "concern", "2025-26 Q4", "2025-26 Q4", "2025-26 Q4", 0},
		{"SI1", "concern", "2025-26 Q4", "2025-26 Q4", "2025-26 Q4", 0},
		// small against their ups and downs: a run of seven months tells
		{"RQ2", "improving", "2025-26 Q4", "2025-26 Q4", "2026-27 Q1", 0},
		{"RQ3", "improving", "2025-26 Q4", "2025-26 Q4", "2026-27 Q1", 0},
		{"RQ4", "improving", "2025-26 Q4", "2025-26 Q4", "2026-27 Q1", 0},
		{"TR2", "improving", "2025-26 Q2", "2025-26 Q2", "2025-26 Q4", 0},
		// the ends of plans are judged after 180 days
		{"CH10", "concern", "2025-26 Q3", "2025-26 Q3", "2026-27 Q2", 0},
		// counted by quarter, so that twelve points take three years; it grows by a thirteenth a
		// month from the last month of its quarter, and lies outside the limits two quarters on
		{"TR1", "improving", "2025-26 Q2", "2025-26 Q4", "2026-27 Q2", 0},
	}
}

type verdictJSON struct{ Measure, Change, Since, Says string }

// measuredAt is the verdicts that an edition of a quarter gave a month after its end, on
// what had been received by then.
func measuredAt(t *testing.T, dir string, quarter config.Period, measures ...string) map[string]verdictJSON {
	t.Helper()
	args := append([]string{"measure"}, measures...)
	args = append(args, "--dir", dir, "--quarter", quarter.String(), "--as-at", quarter.End.AddDate(0, 1, -1).Format(time.DateOnly), "--json")
	var measured []verdictJSON
	decode(t, mustWherry(t, exitDone, args...), &measured)
	found := map[string]verdictJSON{}
	for _, m := range measured {
		found[m.Measure] = m
	}
	return found
}

func parsed(t *testing.T, period string) config.Period {
	t.Helper()
	p, err := config.ParsePeriod(period)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// plantedChanges goes through the editions of five quarters. Each planted change is not there
// in the edition before it was planted, and from the edition that must find it on it is there
// and said to begin in its quarter.
func plantedChanges(t *testing.T, dir string) {
	var ids []string
	for _, p := range plantedMeasures() {
		ids = append(ids, p.measure)
	}
	checked := map[string]int{}
	for quarter := parsed(t, "2025-26 Q1"); !quarter.Start.After(parsed(t, "2026-27 Q2").Start); quarter = quarter.Shift(1) {
		verdicts := measuredAt(t, dir, quarter, ids...)
		for _, p := range plantedMeasures() {
			got := verdicts[p.measure]
			if quarter == parsed(t, p.planted).Shift(-1) {
				checked[p.measure]++
				if got.Change == p.change {
					t.Errorf("%s in the edition of %s, before it was planted: %s since %s", p.measure, quarter, got.Change, got.Since)
				}
			}
			if quarter.Start.Before(parsed(t, p.found).Start) {
				continue
			}
			checked[p.measure]++
			if got.Change != p.change {
				t.Errorf("%s in the edition of %s: %s, want %s", p.measure, quarter, got.Change, p.change)
				continue
			}
			first := parsed(t, p.begins)
			if began := config.Containing(config.Quarter, parsed(t, got.Since).Start); began.Start.Before(first.Start) || began.Start.After(first.Shift(p.later).Start) {
				t.Errorf("%s in the edition of %s: since %s, want within %s", p.measure, quarter, got.Since, p.begins)
			}
		}
	}
	for _, id := range ids {
		if checked[id] < 2 {
			t.Errorf("%s was looked at in %d editions", id, checked[id])
		}
	}
}

// plantedNoise holds that nothing is called a change where the sample has chance alone.
func plantedNoise(t *testing.T, dir string) {
	want, got := map[string]string{}, map[string]string{}
	ids := strings.Fields("MA2 MA3 IS1 MA5 MA7 MA8 SI6 RQ8 IS9 VC1 VC4 CH8 TR6 PE5 SA12")
	for id, v := range measuredAt(t, dir, parsed(t, "2026-27 Q2"), ids...) {
		got[id] = v.Change
	}
	for _, id := range ids {
		want[id] = "no_change"
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("verdicts (-want +got):\n%s", diff)
	}
}

// seasonTakenOut looks at a measure whose months follow the seasons, because incidents do.
func seasonTakenOut(t *testing.T, dir string) {
	page := fileText(t, dir, "published", "current", "board", "measures", "sa12.html")
	for _, want := range []string{"With the season taken out, the latest month is within its usual range of ", "each month is judged against what is usual for that month",
		"Usual for each month of the year", "Chart with the season taken out. Baseline October 2023 to September 2025."} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// plantedBreak looks at a change of definition from outside: the page draws a break there and
// says so and no figure is given across it. The ledger is what keeps the step from being called
// a change: in the edition of a quarter before, seven months lie above the average of both.
func plantedBreak(t *testing.T, dir string) {
	current := filepath.Join(dir, "published", "current", "board")
	page, chart := fileText(t, current, "measures", "ma2.html"), fileText(t, current, "charts", "ma2.svg")
	for text, want := range map[string]string{
		page:  "Figures before and after April 2025 cannot be compared.",
		chart: "MARAC repeat, any instance of abuse, April 2025",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is nowhere", want)
		}
	}
	if !strings.Contains(page, "Break: figures on either side cannot be compared") || !strings.Contains(page, "from 1 April 2025") {
		t.Error("the page does not explain the break")
	}
	acrossBreak(t, fileText(t, current, "data", "ma2.csv"))

	ledger := filepath.Join(dir, "config", "definitions.yaml")
	whole, err := os.ReadFile(ledger)
	if err != nil {
		t.Fatal(err)
	}
	undated := bytes.Replace(whole, []byte(`    on: "2025-04-01"`), []byte("    "), 1)
	if bytes.Equal(undated, whole) {
		t.Fatal("the break has no day to leave out")
	}
	if err := os.WriteFile(ledger, undated, 0o644); err != nil {
		t.Fatal(err)
	}
	without := measuredAt(t, dir, parsed(t, "2026-27 Q1"), "MA2")["MA2"]
	if err := os.WriteFile(ledger, whole, 0o644); err != nil {
		t.Fatal(err)
	}
	with := measuredAt(t, dir, parsed(t, "2026-27 Q1"), "MA2")["MA2"]
	if without.Change != "different" || with.Change != "no_change" || !strings.Contains(with.Says, "Figures before and after April 2025 cannot be compared.") {
		t.Errorf("without the break: %s: %s\nwith it: %s: %s", without.Change, without.Says, with.Change, with.Says)
	}
}

// acrossBreak holds that every figure of a data file that lies across April 2025 is marked b
// and has no number, and that its neighbours on either side are given.
func acrossBreak(t *testing.T, csv string) {
	across, given := 0, map[string]bool{}
	for _, line := range strings.Split(csv, "\n")[1:] {
		f := strings.Split(line, ",")
		if len(f) != 17 {
			continue
		}
		start, end, value := f[3], f[4], f[9]
		if start < "2025-04-01" && end >= "2025-04-01" {
			across++
			if value != "" || f[11] != "" || f[13] != "" || f[14] != "" || f[15] != "b" {
				t.Errorf("across the break: %s", line)
			}
		} else if value != "" && f[7] == "" {
			given[f[1]] = true
		}
	}
	if across < 3 || !given["year to 2025-03"] || !given["year to 2026-03"] {
		t.Errorf("%d figures across the break; given on either side: %v", across, given["year to 2025-03"] && given["year to 2026-03"])
	}
}

func fileText(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
