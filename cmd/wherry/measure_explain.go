package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"wherry/config"
	"wherry/dashboards"
	"wherry/pipelines"
	"wherry/queries"
)

// cellChoice is the flags that name one cell of a measure.
type cellChoice struct {
	period, area, breakdown, category string
}

// explained is one cell with what it rests on, as data.
type explained struct {
	Measure   string       `json:"measure"`
	Title     string       `json:"title"`
	Audience  string       `json:"audience"`
	Rule      string       `json:"rule"`
	Facts     []factJSON   `json:"facts"`
	Select    string       `json:"select"`
	Statement string       `json:"statement"`
	Says      string       `json:"says"`
	Figure    figureJSON   `json:"figure"`
	MadeOf    []figureJSON `json:"made_of,omitempty"`
	figure    queries.Figure
	parts     []queries.Figure
}

type factJSON struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

func (a *app) measureExplain() *cobra.Command {
	var audience string
	var cell cellChoice
	cmd := &cobra.Command{
		Use:   "explain ID",
		Short: "Explain one number: its rule, the SQL that counted it, and what may be shown of it",
		Long: `Explain takes one cell of a measure (the partnership in its latest headline period, unless flags
say otherwise) and prints the rule, the SELECT that gives its rows, the statement that counted
them, the figure, and why it is or is not shown. Disclosure control runs over every measure, as
it does for an edition, so that what an edition hides is hidden here.`,
		Example: `  wherry measure explain RQ1
  wherry measure explain MA3 --period "2026-27 Q2" --area Norwich --audience public
  wherry measure explain RQ2 --breakdown field --category ethnicity`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			m, err := p.Catalogue.Find(args[0])
			if err != nil {
				return usageError{err}
			}
			q := p.LatestQuarter(p.AsAt)
			results, err := p.Measure(cmd.Context(), p.Catalogue.Measures, audience, q)
			if err != nil {
				return err
			}
			r := results[slices.Index(p.Catalogue.Measures, m)]
			e, err := explain(p, r, cell)
			if err != nil {
				return usageError{err}
			}
			e.Audience = audience
			if a.json {
				return a.printJSON(e)
			}
			a.printExplained(p, r, e)
			return nil
		},
	}
	cmd.Flags().StringVar(&audience, "audience", "board", "whose disclosure rules apply")
	cmd.Flags().StringVar(&cell.period, "period", "", `e.g. 2026-09, "2026-27 Q2" or "year to 2026-09"; the latest the page leads with where empty`)
	cmd.Flags().StringVar(&cell.area, "area", "", "an area's code or name; the partnership where empty")
	cmd.Flags().StringVar(&cell.breakdown, "breakdown", "", "one of the measure's breakdowns")
	cmd.Flags().StringVar(&cell.category, "category", "", "a category of the breakdown")
	return cmd
}

// explain finds the chosen cell among what the audience may see. The error says what there
// is to choose from.
func explain(p *pipelines.Project, r *queries.Result, c cellChoice) (explained, error) {
	m := r.Measure
	e := explained{Measure: m.ID, Title: m.Title, Rule: m.Rule(), Select: m.SQL, Statement: r.Statement, Says: dashboards.ReadingSentences(r).Text()}
	for _, f := range m.Facts() {
		e.Facts = append(e.Facts, factJSON{f.Name, f.Text})
	}
	period := r.Reading.Period
	if c.breakdown != "" && m.Pool > 0 {
		period = pooled(r, period)
	}
	if c.period != "" {
		var err error
		if period, err = config.ParsePeriod(c.period); err != nil {
			return e, err
		}
	}
	area, err := areaNamed(p, c.area)
	if err != nil {
		return e, err
	}
	if (c.breakdown == "") != (c.category == "") {
		return e, fmt.Errorf("--breakdown and --category go together")
	}
	at := slices.IndexFunc(r.Figures, func(f queries.Figure) bool {
		return f.Period == period && f.Area == area && f.Breakdown == c.breakdown && f.Category == c.category
	})
	if at < 0 {
		return e, noCell(p, r, period, area, c)
	}
	e.figure = r.Figures[at]
	e.Figure = asJSON(m, e.figure)
	e.parts = madeOf(r, e.figure)
	for _, f := range e.parts {
		e.MadeOf = append(e.MadeOf, asJSON(m, f))
	}
	return e, nil
}

