package dashboards

import (
	"fmt"
	"io/fs"
	"slices"

	"wherry/config"
	"wherry/queries"
)

// Needs is needs.yaml: what a needs assessment asks, and which figures speak to it.
type Needs struct {
	Title    string         `yaml:"title"`
	Lead     string         `yaml:"lead"`
	Sections []NeedsSection `yaml:"sections"`
	Return   NeedsReturn    `yaml:"return"`
}

// NeedsSection is one heading of an assessment.
type NeedsSection struct {
	Slug      string        `yaml:"slug"`
	Title     string        `yaml:"title"`
	Asks      string        `yaml:"asks"`
	Figures   []NeedsFigure `yaml:"figures"`
	Districts string        `yaml:"districts"` // measure whose comparison of districts is drawn; may be empty
	Cannot    string        `yaml:"cannot"`    // what data cannot say
	Write     []string      `yaml:"write"`     // what people are to write
}

// NeedsFigure is a measure, or every category of one of its breakdowns.
type NeedsFigure struct {
	Measure   string `yaml:"measure"`
	Breakdown string `yaml:"breakdown"`
}

// NeedsReturn is the cells of the annual return.
type NeedsReturn struct {
	Title string       `yaml:"title"`
	Says  string       `yaml:"says"`
	Cells []ReturnCell `yaml:"cells"`
}

// ReturnCell is a cell of the return: a number of a measure, or why it cannot be answered.
type ReturnCell struct {
	Cell      string `yaml:"cell"`
	Measure   string `yaml:"measure"`
	Breakdown string `yaml:"breakdown"`
	Number    string `yaml:"number"` // value, numerator or base
	Why       string `yaml:"why"`
}

// needsFile is read where it is there: a partnership without one has no page on needs.
const needsFile = "needs.yaml"

func loadNeeds(fsys fs.FS) (*Needs, config.Problems) {
	if _, err := fs.Stat(fsys, needsFile); err != nil {
		return nil, nil
	}
	n := &Needs{}
	if ps := decode(fsys, needsFile, n); len(ps) > 0 {
		return n, ps
	}
	return n, n.check()
}

func (n *Needs) check() config.Problems {
	var ps config.Problems
	add := func(msg, hint string) {
		ps = append(ps, config.Problem{File: "dashboards/" + needsFile, Msg: msg, Hint: hint})
	}
	if n.Title == "" || len(n.Sections) == 0 {
		add("title and sections must be given", "take the file away for an edition without a page on needs")
	}
	seen := map[string]bool{}
	for _, s := range n.Sections {
		if s.Title == "" || !areaSlug.MatchString(s.Slug) {
			add(fmt.Sprintf("section %q needs a title and a slug of lower-case letters", s.Slug), "the slug names the section in links")
		}
		if seen[s.Slug] {
			add(fmt.Sprintf("section %q is listed twice", s.Slug), "")
		}
		seen[s.Slug] = true
		if len(s.Figures) == 0 && s.Cannot == "" && len(s.Write) == 0 {
			add(fmt.Sprintf("section %q holds nothing", s.Slug), "give figures, or say what data cannot say")
		}
	}
	for _, c := range n.Return.Cells {
		switch {
		case c.Cell == "":
			add("a cell of the return has no name", "")
		case (c.Measure == "") == (c.Why == ""):
			add(fmt.Sprintf("cell %q needs a measure, or why it cannot be answered", c.Cell), "give one of measure and why")
		case c.Measure != "" && !slices.Contains([]string{"value", "numerator", "base"}, c.Number):
			add(fmt.Sprintf("cell %q asks for number %q", c.Cell, c.Number), "write value, numerator or base")
		}
	}
	return ps
}

// measures are the ids that the page names, with where.
func (n *Needs) measures() map[string]string {
	ids := map[string]string{}
	for _, s := range n.Sections {
		for _, f := range s.Figures {
			ids[f.Measure] = "section " + s.Slug
		}
		if s.Districts != "" {
			ids[s.Districts] = "section " + s.Slug
		}
	}
	for _, c := range n.Return.Cells {
		if c.Measure != "" {
			ids[c.Measure] = fmt.Sprintf("cell %q of the return", c.Cell)
		}
	}
	return ids
}

// figureLine is a figure of a measure on a page that gathers figures.
type figureLine struct {
	*subject
	Name   string // what it is of, within the measure; "" for all of it
	Value  string
	Range  string
	Of     string // how many cases it rests on
	Period string
	Feeds  []string
	Anchor string // of the table on the measure's page
	Before string // of the year before; for the return
}

// lineOf is the line of a figure.
func (b *builder) lineOf(s *subject, f queries.Figure) figureLine {
	l := figureLine{subject: s, Value: mark(f.State), Range: mark(f.State), Period: b.fixed.periodName(f.Period), Anchor: "table", Of: mark(f.State)}
	if f.State == queries.Shown {
		l.Value, l.Range = b.fixed.figureAmount(s.Measure, f), b.fixed.interval(s.Measure, f)
	}
	switch {
	case s.Measure.Kind == queries.Estimate:
		l.Of = mark(queries.NotApplicable)
	case f.BaseShown:
		l.Of = thousands(float64(f.Base), 0)
	case f.State == queries.Shown:
		l.Of = mark(queries.Suppressed)
	}
	if f.Breakdown != "" {
		l.Name, l.Anchor = b.categoryName(f.Breakdown, f.Category), "by-"+hyphened(f.Breakdown)
	}
	if isPart(s.Measure, f) {
		l.Anchor = "table"
		if s.Reading.Headline.State == queries.Shown {
			l.Anchor = "parts"
		}
	}
	if l.Range == "" && f.State == queries.Shown {
		l.Range = b.fixed.text("need.no-range")
	}
	for _, feed := range s.Measure.Feeds {
		l.Feeds = append(l.Feeds, b.FeedTitle(feed))
	}
	return l
}

// linesOf are the lines of what needs.yaml asks for: the longest period that ends with the
// edition and shows most.
func (b *builder) linesOf(want NeedsFigure) []figureLine {
	var lines []figureLine
	for _, s := range b.named([]string{want.Measure}) {
		_, figures := b.telling(s, func(p config.Period) []queries.Figure {
			return slices.DeleteFunc(slices.Clone(s.At(p, want.Breakdown)), func(f queries.Figure) bool {
				return f.Area != b.Partnership.Area || (f.Category == "") != (want.Breakdown == "")
			})
		})
		if want.Breakdown != "" {
			inOrder(s.Measure, figures)
		}
		for _, f := range figures {
			lines = append(lines, b.lineOf(s, f))
		}
	}
	return lines
}
