package audit

import (
	"fmt"
	"strings"
	"testing"
)

// byKinds is a count of people in two or three kinds: rows of period, kind and count, "c" for a
// hidden one.
func byKinds(class string, level int, distinct bool, rows ...string) single {
	s := single{kind: "count", unit: "number",
		more: fmt.Sprintf(`,"level":%d,"class":%q,"hide_up_to":5,"min_base":6,"round_to":1,"zeros":"sometimes","distinct":%t`, level, class, distinct)}
	for _, r := range rows {
		f := strings.Split(r, " ")
		kind := "kind," + f[1]
		if f[1] == "all" {
			kind = ","
		}
		numbers := f[2] + ",,," + f[2] + "," + f[2] + ",,"
		if f[2] == "c" {
			numbers = ",,,,,c,c"
		}
		s.rows = append(s.rows, map[string]string{
			"Q1": "quarter,2026-01-01,2026-03-31,", "Q2": "quarter,2026-04-01,2026-06-30,", "H": "pooled,2026-01-01,2026-06-30,",
		}[f[0]]+"W,"+kind+","+numbers)
	}
	return s
}

// TestNoBreakdownHoldsEverybodyInOneCategory: whether it is printed, or can be worked out, or
// is what the zeros beside it say.
func TestNoBreakdownHoldsEverybodyInOneCategory(t *testing.T) {
	for name, c := range map[string]struct {
		of   single
		rule string // "" where there is nothing to find
	}{
		"printed":                             {byKinds("everybody", 2, false, "Q1 all 40", "Q1 one 40", "Q1 two 0"), RuleClass},
		"the others are nobody":               {byKinds("everybody", 2, false, "Q1 all 40", "Q1 one c", "Q1 two 0"), RuleClass},
		"few, and the others are nobody":      {byKinds("everybody", 2, false, "Q1 all c", "Q1 one c", "Q1 two 0"), RuleClass},
		"people who may be in several":        {byKinds("everybody", 2, true, "Q1 all 40", "Q1 one 40", "Q1 two 12"), RuleClass},
		"all but one":                         {byKinds("all_but_one", 2, false, "Q1 all 40", "Q1 one 39", "Q1 two c"), RuleClass},
		"worked out":                          {byKinds("everybody", 2, false, "H all 90", "H one 60", "H two 30", "Q1 all 50", "Q1 one 20", "Q1 two 30", "Q2 all 40", "Q2 one c", "Q2 two c"), RuleSums},
		"hidden with a zero":                  {byKinds("everybody", 2, false, "Q1 all 40", "Q1 one c", "Q1 two c", "Q1 three 0"), ""},
		"of two kinds":                        {byKinds("everybody", 2, false, "Q1 all 40", "Q1 one 10", "Q1 two 30", "Q1 three 0"), ""},
		"below level 2":                       {byKinds("everybody", 1, false, "Q1 all 40", "Q1 one 40", "Q1 two 0"), ""},
		"class is off":                        {byKinds("off", 2, false, "Q1 all 40", "Q1 one 40", "Q1 two 0"), ""},
		"worked out that there are two kinds": {byKinds("everybody", 2, false, "H all 90", "H one 50", "H two 40", "Q1 all 50", "Q1 one 20", "Q1 two 30", "Q2 all 40", "Q2 one c", "Q2 two c"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := c.of.audited(t)
			found := false
			for _, f := range r.Findings {
				found = found || f.Rule == c.rule && strings.Contains(f.Detail, "everybody counted")
				if c.rule == "" {
					t.Error(f)
				}
			}
			if c.rule != "" && !found {
				t.Errorf("not found by %s: %v", c.rule, r.Findings)
			}
		})
	}
}
