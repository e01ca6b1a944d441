package dashboards

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"wherry/config"
	"wherry/dashboards/charts"
	"wherry/queries"
)

// measurePage is the body of measures/<id>.html.
type measurePage struct {
	*subject
	Chart      figure
	Key        []keyItem
	Caption    string
	Note       *Commentary
	Columns    []string
	Recent     []dataRow // the last 12, newest first
	Earlier    []dataRow
	RecentIs   string // "last 12 months"
	EarlierIs  string // "Oct 2023 to Sep 2025"
	Marks      []markNote
	Breakdowns []breakdown
	Districts  *districts
	About      []fact
	SQL        string
	Previous   *subject
	Next       *subject
}

// figure is a chart at the widths a page may need, with its words.
type figure struct {
	Title, Subtitle string
	SVG             []template.HTML
}

// keyItem explains one mark of a chart.
type keyItem struct{ Icon, Words string }

// markNote is one shorthand used in a table, in words.
type markNote struct{ Mark, Words string }

// fact is one line of "About this measure".
type fact struct{ Name, Words string }

func (b *builder) measures() error {
	var g errgroup.Group
	g.SetLimit(charts.Parallel)
	for i, s := range b.subjects {
		g.Go(func() error {
			p := measurePage{subject: s, SQL: s.Measure.SQL, Note: b.Editorial.Note(b.Quarter, s.Measure.ID), About: b.about(s)}
			if i > 0 {
				p.Previous = b.subjects[i-1]
			}
			if i+1 < len(b.subjects) {
				p.Next = b.subjects[i+1]
			}
			return b.measure(p)
		})
	}
	return g.Wait()
}

func (b *builder) measure(p measurePage) error {
	var err error
	if p.Chart, err = b.timeChart(p.subject); err != nil {
		return err
	}
	p.Key, p.Caption = key(p.subject), caption(p.subject)
	b.table(&p)
	if p.Breakdowns, err = b.breakdowns(p.subject); err != nil {
		return err
	}
	if p.Districts, err = b.districts(p.subject); err != nil {
		return err
	}
	p.Marks = p.marksUsed()
	return b.render("measures/"+p.ID+".html", "measure.html", page{Title: p.Title, Nav: "measures.html", Root: "../", Body: p})
}

// timeChart draws the measure's chart in time, for the page and as a file of its own.
func (b *builder) timeChart(s *subject) (figure, error) {
	m := s.Measure
	f := figure{Title: s.Says.ChartTitle, Subtitle: b.subtitle(m, s.series)}
	if len(s.series) == 0 {
		return f, nil
	}
	alt := "Line chart. " + f.Subtitle + ". " + s.Says.Change + " All values are in the table below."
	if s.Reading.Limits.OK {
		alt = "Control chart. " + strings.TrimPrefix(alt, "Line chart. ")
	}
	c := picture(m, s.Reading, s.series, b.Partnership.Events, clip(alt, 600))
	notes := []string{b.Partnership.Name + ". Source: " + m.Source}
	if b.Partnership.Illustrative {
		notes = append(notes, "Illustrative data: made up, and no real figure.")
	}
	if b.Audience.Marking != "" {
		notes = append(notes, b.Audience.Marking)
	}
	file, err := b.drawer.File(c, s.ID, charts.Words{Title: f.Title, Subtitle: f.Subtitle, Notes: notes})
	if err != nil {
		return f, err
	}
	b.put("charts/"+s.ID+".svg", []byte(file))
	f.SVG, err = b.at(c, s.ID, charts.Wide, charts.Mid, charts.Narrow)
	return f, err
}

// at draws c at some widths; the style sheet shows the one that fits the screen.
func (b *builder) at(c charts.Chart, id string, sizes ...charts.Size) ([]template.HTML, error) {
	var svgs []template.HTML
	for _, size := range sizes {
		svg, err := b.drawer.Draw(c, size, fmt.Sprintf("%s-%d", id, size))
		if err != nil {
			return nil, err
		}
		svgs = append(svgs, template.HTML(svg)) //nolint:gosec // charts cleans and escapes what it draws
	}
	return svgs, nil
}

// subtitle says what is measured, how often, where and when.
func (b *builder) subtitle(m *queries.Measure, series []plotted) string {
	s := whatIsMeasured(m)
	if len(series) == 0 {
		return s + ", " + b.Partnership.Place
	}
	by := map[config.PeriodKind]string{config.Month: "by month", config.Quarter: "by quarter", config.Year: "by financial year", config.Rolling: "rolling years"}
	first, last := series[0].Figure.Period, series[len(series)-1].Figure.Period
	return s + ", " + by[first.Kind] + ", " + b.Partnership.Place + ", " + first.Start.Format("January 2006") + " to " + last.Last().Format("January 2006")
}

func whatIsMeasured(m *queries.Measure) string {
	switch m.Kind {
	case queries.Proportion:
		return strings.TrimSpace("Percentage of " + m.Counts + " that " + m.Met)
	case queries.Rate:
		return fmt.Sprintf("Rate per %s: %s", thousands(float64(m.Per), 0), m.Counts)
	case queries.Duration:
		return "Median days: " + m.Counts
	}
	return "Number of " + m.Counts
}

