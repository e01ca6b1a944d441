package dashboards

import (
	"fmt"
	"math"
	"sort"
	"strings"
	"unicode"

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
}

// districts is a measure by district, with intervals.
type districts struct {
	breakdown
	Note    string
	Caption string
}

// telling picks the period that shows most of a breakdown: the edition's quarter, or the
// rolling year that ends with it where the quarter hides more, or where there is neither,
// the period of the headline.
func (b *builder) telling(s *subject, pick func(config.Period) []queries.Figure) (config.Period, []queries.Figure) {
	rolling := config.Containing(config.Rolling, b.Quarter.Last())
	quarter, year := pick(b.Quarter), pick(rolling)
	headline := s.Reading.Period.Kind
	if len(quarter) == 0 && len(year) == 0 {
		return s.Reading.Period, pick(s.Reading.Period)
	}
	if len(quarter) == 0 || shown(year) > shown(quarter) || (len(year) > 0 && (headline == config.Rolling || headline == config.Year)) {
		return rolling, year
	}
	return b.Quarter, quarter
}

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
		period, figures := b.telling(s, func(p config.Period) []queries.Figure {
			var whole []queries.Figure
			for _, f := range s.At(p, name) {
				if f.Area == b.Partnership.Area && f.Category != "" {
					whole = append(whole, f)
				}
			}
			return whole
		})
		if len(figures) == 0 {
			continue
		}
		br, err := b.breakdown(s, name, period, figures)
		if err != nil {
			return nil, err
		}
		all = append(all, br)
	}
	return all, nil
}

func (b *builder) breakdown(s *subject, name string, period config.Period, figures []queries.Figure) (breakdown, error) {
	m := s.Measure
	title := "By " + lowerFirst(b.breakdownName(name))
	br := breakdown{ID: "by-" + strings.ReplaceAll(name, "_", "-"), Columns: columns(m, nil)}
	br.Columns[0] = b.breakdownName(name)
	br.Title, br.Subtitle = title, whatIsMeasured(m)+", "+b.Partnership.Place+", "+periodTitle(period)
	inOrder(figures)
	var bars []charts.Bar
	var cells strings.Builder
	for _, f := range figures {
		label := b.categoryName(name, f.Category)
		bar := charts.Bar{Name: label, Value: math.NaN(), Text: mark(f.State)}
		if f.State == queries.Shown {
			bar.Value, bar.Text = held(f.Value), amount(m.Kind, f.Value)
		}
		bars = append(bars, bar)
		row := b.row(m, plotted{Figure: f})
		row.Name = label
		cells.WriteString(row.text())
		br.Rows = append(br.Rows, row)
	}
	br.Marks = marksIn(cells.String())
	if shown(figures) == 0 {
		return br, nil
	}
	c := charts.Bars{Bars: bars, Ceiling: ceiling(m), Unit: tick(m.Kind), Whole: m.Kind == queries.Count,
		AltText: "Bar chart. " + br.Subtitle + ", " + lowerFirst(title) + ". All values are in the table below."}
	var err error
	br.SVG, err = b.at(c, s.ID+"-"+br.ID, charts.Mid, charts.Narrow)
	return br, err
}

