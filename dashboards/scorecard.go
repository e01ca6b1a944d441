package dashboards

import (
	"fmt"
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
	Areas    []areaTile
	AskedOn  []*ImprovementArea // areas whose own page asks a decision of the board
	Sections []section
	Marks    bool        // a figure is replaced by a mark
	Shown    int         // measures on the scorecard
	All      int         // measures of this audience
	Chance   string      // signals, against the number to expect by chance
	Note     *Commentary // on the whole edition, nil for none
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

// section is a family with its measures, or with those of them that the scorecard holds.
type section struct {
	BoardFamily
	Subjects []*subject
	All      int // measures of the family
}

// familyPage is the body of families/<slug>.html.
type familyPage struct {
	section
	Plan bool // the actions of the joint plan have a page of their own
}

// mostNeeds is how many findings the board is shown in full.
const mostNeeds = 5

func (b *builder) scorecard() error {
	body := scorecardPage{Counts: b.counts(), Note: b.note(EditionNote)}
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
	body.Asks = b.asks()
	body.Areas = b.areaTiles()
	for _, a := range b.board.Areas {
		if b.decision(a) != nil {
			body.AskedOn = append(body.AskedOn, a)
		}
	}
	for _, f := range b.board.Families {
		if ss := b.scored(f); len(ss) > 0 {
			body.Sections = append(body.Sections, section{f, ss, len(b.of(f))})
			body.Shown += len(ss)
		}
	}
	body.All = len(b.subjects)
	signals, err := queries.SignalsOf(results(b.subjects))
	if err != nil {
		return fmt.Errorf("counting signals: %w", err)
	}
	body.Chance = b.fixed.chanceWords(signals)
	body.Marks = slices.ContainsFunc(b.subjects, func(s *subject) bool { return s.Reading.Headline.State != queries.Shown })
	return b.render("index.html", "scorecard.html", page{Title: b.fixed.text("title.scorecard", "title", b.board.Title, "period", b.fixed.periodFull(b.Quarter)), Nav: "index.html", Body: body})
}

// asks are what the readers are asked this quarter: nothing, where their board has no heading for it.
func (b *builder) asks() []config.Ask {
	if b.board.Asks == "" {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(b.Partnership.Asks), func(a config.Ask) bool { return a.Quarter != b.Quarter.String() })
}

// scored are the measures of a family that the scorecard holds, in the family's order: those
// that the board names, or all where it names none, and any that shows an unusual change.
func (b *builder) scored(f BoardFamily) []*subject {
	if len(f.Scorecard) == 0 {
		return b.of(f)
	}
	var ss []*subject
	for _, s := range b.of(f) {
		if slices.Contains(signals, s.Reading.Change) || contains(f.Scorecard, s.Measure.ID) {
			ss = append(ss, s)
		}
	}
	return ss
}

func results(ss []*subject) []*queries.Result {
	rs := make([]*queries.Result, len(ss))
	for i, s := range ss {
		rs[i] = s.Result
	}
	return rs
}

// chanceWords sets the signals of these pages against the number that chance alone gives.
func (w words) chanceWords(s queries.Signals) string {
	if s.Judged == 0 {
		return w.text("board.chance.nothing")
	}
	signals, chance := w.some("board.signals", float64(s.Observed), "judged", s.Judged), "board.chance.real"
	if s.Judged == 1 {
		signals = w.some("board.signals.single", float64(s.Observed))
	}
	switch {
	case s.Observed == 0:
		chance = "board.chance.none"
	case float64(s.Observed) <= s.Expected+1:
		chance = "board.chance.may-be"
	}
	return signals + " " + w.text(chance, "chance", thousands(s.Expected, 1))
}

func (b *builder) counts() []count {
	kinds := []struct {
		changes     []queries.Change
		icon, class string
		key         string
		always      bool
	}{
		{[]queries.Change{queries.Concern}, "concern-down", "concern", "board.count.concern", true},
		{[]queries.Change{queries.Improving}, "improve-up", "improve", "board.count.improving", true},
		{[]queries.Change{queries.Different}, "changed-up", "changed", "board.count.changed", false},
		{[]queries.Change{queries.NoChange}, "same", "same", "board.count.same", true},
		{[]queries.Change{queries.TooFew, queries.NotJudged}, "few", "few", "board.count.few", true},
	}
	var cs []count
	for _, k := range kinds {
		c := count{Icon: k.icon, Class: k.class}
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
		c.Words = b.fixed.some(k.key, float64(c.N))
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
			sections = append(sections, section{f, ss, len(ss)})
		}
	}
	return b.render("measures.html", "measures.html", page{Title: b.fixed.text("title.measures"), Nav: "measures.html", Body: sections})
}

// families writes a page for each family.
func (b *builder) families() error {
	for _, f := range b.board.Families {
		ss := b.of(f)
		if len(ss) == 0 {
			continue
		}
		body := familyPage{section: section{f, ss, len(ss)}, Plan: f.Slug == actionFamily}
		p := page{Title: f.Title, Of: b.fixed.text("title.of.measures"), Nav: "measures.html", Root: "../", Body: body}
		if err := b.render("families/"+f.Slug+".html", "family.html", p); err != nil {
			return err
		}
	}
	return nil
}
