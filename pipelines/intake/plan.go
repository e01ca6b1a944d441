package intake

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

const (
	longestText = 200 // characters of a text value; more is free text
	longestList = 60  // entries of a list

	shortestIdentifier = 5 // characters of a value that identifierPattern can match: a postcode without its space
)

// plan is the one statement that reads, recodes, types and checks extracts of a feed.
//
// Inside it, a column of the file is "c <place>", what was sent for a kept column is
// "sent <n>", and the typed value has the kept name. Whatever the statement adds has a
// space in its name, as no kept column has; no header as sent is ever part of it.
type plan struct {
	contract *config.Contract
	codes    map[string]*config.CodeList
	period   config.Period // for which code lists are read
	layout   *layout
	bare     bool // no field has spaces around it, and blank fields read as null
	lenient  bool // dates may be ISO whatever the format: cells of a workbook, typed Parquet

	reasons []reason // what a number in problems stands for
	checks  []string // the condition for each
}

type reason struct{ rule, column string }

// statement reads rows from a relation with columns "file no", "line no" (which may be
// null) and "c <place>", and gives both numbers, every kept column and "rules broken": the
// numbers of reasons, null for none. periods has the period of each file, by number.
func (p *plan) statement(relation string, periods []config.Period) string {
	var sent, typed, kept []string
	for i, column := range p.contract.Columns {
		place := slices.IndexFunc(p.layout.columns, func(c config.Column) bool { return c.Name == column.Name })
		source := "null::varchar"
		if place >= 0 {
			source = fmt.Sprintf(`"c %d"`, p.layout.at[place])
			if !p.bare {
				source = "nullif(trim(" + source + "), '')"
			}
			source = recoded(column, source)
		}
		sent = append(sent, fmt.Sprintf(`%s as "sent %d"`, source, i))
		typed = append(typed, fmt.Sprintf(`%s as %s`, p.typed(column, i), warehouse.Ident(column.Kept())))
		kept = append(kept, p.degraded(column)+" as "+warehouse.Ident(column.Kept()))
		if place >= 0 {
			p.checkColumn(column, i)
		}
	}
	p.checkPeriod(periods)
	for _, rule := range p.contract.Rules {
		// An expression that cannot be worked out for a row keeps the row out, and what
		// DuckDB would say, which quotes the value, is never heard.
		p.check("coalesce(try("+rule.When+"), try(("+rule.When+") is null) is null)", rule.Code, "")
	}
	return fmt.Sprintf(`select "file no", "line no", %s, %s as "rules broken"
from (select *, %s
from (select "file no", "line no", %s
from %s))`, strings.Join(kept, ", "), p.problems(), strings.Join(typed, ", "), strings.Join(sent, ", "), relation)
}

// problems is null for a good row. The list is only made for the others.
func (p *plan) problems() string {
	if len(p.checks) == 0 {
		return "null::integer[]"
	}
	whens := make([]string, len(p.checks))
	for i, c := range p.checks {
		whens[i] = fmt.Sprintf("case when %s then %d end", c, i)
	}
	return fmt.Sprintf("case when %s then list_filter([%s], lambda n: n is not null) end",
		"("+strings.Join(p.checks, ") or (")+")", strings.Join(whens, ", "))
}

func (p *plan) check(condition, rule, column string) {
	p.checks = append(p.checks, condition)
	p.reasons = append(p.reasons, reason{rule, column})
}

// recoded puts a contract's map before everything else.
func recoded(c config.Column, source string) string {
	if len(c.Map) == 0 {
		return source
	}
	var sent []string
	for s := range c.Map {
		sent = append(sent, s)
	}
	slices.Sort(sent)
	if c.Type == "list" {
		source = "trim(entry)"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "case %s", source)
	for _, s := range sent {
		fmt.Fprintf(&b, " when %s then %s", warehouse.Text(s), warehouse.Text(c.Map[s]))
	}
	fmt.Fprintf(&b, " else %s end", source)
	return b.String()
}

// typed is what was sent as a value of the column's type, null where it is none.
func (p *plan) typed(c config.Column, i int) string {
	sent := fmt.Sprintf(`"sent %d"`, i)
	switch c.Type {
	case "date":
		return p.dated(c, sent, "try_cast("+sent+" as date)", "length("+sent+") = 10", "date")
	case "timestamp":
		// A time that carries its distance from UTC is not the local time that was asked for.
		local := "length(" + sent + ") between 16 and 26 and right(" + sent + ", 1) <> 'Z' and not contains(" + sent + ", '+') and substr(" + sent + ", 20, 1) in ('', '.')"
		return p.dated(c, sent, "try_cast("+sent+" as timestamp)", local, "timestamp")
	case "integer":
		// DuckDB rounds 1.5 when it reads it as a whole number.
		return "case when try_cast(" + sent + " as double) = try_cast(" + sent + " as bigint) then try_cast(" + sent + " as bigint) end"
	case "decimal":
		return "case when isfinite(try_cast(" + sent + " as double)) then try_cast(" + sent + " as double) end"
	case "list":
		return "list_filter(list_transform(string_split(" + sent + ", '|'), lambda entry: trim(entry)), lambda entry: entry <> '')"
	}
	return sent
}

