package contracts

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"wherry/config"
)

// odcs is a data contract as the Open Data Contract Standard v3.1.0 of Bitol (LF AI & Data)
// writes it; only what Wherry's contracts say.
type odcs struct {
	APIVersion  string         `yaml:"apiVersion"`
	Kind        string         `yaml:"kind"`
	ID          string         `yaml:"id"`
	Name        string         `yaml:"name"`
	Version     string         `yaml:"version"` // the first period that it is for
	Status      string         `yaml:"status"`
	Domain      string         `yaml:"domain"`
	Description odcsText       `yaml:"description"`
	Schema      []odcsObject   `yaml:"schema"`
	SLA         []odcsSLA      `yaml:"slaProperties"`
	Custom      []odcsProperty `yaml:"customProperties"`
}

type odcsText struct {
	Purpose     string `yaml:"purpose"`
	Limitations string `yaml:"limitations"`
}

type odcsObject struct {
	Name         string        `yaml:"name"`
	PhysicalName string        `yaml:"physicalName"`
	LogicalType  string        `yaml:"logicalType"`
	PhysicalType string        `yaml:"physicalType"`
	Granularity  string        `yaml:"dataGranularityDescription"`
	Properties   []odcsColumn  `yaml:"properties"`
	Quality      []odcsQuality `yaml:"quality,omitempty"`
}

type odcsColumn struct {
	Name         string         `yaml:"name"` // as sent
	LogicalType  string         `yaml:"logicalType"`
	Options      map[string]any `yaml:"logicalTypeOptions,omitempty"`
	PhysicalType string         `yaml:"physicalType"`
	Description  string         `yaml:"description,omitempty"`
	Required     bool           `yaml:"required"`
	PrimaryKey   bool           `yaml:"primaryKey,omitempty"`
	KeyPosition  int            `yaml:"primaryKeyPosition,omitempty"` // from 1
	Items        *odcsItem      `yaml:"items,omitempty"`
	Quality      []odcsQuality  `yaml:"quality,omitempty"`
	Custom       []odcsProperty `yaml:"customProperties,omitempty"`
}

type odcsItem struct {
	LogicalType string `yaml:"logicalType"`
}

type odcsQuality struct {
	Name        string         `yaml:"name,omitempty"`
	Type        string         `yaml:"type"`
	Metric      string         `yaml:"metric,omitempty"`
	Arguments   map[string]any `yaml:"arguments,omitempty"`
	MustBe      *int           `yaml:"mustBe,omitempty"`
	Unit        string         `yaml:"unit,omitempty"`
	Description string         `yaml:"description,omitempty"`
	Severity    string         `yaml:"severity,omitempty"`
	Custom      []odcsProperty `yaml:"customProperties,omitempty"`
}

type odcsSLA struct {
	Property string `yaml:"property"`
	Value    int    `yaml:"value"`
	Unit     string `yaml:"unit"`
}

type odcsProperty struct {
	Property string `yaml:"property"`
	Value    string `yaml:"value"`
}

// ODCS is the contract in the YAML of the Open Data Contract Standard.
func ODCS(h Held, lists map[string]*config.CodeList) ([]byte, error) {
	months := map[config.PeriodKind]int{config.Month: 1, config.Quarter: 3}[h.Every]
	o := odcs{
		APIVersion: "v3.1.0", Kind: "DataContract", ID: "wherry/" + h.Feed, Name: h.Title, Version: h.In.String(), Status: "active", Domain: "domestic abuse",
		Description: odcsText{
			Purpose:     h.Title + ", " + h.Grain + ".",
			Limitations: "Pseudonymous extracts only: no names, dates of birth, postcodes, NHS, National Insurance or pupil numbers, phone numbers, email addresses or free text.",
		},
		SLA: []odcsSLA{{"frequency", months, "m"}, {"latency", h.DueDays, "d"}, {"retention", h.Retention, "y"}},
		Custom: []odcsProperty{{"agencies", strings.Join(h.Agencies, ", ")}, {"source", h.Source}, {"filePattern", h.File.Pattern},
			{"fileFormats", strings.Join(h.File.Formats, ", ")}},
	}
	if h.Tolerance != "" {
		o.Custom = append(o.Custom, odcsProperty{"tolerance", h.Tolerance})
	}
	if h.Late > 0 {
		o.Custom = append(o.Custom, odcsProperty{"periodsLate", strconv.Itoa(h.Late)})
	}
	object := odcsObject{Name: h.Feed, PhysicalName: h.File.Pattern, LogicalType: "object", PhysicalType: "file", Granularity: h.Grain}
	for _, c := range h.columns() {
		object.Properties = append(object.Properties, odcsColumnOf(h, c, lists))
	}
	for _, r := range h.Rules {
		q := odcsQuality{Name: r.Code, Type: "text", Description: r.Says, Severity: "error", Custom: []odcsProperty{{"brokenWhen", r.When}}}
		if r.Warns() {
			q.Severity = "warning"
		}
		if r.Tolerance != "" {
			q.Custom = append(q.Custom, odcsProperty{"tolerance", r.Tolerance})
		}
		object.Quality = append(object.Quality, q)
	}
	o.Schema = []odcsObject{object}
	text, err := yaml.MarshalWithOptions(o, yaml.IndentSequence(true))
	if err != nil {
		return nil, fmt.Errorf("writing %s as a data contract: %w", h.Feed, err)
	}
	return text, nil
}

