package dashboards

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"wherry/config"
	"wherry/queries"
)

// dataColumns are the columns of data/<id>.csv, one row to a Figure. A figure that may not
// be read has an empty value and its mark in marker_value; marker_base does the same for
// base. period_end is the last day of the period.
var dataColumns = []string{"measure", "title", "period", "period_kind", "period_start", "period_end", "area", "area_name", "breakdown", "category",
	"value", "unit", "low", "high", "numerator", "base", "marker_value", "marker_base"}

func (b *builder) data() error {
	for _, s := range b.subjects {
		var out bytes.Buffer
		w := csv.NewWriter(&out)
		if err := w.Write(dataColumns); err != nil {
			return fmt.Errorf("writing the data of %s: %w", s.Measure.ID, err)
		}
		for _, f := range s.Figures {
			if err := w.Write(b.dataRow(s, f)); err != nil {
				return fmt.Errorf("writing the data of %s: %w", s.Measure.ID, err)
			}
		}
		w.Flush()
		if err := w.Error(); err != nil {
			return fmt.Errorf("writing the data of %s: %w", s.Measure.ID, err)
		}
		b.put("data/"+s.ID+".csv", out.Bytes())
		beside, err := b.besideFile(s)
		if err != nil {
			return err
		}
		if beside != nil {
			b.put("data/"+s.ID+"-beside.csv", beside)
		}
	}
	return b.catalogue()
}

func (b *builder) dataRow(s *subject, f queries.Figure) []string {
	m := s.Measure
	row := []string{m.ID, m.Title, f.Period.String(), string(f.Period.Kind), f.Period.Start.Format("2006-01-02"), f.Period.Last().Format("2006-01-02"),
		f.Area, b.areaName(f.Area), f.Breakdown, f.Category, "", unitOf(m, f), "", "", "", "", "", ""}
	if f.State == queries.Shown {
		row[10], row[12], row[13] = plainNumber(m, f.Value), plainNumber(m, f.Low), plainNumber(m, f.High)
		if m.HasNumerator() {
			row[14] = strconv.FormatInt(f.Numerator, 10)
		}
		if f.Provisional {
			row[16] = "p"
		}
	} else {
		row[16] = letter(f.State)
	}
	switch {
	case f.BaseShown:
		row[15] = strconv.FormatInt(f.Base, 10)
	case f.State == queries.Shown:
		row[17] = letter(queries.Suppressed)
	default:
		row[17] = letter(f.State)
	}
	return row
}

// letter is a mark without its brackets.
func letter(s queries.State) string {
	m := mark(s)
	if m == "" {
		return ""
	}
	return m[1 : len(m)-1]
}

func plainNumber(m *queries.Measure, v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(held(m, v), 'f', -1, 64)
}

// unit names what a measure's values are in.
func unit(m *queries.Measure) string {
	switch m.Kind {
	case queries.Proportion:
		return "percent"
	case queries.Rate:
		return fmt.Sprintf("per %d", m.Per)
	case queries.Duration:
		return "days"
	case queries.Mean, queries.PairedChange, queries.Estimate:
		if m.MeasuredIn != "" {
			return m.MeasuredIn
		}
	}
	return "number"
}

// unitOf names what a figure's value is in: a category of a distribution is a percentage of
// its whole.
func unitOf(m *queries.Measure, f queries.Figure) string {
	if isPart(m, f) {
		return "percent"
	}
	return unit(m)
}

// catalogueFile is data/catalogue.json: what a reader of the data files, or an auditor of
// them, needs to know of how they were made.
type catalogueFile struct {
	Audience string `json:"audience"`
	catalogueRules
	Quarter      string `json:"quarter"`
	AsAt         string `json:"as_at"`
	Area         string `json:"area"`
	Illustrative bool   `json:"illustrative"`
	// Geography is the pieces that areas of two sets are made of; none without a second set.
	Geography map[string][]string `json:"geography,omitempty"`
	Measures  []catalogueMeasure  `json:"measures"`
}

// catalogueRules are what figures were held to: those of a measure are at least as strict as
// its audience's.
type catalogueRules struct {
	HideUpTo int64  `json:"hide_up_to"`
	RoundTo  int64  `json:"round_to"`
	MinBase  int64  `json:"min_base"`
	Zeros    string `json:"zeros"` // shown or hidden
	Class    string `json:"class"` // off, everybody or all_but_one: what is looked at from level 2
	Level    int64  `json:"level"` // 1: not to be worked out; 2: it may be above hide_up_to, too
}

func rulesOf(a config.Audience) catalogueRules {
	return catalogueRules{a.HideUpTo, a.RoundTo, a.MinBase, a.Zeros, a.Class, a.Level}
}

type catalogueMeasure struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Families   []string `json:"families"`
	Kind       string   `json:"kind"`
	Distinct   bool     `json:"distinct"` // counts a unit once however many rows it has, so parts need not add up
	Protects   string   `json:"protects"` // people or nobody
	Per        int64    `json:"per,omitempty"`
	Unit       string   `json:"unit"`
	Better     string   `json:"better"`
	Breakdowns []string `json:"breakdowns"`
	File       string   `json:"file"`
	Lowered    int      `json:"lowered,omitempty"` // counts that were to be open to level 2 and are kept to level 1
	catalogueRules
}

func (b *builder) catalogue() error {
	c := catalogueFile{Audience: b.Audience.ID, catalogueRules: rulesOf(b.Audience.For(nil, false)),
		Quarter: b.Quarter.String(), AsAt: b.AsAt.Format("2006-01-02"), Area: b.Partnership.Area, Illustrative: b.Partnership.Illustrative, Measures: []catalogueMeasure{}}
	for _, p := range b.Partnership.Pieces() {
		if c.Geography == nil {
			c.Geography = map[string][]string{}
		}
		c.Geography[p.District] = append(c.Geography[p.District], p.Code())
		c.Geography[p.Unitary] = append(c.Geography[p.Unitary], p.Code())
	}
	for _, s := range b.subjects {
		m := s.Measure
		protects := m.Protects
		if protects == "" {
			protects = "people"
		}
		c.Measures = append(c.Measures, catalogueMeasure{ID: m.ID, Title: m.Title, Families: []string{m.Family}, Kind: string(m.Kind), Distinct: m.Unit != "",
			Protects: protects, Per: m.Per, Unit: unit(m), Better: m.Better, Breakdowns: append([]string{}, m.Breakdowns...), File: s.ID + ".csv", Lowered: s.Hidden.Lowered, catalogueRules: rulesOf(s.Rules)})
	}
	out, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return fmt.Errorf("writing the data catalogue: %w", err)
	}
	b.put("data/catalogue.json", append(out, '\n'))
	return nil
}
