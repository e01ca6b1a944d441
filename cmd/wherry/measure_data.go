package main

import (
	"fmt"
	"math"

	"wherry/dashboards"
	"wherry/queries"
)

// resultJSON is one measure's figures and verdict as data.
type resultJSON struct {
	Measure   string       `json:"measure"`
	Title     string       `json:"title"`
	Change    string       `json:"change"`
	Rule      string       `json:"rule,omitempty"`  // that flags the last point
	Since     string       `json:"since,omitempty"` // the period from which it has moved
	Assurance string       `json:"assurance"`
	Says      string       `json:"says"`
	Figures   []figureJSON `json:"figures"`
}

// figureJSON leaves out every number that is not shown.
type figureJSON struct {
	Period    string   `json:"period"`
	Area      string   `json:"area"`
	Breakdown string   `json:"breakdown,omitempty"`
	Category  string   `json:"category,omitempty"`
	State     string   `json:"state"`
	Value     *float64 `json:"value,omitempty"`
	Low       *float64 `json:"low,omitempty"`
	High      *float64 `json:"high,omitempty"`
	Numerator *int64   `json:"numerator,omitempty"`
	Base      *int64   `json:"base,omitempty"`
	People    *int64   `json:"people,omitempty"`
	Started   *int64   `json:"started,omitempty"`
	Before    *float64 `json:"before,omitempty"`
	After     *float64 `json:"after,omitempty"`
	Improved  *float64 `json:"improved,omitempty"`
	Same      *float64 `json:"same,omitempty"`
	Worse     *float64 `json:"worse,omitempty"`
	AtCeiling *float64 `json:"at_ceiling,omitempty"`
}

func resultsJSON(results []*queries.Result) []resultJSON {
	out := make([]resultJSON, 0, len(results))
	for _, r := range results {
		x := resultJSON{Measure: r.Measure.ID, Title: r.Measure.Title, Change: string(r.Reading.Change),
			Assurance: string(r.Reading.Assurance), Says: dashboards.ReadingSentences(r).Text()}
		if r.Reading.Rule != "" {
			x.Rule, x.Since = r.Reading.Rule, r.Reading.Since.String()
		}
		for _, f := range r.Figures {
			x.Figures = append(x.Figures, asJSON(r.Measure, f))
		}
		out = append(out, x)
	}
	return out
}

func asJSON(m *queries.Measure, f queries.Figure) figureJSON {
	x := figureJSON{Period: f.Period.String(), Area: f.Area, Breakdown: f.Breakdown, Category: f.Category, State: string(f.State)}
	if f.State == queries.Shown {
		x.Value, x.Low, x.High = number(f.Value), number(f.Low), number(f.High)
		if m.HasNumerator() {
			x.Numerator = &f.Numerator
		}
		if f.PeopleShown {
			x.People = &f.People
		}
		if p := f.Paired; p != nil {
			x.Before, x.After, x.AtCeiling = number(p.Before), number(p.After), number(p.AtCeiling)
			x.Improved, x.Same, x.Worse = number(p.Improved.Value), number(p.Same.Value), number(p.Worse.Value)
			if p.Started != queries.HiddenOpen {
				x.Started = &p.Started
			}
		}
	}
	if f.BaseShown {
		x.Base = &f.Base
	}
	return x
}

func number(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}

// cells prints a figure's value, interval, count and base; a mark stands where a number may
// not be shown.
func cells(m *queries.Measure, f queries.Figure) (value, interval, count, base string) {
	base = marks[queries.Suppressed]
	if f.BaseShown {
		base = grouped(f.Base)
	}
	if f.State != queries.Shown {
		return marks[f.State], "", marks[f.State], base
	}
	value = decimal(m, f, f.Value)
	if !math.IsNaN(f.Low) && !math.IsNaN(f.High) {
		interval = decimal(m, f, f.Low) + " to " + decimal(m, f, f.High)
	}
	if m.HasNumerator() {
		count = grouped(f.Numerator)
	}
	return value, interval, count, base
}

var marks = map[queries.State]string{
	queries.Suppressed: "[c]", queries.NotSupplied: "[x]", queries.NotApplicable: "[z]", queries.Pending: "[p]", queries.Broken: "[b]",
}

func decimal(m *queries.Measure, f queries.Figure, v float64) string {
	switch {
	case m.Kind == queries.Proportion, m.Kind == queries.Distribution && f.Breakdown != "":
		return fmt.Sprintf("%.1f%%", v)
	case m.Kind == queries.Count, m.Kind == queries.Distribution, m.Kind == queries.Estimate:
		return grouped(int64(math.Round(v)))
	case m.Kind == queries.Mean, m.Kind == queries.PairedChange:
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf("%.1f", v)
}

type listedJSON struct {
	ID     string `json:"id"`
	Family string `json:"family"`
	Kind   string `json:"kind"`
	Title  string `json:"title"`
	Path   string `json:"path"`
}

func listJSON(c *queries.Catalogue) []listedJSON {
	out := make([]listedJSON, 0, len(c.Measures))
	for _, m := range c.Measures {
		out = append(out, listedJSON{m.ID, m.Family, string(m.Kind), m.Title, "queries/" + m.Path})
	}
	return out
}
