package dashboards

import (
	"time"

	"wherry/config"
	"wherry/queries"
)

// Site is everything one audience's pages are made from. Nothing in it is unfit for that
// audience to read: the numbers are Figures, after disclosure control.
type Site struct {
	Partnership *config.Partnership
	Audience    config.Audience
	Quarter     config.Period
	AsAt        time.Time // data received to this day
	Meeting     time.Time // of the board
	NextRelease time.Time
	Results     []*queries.Result // every measure, in catalogue order
	Returns     []queries.Return  // every expected return of the last 12 months
	Quarantined []Quarantined     // of the quarter's returns
	Actions     []Action          // of the joint plan, in its order; may be empty
	Previous    string            // folder of this audience in the edition before, "" for none
	Build       string            // version of the binary
	Editorial   *Editorial        // boards, glossary and signed notes: what LoadEditorial gives
	Lineage     queries.Lineage   // the views behind the measures
}

// Quarantined is the number of rows of one return kept out by one rule.
type Quarantined struct {
	Agency, Feed, Period, Rule string
	Rows                       int64
}
