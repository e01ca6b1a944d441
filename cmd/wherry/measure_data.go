package main

import (
	"fmt"
	"math"

	"wherry/queries"
)

// resultJSON is one measure's figures and verdict as data.
type resultJSON struct {
	Measure   string       `json:"measure"`
	Title     string       `json:"title"`
	Change    string       `json:"change"`
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
}

func resultsJSON(results []*queries.Result) []resultJSON {
	out := make([]resultJSON, 0, len(results))
	for _, r := range results {
		x := resultJSON{Measure: r.Measure.ID, Title: r.Measure.Title, Change: string(r.Reading.Change),
			Assurance: string(r.Reading.Assurance), Says: queries.ReadingSentences(r).Text()}
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
		if m.Kind != queries.Duration {
			x.Numerator = &f.Numerator
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
	value = decimal(m, f.Value)
	if !math.IsNaN(f.Low) && !math.IsNaN(f.High) {
		interval = decimal(m, f.Low) + " to " + decimal(m, f.High)
	}
	if m.Kind != queries.Duration {
		count = grouped(f.Numerator)
	}
	return value, interval, count, base
}

var marks = map[queries.State]string{
	queries.Suppressed: "[c]", queries.NotSupplied: "[x]", queries.NotApplicable: "[z]", queries.Pending: "[p]",
}

func decimal(m *queries.Measure, v float64) string {
	switch m.Kind {
	case queries.Count:
		return grouped(int64(math.Round(v)))
	case queries.Proportion:
		return fmt.Sprintf("%.1f%%", v)
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
