package queries

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"wherry/config"
)

// Check says what keeps a measure's SELECT from being run. It parses the SELECT by
// json_serialize_sql, which never runs it, and holds every node, table and function
// against an allow-list; what is on no list is refused. Only a SELECT that passed is
// then bound (with no rows read) to see that it gives the columns its kind needs. db
// holds the core views and macros. A fault of the database itself is a Problem too.
func Check(ctx context.Context, db DB, m *Measure) config.Problems {
	return checkAll(ctx, db, []*Measure{m})
}

// checkAll is Check for several measures, which reads only once what they may name.
func checkAll(ctx context.Context, db DB, measures []*Measure) config.Problems {
	nouns, err := coreNouns(ctx, db)
	if err != nil {
		return config.Problems{{File: measures[0].Path, Msg: err.Error()}}
	}
	macros, err := textColumn(ctx, db, "select distinct function_name from duckdb_functions() where function_type = 'macro' and not internal order by 1")
	if err != nil {
		return config.Problems{{File: measures[0].Path, Msg: "listing the macros: " + err.Error()}}
	}
	var problems config.Problems
	for _, m := range measures {
		found := gate(ctx, db, m, nouns, macros)
		if len(found) == 0 {
			found = checkColumns(ctx, db, m)
		}
		problems = append(problems, found...)
	}
	return problems
}

// coreNouns is the tables and views a measure may read, without their schema.
func coreNouns(ctx context.Context, db DB) ([]string, error) {
	nouns, err := textColumn(ctx, db, "select table_name from information_schema.tables where table_schema = 'core' order by 1")
	if err != nil {
		return nil, fmt.Errorf("listing the core views: %w", err)
	}
	return nouns, nil
}

// gate holds the SELECT of m against the allow-list; it runs nothing of it.
func gate(ctx context.Context, db DB, m *Measure, nouns, macros []string) config.Problems {
	tree, err := parseSQL(ctx, db, m.SQL)
	if err != nil {
		return config.Problems{{File: m.Path, Line: m.Line, Msg: "checking the SELECT: " + err.Error()}}
	}
	g := &gatekeeper{measure: m, nouns: nouns, macros: macros}
	switch {
	case tree.Error && strings.HasPrefix(tree.Message, "Only SELECT"):
		g.refuse(0, "a measure is one SELECT and nothing else", "remove every other statement")
	case tree.Error:
		at, _ := strconv.Atoi(tree.Position)
		g.refuse(at, tree.Message, "")
	case len(tree.Statements) != 1:
		g.refuse(0, fmt.Sprintf("a measure is one SELECT: there are %d statements", len(tree.Statements)), "keep one")
	default:
		g.node(tree.Statements[0].Node, nil, true)
	}
	wrapped, err := parseSQL(ctx, db, inBrackets(m.SQL))
	if err != nil || wrapped.Error || len(wrapped.Statements) != 1 {
		g.refuse(len(m.SQL), "the SELECT cannot stand in brackets", "remove the semicolon at its end")
	}
	return g.problems
}

// syntax is what json_serialize_sql answers.
type syntax struct {
	Error      bool   `json:"error"`
	Message    string `json:"error_message"`
	Position   string `json:"position"`
	Statements []struct {
		Node map[string]any `json:"node"`
	} `json:"statements"`
}

// parseSQL parses text without preparing or running any of it.
func parseSQL(ctx context.Context, db DB, text string) (*syntax, error) {
	answers, err := textColumn(ctx, db, "select json_serialize_sql(?::varchar)::varchar", text)
	if err != nil {
		return nil, err
	}
	if len(answers) != 1 {
		return nil, fmt.Errorf("the parser gave %d answers", len(answers))
	}
	var tree syntax
	if err := json.Unmarshal([]byte(answers[0]), &tree); err != nil {
		return nil, fmt.Errorf("reading the parsed SELECT: %w", err)
	}
	return &tree, nil
}

// textColumn is the first column of a query's answer.
func textColumn(ctx context.Context, db DB, query string, args ...any) (values []string, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var v string
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	return values, rows.Err()
}

