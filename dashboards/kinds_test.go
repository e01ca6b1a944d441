package dashboards

import (
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"wherry/config"
	"wherry/queries"
)

// holds says of each text whether a page has it.
func holds(t *testing.T, name, page string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(page, want) {
			t.Errorf("%s does not hold %q", name, want)
		}
	}
}

func TestPagesOfTheKinds(t *testing.T) {
	dir := written(t, madeUp("board"))
	for id, wants := range map[string][]string{
		"si4": {"Dumbbell chart of average scores", `id="scores"`, "Counted both times", "counted before were not counted after", "They began at 2.1 on average",
			"12% gave the highest score", "(regression to the mean)", "61% got better and 30% stayed the same", "There is no group to compare with"},
		"si1": {`id="done-by"`, "Curve of the share done", "62% (55 to 70)", "Days for nine in ten", "9 (8 to 12)", "(Kaplan-Meier)", "All had ended"},
		"sa6": {`id="parts"`, "Own home", "A category of two", "<strong>41%</strong>", "A year before", `id="parts-over-time"`, "Stacked bar chart. Percentage of people who left safe accommodation, by quarter"},
		"sa9": {`id="estimate"`, "nobody was counted", "Worked out from: A made-up extract, monthly.", "It may reach this"},
		"vc2": {"Average points: audited records", "<th scope=\"col\" class=\"n\">95% interval</th>"},
		"pe1": {"<th scope=\"col\" class=\"n\">People</th>"},
		"rq2": {"Funnel plot.", "95% limit", "Limits of chance", "None lies beyond the limits", " points ("},
		"ma2": {"Any instance of abuse counts, July 2025", "Break: figures on either side cannot be compared", `href="../methods.html#def-repeat"`, "Figures before and after July 2025 cannot be compared."},
		"ma1": {"The districts are not compared", "Not said here: comparison of areas or agencies and better or worse", "For reference: it is not a target", "Better is</dt><dd>Neither"},
	} {
		holds(t, id, read(t, dir, "measures", id+".html"), wants...)
	}
	if page := read(t, dir, "measures", "sa9.html"); strings.Contains(page, "Line chart.") {
		t.Error("an estimate has a chart in time, as if it had been counted")
	}
	if page := read(t, dir, "measures", "ma1.html"); strings.Contains(page, "England and Wales 3.6") || strings.Contains(page, "Clearly above the") {
		t.Error("a rate of months is drawn beside one of a year, or districts are compared that must not be")
	}
}

