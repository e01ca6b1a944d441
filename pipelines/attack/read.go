package attack

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// files is what one audience's folder of an edition holds.
type files struct {
	dir, edition string
	release      int                 // 0 for the latest
	Audience     string              `json:"audience"`
	HideUpTo     int64               `json:"hide_up_to"`
	RoundTo      int64               `json:"round_to"`
	MinBase      int64               `json:"min_base"`
	Area         string              `json:"area"`
	AsAt         string              `json:"as_at"`
	Geography    map[string][]string `json:"geography"`
	Measures     []*measure          `json:"measures"`
}

type measure struct {
	ID, Kind, Protects string
	Distinct           bool
	Matures            int // days before a row is counted
	Per                int64
	File               string
	HideUpTo           int64  `json:"hide_up_to"` // at least the audience's
	RoundTo            int64  `json:"round_to"`
	MinBase            int64  `json:"min_base"`
	Zeros              string `json:"zeros"` // shown, or else some may be hidden
	rows               []row
	left               []row   // found in other files
	reported           []spans // of the edition's own report on what is hidden
}

// spans is the whole numbers that a report leaves for a hidden count.
type spans struct {
	period, area, breakdown, category, part string
	least, most                             int64
}

// row is a line of a data file; a count that is not printed is -1.
type row struct {
	period, kind, area, breakdown, category string
	start, end                              time.Time
	value, mark                             string
	numerator, base                         int64
}

func readEdition(dir string, release int) ([]*files, error) {
	folders, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var all []*files
	for _, folder := range folders {
		path := filepath.Join(dir, folder.Name())
		text, err := os.ReadFile(filepath.Join(path, "data", "catalogue.json"))
		if os.IsNotExist(err) || !folder.IsDir() {
			continue
		}
		if err != nil {
			return nil, err
		}
		f := &files{dir: path, edition: filepath.Base(dir), release: release}
		if err := json.Unmarshal(text, f); err != nil {
			return nil, fmt.Errorf("reading the catalogue of %s: %w", folder.Name(), err)
		}
		if f.Audience == "" {
			f.Audience = folder.Name()
		}
		for _, m := range f.Measures {
			if m.HideUpTo == 0 { // an edition that gives its audience's rules alone
				m.HideUpTo, m.RoundTo, m.MinBase = f.HideUpTo, f.RoundTo, f.MinBase
			}
			if err := m.read(path); err != nil {
				return nil, fmt.Errorf("reading %s of %s: %w", m.ID, folder.Name(), err)
			}
		}
		if err := f.leftBehind(); err != nil {
			return nil, fmt.Errorf("reading %s: %w", folder.Name(), err)
		}
		all = append(all, f)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no audience's data/catalogue.json in it")
	}
	return all, nil
}

func (m *measure) read(dir string) error {
	if m.File == "" {
		m.File = strings.ToLower(m.ID) + ".csv"
	}
	file, err := os.Open(filepath.Join(dir, "data", filepath.Base(m.File)))
	if err != nil {
		return err
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return err
	}
	at := map[string]int{}
	for i, name := range lines[0] {
		at[name] = i
	}
	if name := missing(at); name != "" {
		return fmt.Errorf("it has no column %s", name)
	}
	for i, l := range lines[1:] {
		r, err := readRow(l, at)
		if err != nil {
			return fmt.Errorf("line %d: %w", i+2, err)
		}
		m.rows = append(m.rows, r)
	}
	return nil
}

// missing is the first column that a data file needs and that is not there.
func missing(at map[string]int) string {
	for _, name := range []string{"period", "period_kind", "period_start", "period_end", "area", "breakdown", "category", "value", "numerator", "base", "marker_value", "marker_base"} {
		if _, there := at[name]; !there {
			return name
		}
	}
	return ""
}

func readRow(l []string, at map[string]int) (row, error) {
	r := row{period: l[at["period"]], kind: l[at["period_kind"]], area: l[at["area"]], breakdown: l[at["breakdown"]], category: l[at["category"]],
		value: l[at["value"]], mark: l[at["marker_value"]] + "/" + l[at["marker_base"]]}
	var err error
	if r.start, err = time.Parse(time.DateOnly, l[at["period_start"]]); err != nil {
		return r, fmt.Errorf("period_start is not a date")
	}
	if r.end, err = time.Parse(time.DateOnly, l[at["period_end"]]); err != nil {
		return r, fmt.Errorf("period_end is not a date")
	}
	for name, to := range map[string]*int64{"numerator": &r.numerator, "base": &r.base} {
		*to = -1
		if s := l[at[name]]; s != "" {
			if *to, err = strconv.ParseInt(s, 10, 64); err != nil {
				return r, fmt.Errorf("%s is not a number", name)
			}
		}
	}
	return r, nil
}

// markOf is the mark of the value or the base.
func (r row) markOf(base bool) string {
	value, of, _ := strings.Cut(r.mark, "/")
	if base {
		return of
	}
	return value
}

// divides says that a row is a category of a distribution: its numerator is its own count.
func (m *measure) divides(r row) bool { return m.Kind == "distribution" && r.breakdown != "" }

// counts is the counts of cases that a row prints, -1 where it does not.
func (m *measure) counts(r row) map[string]int64 {
	switch {
	case m.divides(r):
		return map[string]int64{"base": r.numerator}
	case m.Kind == "proportion":
		return map[string]int64{"base": r.base, "met": r.numerator}
	case m.Kind == "rate":
		return map[string]int64{"met": r.numerator}
	}
	return map[string]int64{"base": r.base}
}

// behind is the counts that a printed number may stand for.
func (m *measure) behind(n int64) (lo, hi int64) {
	if n == 0 || m.RoundTo <= 1 {
		return n, n
	}
	hi = n + m.RoundTo - 1 - m.RoundTo/2
	return max(n-m.RoundTo/2, min(m.HideUpTo+1, hi)), hi
}
