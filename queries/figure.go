package queries

import (
	"slices"
	"time"

	"wherry/config"
)

// State says whether a Figure may be read, and if not, why.
type State string

// The states of a Figure; the comment is the mark printed in its place (Analysis Function
// shorthand).
const (
	Shown         State = "shown"
	Suppressed    State = "suppressed"     // [c] hidden to protect people
	NotSupplied   State = "not_supplied"   // [x] a return that this rests on has not come
	NotApplicable State = "not_applicable" // [z] nothing could be counted: the base is zero
	Pending       State = "pending"        // too young to judge: never counted as "no"
	Broken        State = "broken"         // [b] its period lies across a change of definition
)

// Figure is one number fit to publish. Value, Low and High are in the measure's unit:
// percent for proportion and for the categories of a distribution, a count for count and for
// the whole of a distribution, events per `per` people for rate, days for duration, what the
// header's measured_in says for mean, change and estimate. They are NaN unless State is
// Shown; Low and High are NaN where there is no interval. Numerator may be read only when
// State is Shown, and is given for count, proportion, rate and distribution (HasNumerator);
// Base only when BaseShown: an estimate has none.
type Figure struct {
	Period      config.Period
	Area        string // area code
	Breakdown   string // "" for the whole
	Category    string // "" for the whole
	State       State
	Value       float64
	Low, High   float64 // 95% interval
	Numerator   int64
	Base        int64 // denominator: records, people at risk or population
	BaseShown   bool
	Within      []Share // duration only: share done within fixed days
	Slowest     Slowest // duration only, where State is Shown or Pending
	Open        int64   // duration only: not yet ended; HiddenOpen where that is hidden
	People      int64   // rate with people only: how many people the events befell
	PeopleShown bool
	Paired      *Paired // change only, where State is Shown
	Provisional bool
	Warnings    []string
}

// HiddenOpen stands in Figure.Open where the number not yet ended is hidden.
const HiddenOpen int64 = -1

// Paired is what stands beside a mean change. Before and After are the means of those with
// both scores. Shares are percentages of the paired, with intervals. A number that is
// hidden, or that nothing gives, is NaN; Started is HiddenOpen where it is hidden.
type Paired struct {
	Started, Paired       int64 // who gave a first score, and who gave both
	Before, After         float64
	Improved, Same, Worse Share   // Days is not used
	AtCeiling             float64 // share whose second score is the highest there is; NaN without a scale
	LeaversBefore         float64 // mean first score of those who gave no second
	MayRegress            bool    // chosen for their score, or far from the usual: some would move with no effect at all
}

// HasNumerator says whether the measure's Figures have a Numerator.
func (m *Measure) HasNumerator() bool {
	switch m.Kind {
	case Count, Proportion, Rate, Distribution:
		return true
	}
	return false
}

// Share is the part of a duration's cases done within Days, in percent (Kaplan-Meier); NaN
// where no case has been followed for so long.
type Share struct {
	Days             int
	Value, Low, High float64
}

// Slowest is the day by which nine in ten of a duration's cases had ended (Kaplan-Meier), with
// its 95% interval. State is Pending where fewer than nine in ten had, and Suppressed where the
// slowest tenth is a small group; the numbers are NaN unless it is Shown, and where the interval
// is open.
type Slowest struct {
	State           State
	Days, Low, High float64
}

// Result is what an audience may see of one Measure, with what the statistics say of it.
type Result struct {
	Measure *Measure
	Figures []Figure
	Reading Reading
	Hidden  Hidden
	Held    []config.Period // given as an earlier edition gave them: too few have changed since
	Rules   config.Audience // what the figures were held to
	Merged  []string        // breakdowns whose categories were put together; see the function Merge
	// Statement is the SQL that counted the measure's rows, for who wants to know how a
	// figure came about.
	Statement string

	Unitaries []string // the areas of the second set, where the measure is given for it
}

// Hidden counts what disclosure control withheld in one Result. Lowered is the counts that
// were to be open to level 2 and could be kept to level 1 alone.
type Hidden struct {
	Cells, Hidden, Lowered int
}

// Series is the figures of one kind of period for an area and category, in time order.
func (r *Result) Series(kind config.PeriodKind, area, breakdown, category string) []Figure {
	var fs []Figure
	for _, f := range r.Figures {
		if f.Period.Kind == kind && f.Area == area && f.Breakdown == breakdown && f.Category == category {
			fs = append(fs, f)
		}
	}
	return fs
}

// At is every figure of one Period under one breakdown; breakdown "" gives the areas of both sets.
func (r *Result) At(p config.Period, breakdown string) []Figure {
	var fs []Figure
	for _, f := range r.Figures {
		if f.Period == p && f.Breakdown == breakdown {
			fs = append(fs, f)
		}
	}
	return fs
}