// TestMedians stand for each quarter on the page and among the data, with a mark where the
// printed counts do not settle them.
func TestMedians(t *testing.T) {
	s := madeUp("board")
	last := quarter()
	for i := range s.Results {
		r := s.Results[i]
		if r.Measure.ID != "RQ1" {
			continue
		}
		m := *r.Measure
		m.Breakdowns, m.Medians = []string{"earlier"}, []string{"earlier"}
		r.Measure = &m
		r.Figures = slices.DeleteFunc(r.Figures, func(f queries.Figure) bool { return f.Breakdown != "" })
		add := func(p config.Period, breakdown, category string, n int64) {
			f := queries.Figure{Period: p, Area: s.Partnership.Area, Breakdown: breakdown, Category: category, State: queries.Suppressed, Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
			if n > 0 {
				f.State, f.Base, f.BaseShown, f.Value = queries.Shown, n, true, 50
			}
			r.Figures = append(r.Figures, f)
		}
		for _, f := range r.Series(config.Quarter, s.Partnership.Area, "", "") {
			add(f.Period, "earlier", "0", f.Base/4)
			add(f.Period, "earlier", "3-4", f.Base-f.Base/4)
			if f.Period == last.Shift(-1) {
				r.Figures[len(r.Figures)-1].State, r.Figures[len(r.Figures)-1].BaseShown = queries.Suppressed, false
				r.Figures[len(r.Figures)-2].State, r.Figures[len(r.Figures)-2].BaseShown = queries.Suppressed, false
			}
		}
	}
	dir := written(t, s)
	holds(t, "rq1", read(t, dir, "measures", "rq1.html"), `id="median-earlier"`, `<th scope="col" class="n">Median</th>`,
		`<tr><th scope="row">Jul to Sep 2026</th><td class="n">3-4</td></tr>`, `<tr><th scope="row">Apr to Jun 2026</th><td class="n">[c]</td></tr>`)
	holds(t, "data", read(t, dir, "data", "rq1-beside.csv"), "RQ1,2026-27 Q2,"+s.Partnership.Area+",,,median_earlier,3,3,4")
	if strings.Contains(read(t, dir, "data", "rq1-beside.csv"), "2026-27 Q1") {
		t.Error("a median is given that hidden counts may change")
	}
}

// TestLocalShares: a share of local people that is held stands beside each category with the
// ratio and its interval; one that nobody has verified is named with what to do.
func TestLocalShares(t *testing.T) {
	s := madeUp("board")
	p := *s.Partnership
	p.Published = append(slices.Clone(p.Published), config.Published{Key: "local_young", Title: "Young people", Value: 20, Low: math.NaN(), High: math.NaN(), Unit: "percent",
		Source: "ONS, Census 2021", AsOf: config.Day(2021, time.March, 21), ReviewBy: config.Day(2027, time.June, 30), Verified: true},
		config.Published{Key: "local_old", Title: "Old people", Value: 73.19, Low: math.NaN(), High: math.NaN(), Unit: "percent", Source: "ONS, by age"})
	s.Partnership = &p
	for _, r := range s.Results {
		if r.Measure.ID != "RQ1" {
			continue
		}
		m := *r.Measure
		m.Breakdowns, m.Local = []string{"age_group"}, map[string]string{"all": "local_young", "8-17": "local_old"}
		r.Measure = &m
		r.Figures = slices.DeleteFunc(r.Figures, func(f queries.Figure) bool { return f.Breakdown != "" })
		for _, x := range []struct {
			category string
			state    queries.State
			value    float64
		}{{"0-7", queries.Shown, 30}, {"unborn", queries.Suppressed, math.NaN()}, {"8-17", queries.Shown, 40}, {"not recorded", queries.Shown, 10}} {
			r.Figures = append(r.Figures, queries.Figure{Period: r.Reading.Period, Area: p.Area, Breakdown: "age_group", Category: x.category, State: x.state, Value: x.value,
				Low: x.value - 2, High: x.value + 2, Numerator: int64(x.value), Base: 100, BaseShown: x.state == queries.Shown})
		}
	}
	dir := written(t, s)
	page := read(t, dir, "measures", "rq1.html")
	holds(t, "rq1", page, "Ratio to local people", `<td class="n">20%</td><td class="n">1.50 (1.40 to 1.60)</td>`, `<td class="n">20%</td><td class="n">[c]</td>`, `<td class="n">not held</td><td class="n">not held</td>`,
		"Local people: Young people (ONS, Census 2021, 21 March 2021). The ratio is the share over theirs",
		"Not yet set beside local people: Old people, key local_old (ONS, by age). To add one, read it in its source")
	if strings.Contains(page, "73.2%") || strings.Count(page, `<td class="n">20%</td>`) != 2 {
		t.Error("a share that is not verified is shown, or one stands beside what was not recorded")
	}
	data := read(t, dir, "data", "rq1-beside.csv")
	holds(t, "data", data, ",age_group,0-7,local_share,20,,", ",age_group,0-7,local_ratio,1.50,1.40,1.60")
	if strings.Contains(data, "unborn") || strings.Contains(data, "8-17") {
		t.Error("a ratio is given of a hidden share, or to one that is not verified")
	}
}

// TestFunnelIsNoRanking: the table keeps the order of names.
func TestFunnelIsNoRanking(t *testing.T) {
	page := read(t, written(t, madeUp("board")), "measures", "rq2.html")
	page = page[strings.Index(page, `id="by-district"`):]
	last := -1
	for _, d := range districtCodes {
		name := strings.ReplaceAll(d[1], "'", "&#39;")
		at := strings.Index(page, `<tr><th scope="row">`+name)
		if at < last {
			t.Errorf("%s is out of order", d[1])
		}
		last = at
	}
}

// TestUnusualPointsNameTheirRule: each flagged stretch once, with its rule.
func TestUnusualPointsNameTheirRule(t *testing.T) {
	page := read(t, written(t, madeUp("board")), "measures", "rq1.html")
	holds(t, "rq1", page, "Which rule flagged each unusual point", "to Sep 2026: unusual, better:")
}

func TestUnknownStandsBesideEachBreakdown(t *testing.T) {
	s := madeUp("board")
	m := s.Results[0]
	for i := range m.Figures {
		if f := &m.Figures[i]; f.Period == quarter() && f.Breakdown == "age_group" && f.Category == "not recorded" {
			f.State, f.BaseShown, f.Base = queries.Shown, true, 400
		}
	}
	page := read(t, written(t, s), "measures", "rq1.html")
	holds(t, "rq1", page, "It is not recorded for 3", "with so many unknown")
}

func TestScorecardHoldsWhatTheBoardNames(t *testing.T) {
	s := madeUp("board")
	page := read(t, written(t, s), "index.html")
	card := page[strings.Index(page, `class="sheet"`):]
	holds(t, "the scorecard", card, "measures/rq1.html", "1 of its 2 measures", "of 16 measures", "by chance alone")
	if strings.Contains(card, `measures/rq2.html`) {
		t.Error("a measure that the board does not name, and in which nothing is unusual, is on the scorecard")
	}
	s = madeUp("board")
	s.Results[1].Reading.Change, s.Results[1].Reading.Rule = queries.Concern, "outside"
	page = read(t, written(t, s), "index.html")
	if card = page[strings.Index(page, `class="sheet"`):]; !strings.Contains(card, `measures/rq2.html`) {
		t.Error("a measure of concern is not on the scorecard")
	}
	holds(t, "the family page", read(t, written(t, madeUp("board")), "families", "referral-quality.html"), "measures/rq1.html", "measures/rq2.html")
}

func TestSilenceIsRanked(t *testing.T) {
	s := madeUp("board")
	s.Editorial = editorial(t)
	s.Editorial.Boards["board"].Silence = []Silence{{"TR1", "Staff not up to date"}, {"RQ2", "Ethnicity not recorded"}, {"SA2", "Requests not met"}}
	for i := range s.Results {
		if r := s.Results[i]; r.Measure.ID == "SA2" {
			r.Reading.Headline.State, r.Reading.Headline.BaseShown = queries.Suppressed, false
		}
	}
	page := read(t, written(t, s), "data-quality.html")
	first, second, last := strings.Index(page, "Ethnicity not recorded"), strings.Index(page, "Staff not up to date"), strings.Index(page, "Requests not met")
	if first < 0 || !(first < second && second < last) {
		t.Errorf("silence is not ranked by its share, with what is hidden last: %d, %d, %d", first, second, last)
	}
	holds(t, "data quality", page[last:last+300], "[c]")
}

func TestEffectIsNeverClaimedTooEarly(t *testing.T) {
	b := &builder{Site: Site{Quarter: quarter()}, fixed: inEnglish}
	june := config.Containing(config.Month, config.Day(2026, time.June, 1))
	moved := queries.Reading{Change: queries.Improving, Since: june}
	for _, c := range []struct {
		completed time.Time
		want      string
	}{
		{time.Time{}, "Not complete yet"}, {config.Day(2026, time.March, 15), "after it was complete"}, {config.Day(2026, time.May, 1), "Too early"},
	} {
		if _, got := b.effect(Action{Completed: c.completed}, moved); !strings.Contains(got, c.want) {
			t.Errorf("an action of %v with a measure better since June: %q, want %q", c.completed, got, c.want)
		}
	}
	soon := Action{Completed: config.Day(2026, time.July, 15), VisibleFrom: config.Day(2026, time.August, 1)}
	if _, got := b.effect(soon, moved); !strings.Contains(got, "began before the action was complete") {
		t.Errorf("a change that began before the action was complete is told as %q", got)
	}
}

func TestMethodsTellDefinitionsAndPublishedValues(t *testing.T) {
	dir := written(t, madeUp("board"))
	page := read(t, dir, "methods.html")
	holds(t, "methods", page, `id="def-repeat"`, `id="def-practice"`, "Two risk tools", "3.6 per 10,000 adult females", "A newer value was to be looked for by 1 July 2021.",
		"A value nobody read", "Laney p&#39; chart", "by chance alone")
	for name := range tree(t, dir) {
		if strings.Contains(read(t, dir, name), "31337") || strings.Contains(read(t, dir, name), "31,337") {
			t.Errorf("%s shows a published value that nobody has verified", name)
		}
	}
}

// TestBoardsNameRealMeasures holds the boards that come with wherry against its catalogue.
func TestBoardsNameRealMeasures(t *testing.T) {
	files, err := queries.Load(os.DirFS("../queries"))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	families := map[string]bool{}
	for _, m := range files.Measures {
		ids = append(ids, m.ID)
		families[m.Family] = true
	}
	for _, p := range editorial(t).CheckMeasures(ids) {
		t.Error(p)
	}
	for _, b := range editorial(t).Boards {
		for _, f := range b.Families {
			delete(families, f.Slug)
		}
	}
	for f := range families {
		t.Errorf("no board has the family %s", f)
	}
}

func TestPublishedAmounts(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		v    config.Published
		want string
	}{
		{config.Published{Value: 3.6, Low: nan, High: nan, Unit: "per 10,000"}, "3.6 per 10,000"}, {config.Published{Value: nan, Low: 28, High: 40, Unit: "percent"}, "28 to 40%"},
		{config.Published{Value: 9.1, Low: 8.7, High: 9.5, Unit: "percent"}, "9.1 (8.7 to 9.5)%"},
	} {
		if got := inEnglish.publishedAmount(c.v); got != c.want {
			t.Errorf("%+v is %q, want %q", c.v, got, c.want)
		}
	}
}

