package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"wherry/pipelines/attack"
	"wherry/pipelines/audit"
)

// leak is a way to break an edition whose hidden counts are safe, and how it should be seen.
type leak struct {
	method string // the attacker's
	rule   string // the auditor's
	plant  func(d *doctored) want
	before func(d *doctored) // spoils the edition before, where there is one
}

// want is a count to be recovered: some numerator of an area, and what it is.
type want struct {
	period, area string
	n            int64
}

const few = 3

// leaks are planted in the files of a published edition cut down to one measure, in which an
// area has few in one quarter and is hidden together with another.
var leaks = map[string]leak{
	"one sibling of a pair is not hidden": {"subtraction", audit.RuleSums, func(d *doctored) want {
		d.show(d.line(d.areas[1]))
		return d.want(d.areas[0])
	}, nil},
	"a percentage whose numerator is hidden": {"percentages", audit.RuleSums, func(d *doctored) want {
		l := d.line(d.areas[0])
		l[d.at["value"]] = d.percent(l)
		return d.want(d.areas[0])
	}, nil},
	"a rolling year beside its quarters": {"rolling years", audit.RuleSums, func(d *doctored) want {
		for _, l := range d.covering(d.areas[0]) {
			if l[d.at["period_kind"]] == "rolling" {
				d.show(l)
			}
		}
		return d.want(d.areas[0])
	}, nil},
	"an area of another set less one that it holds": {"geography", audit.RuleSums, func(d *doctored) want {
		pieces := map[string][]string{}
		for _, area := range d.areas {
			pieces[area] = []string{"most of " + area}
		}
		pieces[d.areas[3]] = append(pieces[d.areas[3]], "a strip")
		pieces["south"] = append([]string{"a strip"}, pieces[d.areas[2]]...)
		d.catalogue["geography"] = pieces
		south := slices.Clone(d.line(d.areas[2]))
		met, base := d.true[&d.line(d.areas[2])[0]], d.number(south, "base")
		south[d.at["area"]], south[d.at["area_name"]], south[d.at["base"]] = "south", "South", strconv.FormatInt(base+30, 10)
		d.lines = append(d.lines, south)
		d.set(south, met+few)
		return want{d.quarter, "a strip", few}
	}, nil},
	"an earlier edition hid another sibling": {"edition differences", audit.RuleReleases, func(d *doctored) want {
		return d.want(d.areas[0])
	}, func(d *doctored) {
		d.show(d.covering(d.areas[1])...)
		d.hide(d.covering(d.areas[2])...)
	}},
	"a new total, of which one part was revised": {"edition differences", audit.RuleRevision, func(d *doctored) want {
		return want{d.quarter, d.area, few}
	}, func(d *doctored) {
		whole := d.line(d.area)
		for _, l := range append(d.covering(d.area), d.covering(d.areas[3])...) {
			d.set(l, d.true[&l[0]]-few)
		}
		for _, l := range d.lines { // the months come to what their quarter was
			if l[d.at["period_kind"]] == "month" && l[d.at["period_end"]] == whole[d.at["period_end"]] {
				d.set(l, d.true[&l[0]]-few)
			}
		}
	}},
	"whole numbers leave no choice": {"integer bounds", audit.RuleSums, func(d *doctored) want {
		d.move(d.areas[0], d.areas[2], few-1)
		d.move(d.areas[1], d.areas[2], d.true[&d.line(d.areas[1])[0]]-1)
		return want{d.quarter, d.areas[0], 1}
	}, nil},
	"a point on the chart for a hidden month": {"chart coordinates", audit.RuleDrawing, func(d *doctored) want {
		var months [][]string
		for _, l := range d.lines {
			if l[d.at["period_kind"]] == "month" && l[d.at["period_end"]] <= d.line(d.area)[d.at["period_end"]] {
				months = append(months, l)
			}
		}
		last, other := months[len(months)-1], months[len(months)-2]
		surplus := d.true[&last[0]] - 4
		d.add(last, -surplus)
		d.add(other, surplus)
		d.drawn(last, 4)
		d.hide(last, other)
		return want{last[d.at["period"]], d.area, 4}
	}, nil},
	"a copy of a table as it was before it was hidden": {"files left behind", audit.RuleUnknown, func(d *doctored) want {
		row := map[string]string{}
		for name, i := range d.at {
			row[name] = d.line(d.areas[0])[i]
		}
		row["numerator"] = strconv.Itoa(few)
		text, err := json.Marshal([]map[string]string{row})
		if err != nil {
			d.Fatal(err)
		}
		d.also["data/before.json"] = string(text)
		return d.want(d.areas[0])
	}, nil},
}

