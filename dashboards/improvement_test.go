package dashboards

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"wherry/config"
)

var drawn = regexp.MustCompile(`(?s)<svg class="chart.*?</svg>`)

// TestAreaPage: finding, question, chart, so what, measures, actions and decision, in words
// that stand on the pages of the measures too.
func TestAreaPage(t *testing.T) {
	s := madeUp("board")
	dir := written(t, s)
	page := read(t, dir, "areas", "information-sharing.html")
	holds(t, "the area", page, "Does what one agency knows reach the agency that needs it in time?", "Joint targeted area inspection of Norfolk, letter of 27 February 2025.",
		"Finding NFK4", "Decide within a day", "12 days late on 31 October 2026", "Nothing on this area this quarter", `href="../measures/is1.html"`)
	area, own := drawn.FindAllString(page, -1), read(t, dir, "measures", "is4.html")
	if len(area) != 3 {
		t.Fatalf("the area has %d drawings, want the three widths of its first measure", len(area))
	}
	for _, svg := range area {
		if !strings.Contains(own, svg) {
			t.Error("a drawing is not that of the measure's own page")
		}
	}
	soWhat := strings.ReplaceAll(part(t, page, `id="so-what"`, "</section>"), "&#39;", "'")
	for _, id := range []string{"IS4", "IS1"} { // the first of the area, and one with a signal
		for _, r := range s.Results {
			if r.Measure.ID == id && !strings.Contains(soWhat, ReadingSentences(r).Lead) {
				t.Errorf("the area does not say of %s what its page says", id)
			}
		}
	}
}

func TestAreaAsksADecisionInItsQuarter(t *testing.T) {
	s := madeUp("board")
	s.Editorial = editorial(t)
	dir := written(t, s)
	holds(t, "the area", part(t, read(t, dir, "areas", "marac.html"), `class="asks"`, "</section>"), "The board is asked to", "Ask each agency how it will complete MARAC actions", "MARAC steering group chair", "By 11 February 2027.")
	holds(t, "the scorecard", read(t, dir, "index.html"), `A decision is also asked on: <a href="areas/marac.html#asks">`, `<a href="areas/voice-of-the-child.html">Voice of the child</a>`)
	for _, a := range s.Editorial.Boards["board"].Areas {
		if a.Decision != nil {
			a.Decision.Quarter = "2026-27 Q1"
		}
	}
	dir = written(t, s)
	holds(t, "the area", read(t, dir, "areas", "marac.html"), "Nothing on this area this quarter")
	if strings.Contains(read(t, dir, "index.html"), "A decision is also asked on") {
		t.Error("the scorecard asks a decision of another quarter")
	}
	if page := read(t, written(t, madeUp("public")), "areas", "marac.html"); strings.Contains(page, `class="asks"`) {
		t.Error("the public is asked for a decision")
	}
}

// TestAsksOfAnArea stand on its page in their quarter, beside its decision.
func TestAsksOfAnArea(t *testing.T) {
	s := madeUp("board")
	s.Partnership.Asks[0].Area, s.Partnership.Asks[1].Area, s.Partnership.Asks[2].Area = "voice-of-the-child", "marac", "voice-of-the-child"
	dir := written(t, s)
	voice := part(t, read(t, dir, "areas", "voice-of-the-child.html"), `class="asks"`, "</section>")
	holds(t, "an area", voice, "Agree a review of plans for children after MARAC", "Report back by 11 February 2027.", "Owner: MARAC steering group.")
	if strings.Contains(voice, "An ask of another quarter") || strings.Contains(voice, "Nothing on this area") {
		t.Error("the area asks what it should not, or says that it asks nothing")
	}
	holds(t, "an area with a decision", part(t, read(t, dir, "areas", "marac.html"), `class="asks"`, "</section>"), "Confirm capacity for first contact", "Ask each agency how it will complete MARAC actions")
	ps := editorial(t).CheckAsks([]config.Ask{{Title: "A", Area: "marac"}, {Title: "B"}, {Title: "C", Area: "marrac"}})
	if len(ps) != 1 || ps[0].File != "config/wherry.yaml" || ps[0].Msg != `the ask "C" is of area "marrac", which no board has` || ps[0].Hint == "" {
		t.Errorf("got %+v", ps)
	}
}

// TestAreaWithoutData says what would fill it.
func TestAreaWithoutData(t *testing.T) {
	s := madeUp("board")
	s.Actions = nil
	s.Results[3].Figures, s.Results[3].Reading.Points = nil, nil // IS4, the first of information-sharing
	dir := written(t, s)
	holds(t, "an area without figures", read(t, dir, "areas", "information-sharing.html"), "There is nothing to draw yet. This chart fills from Referrals to the front door.", "No action plan has arrived yet.", `href="../data-quality.html"`)
	s.Results = s.Results[:4]
	holds(t, "an area without measures", read(t, written(t, s), "areas", "training.html"), "No measure of this area is in this edition.", "TR1, TR2", "Nothing can be said yet.")
}

