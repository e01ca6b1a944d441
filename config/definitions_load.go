package config

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"time"
)

// DefinitionKind says what a Definition does to the figures it is about.
type DefinitionKind string

// The kinds of Definition.
const (
	Break   DefinitionKind = "break"   // figures before and after its day cannot be compared
	Refusal DefinitionKind = "refusal" // some reading of the figures is never given: see Refuses
	Warning DefinitionKind = "warning" // the reader is told, and nothing else changes
)

// What a Refusal may refuse, as Definition.Refuses names it.
const (
	RefuseChange    = "change"    // no judgement of change over time
	RefuseDirection = "direction" // a change is neither better nor worse
	RefuseTarget    = "target"    // no word on whether a target is to be met
	RefuseCompare   = "compare"   // no comparison of areas or agencies
)

// Definition is one entry of the definition ledger, config/definitions.yaml: where figures
// cannot be compared, what may not be said of them, or what to bear in mind, and who says so.
// It is about the Measures it names and every measure that rests on one of its Feeds.
type Definition struct {
	ID       string         `yaml:"id"`    // lower-case words joined by hyphens
	Title    string         `yaml:"title"` // short: it stands beside charts
	Kind     DefinitionKind `yaml:"kind"`
	On       string         `yaml:"on"` // YYYY-MM-DD, the first day of the new meaning; empty where it is not known here
	Measures []string       `yaml:"measures"`
	Feeds    []string       `yaml:"feeds"`
	Refuses  []string       `yaml:"refuses"` // of a refusal: change, direction, target, compare
	Says     string         `yaml:"says"`    // what the reader is told
	Source   string         `yaml:"source"`
	Rebase   bool           `yaml:"rebase"` // a warning from whose day charts take new limits; figures stay comparable
}

// Day is the first day of the new meaning, and whether it is known.
func (d Definition) Day() (time.Time, bool) {
	day, err := time.Parse(time.DateOnly, d.On)
	return day, err == nil
}

// ledger is the file config/definitions.yaml.
type ledger struct {
	Definitions []Definition `yaml:"definitions"`
}

var hyphened = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// loadDefinitions reads definitions.yaml and checks it against the feeds of p.
func loadDefinitions(fsys fs.FS, p *Partnership) ([]Definition, Problems) {
	var l ledger
	s := readStrict(fsys, "definitions.yaml", "yaml", ledger{}, &l)
	if s.broken {
		return nil, s.problems
	}
	seen := map[string]bool{}
	for i, d := range l.Definitions {
		at := fmt.Sprintf("definitions.%d", i)
		checkDefinition(d, at, p, s)
		if seen[d.ID] {
			s.add(at+".id", fmt.Sprintf("definition %q is named twice", d.ID), "")
		}
		seen[d.ID] = true
	}
	return l.Definitions, s.problems
}

func checkDefinition(d Definition, at string, p *Partnership, s *source) {
	if !hyphened.MatchString(d.ID) {
		s.add(at+".id", fmt.Sprintf("%q is not an id", d.ID), "use small letters and digits, with hyphens between words: marac-repeat")
	}
	for _, f := range []struct{ key, text string }{{"title", d.Title}, {"says", d.Says}, {"source", d.Source}} {
		if f.text == "" {
			s.add(at+"."+f.key, f.key+" is missing", "every definition says what it means and where that comes from")
		}
	}
	if _, known := d.Day(); d.On != "" && !known {
		s.add(at+".on", fmt.Sprintf("%q is not a date", d.On), "write it as 2026-10-31")
	}
	checkDefinitionKind(d, at, s)
	if len(d.Measures)+len(d.Feeds) == 0 {
		s.add(at, "it is about no measure", "name measures, or feeds whose measures it is about")
	}
	for j, m := range d.Measures {
		if !measureID.MatchString(m) {
			s.add(fmt.Sprintf("%s.measures.%d", at, j), fmt.Sprintf("%q is not the id of a measure", m), "ids are like RQ1")
		}
	}
	for j, f := range d.Feeds {
		if _, known := p.Contract(f); !known {
			s.add(fmt.Sprintf("%s.feeds.%d", at, j), fmt.Sprintf("there is no contract for feed %q", f), didYouMean(f, feedNames(p)))
		}
	}
}

func checkDefinitionKind(d Definition, at string, s *source) {
	kinds := []string{string(Break), string(Refusal), string(Warning)}
	if !slices.Contains(kinds, string(d.Kind)) {
		s.add(at+".kind", fmt.Sprintf("unknown kind %q", d.Kind), didYouMean(string(d.Kind), kinds))
		return
	}
	switch {
	case d.Kind == Refusal && len(d.Refuses) == 0:
		s.add(at+".refuses", "a refusal must say what it refuses", "refuses: [change], or direction, target, compare")
	case d.Kind != Refusal && len(d.Refuses) > 0:
		s.add(at+".refuses", "refuses belongs to a refusal", "write kind: refusal, or remove it")
	}
	choices := []string{RefuseChange, RefuseDirection, RefuseTarget, RefuseCompare}
	for j, r := range d.Refuses {
		if !slices.Contains(choices, r) {
			s.add(fmt.Sprintf("%s.refuses.%d", at, j), fmt.Sprintf("unknown refusal %q", r), didYouMean(r, choices))
		}
	}
	if d.Rebase && (d.Kind != Warning || d.On == "") {
		s.add(at+".rebase", "only a warning with a day can reset limits", "give on: a date; a break always begins new limits")
	}
}

func feedNames(p *Partnership) []string {
	var names []string
	for _, c := range p.Contracts {
		names = append(names, c.Feed)
	}
	return names
}

// DefinitionsFor is the entries of the ledger about a measure: by its id, or by a feed it
// rests on. Settings' events that reset limits come after them, as warnings.
func (p *Partnership) DefinitionsFor(measure string, feeds []string) []Definition {
	var about []Definition
	for _, d := range p.Definitions {
		byFeed := slices.ContainsFunc(d.Feeds, func(f string) bool { return slices.Contains(feeds, f) })
		if byFeed || slices.Contains(d.Measures, measure) {
			about = append(about, d)
		}
	}
	for _, e := range p.Events {
		if e.Rebase && slices.Contains(e.Measures, measure) {
			about = append(about, Definition{Title: e.Title, Kind: Warning, On: e.On, Measures: e.Measures,
				Says: e.Title, Source: "events in config/wherry.yaml", Rebase: true})
		}
	}
	return about
}
