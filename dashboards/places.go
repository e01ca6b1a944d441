package dashboards

import (
	"math"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"wherry/config"
	"wherry/dashboards/charts"
	"wherry/queries"
)

// breakdown is one way of splitting a measure, as a chart with its table.
type breakdown struct {
	figure
	ID      string
	Columns []string
	Rows    []dataRow
	Marks   []markNote
	Words   []string // sentences over the chart
	Key     []keyItem
	Caption string

	Across bool // the drawing takes the width of the page, and the table stands below

	Map *districtMap // of how districts stand; nil for none

	of     string            // the breakdown that it is of; "" for areas
	noun   string            // what each is, in keys of words: district or council
	stands map[string]string // how each district that is compared stands, by code
}

// telling picks the period that shows most of a breakdown: the edition's quarter, or the
// rolling year that ends with it where the quarter hides more, or several years where the
// header pools them and they show more still; where there is none of these, the period of
// the headline.
func (b *builder) telling(s *subject, pick func(config.Period) []queries.Figure) (config.Period, []queries.Figure) {
	rolling := config.Containing(config.Rolling, b.Quarter.Last())
	quarter, year := pick(b.Quarter), pick(rolling)
	if pooled := config.Containing(config.Pooled, b.Quarter.Last()); s.Measure.Pool > 0 {
		if all := pick(pooled); shown(all) > max(shown(quarter), shown(year)) {
			return pooled, all
		}
	}
	headline := s.Reading.Period.Kind
	if len(quarter) == 0 && len(year) == 0 {
		return s.Reading.Period, pick(s.Reading.Period)
	}
	if len(quarter) == 0 || shown(year) > shown(quarter) || (len(year) > 0 && (headline == config.Rolling || headline == config.Year)) {
		return rolling, year
	}
	return b.Quarter, quarter
}

// Wide says that the table stands below the drawing, over the width of the page.
func (br breakdown) Wide() bool { return br.Across || len(br.Columns) > 5 }

func shown(fs []queries.Figure) int {
	n := 0
	for _, f := range fs {
		if f.State == queries.Shown {
			n++
		}
	}
	return n
}

func (b *builder) breakdowns(s *subject) ([]breakdown, error) {
	var all []breakdown
	for _, name := range s.Measure.Breakdowns {
		br, err := b.breakdownOf(s, name)
		if err != nil {
			return nil, err
		}
		if br == nil {
			continue
		}
		all = append(all, *br)
		if slices.Contains(s.Measure.Medians, name) {
			all = append(all, b.medians(s, name))
		}
		over, err := b.byQuarter(s, name)
		if err != nil {
			return nil, err
		}
		if over != nil {
			all = append(all, *over)
		}
	}
	return all, nil
}

// breakdownOf is a breakdown in the period that shows most of it; nil where it has no figures.
func (b *builder) breakdownOf(s *subject, name string) (*breakdown, error) {
	period, figures := b.telling(s, func(p config.Period) []queries.Figure { return b.categoriesAt(s, p, name) })
	if len(figures) == 0 {
		return nil, nil
	}
	br, err := b.breakdown(s, name, period, figures)
	return &br, err
}

func (b *builder) breakdown(s *subject, name string, period config.Period, figures []queries.Figure) (breakdown, error) {
	m, w := s.Measure, b.fixed
	br := breakdown{ID: "by-" + hyphened(name), of: name, Columns: append([]string{b.breakdownName(name)}, b.fixed.columns(m, name)...)}
	br.Title = w.text("split.by", "what", lowerFirst(b.breakdownName(name)))
	br.Subtitle = w.text("chart.of.one", "what", w.whatIsMeasured(m), "place", b.Partnership.Place, "period", w.periodTitle(period))
	inOrder(m, figures)
	names := make([]string, len(figures))
	for i, f := range figures {
		names[i] = b.categoryName(name, f.Category)
		row := b.row(m, f)
		row.Name = names[i]
		br.Rows = append(br.Rows, row)
	}
	b.local(s, &br, figures)
	if contains(s.Merged, name) {
		br.Words = append(br.Words, w.text("split.merged"))
	}
	if percent, ok := s.Unknown(period, name); ok {
		br.Words = append(br.Words, w.unknownWords(percent))
	}
	var err error
	if compares(m, name) {
		err = b.funnel(s, &br, period, name)
	}
	if err == nil && br.SVG == nil && shown(figures) > 0 {
		br.SVG, err = b.half(b.split(s, &br, figures, names), s.ID+"-"+br.ID)
	}
	br.Marks = marksOf(br.Rows)
	return br, err
}

