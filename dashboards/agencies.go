package dashboards

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"wherry/config"
	"wherry/queries"
)

// BoardAgencies says which breakdowns are into agencies, for the page that sets them side by side.
type BoardAgencies struct {
	Breakdowns []string `yaml:"breakdowns"` // columns whose categories are agencies or services
	Teams      []string `yaml:"teams"`      // columns whose categories are teams of them: drawn, without a section each
}

var breakdownForm = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// check gives the faults of the names of breakdowns.
func (a BoardAgencies) check(add func(msg, hint string)) {
	all := append(slices.Clone(a.Breakdowns), a.Teams...)
	for i, name := range all {
		if !breakdownForm.MatchString(name) {
			add(fmt.Sprintf("agencies names %q, which is no column of a measure", name), "write the name of a breakdown, such as referring_agency")
		}
		if slices.Contains(all[:i], name) {
			add(fmt.Sprintf("agencies names %q twice", name), "take it out of one of the lists")
		}
	}
}

// agenciesPage is the body of agencies.html.
type agenciesPage struct {
	Agencies []agencyPart
	Drawn    []districtDrawing // how agencies or teams compare on a measure; the first over time, too
	Waiting  []string          // breakdowns that would fill the page, in words
	Lines    int
	Hidden   int // lines that hide their figure
}

// agencyPart is one agency: what it sends, and what the measures show of it beside all.
type agencyPart struct {
	Code, Name string
	Sends      []sent
	Lines      []districtLine
}

// sent is a return of the quarter, with what came of it.
type sent struct {
	Feed string
	gridCell
}

// mostAgencyDrawings keeps the page to a size that can be read.
const mostAgencyDrawings = 4 // one of them over time

// agencies writes the page of agencies: by name, and never ranked.
func (b *builder) agencies() error {
	if len(b.Partnership.Agencies) == 0 {
		return nil
	}
	body := agenciesPage{Agencies: b.agencyParts()}
	for _, a := range body.Agencies {
		for _, l := range a.Lines {
			body.Lines++
			if l.Value == mark(queries.Suppressed) {
				body.Hidden++
			}
		}
	}
	for _, name := range b.board.Agencies.Breakdowns {
		body.Waiting = append(body.Waiting, lowerFirst(b.breakdownName(name)))
	}
	var err error
	if body.Drawn, err = b.agencyDrawings(); err != nil {
		return err
	}
	return b.render("agencies.html", "agencies.html", page{Title: b.fixed.text("title.agencies"), Nav: "agencies.html", Body: body})
}

// agencyParts are the agencies that send returns or that a measure is divided by, by name. Lists of codes
// may call one agency by several; it is one part.
func (b *builder) agencyParts() []agencyPart {
	var parts []agencyPart
	part := func(code, name string) *agencyPart {
		i := slices.IndexFunc(parts, func(p agencyPart) bool { return p.Code == code || p.Name == name })
		if i < 0 {
			i = len(parts)
			parts = append(parts, agencyPart{Code: code, Name: name})
		}
		return &parts[i]
	}
	for _, a := range b.Partnership.Agencies {
		part(a.ID, a.Name).Sends = b.sends(a.ID)
	}
	for _, f := range b.board.Families {
		for _, s := range b.of(f) {
			for _, name := range b.board.Agencies.Breakdowns {
				for _, l := range b.agencyLines(s, name) {
					p := part(l.code, l.Name)
					p.Lines = append(p.Lines, l.districtLine)
				}
			}
		}
	}
	parts = slices.DeleteFunc(parts, func(p agencyPart) bool { return len(p.Lines) == 0 && len(p.Sends) == 0 })
	slices.SortStableFunc(parts, func(x, y agencyPart) int { return cmp.Compare(x.Name, y.Name) })
	return parts
}

// agencyLine is a measure of one agency, by the code of its category.
type agencyLine struct {
	districtLine
	code string
}

// agencyLines are what a measure shows of each agency, beside the whole; none where it is not divided so.
func (b *builder) agencyLines(s *subject, name string) []agencyLine {
	if !contains(s.Measure.Breakdowns, name) {
		return nil
	}
	period, figures := b.telling(s, func(p config.Period) []queries.Figure { return b.categoriesAt(s, p, name) })
	var lines []agencyLine
	for _, f := range figures {
		if lacking(f.Category) || f.State == queries.NotApplicable {
			continue
		}
		l := districtLine{figureLine: b.lineOf(s, f)}
		for _, w := range s.At(period, "") {
			if w.Area == b.Partnership.Area {
				b.besideWhole(&l, f, w)
			}
		}
		lines = append(lines, agencyLine{l, f.Category})
	}
	return lines
}

// categoriesAt are the figures of a breakdown's categories, of the whole partnership.
func (b *builder) categoriesAt(s *subject, p config.Period, name string) []queries.Figure {
	var whole []queries.Figure
	for _, f := range s.At(p, name) {
		if f.Area == b.Partnership.Area && f.Category != "" {
			whole = append(whole, f)
		}
	}
	return whole
}

// sends are the returns that an agency owes for the quarter, each feed once with what came of the last.
func (b *builder) sends(agency string) []sent {
	var all []sent
	for _, r := range b.Returns {
		if r.Agency != agency || r.Period.Start.Before(b.Quarter.Start) || !r.Period.Start.Before(b.Quarter.End) {
			continue
		}
		s := sent{b.FeedTitle(r.Feed), statuses[r.Status]}
		if i := slices.IndexFunc(all, func(o sent) bool { return o.Feed == s.Feed }); i >= 0 {
			all[i] = s
			continue
		}
		all = append(all, s)
	}
	slices.SortFunc(all, func(x, y sent) int { return strings.Compare(x.Feed, y.Feed) })
	return all
}

// agencyDrawings draws the first measure of each family that compares agencies or teams, and the first of
// these over time.
func (b *builder) agencyDrawings() ([]districtDrawing, error) {
	var drawn []districtDrawing
	for _, f := range b.board.Families {
		s, name, br, err := b.comparesAgencies(f)
		if err != nil {
			return nil, err
		}
		if br == nil {
			continue
		}
		drawn = append(drawn, districtDrawing{s, br})
		if len(drawn) == 1 {
			over, err := b.byQuarter(s, name)
			if err != nil {
				return nil, err
			}
			if over != nil {
				drawn = append(drawn, districtDrawing{s, over})
			}
		}
		if len(drawn) >= mostAgencyDrawings {
			break
		}
	}
	return drawn, nil
}

// comparesAgencies is the first measure of a family that compares agencies or teams with limits of chance,
// and by which breakdown; nil for none.
func (b *builder) comparesAgencies(f BoardFamily) (*subject, string, *breakdown, error) {
	a := b.board.Agencies
	for _, s := range b.of(f) {
		for _, name := range append(slices.Clone(a.Breakdowns), a.Teams...) {
			if !compares(s.Measure, name) || !contains(s.Measure.Breakdowns, name) || s.Reading.Refuses(config.RefuseCompare) {
				continue
			}
			br, err := b.breakdownOf(s, name)
			if err != nil || br != nil && br.SVG != nil && len(br.stands) > 0 {
				return s, name, br, err
			}
		}
	}
	return nil, "", nil, nil
}
