package config

import (
	"fmt"
	"slices"
	"strings"
)

// Merge is a rule by which the categories of a breakdown are put together before anything is
// hidden: where more than WhenSmall percent of them would be small, the coarser ones of Into
// take their place, in every period and for every audience.
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

// MergeFor is the rule for a breakdown, nil where there is none.
func (s *Settings) MergeFor(breakdown string) *Merge {
	for i := range s.Merge {
		if s.Merge[i].Breakdown == breakdown {
			return &s.Merge[i]
		}
	}
	return nil
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
	seen := map[string]bool{}
	for i, m := range c.Merge {
		at := fmt.Sprintf("merge.%d.", i)
		switch {
		case !lowerSnake.MatchString(m.Breakdown):
			c.add(at+"breakdown", fmt.Sprintf("%q is not the name of a breakdown", m.Breakdown), "write breakdown: age_group")
		case seen[m.Breakdown]:
			c.add(at+"breakdown", fmt.Sprintf("the breakdown %q has a rule already", m.Breakdown), "keep one")
		}
		seen[m.Breakdown] = true
		c.between(at+"when_small", m.WhenSmall, 0, 99)
		list := p.Codes[m.Codes]
		if list == nil {
			c.add(at+"codes", fmt.Sprintf("unknown code list %q", m.Codes), didYouMean(m.Codes, keysOf(p.Codes)))
			continue
		}
		if len(m.Into) == 0 {
			c.add(at+"into", "the rule has nothing to put categories into", "write into: [{name: under 18, of: [unborn, 0-7, 8-17]}]")
		}
		c.mergeInto(at, m, list)
	}
	return c.found
}

// mergeInto checks the coarser categories of one rule against the finer ones that there are.
func (c *settingsCheck) mergeInto(at string, m Merge, list *CodeList) {
	var codes []string
	for _, code := range list.Codes {
		codes = append(codes, code.Code)
	}
	taken, names := map[string]bool{}, map[string]bool{}
	for i, g := range m.Into {
		here := fmt.Sprintf("%sinto.%d.", at, i)
		switch {
		case strings.TrimSpace(g.Name) == "":
			c.add(here+"name", "name is missing", "")
		case names[g.Name]:
			c.add(here+"name", fmt.Sprintf("the category %q is made twice", g.Name), "put all that it is made of in one place")
		case slices.Contains(codes, g.Name) && !slices.Contains(g.Of, g.Name):
			c.add(here+"name", fmt.Sprintf("%q is a category that is not in it", g.Name), "choose another name, or put it in")
		}
		names[g.Name] = true
		if len(g.Of) < 2 {
			c.add(here+"of", fmt.Sprintf("%q puts fewer than two categories together", g.Name), "one that stays as it is need not be named")
		}
		for j, category := range g.Of {
			switch {
			case !slices.Contains(codes, category):
				c.add(fmt.Sprintf("%sof.%d", here, j), fmt.Sprintf("unknown category %q of %s", category, m.Breakdown), didYouMean(category, codes))
			case taken[category]:
				c.add(fmt.Sprintf("%sof.%d", here, j), fmt.Sprintf("the category %q is in two groups", category), "put each into one")
			}
			taken[category] = true
		}
	}
}
