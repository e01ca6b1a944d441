package contracts

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"wherry/config"
)

// shape is what a published schema says of one kind of object, of what Wherry writes.
type shape struct {
	required []string
	keys     map[string]any // "string", "integer", "boolean", "number", "any", a slice of allowed texts, or list/of a shape
}

type list struct{ of any }

// The part of odcs-json-schema-v3.1.0.json (bitol-io/open-data-contract-standard, as of commit
// 0276547) about what Wherry writes, by its definitions. Each of them but description has
// additionalProperties or unevaluatedProperties false, so that a key that is not here is a fault.
func odcsShape() shape {
	custom := list{shape{[]string{"property", "value"}, map[string]any{"property": "string", "value": "any", "description": "string"}}}
	quality := list{shape{[]string{"type"}, map[string]any{"name": "string", "type": []string{"text", "library", "sql", "custom"},
		"metric":    []string{"nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount"},
		"arguments": "any", "mustBe": "number", "unit": "string", "description": "string", "severity": "string", "customProperties": custom}}}
	logical := []string{"string", "date", "timestamp", "time", "number", "integer", "object", "array", "boolean"}
	property := shape{[]string{"name"}, map[string]any{"name": "string", "logicalType": logical, "logicalTypeOptions": "any", "physicalType": "string",
		"description": "string", "required": "boolean", "primaryKey": "boolean", "primaryKeyPosition": "integer",
		"items": shape{nil, map[string]any{"logicalType": logical}}, "quality": quality, "customProperties": custom}}
	object := shape{[]string{"name"}, map[string]any{"name": "string", "physicalName": "string", "logicalType": []string{"object"}, "physicalType": "string",
		"dataGranularityDescription": "string", "properties": list{property}, "quality": quality}}
	return shape{[]string{"version", "apiVersion", "kind", "id", "status"}, map[string]any{
		"version": "string", "kind": []string{"DataContract"}, "apiVersion": []string{"v3.1.0", "v3.0.2", "v3.0.1", "v3.0.0", "v2.2.2", "v2.2.1", "v2.2.0"},
		"id": "string", "name": "string", "status": "string", "domain": "string",
		"description": shape{nil, map[string]any{"usage": "string", "purpose": "string", "limitations": "string"}},
		"schema":      list{object}, "customProperties": custom,
		"slaProperties": list{shape{[]string{"property", "value"}, map[string]any{"property": "string", "value": "any", "unit": "string", "element": "string"}}}}}
}

// The options that the schema allows of each logical type.
func odcsOptions() map[string]shape {
	number := map[string]any{"multipleOf": "number", "maximum": "number", "exclusiveMaximum": "number", "minimum": "number", "exclusiveMinimum": "number", "format": "string"}
	day := map[string]any{"format": "string", "maximum": "string", "exclusiveMaximum": "string", "minimum": "string", "exclusiveMinimum": "string"}
	moment := maps.Clone(day)
	moment["timezone"], moment["defaultTimezone"] = "boolean", "string"
	return map[string]shape{
		"string": {nil, map[string]any{"minLength": "integer", "maxLength": "integer", "pattern": "string", "format": "string"}},
		"date":   {nil, day}, "timestamp": {nil, moment}, "integer": {nil, number}, "number": {nil, number},
		"array": {nil, map[string]any{"maxItems": "integer", "minItems": "integer", "uniqueItems": "boolean"}},
	}
}

// odcsFaults are the places at which a document is no data contract: by the shape, and by the
// schema's conditions on what may stand together.
func odcsFaults(at string, document map[string]any) []string {
	all := faults(at, document, odcsShape())
	for i, o := range asList(document["schema"]) {
		object, _ := o.(map[string]any)
		here := fmt.Sprintf("%s.schema[%d]", at, i)
		all = append(all, checkFaults(here, object)...)
		for j, p := range asList(object["properties"]) {
			property, _ := p.(map[string]any)
			here := fmt.Sprintf("%s.properties[%d]", here, j)
			all = append(all, checkFaults(here, property)...)
			kind, _ := property["logicalType"].(string)
			if _, listed := property["items"]; listed && kind != "array" {
				all = append(all, here+": has items, and is no array")
			}
			if options, given := property["logicalTypeOptions"]; given {
				all = append(all, faults(here+" "+kind, options, odcsOptions()[kind])...)
			}
		}
	}
	return all
}

