package attack

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// roundedCase is a row of rounded cells, with what may be known of the true ones.
type roundedCase struct {
	ID, Kind string
	Input    struct {
		Cells []int64 `json:"rounded_cells"`
		Base  int64
	}
	Expected struct {
		Alone    [][2]int64            `json:"true_interval_alone"`
		Totals   []int64               `json:"possible_rounded_totals"`
		Extremes map[string][][2]int64 `json:"intervals_with_extreme_totals"`
	}
}

// row is the claims of a reader of rounded cells and their rounded total (none below zero).
// Unlike an audience that hides small counts first, this publisher rounds them to zero too.
func (c roundedCase) row(total int64) (*claims, []int) {
	m := &measure{RoundTo: c.Input.Base}
	k := &claims{at: map[key]int{}, printed: map[key]bool{}}
	count := func(name string, n int64) int {
		v := k.number(key{measure: name})
		lo, hi := m.behind(n)
		if n == 0 {
			_, hi = m.behind(c.Input.Base)
			hi -= c.Input.Base
		}
		k.narrow(v, lo, hi, rounding)
		return v
	}
	var cells []int
	for i, n := range c.Input.Cells {
		cells = append(cells, count(strconv.Itoa(i), n))
	}
	if total >= 0 {
		k.sum(subtraction, count("total", total), cells...)
	}
	k.conclude()
	return k, cells
}

func (c *claims) spans(of []int) [][2]int64 {
	var ends [][2]int64
	for _, v := range of {
		ends = append(ends, [2]int64{c.numbers[v].lo, c.numbers[v].hi})
	}
	return ends
}

// TestRoundedRowsOfTheCaseFile draws from a rounded total beside rounded cells what the case
// file says can be drawn: which totals there can be, and what extreme ones give away.
func TestRoundedRowsOfTheCaseFile(t *testing.T) {
	dir := os.Getenv("WHERRY_CASES")
	if dir == "" {
		dir = filepath.Join("..", "..", "testdata", "cases")
	}
	text, err := os.ReadFile(filepath.Join(dir, "sdc.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []json.RawMessage }
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, raw := range file.Cases {
		var head struct{ Kind string }
		if err := json.Unmarshal(raw, &head); err != nil || head.Kind != "rounding_interval_attack" {
			continue
		}
		var c roundedCase
		if err := json.Unmarshal(raw, &c); err != nil {
			t.Fatal(err)
		}
		ran++
		alone, cells := c.row(-1)
		if got := alone.spans(cells); !slices.Equal(got, c.Expected.Alone) {
			t.Errorf("%s: alone %v, want %v", c.ID, got, c.Expected.Alone)
		}
		var totals []int64
		for total := int64(0); total <= 200; total += c.Input.Base {
			if k, _ := c.row(total); !k.contradicted {
				totals = append(totals, total)
			}
		}
		if !slices.Equal(totals, c.Expected.Totals) {
			t.Errorf("%s: totals %v, want %v", c.ID, totals, c.Expected.Totals)
		}
		for total, want := range c.Expected.Extremes {
			n, err := strconv.ParseInt(total, 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			k, cells := c.row(n)
			if got := k.spans(cells); !slices.Equal(got, want) {
				t.Errorf("%s: with total %s %v, want %v", c.ID, total, got, want)
			}
		}
	}
	if ran == 0 {
		t.Fatal("no case to run")
	}
}
