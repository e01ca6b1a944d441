package dashboards

import (
	"fmt"
	"math"
	"strings"

	"wherry/config"
	"wherry/dashboards/charts"
	"wherry/queries"
)

// kindPart is what a page shows of a measure because of its kind: the curve of a duration,
// the scores of a change, the parts of a whole, the range of an estimate.
type kindPart struct {
	breakdown
	Lead bool // it tells more than the chart in time, and stands before it
}

// kindPart is nil where the kind asks for no more than a chart in time.
func (b *builder) kindPart(s *subject) (*kindPart, error) {
	head := s.Reading.Headline
	if s.Measure.Kind == queries.Estimate {
		return b.estimated(s)
	}
	if head.State != queries.Shown {
		return nil, nil
	}
	switch s.Measure.Kind {
	case queries.Duration:
		return b.doneBy(s, head)
	case queries.PairedChange:
		return b.scores(s, head)
	case queries.Distribution:
		return b.parts(s)
	}
	return nil, nil
}

// doneBy is the share of a duration's cases done by each of its days.
func (b *builder) doneBy(s *subject, f queries.Figure) (*kindPart, error) {
	m := s.Measure
	if len(m.Within) == 0 {
		return nil, nil
	}
	p := &kindPart{breakdown: breakdown{ID: "done-by", Columns: []string{stepName(f.Period.Kind), "Days for nine in ten"}}}
	p.Title, p.Subtitle = "How soon", fmt.Sprintf("Percentage of %s done by each day, with 95%% intervals, %s, %s", m.Counts, b.Partnership.Place, periodTitle(f.Period))
	c := charts.Survival{Days: "Days"}
	if strings.Contains(strings.ToLower(m.Title), "working day") {
		c.Days = "Working days"
	}
	row := dataRow{Name: periodName(f.Period), Cells: []tableCell{{Text: slowest(m, f)}}}
	if s := f.Slowest; s.State == queries.Shown && !math.IsNaN(s.Low) && !math.IsNaN(s.High) {
		row.Cells[0].Text += " (" + number(m, s.Low) + " to " + number(m, s.High) + ")"
	}
	for _, d := range m.Within {
		cell := tableCell{Text: within(f, d)}
		for _, x := range f.Within {
			if x.Days == d && !math.IsNaN(x.Value) {
				if !math.IsNaN(x.Low) {
					cell.Text += " (" + shareNumber(x.Low) + " to " + shareNumber(x.High) + ")"
				}
				c.Steps = append(c.Steps, charts.DoneBy{Days: float64(d), Value: held(m, x.Value), Low: held(m, x.Low), High: held(m, x.High), Text: share(x.Value)})
			}
		}
		p.Columns, row.Cells = append(p.Columns, fmt.Sprintf("Within %d days", d)), append(row.Cells, cell)
	}
	p.Rows = []dataRow{row}
	p.Marks = marksOf(p.Rows)
	open := "How many were still open is hidden to protect people. Each counts for as long as it is known."
	switch {
	case f.Open > 0:
		open = fmt.Sprintf("%s had not ended when the data were received. Each counts for as long as it is known.", thousands(float64(f.Open), 0))
	case f.Open == 0:
		open = "All had ended when the data were received."
	}
	p.Words = []string{"The share done by a day takes in cases that are still open (Kaplan-Meier). The average of closed cases alone would leave out the longest waits.", open}
	if f.Slowest.State == queries.Pending {
		p.Words = append(p.Words, "Fewer than nine in ten had ended when the data were received, so the days for nine in ten are not reached.")
	}
	if len(c.Steps) == 0 {
		return p, nil
	}
	c.AltText = clip("Curve of the share done by each day. " + p.Subtitle + ". All values are in the table beside it.")
	var err error
	p.SVG, err = b.half(c, s.ID+"-"+p.ID)
	return p, err
}

// scores is how far the scores of a change moved, and what the movement cannot show.
func (b *builder) scores(s *subject, f queries.Figure) (*kindPart, error) {
	m := s.Measure
	p := &kindPart{Lead: true, breakdown: breakdown{ID: "scores", Columns: append([]string{stepName(f.Period.Kind)}, columns(m, "")...)}}
	p.Title, p.Subtitle = "Before and after", fmt.Sprintf("%s, %s, %s", whatIsMeasured(m), b.Partnership.Place, periodTitle(f.Period))
	p.Key = []keyItem{{"k-before", "Before"}, {"k-after", "After"}}
	p.Rows = []dataRow{b.row(m, f)}
	p.Marks, p.Words = marksOf(p.Rows), scoreWords(m, f)
	c := dumbbell(m, []queries.Figure{f}, []string{"All counted both times"})
	c.AltText = clip("Dumbbell chart of average scores before and after. " + p.Subtitle + ". All values are in the table beside it.")
	var err error
	p.SVG, err = b.half(c, s.ID+"-"+p.ID)
	return p, err
}

