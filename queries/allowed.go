package queries

import (
	"slices"
	"strings"
)

// Everything a measure may use. What is not here is refused.

func allowedClasses() []string {
	return []string{"BETWEEN", "CASE", "CAST", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT", "FUNCTION",
		"LAMBDA", "OPERATOR", "STAR", "SUBQUERY", "WINDOW"}
}

// allowedClauses is table references, modifiers and orderings. LIMIT is left out: without
// a whole order it counts differently each time.
func allowedClauses() []string {
	return []string{"JOIN", "SUBQUERY", "EXPRESSION_LIST", "EMPTY", "ORDER_MODIFIER", "DISTINCT_MODIFIER",
		"ORDER_DEFAULT", "ASCENDING", "DESCENDING"}
}

// castTypes are the types a measure may cast to.
func castTypes() []string {
	return []string{"BIGINT", "BOOLEAN", "DATE", "DECIMAL", "DOUBLE", "FLOAT", "HUGEINT", "INTEGER", "INTERVAL", "LIST", "SMALLINT",
		"TIME", "TIMESTAMP", "TINYINT", "UBIGINT", "UINTEGER", "VARCHAR"}
}

func tableFunctions() []string { return []string{"generate_series", "range", "unnest"} }

// clockNames are words that the binder turns into the clock or the session.
func clockNames() []string {
	return []string{"current_catalog", "current_database", "current_date", "current_role", "current_schema", "current_time",
		"current_timestamp", "current_user", "localtime", "localtimestamp", "session_user", "user"}
}

// functions is the scalar, aggregate and window functions that read only their arguments
// and give the same answer each time.
const functions = `
+ - * / % // || ^ ** ~~ !~~ ~~* !~~* & |
abs add array_length bool_and bool_or ceil ceiling coalesce concat contains count count_if count_star countif
date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day dayofweek dayofyear dense_rank
ends_with epoch extract first_value floor generate_series greatest hour ifnull isodow last_day last_value lag lead least
left len length like_escape not_like_escape list_any_value list_contains list_distinct list_filter list_has list_has_all
list_has_any list_transform list_value lower ltrim make_date max max_by md5 median min min_by minute mod month monthname
nth_value ntile nullif percent_rank power quantile_cont quantile_disc quarter range rank regexp_extract regexp_matches
replace reverse right round row row_number rtrim sign split_part sqrt starts_with strftime string_split struct_extract
struct_pack substr substring sum sum_no_overflow arg_max arg_min avg bit_and bit_or to_days to_hours to_minutes to_months
to_weeks to_years trim trunc unnest upper week year array_extract cume_dist list_sort list_unique
`

// functionAllowed says whether a measure may call a function: one of the list above, or a
// macro of queries/macros.
func functionAllowed(name string, macros []string) bool {
	return slices.Contains(strings.Fields(functions), name) || slices.Contains(macros, name)
}
