package dashboards

import (
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
	w := b.fixed
	p := &kindPart{breakdown: breakdown{ID: "done-by", Columns: []string{w.stepName(f.Period.Kind), w.text("head.nine-in-ten")}}}
	p.Title, p.Subtitle = w.text("kind.soon"), w.text("kind.soon.of", "counts", m.Counts, "place", b.Partnership.Place, "period", w.periodTitle(f.Period))
	c := charts.Survival{Days: inEnglish.text("kind.soon.days")}
	if strings.Contains(strings.ToLower(m.Title), "working day") {
		c.Days = inEnglish.text("kind.soon.working")
	}
	row := dataRow{Name: w.periodName(f.Period), Cells: []tableCell{{Text: w.slowest(m, f)}}}
	if s := f.Slowest; s.State == queries.Shown && !math.IsNaN(s.Low) && !math.IsNaN(s.High) {
		row.Cells[0].Text = w.withRange(row.Cells[0].Text, number(m, s.Low), number(m, s.High))
	}
	for _, d := range m.Within {
		cell := tableCell{Text: within(f, d)}
		for _, x := range f.Within {
			if x.Days == d && !math.IsNaN(x.Value) {
				if !math.IsNaN(x.Low) {
					cell.Text = w.withRange(cell.Text, shareNumber(x.Low), shareNumber(x.High))
				}
				c.Steps = append(c.Steps, charts.DoneBy{Days: float64(d), Value: held(m, x.Value), Low: held(m, x.Low), High: held(m, x.High), Text: share(x.Value)})
			}
		}
		p.Columns, row.Cells = append(p.Columns, w.within(d)), append(row.Cells, cell)
	}
	p.Rows = []dataRow{row}
	p.Marks = marksOf(p.Rows)
	p.Words = w.soonWords(f)
	if len(c.Steps) == 0 {
		return p, nil
	}
	c.AltText = clip(inEnglish.text("alt.curve", "what", p.Subtitle))
	var err error
	p.SVG, err = b.half(c, s.ID+"-"+p.ID)
	return p, err
}

// withRange is a value with its range: "76% (72 to 83)".
func (w words) withRange(value, low, high string) string {
	return w.text("number.ranged", "value", value, "range", w.span(low, high))
}

// soonWords say what the shares done by a day take in.
func (w words) soonWords(f queries.Figure) []string {
	open := w.text("kind.open.hidden")
	switch {
	case f.Open > 0:
		open = w.some("kind.open", float64(f.Open))
	case f.Open == 0:
		open = w.text("kind.open.none")
	}
	says := []string{w.text("kind.soon.open"), open}
	if f.Slowest.State == queries.Pending {
		says = append(says, w.text("kind.soon.not-reached"))
	}
	return says
}

// scores is how far the scores of a change moved, and what the movement cannot show.
func (b *builder) scores(s *subject, f queries.Figure) (*kindPart, error) {
	m := s.Measure
	p := &kindPart{Lead: true, breakdown: breakdown{ID: "scores", Columns: append([]string{b.fixed.stepName(f.Period.Kind)}, b.fixed.columns(m, "")...)}}
	w := b.fixed
	p.Title, p.Subtitle = w.text("kind.scores"), w.text("chart.of.one", "what", w.whatIsMeasured(m), "place", b.Partnership.Place, "period", w.periodTitle(f.Period))
	p.Key = w.beforeAndAfter()
	p.Rows = []dataRow{b.row(m, f)}
	p.Marks, p.Words = marksOf(p.Rows), w.scoreWords(m, f)
	c := inEnglish.dumbbell(m, []queries.Figure{f}, []string{inEnglish.text("kind.scores.both")})
	c.AltText = clip(inEnglish.text("alt.scores", "what", p.Subtitle))
	var err error
	p.SVG, err = b.half(c, s.ID+"-"+p.ID)
	return p, err
}

// beforeAndAfter is the key of a dumbbell chart.
func (w words) beforeAndAfter() []keyItem {
	return []keyItem{{"k-before", w.text("head.before")}, {"k-after", w.text("head.after")}}
}

func (w words) dumbbell(m *queries.Measure, fs []queries.Figure, names []string) charts.Dumbbell {
	c := charts.Dumbbell{Low: math.NaN(), High: math.NaN(), Unit: plainTick}
	if m.Scale != nil {
		c.Low, c.High = m.Scale.Min, m.Scale.Max
	}
	for i, f := range fs {
		pair := charts.Pair{Name: names[i], Before: math.NaN(), After: math.NaN(), Text: orElse(mark(f.State), mark(queries.Suppressed))}
		if f.State == queries.Shown && f.Paired != nil {
			pair.Before, pair.After = held(m, f.Paired.Before), held(m, f.Paired.After)
			pair.Text = signed(m, f.Value)
			if in := w.interval(m, f); in != "" {
				pair.Text = w.text("number.ranged", "value", pair.Text, "range", in)
			}
		}
		c.Pairs = append(c.Pairs, pair)
	}
	return c
}

