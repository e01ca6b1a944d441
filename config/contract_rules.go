package config

import (
	"fmt"
	"strconv"
	"strings"
)

// BuiltInRules are the codes of the reasons that every contract has; its own rules may not
// reuse them.
func BuiltInRules() []string {
	return []string{"required", "not_a_date", "not_a_timestamp", "not_an_integer", "not_a_decimal", "out_of_range",
		"not_in_codes", "not_a_pseudonym", "too_long", "identifier", "duplicate_key", "outside_period", "malformed_line", "cell_error"}
}

// ruleCodes are the codes by which a row of the contract can be quarantined.
func (k *contractCheck) ruleCodes() map[string]bool {
	codes := map[string]bool{}
	for _, code := range BuiltInRules() {
		codes[code] = true
	}
	return codes
}

func (k *contractCheck) rules() {
	k.tolerance("tolerance", k.Tolerance)
	seen := k.ruleCodes()
	for i, r := range k.Rules {
		k.rule(fmt.Sprintf("rules.%d", i), r, seen)
	}
}

// rule checks one rule against the codes that are taken, and takes its own.
func (k *contractCheck) rule(at string, r RowRule, seen map[string]bool) {
	switch {
	case !lowerSnake.MatchString(r.Code):
		k.s.add(at+".code", fmt.Sprintf("%q is not a rule code", r.Code), "use small letters, digits and single underscores")
	case seen[r.Code]:
		k.s.add(at+".code", fmt.Sprintf("rule code %q is already in use", r.Code), "give each rule its own")
	}
	seen[r.Code] = true
	if strings.TrimSpace(r.Says) == "" {
		k.s.add(at+".says", "says is missing", "write what the sender reads")
	}
	if r.Severity != "" {
		k.oneOf(at+".severity", "severity", r.Severity, []string{"reject", "warn"})
	}
	k.tolerance(at+".tolerance", r.Tolerance)
	switch when := strings.TrimSpace(r.When); {
	case when == "":
		k.s.add(at+".when", "when is missing", "write an SQL expression that is true for a row to keep out")
	case strings.Contains(when, ";") || strings.Contains(when, "--") || strings.Contains(when, "/*"):
		k.s.add(at+".when", "when must be one SQL expression", "leave out semicolons and comments")
	}
}

// Tolerated is the percent of a file's rows that a tolerance lets be; ok is false where nothing
// is set.
func Tolerated(tolerance string) (percent float64, ok bool) {
	number, sign := strings.CutSuffix(tolerance, "%")
	percent, err := strconv.ParseFloat(number, 64)
	return percent, sign && err == nil && percent >= 0 && percent <= 100
}

func (k *contractCheck) tolerance(at, tolerance string) {
	if _, ok := Tolerated(tolerance); tolerance != "" && !ok {
		k.s.add(at, fmt.Sprintf("%q is not a tolerance", tolerance), "write the percent of a file's rows from 0% to 100%, such as 5%")
	}
}

func (k *contractCheck) examples() {
	if len(k.Examples) == 0 {
		k.s.add("examples", "there are no examples", "give at least one small extract and what must become of its rows")
	}
	codes := k.ruleCodes()
	for _, r := range k.EveryRule() {
		codes[r.Code] = true
	}
	for i, e := range k.Examples {
		at := fmt.Sprintf("examples.%d", i)
		if strings.TrimSpace(e.Name) == "" {
			k.s.add(at+".name", "an example has no name", "say what it shows")
		}
		if p, ok := k.period(at+".period", e.Period); ok && p.Kind != k.Every && k.knownPeriod() {
			k.s.add(at+".period", fmt.Sprintf("%q is not a %s", e.Period, k.Every), "")
		}
		if strings.TrimSpace(e.CSV) == "" {
			k.s.add(at+".csv", "an example has no csv", "")
		}
		for key, said := range map[string]map[string]int{"quarantined": e.Quarantined, "warned": e.Warned} {
			for _, rule := range keysOf(said) {
				if !codes[rule] {
					k.s.add(at+"."+key+"."+rule, fmt.Sprintf("unknown rule %q", rule), didYouMean(rule, keysOf(codes)))
				}
			}
		}
	}
}
