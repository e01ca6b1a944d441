package dashboards

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"wherry/config"
	"wherry/queries"
)

// ImprovementArea is something that inspectors asked the partnership to improve: a page that
// sets their finding beside measures and actions. It is an entry of a board's areas.
type ImprovementArea struct {
	Slug     string    `yaml:"slug"`     // names the page: areas/<slug>.html
	Code     string    `yaml:"code"`     // of the finding, as the action plan has it: NFK1; may be empty
	Title    string    `yaml:"title"`    // in a few words
	Finding  string    `yaml:"finding"`  // what the inspectors found
	Source   string    `yaml:"source"`   // where they said so
	Question string    `yaml:"question"` // what the readers want to know of it
	Measures []string  `yaml:"measures"` // ids; the first leads
	Actions  []string  `yaml:"actions"`  // ids of the plan, besides those with the area's code
	Decision *Decision `yaml:"decision"` // nil where nothing is asked
}

// Decision is what a board is asked about an area, at the meeting on one quarter.
type Decision struct {
	Text    string `yaml:"text"`
	Owner   string `yaml:"owner"`   // a role
	By      string `yaml:"by"`      // YYYY-MM-DD; may be empty
	Quarter string `yaml:"quarter"` // 2026-27 Q2: it is asked in that quarter's editions
}

// Href is the area's page, from the site's folder.
func (a *ImprovementArea) Href() string { return "areas/" + a.Slug + ".html" }

var areaSlug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// checkAreas gives the faults of a board's areas that show without the catalogue.
func (b *Board) checkAreas(add func(msg, hint string)) {
	seen := map[string]bool{}
	for _, a := range b.Areas {
		if !areaSlug.MatchString(a.Slug) {
			add(fmt.Sprintf("area slug %q cannot name a page", a.Slug), "write lower-case letters and digits with hyphens between them, such as voice-of-the-child")
		}
		if seen[a.Slug] {
			add(fmt.Sprintf("area %q is listed twice", a.Slug), "give each area a slug of its own")
		}
		seen[a.Slug] = true
		if a.Title == "" || a.Finding == "" || a.Source == "" || a.Question == "" {
			add(fmt.Sprintf("area %q needs title, finding, source and question", a.Slug), "the source is where the inspectors said it, with its date")
		}
		if len(a.Measures) == 0 {
			add(fmt.Sprintf("area %q names no measure", a.Slug), "list ids under measures; the first leads the page")
		}
		for i, id := range a.Measures {
			if slices.Contains(a.Measures[:i], id) {
				add(fmt.Sprintf("area %q names measure %q twice", a.Slug, id), "")
			}
			if slices.Contains(b.LeaveOut.Measures, id) {
				add(fmt.Sprintf("area %q names measure %q, which this board leaves out", a.Slug, id), "take it out of one of the two lists")
			}
		}
		if a.Decision != nil {
			b.checkDecision(a, add)
		}
	}
}

func (b *Board) checkDecision(a *ImprovementArea, add func(msg, hint string)) {
	d := a.Decision
	if b.Asks == "" {
		add(fmt.Sprintf("area %q asks a decision of readers who are asked nothing", a.Slug), "take the decision out, or give the board a heading under asks")
	}
	if d.Text == "" || d.Owner == "" {
		add(fmt.Sprintf("the decision of area %q needs text and owner", a.Slug), "the owner is a role, not a person")
	}
	if q, err := config.ParsePeriod(d.Quarter); err != nil || q.Kind != config.Quarter {
		add(fmt.Sprintf("the decision of area %q has quarter %q", a.Slug, d.Quarter), "write the quarter of the edition that asks it, such as 2026-27 Q2")
	}
	if _, err := time.Parse(time.DateOnly, d.By); err != nil && d.By != "" {
		add(fmt.Sprintf("the decision of area %q is to be made by %q, which is not a date", a.Slug, d.By), "write YYYY-MM-DD")
	}
}

// decision is what an area asks of the board in this quarter, or nil.
func (b *builder) decision(a *ImprovementArea) *Decision {
	if a.Decision == nil || b.board.Asks == "" || a.Decision.Quarter != b.Quarter.String() {
		return nil
	}
	return a.Decision
}

// asksOf are the asks of this quarter that stand on an area's page.
func (b *builder) asksOf(a *ImprovementArea) []config.Ask {
	var asks []config.Ask
	for _, ask := range b.asks() {
		if ask.Area == a.Slug {
			asks = append(asks, ask)
		}
	}
	return asks
}

