package dashboards

import (
	"slices"
	"strings"

	"wherry/config"
	"wherry/queries"
)

// needsPage is the body of needs/index.html.
type needsPage struct {
	*Needs
	Sections []needsSection
	Estimate *subject // the estimate of need, nil where the edition has none
	Drawn    *breakdown
}

type needsSection struct {
	NeedsSection
	Lines     []figureLine
	Compared  *breakdown // of districts, nil where none is drawn
	Of        *subject   // whose districts those are
	Feeds     []string   // titles of what the lines are counted from
	Marks     bool
	Undefined []string // measures asked for that the edition does not have
}

// needsAssessment writes the page on needs and the cells of the return.
func (b *builder) needsAssessment() error {
	n := b.Editorial.Needs
	if n == nil {
		return nil
	}
	body := needsPage{Needs: n}
	for _, s := range n.Sections {
		section, err := b.needsSection(s)
		if err != nil {
			return err
		}
		body.Sections = append(body.Sections, section)
	}
	for _, s := range b.subjects {
		if s.Measure.Kind != queries.Estimate || !slices.ContainsFunc(body.Sections, func(n needsSection) bool {
			return slices.ContainsFunc(n.Lines, func(l figureLine) bool { return l.subject == s })
		}) {
			continue
		}
		drawn, err := b.kindPart(s)
		if err != nil {
			return err
		}
		if drawn != nil && len(drawn.SVG) > 0 {
			body.Estimate, body.Drawn = s, &drawn.breakdown
		}
		break
	}
	if err := b.render("needs/index.html", "needs.html", page{Title: n.Title, Nav: "needs/index.html", Root: "../", Body: body}); err != nil {
		return err
	}
	return b.annualReturn(n.Return)
}

func (b *builder) needsSection(s NeedsSection) (needsSection, error) {
	section := needsSection{NeedsSection: s}
	for _, f := range s.Figures {
		lines := b.linesOf(f)
		if len(lines) == 0 && !slices.Contains(section.Undefined, f.Measure) && len(b.named([]string{f.Measure})) == 0 {
			section.Undefined = append(section.Undefined, f.Measure)
		}
		section.Lines = append(section.Lines, lines...)
	}
	for _, l := range section.Lines {
		for _, feed := range l.Feeds {
			if !contains(section.Feeds, feed) {
				section.Feeds = append(section.Feeds, feed)
			}
		}
	}
	section.Marks = slices.ContainsFunc(section.Lines, func(l figureLine) bool {
		return strings.HasPrefix(l.Value, "[") || strings.HasPrefix(l.Of, "[")
	})
	for _, of := range b.named([]string{s.Districts}) {
		compared, err := b.districts(of)
		if err != nil {
			return section, err
		}
		if compared != nil && len(compared.SVG) > 0 {
			section.Compared, section.Of = compared, of
		}
	}
	return section, nil
}

// returnPage is the body of needs/return.html.
type returnPage struct {
	NeedsReturn
	Year     string // the financial year, in words
	Before   string
	Lines    []returnLine
	Open     []ReturnCell // that cannot be answered, with why
	Provided bool         // some cell is filled
}

type returnLine struct {
	figureLine
	Cell string
}

// annualReturn writes the cells of the return for the latest financial year that is over.
func (b *builder) annualReturn(r NeedsReturn) error {
	if len(r.Cells) == 0 {
		return nil
	}
	year := config.Containing(config.Year, b.Quarter.Last())
	if year.End.After(b.Quarter.End) {
		year = year.Shift(-1)
	}
	body := returnPage{NeedsReturn: r, Year: b.fixed.periodName(year), Before: b.fixed.periodName(year.Shift(-1))}
	for _, c := range r.Cells {
		if c.Why != "" {
			body.Open = append(body.Open, c)
			continue
		}
		lines := b.returnLines(c, year)
		if len(lines) == 0 {
			c.Why = b.fixed.text("need.no-figure")
			body.Open = append(body.Open, c)
		}
		body.Lines = append(body.Lines, lines...)
	}
	return b.render("needs/return.html", "return.html", page{Title: r.Title, Nav: "needs/index.html", Root: "../", Body: body})
}

// returnLines are the lines of a cell: one, or one to a category. Categories are given for
// the twelve months that end with the year.
func (b *builder) returnLines(c ReturnCell, year config.Period) []returnLine {
	var lines []returnLine
	for _, s := range b.named([]string{c.Measure}) {
		for _, f := range b.ofYear(s, c.Breakdown, year) {
			l := returnLine{b.lineOf(s, f), c.Cell}
			l.Value, l.Period = b.fixed.returnedNumber(s.Measure, f, c.Number), b.fixed.periodName(year)
			l.Before = mark(queries.NotSupplied)
			for _, old := range b.ofYear(s, c.Breakdown, year.Shift(-1)) {
				if old.Category == f.Category {
					l.Before = b.fixed.returnedNumber(s.Measure, old, c.Number)
				}
			}
			lines = append(lines, l)
		}
	}
	return lines
}

// ofYear is the whole partnership's figures for a financial year.
func (b *builder) ofYear(s *subject, breakdown string, year config.Period) []queries.Figure {
	for _, p := range []config.Period{year, config.Containing(config.Rolling, year.Last())} {
		figures := slices.DeleteFunc(slices.Clone(s.At(p, breakdown)), func(f queries.Figure) bool {
			return f.Area != b.Partnership.Area || (f.Category == "") != (breakdown == "")
		})
		if len(figures) > 0 {
			inOrder(s.Measure, figures)
			return figures
		}
	}
	return nil
}

// returnedNumber is one number of a figure as a cell of the return has it.
func (w words) returnedNumber(m *queries.Measure, f queries.Figure, number string) string {
	switch {
	case number == "base" && f.BaseShown:
		return thousands(float64(f.Base), 0)
	case number == "base" && f.State == queries.Shown:
		return mark(queries.Suppressed)
	case f.State != queries.Shown:
		return mark(f.State)
	case number == "value":
		return w.figureAmount(m, f)
	case number == "numerator" && m.HasNumerator():
		return thousands(float64(f.Numerator), 0)
	}
	return mark(queries.NotApplicable)
}

// hyphened is a column's name as anchors have it.
func hyphened(column string) string { return strings.ReplaceAll(column, "_", "-") }
