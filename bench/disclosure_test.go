package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"wherry/queries/disclosure"
)

// TestLinkedBenchmark protects the linked tables at both levels, hides no more than the
// share of GaussSuppression's safe mode that is aimed at, and checks by addition that every
// small count has another table that gives the same publication.
func TestLinkedBenchmark(t *testing.T) {
	dir := os.Getenv("WHERRY_CASES")
	if dir == "" {
		dir = filepath.Join("..", "testdata", "cases")
	}
	text, err := os.ReadFile(filepath.Join(dir, "bench_linked_6000x4q.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Cells   int `json:"nonzero_cells"`
		Primary int `json:"primary"`
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	for _, p := range protections() {
		if p.hides == 0 {
			continue
		}
		cells, eqs, err := p.tables(dir)
		if err != nil {
			t.Fatal(err)
		}
		hidden, r, err := disclosure.Protect(cells, eqs, p.rules())
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d of %d", p.name, r.Primary+r.Secondary, r.Cells)
		if r.Cells != want.Cells || r.Primary != want.Primary {
			t.Errorf("%d cells, %d of them small; the benchmark has %d and %d", r.Cells, r.Primary, want.Cells, want.Primary)
		}
		if most := int(p.hides * gaussSuppression); r.Primary+r.Secondary > most {
			t.Errorf("%s: %d hidden, more than %d", p.name, r.Primary+r.Secondary, most)
		}
		open := make([]bool, len(cells))
		for _, w := range r.Witnesses {
			for _, i := range another(t, cells, eqs, hidden, w, p) {
				open[i] = true
			}
		}
		for i, c := range cells {
			if c.Value <= p.rules().HideUpTo && (!hidden[i] || !open[i]) {
				t.Errorf("%s: %s is not protected", p.name, c.Name)
			}
		}
	}
}

// another checks that the table that w makes is a possible one and gives the small counts
// that it opens as far as the level asks.
func another(t *testing.T, cells []disclosure.Cell, eqs []disclosure.Equation, hidden []bool, w disclosure.Witness, p protection) (opened []int) {
	t.Helper()
	value := make([]int64, len(cells))
	for i, c := range cells {
		value[i] = c.Value
	}
	for _, m := range w {
		value[m.Cell] += m.By
		if !hidden[m.Cell] || value[m.Cell] < 1 {
			t.Fatalf("a witness makes %s %d", cells[m.Cell].Name, value[m.Cell])
		}
		if p.level == 1 || value[m.Cell] > p.rules().HideUpTo {
			opened = append(opened, m.Cell)
		}
	}
	for _, e := range eqs {
		sum := -value[e.Total]
		for _, c := range e.Parts {
			sum += value[c]
		}
		if sum != 0 {
			t.Fatalf("a witness breaks the sum of %s", cells[e.Total].Name)
		}
	}
	return opened
}