// CheckAsks gives a problem for each ask of wherry.yaml that names an area which no board has.
func (e *Editorial) CheckAsks(asks []config.Ask) config.Problems {
	var ps config.Problems
	for _, ask := range asks {
		known := ask.Area == ""
		for _, b := range e.Boards {
			known = known || slices.ContainsFunc(b.Areas, func(a *ImprovementArea) bool { return a.Slug == ask.Area })
		}
		if !known {
			ps = append(ps, config.Problem{File: "config/wherry.yaml", Msg: fmt.Sprintf("the ask %q is of area %q, which no board has", ask.Title, ask.Area), Hint: "write the slug of an entry under areas in dashboards/boards, or leave area out"})
		}
	}
	return ps
}

// areaTile leads from the scorecard to an area's page.
type areaTile struct {
	*ImprovementArea
	Signals []count // how many of its measures show each kind of unusual change
	Quiet   string  // what stands there where none does
}

func (b *builder) areaTiles() []areaTile {
	var tiles []areaTile
	for _, a := range b.board.Areas {
		ss := b.named(a.Measures)
		t := areaTile{ImprovementArea: a, Quiet: b.fixed.some("tile.quiet", float64(len(ss)))}
		if len(ss) == 0 {
			t.Quiet = b.fixed.text("tile.waiting")
		}
		for _, c := range []struct {
			change           queries.Change
			icon, class, key string
		}{
			{queries.Concern, "concern-down", "concern", "tile.concern"}, {queries.Improving, "improve-up", "improve", "tile.improving"}, {queries.Different, "changed-up", "changed", "tile.changed"},
		} {
			n := 0
			for _, s := range ss {
				if s.Reading.Change == c.change {
					n++
				}
			}
			if n > 0 {
				t.Signals = append(t.Signals, count{N: n, Icon: c.icon, Class: c.class, Words: b.fixed.some(c.key, float64(n))})
			}
		}
		tiles = append(tiles, t)
	}
	return tiles
}

// named are the subjects of the given measures that the edition has, in their order.
func (b *builder) named(ids []string) []*subject {
	var ss []*subject
	for _, id := range ids {
		if i := slices.IndexFunc(b.subjects, func(s *subject) bool { return s.Measure.ID == id }); i >= 0 {
			ss = append(ss, b.subjects[i])
		}
	}
	return ss
}

// improvementPage is the body of areas/<slug>.html.
type improvementPage struct {
	*ImprovementArea
	Lead     *subject // nil where the edition has none of the measures
	Chart    figure   // of Lead, as on its own page
	Key      []keyItem
	Caption  string
	SoWhat   []*subject // Lead, and the others that show an unusual change
	Quiet    int        // measures of the area that are not in SoWhat
	Measured section
	Feeds    []string // titles of what Lead is counted from
	Plan     []planRow
	Asks     []config.Ask
	Asked    *Decision
	Previous *ImprovementArea
	Next     *ImprovementArea
}

// improvementAreas writes a page for each area of the board.
func (b *builder) improvementAreas() error {
	areas := b.board.Areas
	for i, a := range areas {
		body := improvementPage{ImprovementArea: a, Asks: b.asksOf(a), Asked: b.decision(a), Plan: b.planOf(a)}
		if i > 0 {
			body.Previous = areas[i-1]
		}
		if i+1 < len(areas) {
			body.Next = areas[i+1]
		}
		if err := b.fillArea(&body); err != nil {
			return err
		}
		p := page{Title: a.Title, Nav: "index.html", Root: "../", Body: body}
		if err := b.render(a.Href(), "improvement.html", p); err != nil {
			return err
		}
	}
	return nil
}

// fillArea gives the page of an area what its measures show.
func (b *builder) fillArea(p *improvementPage) error {
	ss := b.named(p.Measures)
	if len(ss) == 0 {
		return nil
	}
	var err error
	p.Lead = ss[0]
	if p.Chart, err = b.timeChart(p.Lead); err != nil {
		return err
	}
	p.Key, p.Caption = b.key(p.Lead), b.caption(p.Lead)
	for _, feed := range p.Lead.Measure.Feeds {
		p.Feeds = append(p.Feeds, b.FeedTitle(feed))
	}
	for i, s := range ss {
		if i == 0 || slices.Contains(signals, s.Reading.Change) {
			p.SoWhat = append(p.SoWhat, s)
		}
	}
	p.Quiet = len(ss) - len(p.SoWhat)
	p.Measured = section{BoardFamily{Title: b.fixed.text("tile.measures", "area", p.Title)}, ss, len(ss)}
	return nil
}
