package dashboards

import (
	"math"
	"time"

	"wherry/queries"
)

// Action is one action of the joint plan, with the measures it is meant to move. A page says
// what became of those measures; it never says that the action did it.
type Action struct {
	ID, Title   string
	Agency      string    // id of the agency that answers for it; may be empty
	Owner       string    // role
	Finding     string    // of the inspectors: "NFK2"
	Status      string    // as the plan has it: blue, green, amber, red, grey
	FirstDue    time.Time // as first agreed; zero for none
	Due         time.Time // as agreed now; zero for none
	Completed   time.Time // the day it was first reported complete; zero while it is not
	VisibleFrom time.Time // the day from which an effect should be visible; six months after it was complete where this is zero
	Measures    []string  // ids
}

// monthsToShow is how long an effect takes to be visible in months of figures, where the plan
// says nothing else.
const monthsToShow = 6

// became is what a measure has done since an action was complete.
type became int

const (
	notComplete  became = iota // the action is open
	tooEarly                   // an effect should be visible later
	cannotJudge                // the measure
	still                      // the measure lies within its usual range
	movedBefore                // and that began before the action was complete
	movedWorse                 // after it
	movedNeither               // after it, where no direction is better
	movedBetter                // after it
)

// effect says what became of a measure since an action was completed. It is a matter of
// timing: an unusual change counts as after the action where its run began no earlier.
func (b *builder) effect(a Action, r queries.Reading) (became, string) {
	from := a.VisibleFrom
	if from.IsZero() {
		from = a.Completed.AddDate(0, monthsToShow, 0)
	}
	w, kind := b.fixed, map[queries.Change]became{queries.Improving: movedBetter, queries.Concern: movedWorse, queries.Different: movedNeither}[r.Change]
	way := map[became]string{movedBetter: "better", movedWorse: "worse", movedNeither: "neither"}[kind]
	switch {
	case a.Completed.IsZero():
		return notComplete, w.text("effect.open")
	case !from.Before(b.Quarter.End):
		return tooEarly, w.text("effect.early", "day", w.longDay(from))
	case (r.Change == queries.NotJudged || r.Change == queries.TooFew) && r.Why.Key != "":
		return cannotJudge, w.text("effect.unjudged", "why", lowerFirst(w.saying([]queries.Phrase{r.Why})))
	case r.Change == queries.NotJudged || r.Change == queries.TooFew:
		return cannotJudge, w.text("effect.few")
	case way == "":
		return still, w.text("effect.still")
	case r.Since.Start.Before(a.Completed):
		return movedBefore, w.text("effect.before."+way, "period", w.periodName(r.Since))
	}
	return kind, w.text("effect.after."+way, "period", w.periodName(r.Since))
}

// linkedMeasure is a measure that an action is meant to move.
type linkedMeasure struct {
	*subject
	became became
	Effect string // what became of it, in words
}

// linkedTo are the measures of an action that this audience may see.
func (b *builder) linkedTo(a Action) []linkedMeasure {
	var links []linkedMeasure
	for _, s := range b.named(a.Measures) {
		l := linkedMeasure{subject: s}
		l.became, l.Effect = b.effect(a, s.Reading)
		links = append(links, l)
	}
	return links
}

// planned says how an action's dates moved, in sentences: against the day first agreed, and,
// of one that is open past its day, how late it is.
func (b *builder) planned(a Action) (when string, slips []string) {
	w := b.fixed
	key, until, moved := "plan.due", a.Due, "plan.moved"
	switch {
	case !a.Completed.IsZero():
		key, until, moved = "plan.complete", a.Completed, "plan.later"
	case a.Due.IsZero():
		return w.text("plan.no-date"), nil
	}
	if slipped(a) {
		slips = append(slips, w.text(moved, "day", w.longDay(a.FirstDue), "time", w.apart(a.FirstDue, until)))
	}
	if b.late(a) {
		slips = append(slips, w.text("plan.late", "day", w.longDay(b.AsAt), "time", w.apart(a.Due, b.AsAt)))
	}
	return w.text(key, "day", w.longDay(until)), slips
}

// slipped says that an action was complete later than was first agreed, or is now to be.
func slipped(a Action) bool {
	until := a.Due
	if !a.Completed.IsZero() {
		until = a.Completed
	}
	return !a.FirstDue.IsZero() && until.After(a.FirstDue)
}

// late says that an open action is past the day agreed for it now.
func (b *builder) late(a Action) bool {
	return a.Completed.IsZero() && !a.Due.IsZero() && b.AsAt.After(a.Due)
}

// apart is a length of time in words: in days up to two months, then in months.
func (w words) apart(from, to time.Time) string {
	days := math.Floor(to.Sub(from).Hours()/24 + .5)
	if days < 60 {
		return w.some("unit.day", days)
	}
	return w.some("unit.month", math.Round(days/30.44))
}
