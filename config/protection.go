package config

import (
	"cmp"
	"fmt"
	"slices"
)

// Choices of an Audience, the loosest first: how zeros are treated, and which rows would
// tell what is so of everybody in them.
const (
	ZerosShown     = "shown"
	ZerosHidden    = "hidden"
	ZerosSometimes = "sometimes" // what comes of shown where a row may not tell what is so of everybody in it
	ClassOff       = "off"
	ClassEverybody = "everybody"
	ClassAllButOne = "all_but_one"
)

// SensitiveLevel is the level to which measures marked sensitive are protected.
const SensitiveLevel = 2

func zeroChoices() []string  { return []string{ZerosShown, ZerosHidden} }
func classChoices() []string { return []string{ClassOff, ClassEverybody, ClassAllButOne} }

// For is the audience with the rules that a measure resting on some feeds is held to: the
// strictest of the audience's and those of each feed. Nothing is left to a default.
func (a Audience) For(feeds []string, sensitive bool) Audience {
	a.Zeros, a.Class, a.Level = cmp.Or(a.Zeros, ZerosShown), cmp.Or(a.Class, ClassEverybody), max(a.Level, 1)
	for _, f := range a.Feeds {
		if slices.ContainsFunc(f.Feeds, func(feed string) bool { return slices.Contains(feeds, feed) }) {
			a = a.Stricter(Audience{HideUpTo: f.HideUpTo, RoundTo: f.RoundTo, MinBase: f.MinBase, Zeros: f.Zeros, Class: f.Class, Level: f.Level})
		}
	}
	if sensitive {
		a.Level = max(a.Level, SensitiveLevel)
	}
	a.MinBase = max(a.MinBase, a.HideUpTo+1)
	return a
}

// Stricter is a held, rule by rule, to the stricter of its own and another's.
func (a Audience) Stricter(b Audience) Audience {
	a.HideUpTo, a.RoundTo, a.MinBase, a.Level = max(a.HideUpTo, b.HideUpTo), max(a.RoundTo, b.RoundTo), max(a.MinBase, b.MinBase), max(a.Level, b.Level)
	a.Zeros, a.Class = stricter(zeroChoices(), a.Zeros, b.Zeros), stricter(classChoices(), a.Class, b.Class)
	return a
}

func stricter(choices []string, a, b string) string {
	if slices.Index(choices, b) > slices.Index(choices, a) {
		return b
	}
	return a
}

// Held is a, which a measure is held to, where it shares counts with others that are held
// to group: threshold, rounding, bases and zeros are one for all of them, and a zero that
// one hides for its class the others do not show.
func (a Audience) Held(group Audience, classed bool) Audience {
	a.HideUpTo, a.RoundTo, a.MinBase, a.Zeros = group.HideUpTo, group.RoundTo, group.MinBase, group.Zeros
	if classed && !a.HidesZeros() {
		a.Zeros = ZerosSometimes
	}
	return a
}

// HidesZeros says that a zero is hidden as a small count is.
func (a Audience) HidesZeros() bool { return a.Zeros == ZerosHidden }

// ClassCoalition is how many people of a row may know their own answer without being able to
// tell that of all the others, for a measure of the audience's level; ok is false where rows
// are not looked at for that: below level 2, and where class is off.
func (a Audience) ClassCoalition() (people int64, ok bool) {
	switch {
	case a.Level < SensitiveLevel || a.Class == ClassOff:
		return 0, false
	case a.Class == ClassAllButOne:
		return 1, true
	}
	return 0, true
}

// protection checks the choices that an audience and the rules of its feeds share.
func (c *settingsCheck) protection(at, zeros, class string) {
	c.oneOf(at+"zeros", zeros, zeroChoices())
	c.oneOf(at+"class", class, classChoices())
}

func (c *settingsCheck) oneOf(path, value string, choices []string) {
	if value != "" && !slices.Contains(choices, value) {
		c.add(path, fmt.Sprintf("%q is not one of the choices", value), didYouMean(value, choices))
	}
}

