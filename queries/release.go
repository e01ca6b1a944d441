package queries

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"slices"

	"wherry/config"
)

// Release is what one edition was made from and which of it each audience was shown: the
// counts that are new, or differ, or were shown anew since the Releases before it. It holds
// what the edition hides, so it is kept as the extracts are and never published.
type Release struct {
	Edition   string                          `json:"edition"`
	Audiences []string                        `json:"audiences"` // ids; a place in each cell's Shown
	Measures  []*releasedMeasure              `json:"measures"`  // in the order of the catalogue
	Protected []map[string]*releasedWitnesses `json:"protected"` // by audience and first measure of a group
}

// releasedWitnesses is how an edition was protected: its witnesses, each as pairs of a cell's
// place among Places and the change to it, and the places that could not be had at level 2.
type releasedWitnesses struct {
	Places    []string  `json:"places"`
	Values    []int64   `json:"values"`
	Witnesses [][]int64 `json:"witnesses"`
	Lowered   []string  `json:"lowered,omitempty"`
}

// releasedMeasure is a Release's counts of one measure. Definition tells one way of counting
// from another.
type releasedMeasure struct {
	ID         string          `json:"id"`
	Definition string          `json:"definition"`
	Cells      []*releasedCell `json:"cells"`
}

// releasedCell is one cell: its tally, and the parts of it that each audience was shown.
type releasedCell struct {
	Period    string     `json:"p"`
	Area      string     `json:"a"`
	Breakdown string     `json:"b,omitempty"`
	Category  string     `json:"c,omitempty"`
	Young     bool       `json:"young,omitempty"` // more of it was still to be counted
	Unprinted bool       `json:"unprinted,omitempty"`
	Base      int64      `json:"n"`
	Met       int64      `json:"met,omitempty"`
	People    int64      `json:"people,omitempty"`
	Squares   int64      `json:"squares,omitempty"`
	Days      [][3]int64 `json:"days,omitempty"` // day, ended, open
	Sums      []*big.Int `json:"sums,omitempty"`
	Shown     [][]string `json:"shown,omitempty"`
}

// definition is a hash of what decides which rows a measure counts and how.
func (m *Measure) definition() string {
	text := fmt.Sprintln(m.SQL, m.Kind, m.Unit, m.People, m.Breakdowns, m.Within, m.Scale, m.Matures)
	if m.Population != nil {
		text += fmt.Sprintln(*m.Population)
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

func (t tally) released(k cellKey) *releasedCell {
	cell := &releasedCell{Period: k.period.String(), Area: k.area, Breakdown: k.breakdown, Category: k.category,
		Base: t.base, Met: t.met, People: t.people, Squares: t.squares, Sums: t.sums}
	for _, day := range slices.Sorted(maps.Keys(t.days)) {
		cell.Days = append(cell.Days, [3]int64{int64(day), t.days[day].ended, t.days[day].open})
	}
	return cell
}

// read is the cell's place and tally.
func (c *releasedCell) read() (cellKey, tally, error) {
	p, err := config.ParsePeriod(c.Period)
	k := cellKey{period: p, area: c.Area, breakdown: c.Breakdown, category: c.Category}
	t := tally{base: c.Base, met: c.Met, people: c.People, squares: c.Squares, sums: c.Sums}
	for _, d := range c.Days {
		t.addDays(int(d[0]), d[1], d[2])
	}
	return k, t, err
}

// equals says whether two tallies hold the same numbers.
func (t tally) equals(other tally) bool {
	a, b := t.released(cellKey{}), other.released(cellKey{})
	blank := func(c *releasedCell) bool {
		return !slices.ContainsFunc(c.Sums, func(n *big.Int) bool { return n.Sign() != 0 })
	}
	if blank(a) && blank(b) {
		a.Sums, b.Sums = nil, nil
	}
	return a.Base == b.Base && a.Met == b.Met && a.People == b.People && a.Squares == b.Squares &&
		slices.Equal(a.Days, b.Days) && slices.EqualFunc(a.Sums, b.Sums, func(x, y *big.Int) bool { return x.Cmp(y) == 0 })
}

// release is what this edition adds to what the editions before it told. shown is, for each
// audience and measure, the parts that each cell of it shows.
func (h *History) release(all []*Cells, audiences []config.Audience, shown [][]map[cellKey][]string, protected []map[string]*releasedWitnesses) *Release {
	r := &Release{Protected: protected}
	for _, a := range audiences {
		r.Audiences = append(r.Audiences, a.ID)
	}
	for i, c := range all {
		m := &releasedMeasure{ID: c.measure.ID, Definition: c.measure.definition()}
		past := h.past(c.measure)
		for _, k := range slices.Concat(c.keys(), c.unprintedKeys()) {
			if c.keepsBack(k) && k.period.Kind != config.Quarter {
				continue
			}
			cell := c.value(k).released(k)
			cell.Young, cell.Unprinted = c.young(k.period), c.keepsBack(k)
			for j := range audiences {
				cell.Shown = append(cell.Shown, shown[j][i][k])
			}
			if !past.tells(k, c.value(k), cell, r.Audiences) {
				m.Cells = append(m.Cells, cell)
			}
		}
		if past == nil || past.definition != m.Definition || len(m.Cells) > 0 {
			r.Measures = append(r.Measures, m)
		}
	}
	return r
}

// sameParts says whether two lists of shown parts are one.
func sameParts(a, b []string) bool { return len(a) == 0 && len(b) == 0 || reflect.DeepEqual(a, b) }