// gatekeeper walks a syntax tree and collects what is refused.
type gatekeeper struct {
	measure  *Measure
	nouns    []string
	macros   []string
	problems config.Problems
}

// refuse adds a problem at a byte offset of the SELECT.
func (g *gatekeeper) refuse(offset int, msg, hint string) {
	before := g.measure.SQL[:min(max(offset, 0), len(g.measure.SQL))]
	line := strings.Count(before, "\n")
	g.problems = append(g.problems, config.Problem{File: g.measure.Path, Line: g.measure.Line + line,
		Col: len(before) - strings.LastIndex(before, "\n"), Msg: msg, Hint: hint})
}

// place is the byte offset of a node, 0 where the parser gives none.
func place(n map[string]any) int {
	if at, ok := n["query_location"].(float64); ok && at < 1<<31 {
		return int(at)
	}
	return 0
}

func text(n map[string]any, key string) string {
	s, _ := n[key].(string)
	return s
}

// node checks a query node: its common table expressions in order, each seeing those
// before it, then everything else, seeing them all. top is the outermost SELECT.
func (g *gatekeeper) node(n map[string]any, outer map[string]bool, top bool) {
	kind := text(n, "type")
	if kind != "SELECT_NODE" && kind != "SET_OPERATION_NODE" {
		g.refuse(place(n), fmt.Sprintf("%s is not allowed in a measure", plainly(kind)), "use plain SELECT, WITH and UNION ALL")
		return
	}
	if n["sample"] != nil {
		g.refuse(place(n), "a sample is not allowed in a measure: it counts differently each time", "")
	}
	scope := maps.Clone(outer)
	if scope == nil {
		scope = map[string]bool{}
	}
	named, _ := n["cte_map"].(map[string]any)
	entries, _ := named["map"].([]any)
	for _, e := range entries {
		entry, _ := e.(map[string]any)
		value, _ := entry["value"].(map[string]any)
		query, _ := value["query"].(map[string]any)
		inner, _ := query["node"].(map[string]any)
		g.node(inner, scope, false)
		scope[strings.ToLower(text(entry, "key"))] = true
	}
	if top {
		g.noStar(n)
	}
	for _, key := range slices.Sorted(maps.Keys(n)) {
		if key != "cte_map" {
			g.part(n[key], scope, top && (key == "left" || key == "right"))
		}
	}
}

// noStar refuses * among the columns of the outermost SELECT: a column added to a view
// must not become a column of a measure.
func (g *gatekeeper) noStar(n map[string]any) {
	list, _ := n["select_list"].([]any)
	for _, item := range list {
		if column, _ := item.(map[string]any); text(column, "class") == "STAR" {
			g.refuse(place(column), "the outermost SELECT names its columns: * is not allowed there", "write the columns out")
		}
	}
}

// part checks any piece of the tree.
func (g *gatekeeper) part(piece any, scope map[string]bool, top bool) {
	switch p := piece.(type) {
	case []any:
		for _, item := range p {
			g.part(item, scope, false)
		}
	case map[string]any:
		switch {
		case p["class"] != nil:
			g.expression(p, scope)
		case p["cte_map"] != nil || strings.HasSuffix(text(p, "type"), "_NODE"):
			g.node(p, scope, top)
		case p["type"] != nil && p["id"] == nil:
			g.clause(p, scope)
		default:
			g.children(p, scope)
		}
	}
}

func (g *gatekeeper) children(p map[string]any, scope map[string]bool) {
	for _, key := range slices.Sorted(maps.Keys(p)) {
		g.part(p[key], scope, false)
	}
}