// checkFaults are those of the quality checks of an object or a property: a check of the library
// names its metric and what it must be, and no other has them.
func checkFaults(at string, of map[string]any) []string {
	var all []string
	for i, q := range asList(of["quality"]) {
		check, _ := q.(map[string]any)
		for _, key := range []string{"metric", "mustBe"} {
			if _, has := check[key]; has != (check["type"] == "library") {
				all = append(all, fmt.Sprintf("%s.quality[%d]: %s is for the library's checks, and for each of them", at, i, key))
			}
		}
		if _, has := check["arguments"]; has && check["type"] != "library" {
			all = append(all, fmt.Sprintf("%s.quality[%d]: arguments are for the library's checks", at, i))
		}
	}
	return all
}

// faults are the places at which a document is not of a shape.
func faults(at string, v, want any) []string {
	wrong := []string{fmt.Sprintf("%s: %v is not as the standard has it", at, v)}
	switch want := want.(type) {
	case string:
		_, text := v.(string)
		_, yes := v.(bool)
		whole := regexp.MustCompile(`^-?\d+$`).MatchString(fmt.Sprint(v)) && !text
		ok := want == "any" || want == "string" && text || want == "boolean" && yes || (want == "integer" || want == "number") && whole
		if ok {
			return nil
		}
		return wrong
	case []string:
		if slices.Contains(want, fmt.Sprint(v)) {
			return nil
		}
		return wrong
	case list:
		items, ok := v.([]any)
		if !ok {
			return wrong
		}
		var all []string
		for i, item := range items {
			all = append(all, faults(fmt.Sprintf("%s[%d]", at, i), item, want.of)...)
		}
		return all
	case shape:
		object, ok := v.(map[string]any)
		if !ok {
			return wrong
		}
		var all []string
		for _, key := range want.required {
			if _, there := object[key]; !there {
				all = append(all, at+": has no "+key)
			}
		}
		for key, value := range object {
			if _, known := want.keys[key]; !known {
				all = append(all, at+": the standard has no "+key)
				continue
			}
			all = append(all, faults(at+"."+key, value, want.keys[key])...)
		}
		return all
	}
	return wrong
}

// every is each contract of the repository in each of its versions.
func every(t *testing.T) (*config.Partnership, []Held) {
	t.Helper()
	p, err := config.Load(t.TempDir(), config.Files, nil)
	if err != nil {
		t.Fatal(err)
	}
	var all []Held
	for _, c := range p.Contracts {
		from := []string{c.Starts}
		for _, v := range c.Versions {
			from = append(from, v.From)
		}
		for _, f := range from {
			in, err := config.ParsePeriod(f)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, Held{c.Version(in), config.Containing(c.Every, in.Start)})
		}
	}
	return p, all
}

func TestEveryContractIsADataContract(t *testing.T) {
	p, all := every(t)
	for _, h := range all {
		text, err := ODCS(h, p.Codes)
		if err != nil {
			t.Fatal(err)
		}
		var document map[string]any
		if err := yaml.Unmarshal(text, &document); err != nil {
			t.Fatalf("%s: %v", h.Feed, err)
		}
		for _, fault := range odcsFaults(h.Feed, document) {
			t.Error(fault)
		}
		properties := document["schema"].([]any)[0].(map[string]any)["properties"].([]any)
		if len(properties) != len(h.columns()) {
			t.Errorf("%s: %d properties for %d columns", h.Feed, len(properties), len(h.columns()))
		}
		for _, property := range properties {
			o := property.(map[string]any)
			for _, q := range asList(o["quality"]) {
				check := q.(map[string]any)
				for _, value := range check["arguments"].(map[string]any)["validValues"].([]any) {
					if _, text := value.(string); !text {
						t.Errorf("%s.%s: %v is read back as no text", h.Feed, o["name"], value)
					}
				}
			}
		}
	}
}

func asList(v any) []any {
	l, _ := v.([]any)
	return l
}

