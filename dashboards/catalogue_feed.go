package dashboards

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"wherry/config"
	"wherry/queries"
)

// feedPage is the body of feeds/<feed>.html.
type feedPage struct {
	listedFeed
	Facts   []fact
	Columns []contractColumn
	Checks  []rowCheck
	Changes []string // columns that came, went or are written in another way
	Months  []config.Period
	Grid    []gridRow
}

// contractColumn is one column of a contract in words.
type contractColumn struct {
	Name, Sent, Type, Needed string
	List                     string // code list, "" for none
	Allowed                  string // values, range or form
	Note                     string
	Checks                   []string // codes of the contract's own rules that name it
}

// rowCheck is one rule that keeps a row out.
type rowCheck struct{ Code, Says, When string }

func (b *builder) feed(f listedFeed) error {
	p := feedPage{listedFeed: f, Facts: feedFacts(f), Months: b.lastMonths()}
	for _, c := range f.Contract.Columns {
		p.Columns = append(p.Columns, inWords(c, f.Rules))
		p.Changes = append(p.Changes, changesOf(c)...)
	}
	for _, v := range f.Contract.Versions {
		p.Changes = append(p.Changes, fmt.Sprintf("From %s: %s", v.From, sentence(v.Says)))
	}
	for _, r := range f.Rules {
		check := rowCheck{r.Code, sentence(r.Says), r.When}
		if r.Warns() {
			check.Says += " The row is kept, and the sender is told."
		}
		p.Checks = append(p.Checks, check)
	}
	for _, code := range config.BuiltInRules() {
		p.Checks = append(p.Checks, rowCheck{code, b.ruleWords(f.Feed, code), ""})
	}
	var returns []queries.Return
	for _, r := range b.Returns {
		if r.Feed == f.Feed {
			returns = append(returns, r)
		}
	}
	slices.SortStableFunc(returns, func(x, y queries.Return) int {
		return strings.Compare(b.Agency(x.Agency), b.Agency(y.Agency))
	})
	p.Grid = b.grid(returns, p.Months)
	return b.render(f.Href(), "feed.html", page{Title: f.Title, Of: "extract", Root: "../", Body: p, Enhanced: true})
}

// feedFacts is what a contract says of the whole extract.
func feedFacts(f listedFeed) []fact {
	first := fact{"First period owed", f.Starts}
	if f.InsteadOf != "" {
		first = fact{"Owed", "Never: it may be sent instead of " + f.InsteadOf}
	}
	facts := []fact{{"A row is", sentence(f.Grain)}, {"From", sentence(f.Source)}, {"Sent by", strings.Join(f.Senders, ", ")}, {"How often", f.Often()},
		{"Due", fmt.Sprintf("%d days after the period ends", f.DueDays)}, first}
	if f.Retention > 0 {
		facts = append(facts, fact{"Kept for", fmt.Sprintf("%d years", f.Retention)})
	}
	if f.Late > 0 {
		facts = append(facts, fact{"Rows that come late", fmt.Sprintf("Counted in the %[1]s they belong to, where that is no more than %[2]d before that of the return", f.Every, f.Late)})
	}
	facts = append(facts, fact{"File", strings.Join(given(f.File.Pattern, strings.Join(f.File.Formats, ", ")), ": ")},
		fact{"Placed in its period by", f.PeriodBy}, fact{"One row for each", strings.Join(f.Key, ", ")})
	return slices.DeleteFunc(facts, func(x fact) bool { return x.Words == "" })
}

// inWords tells a column: what may stand in it, and which of the contract's rules name it.
func inWords(c config.Column, rules []config.RowRule) contractColumn {
	out := contractColumn{Name: c.Kept(), Type: typeWords[c.Type], Needed: "May be blank", List: c.Codes, Note: sentence(c.Note)}
	for _, a := range c.Allow {
		out.Note = strings.TrimSpace(out.Note + " " + sentence(fmt.Sprintf("may look like %s, because %s", strings.ReplaceAll(a.Pattern, "_", " "), a.Because)))
	}
	if c.Name != c.Kept() {
		out.Sent = c.Name
	}
	if c.Required {
		out.Needed = "Must be given"
	}
	switch {
	case len(c.Values) > 0:
		out.Allowed = strings.Join(c.Values, ", ")
	case c.Min != nil && c.Max != nil:
		out.Allowed = fmt.Sprintf("%d to %d", *c.Min, *c.Max)
	case c.Min != nil:
		out.Allowed = fmt.Sprintf("%d or more", *c.Min)
	case c.Max != nil:
		out.Allowed = fmt.Sprintf("up to %d", *c.Max)
	case c.Format != "":
		out.Allowed = "written " + c.Format
	}
	if c.Degrade != "" {
		out.Type += ", cut to the " + c.Degrade
	}
	for _, r := range rules {
		if queries.NamesIn(r.When)[c.Kept()] {
			out.Checks = append(out.Checks, r.Code)
		}
	}
	return out
}

var typeWords = map[string]string{"text": "Text", "code": "Code", "list": "List of codes", "date": "Date", "timestamp": "Date and time",
	"integer": "Whole number", "decimal": "Number", "pseudonym": "Pseudonym"}

// changesOf says when a column came and went, and what else its values were called.
func changesOf(c config.Column) []string {
	var said []string
	if c.Since != "" {
		said = append(said, fmt.Sprintf("%s is in extracts from %s.", c.Kept(), c.Since))
	}
	if c.Until != "" {
		said = append(said, fmt.Sprintf("%s is in extracts up to %s.", c.Kept(), c.Until))
	}
	if len(c.Map) > 0 {
		var pairs []string
		for _, sent := range slices.Sorted(maps.Keys(c.Map)) {
			pairs = append(pairs, fmt.Sprintf("%s as %s", sent, c.Map[sent]))
		}
		said = append(said, fmt.Sprintf("%s keeps %s.", c.Kept(), strings.Join(pairs, ", ")))
	}
	return said
}

// codeListPart is one code list of codes.html.
type codeListPart struct {
	Name, Title string
	Dated       bool
	Codes       []codeRow
	Feeds       []*config.Contract // that use it
}

type codeRow struct{ Code, Label, From, To string }

func (b *builder) codes() error {
	var parts []codeListPart
	for _, name := range slices.Sorted(maps.Keys(b.Partnership.Codes)) {
		part := codeListPart{Name: name, Title: plainName(name)}
		for _, c := range b.Partnership.Codes[name].Codes {
			row := codeRow{Code: c.Code, Label: c.Label}
			if !c.ValidFrom.IsZero() {
				row.From = longDay(c.ValidFrom)
			}
			if !c.ValidTo.IsZero() {
				row.To = longDay(c.ValidTo)
			}
			part.Codes, part.Dated = append(part.Codes, row), part.Dated || row.From != "" || row.To != ""
		}
		for _, c := range b.Partnership.Contracts {
			if slices.ContainsFunc(c.Columns, func(col config.Column) bool { return col.Codes == name }) {
				part.Feeds = append(part.Feeds, c)
			}
		}
		parts = append(parts, part)
	}
	return b.render("codes.html", "codes.html", page{Title: "Code lists", Body: parts, Enhanced: true})
}
