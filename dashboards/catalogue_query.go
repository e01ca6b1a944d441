package dashboards

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"wherry/config"
	"wherry/queries"
)

// queryPage is the body of queries/<id>.html.
type queryPage struct {
	listed
	Parameters []fact
	Protected  []fact
	Rests      []restsOn
	Hidden     bool // a number of rows is
	Examples   []example
	NextID     string // an id that nothing has yet
}

// restsOn is what came of one extract for the edition's quarter.
type restsOn struct {
	feedInput
	Came, Rows, KeptOut string
}

// example is a worked example of a measure's header: rows made up for it, and what must come.
type example struct {
	Name, AsAt string
	Given      []grid
	Want       [][2]string // which cell, its numbers
}

// grid is a small table of text.
type grid struct {
	Title   string
	Columns []string
	Rows    [][]string
}

func (b *builder) query(l listed) error {
	p := queryPage{listed: l, Parameters: parameters(l.Measure), Protected: b.protectedBy(l.Measure), Examples: examplesOf(l.Measure), NextID: b.nextID(l.Measure)}
	for _, in := range l.Feeds {
		r := b.restsOn(in)
		p.Rests, p.Hidden = append(p.Rests, r), p.Hidden || r.Rows == "[c]" || r.KeptOut == "[c]"
	}
	return b.render("queries/"+l.ID+".html", "query.html", page{Title: l.Measure.ID + ": how it is counted", Root: "../", Body: p, Enhanced: true})
}

// parameters is what a header says and sets, for people.
func parameters(m *queries.Measure) []fact {
	var facts []fact
	for _, f := range m.Facts() {
		switch f.Name {
		case "Rests on", "Question":
		case "Answers", "Made from":
			facts = append(facts, fact{f.Name, f.Text})
		default:
			facts = append(facts, fact{f.Name, sentence(f.Text)})
		}
	}
	var kinds []string
	for _, k := range m.PeriodKinds() {
		kinds = append(kinds, periodWords[k])
	}
	return append(facts, fact{"Kind", kindWords[m.Kind]}, fact{"Given for", sentence(strings.Join(kinds, ", "))}, fact{"Its page leads with", sentence(periodWords[m.HeadlineKind()])})
}

var periodWords = map[config.PeriodKind]string{config.Month: "months", config.Quarter: "financial quarters", config.Year: "financial years", config.Rolling: "the twelve months to a month"}

// protectedBy is the rules that the measure's figures were held to, for this audience.
func (b *builder) protectedBy(m *queries.Measure) []fact {
	if !m.ProtectsPeople() {
		return []fact{{"Class", "It counts returns or actions and not people: small numbers are shown."}}
	}
	rules := b.Audience.For(m.Feeds, m.Sensitive)
	from := "1"
	if rules.HidesZeros() {
		from = "0"
	}
	facts := []fact{
		{"Class", "It counts people."},
		{"Hidden", fmt.Sprintf("Counts from %s to %d, and whatever would give one away.", from, rules.HideUpTo)},
		{"Percentages, rates and medians", fmt.Sprintf("Given from a base of %d.", rules.MinBase)},
	}
	if m.Sensitive {
		facts[0].Words = "Sensitive: it counts people at particular risk, and is held to level 2 for every audience."
	}
	if rules.RoundTo > 1 {
		facts = append(facts, fact{"Rounded", fmt.Sprintf("Counts are rounded to the nearest %d.", rules.RoundTo)})
	}
	level := "1: what is hidden cannot be worked out."
	if rules.Level >= config.SensitiveLevel {
		level = "2: what is hidden cannot be worked out, and it may also be larger than the numbers that must be hidden."
	}
	return append(facts, fact{"Level", level})
}

// restsOn adds up the returns of an extract for the quarter as data-quality.html prints them, so
// that the sum tells nothing that they do not.
func (b *builder) restsOn(in feedInput) restsOn {
	r := restsOn{feedInput: in, Rows: "[x]", KeptOut: "[x]"}
	var came, owed int
	var sums [2]int64
	var hidden [2]bool
	for _, ret := range b.Returns {
		if ret.Feed != in.Feed || !b.Quarter.Holds(ret.Period.Start) {
			continue
		}
		owed++
		if ret.Arrived.IsZero() {
			continue
		}
		came++
		for i, n := range []int64{ret.Rows, ret.Quarantined} {
			rounded, shown := b.roundedRows(n)
			sums[i], hidden[i] = sums[i]+rounded, hidden[i] || !shown
		}
	}
	r.Came = fmt.Sprintf("%d of %d", came, owed)
	if came == 0 {
		return r
	}
	for i, text := range []*string{&r.Rows, &r.KeptOut} {
		if *text = thousands(float64(sums[i]), 0); hidden[i] {
			*text = "[c]"
		}
	}
	return r
}

// examplesOf is the worked examples of a measure's header, as tables.
func examplesOf(m *queries.Measure) []example {
	var examples []example
	for _, x := range m.Examples {
		e := example{Name: x.Name, AsAt: x.AsAt}
		for _, noun := range slices.Sorted(maps.Keys(x.Given)) {
			e.Given = append(e.Given, exampleGrid("core."+noun, x.Given[noun]))
		}
		for _, w := range x.Want {
			place, numbers := w.Words()
			e.Want = append(e.Want, [2]string{place, numbers})
		}
		examples = append(examples, e)
	}
	return examples
}

func exampleGrid(title string, rows []map[string]any) grid {
	g := grid{Title: title}
	for _, row := range rows {
		for name := range row {
			if !slices.Contains(g.Columns, name) {
				g.Columns = append(g.Columns, name)
			}
		}
	}
	slices.Sort(g.Columns)
	for _, row := range rows {
		var cells []string
		for _, name := range g.Columns {
			cells = append(cells, exampleText(row[name]))
		}
		g.Rows = append(g.Rows, cells)
	}
	return g
}

// exampleText is a YAML value as its file has it; "" for one that is not given.
func exampleText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		var parts []string
		for _, item := range v {
			parts = append(parts, exampleText(item))
		}
		return strings.Join(parts, ", ")
	}
	return fmt.Sprint(v)
}

// nextID is an id of the measure's own letters that no measure has.
func (b *builder) nextID(m *queries.Measure) string {
	letters, last := strings.TrimRight(m.ID, "0123456789"), 0
	for _, r := range b.Results {
		if digits, ok := strings.CutPrefix(r.Measure.ID, letters); ok {
			if n, err := strconv.Atoi(digits); err == nil {
				last = max(last, n)
			}
		}
	}
	return letters + strconv.Itoa(last+1)
}