// plantedLeaks breaks a published edition in every way and wants each seen by the attacker,
// with the value and the method, and by the auditor; and nothing seen where it is whole.
func plantedLeaks(t *testing.T, edition string) {
	dir := t.TempDir()
	if r := attackOn(t, operate(t, edition).write(dir, "2026-27-Q2-whole", "")); len(r.Known) > 0 || r.Claims == 0 {
		t.Fatalf("the edition as it was published: %v", r.Known)
	}
	whole := operate(t, edition)
	whole.pair()
	path := whole.write(dir, "2026-27-Q2-pair", "")
	if r := attackOn(t, path); len(r.Known) > 0 || r.Hidden == 0 {
		t.Fatalf("a well hidden pair: %v", r.Known)
	}
	if r, err := audit.Edition(path); err != nil || len(r.Findings) > 0 {
		t.Fatalf("a well hidden pair: %v, %v", err, r)
	}
	for name, l := range leaks {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			var before []string
			if l.before != nil {
				old := operate(t, edition)
				old.pair()
				l.before(old)
				before = append(before, old.write(dir, "2026-27-Q1-before", ""))
			}
			d := operate(t, edition)
			d.pair()
			w := l.plant(d)
			now := d.write(dir, "2026-27-Q2-now", "2026-27-Q1-before")
			r := attackOn(t, append(before, now)...)
			if !slices.ContainsFunc(r.Known, func(k attack.Recovered) bool {
				return strings.HasPrefix(k.Count, "met") && k.Cell == w.period+" "+w.area && k.Low == w.n && slices.Contains(k.Methods, l.method)
			}) {
				t.Errorf("not recovered by %s: %v", l.method, r.Known)
			}
			found, err := audit.Releases(now, before)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(found.Findings, func(f audit.Finding) bool { return f.Rule == l.rule }) {
				t.Errorf("the audit does not find it by %s: %v", l.rule, found.Findings)
			}
		})
	}
}

func attackOn(t *testing.T, dirs ...string) attack.Report {
	t.Helper()
	ordered, err := attack.Order(dirs)
	if err != nil {
		t.Fatal(err)
	}
	r, err := attack.Attack(t.Context(), ordered)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// placed is where a point stands: a circle, or a shape that is moved.
var placed = regexp.MustCompile(`(<circle cx="|transform="matrix\([^,]+,[^,]+,[^,]+,[^,]+,)(-?[\d.]+)(" cy="|,)(-?[\d.]+)\)?"`)

// along is how far along the chart a point stands.
func along(point []string) float64 {
	x, err := strconv.ParseFloat(point[2], 64)
	if err != nil {
		return 0 // the form holds digits only
	}
	return x
}

// drawn moves the last point of the chart to where n of the last month would be, and takes
// the one before away.
func (d *doctored) drawn(last []string, n int64) {
	_, labels, _ := strings.Cut(d.svg, `<g text-anchor="end">`)
	labels, _, _ = strings.Cut(labels, "</g>")
	ticks := regexp.MustCompile(`y="([\d.]+)"[^>]*>([\d.]+)%<`).FindAllStringSubmatch(labels, -1)
	points := placed.FindAllStringSubmatch(d.svg, -1)
	if len(ticks) < 2 || len(points) < 2 {
		d.Fatalf("the chart has %d steps and %d points", len(ticks), len(points))
	}
	var at [2][2]float64
	for i, tick := range ticks[:2] {
		for j := range at[i] {
			v, err := strconv.ParseFloat(tick[j+1], 64)
			if err != nil {
				d.Fatal(err)
			}
			at[i][j] = v
		}
	}
	share := 100 * float64(n) / float64(d.number(last, "base"))
	y := at[0][0] + (share-at[0][1])*(at[1][0]-at[0][0])/(at[1][1]-at[0][1])
	slices.SortStableFunc(points, func(x, y []string) int { return cmp.Compare(along(x), along(y)) })
	end, gone := points[len(points)-1], points[len(points)-2]
	moved := strings.Replace(end[0], end[3]+end[4], end[3]+fmt.Sprintf("%.2f", y), 1)
	d.svg = strings.Replace(d.svg, end[0], moved, 1)
	d.svg = strings.Replace(d.svg, gone[0], "", 1)
}

// write puts the edition on disk, under a manifest of its own, and returns its folder.
func (d *doctored) write(root, name, previous string) string {
	d.Helper()
	dir := filepath.Join(root, name)
	manifest, err := json.Marshal(map[string]any{"edition": name, "previous": previous, "inputs": map[string]string{"quarter": strings.ReplaceAll(name[:10], "-Q", " Q"), "as_at": "2026-10-31"}})
	if err != nil {
		d.Fatal(err)
	}
	catalogue, err := json.Marshal(d.catalogue)
	if err != nil {
		d.Fatal(err)
	}
	files := map[string]string{"manifest.json": string(manifest), "board/data/catalogue.json": string(catalogue), "board/charts/" + d.id + ".svg": d.svg, "board/data/" + d.id + ".csv": d.csv()}
	for file, text := range d.also {
		files["board/"+file] = text
	}
	for file, text := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, file)), 0o755); err != nil {
			d.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
			d.Fatal(err)
		}
	}
	return dir
}
