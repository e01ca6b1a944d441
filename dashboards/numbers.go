package dashboards

import (
	"math"
	"strconv"
	"strings"

	"wherry/queries"
)

// held is v as data files hold it and drawings show it: one decimal, counts and days whole
// where they are whole. More would let a reader work back to the counts.
func held(v float64) float64 { return math.Round(v*10) / 10 }

// number prints v of a measure's kind without its unit: "76", "1,278", "12.3".
func number(k queries.Kind, v float64) string {
	switch k {
	case queries.Count:
		return thousands(v, 0)
	case queries.Rate:
		if math.Abs(v) < 100 {
			return thousands(v, 1)
		}
		return thousands(v, 0)
	case queries.Duration:
		if v == math.Trunc(v) {
			return thousands(v, 0)
		}
		return thousands(held(v), 1)
	}
	if (v > 99.5 && v < 100) || (v > 0 && v < .5) {
		return thousands(v, 1)
	}
	return thousands(v, 0)
}

// amount prints v with its unit: "76%", "6 days", "12.3", "1,278".
func amount(k queries.Kind, v float64) string {
	n := number(k, v)
	switch k {
	case queries.Proportion:
		return n + "%"
	case queries.Duration:
		if n == "1" {
			return n + " day"
		}
		return n + " days"
	}
	return n
}

// tick labels the value axis of a chart.
func tick(k queries.Kind) func(float64) string {
	return func(v float64) string {
		decimals := 0
		if v != math.Trunc(v) {
			decimals = 1
		}
		if k == queries.Proportion {
			return thousands(v, decimals) + "%"
		}
		return thousands(v, decimals)
	}
}

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
func interval(k queries.Kind, f queries.Figure) string {
	if math.IsNaN(f.Low) || math.IsNaN(f.High) {
		return ""
	}
	return number(k, f.Low) + " to " + number(k, f.High)
}

// mark is the shorthand printed in place of a figure that may not be read; "" where it may.
func mark(s queries.State) string {
	return map[queries.State]string{
		queries.Suppressed: "[c]", queries.NotSupplied: "[x]", queries.NotApplicable: "[z]", queries.Pending: "[p]",
	}[s]
}

// markWords says each shorthand in words, for the key under a table.
var markWords = []struct{ Mark, Words string }{
	{"[c]", "hidden to protect people"},
	{"[x]", "not supplied"},
	{"[z]", "does not apply: nothing to count"},
	{"[p]", "provisional, or too early to judge"},
	{"[r]", "revised since the edition before"},
}

// cell prints a figure's value for a table: its amount without unit, or its mark.
func cell(k queries.Kind, f queries.Figure) string {
	if f.State != queries.Shown {
		return mark(f.State)
	}
	if k == queries.Duration {
		return number(k, f.Value)
	}
	return amount(k, f.Value)
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