// scoreWords say who moved which way, who is not known, and what would move by itself.
func (w words) scoreWords(m *queries.Measure, f queries.Figure) []string {
	p := f.Paired
	if p == nil {
		return nil
	}
	ws := w.movedWords(m, p)
	if p.Started > 0 && f.BaseShown && p.Paired <= p.Started {
		ws = append(ws, w.leaverWords(m, p))
	}
	if !math.IsNaN(p.AtCeiling) && p.AtCeiling > 0 {
		ws = append(ws, w.text("kind.ceiling", "share", share(p.AtCeiling)))
	}
	if p.MayRegress {
		ws = append(ws, w.text("kind.regress"))
	}
	if m.Against != "" {
		return append(ws, w.text("kind.against", "against", m.Against))
	}
	return append(ws, w.text("kind.alone"))
}

// movedWords say which share of those counted both times moved which way; none where no share is known.
func (w words) movedWords(m *queries.Measure, p *queries.Paired) []string {
	moved := []string{"kind.moved.better", "kind.moved.same", "kind.moved.worse"}
	if m.Better == "neither" {
		moved = []string{"kind.moved.rose", "kind.moved.same", "kind.moved.fell"}
	}
	var shares []string
	for i, sh := range []queries.Share{p.Improved, p.Same, p.Worse} {
		if !math.IsNaN(sh.Value) {
			shares = append(shares, w.text(moved[i], "share", share(sh.Value)))
		}
	}
	if len(shares) == 0 {
		return nil
	}
	return []string{w.text("kind.moved", "shares", w.list(shares))}
}

// leaverWords say for how many it is not known how they are now.
func (w words) leaverWords(m *queries.Measure, p *queries.Paired) string {
	left := p.Started - p.Paired
	if left == 0 {
		return w.text("kind.left.none")
	}
	with := []any{"all", thousands(float64(p.Started), 0), "share", share(100 * float64(left) / float64(p.Started))}
	if math.IsNaN(p.LeaversBefore) {
		return w.some("kind.left", float64(left), with...)
	}
	mean := func(v float64) string { return thousands(held(m, v), 1) }
	return w.some("kind.left.began", float64(left), append(with, "theirs", mean(p.LeaversBefore), "others", orHidden(p.Before, mean))...)
}

// yearBefore is the same period a year earlier.
func yearBefore(p config.Period) config.Period {
	return p.Shift(map[config.PeriodKind]int{config.Month: -12, config.Quarter: -4, config.Year: -1, config.Rolling: -12, config.Pooled: -12}[p.Kind])
}

// guesses is how many periods of an estimate are drawn.
const guesses = 6

// estimated is the latest estimates of the whole, each with its range.
func (b *builder) estimated(s *subject) (*kindPart, error) {
	m, w := s.Measure, b.fixed
	p := &kindPart{Lead: true, breakdown: breakdown{ID: "estimate", Columns: append([]string{w.stepName(s.Reading.Period.Kind)}, w.columns(m, "")...)}}
	p.Title, p.Subtitle = w.text("kind.estimate"), w.text("chart.of", "what", w.whatIsMeasured(m), "place", b.Partnership.Place)
	series := s.Series(s.Reading.Period.Kind, b.Partnership.Area, "", "")
	var figures []queries.Figure
	var names []string
	for i := len(series) - 1; i >= 0 && len(figures) < guesses; i-- {
		row := b.row(m, series[i])
		figures, names = append(figures, series[i]), append(names, englishOf(row.Name))
		p.Rows = append(p.Rows, row)
	}
	p.Marks = marksOf(p.Rows)
	p.Key = []keyItem{{"k-least", w.text("key.least")}, {"k-open", w.text("key.open")}, {"k-after", w.text("key.estimate")}}
	p.Words = []string{w.text("kind.estimate.means"), w.text("kind.estimate.from", "source", sentence(m.Source))}
	if len(figures) == 0 || shown(figures) == 0 {
		return p, nil
	}
	c := inEnglish.guessed(m, figures, names)
	c.AltText = clip(inEnglish.text("alt.estimates", "what", p.Subtitle))
	var err error
	p.SVG, err = b.half(c, s.ID+"-"+p.ID)
	return p, err
}

func (w words) guessed(m *queries.Measure, fs []queries.Figure, names []string) charts.Estimate {
	c := charts.Estimate{Unit: plainTick}
	for i, f := range fs {
		g := charts.Guess{Name: names[i], Value: math.NaN(), Low: math.NaN(), High: math.NaN(), Text: mark(f.State)}
		if f.State == queries.Shown {
			g.Value, g.Low, g.High = held(m, f.Value), held(m, f.Low), held(m, f.High)
			g.Text = number(m, f.Value)
			if in := w.interval(m, f); in != "" {
				g.Text = w.text("number.ranged", "value", g.Text, "range", in)
			}
		}
		c.Guesses = append(c.Guesses, g)
	}
	return c
}