func TestFaultsOfAreas(t *testing.T) {
	const good = "audience: board\ntitle: Review\nheadlines: News\nasks: You are asked to\nleave_out: {measures: [ZZ1]}\naccessibility: {status: partially compliant}\nareas:\n"
	const area = "  - {slug: a, title: A, finding: F, source: S, question: Q, measures: [AA1], code: X}\n"
	for _, c := range []struct{ areas, want string }{
		{area, ""},
		{area + area, `area "a" is listed twice`},
		{strings.Replace(area, "slug: a", "slug: A/b", 1), `area slug "A/b" cannot name a page`},
		{strings.Replace(area, "slug: a", "slug: ''", 1), `area slug "" cannot name a page`},
		{strings.Replace(area, "source: S, ", "", 1), `area "a" needs title, finding, source and question`},
		{strings.Replace(area, "[AA1]", "[]", 1), `area "a" names no measure`},
		{strings.Replace(area, "[AA1]", "[AA1, AA1]", 1), `area "a" names measure "AA1" twice`},
		{strings.Replace(area, "[AA1]", "[ZZ1]", 1), `names measure "ZZ1", which this board leaves out`},
		{strings.Replace(area, "code: X", "decision: {text: D, owner: O, quarter: 2026-27 Q2}", 1), ""},
		{strings.Replace(area, "code: X", "decision: {owner: O, quarter: 2026-27 Q2}", 1), `the decision of area "a" needs text and owner`},
		{strings.Replace(area, "code: X", "decision: {text: D, owner: O, quarter: 2026-09}", 1), `has quarter "2026-09"`},
		{strings.Replace(area, "code: X", "decision: {text: D, owner: O, quarter: 2026-27 Q2, by: soon}", 1), `by "soon", which is not a date`},
		{strings.Replace(area, "code: X", "colour: red", 1), "dashboards/boards/board.yaml:8:"},
	} {
		b := &Board{}
		files := fileOf("boards/board.yaml", good+c.areas)
		problems := decode(files, "boards/board.yaml", b)
		if len(problems) == 0 {
			problems = b.check("boards/board.yaml")
		}
		switch {
		case c.want == "" && len(problems) > 0:
			t.Errorf("%s has problems: %v", c.areas, problems)
		case c.want != "" && (len(problems) != 1 || !strings.Contains(problems.Error(), c.want) || !strings.Contains(problems.Error(), "dashboards/boards/board.yaml")):
			t.Errorf("%s has the problems %v, want %q", c.areas, problems, c.want)
		}
	}
	b := &Board{}
	if ps := decode(fileOf("boards/board.yaml", strings.Replace(good, "asks: You are asked to\n", "", 1)+strings.Replace(area, "code: X", "decision: {text: D, owner: O, quarter: 2026-27 Q2}", 1)), "boards/board.yaml", b); len(ps) > 0 {
		t.Fatal(ps)
	}
	if ps := b.check("boards/board.yaml"); len(ps) != 1 || !strings.Contains(ps.Error(), "readers who are asked nothing") {
		t.Errorf("a decision on a board that asks nothing has the problems %v", ps)
	}
}

func TestAreasNameRealMeasures(t *testing.T) {
	e := &Editorial{Boards: map[string]*Board{"board": {Areas: []*ImprovementArea{{Slug: "a", Measures: []string{"RQ1", "RQ99"}}}}}}
	ps := e.CheckMeasures([]string{"RQ1"})
	if len(ps) != 1 || ps[0].File != "dashboards/boards/board.yaml" || ps[0].Msg != `area a names measure "RQ99", which does not exist` || ps[0].Hint == "" {
		t.Errorf("got %+v", ps)
	}
}

// TestGuideToBoards takes the example of docs/boards.md as an analyst would.
func TestGuideToBoards(t *testing.T) {
	text, err := os.ReadFile("../docs/boards.md")
	if err != nil {
		t.Fatal(err)
	}
	example := part(t, string(text), "```yaml\n", "```")
	b := &Board{}
	if ps := decode(fileOf("boards/board.yaml", "audience: board\ntitle: Review\nheadlines: News\nasks: You are asked to\naccessibility: {status: partially compliant}\n"+example), "boards/board.yaml", b); len(ps) > 0 {
		t.Fatal(ps)
	}
	if ps := b.check("boards/board.yaml"); len(ps) > 0 || len(b.Areas) != 1 {
		t.Fatalf("the example gives %d areas and the problems %v", len(b.Areas), ps)
	}
	s := madeUp("board")
	s.Editorial = editorial(t)
	s.Editorial.Boards["board"].Areas = b.Areas
	holds(t, "the example", read(t, written(t, s), "areas", "voice-of-the-child.html"), "Agree that every plan says what the child wanted", "used to inform plans.")
}