// lowerFirst makes a name fit within a phrase, but for one such as MARAC.
func lowerFirst(s string) string {
	if len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

func ceiling(m *queries.Measure) float64 {
	if m.Kind == queries.Proportion {
		return 100
	}
	return math.Inf(1)
}

// inOrder keeps bands (0 to 4, 5 to 7) in their own order, and sorts other categories by
// value. What is hidden comes after what is shown, by name, so that its place says nothing;
// what was not recorded comes last.
func inOrder(fs []queries.Figure) {
	banded := true
	for _, f := range fs {
		if !lacking(f.Category) && !startsWithDigit(f.Category) {
			banded = false
		}
	}
	rank := func(f queries.Figure) (int, float64) {
		switch {
		case lacking(f.Category):
			return 2, 0
		case banded:
			return 0, leadingNumber(f.Category)
		case f.State != queries.Shown:
			return 1, 0
		}
		return 0, -held(f.Value)
	}
	sort.SliceStable(fs, func(i, j int) bool {
		gi, vi := rank(fs[i])
		gj, vj := rank(fs[j])
		if gi != gj {
			return gi < gj
		}
		if vi != vj {
			return vi < vj
		}
		return fs[i].Category < fs[j].Category
	})
}

// lacking says that a category stands for no answer.
func lacking(category string) bool {
	c := strings.ReplaceAll(strings.ToLower(category), "_", " ")
	return c == "unknown" || c == "not recorded" || c == ""
}

func startsWithDigit(s string) bool { return s != "" && unicode.IsDigit(rune(s[0])) }

func leadingNumber(s string) float64 {
	n := 0.0
	for _, r := range s {
		if !unicode.IsDigit(r) {
			break
		}
		n = n*10 + float64(r-'0')
	}
	return n
}

func periodTitle(p config.Period) string {
	if p.Kind == config.Rolling {
		return "year to " + p.Last().Format("January 2006")
	}
	return p.Title()
}

// districts sets out the areas of the partnership by name: never by value, because noise
// would read as rank.
func (b *builder) districts(s *subject) (*districts, error) {
	m := s.Measure
	period, figures := b.telling(s, func(p config.Period) []queries.Figure {
		var places []queries.Figure
		for _, f := range s.At(p, "") {
			if f.Area != b.Partnership.Area {
				places = append(places, f)
			}
		}
		return places
	})
	if len(figures) == 0 {
		return nil, nil
	}
	sort.SliceStable(figures, func(i, j int) bool {
		a, c := figures[i].Area, figures[j].Area
		if (a == "unknown") != (c == "unknown") {
			return c == "unknown"
		}
		return b.areaName(a) < b.areaName(c)
	})
	d := &districts{breakdown: breakdown{ID: "by-district"}}
	d.Title, d.Subtitle = "By district", whatIsMeasured(m)+", "+periodTitle(period)
	d.Columns = append([]string{"District"}, columns(m, nil)[1:]...)
	kept := len(d.Columns)
	if m.Kind == queries.Duration {
		kept = 3 // cases and median: the shares within so many days are of the whole
	}
	d.Columns = d.Columns[:kept]
	withInterval := m.Kind != queries.Count
	if withInterval {
		d.Columns = append(d.Columns, "95% interval")
	}
	var cells strings.Builder
	for _, f := range figures {
		row := b.row(m, plotted{Figure: f})
		row.Name, row.Cells = b.areaName(f.Area), row.Cells[:kept-1]
		if withInterval {
			row.Cells = append(row.Cells, tableCell{Text: orMark(interval(m.Kind, f), f)})
		}
		cells.WriteString(row.text())
		d.Rows = append(d.Rows, row)
	}
	d.Marks = marksIn(cells.String())
	return d, b.compareDistricts(s, d, period, figures)
}

func orMark(s string, f queries.Figure) string {
	if f.State != queries.Shown {
		return mark(f.State)
	}
	if s == "" {
		return "[z]"
	}
	return s
}

// compareDistricts draws each district's interval against the whole, and says which differ.
func (b *builder) compareDistricts(s *subject, d *districts, period config.Period, figures []queries.Figure) error {
	m := s.Measure
	if m.Kind == queries.Count || shown(figures) == 0 {
		return nil
	}
	var whole *queries.Figure
	for _, f := range s.Series(period.Kind, b.Partnership.Area, "", "") {
		if f.Period == period && f.State == queries.Shown {
			whole = &f
		}
	}
	c := charts.Intervals{Ceiling: ceiling(m), Unit: tick(m.Kind)}
	if whole != nil {
		c.Whole = &charts.Level{Value: held(whole.Value), Label: b.Partnership.Place + " " + amount(m.Kind, whole.Value)}
	}
	var higher, lower []string
	for _, f := range figures {
		r := charts.Range{Name: b.areaName(f.Area), Value: math.NaN(), Low: math.NaN(), High: math.NaN(), Gap: mark(f.State)}
		if f.State == queries.Shown {
			r.Value, r.Low, r.High = held(f.Value), held(f.Low), held(f.High)
			switch {
			case whole == nil || f.Area == "unknown":
			case r.Low > c.Whole.Value:
				r.Compared, higher = charts.Higher, append(higher, r.Name)
			case r.High < c.Whole.Value:
				r.Compared, lower = charts.Lower, append(lower, r.Name)
			}
		}
		c.Ranges = append(c.Ranges, r)
	}
	if whole != nil {
		d.Note = differences(b.Partnership.Place, higher, lower)
	}
	if start := c.Start(); start > 0 {
		d.Caption = "The scale starts at " + c.Unit(start) + "."
	}
	c.AltText = "Chart of intervals. " + d.Subtitle + ". " + d.Note + " All values are in the table below."
	var err error
	d.SVG, err = b.at(c, s.ID+"-districts", charts.Mid, charts.Narrow)
	return err
}

// differences says which districts' intervals leave out the value of the whole.
func differences(place string, higher, lower []string) string {
	switch {
	case len(higher)+len(lower) == 0:
		return "Every interval takes in the " + place + " figure: these figures do not show that any district is different."
	case len(lower) == 0:
		return fmt.Sprintf("Clearly above the %s figure: %s. The others cannot be told apart from it.", place, list(higher))
	case len(higher) == 0:
		return fmt.Sprintf("Clearly below the %s figure: %s. The others cannot be told apart from it.", place, list(lower))
	}
	return fmt.Sprintf("Clearly above the %s figure: %s. Clearly below it: %s. The others cannot be told apart from it.", place, list(higher), list(lower))
}

func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
