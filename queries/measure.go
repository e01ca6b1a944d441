package queries

import "strings"

// Kind decides what a Measure's rows mean and how they become numbers.
type Kind string

// The kinds this build knows.
const (
	Count        Kind = "count"
	Proportion   Kind = "proportion"
	Rate         Kind = "rate"
	Duration     Kind = "duration"
	Mean         Kind = "mean"         // of a number each row has
	PairedChange Kind = "change"       // after less before, of rows that have both
	Distribution Kind = "distribution" // how the whole divides into categories
	Estimate     Kind = "estimate"     // modelled: a value with its low and high
)

// Kinds is every kind, in the order they are told.
func Kinds() []Kind {
	return []Kind{Count, Proportion, Rate, Duration, Mean, PairedChange, Distribution, Estimate}
}

// CategoryBreakdown is the breakdown that a distribution has by itself.
const CategoryBreakdown = "category"

// pathStep parts the steps of a category that is a path: "a referral, then an assessment".
const pathStep = ", then "

// PathOf is the steps of a category of a pathway, from the stage after the first on.
func PathOf(category string) []string { return strings.Split(category, pathStep) }

// Measure is one .sql file of queries/measures: a header that defines it and a SELECT
// giving one row per thing counted.
type Measure struct {
	ID         string            `yaml:"id"` // RQ1: stable for ever; pages and data are named by it
	Title      string            `yaml:"title"`
	Short      string            `yaml:"short"` // at most 40 characters, for lists; Title where empty
	Question   string            `yaml:"question"`
	Counts     string            `yaml:"counts"`  // the base in words: "police referrals received"
	Met        string            `yaml:"met"`     // the numerator in words, for sentences: "had every core detail"
	Answers    []string          `yaml:"answers"` // inspectors' findings, NFK1..NFK5 and HRT1..HRT10
	Kind       Kind              `yaml:"kind"`
	Better     string            `yaml:"better"`   // up, down or neither
	Periods    []string          `yaml:"periods"`  // month quarter year rolling; all four where empty
	Headline   string            `yaml:"headline"` // kind of period the page leads with; quarter where empty
	Breakdowns []string          `yaml:"breakdowns"`
	Unit       string            `yaml:"unit"` // column counted distinctly; rows where empty
	Per        int64             `yaml:"per"`  // rate: per this many people
	Population *Population       `yaml:"population"`
	People     string            `yaml:"people"`          // rate: column of the person an event befell, for the interval and the number of people
	Within     []int             `yaml:"within"`          // duration: days at which the share done is given
	MeasuredIn string            `yaml:"measured_in"`     // mean, change, estimate: what the value is in: nights, points, people
	Scale      *Scale            `yaml:"scale"`           // mean, change: the lowest and highest answer
	Chosen     bool              `yaml:"chosen_by_score"` // change: people were chosen for their first score
	Usual      *float64          `yaml:"usual"`           // change: what people who were not chosen score on average
	Moves      string            `yaml:"moves"`           // change: what moves, in words; scores where empty
	Against    string            `yaml:"against"`         // change: whose movement has been taken off
	Categories []string          `yaml:"categories"`      // distribution: the order of its categories
	Pathway    []string          `yaml:"pathway"`         // distribution: its stages in words, where its categories are paths through them
	Compare    []string          `yaml:"compare"`         // breakdowns (or district) drawn with limits of chance
	Capacity   []string          `yaml:"capacity"`        // proportion: breakdowns drawn as what is in use against what there is room for
	Medians    []string          `yaml:"medians"`         // breakdowns into whole numbers whose median is given
	Pool       int               `yaml:"pool"`            // months that categories are pooled over; 0 for none
	Benchmark  string            `yaml:"benchmark"`       // key of a published value shown for reference, never a target
	Local      map[string]string `yaml:"local_shares"`    // proportion: category, or all -> key of the published share of local people
	Reads      []string          `yaml:"reads"`           // measures whose readings it is made from
	Target     *Target           `yaml:"target"`
	Matures    int               `yaml:"matures"`    // days before a row is judged
	LooksBack  int               `yaml:"looks_back"` // months of history a row needs: none is judged before its feeds have that much
	Protects   string            `yaml:"protects"`   // people (default) or nobody, for counts of feeds and actions
	Sensitive  bool              `yaml:"sensitive"`  // protected to level 2 whatever the audience
	Feeds      []string          `yaml:"feeds"`      // contracts it rests on
	Source     string            `yaml:"source"`
	Owner      string            `yaml:"owner"`
	CannotTell string            `yaml:"cannot_tell"`
	Note       string            `yaml:"note"` // what the reader must know of how it is counted
	Examples   []Example         `yaml:"examples"`

	Slug   string `yaml:"-"` // file name without .sql
	Family string `yaml:"-"` // folder
	Path   string `yaml:"-"`
	SQL    string `yaml:"-"` // the SELECT
	Text   string `yaml:"-"` // the whole file: header and SELECT
	Line   int    `yaml:"-"` // line of the file on which SQL begins
}

// Population is who a rate is per: ages From to To inclusive, of a sex or of all.
type Population struct {
	Sex string `yaml:"sex"` // female, male or empty for all
	Age string `yaml:"age"` // "16+", "0-7"
	By  string `yaml:"by"`  // the breakdown whose categories are single years of age, each with its own people
}

// Scale is the lowest and highest answer a question takes.
type Scale struct {
	Min float64 `yaml:"min"`
	Max float64 `yaml:"max"`
}

// Target is a real target, with where it comes from.
type Target struct {
	Value  float64 `yaml:"value"`
	Source string  `yaml:"source"`
}

// Example is rows given to core views and the cells they must make.
type Example struct {
	Name  string                      `yaml:"name"`
	AsAt  string                      `yaml:"as_at"` // YYYY-MM-DD; far in the future where empty
	Given map[string][]map[string]any `yaml:"given"` // core noun -> rows
	Want  []Want                      `yaml:"want"`
}