// pooled is the pooled months of a measure's categories, or else the period given.
func pooled(r *queries.Result, otherwise config.Period) config.Period {
	for _, f := range r.Figures {
		if f.Period.Kind == config.Pooled {
			return f.Period
		}
	}
	return otherwise
}

func areaNamed(p *pipelines.Project, name string) (string, error) {
	if name == "" {
		return p.Area, nil
	}
	if name == config.Unknown || name == config.UnknownUnitary {
		return name, nil
	}
	var names []string
	for _, a := range p.Areas {
		if a.Code == name || strings.EqualFold(a.Name, name) {
			return a.Code, nil
		}
		names = append(names, a.Name)
	}
	for _, u := range p.Unitaries {
		if u.Code == name || strings.EqualFold(u.Name, name) {
			return u.Code, nil
		}
		names = append(names, u.Name)
	}
	return "", fmt.Errorf("no area %q: choose from %s", name, strings.Join(names, ", "))
}

// noCell says which part of a choice the measure does not have.
func noCell(p *pipelines.Project, r *queries.Result, period config.Period, area string, c cellChoice) error {
	var categories, breakdowns, periods []string
	add := func(to *[]string, s string) {
		if s != "" && !slices.Contains(*to, s) {
			*to = append(*to, s)
		}
	}
	for _, f := range r.Figures {
		add(&breakdowns, f.Breakdown)
		if f.Breakdown == c.breakdown {
			add(&categories, f.Category)
			if f.Area == area && (c.category == "" || f.Category == c.category) {
				add(&periods, f.Period.String())
			}
		}
	}
	id := r.Measure.ID
	switch {
	case c.breakdown != "" && area != p.Area:
		return fmt.Errorf("categories are given for the whole partnership only: leave --area out")
	case c.breakdown != "" && !slices.Contains(breakdowns, c.breakdown):
		return fmt.Errorf("%s has no breakdown %q: choose from %s", id, c.breakdown, listed(breakdowns))
	case c.category != "" && !slices.Contains(categories, c.category):
		return fmt.Errorf("%s has no category %q of %s: choose from %s", id, c.category, c.breakdown, listed(categories))
	case len(periods) == 0:
		return fmt.Errorf("%s is not given for that area", id)
	}
	return fmt.Errorf("%s is not given there for %s: choose from %s", id, period, listed(periods))
}

// listed is choices for a message: all of a few, the last of many.
func listed(choices []string) string {
	switch {
	case len(choices) == 0:
		return "none"
	case len(choices) > 24:
		return "..., " + strings.Join(choices[len(choices)-24:], ", ")
	}
	return strings.Join(choices, ", ")
}

// madeOf is the figures of the months or quarters inside a figure's period, as published.
func madeOf(r *queries.Result, f queries.Figure) []queries.Figure {
	for _, kind := range []config.PeriodKind{config.Quarter, config.Month} {
		if kind == f.Period.Kind || f.Period.Kind == config.Month {
			continue
		}
		var parts []queries.Figure
		for _, g := range r.Series(kind, f.Area, f.Breakdown, f.Category) {
			if f.Period.Holds(g.Period.Start) {
				parts = append(parts, g)
			}
		}
		if len(parts) > 0 {
			return parts
		}
	}
	return nil
}

