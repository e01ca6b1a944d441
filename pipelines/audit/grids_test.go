package audit

import "testing"

// TestTablesWhoseColumnsArePeriods: each cell is held against the row of its line and period.
func TestTablesWhoseColumnsArePeriods(t *testing.T) {
	const before = "quarter,2026-04-01,2026-06-30,"
	page := func(head, one, two, three string) single {
		s := single{kind: "proportion", unit: "percent", rows: []string{
			before + "W,,,50,40,60,50,100,,", before + "A,,,41,30,52,41,100,,", before + "B,,,,,,,,c,c", before + "W,kind,x,30,20,40,30,100,,",
			q + "W,,,52,42,62,52,100,,", q + "A,,,44,30,52,44,100,,", q + "B,,,,,,,,c,c", q + "W,kind,x,,,,,,c,c"}}
		label := "Area A"
		if head == "Kind" {
			label = "Kind x"
		}
		s.page = `<section><h2 id="over">Over time</h2><p class="subtitle">What, by quarter, April 2026 to September 2026</p><table class="data"><tr><th scope="col">` + head +
			`</th><th scope="col">Apr to Jun 2026</th><th scope="col">Jul to Sep 2026</th></tr><tr><th scope="row">` + label + `</th><td>` + one + `</td><td>` + two + `</td></tr>` +
			`<tr><th scope="row">Area B</th><td>[c]</td><td>` + three + `</td></tr></table></section>`
		return s
	}
	for name, c := range map[string]struct {
		s    single
		want bool
	}{
		"as printed":                          {page("District", "41%", "44% [p]", "[c]"), false},
		"a value of another quarter":          {page("District", "44%", "44%", "[c]"), true},
		"a value of another area":             {page("District", "50%", "44%", "[c]"), true},
		"a hidden value":                      {page("District", "41%", "44%", "3%"), true},
		"a category":                          {page("Kind", "30%", "[c]", "[c]"), false},
		"a hidden value of a category":        {page("Kind", "30%", "2%", "[c]"), true},
		"a value of an area among categories": {page("Kind", "41%", "[c]", "[c]"), true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.s.finds(t, RulePage); got != c.want {
				t.Errorf("found is %v: %v", got, c.s.audited(t).Findings)
			}
		})
	}
}
