package dashboards

import (
	"math"
	"strings"

	"wherry/config"
	"wherry/queries"
)

// districtPage is the body of districts/<code>.html.
type districtPage struct {
	config.Area
	Families []districtFamily
	Hidden   int // lines that hide their figure
	Lines    int
	Previous *config.Area
	Next     *config.Area
}

type districtFamily struct {
	BoardFamily
	Lines []districtLine
}

// districtLine is a measure in one district, beside the whole partnership.
type districtLine struct {
	figureLine
	Whole    string
	Compared string // higher, similar or lower than the whole, by interval
}

// districtsPage is the body of districts/index.html.
type districtsPage struct {
	Districts []config.Area
	Measures  []districtMeasure
	OverTime  []districtDrawing // of the scorecard's families in their order
	Where     []districtDrawing // with a map
}

// districtDrawing is a drawing of a measure's own page.
type districtDrawing struct {
	*subject
	Drawn *breakdown
}

// districtMeasure is a measure with its districts in the order of their names.
type districtMeasure struct {
	*subject
	Period string
	Cells  []string
	Whole  string
}

// districtsOf are the districts of the partnership, by name.
func (b *builder) districtsOf() []config.Area {
	var ds []config.Area
	for _, a := range b.Partnership.Areas {
		if a.Code != b.Partnership.Area {
			ds = append(ds, a)
		}
	}
	return ds
}

// districtHref is a district's page, from the site's folder.
func districtHref(a config.Area) string { return "districts/" + strings.ToLower(a.Code) + ".html" }

// districtPages writes a page for each district, and one that leads to them.
func (b *builder) districtPages() error {
	all := b.districtsOf()
	if len(all) == 0 {
		return nil
	}
	for i, a := range all {
		body := districtPage{Area: a}
		if i > 0 {
			body.Previous = &all[i-1]
		}
		if i+1 < len(all) {
			body.Next = &all[i+1]
		}
		for _, f := range b.board.Families {
			family := districtFamily{BoardFamily: f}
			for _, s := range b.of(f) {
				if l, ok := b.districtLine(s, a); ok {
					family.Lines = append(family.Lines, l)
					body.Lines++
					if l.Value == mark(queries.Suppressed) {
						body.Hidden++
					}
				}
			}
			if len(family.Lines) > 0 {
				body.Families = append(body.Families, family)
			}
		}
		if err := b.render(districtHref(a), "district.html", page{Title: a.Name, Nav: "districts/index.html", Root: "../", Body: body}); err != nil {
			return err
		}
	}
	body, err := b.districtsBody(all)
	if err != nil {
		return err
	}
	return b.render("districts/index.html", "districts.html", page{Title: b.fixed.text("title.districts"), Nav: "districts/index.html", Root: "../", Body: body})
}

// districtLine is what a measure shows of a district, in the period that shows most of the
// districts; ok is false where the measure is not divided by district.
func (b *builder) districtLine(s *subject, a config.Area) (l districtLine, ok bool) {
	period, figures := b.telling(s, func(p config.Period) []queries.Figure { return s.Places(p, queries.DistrictBreakdown) })
	for _, f := range figures {
		if f.Area != a.Code {
			continue
		}
		l = districtLine{figureLine: b.lineOf(s, f)}
		l.Anchor = "by-district"
		for _, w := range s.At(period, "") {
			if w.Area == b.Partnership.Area {
				b.besideWhole(&l, f, w)
			}
		}
		return l, true
	}
	return l, false
}

// besideWhole sets a line's figure beside that of the whole partnership.
func (b *builder) besideWhole(l *districtLine, f, whole queries.Figure) {
	l.Whole, l.Compared = mark(whole.State), b.fixed.text(stands[comparison(f, whole)])
	if l.Reading.Refuses(config.RefuseCompare) {
		l.Compared = b.fixed.text("stands.apart")
	}
	if whole.State == queries.Shown {
		l.Whole = b.fixed.figureAmount(l.Measure, whole)
	}
}

// comparison says whether a district's interval leaves the whole's figure out.
func comparison(f, whole queries.Figure) string {
	switch {
	case f.State != queries.Shown || whole.State != queries.Shown || math.IsNaN(f.Low) || math.IsNaN(f.High):
		return standsApart
	case f.Low > whole.Value:
		return standsHigher
	case f.High < whole.Value:
		return standsLower
	}
	return standsWithin
}

// districtsBody sets the measures of the scorecard out by district.
func (b *builder) districtsBody(all []config.Area) (districtsPage, error) {
	body := districtsPage{Districts: all}
	for _, f := range b.board.Families {
		for _, s := range b.of(f) {
			if len(f.Scorecard) > 0 && !contains(f.Scorecard, s.Measure.ID) {
				continue
			}
			if s.Reading.Refuses(config.RefuseCompare) {
				continue
			}
			m := districtMeasure{subject: s}
			for _, a := range all {
				l, ok := b.districtLine(s, a)
				if !ok {
					break
				}
				m.Period, m.Whole = l.Period, l.Whole
				m.Cells = append(m.Cells, l.Value)
			}
			if len(m.Cells) == len(all) {
				body.Measures = append(body.Measures, m)
			}
		}
	}
	var err error
	if body.OverTime, err = b.leading(body.Measures, b.overTime); err != nil {
		return body, err
	}
	body.Where, err = b.leading(body.Measures, b.mapped)
	return body, err
}

// mostDrawn is how many drawings of a kind the page of districts has.
const mostDrawn = 3

// leading draws the first measure of each family that can be drawn, for a few families.
func (b *builder) leading(measures []districtMeasure, draw func(*subject) (*breakdown, error)) ([]districtDrawing, error) {
	var drawn []districtDrawing
	for _, m := range measures {
		if len(drawn) == mostDrawn {
			break
		}
		if n := len(drawn); n > 0 && drawn[n-1].Family.Slug == m.Family.Slug {
			continue
		}
		d, err := draw(m.subject)
		if err != nil {
			return nil, err
		}
		if d != nil {
			drawn = append(drawn, districtDrawing{m.subject, d})
		}
	}
	return drawn, nil
}