// The check can fail: each of these breaks a real export in one place, by the schema.
func TestABrokenDataContractIsNone(t *testing.T) {
	p, all := every(t)
	for _, broken := range []struct{ feed, is, becomes, want string }{
		{"marac_case", "id: wherry/marac_case\n", "", "has no id"},
		{"marac_case", "apiVersion: v3.1.0", "apiVersion: v9", "apiVersion: v9"},
		{"marac_case", "kind: DataContract", "kind: DataContract\ncolour: red", "has no colour"},
		{"marac_case", "version: ", "version: 7 # ", "version: 7 is not"},
		{"marac_case", "unit: m\n", "unit: m\n    colour: red\n", "slaProperties[0]: the standard has no colour"},
		{"marac_case", "frequency\n    value: 1\n", "frequency\n", "slaProperties[0]: has no value"},
		{"marac_case", "- name: marac_case_key", "- nom: marac_case_key", "properties[0]: has no name"},
		{"marac_case", "logicalType: date\n", "logicalType: day\n", "day is not"},
		{"marac_case", "logicalType: date\n", "logicalType: integer\n        items: {logicalType: string}\n", "has items, and is no array"},
		{"part4_finance", "maxLength: ", "maxLength: about ", "is not"},
		{"marac_case", "format: dd/MM/yyyy", "pattern: dd/MM/yyyy", "date: the standard has no pattern"},
		{"health_activity", "minimum: 0", "minimum: none", "minimum: none is not"},
		{"marac_case", "metric: invalidValues", "severity: low", "metric is for the library's checks"},
		{"marac_case", "mustBe: 0", "severity: low", "mustBe is for the library's checks"},
		{"marac_case", "type: library", "type: text", "arguments are for the library's checks"},
		{"marac_case", "type: library", "type: guess", "guess is not"},
	} {
		at := slices.IndexFunc(all, func(h Held) bool { return h.Feed == broken.feed })
		text, err := ODCS(all[at], p.Codes)
		if err != nil || !strings.Contains(string(text), broken.is) {
			t.Fatalf("%s has no %q: %v", broken.feed, broken.is, err)
		}
		var document map[string]any
		if err := yaml.Unmarshal([]byte(strings.Replace(string(text), broken.is, broken.becomes, 1)), &document); err != nil {
			t.Fatalf("%q: %v", broken.becomes, err)
		}
		if got := strings.Join(odcsFaults("it", document), "\n"); !strings.Contains(got, broken.want) {
			t.Errorf("%q in place of %q: got %q, want %q", broken.becomes, broken.is, got, broken.want)
		}
	}
}

// TestEveryContractIsCSVOnTheWeb holds each export against the Metadata Vocabulary for Tabular
// Data (W3C, 17 December 2015), which has no published JSON schema: the property names of tables,
// dialects, columns and datatypes, section 5, and the datatypes' formats, section 6.4 of the model.
func TestEveryContractIsCSVOnTheWeb(t *testing.T) {
	p, all := every(t)
	datatype := shape{[]string{"base"}, map[string]any{"base": []string{"string", "date", "datetime", "integer", "decimal"},
		"format": "string", "minimum": "number", "maximum": "number", "maxLength": "integer"}}
	column := shape{[]string{"name", "titles"}, map[string]any{"name": "string", "titles": "string", "dc:description": "string",
		"datatype": datatype, "required": "boolean", "separator": "string"}}
	table := shape{[]string{"@context", "url", "tableSchema"}, map[string]any{"@context": "any", "url": "string",
		"dc:title": "string", "dc:description": "string", "dc:source": "string",
		"dialect":     shape{nil, map[string]any{"encoding": "string", "delimiter": "string", "header": "boolean", "trim": "boolean"}},
		"tableSchema": shape{[]string{"columns"}, map[string]any{"columns": list{column}, "primaryKey": list{"string"}}}}}
	for _, h := range all {
		text, err := CSVW(h, p.Codes)
		if err != nil {
			t.Fatal(err)
		}
		var document map[string]any
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber()
		if err := decoder.Decode(&document); err != nil {
			t.Fatalf("%s: %v", h.Feed, err)
		}
		for _, fault := range faults(h.Feed, document, table) {
			t.Error(fault)
		}
		context := asList(document["@context"])
		if len(context) != 2 || context[0] != "http://www.w3.org/ns/csvw" {
			t.Errorf("%s: @context is %v", h.Feed, context)
		}
		schema := document["tableSchema"].(map[string]any)
		names := map[string]bool{}
		for _, c := range schema["columns"].([]any) {
			o := c.(map[string]any)
			name := o["name"].(string)
			if names[name] || strings.HasPrefix(name, "_") || !regexp.MustCompile(`^[A-Za-z0-9_.]+$`).MatchString(name) {
				t.Errorf("%s: %q is no name of a column, or is another's", h.Feed, name)
			}
			names[name] = true
			kind := o["datatype"].(map[string]any)
			format, _ := kind["format"].(string)
			switch kind["base"] {
			case "string":
				if _, err := regexp.Compile(format); err != nil {
					t.Errorf("%s.%s: %v", h.Feed, name, err)
				}
			case "date", "datetime":
				if !csvwForm(format) || strings.Contains(format, ":") != (kind["base"] == "datetime") {
					t.Errorf("%s.%s: the standard has no form %q", h.Feed, name, format)
				}
			}
		}
		for _, key := range asList(schema["primaryKey"]) {
			if !names[key.(string)] {
				t.Errorf("%s: the key names %v, which is no column", h.Feed, key)
			}
		}
		if len(names) != len(h.columns()) {
			t.Errorf("%s: %d columns of %d", h.Feed, len(names), len(h.columns()))
		}
	}
}
