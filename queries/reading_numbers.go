package queries

import (
	"math"
	"strconv"
	"strings"
)

// adult is the age in years from which people are not called children.
const adult = 18

// populated is who a rate is per, as keys of words and what fills them in: "females aged 16 and over", "children
// aged 0 to 7". form is "" for all ages.
func populated(p *Population) (who, form string, ages []any) {
	if p == nil {
		return "people", "", nil
	}
	from, to, spans := strings.Cut(p.Age, "-")
	who = map[string]string{"female": "females", "male": "males"}[p.Sex]
	if oldest, err := strconv.Atoi(to); who == "" {
		who = "people"
		if err == nil && oldest < adult {
			who = "children"
		}
	}
	switch {
	case p.Age == "":
		return who, "", nil
	case strings.HasSuffix(p.Age, "+"):
		return who, "aged.over", []any{"age", strings.TrimSuffix(p.Age, "+")}
	case spans:
		return who, "aged.between", []any{"from", from, "to", to}
	}
	return who, "aged", []any{"age", p.Age}
}

// peopleWords is who a rate is per.
func peopleWords(w Words, p *Population) string {
	who, form, ages := populated(p)
	who = w.Text("reading.who." + who)
	if form == "" {
		return who
	}
	return w.Text("reading."+form, append(ages, "who", who)...)
}

// amount is a value with its unit: "76%", "6 days", "12.3", "1,278", "34.2 nights".
func amount(w Words, m *Measure, v float64) string {
	n := number(m, v)
	switch {
	case m.Kind == Proportion:
		return n + "%"
	case m.Kind == Duration && v != math.Trunc(v):
		return w.Text("unit."+dayKey(m)+".other", "n", n)
	case m.Kind == Duration:
		return w.Some("unit."+dayKey(m), v)
	case m.MeasuredIn != "" && hasMeasuredIn(m.Kind):
		return n + " " + m.MeasuredIn
	}
	return n
}

func hasMeasuredIn(k Kind) bool { return k == Mean || k == PairedChange || k == Estimate }

// dayKey is what a duration counts: its title says whether they are working days.
func dayKey(m *Measure) string {
	if strings.Contains(strings.ToLower(m.Title), "working day") {
		return "working-day"
	}
	return "day"
}

// number is a value without its unit: whole percentages but at the ends of the scale, rates
// and means to one decimal, changes of a score to two where they are small, days as they are.
func number(m *Measure, v float64) string {
	switch m.Kind {
	case Rate, Mean:
		if math.Abs(v) < 100 {
			return decimals(v, 1)
		}
	case PairedChange:
		if math.Abs(v) < 1 {
			return decimals(v, 2)
		}
		return decimals(v, 1)
	case Duration:
		if v != math.Trunc(v) {
			return decimals(v, 1)
		}
	case Proportion:
		if (v > 99.5 && v < 100) || (v > 0 && v < 0.5) {
			return decimals(v, 1)
		}
	}
	return whole(v)
}

func whole(v float64) string { return decimals(v, 0) }

// decimals prints v to so many places, with commas between thousands.
func decimals(v float64, places int) string {
	s := strconv.FormatFloat(math.Abs(v), 'f', places, 64)
	digits, rest, _ := strings.Cut(s, ".")
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if rest != "" {
		digits += "." + rest
	}
	if v < 0 && strings.ContainsAny(digits, "123456789") {
		return "-" + digits
	}
	return digits
}
