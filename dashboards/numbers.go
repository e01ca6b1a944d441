package dashboards

import (
	"math"
	"strconv"
	"strings"

	"wherry/queries"
)

// held is v as data files hold it and drawings show it: one decimal, two for means and
// changes of a score, counts and days whole where they are whole. More would let a reader
// work back to the counts.
func held(m *queries.Measure, v float64) float64 {
	if m.Kind == queries.Mean || m.Kind == queries.PairedChange {
		return math.Round(v*100) / 100
	}
	return math.Round(v*10) / 10
}

// number prints v of a measure's kind without its unit: "76", "1,278", "12.3".
func number(m *queries.Measure, v float64) string {
	switch m.Kind {
	case queries.Rate, queries.Mean:
		if math.Abs(v) < 100 {
			return thousands(v, 1)
		}
	case queries.PairedChange:
		if math.Abs(v) < 1 {
			return thousands(v, 2)
		}
		return thousands(v, 1)
	case queries.Duration:
		if v != math.Trunc(v) {
			return thousands(held(m, v), 1)
		}
	case queries.Proportion:
		return shareNumber(v)
	}
	return thousands(v, 0)
}

// shareNumber prints a percentage without its sign: whole but at the ends of the scale.
func shareNumber(v float64) string {
	if (v > 99.5 && v < 100) || (v > 0 && v < .5) {
		return thousands(v, 1)
	}
	return thousands(v, 0)
}

// share prints a percentage: "76%".
func share(v float64) string { return shareNumber(v) + "%" }

// amount prints v with its unit: "76%", "6 days", "12.3", "1,278", "34.2 nights".
func (w words) amount(m *queries.Measure, v float64) string {
	n := number(m, v)
	switch m.Kind {
	case queries.Proportion:
		return n + "%"
	case queries.Duration:
		if v != math.Trunc(v) {
			return w.text("unit.day.other", "n", n)
		}
		return w.some("unit.day", v)
	case queries.Mean, queries.PairedChange, queries.Estimate:
		return strings.TrimSpace(n + " " + m.MeasuredIn)
	}
	return n
}

// isPart says that a figure is a category of a distribution: a percentage of its whole.
func isPart(m *queries.Measure, f queries.Figure) bool {
	return m.Kind == queries.Distribution && f.Breakdown != ""
}

// figureAmount prints a shown figure with its unit.
func (w words) figureAmount(m *queries.Measure, f queries.Figure) string {
	if isPart(m, f) {
		return share(f.Value)
	}
	return w.amount(m, f.Value)
}

// signed prints a change with its direction: "+0.6", "0.0".
func signed(m *queries.Measure, v float64) string {
	n := number(m, v)
	if v > 0 && strings.Trim(n, "0.") != "" {
		return "+" + n
	}
	return n
}

// tick labels the value axis of a chart.
func tick(m *queries.Measure) func(float64) string {
	if m.Kind == queries.Proportion {
		return shareTick
	}
	return plainTick
}

func plainTick(v float64) string {
	for places := range 3 {
		if p := math.Pow10(places); math.Abs(v*p-math.Round(v*p)) < 1e-6 {
			return thousands(v, places)
		}
	}
	return thousands(v, 2)
}

func shareTick(v float64) string { return plainTick(v) + "%" }

// thousands prints v to so many decimals, with commas.
func thousands(v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if f, _ := strconv.ParseFloat(s, 64); f == 0 {
		s = strings.TrimPrefix(s, "-")
	}
	whole, rest, _ := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if rest != "" {
		whole += "." + rest
	}
	return sign + whole
}

// interval prints low to high: "72 to 83".
func (w words) interval(m *queries.Measure, f queries.Figure) string {
	if math.IsNaN(f.Low) || math.IsNaN(f.High) {
		return ""
	}
	if isPart(m, f) {
		return w.span(shareNumber(f.Low), shareNumber(f.High))
	}
	return w.span(number(m, f.Low), number(m, f.High))
}

// mark is the shorthand printed in place of a figure that may not be read; "" where it may.
func mark(s queries.State) string {
	return map[queries.State]string{
		queries.Suppressed: "[c]", queries.NotSupplied: "[x]", queries.NotApplicable: "[z]", queries.Pending: "[p]", queries.Broken: "[b]",
	}[s]
}

// markWords says each shorthand in words, for the key under a table.
var markWords = []struct{ Mark, Words string }{
	{"[c]", "hidden to protect people"},
	{"[x]", "not supplied"},
	{"[z]", "does not apply: nothing to count, or nobody to count it by"},
	{"[p]", "provisional, or too early to judge"},
	{"[b]", "not given: the definition changed within the period"},
	{"[r]", "revised since the edition before"},
}

// cell prints a figure's value for a table: its amount without unit, or its mark.
func cell(m *queries.Measure, f queries.Figure) string {
	switch {
	case f.State != queries.Shown:
		return mark(f.State)
	case isPart(m, f):
		return share(f.Value)
	case m.Kind == queries.Proportion:
		return share(f.Value)
	case m.Kind == queries.PairedChange:
		return signed(m, f.Value)
	}
	return number(m, f.Value)
}

// counted prints a count that is shown under the rule ok, or the mark of the figure.
func counted(n int64, ok bool, f queries.Figure) string {
	if ok {
		return thousands(float64(n), 0)
	}
	if m := mark(f.State); m != "" {
		return m
	}
	return "[c]"
}

// orHidden prints what s gives of v, or the mark of a hidden number where v is none.
func orHidden(v float64, s func(float64) string) string {
	if math.IsNaN(v) {
		return mark(queries.Suppressed)
	}
	return s(v)
}