// unknownWords says for how many the answer is not known, beside every breakdown.
func (w words) unknownWords(percent float64) string {
	switch {
	case percent == 0:
		return w.text("split.recorded")
	case percent >= 20:
		return w.text("split.unknown.many", "share", share(percent))
	}
	return w.text("split.unknown", "share", share(percent))
}

// split is the chart of a breakdown that suits the measure's kind.
func (b *builder) split(s *subject, br *breakdown, figures []queries.Figure, names []string) charts.Chart {
	m, w := s.Measure, b.fixed
	alt := func(key string) string {
		return clip(inEnglish.text(key, "what", br.Subtitle, "split", lowerFirst(br.Title)))
	}
	switch m.Kind {
	case queries.PairedChange:
		br.Key = w.beforeAndAfter()
		c := inEnglish.dumbbell(m, figures, names)
		c.AltText = alt("alt.split.dumbbell")
		return c
	case queries.Estimate:
		c := inEnglish.guessed(m, figures, names)
		c.AltText = alt("alt.split.estimates")
		return c
	case queries.Mean:
		c := charts.Intervals{Ceiling: math.Inf(1), Unit: tick(m), AltText: alt("alt.split.intervals")}
		if m.Scale != nil {
			c.Ceiling = m.Scale.Max
		}
		for i, f := range figures {
			c.Ranges = append(c.Ranges, rangeOf(m, f, names[i]))
		}
		return c
	}
	if contains(m.Capacity, br.of) {
		br.Key = []keyItem{{"k-in-use", w.text("key.in-use", "counts", sentenceStart(m.Counts), "met", m.Met)}, {"k-room", w.text("key.room")}}
		c := inEnglish.against(m, figures, names)
		c.AltText = alt("alt.split.bullet")
		return c
	}
	bars := make([]charts.Bar, len(figures))
	for i, f := range figures {
		bars[i] = charts.Bar{Name: names[i], Value: math.NaN(), Text: mark(f.State)}
		if f.State == queries.Shown {
			bars[i].Value, bars[i].Text = held(m, f.Value), inEnglish.figureAmount(m, f)
		}
	}
	return charts.Bars{Bars: bars, Ceiling: ceiling(m), Unit: tick(m), Whole: m.Kind == queries.Count, AltText: alt("alt.split.bars")}
}

// rangeOf is a figure with its interval; a gap where it is not shown.
func rangeOf(m *queries.Measure, f queries.Figure, name string) charts.Range {
	r := charts.Range{Name: name, Value: math.NaN(), Low: math.NaN(), High: math.NaN(), Gap: mark(f.State)}
	if f.State == queries.Shown {
		r.Value, r.Low, r.High = held(m, f.Value), held(m, f.Low), held(m, f.High)
	}
	return r
}

// lowerFirst makes a name fit within a phrase, but for one such as MARAC.
func lowerFirst(s string) string {
	if len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	return changeFirst(s, func(s string) string {
		_, n := utf8.DecodeRuneInString(s)
		return strings.ToLower(s[:n]) + s[n:]
	})
}

func ceiling(m *queries.Measure) float64 {
	if m.Kind == queries.Proportion || m.Kind == queries.Distribution {
		return 100
	}
	return math.Inf(1)
}

// places sets out the areas of one set by name: never by value, because noise would read as
// rank. d says what they are.
func (b *builder) places(s *subject, set string, d *breakdown) (*breakdown, error) {
	m, w := s.Measure, b.fixed
	period, figures := b.telling(s, func(p config.Period) []queries.Figure { return s.Places(p, set) })
	if len(figures) == 0 {
		return nil, nil
	}
	sort.SliceStable(figures, func(i, j int) bool {
		a, c := figures[i].Area, figures[j].Area
		if nowhere(a) != nowhere(c) {
			return nowhere(c)
		}
		return b.areaName(a) < b.areaName(c)
	})
	d.Subtitle = w.text("chart.of", "what", w.whatIsMeasured(m), "place", w.periodTitle(period))
	cs := w.columns(m, queries.DistrictBreakdown)
	d.Columns = append(d.Columns, cs...)
	for _, f := range figures {
		row := b.row(m, f)
		row.Name, row.Cells = b.areaName(f.Area), row.Cells[:len(cs)]
		d.Rows = append(d.Rows, row)
	}
	var err error
	if set == queries.DistrictBreakdown && compares(m, set) {
		err = b.funnel(s, d, period, set)
	}
	if err == nil && d.SVG == nil {
		if m.Kind == queries.Proportion || m.Kind == queries.Rate || m.Kind == queries.Duration {
			d.Columns = append(d.Columns, w.text("head.interval"))
			for i, f := range figures {
				d.Rows[i].Cells = append(d.Rows[i].Cells, tableCell{Text: orMark(w.interval(m, f), f)})
			}
		}
		err = b.drawPlaces(s, d, period, figures)
	}
	if err == nil && set == queries.DistrictBreakdown {
		err = b.where(s, d, figures)
	}
	d.Marks = marksOf(d.Rows)
	return d, err
}

