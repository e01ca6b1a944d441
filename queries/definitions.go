package queries

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"wherry/config"
)

// LintWords holds to the house's word list what a partnership writes for its readers outside
// the measures: the definition ledger, published values, events, what is asked of the board,
// and what contracts say to senders.
func LintWords(p *config.Partnership) config.Problems {
	var found config.Problems
	say := func(file, what, text string, title bool) {
		for _, word := range wordsToMend(text, title) {
			found = append(found, config.Problem{File: "config/" + file, Msg: wordMsg(what, word), Hint: wordHint})
		}
	}
	for _, d := range p.Definitions {
		say("definitions.yaml", "the title of "+d.ID, d.Title, true)
		say("definitions.yaml", "what "+d.ID+" says", d.Says, false)
	}
	for _, v := range p.Published {
		say("reference/published.csv", "the title of "+v.Key, v.Title, true)
	}
	for _, e := range p.Events {
		say("wherry.yaml", fmt.Sprintf("the event of %s", e.On), e.Title, true)
	}
	for _, a := range p.Asks {
		say("wherry.yaml", fmt.Sprintf("the ask %q", a.Title), a.Title+". "+a.Detail, false)
	}
	for _, c := range p.Contracts {
		found = append(found, LintContract(c)...)
	}
	slices.SortStableFunc(found, func(a, b config.Problem) int { return strings.Compare(a.File, b.File) })
	return found
}

const wordHint = "say what happened or was counted, without blame or cause"

func wordMsg(what, word string) string {
	return fmt.Sprintf("%s uses %q, which the house's word list leaves out", what, word)
}

// LintContract holds what a contract says to its senders and readers to the house's word list.
func LintContract(c *config.Contract) config.Problems {
	var found config.Problems
	say := func(path, what, text string, title bool) {
		for _, word := range wordsToMend(text, title) {
			found = append(found, c.Problem(path, wordMsg(what, word), wordHint))
		}
	}
	say("title", "the title", c.Title, true)
	for _, r := range c.EveryRule() {
		say(r.At+".says", "the rule "+r.Code, r.Says, false)
	}
	for i, v := range c.Versions {
		say(fmt.Sprintf("versions.%d.says", i), "the version from "+v.From, v.Says, false)
	}
	return found
}

// LintLedger is what the ledger, events and measures name that is not there: measures that
// the catalogue does not hold, and published values that reference/published.csv does not.
func (c *Catalogue) LintLedger(p *config.Partnership) config.Problems {
	var found config.Problems
	named := func(file, what string, measures []string) {
		for _, id := range measures {
			if _, err := c.Find(id); err != nil {
				found = append(found, config.Problem{File: "config/" + file, Msg: what + " names " + id + ": " + err.Error(),
					Hint: "name a measure of this partnership, or take it out"})
			}
		}
	}
	for _, d := range p.Definitions {
		named("definitions.yaml", "definition "+d.ID, d.Measures)
	}
	for _, e := range p.Events {
		named("wherry.yaml", "the event of "+e.On, e.Measures)
	}
	var keys []string
	for _, v := range p.Published {
		keys = append(keys, v.Key)
	}
	for _, m := range c.Measures {
		published := func(what, key string) {
			if key != "" && !slices.Contains(keys, key) {
				found = append(found, config.Problem{File: m.Path, Line: 1, Msg: fmt.Sprintf("%s %q is no key of config/reference/published.csv", what, key),
					Hint: didYouMean(key, keys)})
			}
		}
		published("benchmark", m.Benchmark)
		for _, category := range slices.Sorted(maps.Keys(m.Local)) {
			published("the local share", m.Local[category])
		}
	}
	return found
}