// Places is the figures of one Period by DistrictBreakdown or by UnitaryBreakdown.
func (r *Result) Places(p config.Period, set string) []Figure {
	return slices.DeleteFunc(r.At(p, ""), func(f Figure) bool {
		return f.Area == r.whole() || slices.Contains(r.Unitaries, f.Area) != (set == UnitaryBreakdown)
	})
}

// Unknown is the percentage of a period that a breakdown cannot place: not recorded, not
// known or not asked. ok is false where a number it is made from is not shown.
func (r *Result) Unknown(p config.Period, breakdown string) (percent float64, ok bool) {
	var unknown, whole int64
	for _, f := range r.Figures {
		switch {
		case f.Period != p || f.Area != r.whole():
		case f.Breakdown == "":
			if !f.BaseShown || f.Base == 0 {
				return 0, false
			}
			whole = f.Base
		case f.Breakdown == breakdown && slices.Contains(notKnown(), f.Category):
			n, shown := f.Base, f.BaseShown
			if r.Measure.Kind == Distribution {
				n, shown = f.Numerator, f.State == Shown
			}
			if !shown {
				return 0, false
			}
			unknown += n
		}
	}
	if whole == 0 {
		return 0, false
	}
	return 100 * float64(unknown) / float64(whole), true
}

// whole is the area of the partnership: the first Figure's.
func (r *Result) whole() string {
	if len(r.Figures) == 0 {
		return ""
	}
	return r.Figures[0].Area
}

// notKnown is the categories that say that nothing is known.
func notKnown() []string { return []string{notRecorded, "not known", "not asked", "unknown"} }

// Change is the verdict on a series.
type Change string

// The verdicts of ux section 4.2.
const (
	TooFew    Change = "too_few"   // fewer than 12 points
	NoChange  Change = "no_change" // common cause
	Improving Change = "improving"
	Concern   Change = "concern"
	Different Change = "different"  // special cause, and no direction is better
	NotJudged Change = "not_judged" // hidden, broken, or of a kind no chart can judge
)

// Assurance is what the current limits say of the target.
type Assurance string

// The assurances of the NHS grammar, in words that do not blame.
const (
	NoTarget    Assurance = "no_target"
	Expected    Assurance = "expected" // to meet the target
	MayOrMayNot Assurance = "may_or_may_not"
	NotExpected Assurance = "not_expected"
	TooEarly    Assurance = "too_early"
)

// Point is one plotted month: its figure, and the rule that flagged it.
type Point struct {
	Figure Figure
	Rule   string // "", outside, trend, two_of_three, shift
	High   bool   // which side, for a flagged point
	Better bool   // flagged in the better direction

	Lower, Centre, Upper float64 // the chart's lines at this point, in the measure's unit; NaN where there are none
}

// Reading is what the statistics say of one Measure in one Quarter. Every sentence and
// mark on a page is made from it and from nothing else.
type Reading struct {
	Headline                 Figure        // the number the page leads with
	Period                   config.Period // the headline's period
	Parts                    []Figure      // distribution only: the categories of the headline
	Points                   []Point       // the judged series, oldest first
	Chart                    string        // p, p_prime, u_prime, c, g, xmr, seasonal; run: a median alone; trend: no line
	ChartWhy                 Phrase        // why this chart
	Limits                   Limits        // of the judged series
	Change                   Change
	Rule                     string        // rule that flags the last point
	High                     bool          // which side
	Run                      int           // points in the run or trend that holds the last point
	Since                    config.Period // when it began: of a shift, the point from which a step fits best
	Assurance                Assurance
	Returns, ReturnsExpected int    // of the feeds the measure reads, for the quarter
	Why                      Phrase // reason for NotJudged or for a chart without limits
	Breaks                   []Break
	Refusals                 []config.Definition // what may not be said of this measure, and why
	Cautions                 []config.Definition // what to bear in mind, and breaks whose day is not known
}

// Break is a place where a series begins anew: Period is the first whole period after it.
// Where the Definition is a break the figures on either side cannot be compared; otherwise
// limits alone are reset, for the reason it names.
type Break struct {
	Period     config.Period
	Definition config.Definition
}

// Limits are process limits in the measure's unit; Trial from 12 to 19 points.
type Limits struct {
	Mean, Lower, Upper float64
	From, To           config.Period // the baseline
	N                  int           // points that the limits rest on
	Points             int           // points of the stretch they are judged by
	Trial              bool
	OK                 bool // there are limits
}

// Return is one expected return of a feed and what came of it.
type Return struct {
	Agency, Feed      string
	Period            config.Period
	Due               time.Time
	Arrived           time.Time // zero when nothing came
	Rows, Quarantined int64
	Submission        int
	Status            string   // on_time, late, missing, not_due
	Remarks           []Remark // what is to be looked at in it: see MarkReturns
}
