package dashboards

import (
	"slices"

	"wherry/config"
	"wherry/queries"
)

// scorecardPage is the body of index.html.
type scorecardPage struct {
	Counts   []count
	Needs    []*subject // the board needs to know
	More     []*subject // of concern, past the first five
	Asks     []config.Ask
	Sections []section
	Marks    bool // a figure is replaced by a mark
}

// count is one of the boxes at the top: how many measures have one verdict.
type count struct {
	N     int
	Icon  string
	Class string
	Words string
	First []*subject
	More  int
}

// section is a family with its measures.
type section struct {
	BoardFamily
	Subjects []*subject
}

// mostNeeds is how many findings the board is shown in full.
const mostNeeds = 5

func (b *builder) scorecard() error {
	body := scorecardPage{Counts: b.counts()}
	for _, change := range []queries.Change{queries.Concern, queries.Different, queries.Improving} {
		for _, s := range b.subjects {
			if s.Reading.Change != change {
				continue
			}
			if len(body.Needs) < mostNeeds {
				body.Needs = append(body.Needs, s)
			} else if change == queries.Concern {
				body.More = append(body.More, s)
			}
		}
	}
	for _, a := range b.Partnership.Asks {
		if b.board.Asks != "" && a.Quarter == b.Quarter.String() {
			body.Asks = append(body.Asks, a)
		}
	}
	for _, f := range b.board.Families {
		if ss := b.of(f); len(ss) > 0 {
			body.Sections = append(body.Sections, section{f, ss})
		}
	}
	body.Marks = slices.ContainsFunc(b.subjects, func(s *subject) bool { return s.Reading.Headline.State != queries.Shown })
	return b.render("index.html", "scorecard.html", page{Title: b.board.Title + ": " + b.Quarter.Title(), Nav: "index.html", Body: body})
}

func (b *builder) counts() []count {
	kinds := []struct {
		changes     []queries.Change
		icon, class string
		one, many   string
		always      bool
	}{
		{[]queries.Change{queries.Concern}, "concern-down", "concern", "measure shows a change of concern", "measures show a change of concern", true},
		{[]queries.Change{queries.Improving}, "improve-up", "improve", "measure is improving", "measures are improving", true},
		{[]queries.Change{queries.Different}, "changed-up", "changed", "measure has changed, for neither better nor worse", "measures have changed, for neither better nor worse", false},
		{[]queries.Change{queries.NoChange}, "same", "same", "shows no significant change", "show no significant change", true},
		{[]queries.Change{queries.TooFew, queries.NotJudged}, "few", "few", "cannot be judged yet", "cannot be judged yet", true},
	}
	var cs []count
	for _, k := range kinds {
		c := count{Icon: k.icon, Class: k.class, Words: k.many}
		for _, s := range b.subjects {
			if slices.Contains(k.changes, s.Reading.Change) {
				c.N++
				if c.N <= 3 {
					c.First = append(c.First, s)
				} else {
					c.More++
				}
			}
		}
		if c.N == 1 {
			c.Words = k.one
		}
		if c.N > 0 || k.always {
			cs = append(cs, c)
		}
	}
	return cs
}

// measureList writes measures.html: every measure by family, with the question it answers.
func (b *builder) measureList() error {
	var sections []section
	for _, f := range b.board.Families {
		if ss := b.of(f); len(ss) > 0 {
			sections = append(sections, section{f, ss})
		}
	}
	return b.render("measures.html", "measures.html", page{Title: "Measures", Nav: "measures.html", Body: sections})
}

// families writes a page for each family.
func (b *builder) families() error {
	for _, f := range b.board.Families {
		ss := b.of(f)
		if len(ss) == 0 {
			continue
		}
		p := page{Title: f.Title, Nav: "measures.html", Root: "../", Body: section{f, ss}}
		if err := b.render("families/"+f.Slug+".html", "family.html", p); err != nil {
			return err
		}
	}
	return nil
}
