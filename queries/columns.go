package queries

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wherry/config"
)

// wanted is the columns a measure's kind needs, with the types each may have.
func (m *Measure) wanted() map[string][]string {
	text := []string{"VARCHAR"}
	columns := map[string][]string{"at": {"DATE", "TIMESTAMP"}}
	for _, b := range m.brokenDown() {
		columns[b] = text
	}
	if m.People != "" {
		columns[m.People] = []string{"VARCHAR", "BIGINT", "INTEGER"}
	}
	if m.Unit != "" {
		columns[m.Unit] = []string{"VARCHAR", "BIGINT", "INTEGER"}
	}
	switch m.Kind {
	case Proportion:
		columns["met"] = []string{"BOOLEAN"}
	case Duration:
		columns["days"] = []string{"BIGINT", "INTEGER", "SMALLINT", "HUGEINT"}
		columns["ended"] = []string{"BOOLEAN"}
	case Mean:
		columns["value"] = numberTypes()
	case PairedChange:
		columns["before"], columns["after"] = numberTypes(), numberTypes()
	case Estimate:
		columns["value"], columns["low"], columns["high"] = numberTypes(), numberTypes(), numberTypes()
	}
	return columns
}

func numberTypes() []string {
	return []string{"DOUBLE", "DECIMAL", "BIGINT", "INTEGER", "SMALLINT", "TINYINT", "HUGEINT", "FLOAT"}
}

// sqlColumn is a column a SELECT gives.
type sqlColumn struct{ name, kind string }

// columnsOf binds a SELECT that passed the gate and reads no row of it.
func columnsOf(ctx context.Context, db DB, selectSQL string) ([]sqlColumn, error) {
	rows, err := db.QueryContext(ctx, inBrackets(selectSQL))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	var columns []sqlColumn
	for _, t := range types {
		kind, _, _ := strings.Cut(t.DatabaseTypeName(), "(") // DECIMAL(18,3)
		columns = append(columns, sqlColumn{t.Name(), kind})
	}
	return columns, rows.Err()
}

// inBrackets is a statement that gives the columns of a SELECT and none of its rows.
func inBrackets(selectSQL string) string {
	return "select * from (\n" + bare(selectSQL) + "\n) limit 0"
}

// bare is a SELECT without the semicolon and comments that may end it, so that it can
// stand in brackets. Only line comments need care: a newline follows it wherever it is put.
func bare(selectSQL string) string {
	return strings.TrimRight(selectSQL, "; \t\n")
}

// gives says whether a SELECT gives a column.
func gives(columns []sqlColumn, name string) bool {
	return slices.ContainsFunc(columns, func(c sqlColumn) bool { return c.name == name })
}

// checkColumns says where the columns of m's SELECT are not those its kind needs.
func checkColumns(ctx context.Context, db DB, m *Measure) config.Problems {
	given, err := columnsOf(ctx, db, m.SQL)
	if err != nil {
		return config.Problems{bindProblem(m, err)}
	}
	complain := func(msg, hint string) config.Problem {
		return config.Problem{File: m.Path, Line: m.Line, Msg: msg, Hint: hint}
	}
	var problems config.Problems
	wanted := m.wanted()
	var names []string
	for name := range wanted {
		names = append(names, name)
	}
	slices.Sort(names)
	seen := map[string]bool{}
	for _, c := range given {
		types, known := wanted[c.name]
		if c.name == DistrictBreakdown || c.name == UnitaryBreakdown {
			types, known = []string{"VARCHAR"}, true
		}
		switch {
		case c.name == UnitaryBreakdown && m.Kind == Rate:
			problems = append(problems, complain("the SELECT gives a unitary, and nothing says how many people live in one for a rate", "leave it out"))
		case c.name == UnitaryBreakdown && !gives(given, DistrictBreakdown):
			problems = append(problems, complain("the SELECT gives a unitary and no district", "give the district beside it: the two are protected together"))
		case seen[c.name]:
			problems = append(problems, complain(fmt.Sprintf("the SELECT gives %q twice", c.name), "give it once"))
		case !known:
			problems = append(problems, complain(fmt.Sprintf("the SELECT gives %q, which a %s does not have", c.name, m.Kind),
				columnHint(c.name, append(names, "district"))))
		case !slices.Contains(types, c.kind):
			problems = append(problems, complain(fmt.Sprintf("the column %s is %s, not %s", c.name, strings.ToLower(c.kind), strings.ToLower(strings.Join(types, " or "))), "cast it"))
		}
		seen[c.name] = true
	}
	for _, name := range names {
		if !seen[name] {
			problems = append(problems, complain(fmt.Sprintf("the SELECT does not give %q", name), "end one of its columns with: as "+name))
		}
	}
	return problems
}

func columnHint(name string, wanted []string) string {
	if hint := didYouMean(name, wanted); strings.HasPrefix(hint, "did") {
		return hint
	}
	return "remove it, or name it in breakdowns"
}

var bindLine = regexp.MustCompile(`LINE (\d+):`)

// bindProblem turns the database's complaint about a SELECT into a Problem at its line.
// The complaint quotes the SELECT, never a row: no row was read.
func bindProblem(m *Measure, err error) config.Problem {
	msg := err.Error()
	problem := config.Problem{File: m.Path, Line: m.Line}
	if found := bindLine.FindStringSubmatch(msg); found != nil {
		line, _ := strconv.Atoi(found[1])
		problem.Line = m.Line + max(line-2, 0)
	}
	first, rest, _ := strings.Cut(msg, "\n")
	problem.Msg = strings.TrimPrefix(first, "Binder Error: ")
	if hint, _, ok := strings.Cut(strings.TrimSpace(rest), "\n"); ok && !strings.HasPrefix(hint, "LINE") {
		problem.Hint = hint
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		problem.Msg = "binding the SELECT took too long"
	}
	return problem
}