// feedRules checks one entry of an audience's feeds: it may only ask for more.
func (c *settingsCheck) feedRules(at string, a Audience, f FeedRules) {
	a = a.For(nil, false)
	c.protection(at, f.Zeros, f.Class)
	if len(f.Feeds) == 0 {
		c.add(at+"feeds", "the rule names no feed", "list them: feeds: [marac_case]")
	}
	for _, n := range []struct {
		key                string
		given, usual, most int64
	}{{"hide_up_to", f.HideUpTo, a.HideUpTo, 1000}, {"round_to", f.RoundTo, a.RoundTo, 1000}, {"min_base", f.MinBase, a.MinBase, 10_000}, {"level", f.Level, a.Level, SensitiveLevel}} {
		c.between(at+n.key, n.given, 0, n.most)
		if n.given != 0 && n.given < n.usual {
			c.looser(at, n.key, a.ID, fmt.Sprint(n.usual))
		}
	}
	if f.Zeros != "" && stricter(zeroChoices(), f.Zeros, a.Zeros) != f.Zeros {
		c.looser(at, "zeros", a.ID, a.Zeros)
	}
	if f.Class != "" && stricter(classChoices(), f.Class, a.Class) != f.Class {
		c.looser(at, "class", a.ID, a.Class)
	}
}

func (c *settingsCheck) looser(at, key, audience, usual string) {
	c.add(at+key, fmt.Sprintf("the rule of a feed is looser than that of its audience %q, which is %s", audience, usual),
		"a feed's rule can only be stricter: leave it out, or make it so for the audience")
}

// nesting finds what an audience held to a higher threshold would be shown although one
// with a lower threshold is not: who reads both would learn what the second hides.
func (c *settingsCheck) nesting() {
	for i, high := range c.Audiences {
		for _, low := range c.Audiences {
			if low.HideUpTo >= high.HideUpTo {
				continue
			}
			if high.For(nil, false).looserThan(low.For(nil, false)) {
				c.add(fmt.Sprintf("audiences.%d", i), fmt.Sprintf("audience %q has a looser rule than %q, which has a lower threshold", high.ID, low.ID),
					"make zeros, class, level, round_to and min_base at least as strict")
			}
			for _, f := range low.Feeds {
				for _, feed := range f.Feeds {
					if one := []string{feed}; high.For(one, false).looserThan(low.For(one, false)) {
						c.add(fmt.Sprintf("audiences.%d", i), fmt.Sprintf("audience %q has a looser rule for %s than %q, which has a lower threshold", high.ID, feed, low.ID),
							"give the feed a rule there too")
					}
				}
			}
		}
	}
}

// looserThan says that some rule of a is looser than b's.
func (a Audience) looserThan(b Audience) bool {
	s := a.Stricter(b)
	return s.HideUpTo != a.HideUpTo || s.RoundTo != a.RoundTo || s.MinBase != a.MinBase || s.Zeros != a.Zeros || s.Class != a.Class || s.Level != a.Level
}

// checkFeedNames finds the feeds of audiences' rules that no contract is for.
func checkFeedNames(p *Partnership, o *origin) Problems {
	if o.bad || len(p.Contracts) == 0 {
		return nil
	}
	c := &settingsCheck{Settings: &p.Settings, o: o}
	known := map[string]bool{}
	for _, contract := range p.Contracts {
		known[contract.Feed] = true
	}
	for i, a := range c.Audiences {
		for j, f := range a.Feeds {
			for k, feed := range f.Feeds {
				if !known[feed] {
					c.add(fmt.Sprintf("audiences.%d.feeds.%d.feeds.%d", i, j, k), fmt.Sprintf("unknown feed %q", feed), didYouMean(feed, keysOf(known)))
				}
			}
		}
	}
	return c.found
}
