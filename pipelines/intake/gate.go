package intake

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"wherry/config"
)

// checkRules holds each rule of a contract against an allow-list before any is run: a rule
// is one expression over the kept columns of a row, and it is run where files can be read.
func checkRules(ctx context.Context, conn *sql.Conn, c *config.Contract) error {
	for _, rule := range c.Rules {
		fault, err := RuleFault(ctx, conn, c, rule)
		if err != nil {
			return err
		}
		if fault != "" {
			return fmt.Errorf("rule %s of %s: %s", rule.Code, c.Feed, fault)
		}
	}
	return nil
}

// RuleFault is what keeps a rule from being run, "" for nothing. json_serialize_sql parses,
// and runs nothing.
func RuleFault(ctx context.Context, conn *sql.Conn, c *config.Contract, rule config.RowRule) (string, error) {
	var text string
	query := "select (" + rule.When + ") from kept"
	if err := conn.QueryRowContext(ctx, "select json_serialize_sql(?::varchar)::varchar", query).Scan(&text); err != nil {
		return "", fmt.Errorf("reading rule %s of %s: %w", rule.Code, c.Feed, err)
	}
	return ruleFault(text, c), nil
}

// ruleFault is what is wrong with a parsed rule, "" for nothing.
func ruleFault(parsed string, c *config.Contract) string {
	var tree struct {
		Error      bool `json:"error"`
		Statements []struct {
			Node map[string]any `json:"node"`
		} `json:"statements"`
	}
	if err := json.Unmarshal([]byte(parsed), &tree); err != nil || tree.Error || len(tree.Statements) != 1 {
		return "it is not one SQL expression"
	}
	node := tree.Statements[0].Node
	list, _ := node["select_list"].([]any)
	from, _ := node["from_table"].(map[string]any)
	if node["type"] != "SELECT_NODE" || len(list) != 1 || from["type"] != "BASE_TABLE" || from["table_name"] != "kept" {
		return "it is not one SQL expression"
	}
	for _, clause := range []string{"where_clause", "having", "qualify", "sample"} {
		if node[clause] != nil {
			return "it is not one SQL expression"
		}
	}
	return expressionFault(list[0], c)
}

func expressionFault(piece any, c *config.Contract) string {
	switch p := piece.(type) {
	case []any:
		for _, item := range p {
			if fault := expressionFault(item, c); fault != "" {
				return fault
			}
		}
	case map[string]any:
		if fault := nodeFault(p, c); fault != "" {
			return fault
		}
		for _, item := range p {
			if fault := expressionFault(item, c); fault != "" {
				return fault
			}
		}
	}
	return ""
}

func nodeFault(p map[string]any, c *config.Contract) string {
	class, ok := p["class"].(string)
	if !ok {
		return ""
	}
	switch class {
	case "BETWEEN", "CASE", "CAST", "COMPARISON", "CONJUNCTION", "CONSTANT", "LAMBDA", "OPERATOR":
		return ""
	case "COLUMN_REF":
		names, _ := p["column_names"].([]any)
		if name, _ := names[0].(string); len(names) == 1 && name != "" {
			if _, ok := c.Column(name); ok {
				return ""
			}
			return fmt.Sprintf("there is no column %s", name)
		}
		return "name columns without a table"
	case "FUNCTION":
		name, _ := p["function_name"].(string)
		if schema, _ := p["schema"].(string); schema == "" && slices.Contains(ruleFunctions(), strings.ToLower(name)) {
			return ""
		}
		return fmt.Sprintf("the function %s may not be used", name)
	}
	return fmt.Sprintf("%s may not be used", strings.ToLower(class))
}

// ruleFunctions read only their arguments and give the same answer each time.
func ruleFunctions() []string {
	return strings.Fields(`+ - * / % // || ~~ !~~ ~~* !~~* abs ceil coalesce concat contains date_diff date_part date_trunc datediff
		day ends_with epoch floor greatest hour isodow last_day least left len length list_contains list_has_all list_has_any
		lower ltrim make_date mod month nullif quarter regexp_full_match regexp_matches right round rtrim starts_with substr
		substring to_days to_hours to_months to_years trim trunc upper year`)
}