func (a *app) printExplained(p *pipelines.Project, r *queries.Result, e explained) {
	m, f := r.Measure, e.figure
	fmt.Fprintf(a.out, "%s  %s\n%s, %s, for the %s\n", m.ID, m.Title, placeOf(p, f), f.Period.Title(), e.Audience)
	fmt.Fprintf(a.out, "\nThe rule\n  %s\n", e.Rule)
	for _, fact := range e.Facts {
		if fact.Name != "Question" && fact.Name != "What is counted" {
			fmt.Fprintf(a.out, "  %s: %s\n", fact.Name, fact.Text)
		}
	}
	fmt.Fprintf(a.out, "\nThe figure\n")
	w := tabwriter.NewWriter(a.out, 2, 0, 2, ' ', 0)
	for _, line := range figureLines(m, f) {
		fmt.Fprintf(w, "  %s\t%s\n", line[0], line[1])
	}
	_ = w.Flush()
	if len(e.parts) > 0 {
		fmt.Fprintf(a.out, "\nThe periods in it, as this audience sees them\n")
		fmt.Fprintln(w, "  period\tvalue\tcount\tbase")
		for _, g := range e.parts {
			value, _, count, base := cells(m, g)
			fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", g.Period, value, count, base)
		}
		_ = w.Flush()
	}
	fmt.Fprintf(a.out, "\nWhat the page says of the measure\n  %s\n", e.Says)
	fmt.Fprintf(a.out, "\nThe SELECT, one row for each thing counted (queries/%s)\n%s\n", m.Path, indented(e.Select))
	fmt.Fprintf(a.out, "\nThe statement that counted its rows, for every period, area and category at once\n%s\n", indented(e.Statement))
}

// figureLines is everything an audience may read of a figure, by name.
func figureLines(m *queries.Measure, f queries.Figure) [][2]string {
	value, interval, count, base := cells(m, f)
	lines := [][2]string{{"state", stateWords[f.State]}}
	say := func(name, text string) {
		if text != "" {
			lines = append(lines, [2]string{name, text})
		}
	}
	say("value", value)
	say("95% interval", interval)
	say("count", count)
	if m.Kind != queries.Estimate {
		say("base", base)
	}
	if m.People != "" && f.State == queries.Shown {
		people := marks[queries.Suppressed]
		if f.PeopleShown {
			people = grouped(f.People)
		}
		say("people", people)
	}
	for _, s := range f.Within {
		say(fmt.Sprintf("within %d days", s.Days), shareWords(s))
	}
	switch s := f.Slowest; s.State {
	case queries.Shown:
		say("days for nine in ten", numberOr(s.Days))
	case queries.Pending:
		say("days for nine in ten", "not reached")
	case queries.Suppressed:
		say("days for nine in ten", marks[queries.Suppressed])
	}
	if m.Kind == queries.Duration && f.State == queries.Shown {
		say("still open", countOr(f.Open))
	}
	if pair := f.Paired; pair != nil {
		say("started", countOr(pair.Started))
		say("counted both times", grouped(pair.Paired))
		say("before", numberOr(pair.Before))
		say("after", numberOr(pair.After))
		say("improved", shareWords(pair.Improved))
		say("same", shareWords(pair.Same))
		say("worse", shareWords(pair.Worse))
		if m.Scale != nil {
			say("at the top of the scale", percentOr(pair.AtCeiling))
		}
		say("before, of those who left", numberOr(pair.LeaversBefore))
	}
	for _, warning := range f.Warnings {
		say("note", warning)
	}
	return lines
}

// stateWords is why a figure is or is not shown, for any audience: never which of two
// reasons hid a number, since that would say something of the number.
var stateWords = map[queries.State]string{
	queries.Shown:         "shown",
	queries.Suppressed:    "[c] hidden to protect people: it is small, rests on few, or would give away one that is",
	queries.NotSupplied:   "[x] a return that it rests on has not come",
	queries.NotApplicable: "[z] there was nothing to count",
	queries.Pending:       "[p] too young to judge",
}

func countOr(n int64) string {
	if n == queries.HiddenOpen {
		return marks[queries.Suppressed]
	}
	return grouped(n)
}

func numberOr(v float64) string {
	if math.IsNaN(v) {
		return marks[queries.Suppressed]
	}
	return fmt.Sprintf("%.2f", v)
}

func percentOr(v float64) string {
	if math.IsNaN(v) {
		return marks[queries.Suppressed]
	}
	return fmt.Sprintf("%.1f%%", v)
}

func shareWords(s queries.Share) string {
	if math.IsNaN(s.Low) || math.IsNaN(s.High) {
		return percentOr(s.Value)
	}
	return fmt.Sprintf("%s (%s to %s)", percentOr(s.Value), percentOr(s.Low), percentOr(s.High))
}

func indented(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  ")
}
