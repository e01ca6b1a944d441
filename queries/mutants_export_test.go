package queries

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Mutant is a measure's SELECT with one thing changed.
type Mutant struct {
	What string // "line 42: = becomes <>: where kind = 'police'"
	SQL  string
}

// mutator collects the changes that can be made to a syntax tree, one at a time.
type mutator struct {
	measure  *Measure
	changes  []change
	inExists bool
}

// change makes one mutation and undo takes it back.
type change struct {
	what     string
	do, undo func()
}

// MutantsOf is every mutant of m: each condition dropped, each comparison turned round and
// its edge moved, each AND and OR swapped, each number raised by one and each default of
// coalesce replaced. The first is no mutant but the SELECT as the parser writes it back.
func MutantsOf(ctx context.Context, db *sql.DB, m *Measure) ([]Mutant, error) {
	answers, err := textColumn(ctx, db, "select json_serialize_sql(?::varchar)::varchar", m.SQL)
	if err != nil {
		return nil, err
	}
	var tree map[string]any
	decoder := json.NewDecoder(strings.NewReader(answers[0]))
	decoder.UseNumber()
	if err := decoder.Decode(&tree); err != nil {
		return nil, err
	}
	if tree["error"] == true {
		return nil, fmt.Errorf("parsing the SELECT of %s: %v", m.ID, tree["error_message"])
	}
	nothing := func() {}
	w := &mutator{measure: m, changes: []change{{"as it stands", nothing, nothing}}}
	w.walk(tree, 0)
	joinCrossed(tree)
	var mutants []Mutant
	for _, c := range w.changes {
		c.do()
		var text bytes.Buffer
		err := json.NewEncoder(&text).Encode(tree)
		c.undo()
		if err != nil {
			return nil, err
		}
		written, err := textColumn(ctx, db, "select json_deserialize_sql(?::json)", text.String())
		if err != nil {
			return nil, fmt.Errorf("writing a mutant of %s (%s): %w", m.ID, c.what, err)
		}
		mutants = append(mutants, Mutant{c.what, written[0]})
	}
	return mutants, nil
}

// joinCrossed makes a join on true of every cross join: the parser writes those back as
// commas, which bind more loosely than the joins beside them.
func joinCrossed(piece any) {
	switch p := piece.(type) {
	case []any:
		for _, item := range p {
			joinCrossed(item)
		}
	case map[string]any:
		if p["type"] == "JOIN" && p["ref_type"] == "CROSS" {
			p["ref_type"] = "REGULAR"
			p["condition"] = map[string]any{"class": "CONSTANT", "type": "VALUE_CONSTANT", "alias": "", "value": map[string]any{
				"type": map[string]any{"id": "BOOLEAN", "type_info": nil}, "is_null": false, "value": true}}
		}
		for _, part := range p {
			joinCrossed(part)
		}
	}
}

func (w *mutator) walk(piece any, at int) {
	switch p := piece.(type) {
	case []any:
		for _, item := range p {
			w.walk(item, at)
		}
	case map[string]any:
		at = w.place(p, at)
		w.mutate(p, at)
		w.inExists = w.inExists || p["subquery_type"] == "EXISTS"
		for _, key := range slices.Sorted(maps.Keys(p)) {
			if key == "select_list" && w.inExists { // what EXISTS selects is never read
				w.inExists = false
				continue
			}
			w.walk(p[key], at)
		}
	}
}

// place is where a piece begins, as near as the parser tells: otherwise where what holds it
// does.
func (w *mutator) place(p map[string]any, otherwise int) int {
	if n, ok := p["query_location"].(json.Number); ok {
		if offset, err := n.Int64(); err == nil && offset > 0 && offset < int64(len(w.measure.SQL)) {
			return int(offset)
		}
	}
	return otherwise
}

func (w *mutator) mutate(p map[string]any, at int) {
	w.dropWhere(p, at)
	kind := text(p, "type")
	switch text(p, "class") {
	case "CONJUNCTION":
		w.conjunction(p, at)
	case "COMPARISON", "BETWEEN", "OPERATOR":
		for _, to := range comparisons()[kind] {
			w.replace(p, "type", to, at, plainComparison(kind)+" becomes "+plainComparison(to))
		}
		if kind == "OPERATOR_COALESCE" {
			w.defaults(p, at)
		}
	case "CONSTANT":
		w.number(p, at)
	}
}

// comparisons is what each comparison becomes: turned round, and with its edge moved.
func comparisons() map[string][]string {
	return map[string][]string{
		"COMPARE_EQUAL": {"COMPARE_NOTEQUAL"}, "COMPARE_NOTEQUAL": {"COMPARE_EQUAL"},
		"COMPARE_LESSTHAN":             {"COMPARE_GREATERTHAN", "COMPARE_LESSTHANOREQUALTO"},
		"COMPARE_GREATERTHAN":          {"COMPARE_LESSTHAN", "COMPARE_GREATERTHANOREQUALTO"},
		"COMPARE_LESSTHANOREQUALTO":    {"COMPARE_GREATERTHANOREQUALTO", "COMPARE_LESSTHAN"},
		"COMPARE_GREATERTHANOREQUALTO": {"COMPARE_LESSTHANOREQUALTO", "COMPARE_GREATERTHAN"},
		"COMPARE_DISTINCT_FROM":        {"COMPARE_NOT_DISTINCT_FROM"},
		"COMPARE_NOT_DISTINCT_FROM":    {"COMPARE_DISTINCT_FROM"},
		"COMPARE_IN":                   {"COMPARE_NOT_IN"}, "COMPARE_NOT_IN": {"COMPARE_IN"},
		"OPERATOR_IS_NULL": {"OPERATOR_IS_NOT_NULL"}, "OPERATOR_IS_NOT_NULL": {"OPERATOR_IS_NULL"},
	}
}

