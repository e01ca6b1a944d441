package dashboards

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"wherry/config"
	"wherry/dashboards/charts"
	"wherry/queries"
)

// subject is one measure as the pages speak of it: its Result, put into words once.
type subject struct {
	*queries.Result
	ID          string // rq1: names its files
	Title       string
	Short       string
	Family      BoardFamily
	Value       string // the headline: "76%", or a mark
	When        string // its period, where that is not the edition's quarter
	Since       string // when its unusual change began: "since Feb 2026"
	Usual       string
	Provisional bool
	Change      verdict
	Target      verdict
	Trust       verdict
	Says        queries.Sentences
	Bear        string // in mind, of the data: the returns that came, and what Says.Trust adds
	Spark       template.HTML
	series      []plotted
}

// Href is the subject's page, from the site's folder.
func (s *subject) Href() string { return "measures/" + s.ID + ".html" }

// gather makes a subject of every result that the board shows, in the order of the board.
func (b *builder) gather() error {
	var problems config.Problems
	file := "dashboards/boards/" + b.board.Audience + ".yaml"
	known := map[string]bool{}
	for _, r := range b.Results {
		m := r.Measure
		known[m.ID] = true
		listed := slices.ContainsFunc(b.board.Families, func(f BoardFamily) bool { return f.Slug == m.Family })
		if !listed && !slices.Contains(b.board.LeaveOut.Families, m.Family) {
			problems = append(problems, config.Problem{File: file, Msg: fmt.Sprintf("measure %s is in family %q, which this board does not name", m.ID, m.Family),
				Hint: "list the family under families, or under leave_out"})
		}
	}
	for _, id := range b.board.LeaveOut.Measures {
		if !known[id] {
			problems = append(problems, config.Problem{File: file, Msg: fmt.Sprintf("leave_out names measure %q, which does not exist", id), Hint: "see `wherry measure list`"})
		}
	}
	for _, f := range b.board.Families {
		for _, r := range b.Results {
			if r.Measure.Family == f.Slug && !slices.Contains(b.board.LeaveOut.Measures, r.Measure.ID) {
				b.subjects = append(b.subjects, b.subject(r, f))
			}
		}
	}
	return problems.Err()
}

func (b *builder) subject(r *queries.Result, f BoardFamily) *subject {
	m := r.Measure
	s := &subject{Result: r, ID: strings.ToLower(m.ID), Title: m.Title, Family: f,
		Short: m.ShortTitle(), Usual: b.fixed.usually(m, r.Reading), Target: b.fixed.assured(m, r.Reading), Trust: b.fixed.trusted(r.Reading, b.unusual(m)),
		Says: b.fixed.sentencesOf(r), series: seriesOf(r, b.Partnership.Area)}
	s.Change, s.Bear = b.fixed.changed(r.Reading, s.Says.Detail), b.fixed.bear(r.Reading, s.Trust, s.Says.Trust)
	head := r.Reading.Headline
	s.Value, s.Provisional = mark(head.State), head.Provisional
	if head.State == queries.Shown {
		s.Value = b.fixed.figureAmount(m, head)
	}
	if p := r.Reading.Period; p != b.Quarter && !p.Start.IsZero() {
		s.When = b.fixed.periodWithin(p)
	}
	if since := r.Reading.Since; !since.Start.IsZero() {
		s.Since = b.fixed.text("judged.since", "period", b.fixed.periodName(since))
	}
	return s
}

// bear is what to bear in mind of the data: what came, how it is unlike the usual, and says,
// which may have said already how many returns were supplied.
func (w words) bear(r queries.Reading, trust verdict, says string) string {
	supplied := w.text("reading.trust.returns", "n", r.Returns, "all", r.ReturnsExpected)
	if rest, said := strings.CutPrefix(says, supplied); said {
		return joined(supplied, trust.More, strings.TrimSpace(rest))
	}
	return joined(trust.Detail, trust.More, says)
}

// joined is the sentences that are not empty, one after another.
func joined(sentences ...string) string {
	return strings.Join(slices.DeleteFunc(sentences, func(s string) bool { return s == "" }), " ")
}

// drawSpark draws the subject's small chart, where there are points enough for a shape.
func (s *subject) drawSpark(d *charts.Drawer) error {
	c := inEnglish.sparkline(s.Measure, s.Reading, s.series)
	if c == nil {
		return nil
	}
	drawing, err := d.Draw(*c, "spark-"+s.ID)
	if err != nil {
		return err
	}
	s.Spark = template.HTML(drawing.SVG(charts.Spark)) //nolint:gosec // charts reads and escapes what it draws
	return nil
}

// of are the subjects of one family.
func (b *builder) of(f BoardFamily) []*subject {
	var ss []*subject
	for _, s := range b.subjects {
		if s.Family.Slug == f.Slug {
			ss = append(ss, s)
		}
	}
	return ss
}

// Agency is the name of a partner, by its id.
func (b *builder) Agency(id string) string {
	for _, a := range b.Partnership.Agencies {
		if a.ID == id {
			return a.Name
		}
	}
	return id
}

// FeedTitle is the title of a feed's contract.
func (b *builder) FeedTitle(feed string) string {
	for _, c := range b.Partnership.Contracts {
		if c.Feed == feed && c.Title != "" {
			return c.Title
		}
	}
	return plainName(feed)
}

func (b *builder) areaName(code string) string {
	if code == config.Unknown {
		return "Out of area or not recorded"
	}
	if a, ok := b.Partnership.AreaOf(code); ok {
		return a.Name
	}
	return code
}

// breakdownName is what a breakdown is called.
func (b *builder) breakdownName(breakdown string) string {
	if name := b.Editorial.Names[breakdown]; name != "" {
		return plainName(name)
	}
	return plainName(breakdown)
}

// categoryName is a breakdown's category in words: what names.yaml calls it, the label of the code list that a
// contract gives the column, a feed's title, an agency's name, or the code made readable.
func (b *builder) categoryName(breakdown, category string) string {
	if name := b.Editorial.Names[breakdown+"."+category]; name != "" {
		return name
	}
	for _, list := range b.listsOf(breakdown) {
		if l := b.Partnership.Codes[list]; l != nil {
			for _, c := range l.Codes {
				if c.Code == category && c.Label != "" {
					return c.Label
				}
			}
		}
	}
	if breakdown == "feed" {
		return b.FeedTitle(category)
	}
	if name := b.Agency(category); name != category {
		return name
	}
	return plainName(category)
}

// listsOf are the code lists that may hold a breakdown's codes.
func (b *builder) listsOf(breakdown string) []string {
	lists := []string{breakdown}
	for _, c := range b.Partnership.Contracts {
		for _, column := range c.Columns {
			if column.Kept() == breakdown && column.Codes != "" && !contains(lists, column.Codes) {
				lists = append(lists, column.Codes)
			}
		}
	}
	return lists
}

// plainName makes a code readable: "not_recorded" is "Not recorded".
func plainName(code string) string {
	s := strings.TrimSpace(strings.ReplaceAll(code, "_", " "))
	if s == "" {
		return "Not recorded"
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func contains(list []string, s string) bool { return slices.Contains(list, s) }
