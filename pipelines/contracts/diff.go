package contracts

import (
	"fmt"
	"slices"
	"strings"

	"wherry/config"
)

// Held is a contract as it holds for a period: the first that it holds for, where it has versions.
type Held struct {
	*config.Contract
	In config.Period
}

// columns is what an extract for the period has.
func (h Held) columns() []config.Column {
	return slices.DeleteFunc(slices.Clone(h.Columns), func(c config.Column) bool { return c.StateOf != "" || !c.In(h.In) })
}

// Diff is what changed from one contract to another, a sentence for each change. lists are the
// partnership's code lists, whose codes have dates.
func Diff(was, is Held, lists map[string]*config.CodeList) []string {
	d := &diff{was: was, is: is, lists: lists}
	d.whole()
	d.columns()
	d.rules()
	return d.said
}

type diff struct {
	was, is Held
	lists   map[string]*config.CodeList
	said    []string
}

func (d *diff) say(words string, args ...any) { d.said = append(d.said, fmt.Sprintf(words, args...)) }

// now says that something is otherwise than it was, where it is.
func (d *diff) now(subject, was, is string) {
	switch {
	case was == is:
	case was == "":
		d.say("%s is %s now; there was none.", subject, is)
	case is == "":
		d.say("%s is left out; it was %s.", subject, was)
	default:
		d.say("%s is %s; it was %s.", subject, is, was)
	}
}

// whole compares what is said of the whole extract.
func (d *diff) whole() {
	a, b := d.was, d.is
	d.now("The title", a.Title, b.Title)
	d.now("A row", a.Grain, b.Grain)
	d.now("The source", a.Source, b.Source)
	d.now("The sender", strings.Join(a.Agencies, ", "), strings.Join(b.Agencies, ", "))
	d.now("The period", string(a.Every), string(b.Every))
	d.now("The first period owed", a.Starts, b.Starts)
	d.now("The return", dueIn(a.DueDays), dueIn(b.DueDays))
	d.now("The time that rows are kept", fmt.Sprintf("%d years", a.Retention), fmt.Sprintf("%d years", b.Retention))
	d.now("The file's name", a.File.Pattern, b.File.Pattern)
	d.now("The form of the file", strings.Join(a.File.Formats, ", "), strings.Join(b.File.Formats, ", "))
	d.now("The encoding", a.File.Encoding, b.File.Encoding)
	d.now("The mark between columns", written(a.File.Delimiter), written(b.File.Delimiter))
	d.now("The sheet", a.File.Sheet, b.File.Sheet)
	d.now("The column that places a row in its period", a.PeriodBy, b.PeriodBy)
	d.now("How late a row may come", lateBy(a.Contract), lateBy(b.Contract))
	d.now("The key", strings.Join(a.Key, ", "), strings.Join(b.Key, ", "))
	d.now("The tolerance", a.Tolerance, b.Tolerance)
}

func dueIn(days int) string { return "due " + count(int64(days), "day") + " after the period ends" }

func lateBy(c *config.Contract) string {
	if c.Late == 0 {
		return ""
	}
	return count(int64(c.Late), string(c.Every)) + " after its own"
}

func written(mark string) string {
	if mark == "" {
		return ""
	}
	return fmt.Sprintf("%q", mark)
}

// columns compares the columns that extracts have, by the names under which they are kept.
func (d *diff) columns() {
	was, is := d.was.columns(), d.is.columns()
	for _, c := range is {
		at := slices.IndexFunc(was, func(w config.Column) bool { return w.Kept() == c.Kept() })
		if at < 0 {
			d.say("Column %s is new: %s, %s.%s", c.Name, kindOf(c), need(c), remark(c))
			continue
		}
		d.column(was[at], c)
	}
	for _, c := range was {
		if !slices.ContainsFunc(is, func(i config.Column) bool { return i.Kept() == c.Kept() }) {
			d.say("Column %s is no longer sent.", c.Name)
		}
	}
}

var kinds = map[string]string{"text": "text", "code": "a code", "list": "a list", "date": "a date", "timestamp": "a date and time",
	"integer": "a whole number", "decimal": "a number", "pseudonym": "a pseudonym"}

func kindOf(c config.Column) string {
	switch {
	case c.Codes != "":
		return kinds[c.Type] + " of the list " + c.Codes
	case len(c.Values) > 0:
		return kinds[c.Type] + " out of " + strings.Join(c.Values, ", ")
	}
	return kinds[c.Type]
}

func need(c config.Column) string {
	if c.Required {
		return "must be given"
	}
	return "may be blank"
}

func remark(c config.Column) string {
	if c.Note == "" {
		return ""
	}
	return " Note: " + c.Note + "."
}

