package intake

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"wherry/config"
	"wherry/pipelines/screen"
	"wherry/pipelines/warehouse"
)

const (
	longestText = 200 // characters of a text value; more is free text
	longestList = 60  // entries of a list

	shortestIdentifier = 5 // characters of a value that a form of Wherry's own finds: a postcode without its space. screenText sees shorter ones
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
	screen   *screen.Screen
	keyIDs   []string // of the keys that pseudonyms may be made with; empty for any

	reasons []reason    // what a number in either list stands for
	checks  []string    // the condition for each
	warns   []int       // numbers of those that do not keep a row out
	ofValue map[int]int // numbers of those that ask only what was sent in a column that keeps it as it was sent -> the column's place in the contract
}

type reason struct{ rule, column string }

// statement reads rows from a relation with columns "file no", "line no" (which may be
// null) and "c <place>", and gives both numbers, every kept column, "rules broken" (the
// numbers of reasons, null for none), "rules warned" (those that only warn) and "unfit" (the number of a column and what was sent
// where that is not of its type: for the screen, and never kept). periods has the period of
// each file, by number.
func (p *plan) statement(relation string, periods []config.Period) string {
	kept, typed := p.values(relation, periods)
	return fmt.Sprintf(`select "file no", "line no", %s, "rules broken", "rules warned", %s as "unfit"
from (select *, %s as "rules broken", %s as "rules warned"
from (%s))`, kept, p.unfit(), p.broken(false), p.broken(true), typed)
}

// values is the kept columns, and the statement that they are chosen from. It puts down what
// is to be checked.
func (p *plan) values(relation string, periods []config.Period) (kept, statement string) {
	var sent, numbers, typed, chosen []string
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
		if column.Type == "integer" || column.Type == "decimal" {
			numbers = append(numbers, fmt.Sprintf(`, try_cast("sent %d" as %s) as "number %[1]d"`, i, warehouse.SQLType(column.Type)))
		}
		typed = append(typed, fmt.Sprintf(`%s as %s`, p.typed(column, i), warehouse.Ident(column.Kept())))
		chosen = append(chosen, p.degraded(column)+" as "+warehouse.Ident(column.Kept()))
		if place >= 0 {
			p.checkColumn(column, i, periods)
		}
	}
	p.checkPeriod(periods)
	for _, rule := range p.contract.Rules {
		// An expression that cannot be worked out for a row keeps the row out, and what
		// DuckDB would say, which quotes the value, is never heard.
		p.check("coalesce(try("+rule.When+"), try(("+rule.When+") is null) is null)", rule.Code, "")
		if rule.Warns() {
			p.warns = append(p.warns, len(p.checks)-1)
		}
	}
	return strings.Join(chosen, ", "), fmt.Sprintf(`select *, %s
from (select *%s
from (select "file no", "line no", %s
from %s))`, strings.Join(typed, ", "), strings.Join(numbers, ""), strings.Join(sent, ", "), relation)
}

// unfit is what was sent in the columns whose type it does not have. It is only made for
// rows that are kept out.
func (p *plan) unfit() string {
	var whens []string
	for i, r := range p.reasons {
		if at := slices.IndexFunc(p.contract.Columns, func(c config.Column) bool { return c.Name == r.column }); r.ofType() && at >= 0 {
			whens = append(whens, fmt.Sprintf(`case when %s then {'at': %d, 'sent': left("sent %d", %d)} end`, p.checks[i], at, at, longestText))
		}
	}
	if len(whens) == 0 {
		return `null::struct("at" integer, sent varchar)[]`
	}
	return fmt.Sprintf(`case when "rules broken" is not null then list_filter([%s], lambda u: u is not null) end`, strings.Join(whens, ", "))
}

// ofType says that a value broke the rule because it is not of its column's type.
func (r reason) ofType() bool {
	switch r.rule {
	case "not_a_date", "not_a_timestamp", "not_an_integer", "not_a_decimal", "not_a_pseudonym", "not_in_codes":
		return true
	}
	return false
}

// broken is the numbers of the rules that keep a row out, or that only warn of it, and null for
// a row without. The list is only made for the others.
func (p *plan) broken(warn bool) string {
	var conditions, whens []string
	for i, c := range p.checks {
		if slices.Contains(p.warns, i) == warn {
			conditions = append(conditions, c)
			whens = append(whens, fmt.Sprintf("case when %s then %d end", c, i))
		}
	}
	if len(conditions) == 0 {
		return "null::integer[]"
	}
	return fmt.Sprintf("case when %s then list_filter([%s], lambda n: n is not null) end",
		"("+strings.Join(conditions, ") or (")+")", strings.Join(whens, ", "))
}