// key explains the marks that the chart has, and no others.
func key(s *subject) []keyItem {
	used := map[string]bool{}
	names := []string{"ordinary", "better", "worse", "changed"}
	for _, p := range chartPoints(s.Measure, s.Reading, s.series) {
		if p.Text == "" {
			continue
		}
		used[names[p.Mark]] = true
		if p.Provisional {
			used["provisional "+names[p.Mark]] = true
		}
	}
	var items []keyItem
	add := func(ok bool, icon, words string) {
		if ok {
			items = append(items, keyItem{icon, words})
		}
	}
	limits := s.Reading.Limits
	add(limits.OK && used["ordinary"], "k-ordinary", "Within usual range")
	add(used["better"], "k-better", "Unusual, better")
	add(used["worse"], "k-worse", "Unusual, worse")
	add(used["changed"], "k-changed", "Unusual")
	for _, shape := range [][2]string{{"better", "square"}, {"worse", "diamond"}, {"changed", "triangle"}} {
		add(used["provisional "+shape[0]], "k-provisional-"+shape[0], "Hollow "+shape[1]+": provisional [p]")
	}
	if limits.OK {
		add(true, "k-band", "Usual range "+strings.TrimPrefix(usually(s.Measure, s.Reading), "usually "))
		add(true, "k-average", "Average "+amount(s.Measure.Kind, limits.Mean))
	}
	return items
}

// caption says how the range was set and where the scale begins.
func caption(s *subject) string {
	r := s.Reading
	var parts []string
	if r.Limits.OK {
		parts = append(parts, fmt.Sprintf("The usual range is set from the %d %s from %s to %s.", r.Limits.N, steps(r, r.Limits.N),
			r.Limits.From.Start.Format("January 2006"), r.Limits.To.Last().Format("January 2006")))
		if r.Limits.Trial {
			parts = append(parts, "With fewer than 20 points the limits are on trial and may move.")
		}
	} else if r.Why != "" {
		parts = append(parts, r.Why)
	}
	if len(s.series) > 0 {
		start := 0.0
		switch c := picture(s.Measure, r, s.series, nil, "").(type) {
		case charts.SPC:
			start = c.Start()
		case charts.Trend:
			start = c.Start()
		}
		if start > 0 {
			parts = append(parts, "The scale starts at "+tick(s.Measure.Kind)(start)+".")
		}
	}
	if r.Limits.OK {
		parts = append(parts, "One "+steps(r, 1)+" on its own is rarely a sign of change.")
	}
	return strings.Join(parts, " ")
}

func (b *builder) about(s *subject) []fact {
	m := s.Measure
	better := map[string]string{"up": "Higher", "down": "Lower", "neither": "Neither: a change asks for a closer look"}[m.Better]
	var feeds []string
	for _, f := range m.Feeds {
		feeds = append(feeds, b.FeedTitle(f))
	}
	facts := []fact{{"Question", m.Question}, {"Counts", sentence(m.Counts)}, {"Met when", sentence(m.Met)}, {"Better is", better}}
	if m.Target != nil {
		facts = append(facts, fact{"Target", amount(m.Kind, m.Target.Value) + ". " + m.Target.Source})
	}
	if m.Matures > 0 {
		facts = append(facts, fact{"Judged after", fmt.Sprintf("%d days. Younger records are left out, never counted as not met.", m.Matures)})
	}
	facts = append(facts, fact{"Inspectors’ findings", strings.Join(m.Answers, ", ")}, fact{"Source", m.Source}, fact{"Data from", strings.Join(feeds, "; ")}, fact{"Owner", m.Owner},
		fact{"Limits", limitsWords(s.Reading)}, fact{"How it is counted", m.Note}, fact{"Does not tell you", m.CannotTell})
	var given []fact
	for _, f := range facts {
		if strings.TrimSpace(f.Words) != "" {
			given = append(given, f)
		}
	}
	return given
}

func limitsWords(r queries.Reading) string {
	if !r.Limits.OK {
		return r.Why
	}
	kind := "XmR chart"
	if r.Limits.Trial {
		kind = "XmR chart with trial limits"
	}
	return fmt.Sprintf("%s. Baseline %s to %s.", kind, r.Limits.From.Start.Format("January 2006"), r.Limits.To.Last().Format("January 2006"))
}

// sentence makes a phrase stand by itself: a capital first, a stop last.
func sentence(s string) string {
	if s = strings.TrimSpace(s); s == "" {
		return ""
	}
	s = strings.ToUpper(s[:1]) + s[1:]
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

// clip keeps the first n bytes of s at a word.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	cut := strings.LastIndexByte(s[:n-3], ' ')
	return s[:cut] + "..."
}

// date prints a YYYY-MM-DD of a contributed file for people.
func date(s string) string {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return s
	}
	return longDay(t)
}
