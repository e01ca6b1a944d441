package dashboards

import (
	"math"
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
	p.Columns = append([]string{b.fixed.stepColumn(p.series)}, b.fixed.columns(m, "")...)
	var rows []dataRow
	for i := len(p.series) - 1; i >= 0; i-- {
		s := p.series[i]
		row := b.row(m, s.Figure)
		row.Reading = b.fixed.pointWords(m, p.Reading, s.Figure, s.Point)
		rows = append(rows, row)
	}
	p.Recent = rows[:min(12, len(rows))]
	if n := len(p.Recent); n > 0 {
		p.RecentIs = b.fixed.some("period.last."+string(p.series[0].Figure.Period.Kind), float64(n))
	}
	if p.Earlier = rows[len(p.Recent):]; len(p.Earlier) > 0 {
		p.EarlierIs = b.fixed.span(p.Earlier[len(p.Earlier)-1].Name, p.Earlier[0].Name)
	}
}

func (w words) stepColumn(series []plotted) string {
	if len(series) == 0 {
		return w.stepName(config.Month)
	}
	return w.stepName(series[0].Figure.Period.Kind)
}

// columns are the numbers of a table of m's figures under a breakdown, "" for the whole.
func (w words) columns(m *queries.Measure, breakdown string) []string {
	heads := func(names ...string) []string {
		for i, name := range names {
			names[i] = w.text("head." + name)
		}
		return names
	}
	switch m.Kind {
	case queries.Proportion:
		return heads("all", "met", "percentage")
	case queries.Rate:
		if m.People != "" {
			return heads("number", "people", "rate")
		}
		return heads("number", "rate")
	case queries.Duration:
		if breakdown == queries.DistrictBreakdown {
			return heads("cases", "median-days") // the shares within so many days are of the whole
		}
		cs := heads("cases", "median-days", "nine-in-ten")
		for _, d := range m.Within {
			cs = append(cs, w.within(d))
		}
		return cs
	case queries.Mean:
		return heads("average", "interval", "cases")
	case queries.PairedChange:
		return heads("change", "interval", "before", "after", "counted-before", "counted-both")
	case queries.Estimate:
		return heads("estimate", "low", "high")
	case queries.Distribution:
		if breakdown != "" && breakdown != queries.DistrictBreakdown {
			return heads("number", "share", "interval")
		}
	}
	return heads("number")
}

// within heads the share of a duration's cases that is done in so many days.
func (w words) within(days int) string { return w.some("head.within", float64(days)) }

// row is a figure in the cells that columns names.
func (b *builder) row(m *queries.Measure, f queries.Figure) dataRow {
	shown := f.State == queries.Shown
	value := tableCell{Text: cell(m, f), Main: shown}
	if shown && f.Provisional {
		value.After = "[p]"
	}
	if b.revised.has(m.ID, f) {
		value.After = strings.TrimSpace(value.After + " [r]")
	}
	base, numerator := tableCell{Text: counted(f.Base, f.BaseShown, f)}, tableCell{Text: counted(f.Numerator, shown, f)}
	row := dataRow{Name: b.fixed.periodName(f.Period), Cells: []tableCell{value}}
	switch {
	case m.Kind == queries.Proportion:
		row.Cells = []tableCell{base, numerator, value}
	case m.Kind == queries.Rate && m.People != "":
		row.Cells = []tableCell{numerator, {Text: counted(f.People, f.PeopleShown, f)}, value}
	case m.Kind == queries.Rate:
		row.Cells = []tableCell{numerator, value}
	case m.Kind == queries.Duration:
		row.Cells = []tableCell{base, value, {Text: b.fixed.slowest(m, f)}}
		for _, d := range m.Within {
			row.Cells = append(row.Cells, tableCell{Text: within(f, d)})
		}
	case m.Kind == queries.Mean:
		row.Cells = []tableCell{value, {Text: orMark(b.fixed.interval(m, f), f)}, base}
	case m.Kind == queries.PairedChange:
		row.Cells = append([]tableCell{value, {Text: orMark(b.fixed.interval(m, f), f)}}, pairedCells(m, f)...)
	case m.Kind == queries.Estimate:
		row.Cells = []tableCell{value, {Text: endOf(m, f, f.Low)}, {Text: endOf(m, f, f.High)}}
	case isPart(m, f):
		row.Cells = []tableCell{numerator, value, {Text: orMark(b.fixed.interval(m, f), f)}}
	}
	return row
}

// pairedCells are the means before and after, and how many they are of.
func pairedCells(m *queries.Measure, f queries.Figure) []tableCell {
	p := f.Paired
	if f.State != queries.Shown || p == nil {
		blank := tableCell{Text: orElse(mark(f.State), mark(queries.Suppressed))}
		return []tableCell{blank, blank, blank, blank}
	}
	level := func(v float64) string { return thousands(held(m, v), 1) }
	return []tableCell{{Text: orHidden(p.Before, level)}, {Text: orHidden(p.After, level)},
		{Text: counted(p.Started, p.Started != queries.HiddenOpen, f)}, {Text: counted(p.Paired, f.BaseShown, f)}}
}

func endOf(m *queries.Measure, f queries.Figure, v float64) string {
	if f.State != queries.Shown {
		return mark(f.State)
	}
	return orHidden(v, func(v float64) string { return number(m, v) })
}

// slowest is the days by which nine in ten of a duration's cases had ended, or why there is
// no such number.
func (w words) slowest(m *queries.Measure, f queries.Figure) string {
	switch {
	case f.State != queries.Shown && f.State != queries.Pending:
		return mark(f.State)
	case f.Slowest.State == queries.Shown:
		return number(m, f.Slowest.Days)
	case f.Slowest.State == queries.Pending:
		return w.text("judged.not-reached")
	case f.State == queries.Pending && f.Base == 0:
		return mark(queries.Pending)
	}
	return mark(queries.Suppressed)
}

// within is the share of a duration's cases done in so many days, or the figure's mark. A
// share that is not there was hidden; one that is no number is not known yet. Where more than
// half are still open there is no median, and the shares are what can be said.
func within(f queries.Figure, days int) string {
	if f.State != queries.Shown && f.State != queries.Pending {
		return mark(f.State)
	}
	for _, s := range f.Within {
		switch {
		case s.Days == days && math.IsNaN(s.Value):
			return mark(queries.Pending)
		case s.Days == days:
			return share(s.Value)
		}
	}
	if f.State == queries.Pending && len(f.Within) == 0 && f.Base == 0 {
		return mark(queries.Pending)
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

// marksOf are the shorthands that some rows hold.
func marksOf(rows []dataRow) []markNote {
	var all strings.Builder
	for _, r := range rows {
		all.WriteString(r.text())
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