// clause checks a table reference, modifier or ordering.
func (g *gatekeeper) clause(p map[string]any, scope map[string]bool) {
	kind, isText := p["type"].(string)
	switch {
	case !isText: // a constant: {"type": {"id": "INTEGER"}, "value": 1}
		return
	case p["sample"] != nil:
		g.refuse(place(p), "a sample is not allowed in a measure: it counts differently each time", "")
	case kind == "BASE_TABLE":
		g.table(p, scope)
	case kind == "TABLE_FUNCTION":
		function, _ := p["function"].(map[string]any)
		if name := strings.ToLower(text(function, "function_name")); !slices.Contains(tableFunctions(), name) {
			g.refuse(place(p), fmt.Sprintf("the table function %s is not allowed in a measure", name),
				"measures read core.* and, of table functions, "+strings.Join(tableFunctions(), ", "))
			return
		}
		g.children(p, scope)
	case slices.Contains(allowedClauses(), kind):
		g.children(p, scope)
	default:
		g.refuse(place(p), fmt.Sprintf("%s is not allowed in a measure", plainly(kind)), "")
	}
}

// table lets through a common table expression in scope and the tables of core.
func (g *gatekeeper) table(p map[string]any, scope map[string]bool) {
	schema, name := strings.ToLower(text(p, "schema_name")), strings.ToLower(text(p, "table_name"))
	switch {
	case text(p, "catalog_name") != "" || p["at_clause"] != nil:
		g.refuse(place(p), "a measure reads core.<noun> of its own database", "")
	case schema == "core" && slices.Contains(g.nouns, name):
	case schema == "core":
		g.refuse(place(p), fmt.Sprintf("there is no core.%s", name), didYouMean(name, g.nouns))
	case schema == "" && scope[name]:
	case schema == "":
		g.refuse(place(p), fmt.Sprintf("%s is not a table a measure may read", name), "name it core."+name+" if it is a core view")
	default:
		g.refuse(place(p), fmt.Sprintf("%s.%s is not a table a measure may read", schema, name), "measures read core.<noun> and nothing else")
	}
}

// expression checks an expression's class, function and names.
func (g *gatekeeper) expression(p map[string]any, scope map[string]bool) {
	switch class := text(p, "class"); class {
	case "FUNCTION", "WINDOW":
		name, schema := strings.ToLower(text(p, "function_name")), text(p, "schema")
		if text(p, "catalog") != "" || (schema != "" && schema != "main") || !functionAllowed(name, g.macros) {
			g.refuse(place(p), fmt.Sprintf("the function %s is not allowed in a measure", name), didYouMean(name, g.macros))
			return
		}
	case "COLUMN_REF":
		names, _ := p["column_names"].([]any)
		if name, _ := names[0].(string); len(names) == 1 && slices.Contains(clockNames(), strings.ToLower(name)) {
			g.refuse(place(p), fmt.Sprintf("%s is not allowed in a measure: the same data must give the same figures", strings.ToLower(name)),
				"as_at() is the date to which data were received")
		}
	case "CAST":
		kind, _ := p["cast_type"].(map[string]any)
		if !slices.Contains(castTypes(), text(kind, "id")) {
			g.refuse(place(p), fmt.Sprintf("a cast to %s is not allowed in a measure", strings.ToLower(text(kind, "id"))), "")
		}
		g.part(p["child"], scope, false)
		return
	case "STAR":
		if p["columns"] == true || p["expr"] != nil {
			g.refuse(place(p), "COLUMNS() is not allowed in a measure", "name the columns")
		}
	default:
		if !slices.Contains(allowedClasses(), class) {
			g.refuse(place(p), fmt.Sprintf("%s is not allowed in a measure", plainly(class)), "")
			return
		}
	}
	g.children(p, scope)
}

// plainly turns a parser's word into a reader's.
func plainly(kind string) string {
	word := map[string]string{
		"SHOW_REF": "SHOW, DESCRIBE or SUMMARIZE", "LIMIT_MODIFIER": "LIMIT", "LIMIT_PERCENT_MODIFIER": "LIMIT",
		"RECURSIVE_CTE_NODE": "WITH RECURSIVE", "PARAMETER": "a parameter", "POSITIONAL_REFERENCE": "a column by number",
	}[kind]
	if word != "" {
		return word
	}
	return strings.ToLower(strings.ReplaceAll(kind, "_", " "))
}
