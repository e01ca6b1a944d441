package publish

import (
	"slices"

	"wherry/dashboards"
	"wherry/queries"
)

// settle gives the measures that are made from others' readings their figures, for each
// audience from what that audience may see.
func (ev evaluation) settle(in Input, all [][]*queries.Result, read func(*queries.Result) queries.Reading) {
	for _, results := range all {
		effects := queries.Effects(ev.actions, results, in.Quarter)
		for _, r := range results {
			if len(r.Measure.Reads) > 0 {
				r.Settle(effects)
				r.Reading = read(r)
			}
		}
	}
}

// alsoRead is the measures of a catalogue that are not among those chosen and that one of
// them, made from others' readings, rests on: those that an action is linked to.
func alsoRead(catalogue *queries.Catalogue, chosen []*queries.Measure, actions []queries.PlanAction) []*queries.Measure {
	if !slices.ContainsFunc(chosen, func(m *queries.Measure) bool { return len(m.Reads) > 0 }) {
		return nil
	}
	linked := map[string]bool{}
	for _, a := range actions {
		for _, id := range a.Measures {
			linked[id] = true
		}
	}
	var more []*queries.Measure
	for _, m := range catalogue.Measures {
		if linked[m.ID] && !slices.Contains(chosen, m) {
			more = append(more, m)
		}
	}
	return more
}

// planned is the actions as a page shows them.
func planned(actions []queries.PlanAction) []dashboards.Action {
	var out []dashboards.Action
	for _, a := range actions {
		out = append(out, dashboards.Action{ID: a.ID, Title: a.Title, Agency: a.Agency, Owner: a.Owner, Finding: a.Area, Status: a.Status,
			FirstDue: a.FirstDue, Due: a.Due, Completed: a.Completed, VisibleFrom: a.VisibleFrom(), Measures: a.Measures})
	}
	return out
}