func plainComparison(kind string) string {
	kind = strings.TrimPrefix(strings.TrimPrefix(kind, "COMPARE_"), "OPERATOR_")
	return strings.ToLower(strings.ReplaceAll(kind, "_", " "))
}

// add notes a change with the line of the file it is on and the text of that line.
func (w *mutator) add(at int, what string, do, undo func()) {
	line := strings.Count(w.measure.SQL[:at], "\n")
	source := strings.TrimSpace(strings.Split(w.measure.SQL, "\n")[line])
	w.changes = append(w.changes, change{fmt.Sprintf("line %d: %s: %s", w.measure.Line+line, what, source), do, undo})
}

func (w *mutator) replace(p map[string]any, key string, to any, at int, what string) {
	was := p[key]
	w.add(at, what, func() { p[key] = to }, func() { p[key] = was })
}

func (w *mutator) dropWhere(p map[string]any, at int) {
	where, _ := p["where_clause"].(map[string]any)
	if where == nil || (text(where, "class") == "CONJUNCTION" && text(where, "type") == "CONJUNCTION_AND") {
		return
	}
	w.replace(p, "where_clause", nil, w.place(where, at), "where dropped")
}

func (w *mutator) conjunction(p map[string]any, at int) {
	children, _ := p["children"].([]any)
	for i := range children {
		rest := slices.Delete(slices.Clone(children), i, i+1)
		what := fmt.Sprintf("condition %d of %d dropped", i+1, len(children))
		dropped, _ := children[i].(map[string]any)
		on := w.place(dropped, at)
		if len(rest) > 1 {
			w.replace(p, "children", rest, on, what)
			continue
		}
		was := maps.Clone(p)
		become := func(other map[string]any) func() {
			return func() {
				clear(p)
				maps.Copy(p, other)
			}
		}
		only, _ := rest[0].(map[string]any)
		w.add(on, what, become(only), become(was))
	}
	if text(p, "type") == "CONJUNCTION_AND" {
		w.replace(p, "type", "CONJUNCTION_OR", at, "and becomes or")
	} else {
		w.replace(p, "type", "CONJUNCTION_AND", at, "or becomes and")
	}
}

// number raises a number by one.
func (w *mutator) number(p map[string]any, at int) {
	value, _ := p["value"].(map[string]any)
	n, ok := value["value"].(json.Number)
	if !ok {
		return
	}
	if whole, err := n.Int64(); err == nil {
		w.replace(value, "value", whole+1, at, fmt.Sprintf("%d becomes %d", whole, whole+1))
	}
}

// defaults replaces the constant that a coalesce ends with.
func (w *mutator) defaults(p map[string]any, at int) {
	children, _ := p["children"].([]any)
	last, _ := children[len(children)-1].(map[string]any)
	if inner, ok := last["child"].(map[string]any); ok && text(last, "class") == "CAST" { // false is 'f' cast to boolean
		last = inner
	}
	value, _ := last["value"].(map[string]any)
	switch was := value["value"]; was {
	case "t":
		w.replace(value, "value", "f", at, "coalesce to true becomes false")
	case "f":
		w.replace(value, "value", "t", at, "coalesce to false becomes true")
	default:
		if word, ok := was.(string); ok {
			w.replace(value, "value", word+" changed", at, "coalesce to a text becomes another")
		}
	}
}

// Trial is an example set up in a database, against which mutants are run.
type Trial struct {
	db      *sql.DB
	example *Example
	plan    plan
}

// Try sets up an example within a transaction, which Leave takes back.
func Try(ctx context.Context, db *sql.DB, x *Example) (*Trial, error) {
	t := &Trial{db: db, example: x}
	return t, t.begin(ctx)
}

func (t *Trial) begin(ctx context.Context) error {
	var err error
	if t.plan, err = examplePlan(ctx, t.db, t.example); err != nil {
		return err
	}
	if _, err = t.db.ExecContext(ctx, "begin"); err != nil {
		return err
	}
	if err = setAsAt(ctx, t.db, t.plan.asAt); err != nil {
		return err
	}
	for _, noun := range slices.Sorted(maps.Keys(t.example.Given)) {
		if err = giveRows(ctx, t.db, noun, t.example.Given[noun]); err != nil {
			return err
		}
	}
	return nil
}

// Leave takes back what the example gave.
func (t *Trial) Leave(ctx context.Context) error {
	_, err := t.db.ExecContext(ctx, "rollback")
	return err
}

// Run says whether a SELECT in the place of m's own gives every cell the example wants;
// stopped is why it does not run at all. An error that spoils the transaction is followed
// by a new one.
func (t *Trial) Run(ctx context.Context, m *Measure, selectSQL string) (same bool, stopped, err error) {
	mutant := *m
	mutant.SQL = selectSQL
	cells, stopped := evaluate(ctx, t.db, &mutant, t.plan)
	if stopped == nil {
		return !slices.ContainsFunc(t.example.Want, func(w Want) bool { return !cells.outcome(w).OK }), nil, nil
	}
	if _, spoilt := t.db.ExecContext(ctx, "select 1"); spoilt != nil {
		if err := t.Leave(ctx); err != nil {
			return false, stopped, err
		}
		return false, stopped, t.begin(ctx)
	}
	return false, stopped, nil
}