func (p *plan) dated(c config.Column, sent, iso, guard, kind string) string {
	strict := fmt.Sprintf("case when %s then %s end", guard, iso)
	if c.Format == "" {
		return strict
	}
	formatted := fmt.Sprintf("try_strptime(%s, %s)::%s", sent, warehouse.Text(c.Format), kind)
	if p.lenient {
		return "coalesce(" + formatted + ", " + strict + ")"
	}
	return formatted
}

func (p *plan) degraded(c config.Column) string {
	name := warehouse.Ident(c.Kept())
	if c.Degrade == "" {
		return name
	}
	return fmt.Sprintf("date_trunc(%s, %s)::%s", warehouse.Text(c.Degrade), name, warehouse.SQLType(c.Type))
}

// checkColumn adds the rules of one column.
func (p *plan) checkColumn(c config.Column, i int) {
	sent, value := fmt.Sprintf(`"sent %d"`, i), warehouse.Ident(c.Kept())
	if c.Required {
		p.check(sent+" is null", "required", c.Name)
	}
	unreadable := sent + " is not null and " + value + " is null"
	switch c.Type {
	case "date", "timestamp":
		p.check(unreadable, "not_a_"+c.Type, c.Name)
		p.check(value+" < date '1900-01-01' or "+value+" >= date '2101-01-01'", "out_of_range", c.Name)
	case "integer", "decimal":
		p.check(unreadable, map[string]string{"integer": "not_an_integer", "decimal": "not_a_decimal"}[c.Type], c.Name)
		p.checkRange(c, value)
	case "pseudonym":
		p.check("not regexp_full_match("+sent+", '[0-9a-f]{32,64}(:U[0-9]{4}-(0[1-9]|1[0-2]))?')", "not_a_pseudonym", c.Name)
	case "code":
		p.check(p.notAmong(c, sent), "not_in_codes", c.Name)
	case "list":
		p.checkList(c, value)
	default:
		p.check("left("+sent+", 1) = '#' and regexp_full_match("+sent+", '#(N/A|REF!|VALUE!|DIV/0!|NAME[?]|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|UNKNOWN!|CONNECT!|GETTING_DATA)')", "cell_error", c.Name)
		p.check(fmt.Sprintf("length(%s) > %d", sent, longestText), "too_long", c.Name)
		p.check(fmt.Sprintf("length(%s) >= %d and ", sent, shortestIdentifier)+"regexp_matches("+sent+", "+warehouse.Text(identifierPattern)+")", "identifier", c.Name)
	}
}

func (p *plan) checkRange(c config.Column, value string) {
	if c.Min != nil {
		p.check(value+" < "+strconv.FormatInt(*c.Min, 10), "out_of_range", c.Name)
	}
	if c.Max != nil {
		p.check(value+" > "+strconv.FormatInt(*c.Max, 10), "out_of_range", c.Name)
	}
}

func (p *plan) checkList(c config.Column, value string) {
	p.check(fmt.Sprintf("len(%s) > %d", value, longestList), "too_long", c.Name)
	if c.Codes != "" || len(c.Values) > 0 {
		p.check("len(list_filter("+value+", lambda entry: "+p.notAmong(c, "entry")+")) > 0", "not_in_codes", c.Name)
		return
	}
	p.check("len(list_filter("+value+", lambda entry: length(entry) > 60)) > 0", "too_long", c.Name)
	p.check("len(list_filter("+value+", lambda entry: regexp_matches(entry, "+warehouse.Text(identifierPattern)+"))) > 0", "identifier", c.Name)
}

// notAmong is true for a value that the column does not allow. A cast to an enum is a
// lookup; IN with a long list would become a join, and rows would lose their order.
func (p *plan) notAmong(c config.Column, value string) string {
	allowed := allowed(c, p.codes, p.period)
	if len(allowed) == 0 {
		return value + " is not null"
	}
	quoted := make([]string, len(allowed))
	for i, a := range allowed {
		quoted[i] = warehouse.Text(a)
	}
	return value + " is not null and try_cast(" + value + " as enum(" + strings.Join(quoted, ", ") + ")) is null"
}

// allowed is the codes of a column that hold on some day of the period, each once.
func allowed(c config.Column, lists map[string]*config.CodeList, period config.Period) []string {
	values := slices.Clone(c.Values)
	if list := lists[c.Codes]; c.Codes != "" && list != nil {
		for _, code := range list.Codes {
			began := code.ValidFrom.IsZero() || code.ValidFrom.Before(period.End)
			ended := !code.ValidTo.IsZero() && code.ValidTo.Before(period.Start)
			if began && !ended {
				values = append(values, code.Code)
			}
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

// checkPeriod keeps a row out that belongs to another reporting period than its file.
func (p *plan) checkPeriod(periods []config.Period) {
	column, ok := p.contract.Column(p.contract.PeriodBy)
	if p.contract.PeriodBy == "" || !ok {
		return
	}
	dates := func(of func(config.Period) time.Time) string {
		list := make([]string, len(periods))
		for i, period := range periods {
			list[i] = "date " + warehouse.Text(of(period).Format(time.DateOnly))
		}
		return "[" + strings.Join(list, ", ") + `]["file no" + 1]`
	}
	value := warehouse.Ident(column.Kept())
	p.check(fmt.Sprintf("%s < %s or %s >= %s",
		value, dates(func(p config.Period) time.Time { return p.Start }),
		value, dates(func(p config.Period) time.Time { return p.End })), "outside_period", column.Name)
}
