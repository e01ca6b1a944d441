package dashboards

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"wherry/config"
)

func fileOf(name, text string) fs.FS { return fstest.MapFS{name: {Data: []byte(text)}} }

func TestActionPlan(t *testing.T) {
	page := read(t, written(t, madeUp("board")), "actions.html")
	holds(t, "the action plan", page, "3 of 7 actions are complete. 2 are later than was first agreed. 2 are open past the day agreed now, on 31 October 2026.",
		"Agree one referral form", "Norfolk Constabulary", "First agreed for 30 June 2025: later by 5 months", "First agreed for 30 June 2026: moved by 7 months", "12 days late on 31 October 2026", "1 day late on 31 October 2026",
		"That fits the timing, and shows no cause.", "Its latest figure lies within its usual range.", "Not complete yet.", "Too early: an effect should be visible from 1 January 2027.",
		"No measure on these pages is linked to it.", "No date agreed", "ACT-05, finding NFK9", `<a href="areas/marac.html">MARAC engagement and oversight</a>`)
	for title, want := range map[string]string{"Agree one referral form": "b-blue", "Train every team": "b-amber", "Share outcomes": "b-done", "Write a guide": "b-green", "Record ethnicity in every referral": "b-done", "Decide within a day": "b-red", "Hear each child": "b-grey"} {
		if row := part(t, part(t, page, `<table class="plan"`, "</table>"), title+"<span", "</tr>"); !strings.Contains(row, `href="#`+want+`"`) {
			t.Errorf("%q does not have the status %s", title, want)
		}
	}
	unmoved := part(t, page, `id="unmoved"`, "</section>")
	holds(t, "what did not move", unmoved, "Record ethnicity in every referral", `<a href="measures/rq2.html">`)
	for _, not := range []string{"Agree one referral form", "Share outcomes", "Train every team"} {
		if strings.Contains(unmoved, not) {
			t.Errorf("%q is among the complete actions whose measures did not move", not)
		}
	}
}

func TestNothingUnmoved(t *testing.T) {
	s := madeUp("board")
	all := s.Actions
	s.Actions = all[:1]
	holds(t, "a plan with an effect", read(t, written(t, s), "actions.html"), "None: each complete action whose effect should be visible by now", "1 of 1 actions are complete. 1 is later than was first agreed. None is open past")
	s.Actions = all[2:3]
	holds(t, "a plan too young", read(t, written(t, s), "actions.html"), "None can be told yet.")
}

func TestNoPlanHasArrived(t *testing.T) {
	s := madeUp("board")
	s.Actions = nil
	page := read(t, written(t, s), "actions.html")
	holds(t, "the page", page, "No action plan has arrived yet.", "<code>action_plan</code>", `href="data-quality.html"`)
	if strings.Contains(page, "actions are complete") || strings.Contains(page, "<table") {
		t.Error("the page counts actions that there are not")
	}
	s.Partnership.Contracts = append(s.Partnership.Contracts, &config.Contract{Feed: planFeed, Title: "Joint action plan", Agencies: []string{"training_hub"}})
	holds(t, "the page", read(t, written(t, s), "actions.html"), "The return “Joint action plan” (<code>action_plan</code>) from Training hub fills this part")
}

// TestBlueNeedsEvidence: a plan's word that an action is complete and evidenced is not enough.
func TestBlueNeedsEvidence(t *testing.T) {
	for b, want := range map[became]string{tooEarly: "b-done", cannotJudge: "b-done", still: "b-done", movedBefore: "b-done", movedWorse: "b-done", movedNeither: "b-done", movedBetter: "b-blue"} {
		if v := inEnglish.standing(Action{Status: "blue"}, []linkedMeasure{{became: still}, {became: b}}); v.Icon != want {
			t.Errorf("a measure that became %d gives %s, want %s", b, v.Icon, want)
		}
	}
	if v := inEnglish.standing(Action{Status: "blue"}, nil); v.Icon != "b-done" {
		t.Errorf("an action with no measure is %s", v.Icon)
	}
	if v := inEnglish.standing(Action{Status: "purple_one"}, nil); v.Word != "Purple one" || v.Detail != "Not a status of the plan" {
		t.Errorf("a status that the plan does not have is %+v", v)
	}
}

func TestApart(t *testing.T) {
	from := config.Day(2026, time.January, 31)
	for days, want := range map[int]string{1: "1 day", 2: "2 days", 59: "59 days", 60: "2 months", 92: "3 months", 365: "12 months"} {
		if got := inEnglish.apart(from, from.AddDate(0, 0, days)); got != want {
			t.Errorf("%d days are %q, want %q", days, got, want)
		}
	}
}

// TestActionsOfAnArea: by finding, by name, and, of those without a finding, by measure.
func TestActionsOfAnArea(t *testing.T) {
	s := madeUp("board")
	b := &builder{Site: s, board: &Board{}, fixed: inEnglish}
	area := &ImprovementArea{Code: "NFK2", Measures: []string{"VC2", "TR1"}, Actions: []string{"ACT-04"}}
	var ids []string
	for _, row := range b.planOf(area) {
		ids = append(ids, row.ID)
	}
	if got := strings.Join(ids, " "); got != "ACT-01 ACT-04 ACT-07" {
		t.Errorf("the area has the actions %s", got)
	}
	if rows := b.planOf(&ImprovementArea{Measures: []string{"XX1"}}); rows != nil {
		t.Errorf("an area without a code has %d actions", len(rows))
	}
}
