package config

import (
	"fmt"
	"slices"
	"strings"
)

// Merge is a rule by which the categories of a breakdown are put together before anything is
// hidden: where more than WhenSmall percent of them would be small, the coarser ones of Into
// take their place, in every period and for every audience. A second rule for a breakdown is a
// further step: it puts together what the one before it made, where that is still too fine.
type Merge struct {
	Breakdown string      `mapstructure:"breakdown"`
	Codes     string      `mapstructure:"codes"`      // the code list that names its categories
	WhenSmall int64       `mapstructure:"when_small"` // percent of the categories' counts; 0 for always
	Into      []MergeInto `mapstructure:"into"`
}

// MergeInto is one coarser category and those it is made of.
type MergeInto struct {
	Name string   `mapstructure:"name"`
	Of   []string `mapstructure:"of"`
}

// MergeSteps is rules by breakdown, in the order of the first of each; the steps of a
// breakdown are in their order.
func MergeSteps(rules []Merge) [][]Merge {
	var all [][]Merge
	for _, m := range rules {
		i := slices.IndexFunc(all, func(steps []Merge) bool { return steps[0].Breakdown == m.Breakdown })
		if i < 0 {
			i = len(all)
			all = append(all, nil)
		}
		all[i] = append(all[i], m)
	}
	return all
}

// Coarser is the category that another is put into: itself, where the rule does not name it.
func (m *Merge) Coarser(category string) string {
	for _, g := range m.Into {
		if slices.Contains(g.Of, category) {
			return g.Name
		}
	}
	return category
}

// Makes says whether a category is one that others are put together into.
func (m *Merge) Makes(category string) bool {
	return slices.ContainsFunc(m.Into, func(g MergeInto) bool { return g.Name == category })
}

// checkMerges finds the faults of the rules by which categories are put together.
func checkMerges(p *Partnership, o *origin) Problems {
	if o.bad {
		return nil
	}
	c := &settingsCheck{Settings: &p.Settings, o: o}
	before := map[string]*Merge{}  // by breakdown
	fine := map[string][]string{}  // what is there for the next step
	taken := map[string][]string{} // what was there for any
	for i := range c.Merge {
		m, at := &c.Merge[i], fmt.Sprintf("merge.%d.", i)
		if !lowerSnake.MatchString(m.Breakdown) {
			c.add(at+"breakdown", fmt.Sprintf("%q is not the name of a breakdown", m.Breakdown), "write breakdown: age_group")
		}
		c.between(at+"when_small", m.WhenSmall, 0, 99)
		list := p.Codes[m.Codes]
		if list == nil {
			c.add(at+"codes", fmt.Sprintf("unknown code list %q", m.Codes), didYouMean(m.Codes, keysOf(p.Codes)))
			continue
		}
		if len(m.Into) == 0 {
			c.add(at+"into", "the rule has nothing to put categories into", "write into: [{name: under 18, of: [unborn, 0-7, 8-17]}]")
		}
		switch first := before[m.Breakdown]; {
		case first == nil:
			for _, code := range list.Codes {
				fine[m.Breakdown] = append(fine[m.Breakdown], code.Code)
			}
			taken[m.Breakdown] = fine[m.Breakdown]
		case first.Codes != m.Codes:
			c.add(at+"codes", fmt.Sprintf("the first step of %q takes its categories from %q", m.Breakdown, first.Codes), "write codes: "+first.Codes)
		}
		c.mergeInto(at, *m, fine[m.Breakdown], taken[m.Breakdown])
		before[m.Breakdown], fine[m.Breakdown] = m, m.coarserOf(fine[m.Breakdown])
		taken[m.Breakdown] = slices.Concat(taken[m.Breakdown], fine[m.Breakdown])
	}
	return c.found
}

// coarserOf is what categories become, once each.
func (m *Merge) coarserOf(categories []string) []string {
	var coarser []string
	for _, category := range categories {
		if into := m.Coarser(category); !slices.Contains(coarser, into) {
			coarser = append(coarser, into)
		}
	}
	return coarser
}

// mergeInto checks the coarser categories of one rule against the finer ones that there are.
// Each takes a name that no step before it had, so that an edition's categories say which
// steps were taken.
func (c *settingsCheck) mergeInto(at string, m Merge, finer, had []string) {
	taken, names := map[string]bool{}, map[string]bool{}
	for i, g := range m.Into {
		here := fmt.Sprintf("%sinto.%d.", at, i)
		switch {
		case strings.TrimSpace(g.Name) == "":
			c.add(here+"name", "name is missing", "")
		case names[g.Name]:
			c.add(here+"name", fmt.Sprintf("the category %q is made twice", g.Name), "put all that it is made of in one place")
		case slices.Contains(had, g.Name):
			c.add(here+"name", fmt.Sprintf("%q is a category already", g.Name), "choose another name, which says that others are in it")
		}
		names[g.Name] = true
		if len(g.Of) < 2 {
			c.add(here+"of", fmt.Sprintf("%q puts fewer than two categories together", g.Name), "one that stays as it is need not be named")
		}
		for j, category := range g.Of {
			switch {
			case !slices.Contains(finer, category):
				c.add(fmt.Sprintf("%sof.%d", here, j), fmt.Sprintf("unknown category %q of %s", category, m.Breakdown), didYouMean(category, finer))
			case taken[category]:
				c.add(fmt.Sprintf("%sof.%d", here, j), fmt.Sprintf("the category %q is in two groups", category), "put each into one")
			}
			taken[category] = true
		}
	}
}
