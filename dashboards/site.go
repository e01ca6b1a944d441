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
	Results     []*queries.Result    // every measure, in catalogue order
	Returns     []queries.Return     // every expected return of the last 12 months
	Quarantined []queries.BrokenRule // rows kept out of the quarter's returns
	InDoubt     []queries.BrokenRule // rows of them that were kept and are in doubt
	Late        []queries.LateRows   // that belong to the quarter, or came with its returns
	Actions     []Action             // of the joint plan, in its order; may be empty
	Previous    string               // folder of this audience in the edition before, "" for none
	Build       string               // version of the binary
	Editorial   *Editorial           // boards, glossary and signed notes: what LoadEditorial gives
	Lineage     queries.Lineage      // the views behind the measures
}

// steps make the files of a site, each step its own.
func (b *builder) steps() []func() error {
	return []func() error{
		b.scorecard, b.exceptions, b.improvementAreas,
		b.measureList, b.families, b.measures,
		b.districtPages, b.agencies, b.needsAssessment, b.actionPlan,
		b.dataQuality, b.changes,
		b.methods, b.glossary, b.accessibility,
		b.data, b.analysts, b.assets, b.logo,
	}
}

// link is an item of the navigation, with the key of its words.
type link struct{ File, Key string }

// Navigation is the same on every page, and names the pages that there are.
func (b *builder) Navigation() []link {
	links := []link{
		{"index.html", "nav.scorecard"},
		{"exceptions.html", "nav.exceptions"},
		{"measures.html", "nav.measures"},
	}
	if len(b.districtsOf()) > 0 {
		links = append(links, link{"districts/index.html", "nav.districts"})
	}
	if len(b.Partnership.Agencies) > 0 {
		links = append(links, link{"agencies.html", "nav.agencies"})
	}
	if b.Editorial.Needs != nil {
		links = append(links, link{"needs/index.html", "nav.needs"})
	}
	return append(links, link{"actions.html", "nav.actions"}, link{"data-quality.html", "nav.quality"}, link{"methods.html", "nav.methods"})
}