// nowhere says that an area stands for what could not be placed.
func nowhere(area string) bool { return area == config.Unknown || area == config.UnknownUnitary }

func orMark(s string, f queries.Figure) string {
	if f.State != queries.Shown {
		return mark(f.State)
	}
	if s == "" {
		return "[z]"
	}
	return s
}

// drawPlaces draws areas in the way that suits the measure's kind, and says which differ
// where that can be told.
func (b *builder) drawPlaces(s *subject, d *breakdown, period config.Period, figures []queries.Figure) error {
	m := s.Measure
	names := make([]string, len(figures))
	for i, f := range figures {
		names[i] = b.areaName(f.Area)
	}
	var c charts.Chart
	switch {
	case shown(figures) == 0 || m.Kind == queries.Count || m.Kind == queries.Distribution:
		return nil
	case m.Kind == queries.PairedChange || m.Kind == queries.Estimate:
		c = b.split(s, d, figures, names)
	default:
		c = b.intervals(s, d, period, figures)
	}
	var err error
	d.SVG, err = b.half(c, s.ID+"-"+d.ID)
	return err
}

// intervals sets each area's interval against the whole, and says which leave it out.
func (b *builder) intervals(s *subject, d *breakdown, period config.Period, figures []queries.Figure) charts.Chart {
	m, w := s.Measure, b.fixed
	var whole *queries.Figure
	for _, f := range s.Series(period.Kind, b.Partnership.Area, "", "") {
		if f.Period == period && f.State == queries.Shown {
			whole = &f
		}
	}
	c := charts.Intervals{Ceiling: ceiling(m), Unit: tick(m)}
	if whole != nil {
		c.Whole = &charts.Level{Value: held(m, whole.Value), Label: inEnglish.text("chart.level", "what", b.Partnership.Place, "value", inEnglish.figureAmount(m, *whole))}
	}
	refused := s.Reading.Refuses(config.RefuseCompare)
	d.stands = map[string]string{}
	var higher, lower []string
	for _, f := range figures {
		r := rangeOf(m, f, b.areaName(f.Area))
		switch {
		case whole == nil || nowhere(f.Area) || refused || math.IsNaN(r.Value):
		case r.Low > c.Whole.Value:
			r.Compared, higher = charts.Higher, append(higher, r.Name)
			d.stands[f.Area] = standsHigher
		case r.High < c.Whole.Value:
			r.Compared, lower = charts.Lower, append(lower, r.Name)
			d.stands[f.Area] = standsLower
		case !math.IsNaN(r.Low) && !math.IsNaN(r.High):
			d.stands[f.Area] = standsWithin
		}
		c.Ranges = append(c.Ranges, r)
	}
	switch {
	case refused && len(d.Words) == 0:
		d.Words = append(d.Words, w.text("place.unsaid."+d.noun))
	case whole != nil && !refused:
		d.Words = append(d.Words, w.differences(b.Partnership.Place, d.noun, higher, lower))
		d.Key = []keyItem{{"k-higher", w.text("place.higher")}, {"k-similar", w.text("place.similar")}, {"k-lower", w.text("place.lower")}}
	}
	if start := c.Start(); start > 0 {
		d.Caption = w.text("chart.scale", "start", c.Unit(start))
	}
	c.AltText = clip(inEnglish.text("alt.intervals", "what", d.Subtitle, "words", strings.Join(d.Words, " ")))
	return c
}

// differences says which areas' intervals leave out the value of the whole.
func (w words) differences(place, noun string, higher, lower []string) string {
	switch {
	case len(higher)+len(lower) == 0:
		return w.text("place.none."+noun, "place", place)
	case len(lower) == 0:
		return w.text("place.above", "place", place, "names", w.list(higher))
	case len(higher) == 0:
		return w.text("place.below", "place", place, "names", w.list(lower))
	}
	return w.text("place.both", "place", place, "above", w.list(higher), "below", w.list(lower))
}
