package dashboards

import (
	"math"

	"wherry/config"
	"wherry/queries"
)

// verdict is an icon with its words, in a cell of the scorecard.
type verdict struct {
	Icon   string // id of the symbol in the sprite
	Class  string // improve, concern, changed or "" for the colour of Word
	Word   string
	Detail string
	Whole  string // of a target, where there is room for all of it: "Not expected to meet target"
	More   string // of the data, after Detail: "It is partial."
}

// enough is the fewest points that a small chart is drawn from.
const enough = 12

// changeWords are the words of each change, as the scorecard knows them.
var changeWords = map[queries.Change]string{queries.Improving: "Improving", queries.Concern: "Concern", queries.Different: "Changed",
	queries.NoChange: "No significant change", queries.TooFew: "Too few points", queries.NotJudged: "Not judged"}

// changed gives a Reading's change its icon. detail is what its sentences say beside the word.
func (w words) changed(r queries.Reading, detail string) verdict {
	direction := "down"
	if r.High {
		direction = "up"
	}
	v := verdict{Icon: "unjudged", Word: changeWords[r.Change], Detail: detail}
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
		v.Detail = w.text("judged.why")
	}
	return v
}

// stepOf is what the points of a reading are: months, quarters or years.
func stepOf(r queries.Reading) config.PeriodKind {
	if len(r.Points) == 0 {
		return config.Month
	}
	return r.Points[0].Figure.Period.Kind
}

// steps names n of what the points of a reading are: "12 months".
func (w words) steps(r queries.Reading, n int) string {
	return w.some("unit."+string(stepOf(r)), float64(n))
}

// assured says in a few words whether the target will be met.
func (w words) assured(m *queries.Measure, r queries.Reading) verdict {
	if m.Target == nil || r.Assurance == queries.NoTarget {
		return verdict{Icon: "no-target", Word: "No target", Detail: w.text("judged.tracked"), Whole: w.text("judged.no-target")}
	}
	detail := w.text("judged.target", "target", w.amount(m, m.Target.Value))
	if m.Better == "down" {
		detail = w.text("judged.target.most", "target", w.amount(m, m.Target.Value))
	}
	switch r.Assurance {
	case queries.Expected:
		return verdict{Icon: "expected", Word: "Expected to meet", Detail: detail, Whole: w.text("judged.expected")}
	case queries.NotExpected:
		return verdict{Icon: "not-expected", Word: "Not expected", Detail: detail, Whole: w.text("judged.not-expected")}
	case queries.MayOrMayNot:
		return verdict{Icon: "may-or-may-not", Word: "May or may not meet", Detail: detail, Whole: w.text("judged.may-or-may-not")}
	}
	return verdict{Icon: "no-target", Word: "Too early to say", Detail: detail, Whole: w.text("judged.too-early")}
}

// trusted grades the data by how many of the returns that the measure rests on came, and how
// many of those are unlike what their sender usually sends.
func (w words) trusted(r queries.Reading, n unusual) verdict {
	v := verdict{Icon: "weak", Word: "Weak"}
	if r.ReturnsExpected > 0 {
		v.Detail = w.text("judged.arrived", "n", r.Returns, "all", r.ReturnsExpected)
		v.More = w.unlike(n, r.Returns)
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
func (w words) usually(m *queries.Measure, r queries.Reading) string {
	if !r.Limits.OK {
		return w.text("judged.usual.none")
	}
	return w.text("judged.usual", "range", w.usualRange(m, r))
}

// usualRange is the usual range with what it is of: "58 to 71%", "3 to 9 a month at this time of year".
func (w words) usualRange(m *queries.Measure, r queries.Reading) string {
	usual := w.span(number(m, r.Limits.Lower), w.amount(m, r.Limits.Upper))
	if m.Kind == queries.Count || m.Kind == queries.Rate || m.Kind == queries.Distribution {
		usual = w.text("judged.each."+string(stepOf(r)), "range", usual) // a quarter's count is not to be held against a month's range
	}
	if r.Seasonal() {
		usual = w.text("judged.season", "range", usual)
	}
	return usual
}

// hiddenWords are the readings of a step without a figure that may be read.
var hiddenWords = map[queries.State]string{queries.Suppressed: "judged.point.hidden", queries.NotSupplied: "judged.point.not-supplied", queries.NotApplicable: "judged.point.nothing",
	queries.Pending: "judged.point.early", queries.Broken: "judged.point.broken"}

// pointWords says how to read one month of the data table.
func (w words) pointWords(m *queries.Measure, r queries.Reading, f queries.Figure, p *queries.Point) string {
	if key := hiddenWords[f.State]; key != "" {
		return w.text(key)
	}
	if p == nil || p.Rule == "" && math.IsNaN(p.Lower) {
		return w.text("judged.point.not")
	}
	if p.Rule == "" {
		return w.text("judged.point.usual")
	}
	why := w.ruleBroken(r, p)
	switch {
	case m.Better == "neither" || r.Refuses(config.RefuseDirection):
		return w.text("judged.point.unusual", "why", why)
	case p.Better:
		return w.text("judged.point.better", "why", why)
	}
	return w.text("judged.point.worse", "why", why)
}

// ruleBroken says which rule flags a point.
func (w words) ruleBroken(r queries.Reading, p *queries.Point) string {
	side := "low"
	if p.High {
		side = "high"
	}
	switch {
	case p.Rule == "shift" && r.Seasonal(), p.Rule == "trend" && r.Seasonal():
		return w.text("judged.rule." + p.Rule + ".season." + side)
	case p.Rule == "two_of_three":
		return w.text("judged.rule.two-of-three." + side)
	}
	return w.text("judged.rule." + p.Rule + "." + side)
}
