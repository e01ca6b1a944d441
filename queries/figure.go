package queries

import (
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
)

// Figure is one number fit to publish. Value, Low and High are in the measure's unit:
// percent for proportion, a count for count, events per `per` people for rate, days for
// duration. They are NaN unless State is Shown; Low and High are NaN where there is no
// interval. Numerator may be read only when State is Shown, and is not given for a duration;
// Base only when BaseShown.
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
	Open        int64   // duration only: not yet ended; HiddenOpen where that is hidden
	Provisional bool
	Warnings    []string
}

// HiddenOpen stands in Figure.Open where the number not yet ended is hidden.
const HiddenOpen int64 = -1

// Share is the part of a duration's cases done within Days, in percent (Kaplan-Meier).
type Share struct {
	Days             int
	Value, Low, High float64
}

// Result is what an audience may see of one Measure, with what the statistics say of it.
type Result struct {
	Measure *Measure
	Figures []Figure
	Reading Reading
	Hidden  Hidden
}

// Hidden counts what disclosure control withheld in one Result.
type Hidden struct {
	Cells, Hidden int
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

// At is every figure of one Period under one breakdown; breakdown "" gives the areas.
func (r *Result) At(p config.Period, breakdown string) []Figure {
	var fs []Figure
	for _, f := range r.Figures {
		if f.Period == p && f.Breakdown == breakdown {
			fs = append(fs, f)
		}
	}
	return fs
}

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
}

// Reading is what the statistics say of one Measure in one Quarter. Every sentence and
// mark on a page is made from it and from nothing else.
type Reading struct {
	Headline                 Figure        // the number the page leads with
	Period                   config.Period // the headline's period
	Points                   []Point       // the judged series, oldest first
	Chart                    string        // xmr, trend
	Limits                   Limits        // of the judged series
	Change                   Change
	Rule                     string        // rule that flags the last point
	High                     bool          // which side
	Run                      int           // points in the run or trend that holds the last point
	Since                    config.Period // first point of that run
	Assurance                Assurance
	Returns, ReturnsExpected int    // of the feeds the measure reads, for the quarter
	Why                      string // reason for NotJudged or for a chart without limits
}

// Limits are process limits in the measure's unit; Trial from 12 to 19 points.
type Limits struct {
	Mean, Lower, Upper float64
	From, To           config.Period // the baseline
	N                  int
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
	Status            string // on_time, late, missing, not_due
}
