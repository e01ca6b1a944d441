package dashboards

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// csvwTable describes one CSV file in the words of the W3C's Metadata Vocabulary for Tabular
// Data; readers look for it at the name of the CSV file with -metadata.json after it.
type csvwTable struct {
	URL    string     `json:"url"`
	Title  string     `json:"dc:title"`
	Says   string     `json:"dc:description,omitempty"`
	Schema csvwSchema `json:"tableSchema"`
}

type csvwSchema struct {
	Columns     []csvwColumn  `json:"columns"`
	PrimaryKey  []string      `json:"primaryKey"`
	ForeignKeys []csvwForeign `json:"foreignKeys,omitempty"`
}

type csvwColumn struct {
	Name     string `json:"name"`
	Titles   string `json:"titles"`
	Says     string `json:"dc:description"`
	Datatype any    `json:"datatype"`
	Required bool   `json:"required,omitempty"`
}

type csvwForeign struct {
	Columns   []string      `json:"columnReference"`
	Reference csvwReference `json:"reference"`
}

type csvwReference struct {
	Resource string   `json:"resource"`
	Columns  []string `json:"columnReference"`
}

// csvwGroup is the tables of one measure, with what holds for both.
type csvwGroup struct {
	Context   [2]any      `json:"@context"`
	Title     string      `json:"dc:title"`
	Creator   string      `json:"dc:creator"`
	Publisher string      `json:"dc:publisher"`
	Rights    string      `json:"dc:rights,omitempty"` // the marking, and how to handle it
	Modified  string      `json:"dc:modified"`
	Source    string      `json:"dc:source,omitempty"`
	Language  string      `json:"dc:language"`
	Notes     []csvwNote  `json:"notes,omitempty"`
	Tables    []csvwTable `json:"tables"`
}

// csvwNote is a note on the tables; its words are in the vocabulary of Dublin Core.
type csvwNote struct {
	Says string `json:"dc:description"`
}

// figureKeyColumns tell a row of a data file from every other.
var figureKeyColumns = []string{"period", "area", "breakdown", "category"}

// csvwDecimal is a number that may be negative and has no exponent and no commas.
var csvwDecimal = map[string]string{"base": "decimal"}

// csvwCount is a whole number from 0.
var csvwCount = map[string]string{"base": "nonNegativeInteger"}

// csvwDay is YYYY-MM-DD.
var csvwDay = map[string]string{"base": "date", "format": "yyyy-MM-dd"}

// figureColumns describe dataColumns but the title, in their order.
var figureColumns = []csvwColumn{
	{"measure", "measure", "Identifier of the measure, which stays the same for ever", "string", true},
	{"period", "period", "Month, financial quarter, financial year, or months that are taken together", "string", true},
	{"period_kind", "period_kind", "Kind of period: month, quarter, year, rolling or pooled", "string", true},
	{"period_start", "period_start", "First day of the period", csvwDay, true},
	{"period_end", "period_end", "Last day of the period", csvwDay, true},
	{"area", "area", "Code of the area", "string", true},
	{"area_name", "area_name", "Name of the area", "string", true},
	{"breakdown", "breakdown", "What the category is of; empty for the whole", "string", false},
	{"category", "category", "Category of the breakdown; empty for the whole", "string", false},
	{"value", "value", "The figure; empty where it may not be read, and marker_value says why", csvwDecimal, false},
	{"unit", "unit", "What the value is in", "string", true},
	{"low", "low", "Lower end of the 95% interval", csvwDecimal, false},
	{"high", "high", "Upper end of the 95% interval", csvwDecimal, false},
	{"numerator", "numerator", "How many met it, or how many there were", csvwCount, false},
	{"base", "base", "How many the value is of", csvwCount, false},
	{"marker_value", "marker_value", "Why there is no value: c hidden to protect people, x not supplied, z not applicable, p too early, b definition changed; beside a value, p is provisional", "string", false},
	{"marker_base", "marker_base", "Why there is no base, in the same letters", "string", false},
}

// besideNumbers describe besideColumns, in their order.
var besideNumbers = []csvwColumn{
	{"measure", "measure", "Identifier of the measure", "string", true},
	{"period", "period", "Period of the figure", "string", true},
	{"area", "area", "Code of the area", "string", true},
	{"breakdown", "breakdown", "What the category is of; empty for the whole", "string", false},
	{"category", "category", "Category of the breakdown; empty for the whole", "string", false},
	{"name", "name", "What the number is", "string", true},
	{"value", "value", "The number", csvwDecimal, true},
	{"low", "low", "Lower end of the 95% interval", csvwDecimal, false},
	{"high", "high", "Upper end of the 95% interval", csvwDecimal, false},
}

// csvw writes data/<id>.csv-metadata.json.
func (b *builder) csvw(t dataTable, beside bool) error {
	m, w := t.Measure, b.words()
	g := csvwGroup{Context: [2]any{"http://www.w3.org/ns/csvw", map[string]string{"@language": "en-GB"}}, Title: m.Title, Creator: w.Partnership, Publisher: w.Partnership,
		Rights: strings.TrimSpace(strings.Join(given(w.Marking, w.Handling), ". ")), Modified: b.AsAt.Format(time.DateOnly), Source: m.Source, Language: "en-GB",
		Tables: []csvwTable{{URL: t.ID + ".csv", Title: m.Title, Says: m.Question, Schema: csvwSchema{Columns: figureColumns, PrimaryKey: figureKeyColumns}}}}
	if b.Partnership.Illustrative {
		g.Notes = append(g.Notes, csvwNote{"Illustrative data: no figure is of a real person."})
	}
	for _, words := range given(m.Note, m.CannotTell) {
		g.Notes = append(g.Notes, csvwNote{words})
	}
	if beside {
		g.Tables = append(g.Tables, csvwTable{URL: t.ID + "-beside.csv", Title: m.Title + ": numbers beside its figures",
			Schema: csvwSchema{Columns: besideNumbers, PrimaryKey: append(figureKeyColumns[:4:4], "name"),
				ForeignKeys: []csvwForeign{{figureKeyColumns, csvwReference{t.ID + ".csv", figureKeyColumns}}}}})
	}
	out, err := json.MarshalIndent(g, "", "")
	if err != nil {
		return fmt.Errorf("describing the data of %s: %w", m.ID, err)
	}
	b.put("data/"+t.ID+".csv-metadata.json", append(out, '\n'))
	return nil
}
