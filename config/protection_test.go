package config_test

import (
	"testing"

	"wherry/config"
)

// protectionFaults are rules of audiences and feeds, and of categories put together, that
// are refused at their line.
func protectionFaults() []fault {
	const settings, base = "wherry.yaml", "min_base: 6"
	rule := func(r string) string { return base + ", feeds: [" + r + "]" }
	merge := func(into string) string {
		return "merge: [{breakdown: why, codes: reason, when_small: 25, into: [" + into + "]}]\nplace:"
	}
	steps := func(next string) string {
		return "merge: [{breakdown: why, codes: reason, into: [{name: any, of: [a, b]}]}, {breakdown: why, " + next + "}]\nplace:"
	}
	const second = "min_base: 6}\n  - {id: public, title: Public, hide_up_to: 9, round_to: 5, min_base: 30"
	return []fault{
		{"zeros", settings, base, base + ", zeros: hiden", `config/wherry.yaml:11: "hiden" is not one of the choices`, `"hidden"`},
		{"class", settings, base, base + ", class: all_but_on", `config/wherry.yaml:11: "all_but_on" is not one of the choices`, `"all_but_one"`},
		{"level", settings, base, base + ", level: 3", "config/wherry.yaml:11: 3 is outside 0 to 2", ""},
		{"rule of no feed", settings, base, rule("{hide_up_to: 9}"), "config/wherry.yaml:11: the rule names no feed", "feeds:"},
		{"rule of an unknown feed", settings, base, rule("{feeds: [visits], hide_up_to: 9}"), `config/wherry.yaml:11: unknown feed "visits"`, `"visit"`},
		{"unknown key of a rule", settings, base, rule("{feeds: [visit], hide_upto: 9}"), `config/wherry.yaml:11: unknown key "hide_upto"`, `"hide_up_to"`},
		{"looser threshold", settings, base, rule("{feeds: [visit], hide_up_to: 3}"), `config/wherry.yaml:11: the rule of a feed is looser than that of its audience "board", which is 5`, "only be stricter"},
		{"looser zeros", settings, base, base + ", zeros: hidden, feeds: [{feeds: [visit], zeros: shown}]", `config/wherry.yaml:11: the rule of a feed is looser than that of its audience "board", which is hidden`, "only be stricter"},
		{"looser class", settings, base, rule("{feeds: [visit], class: off}"), `config/wherry.yaml:11: the rule of a feed is looser`, "only be stricter"},
		{"looser audience", settings, base, base + ", zeros: hidden}\n  - {id: public, title: Public, hide_up_to: 9, min_base: 30", `config/wherry.yaml:12: audience "public" has a looser rule than "board"`, "at least as strict"},
		{"looser audience for a feed", settings, base, "feeds: [{feeds: [visit], hide_up_to: 12}], " + second, `config/wherry.yaml:12: audience "public" has a looser rule for visit than "board"`, "there too"},
		{"merge by an unknown list", settings, "place:", "merge: [{breakdown: why, codes: reasons, into: [{name: x, of: [a, b]}]}]\nplace:", `config/wherry.yaml:2: unknown code list "reasons"`, `"reason"`},
		{"merge of an unknown category", settings, "place:", merge("{name: any, of: [a, c]}"), `config/wherry.yaml:2: unknown category "c" of why`, `"a"`},
		{"category in two groups", settings, "place:", merge("{name: any, of: [a, b]}, {name: other, of: [b, a]}"), `config/wherry.yaml:2: the category "b" is in two groups`, "one"},
		{"group of one", settings, "place:", merge("{name: any, of: [a]}"), `config/wherry.yaml:2: "any" puts fewer than two`, "need not be named"},
		{"merge into nothing", settings, "place:", merge(""), "config/wherry.yaml:2: the rule has nothing to put categories into", "into:"},
		{"name of another category", settings, "place:", "merge: [{breakdown: why, codes: reason, into: [{name: a, of: [b, b]}]}]\nplace:", `config/wherry.yaml:2: "a" is a category already`, "another name"},
		{"second step from an unknown list", settings, "place:", steps("codes: reasons, into: [{name: y, of: [a, b]}]"), `config/wherry.yaml:2: unknown code list "reasons"`, `"reason"`},
		{"second step of what the first put together", settings, "place:", steps("codes: reason, into: [{name: y, of: [a, any]}]"), `config/wherry.yaml:2: unknown category "a" of why`, `"any"`},
		{"second step under a name that the first had", settings, "place:", steps("codes: reason, into: [{name: any, of: [any, any]}]"), `config/wherry.yaml:2: "any" is a category already`, "another name"},
		{"share", settings, "place:", "merge: [{breakdown: why, codes: reason, when_small: 100, into: [{name: x, of: [a, b]}]}]\nplace:", "config/wherry.yaml:2: 100 is outside 0 to 99", ""},
		{"no breakdown", settings, "place:", "merge: [{breakdown: Why not, codes: reason, into: [{name: x, of: [a, b]}]}]\nplace:", `config/wherry.yaml:2: "Why not" is not the name of a breakdown`, "age_group"},
	}
}

// TestAMeasureTakesTheStrictestOfItsFeeds, and nothing is left to a default.
func TestAMeasureTakesTheStrictestOfItsFeeds(t *testing.T) {
	a := config.Audience{HideUpTo: 5, RoundTo: 1, MinBase: 6, Feeds: []config.FeedRules{
		{Feeds: []string{"visit", "call"}, HideUpTo: 9},
		{Feeds: []string{"call"}, HideUpTo: 7, Zeros: config.ZerosHidden, Class: config.ClassAllButOne},
	}}
	for _, c := range []struct {
		name      string
		feeds     []string
		sensitive bool
		want      config.Audience
	}{
		{"no rule", []string{"letter"}, false, config.Audience{HideUpTo: 5, MinBase: 6, Zeros: config.ZerosShown, Class: config.ClassEverybody, Level: 1}},
		{"sensitive", nil, true, config.Audience{HideUpTo: 5, MinBase: 6, Zeros: config.ZerosShown, Class: config.ClassEverybody, Level: 2}},
		{"one rule, and a base that it asks for", []string{"letter", "visit"}, false, config.Audience{HideUpTo: 9, MinBase: 10, Zeros: config.ZerosShown, Class: config.ClassEverybody, Level: 1}},
		{"the strictest of two", []string{"call"}, false, config.Audience{HideUpTo: 9, MinBase: 10, Zeros: config.ZerosHidden, Class: config.ClassAllButOne, Level: 1}},
	} {
		got := a.For(c.feeds, c.sensitive)
		if got.HideUpTo != c.want.HideUpTo || got.MinBase != c.want.MinBase || got.Zeros != c.want.Zeros || got.Class != c.want.Class || got.Level != c.want.Level {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// TestTheStepsOfABreakdownGoTogether, whatever stands between them in the file.
func TestTheStepsOfABreakdownGoTogether(t *testing.T) {
	into := func(name string) []config.MergeInto { return []config.MergeInto{{Name: name, Of: []string{"a", "b"}}} }
	steps := config.MergeSteps([]config.Merge{{Breakdown: "why", Into: into("1")}, {Breakdown: "who", Into: into("2")}, {Breakdown: "why", Into: into("3")}})
	if len(steps) != 2 || len(steps[0]) != 2 || steps[0][0].Coarser("a") != "1" || steps[0][1].Coarser("a") != "3" || steps[1][0].Coarser("b") != "2" {
		t.Errorf("%+v", steps)
	}
}
