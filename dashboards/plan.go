package dashboards

import (
	"slices"
	"strings"

	"wherry/config"
)

// actionFamily is the family of the measures of the plan itself, and planFeed the feed that
// the plan arrives by.
const (
	actionFamily = "action-plan"
	planFeed     = "action_plan"
)

// planRow is one action with its status, its dates and what became of its measures.
type planRow struct {
	Action
	Standing verdict // its status, in words
	Agency   string  // name of the agency that answers for it
	Area     *ImprovementArea
	When     string
	Slips    []string
	Links    []linkedMeasure
}

// standings are the statuses that an action may have on the pages, in their order. Blue is
// kept for a complete action with evidence of an effect: a measure that moved in the better
// direction after it. Any other complete action is green.
var standings = []string{"red", "amber", "green", "done", "blue", "grey"}

// standing is an action's status: as the plan has it, but for blue.
func (w words) standing(a Action, links []linkedMeasure) verdict {
	key := a.Status
	if key == "blue" && !slices.ContainsFunc(links, func(l linkedMeasure) bool { return l.became == movedBetter }) {
		key = "done"
	}
	if !slices.Contains(standings, key) {
		return verdict{Icon: "b-grey", Word: plainName(a.Status), Detail: w.text("plan.status.other")}
	}
	return w.planned(key)
}

// planned is a status that an action may have, in words.
func (w words) planned(key string) verdict {
	return verdict{Icon: "b-" + key, Word: w.text("plan.status." + key), Detail: w.text("plan.colour." + key)}
}

// planPage is the body of actions.html.
type planPage struct {
	Lead    string
	Counts  []count
	Unmoved []planRow // complete long enough, and none of their measures moved in the better direction
	Judged  int       // complete actions whose effect should be visible, with a measure that can be judged
	Rows    []planRow
}

// planRows are the actions of the plan in its order.
func (b *builder) planRows(actions []Action) []planRow {
	var rows []planRow
	for _, a := range actions {
		row := planRow{Action: a, Links: b.linkedTo(a)}
		row.Standing = b.fixed.standing(a, row.Links)
		row.When, row.Slips = b.planned(a)
		if a.Agency != "" {
			row.Agency = b.Agency(a.Agency)
		}
		for _, area := range b.board.Areas {
			if row.Area == nil && a.Finding != "" && area.Code == a.Finding {
				row.Area = area
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// planOf are the actions of an area: those of its finding, those that it names, and, of those
// of no finding, those that are to move one of its measures.
func (b *builder) planOf(area *ImprovementArea) []planRow {
	var mine []Action
	for _, a := range b.Actions {
		byMeasure := a.Finding == "" && slices.ContainsFunc(a.Measures, func(id string) bool { return contains(area.Measures, id) })
		if a.Finding != "" && a.Finding == area.Code || contains(area.Actions, a.ID) || byMeasure {
			mine = append(mine, a)
		}
	}
	return b.planRows(mine)
}

// actionPlan writes actions.html.
func (b *builder) actionPlan() error {
	body := planPage{Rows: b.planRows(b.Actions)}
	body.Lead, body.Counts = b.planLead(body.Rows), b.fixed.standingCounts(body.Rows)
	for _, row := range body.Rows {
		judged, moved := false, false
		for _, l := range row.Links {
			judged = judged || l.became >= still
			moved = moved || l.became == movedBetter
		}
		if judged {
			body.Judged++
			if !moved {
				body.Unmoved = append(body.Unmoved, row)
			}
		}
	}
	return b.render("actions.html", "actions.html", page{Title: b.fixed.text("title.plan"), Nav: "actions.html", Body: body})
}

// planLead says where the plan as a whole stands.
func (b *builder) planLead(rows []planRow) string {
	complete, late, moved := 0, 0, 0
	for _, row := range rows {
		if !row.Completed.IsZero() {
			complete++
		}
		if b.late(row.Action) {
			late++
		}
		if slipped(row.Action) {
			moved++
		}
	}
	w := b.fixed
	return strings.Join([]string{w.some("plan.lead.complete", float64(complete), "all", len(rows)), w.some("plan.lead.moved", float64(moved)),
		w.some("plan.lead.late", float64(late), "day", w.longDay(b.AsAt))}, " ")
}

// standingCounts is how many actions have each status, without those that none has.
func (w words) standingCounts(rows []planRow) []count {
	var counts []count
	for _, key := range standings {
		s := w.planned(key)
		c := count{Icon: s.Icon, Class: s.Icon, Words: s.Word}
		for _, row := range rows {
			if row.Standing.Icon == s.Icon && row.Standing.Word == s.Word {
				c.N++
			}
		}
		if c.N > 0 {
			counts = append(counts, c)
		}
	}
	return counts
}

// planPart is what the table of actions needs.
type planPart struct {
	Root  string
	Areas bool // a row names its area
	Rows  []planRow
}

func planTable(root string, areas bool, rows []planRow) planPart { return planPart{root, areas, rows} }

// planGap says which return would fill a page that has no plan.
type planGap struct{ Root, Title, Feed, Agency string }

func planMissing(root string, b *builder) planGap {
	gap := planGap{Root: root, Title: b.FeedTitle(planFeed), Feed: planFeed}
	if i := slices.IndexFunc(b.Partnership.Contracts, func(c *config.Contract) bool { return c.Feed == planFeed }); i >= 0 && len(b.Partnership.Contracts[i].Agencies) > 0 {
		gap.Agency = b.Agency(b.Partnership.Contracts[i].Agencies[0])
	}
	return gap
}
