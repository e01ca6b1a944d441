package queries

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"wherry/config"
)

var benchmarkForm = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func kindNames() []string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, string(k))
	}
	return names
}

// findings is what a measure may answer: the five of the Norfolk letter and the ten of the
// Hertfordshire one.
func findings() []string {
	var all []string
	for i := range 5 {
		all = append(all, fmt.Sprintf("NFK%d", i+1))
	}
	for i := range 10 {
		all = append(all, fmt.Sprintf("HRT%d", i+1))
	}
	return all
}

// lintKind holds each key that belongs to some kinds against the measure's.
func (h *header) lintKind() {
	h.lintRate()
	h.lintDuration()
	h.lintScores()
	h.belongs("measured_in", h.MeasuredIn != "", Mean, PairedChange, Estimate)
	if h.is(Mean, PairedChange, Estimate) && h.MeasuredIn == "" {
		h.complain("measured_in", "measured_in is missing", "say what the value is in, such as measured_in: nights")
	}
	h.belongs("categories", len(h.Categories) > 0, Distribution)
	for i, c := range h.Categories {
		if strings.TrimSpace(c) == "" || slices.Contains(h.Categories[:i], c) {
			h.complain("categories", fmt.Sprintf("the category %q is empty or named twice", c), shapeHint("categories"))
		}
	}
	h.lintPathway()
	h.belongs("unit", h.Unit != "", Count, Proportion, Rate, Distribution)
	if h.Kind == Estimate && h.Protects != "nobody" {
		h.complain("protects", "an estimate is modelled: it counts nobody", "write protects: nobody")
	}
	if h.Kind == Estimate && len(h.Breakdowns) > 0 {
		h.complain("breakdowns", "an estimate has no breakdowns: the errors of its parts are not known", "remove breakdowns")
	}
}

// mostStages is how many stages a pathway may have: more cannot be drawn on a page.
const mostStages = 4

// lintPathway holds the stages of a pathway against the categories, which are paths through them.
func (h *header) lintPathway() {
	h.belongs("pathway", len(h.Pathway) > 0, Distribution)
	if len(h.Pathway) == 0 {
		return
	}
	if len(h.Pathway) < 2 || len(h.Pathway) > mostStages || slices.ContainsFunc(h.Pathway, func(s string) bool { return strings.TrimSpace(s) == "" }) {
		h.complain("pathway", fmt.Sprintf("a pathway has two to %d stages, each with a name", mostStages), shapeHint("pathway"))
		return
	}
	longest := 0
	for _, c := range h.Categories {
		longest = max(longest, len(PathOf(c)))
	}
	if longest != len(h.Pathway)-1 {
		h.complain("pathway", fmt.Sprintf("the pathway names %d stages after the first, and the longest category has %d steps", len(h.Pathway)-1, longest),
			`the steps of a category are parted by ", then ": categories: ["no further action", "a referral, then an assessment"]`)
	}
}

func (h *header) is(kinds ...Kind) bool { return slices.Contains(kinds, h.Kind) }

// belongs complains of a key that is given and belongs to other kinds.
func (h *header) belongs(key string, given bool, kinds ...Kind) {
	if !given || h.is(kinds...) || !slices.Contains(Kinds(), h.Kind) {
		return
	}
	var names []string
	for _, k := range kinds {
		names = append(names, string(k))
	}
	h.complain(key, fmt.Sprintf("%s belongs to %s, and this is a %s", key, strings.Join(names, ", "), h.Kind), "remove it, or mend the kind")
}

func (h *header) lintRate() {
	h.belongs("people", h.People != "", Rate)
	if h.Kind != Rate {
		if h.Per != 0 || h.Population != nil {
			h.complain("kind", "per and population belong to a rate", "write kind: rate, or remove them")
		}
		return
	}
	if h.Per <= 0 {
		h.complain("per", "a rate needs per", "write per: 10000")
	}
	if h.Population == nil {
		h.complain("population", "a rate needs a population", shapeHint("population"))
	} else if _, _, err := h.Population.ages(); err != nil {
		h.complain("population", err.Error(), shapeHint("population"))
	} else {
		h.choose("population", h.Population.Sex, []string{"female", "male"})
	}
	for _, b := range h.Breakdowns {
		if h.Population == nil || b != h.Population.By {
			h.complain("breakdowns", "a rate is broken down by single years of age alone: the population of another category is not known", "write population: {age: 0-7, by: "+b+"} where its categories are years of age, or remove it")
		}
	}
	if p := h.Population; p != nil && p.By != "" && (!slices.Contains(h.Breakdowns, p.By) || h.People != "") {
		h.complain("population", fmt.Sprintf("by %q is not one of its breakdowns, or events are counted with their people", p.By), "name it in breakdowns")
	}
	if h.People != "" && (!columnForm.MatchString(h.People) || slices.Contains(reservedColumns(), h.People)) {
		h.complain("people", fmt.Sprintf("people %q is not a column name of its own", h.People), "write people: victim_key")
	}
	if h.People != "" && h.Unit != "" {
		h.complain("people", "a rate counts events of people, or units, not both", "remove unit")
	}
}

