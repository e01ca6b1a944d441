package contracts

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"wherry/config"
)

// csvw is the description of a table in the Metadata Vocabulary for Tabular Data (W3C
// Recommendation, 17 December 2015); only what Wherry's contracts say.
type csvw struct {
	Context     []any       `json:"@context"`
	URL         string      `json:"url"`
	Title       string      `json:"dc:title"`
	Description string      `json:"dc:description"`
	Source      string      `json:"dc:source"`
	Dialect     csvwDialect `json:"dialect"`
	Schema      csvwSchema  `json:"tableSchema"`
}

type csvwDialect struct {
	Encoding  string `json:"encoding"`
	Delimiter string `json:"delimiter"`
	Header    bool   `json:"header"`
	Trim      bool   `json:"trim"`
}

type csvwSchema struct {
	Columns    []csvwColumn `json:"columns"`
	PrimaryKey []string     `json:"primaryKey,omitempty"`
}

type csvwColumn struct {
	Name        string       `json:"name"`
	Titles      string       `json:"titles"` // the header as sent
	Description string       `json:"dc:description,omitempty"`
	Datatype    csvwDatatype `json:"datatype"`
	Required    bool         `json:"required"`
	Separator   string       `json:"separator,omitempty"`
}

type csvwDatatype struct {
	Base      string `json:"base"`
	Format    string `json:"format,omitempty"`
	Minimum   *int64 `json:"minimum,omitempty"`
	Maximum   *int64 `json:"maximum,omitempty"`
	MaxLength int    `json:"maxLength,omitempty"`
}

// CSVW is the contract in the JSON of CSV on the Web, for an extract of the period it holds for.
func CSVW(h Held, lists map[string]*config.CodeList) ([]byte, error) {
	w := csvw{
		Context: []any{"http://www.w3.org/ns/csvw", map[string]string{"@language": "en"}},
		URL:     strings.NewReplacer("{period}", h.In.Slug(), "*", "").Replace(h.File.Pattern) + ".csv",
		Title:   h.Title, Description: h.Grain, Source: h.Source,
		Dialect: csvwDialect{Encoding: "utf-8", Delimiter: ",", Header: true, Trim: true},
		Schema:  csvwSchema{PrimaryKey: h.Key},
	}
	if h.File.Encoding != "" {
		w.Dialect.Encoding = h.File.Encoding
	}
	if h.File.Delimiter != "" {
		w.Dialect.Delimiter = h.File.Delimiter
	}
	for _, c := range h.columns() {
		column := csvwColumn{Name: c.Kept(), Titles: c.Name, Description: c.Note, Required: c.Required, Datatype: csvwType(h, c, lists)}
		if c.Type == "list" {
			column.Separator = "|"
		}
		w.Schema.Columns = append(w.Schema.Columns, column)
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(w); err != nil {
		return nil, fmt.Errorf("writing %s as CSV on the Web: %w", h.Feed, err)
	}
	return b.Bytes(), nil
}

func csvwType(h Held, c config.Column, lists map[string]*config.CodeList) csvwDatatype {
	t := csvwDatatype{Base: "string"}
	switch c.Type {
	case "pseudonym":
		t.Format = "^" + config.PseudonymForm(nil) + "$"
	case "text":
		t.MaxLength = 200
	case "date", "timestamp":
		if form := javaForm(c); csvwForm(form) {
			t.Base, t.Format = map[string]string{"date": "date", "timestamp": "datetime"}[c.Type], form
		}
	case "integer", "decimal":
		if len(c.Small) > 0 {
			t.Format = countPattern(c)
			break
		}
		t.Base, t.Minimum, t.Maximum = c.Type, c.Min, c.Max
	}
	if values := sendable(h, c, lists); len(values) > 0 {
		quoted := make([]string, len(values))
		for i, v := range values {
			quoted[i] = regexp.QuoteMeta(v)
		}
		t.Format = "^(" + strings.Join(quoted, "|") + ")$"
	}
	return t
}

// csvwForm says whether the standard knows a form of dates and times: any other stays text.
func csvwForm(form string) bool {
	day, clock, timed := strings.Cut(form, " ")
	days := []string{"yyyy-MM-dd", "yyyyMMdd", "dd-MM-yyyy", "d-M-yyyy", "MM-dd-yyyy", "M-d-yyyy", "dd/MM/yyyy", "d/M/yyyy",
		"MM/dd/yyyy", "M/d/yyyy", "dd.MM.yyyy", "d.M.yyyy", "MM.dd.yyyy", "M.d.yyyy"}
	clocks := []string{"HH:mm:ss", "HHmmss", "HH:mm", "HHmm"}
	return slices.Contains(days, day) && (!timed || slices.Contains(clocks, clock))
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
