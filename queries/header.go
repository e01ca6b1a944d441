package queries

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"wherry/config"
)

// position is where a key of a header stands, for problems found later.
type position struct{ line, col int }

// header is a parsed measure with the places of its keys.
type header struct {
	*Measure
	at       map[string]position
	read     bool // the YAML is sound, so that what is missing is truly missing
	problems config.Problems
}

func (h *header) complain(key, msg, hint string) {
	p := h.at[key]
	if key != "" && p.line == 0 {
		p = position{1, 1}
	}
	h.problems = append(h.problems, config.Problem{File: h.Path, Line: p.line, Col: p.col, Msg: msg, Hint: hint})
}

// ParseMeasure reads one measure file. The error is config.Problems: every fault of the
// header, at its line.
func ParseMeasure(path string, text []byte) (*Measure, error) {
	h := parseHeader(path, text)
	if h.read {
		h.lint()
	}
	return h.Measure, h.problems.Err()
}

// parseHeader splits a file into header and SELECT and decodes each key by itself, so that
// one bad key hides no other. The line "/*" is passed to YAML as a blank line: positions
// are those of the .sql file.
func parseHeader(path string, text []byte) *header {
	h := &header{Measure: &Measure{Path: path}, at: map[string]position{}}
	h.Family, h.Slug = familyAndSlug(path)
	body := strings.ReplaceAll(strings.TrimPrefix(string(text), "\ufeff"), "\r\n", "\n")
	h.Text = strings.TrimSpace(body)
	yamlText, rest, ok := strings.Cut(body, "\n*/")
	if !strings.HasPrefix(body, "/*\n") || !ok {
		h.complain("", "no header", "the file starts with a line /* , then the header in YAML, then a line */ , then one SELECT")
		return h
	}
	yamlText = strings.TrimPrefix(yamlText, "/*")
	h.Line = strings.Count(yamlText, "\n") + 2
	rest = trimLine(rest)
	for strings.HasPrefix(rest, "\n") {
		rest, h.Line = rest[1:], h.Line+1
	}
	h.SQL = strings.TrimSpace(rest)
	if h.SQL == "" {
		h.complain("", "no SELECT after the header", "write one SELECT giving one row per thing counted")
	}
	h.decode(yamlText)
	return h
}

// trimLine drops what is left of the line "*/" when that is blank.
func trimLine(s string) string {
	return strings.TrimLeft(s, " \t")
}

func familyAndSlug(path string) (family, slug string) {
	parts := strings.Split(path, "/")
	slug = strings.TrimSuffix(parts[len(parts)-1], ".sql")
	if len(parts) > 1 {
		family = parts[len(parts)-2]
	}
	return family, slug
}

func (h *header) decode(yamlText string) {
	file, err := parser.ParseBytes([]byte(yamlText), 0, parser.AllowDuplicateMapKey())
	if err != nil {
		h.yamlProblem("", err)
		return
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		h.complain("", "the header is not one YAML document", "")
		return
	}
	var pairs []*ast.MappingValueNode
	switch body := file.Docs[0].Body.(type) {
	case *ast.MappingNode:
		pairs = body.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{body}
	default:
		h.complain("", "the header is not a list of key: value", "")
		return
	}
	h.read = true
	fields := headerFields(h.Measure)
	for _, pair := range pairs {
		h.decodeKey(fields, pair)
	}
}

// headerFields is each YAML key of a Measure with the field it fills.
func headerFields(m *Measure) map[string]reflect.Value {
	fields := map[string]reflect.Value{}
	v := reflect.ValueOf(m).Elem()
	for i := range v.NumField() {
		if key := v.Type().Field(i).Tag.Get("yaml"); key != "-" {
			fields[key] = v.Field(i)
		}
	}
	return fields
}