// checkValue adds a condition on what was sent in the column at a place, of a type that keeps it
// as it was sent.
func (p *plan) checkValue(place int, condition, rule string) {
	if p.ofValue == nil {
		p.ofValue = map[int]int{}
	}
	p.ofValue[len(p.checks)] = place
	p.check(condition, rule, p.contract.Columns[place].Name)
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
	if c.StateOf != "" {
		return fmt.Sprintf("case when %s then 'small' when %s is not null then 'given' end", small(c, sent), sent)
	}
	switch c.Type {
	case "date":
		return p.dated(c, sent, "try_cast("+sent+" as date)", "length("+sent+") = 10", "date")
	case "timestamp":
		// A time that carries its distance from UTC is not the local time that was asked for.
		local := "not ends_with(" + sent + ", 'Z') and not contains(" + sent + ", '+') and (strlen(" + sent + ") = 19 or length(" + sent + ") between 16 and 26 and substr(" + sent + ", 20, 1) in ('', '.'))"
		return p.dated(c, sent, "try_cast("+sent+" as timestamp)", local, "timestamp")
	case "integer":
		// DuckDB rounds 1.5 when it reads it as a whole number.
		return fmt.Sprintf(`case when try_cast(%s as double) = "number %d" then "number %[2]d" end`, sent, i)
	case "decimal":
		return fmt.Sprintf(`case when isfinite("number %d") then "number %[1]d" end`, i)
	case "list":
		return "list_filter(list_transform(string_split(" + sent + ", '|'), lambda entry: trim(entry)), lambda entry: entry <> '')"
	}
	return sent
}

// small is true for what is sent in place of a count too small to give.
func small(c config.Column, sent string) string {
	if len(c.Small) == 0 {
		return "false"
	}
	marks := make([]string, len(c.Small))
	for i, mark := range c.Small {
		marks[i] = sent + " = " + warehouse.Text(mark)
	}
	return "(" + strings.Join(marks, " or ") + ")"
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
func (p *plan) checkColumn(c config.Column, i int, periods []config.Period) {
	sent, value := fmt.Sprintf(`"sent %d"`, i), warehouse.Ident(c.Kept())
	if c.StateOf != "" {
		return
	}
	if c.Required {
		p.check(sent+" is null", "required", c.Name)
	}
	unreadable := sent + " is not null and " + value + " is null"
	switch c.Type {
	case "date", "timestamp":
		p.check(unreadable, "not_a_"+c.Type, c.Name)
		p.check(value+" < date '1900-01-01' or "+value+" >= date '2101-01-01'", "out_of_range", c.Name)
		if !c.Allows(screen.DateOfBirth) {
			p.check(value+" < "+daysOf(periods, birthDay)+" and "+value+" >= date '1900-01-01'", "identifier", c.Name)
		}
	case "integer", "decimal":
		if len(c.Small) > 0 {
			unreadable += " and not " + small(c, sent)
		}
		p.check(unreadable, map[string]string{"integer": "not_an_integer", "decimal": "not_a_decimal"}[c.Type], c.Name)
		p.checkRange(c, value)
		if c.Max == nil && !c.Allows(screen.LongNumber) {
			p.check("abs("+value+") >= 1000000000 or ("+value+" >= 100000000 and starts_with("+sent+", '0'))", "identifier", c.Name)
		}
	case "pseudonym":
		p.check("not regexp_full_match("+sent+", '"+config.PseudonymForm(p.keyIDs)+"')", "not_a_pseudonym", c.Name)
	case "code":
		p.checkValue(i, p.notAmong(c, sent), "not_in_codes")
	case "list":
		p.checkList(c, value)
	default:
		p.checkValue(i, "left("+sent+", 1) = '#' and regexp_full_match("+sent+", '#(N/A|REF!|VALUE!|DIV/0!|NAME[?]|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|UNKNOWN!|CONNECT!|GETTING_DATA)')", "cell_error")
		p.checkValue(i, fmt.Sprintf("length(%s) > %d", sent, longestText), "too_long")
		p.checkValue(i, fmt.Sprintf("length(%s) >= %d and ", sent, shortestIdentifier)+"regexp_matches("+sent+", "+warehouse.Text(p.screen.Form(c.Allowed()))+")", "identifier")
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
	p.check("len(list_filter("+value+", lambda entry: regexp_matches(entry, "+warehouse.Text(p.screen.Form(c.Allowed()))+"))) > 0", "identifier", c.Name)
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
		values = append(values, list.In(period)...)
	}
	slices.Sort(values)
	return slices.Compact(values)
}

// checkPeriod keeps a row out that belongs to another reporting period than its file, and to
// none from which rows may come late.
func (p *plan) checkPeriod(periods []config.Period) {
	column, ok := p.contract.Column(p.contract.PeriodBy)
	if p.contract.PeriodBy == "" || !ok {
		return
	}
	value := warehouse.Ident(column.Kept())
	p.check(fmt.Sprintf("%s < %s or %s >= %s",
		value, daysOf(periods, p.contract.Earliest),
		value, daysOf(periods, func(p config.Period) time.Time { return p.End })), "outside_period", column.Name)
}

// daysOf is a day of each file's period, for the file of the row.
func daysOf(periods []config.Period, of func(config.Period) time.Time) string {
	list := make([]string, len(periods))
	for i, period := range periods {
		list[i] = "date " + warehouse.Text(of(period).Format(time.DateOnly))
	}
	if all := slices.Compact(slices.Clone(list)); len(all) == 1 {
		return all[0]
	}
	return "[" + strings.Join(list, ", ") + `]["file no" + 1]`
}

// birthDay is the day before which an event of a period is taken for somebody's birth:
// nothing that a partnership counts began longer ago than childhood lasts.
func birthDay(p config.Period) time.Time { return p.Start.AddDate(-16, 0, 0) }