// column compares one column with what it was.
func (d *diff) column(was, is config.Column) {
	name := "Column " + is.Kept()
	if was.Name != is.Name {
		d.say("%s is sent under the header %s; it was sent as %s.", name, is.Name, was.Name)
	}
	if was.Type != is.Type {
		d.say("%s is %s; it was %s.", name, kinds[is.Type], kinds[was.Type])
	}
	if was.Required != is.Required {
		d.say("%s %s.", name, map[bool]string{true: "must be given now", false: "may be blank now"}[is.Required])
	}
	d.codes(name, was, is)
	d.readAs(name, was, is)
	d.now("The form of "+is.Kept(), was.Format, is.Format)
	d.now("The least of "+is.Kept(), number(was.Min), number(is.Min))
	d.now("The most of "+is.Kept(), number(was.Max), number(is.Max))
	d.now("The mark for a small count in "+is.Kept(), strings.Join(was.Small, ", "), strings.Join(is.Small, ", "))
	if was.Degrade != is.Degrade {
		d.now("The precision to which "+is.Kept()+" is cut", was.Degrade, is.Degrade)
	}
	if was.Note != is.Note {
		d.say("The note on %s reads: %s.", is.Kept(), is.Note)
	}
}

func number(n *int64) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}

// codes compares what may stand in a column, by the dates of its code list too.
func (d *diff) codes(name string, was, is config.Column) {
	if was.Codes != is.Codes && was.Codes != "" && is.Codes != "" {
		d.say("%s takes the codes of the list %s; it was %s.", name, is.Codes, was.Codes)
	}
	before, after := d.allowed(was, d.was.In), d.allowed(is, d.is.In)
	if gone := missing(before, after); len(gone) > 0 {
		d.say("%s no longer takes %s.", name, strings.Join(gone, ", "))
	}
	if more := missing(after, before); len(more) > 0 {
		d.say("%s also takes %s.", name, strings.Join(more, ", "))
	}
	list := d.lists[is.Codes]
	if list == nil || was.Codes != is.Codes {
		return
	}
	for _, code := range after {
		old, had := list.Label(code, d.was.In.Start)
		label, has := list.Label(code, d.is.In.Start)
		if had && has && old != label {
			d.say("Code %s of %s is called %q; it was called %q.", code, is.Kept(), label, old)
		}
	}
}

// allowed is what a column takes in a period.
func (d *diff) allowed(c config.Column, in config.Period) []string {
	if list := d.lists[c.Codes]; list != nil {
		return list.In(in)
	}
	return c.Values
}

// missing is what of some values the others do not have.
func missing(of, others []string) []string {
	return slices.DeleteFunc(slices.Clone(of), func(v string) bool { return slices.Contains(others, v) })
}

// readAs compares what is sent for a code with what is kept.
func (d *diff) readAs(name string, was, is config.Column) {
	var ended, begun []string
	for sent, kept := range was.Map {
		if is.Map[sent] != kept {
			ended = append(ended, sent+" as "+kept)
		}
	}
	for sent, kept := range is.Map {
		if was.Map[sent] != kept {
			begun = append(begun, sent+" as "+kept)
		}
	}
	slices.Sort(ended)
	slices.Sort(begun)
	if len(ended) > 0 {
		d.say("%s no longer reads %s.", name, strings.Join(ended, ", "))
	}
	if len(begun) > 0 {
		d.say("%s reads %s.", name, strings.Join(begun, ", "))
	}
}

// rules compares the contract's own rules by their codes.
func (d *diff) rules() {
	for _, r := range d.is.Rules {
		at := slices.IndexFunc(d.was.Rules, func(w config.RowRule) bool { return w.Code == r.Code })
		if at < 0 {
			d.say("Rule %s is new, and %s a row for which %s: %s", r.Code, does(r), r.When, r.Says)
			continue
		}
		was := d.was.Rules[at]
		d.now("The condition of rule "+r.Code, was.When, r.When)
		if was.Says != r.Says {
			d.say("What rule %s says is: %s", r.Code, r.Says)
		}
		if was.Warns() != r.Warns() {
			d.say("Rule %s %s the row now.", r.Code, does(r))
		}
		d.now("The tolerance of rule "+r.Code, was.Tolerance, r.Tolerance)
	}
	for _, r := range d.was.Rules {
		if !slices.ContainsFunc(d.is.Rules, func(i config.RowRule) bool { return i.Code == r.Code }) {
			d.say("Rule %s ends.", r.Code)
		}
	}
}

func does(r config.RowRule) string {
	if r.Warns() {
		return "keeps and reports"
	}
	return "keeps out"
}