func dumbbell(m *queries.Measure, fs []queries.Figure, names []string) charts.Dumbbell {
	c := charts.Dumbbell{Low: math.NaN(), High: math.NaN(), Unit: plainTick}
	if m.Scale != nil {
		c.Low, c.High = m.Scale.Min, m.Scale.Max
	}
	for i, f := range fs {
		pair := charts.Pair{Name: names[i], Before: math.NaN(), After: math.NaN(), Text: orElse(mark(f.State), mark(queries.Suppressed))}
		if f.State == queries.Shown && f.Paired != nil {
			pair.Before, pair.After = held(m, f.Paired.Before), held(m, f.Paired.After)
			pair.Text = signed(m, f.Value)
			if in := interval(m, f); in != "" {
				pair.Text += " (" + in + ")"
			}
		}
		c.Pairs = append(c.Pairs, pair)
	}
	return c
}

// scoreWords say who moved which way, who is not known, and what would move by itself.
func scoreWords(m *queries.Measure, f queries.Figure) []string {
	p := f.Paired
	if p == nil {
		return nil
	}
	var ws []string
	moved := []string{"got better", "stayed the same", "got worse"}
	if m.Better == "neither" {
		moved = []string{"rose", "stayed the same", "fell"}
	}
	var shares []string
	for i, sh := range []queries.Share{p.Improved, p.Same, p.Worse} {
		if !math.IsNaN(sh.Value) {
			shares = append(shares, share(sh.Value)+" "+moved[i])
		}
	}
	if len(shares) > 0 {
		ws = append(ws, "Of those counted both times, "+list(shares)+".")
	}
	if p.Started > 0 && f.BaseShown && p.Paired <= p.Started {
		left := p.Started - p.Paired
		words := fmt.Sprintf("%s of the %s counted before were not counted after (%s).", thousands(float64(left), 0), thousands(float64(p.Started), 0), share(100*float64(left)/float64(p.Started)))
		if left == 0 {
			words = "All who were counted before were counted after."
		} else if !math.IsNaN(p.LeaversBefore) {
			words += fmt.Sprintf(" They began at %s on average, against %s of those counted both times: how they are now is not known.", thousands(held(m, p.LeaversBefore), 1), orHidden(p.Before, func(v float64) string { return thousands(held(m, v), 1) }))
		} else {
			words += " How they are now is not known."
		}
		ws = append(ws, words)
	}
	if !math.IsNaN(p.AtCeiling) && p.AtCeiling > 0 {
		ws = append(ws, fmt.Sprintf("%s gave the highest score there is at the end, so any further change of theirs could not be seen.", share(p.AtCeiling)))
	}
	if p.MayRegress {
		ws = append(ws, "People whose first score is far from the usual tend to score closer to it the next time with no change at all (regression to the mean). Part of this movement may be that.")
	}
	if m.Against != "" {
		return append(ws, "The movement of "+m.Against+" has been taken off. Other things may set the two apart, so the figures do not show what made the difference.")
	}
	return append(ws, "There is no group to compare with, so the figures do not show what made the difference.")
}

// yearBefore is the same period a year earlier.
func yearBefore(p config.Period) config.Period {
	return p.Shift(map[config.PeriodKind]int{config.Month: -12, config.Quarter: -4, config.Year: -1, config.Rolling: -12, config.Pooled: -12}[p.Kind])
}

// guesses is how many periods of an estimate are drawn.
const guesses = 6

// estimated is the latest estimates of the whole, each with its range.
func (b *builder) estimated(s *subject) (*kindPart, error) {
	m := s.Measure
	p := &kindPart{Lead: true, breakdown: breakdown{ID: "estimate", Columns: append([]string{stepName(s.Reading.Period.Kind)}, columns(m, "")...)}}
	p.Title, p.Subtitle = "The estimate and its range", whatIsMeasured(m)+", "+b.Partnership.Place
	series := s.Series(s.Reading.Period.Kind, b.Partnership.Area, "", "")
	var figures []queries.Figure
	var names []string
	for i := len(series) - 1; i >= 0 && len(figures) < guesses; i-- {
		row := b.row(m, series[i])
		figures, names = append(figures, series[i]), append(names, row.Name)
		p.Rows = append(p.Rows, row)
	}
	p.Marks = marksOf(p.Rows)
	p.Key = []keyItem{{"k-least", "At least this, most likely"}, {"k-open", "It may reach this"}, {"k-after", "The estimate"}}
	p.Words = []string{"An estimate is worked out from other figures, and nobody was counted. Its range says how uncertain those figures are; it may be off by more where they do not fit this place.", "Worked out from: " + sentence(m.Source)}
	if len(figures) == 0 || shown(figures) == 0 {
		return p, nil
	}
	c := guessed(m, figures, names)
	c.AltText = clip("Bar chart of estimates with their ranges. " + p.Subtitle + ". All values are in the table beside it.")
	var err error
	p.SVG, err = b.half(c, s.ID+"-"+p.ID)
	return p, err
}

func guessed(m *queries.Measure, fs []queries.Figure, names []string) charts.Estimate {
	c := charts.Estimate{Unit: plainTick}
	for i, f := range fs {
		g := charts.Guess{Name: names[i], Value: math.NaN(), Low: math.NaN(), High: math.NaN(), Text: mark(f.State)}
		if f.State == queries.Shown {
			g.Value, g.Low, g.High = held(m, f.Value), held(m, f.Low), held(m, f.High)
			g.Text = number(m, f.Value)
			if in := interval(m, f); in != "" {
				g.Text += " (" + in + ")"
			}
		}
		c.Guesses = append(c.Guesses, g)
	}
	return c
}
