package queries

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"wherry/config"
)

var (
	idForm     = regexp.MustCompile(`^[A-Z]{2}[0-9]+$`)
	slugForm   = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	columnForm = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	ageForm    = regexp.MustCompile(`^(\d+)(?:\+|-(\d+))$`)
)

// reservedColumns are the names with a meaning of their own: no breakdown may take one.
func reservedColumns() []string {
	return []string{"at", DistrictBreakdown, UnitaryBreakdown, "met", "days", "ended", "value", "low", "high", "before", "after", CategoryBreakdown}
}

// lint adds every fault of a header that was read.
func (h *header) lint() {
	h.lintPlace()
	h.lintRequired()
	h.lintChoices()
	h.lintKind()
	h.lintChoicesOfKind()
	h.lintBreakdowns()
	h.lintWords()
	for i := range h.Examples {
		h.lintExample(&h.Examples[i])
	}
}

func (h *header) lintPlace() {
	if !slices.Contains(familySlugs(), h.Family) {
		h.complain("", fmt.Sprintf("%q is not a family", h.Family), didYouMean(h.Family, familySlugs()))
	}
	if !slugForm.MatchString(h.Slug) {
		h.complain("", "the file name is not lower-case words joined by hyphens", "name it like police-referrals-complete.sql")
	}
	if h.ID != "" && !idForm.MatchString(h.ID) {
		h.complain("id", fmt.Sprintf("id %q is not two capitals and a number", h.ID), "write id: RQ9")
	}
	if len([]rune(h.Short)) > 40 {
		h.complain("short", "short is longer than 40 characters", "shorten it: it stands in lists")
	}
}

func (h *header) lintRequired() {
	needed := []struct{ key, value string }{
		{"id", h.ID}, {"title", h.Title}, {"question", h.Question}, {"counts", h.Counts}, {"kind", string(h.Kind)},
		{"better", h.Better}, {"source", h.Source}, {"owner", h.Owner}, {"cannot_tell", h.CannotTell},
	}
	if h.Kind == Proportion {
		needed = append(needed, struct{ key, value string }{"met", h.Met})
	}
	for _, n := range needed {
		if _, given := h.at[n.key]; strings.TrimSpace(n.value) == "" {
			msg := n.key + " is missing"
			if given {
				msg = n.key + " is empty"
			}
			h.complain(n.key, msg, "")
		}
	}
	if len(h.Examples) == 0 {
		h.complain("examples", "no example", "give rows and the cells they must make; wherry measure new writes one")
	}
	if _, given := h.at["feeds"]; !given {
		h.complain("feeds", "feeds is missing", "name the extracts it rests on, e.g. feeds: [agency_referral]; [] where it rests on none in particular")
	}
	if h.Target != nil && strings.TrimSpace(h.Target.Source) == "" {
		h.complain("target", "the target has no source", shapeHint("target"))
	}
}

// choose complains where value is not one of the choices.
func (h *header) choose(key, value string, choices []string) {
	if value != "" && !slices.Contains(choices, value) {
		h.complain(key, fmt.Sprintf("unknown %s %q", key, value), didYouMean(value, choices))
	}
}

func (h *header) lintChoices() {
	h.choose("kind", string(h.Kind), kindNames())
	h.choose("better", h.Better, []string{"up", "down", "neither"})
	h.choose("protects", h.Protects, []string{"people", "nobody"})
	h.choose("headline", h.Headline, knownPeriods())
	for _, p := range h.Periods {
		h.choose("periods", p, knownPeriods())
	}
	for _, a := range h.Answers {
		h.choose("answers", a, findings())
	}
	if !slices.Contains(h.PeriodKinds(), h.HeadlineKind()) {
		h.complain("headline", fmt.Sprintf("the headline is by %s, which is not one of its periods", h.HeadlineKind()),
			"name one of periods: "+strings.Join(h.Periods, ", "))
	}
}

func (h *header) lintBreakdowns() {
	seen := map[string]bool{}
	for _, b := range h.Breakdowns {
		switch {
		case !columnForm.MatchString(b):
			h.complain("breakdowns", fmt.Sprintf("breakdown %q is not a column name", b), shapeHint("breakdowns"))
		case slices.Contains(reservedColumns(), b) || b == h.Unit:
			h.complain("breakdowns", fmt.Sprintf("breakdown %q has a meaning of its own", b), "districts come by themselves; name the column otherwise")
		case seen[b]:
			h.complain("breakdowns", fmt.Sprintf("breakdown %q is named twice", b), "")
		}
		seen[b] = true
	}
	if h.Unit != "" && (!columnForm.MatchString(h.Unit) || slices.Contains(reservedColumns(), h.Unit)) {
		h.complain("unit", fmt.Sprintf("unit %q is not a column name of its own", h.Unit), "write unit: child_key")
	}
}

func (h *header) lintWords() {
	texts := []struct {
		key, text string
		title     bool
	}{
		{"title", h.Title, true}, {"short", h.Short, true}, {"question", h.Question, true}, {"counts", h.Counts, true},
		{"met", h.Met, true}, {"moves", h.Moves, true}, {"against", h.Against, true}, {"cannot_tell", h.CannotTell, false}, {"note", h.Note, false},
	}
	for _, t := range texts {
		for _, word := range wordsToMend(t.text, t.title) {
			h.complain(t.key, fmt.Sprintf("%s uses %q, which the house's word list leaves out", t.key, word),
				"say what was counted, without blame or cause")
		}
	}
}

func (h *header) lintExample(x *Example) {
	say := func(msg, hint string) {
		h.complain("examples", fmt.Sprintf("example %q: %s", x.Name, msg), hint)
	}
	if x.Name == "" {
		say("no name", "say in words what it shows")
	}
	if x.AsAt != "" {
		if _, err := time.Parse(time.DateOnly, x.AsAt); err != nil {
			say("as_at is not a date", "write as_at: 2026-10-31")
		}
	}
	if len(x.Given) == 0 || len(x.Want) == 0 {
		say("given or want is missing", "give rows and the cells they must make")
	}
	for _, w := range x.Want {
		if _, err := config.ParsePeriod(w.Period); err != nil {
			say(err.Error(), "")
		}
		for _, msg := range h.lintWant(w) {
			say(msg, "a "+string(h.Kind)+" gives "+strings.Join(wantKeys(h.Kind), ", "))
		}
		if w.Breakdown != "" && !slices.Contains(h.brokenDown(), w.Breakdown) {
			say(fmt.Sprintf("%q is not one of its breakdowns", w.Breakdown), didYouMean(w.Breakdown, h.brokenDown()))
		}
		if (w.Breakdown == "") != (w.Category == "") {
			say("breakdown and category go together", "")
		}
	}
}

// ages is the lowest and highest age of a population; 0 to 7 for "0-7", 16 and over for
// "16+".
func (p Population) ages() (from, to int, err error) {
	found := ageForm.FindStringSubmatch(p.Age)
	if found == nil {
		return 0, 0, fmt.Errorf("age %q is not a range of ages", p.Age)
	}
	from, _ = strconv.Atoi(found[1])
	if found[2] == "" {
		return from, 200, nil
	}
	to, _ = strconv.Atoi(found[2])
	return from, to, nil
}
