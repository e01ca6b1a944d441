package audit

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// audience is one audience's edition as its files give it.
type audience struct {
	dir, folder string
	rules
	Quarter string `json:"quarter"`
	AsAt    string `json:"as_at"`
	Area    string `json:"area"`
	// Geography is the pieces that areas are made of, where areas of different sets share
	// some; it need not be given where areas are parts of the whole and nothing else.
	Geography map[string][]string `json:"geography"`
	Measures  []*measure
	left      []Left                     // the report that it ships, nil without one
	links     []string                   // what catalogue.html links to, nil until it is read
	drawings  map[string]map[string]bool // of measures' own pages, as they are printed
	release   int                        // 0 for the edition under audit, 1 and on for those before it
}

// rules are what an audience's figures are held to; a measure's own may be stricter.
type rules struct {
	HideUpTo int64  `json:"hide_up_to"`
	RoundTo  int64  `json:"round_to"`
	MinBase  int64  `json:"min_base"`
	Zeros    string `json:"zeros"`
	Class    string `json:"class"`
	Level    int64  `json:"level"`
}

type measure struct {
	rules
	ID, Kind   string
	Distinct   bool
	Protects   string
	Unit       string
	Per        int64
	Breakdowns []string
	Matures    int // days before a row is counted
	rows       []row
	facts      []fact // what its page prints beside
}

// fact is a count that a page prints, or gives as a share, and the data files do not hold.
type fact struct {
	place  place
	part   string
	lo, hi int64
	share  bool // given as a share
}

// row is one line of a data file. A number that is not printed is "" as text and -1 as a
// count.
type row struct {
	line                int
	period, kind        string
	start, end          time.Time // first and last day
	area, areaName      string
	breakdown, category string
	value, low, high    string
	unit                string
	numerator, base     int64
	markValue, markBase string
}

// columns of a data file, in order; the auditor reads those it needs by place.
var columns = []string{"measure", "period", "period_kind", "period_start", "period_end", "area", "area_name", "breakdown", "category",
	"value", "unit", "low", "high", "numerator", "base", "marker_value", "marker_base"}

func readAudience(dir, folder string) (*audience, error) {
	a := &audience{dir: dir, folder: folder}
	text, err := os.ReadFile(filepath.Join(dir, "data", "catalogue.json"))
	if err != nil {
		return nil, fmt.Errorf("reading the catalogue: %w", err)
	}
	if err := json.Unmarshal(text, a); err != nil {
		return nil, fmt.Errorf("reading the catalogue: %w", err)
	}
	for _, m := range a.Measures {
		if m.HideUpTo == 0 {
			m.rules = a.rules
		}
		if err := m.read(filepath.Join(dir, m.file())); err != nil {
			return nil, fmt.Errorf("reading %s: %w", m.file(), err)
		}
	}
	if a.Area == "" {
		a.Area = a.widest()
	}
	return a, a.readLeft()
}

// file is the measure's data file below the audience's folder.
func (m *measure) file() string { return "data/" + strings.ToLower(m.ID) + ".csv" }

func (m *measure) read(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return err
	}
	if len(lines) == 0 || !slices.Equal(lines[0], columns) {
		return fmt.Errorf("its columns are not those of a data file")
	}
	for i, l := range lines[1:] {
		r, err := parseRow(l)
		if err != nil {
			return fmt.Errorf("line %d: %w", i+2, err)
		}
		r.line = i + 2
		m.rows = append(m.rows, r)
	}
	return nil
}

func parseRow(l []string) (row, error) {
	r := row{period: l[1], kind: l[2], area: l[5], areaName: l[6], breakdown: l[7], category: l[8],
		value: l[9], unit: l[10], low: l[11], high: l[12], markValue: l[15], markBase: l[16]}
	var err error
	if r.start, err = time.Parse(time.DateOnly, l[3]); err != nil {
		return r, fmt.Errorf("period_start is not a date")
	}
	if r.end, err = time.Parse(time.DateOnly, l[4]); err != nil {
		return r, fmt.Errorf("period_end is not a date")
	}
	if r.numerator, err = parseCount(l[13]); err != nil {
		return r, fmt.Errorf("numerator is not a count")
	}
	if r.base, err = parseCount(l[14]); err != nil {
		return r, fmt.Errorf("base is not a count")
	}
	return r, nil
}

func parseCount(s string) (int64, error) {
	if s == "" {
		return -1, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err == nil && n < 0 {
		return 0, fmt.Errorf("it is negative")
	}
	return n, err
}

// widest is the area with most rows: the partnership, which alone has months.
func (a *audience) widest() string {
	rows := map[string]int{}
	best := ""
	for _, m := range a.Measures {
		for _, r := range m.rows {
			rows[r.area]++
			if best == "" || rows[r.area] > rows[best] || (rows[r.area] == rows[best] && r.area < best) {
				best = r.area
			}
		}
	}
	return best
}

// whole says whether a period could be counted in full when the edition was made.
func (a *audience) whole(m *measure, r row) bool {
	asAt, err := time.Parse(time.DateOnly, a.AsAt)
	return err != nil || !r.end.AddDate(0, 0, m.Matures).After(asAt)
}

// people says whether small counts of m are small counts of people.
func (m *measure) people() bool { return m.Protects != "nobody" }

// measure is the measure of an id, or nil.
func (a *audience) measure(id string) *measure {
	for _, m := range a.Measures {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// where names a row for a Finding.
func (r row) where() string {
	s := r.period + " " + r.area
	if r.breakdown != "" {
		s += " " + r.breakdown + " " + r.category
	}
	return s
}