func (h *header) lintDuration() {
	h.belongs("within", len(h.Within) > 0, Duration)
	if h.Kind == Duration && len(h.Within) == 0 {
		h.complain("within", "a duration needs within", shapeHint("within"))
	}
	if !slices.IsSorted(h.Within) || slices.ContainsFunc(h.Within, func(d int) bool { return d < 0 }) {
		h.complain("within", "within is not in rising order", shapeHint("within"))
	}
}

// lintScores holds the keys of a mean and of a change against each other.
func (h *header) lintScores() {
	h.belongs("scale", h.Scale != nil, Mean, PairedChange)
	h.belongs("chosen_by_score", h.Chosen, PairedChange)
	h.belongs("usual", h.Usual != nil, PairedChange)
	h.belongs("moves", h.Moves != "", PairedChange)
	h.belongs("against", h.Against != "", PairedChange)
	if h.Scale != nil && h.Scale.Min >= h.Scale.Max {
		h.complain("scale", "the scale does not rise", shapeHint("scale"))
	}
	if h.Usual != nil && h.Scale != nil && (*h.Usual < h.Scale.Min || *h.Usual > h.Scale.Max) {
		h.complain("usual", "usual lies outside the scale", shapeHint("usual"))
	}
}

// lintChoicesOfKind holds the keys that point at other things: comparisons, pooling,
// published values and other measures.
func (h *header) lintChoicesOfKind() {
	for _, c := range h.Compare {
		h.choose("compare", c, append([]string{"district"}, h.brokenDown()...))
	}
	h.belongs("capacity", len(h.Capacity) > 0, Proportion)
	for _, b := range h.Capacity {
		h.choose("capacity", b, h.Breakdowns)
	}
	h.belongs("medians", len(h.Medians) > 0, Count, Proportion)
	for _, b := range h.Medians {
		h.choose("medians", b, h.Breakdowns)
	}
	if len(h.Medians) > 0 && h.Unit != "" {
		h.complain("medians", "a unit may be in several categories at once, so they have no median", "remove unit, or medians")
	}
	if _, given := h.at["pool"]; given {
		if h.Pool != config.PooledMonths {
			h.complain("pool", fmt.Sprintf("the rule pools %d months, not %d", config.PooledMonths, h.Pool), fmt.Sprintf("write pool: %d months", config.PooledMonths))
		}
		if len(h.brokenDown()) == 0 {
			h.complain("pool", "there is nothing to pool: the measure has no breakdowns", "name breakdowns, or remove pool")
		}
	}
	if h.Benchmark != "" && !benchmarkForm.MatchString(h.Benchmark) {
		h.complain("benchmark", fmt.Sprintf("benchmark %q is not a key of reference/published.csv", h.Benchmark), "write benchmark: marac_rate_england")
	}
	h.belongs("local_shares", len(h.Local) > 0, Proportion)
	for category, key := range h.Local {
		if category == "" || !benchmarkForm.MatchString(key) {
			h.complain("local_shares", fmt.Sprintf("%q: %q is not a category and a key of reference/published.csv", category, key), shapeHint("local_shares"))
		}
	}
	for _, id := range h.Reads {
		if id != "all" && !idForm.MatchString(id) {
			h.complain("reads", fmt.Sprintf("%q is not a measure's id", id), shapeHint("reads"))
		}
		if id == h.ID {
			h.complain("reads", "a measure cannot read itself", shapeHint("reads"))
		}
	}
}

// brokenDown is the breakdowns of m's Figures: those of its header, and the categories of a
// distribution.
func (m *Measure) brokenDown() []string {
	if m.Kind == Distribution {
		return append([]string{CategoryBreakdown}, m.Breakdowns...)
	}
	return m.Breakdowns
}
