package dashboards

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"wherry/config"
	"wherry/dashboards/workbook"
	"wherry/queries"
)

// besideHeads are what the numbers beside a figure are called in a workbook, by their names in
// data/<id>-beside.csv; see besideHead for those that have a number or a breakdown in their name.
var besideHeads = map[string]string{"people": "People", "open": "Not yet ended", "started": "Counted before", "paired": "Counted both times", "before": "Before", "after": "After",
	"nine_in_ten": "Days for nine in ten", "local_share": "Of local people, percent", "local_ratio": "Ratio to local people", "improved": "Improved, percent", "same": "Stayed the same, percent",
	"worse": "Worse, percent", "at_ceiling": "At the highest score, percent", "leavers_before": "Before, of those not counted after"}

func (b *builder) besideHead(name string) string {
	if days, ok := strings.CutPrefix(name, "within_"); ok {
		return "Within " + days + " days, percent"
	}
	if breakdown, ok := strings.CutPrefix(name, "median_"); ok {
		return "Median, " + lowerFirst(b.breakdownName(breakdown))
	}
	return besideHeads[name]
}

// besideColumn is a column of a workbook: the value of a number beside figures, or an end of its interval.
type besideColumn struct {
	name     string
	at       int // in a number of besides: 1 value, 2 low, 3 high
	decimals int
}

// columnsBeside are the columns that the numbers beside a table's rows need, in the order in which their
// names first stand in data/<id>-beside.csv; an end that none has is left out.
func columnsBeside(beside [][][]string) []besideColumn {
	var names []string
	most := map[besideColumn]int{} // decimals
	for _, of := range beside {
		for _, n := range of {
			if !contains(names, n[0]) {
				names = append(names, n[0])
			}
			for at := 1; at <= 3; at++ {
				if n[at] == "" {
					continue
				}
				_, part, _ := strings.Cut(n[at], ".")
				c := besideColumn{name: n[0], at: at}
				most[c] = max(most[c], len(part))
			}
		}
	}
	var columns []besideColumn
	for _, name := range names {
		for at := 1; at <= 3; at++ {
			c := besideColumn{name: name, at: at}
			if decimals, there := most[c]; there {
				c.decimals = decimals
				columns = append(columns, c)
			}
		}
	}
	return columns
}

// headsBeside are the columns' heads.
func (b *builder) headsBeside(columns []besideColumn) []workbook.Column {
	var heads []workbook.Column
	for _, c := range columns {
		heads = append(heads, workbook.Column{Head: b.besideHead(c.name) + []string{"", "", ", low", ", high"}[c.at], Width: 14, Number: true})
	}
	return heads
}

// besideCell is a number beside a figure, or why there is none.
func (b *builder) besideCell(s *subject, f queries.Figure, beside [][]string, c besideColumn) workbook.Cell {
	for _, n := range beside {
		if n[0] != c.name {
			continue
		}
		if v, err := strconv.ParseFloat(n[c.at], 64); err == nil {
			return workbook.Number(v, c.decimals)
		}
	}
	given := slices.ContainsFunc(beside, func(n []string) bool { return n[0] == c.name })
	if given { // without an interval, or with an open one
		return workbook.Text(mark(queries.NotApplicable))
	}
	return workbook.Text(mark(b.besideLacks(s, f, c.name)))
}

// besideLacks is why a number does not stand beside a figure: as the figure's own state, hidden, not known yet, or
// given for other figures alone.
func (b *builder) besideLacks(s *subject, f queries.Figure, name string) queries.State {
	whole := f.Area == b.Partnership.Area
	done := strings.HasPrefix(name, "within_")
	pending := done && f.State == queries.Pending && len(f.Within) > 0
	if f.State != queries.Shown && !pending {
		return f.State
	}
	elsewhere := false
	switch {
	case done || name == "nine_in_ten":
		elsewhere = !whole
	case strings.HasPrefix(name, "median_"):
		elsewhere = !whole || f.Breakdown != "" || f.Period.Kind != config.Quarter
	case strings.HasPrefix(name, "local_"):
		elsewhere = true
	case slices.Contains([]string{"open", "improved", "same", "worse", "at_ceiling", "leavers_before"}, name):
		elsewhere = !b.leads(s, f)
	}
	switch {
	case elsewhere:
		return queries.NotApplicable
	case done && slices.ContainsFunc(f.Within, func(x queries.Share) bool { return name == "within_"+strconv.Itoa(x.Days) && math.IsNaN(x.Value) }):
		return queries.Pending
	case name == "nine_in_ten" && f.Slowest.State == queries.Pending:
		return queries.Pending
	}
	return queries.Suppressed
}
