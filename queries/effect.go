package queries

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"wherry/config"
	"wherry/queries/statistics"
)

// PlanAction is one action of the joint plan as its last update has it. Completed is the
// first day on which it was reported complete and has been ever since; it, FirstDue and Due
// are zero where there is none.
type PlanAction struct {
	ID, Title      string
	Area           string    // improvement area: NFK2
	Agency, Owner  string    // who answers for it: an agency and a role
	Status         string    // blue, green, amber, red or grey
	FirstDue       time.Time // the date first agreed
	Due, Completed time.Time
	Measures       []string // ids of the measures it is meant to move
}

// effectMonths is how long after its completion an action's effect should be visible: six
// more monthly points.
const effectMonths = 6

// VisibleFrom is the day from which an effect of the action should be visible; zero while
// it is not complete.
func (a PlanAction) VisibleFrom() time.Time {
	if a.Completed.IsZero() {
		return time.Time{}
	}
	return a.Completed.AddDate(0, effectMonths, 0)
}

// PlanActions is every action of the plan, in order of its id. db is the published
// warehouse.
func PlanActions(ctx context.Context, db DB) ([]PlanAction, error) {
	rows, err := db.QueryContext(ctx, `select action_id, coalesce(title, ''), coalesce(improvement_area, ''), coalesce(owner_agency, ''),
    coalesce(owner_role, ''), coalesce(brag, ''), baseline_due, current_due, completed_on, array_to_string(coalesce(linked_measures, []), '|')
from core.plan_action order by action_id`)
	if err != nil {
		return nil, fmt.Errorf("reading the action plan: %w", err)
	}
	defer rows.Close()
	var actions []PlanAction
	for rows.Next() {
		var a PlanAction
		var first, due, completed sql.NullTime
		var linked string
		if err := rows.Scan(&a.ID, &a.Title, &a.Area, &a.Agency, &a.Owner, &a.Status, &first, &due, &completed, &linked); err != nil {
			return nil, fmt.Errorf("reading the action plan: %w", err)
		}
		a.FirstDue, a.Due, a.Completed = first.Time, due.Time, completed.Time
		a.Measures = strings.FieldsFunc(linked, func(r rune) bool { return r == '|' })
		actions = append(actions, a)
	}
	return actions, rows.Err()
}

// What became of the measure of a completed action. They are the categories of the measure
// that counts them, and never say that the action was the cause.
const (
	EffectMoved       = "moved"
	EffectOtherWay    = "moved the other way"
	EffectNone        = "no change"
	EffectTooEarly    = "too early"
	EffectNotMeasured = "not measured"
)

// effects is every status, the one that an action with several measures takes first.
func effects() []string {
	return []string{EffectMoved, EffectOtherWay, EffectNone, EffectTooEarly, EffectNotMeasured}
}

// Effect is what became of one measure that one completed action is linked to. Since is the
// first point of the change, of a measure that moved.
type Effect struct {
	Action, Title string
	Area          string // improvement area
	Measure       string // id; "" for an action that names none
	CompletedOn   time.Time
	Status        string
	Since         config.Period
}

// Effects sets each completed action against the Readings of the measures it is linked to, in
// the order of the actions. results are those of one audience: a measure that is not among
// them is not measured there.
func Effects(actions []PlanAction, results []*Result, quarter config.Period) []Effect {
	readings := map[string]Reading{}
	for _, r := range results {
		readings[r.Measure.ID] = r.Reading
	}
	var all []Effect
	for _, a := range actions {
		if a.Completed.IsZero() {
			continue
		}
		e := Effect{Action: a.ID, Title: a.Title, Area: a.Area, CompletedOn: a.Completed, Status: EffectNotMeasured}
		if len(a.Measures) == 0 {
			all = append(all, e)
		}
		for _, id := range a.Measures {
			e.Measure, e.Status, e.Since = id, EffectNotMeasured, config.Period{}
			if reading, known := readings[id]; known {
				e.Status, e.Since = becameOf(a, reading, quarter)
			}
			all = append(all, e)
		}
	}
	return all
}

// becameOf is what a measure's Reading says of the time since an action was complete: a
// change counts as after it where its first point begins no earlier.
func becameOf(a PlanAction, r Reading, quarter config.Period) (status string, since config.Period) {
	moved := map[Change]string{Improving: EffectMoved, Concern: EffectOtherWay}[r.Change]
	switch {
	case !a.VisibleFrom().Before(quarter.End):
		return EffectTooEarly, since
	case r.Change != NoChange && moved == "":
		return EffectNotMeasured, since
	case moved == "" || r.Since.Start.Before(a.Completed):
		return EffectNone, since
	}
	return moved, r.Since
}

// Settle counts a Result's completed actions by what became of their measures: each once,
// under the first of the statuses that any of its measures has. Its SELECT knows only which
// are linked to a measure, so the figures of its categories are made here, from the actions
// completed in each period, and nothing else of it changes. Actions are not people: nothing
// is hidden.
func (r *Result) Settle(all []Effect) {
	status := map[string]Effect{}
	for _, e := range all {
		if had, known := status[e.Action]; !known || slices.Index(effects(), e.Status) < slices.Index(effects(), had.Status) {
			status[e.Action] = e
		}
	}
	r.Figures = slices.DeleteFunc(r.Figures, func(f Figure) bool {
		return f.Breakdown == CategoryBreakdown && !slices.Contains(effects(), f.Category)
	})
	for i := range r.Figures {
		f := &r.Figures[i]
		if f.Breakdown != CategoryBreakdown || f.State != Shown {
			continue
		}
		f.Numerator = 0
		for _, e := range status {
			if e.Status == f.Category && f.Period.Holds(e.CompletedOn) {
				f.Numerator++
			}
		}
		lo, hi := statistics.Wilson(f.Numerator, f.Base, statistics.Z95)
		f.Value, f.Low, f.High = 100*float64(f.Numerator)/float64(f.Base), 100*lo, 100*hi
	}
}
