package audit

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// single is an edition of one measure of some kind, given as text.
type single struct {
	kind, unit, more string   // more is the rest of the catalogue's entry
	rows             []string // period_kind,start,end,area,breakdown,category,value,low,high,numerator,base,mark,mark
	beside           []string // period,area,breakdown,category,name,value,low,high
	page             string
	extra, text      string // a file more, and what is in it
	top              string // more of the catalogue
}

func (s single) audited(t *testing.T) *Report {
	t.Helper()
	root := t.TempDir()
	put := func(name, text string) {
		path := filepath.Join(root, "board", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("data/catalogue.json", fmt.Sprintf(`{"audience":"board","hide_up_to":5,"round_to":1,"min_base":6,"area":"W"%s,"measures":[{"id":"M1","kind":%q,"unit":%q,"protects":"people","breakdowns":["kind"]%s}]}`, s.top, s.kind, s.unit, s.more))
	lines := []string{strings.Join(columns, ",")}
	for _, r := range s.rows {
		f := strings.Split(r, ",")
		unit := s.unit
		if s.kind == "distribution" && f[4] != "" {
			unit = "percent"
		}
		lines = append(lines, strings.Join([]string{"M1", f[0] + " from " + f[1], f[0], f[1], f[2], f[3], "Area " + f[3], f[4], f[5], f[6], unit, f[7], f[8], f[9], f[10], f[11], f[12]}, ","))
	}
	put("data/m1.csv", strings.Join(lines, "\n")+"\n")
	if len(s.beside) > 0 {
		put("data/m1-beside.csv", strings.Join(besideColumns, ",")+"\nM1,"+strings.Join(s.beside, "\nM1,")+"\n")
	}
	if s.page != "" {
		put("measures/m1.html", "<html><body>"+s.page+"</body></html>")
	}
	if s.extra != "" {
		put(s.extra, cmp.Or(s.text, "what"))
	}
	r, err := Edition(root)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const (
	q    = "quarter,2026-07-01,2026-09-30,"
	when = "quarter from 2026-07-01"
)

// understood are editions of each kind in which all is well.
var understood = map[string]single{
	"count":    {kind: "count", unit: "number", rows: []string{q + "W,,,40,,,40,40,,", q + "A,,,25,,,25,25,,", q + "B,,,15,,,15,15,,"}},
	"duration": {kind: "duration", unit: "days", rows: []string{q + "W,,,4,3,5,,40,,"}, beside: []string{when + ",W,,,within_5,62.5,50,75", when + ",W,,,open,9,,"}},
	"duration not far enough on": {kind: "duration", unit: "days", rows: []string{q + "W,,,,,,,40,p,"},
		beside: []string{when + ",W,,,within_5,42.5,30,55"}},
	"duration of many": {kind: "duration", unit: "days", rows: []string{q + "W,,,4,3,5,,60,,"}, beside: []string{when + ",W,,,nine_in_ten,11,9,14", when + ",W,,,within_5,62.5,50,75"}},
	"mean":             {kind: "mean", unit: "score", rows: []string{q + "W,,,3.5,3,4,,40,,", q + "W,,,,,,,3,c,"}[:1]},
	"change": {kind: "change", unit: "score", rows: []string{q + "W,,,0.5,0.2,0.8,,40,,"},
		beside: []string{when + ",W,,,started,60,,", when + ",W,,,paired,40,,", when + ",W,,,before,3,,", when + ",W,,,improved,50,,", when + ",W,,,same,30,,", when + ",W,,,worse,20,,"}},
	"distribution": {kind: "distribution", unit: "number", rows: []string{q + "W,,,40,,,40,40,,", q + "W,category,one,62.5,47,75.8,25,40,,", q + "W,category,two,37.5,24.2,53,15,40,,"}},
	"rate with people": {kind: "rate", unit: "per 1000", more: `,"per":1000`, rows: []string{q + "W,,,4,2.9,5.4,40,10000,,"},
		beside: []string{when + ",W,,,people,30,,"}},
	"a breakdown with a median": {kind: "proportion", unit: "percent", rows: []string{q + "W,,,50,37.7,62.3,30,60,,", q + "W,kind,0,50,29.9,70.1,10,20,,", q + "W,kind,1,50,29.9,70.1,10,20,,",
		q + "W,kind,3-4,50,29.9,70.1,10,20,,"}, beside: []string{when + ",W,,,median_kind,1,1,1"},
		page: `<section><h2 id="median-kind">Kind</h2><p class="subtitle">What, W</p><table class="data"><tr><th scope="col">Quarter</th><th scope="col">Median</th></tr><tr><th scope="row">Jul to Sep 2026</th><td>1</td></tr></table></section>`},
	"beside local people": {kind: "proportion", unit: "percent", rows: []string{q + "W,,,50,37.7,62.3,30,60,,", q + "W,kind,men,50,29.9,70.1,10,20,,", q + "W,kind,women,50,35.2,64.8,20,40,,"},
		beside: []string{when + ",W,kind,men,local_share,40,,", when + ",W,kind,men,local_ratio,1.25,0.75,1.75"},
		page: `<section><h2 id="by-kind">Kind</h2><p class="subtitle">What, W, July to September 2026</p><table class="data"><tr><th scope="col">Kind</th><th scope="col">All</th><th scope="col">Of local people</th><th scope="col">Ratio to local people</th></tr>
<tr><th scope="row">Men</th><td>20</td><td>40%</td><td>1.25 (0.75 to 1.75)</td></tr></table><div class="words"><p>Local people: Men (ONS, 2021). 1 is the same.</p></div></section>`},
	"across a break": {kind: "proportion", unit: "percent", rows: []string{q + "W,,,,,,,,b,b"}},
	"several years": {kind: "proportion", unit: "percent", rows: []string{"pooled,2023-10-01,2026-09-30,W,,,50,35.2,64.8,20,40,,",
		"pooled,2023-10-01,2026-09-30,W,kind,one,50,31.4,68.6,12,24,,", "pooled,2023-10-01,2026-09-30,W,kind,two,50,28,72,8,16,,"}},
}

func TestEveryKindIsUnderstood(t *testing.T) {
	for name, s := range understood {
		t.Run(name, func(t *testing.T) {
			for _, f := range s.audited(t).Findings {
				t.Error(f)
			}
		})
	}
}

// TestAnEmptyMeasureHasNoSheet reads a workbook, here one without any part, beside a measure
// of which an early edition gives no row.
func TestAnEmptyMeasureHasNoSheet(t *testing.T) {
	s := single{kind: "count", unit: "number", top: `,"quarter":"2023-24 Q3"`, extra: "data/tables-board-2023-24-q3.xlsx", text: "PK\x05\x06" + strings.Repeat("\x00", 18)}
	lacking := func() (sheets int) {
		for _, f := range s.audited(t).Findings {
			if strings.HasPrefix(f.Where, "xl/worksheets/sheet") {
				sheets++
			}
		}
		return sheets
	}
	if n := lacking(); n != len(otherSheets) {
		t.Errorf("%d sheets are missed, want those of no measure", n)
	}
	s.rows = understood["count"].rows
	if n := lacking(); n != len(otherSheets)+1 {
		t.Errorf("%d sheets are missed, want one more", n)
	}
}

// spoilt is one of them with one row, number or page put in another's place.
func spoilt(name string, change func(s *single)) single {
	s := understood[name]
	s.rows, s.beside = slices.Clone(s.rows), slices.Clone(s.beside)
	change(&s)
	return s
}

// zerosHide is a measure's own rule that zeros are hidden.
const zerosHide = `,"hide_up_to":5,"min_base":6,"round_to":1,"zeros":"hidden"`

// allOf is a proportion of which one district prints the given counts.
func allOf(more, counts string) single {
	n := strings.Split(counts, ",")[0]
	value, low, high := "100", "88.6", "100"
	if n == "0" {
		value, low, high = "0", "0", "11.4"
	}
	return single{kind: "proportion", unit: "percent", more: more, rows: []string{q + "W,,,50,39.2,60.8,40,80,,", q + "A,,," + value + "," + low + "," + high + "," + counts}}
}

// TestWhatTheWholeSaysOfAllIsNoSecretBelow: a row may say of everybody what the whole says in
// a period that holds it, and a measure below level 2 may say it anyhow.
func TestWhatTheWholeSaysOfAllIsNoSecretBelow(t *testing.T) {
	told := allOf(`,"level":2,"class":"everybody","hide_up_to":5,"min_base":6,"round_to":1,"zeros":"sometimes"`, "0,30,,")
	told.rows[0] = "year,2026-04-01,2027-03-31,W,,,0,0,4.6,0,80,,"
	usual := allOf(`,"level":1,"class":"everybody","hide_up_to":5,"min_base":6,"round_to":1,"zeros":"shown"`, "0,30,,")
	for name, s := range map[string]single{"told by the whole": told, "level 1": usual} {
		for _, f := range s.audited(t).Findings {
			if f.Rule == RuleClass {
				t.Errorf("%s: %s", name, f)
			}
		}
	}
}

var notUnderstood = map[string]struct {
	rule string
	of   single
}{
	"a kind nobody knows":          {RuleUnknown, spoilt("count", func(s *single) { s.kind = "ratio" })},
	"an estimate of people":        {RuleUnknown, spoilt("mean", func(s *single) { s.kind = "estimate" })},
	"a mark nobody knows":          {RuleUnknown, spoilt("across a break", func(s *single) { s.rows[0] = q + "W,,,,,,,,k,k" })},
	"a period nobody knows":        {RuleUnknown, spoilt("count", func(s *single) { s.rows[0] = "week,2026-07-01,2026-07-07,W,,,40,,,40,40,," })},
	"a breakdown nobody knows":     {RuleUnknown, spoilt("mean", func(s *single) { s.rows[0] = q + "W,shoe,one,3.5,3,4,,40,," })},
	"a unit of another kind":       {RuleUnknown, spoilt("distribution", func(s *single) { s.unit = "percent" })},
	"a file nobody knows":          {RuleUnknown, spoilt("count", func(s *single) { s.extra = "data/m1-more.csv" })},
	"a workbook":                   {RuleUnknown, spoilt("count", func(s *single) { s.extra = "data/m1.xlsx" })},
	"a number beside nobody knows": {RuleUnknown, spoilt("change", func(s *single) { s.beside = append(s.beside, when+",W,,,median_age,31,,") })},
	"a number beside nothing":      {RuleUnknown, spoilt("change", func(s *single) { s.beside = append(s.beside, when+",A,,,started,31,,") })},
	"nine in ten of few":           {RuleBase, spoilt("duration", func(s *single) { s.beside = append(s.beside, when+",W,,,nine_in_ten,11,9,14") })},
	"nine in ten of few on a page": {RuleBase, spoilt("duration", func(s *single) {
		s.page = section("July to September 2026", `<table class="data"><tr><th scope="col">Quarter</th><th scope="col">Days for nine in ten</th></tr><tr><th scope="row">Jul to Sep 2026</th><td>11 (9 to 14)</td></tr></table>`)
	})},
	"a ratio to local people that is another": {RuleShare, spoilt("beside local people", func(s *single) { s.beside[1] = when + ",W,kind,men,local_ratio,1.35,0.75,1.75" })},
	"a ratio on a page that is another":       {RuleShare, spoilt("beside local people", func(s *single) { s.page = strings.Replace(s.page, "1.25", "1.35", 1) })},
	"a median that is another":                {RuleUnknown, spoilt("a breakdown with a median", func(s *single) { s.beside[0] = when + ",W,,,median_kind,0,0,0" })},
	"a median that counts do not settle":      {RuleUnknown, spoilt("a breakdown with a median", func(s *single) { s.rows[1], s.rows[3] = q+"W,kind,0,,,,,,c,c", q+"W,kind,3-4,,,,,,c,c" })},
	"a median on a page that is another":      {RuleUnknown, spoilt("a breakdown with a median", func(s *single) { s.page = strings.Replace(s.page, "<td>1<", "<td>3-4<", 1) })},
	"a small count":                           {RuleSmall, spoilt("count", func(s *single) { s.rows = append(s.rows, q+"A,kind,one,4,,,4,4,,") })},
	"a count that is not its value":           {RuleShare, spoilt("count", func(s *single) { s.rows[0] = q + "W,,,41,,,40,40,," })},
	"few people":                              {RuleSmall, spoilt("rate with people", func(s *single) { s.beside[0] = when + ",W,,,people,4,," })},
	"few events beyond the first":             {RuleSums, spoilt("rate with people", func(s *single) { s.beside[0] = when + ",W,,,people,38,," })},
	"a rate's finer interval":                 {RuleShare, spoilt("rate with people", func(s *single) { s.rows[0] = q + "W,,,4,3.1,5.4,40,10000,," })},
	"a share's finer interval":                {RuleShare, spoilt("several years", func(s *single) { s.rows[0] = "pooled,2023-10-01,2026-09-30,W,,,50,35.9,64.8,20,40,," })},
	"a fine mean":                             {RuleMean, spoilt("mean", func(s *single) { s.rows[0] = q + "W,,,3.47,3,4,,40,," })},
	"a fine mean beside":                      {RuleMean, spoilt("change", func(s *single) { s.beside[2] = when + ",W,,,before,3.07,," })},
	"a mean of few":                           {RuleBase, spoilt("mean", func(s *single) { s.rows[0] = q + "W,,,3,3,4,,5,," })},
	"a change of few":                         {RuleBase, spoilt("change", func(s *single) { s.rows[0] = q + "W,,,1,0,1,,9,,"; s.beside = nil })},
	"few below the highest score":             {RuleSums, spoilt("change", func(s *single) { s.beside = append(s.beside, when+",W,,,at_ceiling,95,,") })},
	"a zero where they are hidden":            {RuleZero, spoilt("count", func(s *single) { s.more += zerosHide; s.rows = append(s.rows, q+"A,kind,one,0,,,0,0,,") })},
	"a hidden zero that follows": {RuleSums, single{kind: "count", unit: "number", more: zerosHide,
		rows: []string{q + "W,,,40,,,40,40,,", q + "A,,,40,,,40,40,,", q + "B,,,,,,,,c,c"}}},
	"a small count by a measure's own rule": {RuleSmall, spoilt("count", func(s *single) { s.more += `,"hide_up_to":50,"min_base":51` })},
	"all of a district":                     {RuleClass, allOf(`,"level":2,"class":"everybody","hide_up_to":5,"min_base":6,"round_to":1,"zeros":"sometimes"`, "30,30,,")},
	"none of a district":                    {RuleClass, allOf(`,"level":2,"class":"everybody","hide_up_to":5,"min_base":6,"round_to":1,"zeros":"sometimes"`, "0,30,,")}, "a quarter that is not printed": {RuleSums, single{kind: "count", unit: "number", rows: []string{"rolling,2025-10-01,2026-09-30,W,,,43,,,43,43,,",
		"quarter,2025-10-01,2025-12-31,W,,,20,,,20,20,,", "quarter,2026-01-01,2026-03-31,W,,,10,,,10,10,,", "quarter,2026-04-01,2026-06-30,W,,,10,,,10,10,,"}}},
	"areas that overlap": {RuleSums, single{kind: "count", unit: "number", top: `,"geography":{"A":["p1"],"B":["p2","p3"],"D":["p1","p2"]}`,
		rows: []string{q + "W,,,97,,,97,97,,", q + "A,,,40,,,40,40,,", q + "B,,,57,,,57,57,,", q + "D,,,94,,,94,94,,"}}},
	"few who left": {RuleSums, spoilt("change", func(s *single) { s.beside[0] = when + ",W,,,started,43,," })},
	"few who got worse": {RuleSums, spoilt("change", func(s *single) {
		s.beside[4], s.beside[5] = when+",W,,,same,42.5,,", when+",W,,,worse,7.5,,"
	})},
	"few who got worse, not said": {RuleSums, spoilt("change", func(s *single) { s.beside[4] = when + ",W,,,same,42.5,,"; s.beside = s.beside[:5] })},
	"few still open":              {RuleSmall, spoilt("duration", func(s *single) { s.beside[1] = when + ",W,,,open,3,," })},
	"few who have ended":          {RuleSums, spoilt("duration", func(s *single) { s.beside[1] = when + ",W,,,open,36,," })},
	"a share of few":              {RuleSmall, spoilt("duration", func(s *single) { s.beside[0] = when + ",W,,,within_5,7.5,2,20" })},
	"a category that is the rest of a whole": {RuleSums, spoilt("distribution", func(s *single) {
		s.rows[1], s.rows[2] = q+"W,category,one,90,76.9,96,36,40,,", q+"W,category,two,,,,,40,c,"
	})},
	"a category of another whole": {RuleShare, spoilt("distribution", func(s *single) { s.rows[1] = q + "W,category,one,60,47,75.8,25,40,," })},
	"an order that changes": {RuleOrder, spoilt("distribution", func(s *single) {
		p := "quarter,2026-04-01,2026-06-30,"
		s.rows = append(s.rows, p+"W,,,40,,,40,40,,", p+"W,category,two,37.5,24.2,53,15,40,,", p+"W,category,one,62.5,47,75.8,25,40,,")
	})},
	"a column nobody knows": {RuleUnknown, spoilt("mean", func(s *single) {
		s.page = section("July to September 2026", `<table class="data"><tr><th scope="col">Who answered</th><th scope="col">Mode</th></tr><tr><th scope="row">All</th><td>3</td></tr></table>`)
	})},
	"a sentence nobody knows": {RuleUnknown, spoilt("mean", func(s *single) {
		s.page = section("July to September 2026", `<div class="words"><p>4 of them were twins.</p></div>`)
	})},
	"a drawing nobody knows": {RuleDrawing, spoilt("mean", func(s *single) {
		s.page = section("July to September 2026", `<table class="data"><tr><th scope="col">Who answered</th><th scope="col">Average</th></tr><tr><th scope="row">All</th><td>3.5</td></tr></table><svg class="chart" aria-label="Pie chart. Of it."><circle cx="1" cy="1"></circle></svg>`)
	})},
	"a comment": {RuleUnknown, spoilt("mean", func(s *single) { s.page = "<!-- three -->" })},
	"a bar of a hidden number": {RuleDrawing, spoilt("several years", func(s *single) {
		s.page = section("October 2023 to September 2026", `<table class="data"><tr><th scope="col">Kind</th><th scope="col">Percentage</th></tr><tr><th scope="row">One</th><td>50%</td></tr></table>
			<svg class="chart" aria-label="Bar chart. Of it."><text x="10" y="90" text-anchor="middle">0%</text><text x="60" y="90" text-anchor="middle">50%</text><text x="110" y="90" text-anchor="middle">100%</text><rect x="10" y="5" width="12" height="9"></rect></svg>`)
	})},
}

func section(subtitle, inside string) string {
	return `<section><h2 id="part">Part</h2><p class="subtitle">What, W, ` + subtitle + `</p>` + inside + `</section>`
}

func TestWhatIsWrongOrNotUnderstoodIsRefused(t *testing.T) {
	for name, c := range notUnderstood {
		t.Run(name, func(t *testing.T) {
			r := c.of.audited(t)
			if !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Rule == c.rule }) {
				t.Errorf("not refused by %s: %v", c.rule, r.Findings)
			}
		})
	}
}

// TestASparseSeriesIsReadByItsLabels draws three months of twelve that are far apart: their
// places are told by the labels under the axis, and not by what lies between two points.
func TestASparseSeriesIsReadByItsLabels(t *testing.T) {
	d := cleanDraft()
	for n := range 24 {
		if n%5 != 1 {
			d.row("month", n, "W").hideMet = true
		}
	}
	for q := range 8 {
		d.row("quarter", q, "W").hideMet = true
	}
	d.withoutYears("W")
	for _, f := range audited(t, map[string]*draft{"board": d}).Findings {
		t.Error(f)
	}
	d.svg = d.chart([]int{2})
	if r := audited(t, map[string]*draft{"board": d}); !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Rule == RuleDrawing }) {
		t.Errorf("a month that is hidden is drawn: %v", r.Findings)
	}
}
