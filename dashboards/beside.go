package dashboards

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"strconv"

	"wherry/config"
	"wherry/queries"
)

// besideColumns are the columns of data/<id>-beside.csv: the numbers that pages print of a
// figure and that the columns of data/<id>.csv have no place for, one a row, and no others. They
// are named people, started, paired, before, after, nine_in_ten, local_share, local_ratio and within_<days>; of each quarter median_<breakdown>; and of the headline open,
// improved, same, worse, at_ceiling and leavers_before. A number that is hidden has no row.
var besideColumns = []string{"measure", "period", "area", "breakdown", "category", "name", "value", "low", "high"}

// besideFile is nil for a measure that has no such numbers.
func (b *builder) besideFile(s *subject) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	rows := [][]string{besideColumns}
	for _, f := range s.Figures {
		for _, n := range b.besides(s, f) {
			rows = append(rows, append([]string{s.Measure.ID, f.Period.String(), inert(f.Area), inert(f.Breakdown), inert(f.Category)}, n...))
		}
	}
	if len(rows) == 1 {
		return nil, nil
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("writing the data of %s: %w", s.Measure.ID, err)
	}
	return out.Bytes(), nil
}

// besides are the numbers beside a figure: each with its name, value, low and high.
func (b *builder) besides(s *subject, f queries.Figure) [][]string {
	// Where more than half are still open there is no median, but there are shares done.
	if f.State != queries.Shown && (f.State != queries.Pending || len(f.Within) == 0) {
		return nil
	}
	whole := f.Area == b.Partnership.Area
	beside := besideOf(s.Measure, f, whole, b.leads(s, f))
	if whole && f.Breakdown != "" {
		beside = append(beside, b.localOf(s.Measure, f)...)
	}
	if whole && f.Breakdown == "" && f.Period.Kind == config.Quarter {
		beside = append(beside, mediansOf(s, f.Period)...)
	}
	return beside
}

// leads says that a measure's page leads with a figure.
func (b *builder) leads(s *subject, f queries.Figure) bool {
	return f.Period == s.Reading.Period && f.Area == b.Partnership.Area && f.Breakdown == ""
}

// besideOf is each number beside a shown figure: its name, value, low and high. whole says
// that the figure is of the whole partnership, headline that its page leads with it.
func besideOf(m *queries.Measure, f queries.Figure, whole, headline bool) [][]string {
	var ns [][]string
	count := func(name string, n int64, ok bool) {
		if ok {
			ns = append(ns, []string{name, strconv.FormatInt(n, 10), "", ""})
		}
	}
	number := func(name string, v, low, high float64) {
		if !math.IsNaN(v) {
			ns = append(ns, []string{name, plainNumber(m, v), plainNumber(m, low), plainNumber(m, high)})
		}
	}
	nan := math.NaN()
	count("people", f.People, f.PeopleShown)
	count("open", f.Open, headline && m.Kind == queries.Duration && f.Open != queries.HiddenOpen)
	for _, x := range f.Within {
		if whole {
			number(fmt.Sprintf("within_%d", x.Days), x.Value, x.Low, x.High)
		}
	}
	if s := f.Slowest; whole && s.State == queries.Shown {
		number("nine_in_ten", s.Days, s.Low, s.High)
	}
	p := f.Paired
	if p != nil {
		count("started", p.Started, p.Started != queries.HiddenOpen)
		count("paired", p.Paired, f.BaseShown)
		number("before", p.Before, nan, nan)
		number("after", p.After, nan, nan)
	}
	if p != nil && headline {
		number("improved", p.Improved.Value, p.Improved.Low, p.Improved.High)
		number("same", p.Same.Value, p.Same.Low, p.Same.High)
		number("worse", p.Worse.Value, p.Worse.Low, p.Worse.High)
		number("at_ceiling", p.AtCeiling, nan, nan)
		number("leavers_before", p.LeaversBefore, nan, nan)
	}
	return ns
}
