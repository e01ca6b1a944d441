package config

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// contractCheck finds what is well-formed in a contract, but cannot be right.
type contractCheck struct {
	*Contract
	p    *Partnership
	s    *source
	kept map[string]Column
}

func checkContract(c *Contract, file string, p *Partnership, s *source) {
	k := &contractCheck{c, p, s, map[string]Column{}}
	k.identity(file)
	k.timing()
	k.form()
	for i, col := range c.Columns {
		k.column(fmt.Sprintf("columns.%d", i), col)
	}
	k.names()
	k.late()
	k.headers()
	k.rules()
	k.versions()
	c.resolve()
	k.examples()
}

// oneOf adds a fault where value is not among known.
func (k *contractCheck) oneOf(path, what, value string, known []string) {
	if !slices.Contains(known, value) {
		k.s.add(path, fmt.Sprintf("unknown %s %q", what, value), didYouMean(value, slices.Clone(known)))
	}
}

func (k *contractCheck) identity(file string) {
	if k.Feed != file {
		k.s.add("feed", fmt.Sprintf("feed %q is not the name of the file", k.Feed), fmt.Sprintf("write feed: %s, or rename the file", file))
	}
	if !lowerSnake.MatchString(k.Feed) {
		k.s.add("feed", fmt.Sprintf("%q is not the name of a feed", k.Feed), "use small letters, digits and single underscores")
	}
	for _, f := range []struct{ key, value string }{{"title", k.Title}, {"grain", k.Grain}, {"source", k.Source}} {
		if strings.TrimSpace(f.value) == "" {
			k.s.add(f.key, f.key+" is missing", "")
		}
	}
	if len(k.Agencies) == 0 {
		k.s.add("agencies", "no agency sends this feed", "name at least one agency of wherry.yaml")
	}
	var ids []string
	for _, a := range k.p.Agencies {
		ids = append(ids, a.ID)
	}
	for i, a := range k.Agencies {
		at := fmt.Sprintf("agencies.%d", i)
		if len(ids) > 0 {
			k.oneOf(at, "agency", a, ids)
		}
		if slices.Contains(k.Agencies[:i], a) {
			k.s.add(at, fmt.Sprintf("agency %q is named twice", a), "")
		}
	}
}

func (k *contractCheck) timing() {
	k.oneOf("every", "kind of period", string(k.Every), []string{string(Month), string(Quarter)})
	if p, ok := k.period("starts", k.Starts); ok && p.Kind != Month && p.Kind != k.Every && k.knownPeriod() {
		k.s.add("starts", fmt.Sprintf("%q is not a month or %s", k.Starts, k.Every), "")
	}
	if k.DueDays < 0 || k.DueDays > 366 {
		k.s.add("due_days", fmt.Sprintf("%d is outside 0 to 366", k.DueDays), "")
	}
	if k.Retention < 1 {
		k.s.add("retention_years", "retention_years is missing", "say how many years the rows may be kept")
	}
}

// knownPeriod keeps an unknown kind of period from being said more than once.
func (k *contractCheck) knownPeriod() bool { return k.Every == Month || k.Every == Quarter }

func (k *contractCheck) period(path, text string) (Period, bool) {
	p, err := ParsePeriod(text)
	if err != nil {
		k.s.add(path, fmt.Sprintf("unknown period %q", text), "write it as 2026-07 or 2026-27 Q2")
	}
	return p, err == nil
}

func (k *contractCheck) form() {
	f := k.File
	switch _, err := path.Match(strings.ReplaceAll(f.Pattern, "{period}", "x"), "x"); {
	case strings.Count(f.Pattern, "{period}") != 1:
		k.s.add("file.pattern", "the pattern must hold {period} once", "for example "+k.Feed+"_{period}*")
	case err != nil || strings.ContainsAny(f.Pattern, `/\`):
		k.s.add("file.pattern", fmt.Sprintf("%q is not a pattern for file names", f.Pattern), "for example "+k.Feed+"_{period}*")
	}
	if len(f.Formats) == 0 {
		k.s.add("file.formats", "no format is named", "list csv, xlsx, parquet, arrow or jsonl")
	}
	for i, format := range f.Formats {
		k.oneOf(fmt.Sprintf("file.formats.%d", i), "format", format, []string{"csv", "xlsx", "parquet", "arrow", "jsonl"})
	}
	if f.Encoding != "" {
		k.oneOf("file.encoding", "encoding", f.Encoding, []string{"utf-8", "windows-1252", "utf-16"})
	}
	if len(f.Delimiter) > 1 || strings.ContainsAny(f.Delimiter, "\"\r\n") {
		k.s.add("file.delimiter", fmt.Sprintf("%q is not a delimiter", f.Delimiter), "use one character, such as , or ;")
	}
}

// names checks what refers to kept columns by name: the key and period_by.
func (k *contractCheck) names() {
	if len(k.Columns) == 0 {
		k.s.add("columns", "there are no columns", "")
	}
	if _, written := k.s.places["key"]; len(k.Key) == 0 && !written {
		k.s.add("key", "there is no key", "name the columns that together tell one row from another, or write key: [] where none can")
	}
	for i, name := range k.Key {
		at := fmt.Sprintf("key.%d", i)
		if col, ok := k.kept[name]; !ok {
			k.s.add(at, fmt.Sprintf("key column %q is not a column", name), didYouMean(name, keysOf(k.kept)))
		} else if !col.Required {
			k.s.add(at, fmt.Sprintf("key column %q may be blank", name), "write required: true on the column")
		}
	}
	if k.PeriodBy == "" {
		return
	}
	col, ok := k.kept[k.PeriodBy]
	switch {
	case !ok:
		k.s.add("period_by", fmt.Sprintf("period_by column %q is not a column", k.PeriodBy), didYouMean(k.PeriodBy, keysOf(k.kept)))
	case slices.Contains(columnTypes(), col.Type) && col.Type != "date" && col.Type != "timestamp":
		k.s.add("period_by", fmt.Sprintf("period_by column %q is not a date or timestamp", k.PeriodBy), "")
	}
}

// mostLate is how many months back a row may be dated: what comes later than that is for the
// return of its own period, sent again.
const mostLate = 36

// late checks how far back rows may be dated.
func (k *contractCheck) late() {
	if _, written := k.s.places["late"]; !written {
		return
	}
	months := map[PeriodKind]int{Month: 1, Quarter: 3}[k.Every]
	most := mostLate
	if months > 0 {
		most = mostLate / months
	}
	switch {
	case k.Late < 1 || k.Late > most:
		k.s.add("late", fmt.Sprintf("%d is outside 1 to %d", k.Late, most), "it is the number of periods that a row may be dated before its return; leave it out where none may")
	case k.Retention >= 1 && k.Late*months > 12*k.Retention:
		k.s.add("late", fmt.Sprintf("rows %d periods old may not be kept", k.Late), fmt.Sprintf("retention_years is %d", k.Retention))
	}
	if k.PeriodBy == "" {
		k.s.add("late", "rows cannot be told to be late without period_by", "name the column that says which period a row belongs to")
	}
	if len(k.Key) == 0 {
		k.s.add("late", "rows that come late cannot be told from those received before without a key", "name the columns that together tell one row from another")
	}
}
