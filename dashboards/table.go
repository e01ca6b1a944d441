package dashboards

import (
	"fmt"
	"strings"

	"wherry/config"
	"wherry/queries"
)

// dataRow is one step of the data table: its name, a cell for each of Columns but the last,
// and how to read it.
type dataRow struct {
	Name    string
	Cells   []tableCell
	Reading string
}

// tableCell is a number or a mark; Main is the number that the table is about; After are the
// marks of a number that is shown, such as [p].
type tableCell struct {
	Text  string
	Main  bool
	After string
}

// text is every number and mark of the row, to look for marks in.
func (r dataRow) text() string {
	var b strings.Builder
	for _, c := range r.Cells {
		b.WriteString(c.Text + " " + c.After + " ")
	}
	return b.String()
}

// table fills the data table, newest first.
func (b *builder) table(p *measurePage) {
	m := p.Measure
	p.Columns = columns(m, p.series)
	var rows []dataRow
	for i := len(p.series) - 1; i >= 0; i-- {
		rows = append(rows, b.row(m, p.series[i]))
	}
	p.Recent = rows[:min(12, len(rows))]
	if n := len(p.Recent); n > 0 {
		p.RecentIs = fmt.Sprintf("last %d %ss", n, p.series[0].Figure.Period.Kind)
		if p.series[0].Figure.Period.Kind == config.Rolling {
			p.RecentIs = fmt.Sprintf("last %d rolling years", n)
		}
	}
	if p.Earlier = rows[len(p.Recent):]; len(p.Earlier) > 0 {
		p.EarlierIs = p.Earlier[len(p.Earlier)-1].Name + " to " + p.Earlier[0].Name
	}
}

func columns(m *queries.Measure, series []plotted) []string {
	step := "Month"
	if len(series) > 0 {
		step = map[config.PeriodKind]string{config.Month: "Month", config.Quarter: "Quarter", config.Year: "Year", config.Rolling: "Twelve months"}[series[0].Figure.Period.Kind]
	}
	switch m.Kind {
	case queries.Proportion:
		return []string{step, "All", "Of these, met", "Percentage"}
	case queries.Rate:
		return []string{step, "Number", "Rate"}
	case queries.Duration:
		cs := []string{step, "Cases", "Median days"}
		for _, d := range m.Within {
			cs = append(cs, fmt.Sprintf("Within %d days", d))
		}
		return cs
	}
	return []string{step, "Number"}
}

func (b *builder) row(m *queries.Measure, s plotted) dataRow {
	f := s.Figure
	shown := f.State == queries.Shown
	value := tableCell{Text: cell(m.Kind, f), Main: shown}
	if shown && f.Provisional {
		value.After = "[p]"
	}
	if b.revised.has(m.ID, f) {
		value.After = strings.TrimSpace(value.After + " [r]")
	}
	base, numerator := tableCell{Text: counted(f.Base, f.BaseShown, f)}, tableCell{Text: counted(f.Numerator, shown, f)}
	row := dataRow{Name: periodName(f.Period), Reading: pointWords(m, f, s.Point)}
	switch m.Kind {
	case queries.Proportion:
		row.Cells = []tableCell{base, numerator, value}
	case queries.Rate:
		row.Cells = []tableCell{numerator, value}
	case queries.Duration:
		row.Cells = []tableCell{base, value}
		for _, d := range m.Within {
			row.Cells = append(row.Cells, tableCell{Text: within(f, d)})
		}
	default:
		row.Cells = []tableCell{value}
	}
	return row
}

// within is the share of a duration's cases done in so many days, or the figure's mark. A
// share that is not there was hidden.
func within(f queries.Figure, days int) string {
	if f.State != queries.Shown {
		return mark(f.State)
	}
	for _, s := range f.Within {
		if s.Days == days {
			return amount(queries.Proportion, s.Value)
		}
	}
	return mark(queries.Suppressed)
}

// marksUsed are the shorthands that the page's tables hold.
func (p *measurePage) marksUsed() []markNote {
	var all strings.Builder
	for _, rows := range [][]dataRow{p.Recent, p.Earlier} {
		for _, r := range rows {
			all.WriteString(r.text())
		}
	}
	return marksIn(all.String())
}

func marksIn(text string) []markNote {
	var notes []markNote
	for _, m := range markWords {
		if strings.Contains(text, m.Mark) {
			notes = append(notes, markNote(m))
		}
	}
	return notes
}