// TestNumbersBesideAreThoseOfThePages: what a page prints of the headline is in the file, and
// what it does not print of others is not.
func TestNumbersBesideAreThoseOfThePages(t *testing.T) {
	dir := written(t, madeUp("board"))
	holds(t, "si4-beside.csv", read(t, dir, "data", "si4-beside.csv"), "measure,period,area,breakdown,category,name,value,low,high\n",
		"SI4,2026-27 Q2,E10000020,,,improved,61,50,70\n", "SI4,2026-27 Q2,E10000020,,,leavers_before,2.1,,\n", "SI4,2026-08,E10000020,,,before,2.4,,\n", "SI4,2026-27 Q2,E10000020,age_group,0-4,before,2.4,,\n")
	for _, not := range []string{"2026-08,E10000020,,,improved", "E07000148,,,improved", "NaN"} {
		if strings.Contains(read(t, dir, "data", "si4-beside.csv"), not) {
			t.Errorf("the file holds %q, which no page prints", not)
		}
	}
	holds(t, "si1-beside.csv", read(t, dir, "data", "si1-beside.csv"), "SI1,2026-27 Q2,E10000020,,,within_5,62,55,70\n")
	if _, err := os.Stat(dir + "/data/rq1-beside.csv"); err == nil {
		t.Error("a measure with no such numbers has a file of them")
	}
}

func TestLongLabelsAreCutAtAWord(t *testing.T) {
	for _, s := range []string{strings.Repeat("word ", 200), strings.Repeat("é", 400), "short"} {
		got := clip(s)
		if len(got) > longest || !utf8.ValidString(got) || (len(s) > longest && strings.TrimSuffix(got, "...") == got) {
			t.Errorf("a label of %d bytes became one of %d: %.20q", len(s), len(got), got)
		}
	}
}
