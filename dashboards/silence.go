package dashboards

import (
	"sort"

	"wherry/queries"
)

// Silence is a measure of what nobody heard, as a board names it: a characteristic not
// recorded, a return that did not come, a form that nobody filled in.
type Silence struct {
	Measure string `yaml:"measure"` // id of a proportion
	Says    string `yaml:"says"`    // what is missing: "Cases without the research that was asked for"
}

// silenceRow is one kind of silence, with how much of it there is.
type silenceRow struct {
	*subject
	Says  string
	Share string // percentage that is missing, or the mark of a figure that may not be read
	Of    string // how many it is of
	When  string
	known bool
	share float64
}

// silences are what nobody heard, the most first; what may not be told comes last, in the
// order of the board.
func (b *builder) silences() []silenceRow {
	var rows []silenceRow
	for _, si := range b.board.Silence {
		for _, s := range b.subjects {
			if s.Measure.ID != si.Measure || s.Measure.Kind != queries.Proportion {
				continue
			}
			f := s.Reading.Headline
			row := silenceRow{subject: s, Says: si.Says, Share: mark(f.State), Of: counted(f.Base, f.BaseShown, f), When: b.fixed.periodName(s.Reading.Period)}
			if f.State == queries.Shown {
				row.known, row.share = true, f.Value
				if s.Measure.Better == "up" { // the figure is what was heard
					row.share = 100 - f.Value
				}
				row.Share = share(row.share)
			}
			rows = append(rows, row)
		}
	}
	sort.SliceStable(rows, func(i, j int) bool {
		a, c := rows[i], rows[j]
		if a.known != c.known {
			return a.known
		}
		return a.share > c.share
	})
	return rows
}
