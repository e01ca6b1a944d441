package dashboards

import (
	"fmt"
	"time"

	"wherry/queries"
)

// Action is one action of the joint plan, with the measures it is meant to move. A page says
// what became of those measures; it never says that the action did it.
type Action struct {
	ID, Title   string
	Owner       string    // role
	Finding     string    // of the inspectors: "NFK2"
	Status      string    // as the plan has it: blue, green, amber, red, grey
	Due         time.Time // as agreed now; zero for none
	Completed   time.Time // the day it was first reported complete; zero while it is not
	VisibleFrom time.Time // the day from which an effect should be visible; six months after it was complete where this is zero
	Measures    []string  // ids
}

// monthsToShow is how long an effect takes to be visible in months of figures, where the plan
// says nothing else.
const monthsToShow = 6

// actionFamily is the family on whose page the actions stand.
const actionFamily = "action-plan"

// actionStatuses are the statuses of the plan in words that do not blame.
var actionStatuses = map[string]string{"blue": "Complete", "green": "On track", "amber": "At risk", "red": "Off track", "grey": "Not started"}

// actionRow is one action with one of its measures.
type actionRow struct {
	Action
	Words   string // its status
	When    string // "complete 30 June 2026", "due 31 January 2027"
	Measure *subject
	Effect  string // what became of the measure
	First   bool   // the first row of its action
	Span    int    // rows of its action
}

// actionRows is each action with each of its measures that this audience may see; an action
// with none has one row, which says so.
func (b *builder) actionRows() []actionRow {
	byID := map[string]*subject{}
	for _, s := range b.subjects {
		byID[s.Measure.ID] = s
	}
	var rows []actionRow
	for _, a := range b.Actions {
		row := actionRow{Action: a, Words: orElse(actionStatuses[a.Status], plainName(a.Status)), When: whenDone(a), Effect: "No measure on these pages is linked to it.", First: true}
		first := len(rows)
		for _, id := range a.Measures {
			if s := byID[id]; s != nil {
				row.Measure, row.Effect = s, b.effect(a, s.Reading)
				rows = append(rows, row)
				row.First = false
			}
		}
		if row.First {
			rows = append(rows, row)
		}
		rows[first].Span = len(rows) - first
	}
	return rows
}

func whenDone(a Action) string {
	switch {
	case !a.Completed.IsZero():
		return "complete " + longDay(a.Completed)
	case !a.Due.IsZero():
		return "due " + longDay(a.Due)
	}
	return ""
}

// effect says what became of a measure since an action was completed. It is a matter of
// timing: an unusual change counts as after the action where its run began no earlier.
func (b *builder) effect(a Action, r queries.Reading) string {
	from := a.VisibleFrom
	if from.IsZero() {
		from = a.Completed.AddDate(0, monthsToShow, 0)
	}
	moved := map[queries.Change]string{queries.Improving: "moved in the better direction", queries.Concern: "moved in the worse direction", queries.Different: "moved"}[r.Change]
	switch {
	case a.Completed.IsZero():
		return "Not complete yet."
	case !from.Before(b.Quarter.End):
		return "Too early: an effect should be visible from " + longDay(from) + "."
	case r.Change == queries.NotJudged || r.Change == queries.TooFew:
		return "Cannot be judged: " + lowerFirst(sentence(orElse(r.Why, "there are too few points")))
	case moved == "":
		return "Its latest figure lies within its usual range."
	case r.Since.Start.Before(a.Completed):
		return fmt.Sprintf("%s, and that began before the action was complete (%s).", sentenceStart(moved), periodName(r.Since))
	}
	return fmt.Sprintf("%s after it was complete (since %s). That fits the timing, and shows no cause.", sentenceStart(moved), periodName(r.Since))
}
