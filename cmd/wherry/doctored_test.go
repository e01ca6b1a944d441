package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// doctored is the board's part of a published edition cut down to one proportion, whose files
// a test edits.
type doctored struct {
	*testing.T
	id        string
	catalogue map[string]any
	at        map[string]int    // column by name
	lines     [][]string        // of the data file, without its head
	true      map[*string]int64 // numerator of each line, hidden or not
	svg       string
	also      map[string]string // other files, by path below the audience's folder
	area      string
	areas     []string
	quarter   string // the latest
}

// operated is the measure that is kept: one whose districts are all shown.
const operated = "RQ1"

func operate(t *testing.T, edition string) *doctored {
	t.Helper()
	d := &doctored{T: t, id: strings.ToLower(operated), at: map[string]int{}, true: map[*string]int64{}, also: map[string]string{}}
	read := func(name string) []byte {
		text, err := os.ReadFile(filepath.Join(edition, "board", name))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	decode(t, string(read("data/catalogue.json")), &d.catalogue)
	d.area = d.catalogue["area"].(string)
	for _, m := range d.catalogue["measures"].([]any) {
		if m.(map[string]any)["id"] == operated {
			d.catalogue["measures"] = []any{m}
		}
	}
	second := d.secondSet()
	delete(d.catalogue, "geography")
	d.svg = string(read("charts/" + d.id + ".svg"))
	lines, err := csv.NewReader(bytes.NewReader(read("data/" + d.id + ".csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range lines[0] {
		d.at[name] = i
	}
	d.lines = slices.DeleteFunc(lines[1:], func(l []string) bool { return second[l[d.at["area"]]] })
	for _, l := range d.lines {
		d.true[&l[0]] = d.number(l, "numerator")
		switch area := l[d.at["area"]]; {
		case l[d.at["period_kind"]] != "quarter" || l[d.at["breakdown"]] != "":
		case area == d.area:
			d.quarter = l[d.at["period"]]
		}
	}
	for _, l := range d.lines {
		if l[d.at["period"]] == d.quarter && l[d.at["breakdown"]] == "" && l[d.at["area"]] != d.area && l[d.at["area"]] != "unknown" {
			d.areas = append(d.areas, l[d.at["area"]])
		}
	}
	if len(d.areas) < 4 {
		t.Fatalf("%d areas in %s", len(d.areas), d.quarter)
	}
	return d
}

// secondSet is the areas that pieces of others make up: cases are moved between the others alone.
func (d *doctored) secondSet() map[string]bool {
	second := map[string]bool{}
	geography, _ := d.catalogue["geography"].(map[string]any)
	for area, pieces := range geography {
		second[area] = slices.ContainsFunc(pieces.([]any), func(piece any) bool { return !strings.HasPrefix(piece.(string), area+" in ") })
	}
	return second
}

// number is what a line prints in a column, -1 where it prints nothing.
func (d *doctored) number(l []string, column string) int64 {
	d.Helper()
	if l[d.at[column]] == "" {
		return -1
	}
	n, err := strconv.ParseInt(l[d.at[column]], 10, 64)
	if err != nil {
		d.Fatal(err)
	}
	return n
}

// line is that of an area for the latest quarter.
func (d *doctored) line(area string) []string {
	d.Helper()
	for _, l := range d.lines {
		if l[d.at["period_kind"]] == "quarter" && l[d.at["period"]] == d.quarter && l[d.at["area"]] == area && l[d.at["breakdown"]] == "" {
			return l
		}
	}
	d.Fatalf("no line for %s %s", d.quarter, area)
	return nil
}

// covering is the lines of an area for the latest quarter and every longer period that holds it.
func (d *doctored) covering(area string) [][]string {
	d.Helper()
	quarter := d.line(area)
	var ls [][]string
	for _, l := range d.lines {
		if l[d.at["area"]] == area && l[d.at["breakdown"]] == "" && l[d.at["period_start"]] <= quarter[d.at["period_start"]] && l[d.at["period_end"]] >= quarter[d.at["period_end"]] {
			ls = append(ls, l)
		}
	}
	return ls
}

func (d *doctored) percent(l []string) string {
	return strconv.FormatFloat(100*float64(d.true[&l[0]])/float64(d.number(l, "base")), 'f', 1, 64)
}

// set gives a line another numerator; it stays hidden where it was.
func (d *doctored) set(l []string, met int64) {
	d.Helper()
	if base := d.number(l, "base"); met < 0 || met > base {
		d.Fatalf("%d of %d in %v", met, base, l)
	}
	d.true[&l[0]] = met
	if l[d.at["marker_value"]] != "c" {
		d.show(l)
	}
}

// add gives a line n more cases that met it.
func (d *doctored) add(l []string, n int64) {
	d.Helper()
	l[d.at["base"]] = strconv.FormatInt(d.number(l, "base")+n, 10)
	d.set(l, d.true[&l[0]]+n)
}

func (d *doctored) show(ls ...[]string) {
	for _, l := range ls {
		l[d.at["value"]], l[d.at["numerator"]] = d.percent(l), strconv.FormatInt(d.true[&l[0]], 10)
		l[d.at["low"]], l[d.at["high"]], l[d.at["marker_value"]] = "", "", ""
	}
}

func (d *doctored) hide(ls ...[]string) {
	for _, l := range ls {
		for _, column := range []string{"value", "low", "high", "numerator"} {
			l[d.at[column]] = ""
		}
		l[d.at["marker_value"]] = "c"
	}
}

// move makes n cases of one area that met it cases of another, in the latest quarter.
func (d *doctored) move(from, to string, n int64) {
	d.Helper()
	for area, more := range map[string]int64{from: -n, to: n} {
		for _, l := range d.covering(area) {
			d.add(l, more)
		}
	}
}

// pair leaves few in the first area in the latest quarter, and hides it with the second
// wherever that counts.
func (d *doctored) pair() {
	d.Helper()
	d.move(d.areas[0], d.areas[2], d.true[&d.line(d.areas[0])[0]]-few)
	d.hide(append(d.covering(d.areas[0]), d.covering(d.areas[1])...)...)
}

func (d *doctored) want(area string) want {
	return want{d.quarter, area, d.true[&d.line(area)[0]]}
}

func (d *doctored) csv() string {
	head := make([]string, len(d.at))
	for name, i := range d.at {
		head[i] = name
	}
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(append([][]string{head}, d.lines...)); err != nil {
		d.Fatal(err)
	}
	return b.String()
}