func (h *header) decodeKey(fields map[string]reflect.Value, pair *ast.MappingValueNode) {
	token := pair.Key.GetToken()
	key := token.Value
	here := position{token.Position.Line, token.Position.Column}
	field, known := fields[key]
	if !known {
		h.at[key] = here
		var keys []string
		for k := range fields {
			keys = append(keys, k)
		}
		h.complain(key, fmt.Sprintf("unknown key %q", key), didYouMean(key, keys))
		return
	}
	if _, twice := h.at[key]; twice {
		h.at[key] = here
		h.complain(key, fmt.Sprintf("%s is given twice", key), "keep one")
		return
	}
	h.at[key] = here
	switch key {
	case "matures":
		h.Matures = h.span(pair, key, "days", 28)
		return
	case "looks_back":
		h.LooksBack = h.span(pair, key, "months", 12)
		return
	case "pool":
		h.Pool = h.span(pair, key, "months", config.PooledMonths)
		return
	}
	if field.Kind() == reflect.Pointer {
		field.Set(reflect.New(field.Type().Elem()))
		field = field.Elem()
	}
	if err := yaml.NodeToValue(pair.Value, field.Addr().Interface(), yaml.Strict()); err != nil {
		h.yamlProblem(key, err)
	}
}

// span reads a length of time written "28" or "28 days".
func (h *header) span(pair *ast.MappingValueNode, key, unit string, example int) int {
	number, written, named := strings.Cut(pair.Value.GetToken().Value, " ")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || (named && strings.TrimSuffix(written, "s") != strings.TrimSuffix(unit, "s")) {
		h.complain(key, fmt.Sprintf("%s is not a number of %s", key, unit), fmt.Sprintf("write %s: %d %s", key, example, unit))
		return 0
	}
	return n
}

func (h *header) yamlProblem(key string, err error) {
	here := h.at[key]
	var syntax yaml.Error
	msg := err.Error()
	if errors.As(err, &syntax) {
		msg = syntax.GetMessage()
		if token := syntax.GetToken(); token != nil && token.Position != nil {
			here = position{token.Position.Line, token.Position.Column}
		}
	}
	msg, _, _ = strings.Cut(msg, "\n")
	h.problems = append(h.problems, config.Problem{File: h.Path, Line: here.line, Col: here.col,
		Msg: strings.TrimPrefix(key+": "+msg, ": "), Hint: shapeHint(key)})
}

// shapeHint shows how a key with parts is written.
func shapeHint(key string) string {
	return map[string]string{
		"target":       `write target: {value: 95, source: "who agreed it, and when"}`,
		"population":   `write population: {sex: female, age: 16+}`,
		"breakdowns":   "write breakdowns: [age_group, risk]",
		"examples":     "see the examples of another measure",
		"within":       "write within: [2, 5]",
		"scale":        "write scale: {min: 1, max: 5}",
		"usual":        "write usual: 3.2, the average of people who were not chosen by their score",
		"categories":   "write categories: [planned, unplanned, other]",
		"pathway":      "write pathway: [Contacts, What was decided, What followed]",
		"local_shares": "write local_shares: {male: local_men_16}, or {all: local_men_16} where every category has the same",
		"capacity":     "write capacity: [accommodation_type], one of its breakdowns",
		"medians":      "write medians: [earlier_incidents], one of its breakdowns",
		"compare":      "write compare: [district], or one of its breakdowns",
		"reads":        "write reads: [RQ1, MA3], or reads: [all]",
	}[key]
}

// knownPeriods is the kinds of period a measure may ask for.
func knownPeriods() []string {
	return []string{string(config.Month), string(config.Quarter), string(config.Year), string(config.Rolling)}
}

// PeriodKinds is the kinds of period the measure is given for, shortest first.
func (m *Measure) PeriodKinds() []config.PeriodKind {
	var kinds []config.PeriodKind
	for _, k := range knownPeriods() {
		if len(m.Periods) == 0 || slices.Contains(m.Periods, k) {
			kinds = append(kinds, config.PeriodKind(k))
		}
	}
	return kinds
}

// HeadlineKind is the kind of period the measure's page leads with.
func (m *Measure) HeadlineKind() config.PeriodKind {
	if m.Headline != "" {
		return config.PeriodKind(m.Headline)
	}
	return config.Quarter
}

// ShortTitle is the title for lists.
func (m *Measure) ShortTitle() string {
	if m.Short != "" {
		return m.Short
	}
	return m.Title
}

// ProtectsPeople says whether small counts of the measure are small counts of people.
func (m *Measure) ProtectsPeople() bool { return m.Protects != "nobody" }
