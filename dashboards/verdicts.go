package dashboards

import (
	"fmt"
	"math"
	"strings"

	"wherry/config"
	"wherry/queries"
)

// verdict is an icon with its words, in a cell of the scorecard.
type verdict struct {
	Icon   string // id of the symbol in the sprite
	Class  string // improve, concern, changed or "" for the colour of Word
	Word   string
	Detail string
	More   string // where there is room for all of it: "to meet target" after Word, "It is partial." after Detail
}

// enough is the fewest points that a small chart is drawn from.
const enough = 12

// changed gives the Reading's verdict its icon. words is the verdict as the Reading's
// sentences have it: "Improving, above usual range".
func changed(r queries.Reading, words string) verdict {
	direction := "down"
	if r.High {
		direction = "up"
	}
	word, detail, _ := strings.Cut(words, ", ")
	v := verdict{Icon: "unjudged", Word: word, Detail: detail}
	switch r.Change {
	case queries.Improving:
		v.Icon, v.Class = "improve-"+direction, "improve"
	case queries.Concern:
		v.Icon, v.Class = "concern-"+direction, "concern"
	case queries.Different:
		v.Icon, v.Class = "changed-"+direction, "changed"
	case queries.NoChange:
		v.Icon = "same"
	case queries.TooFew:
		v.Icon = "few"
	case queries.NotJudged:
		v.Detail = "its page says why"
	}
	return v
}

// steps names what the points of a reading are: months, quarters or years.
func steps(r queries.Reading, n int) string {
	name := "month"
	if len(r.Points) > 0 {
		name = string(r.Points[0].Figure.Period.Kind)
	}
	if name == "rolling" {
		name = "rolling year"
	}
	if n == 1 {
		return name
	}
	return name + "s"
}

// assured says in a few words whether the target will be met.
func assured(m *queries.Measure, r queries.Reading) verdict {
	if m.Target == nil || r.Assurance == queries.NoTarget {
		return verdict{Icon: "no-target", Word: "No target", Detail: "tracked"}
	}
	detail := amount(m, m.Target.Value) + " target"
	if m.Better == "down" {
		detail = "at most " + detail
	}
	switch r.Assurance {
	case queries.Expected:
		return verdict{Icon: "expected", Word: "Expected to meet", Detail: detail, More: "target"}
	case queries.NotExpected:
		return verdict{Icon: "not-expected", Word: "Not expected", Detail: detail, More: "to meet target"}
	case queries.MayOrMayNot:
		return verdict{Icon: "may-or-may-not", Word: "May or may not meet", Detail: detail, More: "target"}
	}
	return verdict{Icon: "no-target", Word: "Too early to say", Detail: detail, More: "if the target will be met"}
}

// trusted grades the data by how many of the returns that the measure rests on came, and how
// many of those are unlike what their sender usually sends.
func trusted(r queries.Reading, n unusual) verdict {
	v := verdict{Icon: "weak", Word: "Weak"}
	if r.ReturnsExpected > 0 {
		v.Detail = fmt.Sprintf("%d of %d returns arrived.", r.Returns, r.ReturnsExpected)
		v.More = n.words(r.Returns)
	}
	whole := r.Returns - n.short()
	switch {
	case r.ReturnsExpected == 0 || (whole >= r.ReturnsExpected && n.large == 0):
		v.Icon, v.Word = "good", "Good"
	case whole*4 >= r.ReturnsExpected*3:
		v.Icon, v.Word = "fair", "Fair"
	}
	return v
}

// usually is the usual range in a few words, under the headline.
func usually(m *queries.Measure, r queries.Reading) string {
	if !r.Limits.OK {
		return "no usual range yet"
	}
	low, high := number(m, r.Limits.Lower), amount(m, r.Limits.Upper)
	if m.Kind == queries.Count || m.Kind == queries.Rate || m.Kind == queries.Distribution {
		high += " a " + steps(r, 1) // a quarter's count is not to be held against a month's range
	}
	if r.Seasonal() {
		high += " at this time of year"
	}
	return "usually " + low + " to " + high
}

// pointWords says how to read one month of the data table.
func pointWords(m *queries.Measure, r queries.Reading, f queries.Figure, p *queries.Point) string {
	switch f.State {
	case queries.Suppressed:
		return "Hidden to protect people"
	case queries.NotSupplied:
		return "Not supplied"
	case queries.NotApplicable:
		return "Nothing to count"
	case queries.Pending:
		return "Too early to judge"
	case queries.Broken:
		return "Not given: the definition changed within it"
	}
	if p == nil {
		return "Not judged"
	}
	if p.Rule == "" && math.IsNaN(p.Lower) {
		return "Not judged"
	}
	side, limit, moving := "below", "lower", "falling"
	if p.High {
		if p.Rule == "" && math.IsNaN(p.Lower) {
			return "Not judged"
		}
		side, limit, moving = "above", "upper", "rising"
	}
	head := "Unusual, worse: "
	switch {
	case m.Better == "neither" || r.Refuses(config.RefuseDirection):
		head = "Unusual: "
	case p.Better:
		head = "Unusual, better: "
	}
	switch p.Rule {
	case "outside":
		return head + side + " the " + limit + " limit"
	case "shift":
		if r.Seasonal() {
			return head + "part of 7 or more in a row " + side + " what is usual for the time of year"
		}
		return head + "part of 7 or more in a row " + side + " average"
	case "trend":
		if r.Seasonal() {
			moving += " with the season taken out"
		}
		return head + "part of 7 or more in a row " + moving
	case "two_of_three":
		return head + "one of 2 in 3 close to the " + limit + " limit"
	case "":
		return "Within usual range"
	}
	return head + p.Rule
}