func odcsColumnOf(h Held, c config.Column, lists map[string]*config.CodeList) odcsColumn {
	o := odcsColumn{Name: c.Name, LogicalType: "string", PhysicalType: "text", Description: c.Note, Required: c.Required}
	for i, k := range h.Key {
		if k == c.Kept() {
			o.PrimaryKey, o.KeyPosition = true, i+1
		}
	}
	switch c.Type {
	case "pseudonym":
		o.Options = map[string]any{"pattern": "^" + config.PseudonymForm(nil) + "$"}
	case "text":
		o.Options = map[string]any{"maxLength": 200}
	case "date", "timestamp":
		o.LogicalType, o.Options = c.Type, map[string]any{"format": javaForm(c)}
	case "integer", "decimal":
		if len(c.Small) > 0 {
			// A mark for a small count is no number, so that the column as sent is text.
			o.Options = map[string]any{"pattern": countPattern(c)}
			break
		}
		o.LogicalType = map[string]string{"integer": "integer", "decimal": "number"}[c.Type]
		o.Options = map[string]any{}
		if c.Min != nil {
			o.Options["minimum"] = *c.Min
		}
		if c.Max != nil {
			o.Options["maximum"] = *c.Max
		}
	case "list":
		o.LogicalType, o.Items = "array", &odcsItem{"string"}
		o.Custom = append(o.Custom, odcsProperty{"separator", "|"})
	}
	if c.Kept() != c.Name {
		o.Custom = append(o.Custom, odcsProperty{"keptAs", c.Kept()})
	}
	if c.Degrade != "" {
		o.Custom = append(o.Custom, odcsProperty{"cutTo", c.Degrade})
	}
	if values := sendable(h, c, lists); len(values) > 0 {
		none := 0
		o.Quality = append(o.Quality, odcsQuality{Type: "library", Metric: "invalidValues", Arguments: map[string]any{"validValues": values}, MustBe: &none, Unit: "rows"})
	}
	return o
}

// countPattern matches a whole number, or a mark for one too small to give.
func countPattern(c config.Column) string {
	marks := make([]string, len(c.Small))
	for i, mark := range c.Small {
		marks[i] = regexp.QuoteMeta(mark)
	}
	return "^(-?[0-9]+|" + strings.Join(marks, "|") + ")$"
}

// sendable is what an agency may send for a column of codes.
func sendable(h Held, c config.Column, lists map[string]*config.CodeList) []string {
	values := (&diff{lists: lists}).allowed(c, h.In)
	sent := append([]string(nil), values...)
	for _, s := range sortedKeys(c.Map) {
		if len(missing([]string{s}, sent)) > 0 {
			sent = append(sent, s)
		}
	}
	return sent
}

// javaForm is the form of a date or time in the letters of Java's DateTimeFormatter and of
// Unicode's UAX 35, which agree on these.
func javaForm(c config.Column) string {
	if c.Format == "" {
		return map[string]string{"date": "yyyy-MM-dd", "timestamp": "yyyy-MM-dd HH:mm:ss"}[c.Type]
	}
	return strings.NewReplacer("%d", "dd", "%-d", "d", "%m", "MM", "%-m", "M", "%b", "MMM", "%B", "MMMM", "%Y", "yyyy", "%y", "yy",
		"%H", "HH", "%-H", "H", "%I", "hh", "%p", "a", "%M", "mm", "%S", "ss", "%f", "SSSSSS", "%j", "DDD", "%%", "%").Replace(c.Format)
}
