package audit

import (
	"slices"
	"strconv"
)

// The parts of a row that are counts of the same cases: its base; of a proportion, those that
// met it and the rest; of a rate its events (as met), the people they befell and the events
// beyond the first of each; of a duration, those open and those ended; of a change, those who started, those of them who left, and how
// those with both scores moved.
const (
	partBase     = "base"
	partMet      = "met"
	partRest     = "rest"
	partPeople   = "people"
	partRepeats  = "repeats"
	partStarted  = "started"
	partLeft     = "left"
	partImproved = "improved"
	partSame     = "same"
	partWorse    = "worse"
	partCeiling  = "ceiling"
	partBelow    = "below"
	partOpen     = "open"
	partEnded    = "ended"
)

// category is the breakdown that divides a distribution.
const category = "category"

// fewestPairs is the smallest group for which a change may be given.
const fewestPairs = 10

// kinds are the kinds of measure that the auditor understands.
var kinds = []string{"count", "proportion", "rate", "duration", "mean", "change", "distribution", "estimate"}

// checkKnown complains of whatever in a measure's data file the auditor does not understand:
// what it cannot read it cannot vouch for.
func (a *audience) checkKnown(r *Report, m *measure) {
	file := a.folder + "/" + m.file()
	if !slices.Contains(kinds, m.Kind) {
		r.add(file, m.ID, RuleUnknown, "the auditor does not know this kind of measure")
		return
	}
	if m.Kind == "estimate" && m.people() {
		r.add(file, m.ID, RuleUnknown, "an estimate counts nobody, and this one says that it protects people")
	}
	told := map[string]bool{}
	for _, row := range m.rows {
		r.Checked++
		if why := m.unknown(row); why != "" && !told[why] { // once: a fault of many rows is one fault
			told[why] = true
			r.add(file, row.where(), RuleUnknown, why)
		}
	}
}

// unknown is what the auditor does not understand of a row, "" where it does.
func (m *measure) unknown(row row) string {
	shown := row.value != ""
	_, err := strconv.ParseFloat(row.value, 64)
	switch {
	case shown && err != nil:
		return "the value is not a number"
	case !slices.Contains([]string{"month", "quarter", "year", "rolling", "pooled"}, row.kind):
		return "the auditor does not know this kind of period"
	case row.breakdown != "" && row.breakdown != category && !slices.Contains(m.Breakdowns, row.breakdown),
		row.breakdown == category && m.Kind != "distribution" && !slices.Contains(m.Breakdowns, category):
		return "the breakdown is not in the catalogue"
	case shown && row.markValue != "" && row.markValue != "p",
		!shown && !slices.Contains([]string{"c", "x", "z", "p", "b"}, row.markValue):
		return "the mark of the value is not one that the auditor knows"
	case row.base < 0 && !slices.Contains([]string{"c", "x", "z", "p", "b"}, row.markBase), row.base >= 0 && row.markBase != "":
		return "the mark of the base is not one that the auditor knows"
	case !shown && (row.numerator >= 0 || row.low != "" || row.high != ""):
		return "a row without a value has numbers that belong to one"
	case m.Kind == "rate" && shown && row.base <= 0:
		return "a rate is printed without the people it is for"
	}
	if want := m.unitOf(row); want != "" && row.unit != want {
		return "the unit is not that of the measure's kind"
	}
	return ""
}

// unitOf is the unit that a row of m is in, "" for one that the header chooses.
func (m *measure) unitOf(row row) string {
	switch {
	case m.Kind == "proportion", m.isPart(row):
		return "percent"
	case m.Kind == "rate":
		return "per " + strconv.FormatInt(m.Per, 10)
	case m.Kind == "duration":
		return "days"
	case m.Kind == "count", m.Kind == "distribution":
		return "number"
	}
	return ""
}

// isPart says that a row is a category of a distribution, whose numerator is its own count
// and whose base is that of the whole.
func (m *measure) isPart(row row) bool { return m.Kind == "distribution" && row.breakdown != "" }

// averages says that values of m are means of what people answered.
func (m *measure) averages() bool { return m.Kind == "mean" || m.Kind == "change" }

// fewest is the smallest group for which a value of m may be printed.
func (m *measure) fewest() int64 {
	if m.Kind == "change" {
		return max(m.MinBase, fewestPairs)
	}
	return m.MinBase
}

// additive says how a part adds up over periods, areas and categories: exactly; or as
// distinct people do, where the whole is at most the sum of its parts and, if monotone, at
// least each of them.
func (m *measure) additive(part string) (exact, monotone bool) {
	switch {
	case part == partPeople:
		return false, true
	case !m.Distinct:
		return true, true
	}
	// someone who met it in one part and not in another counts as having met it in the whole
	return false, part != partRest && part != partLeft && part != partBelow && part != partWorse && part != partSame
}

// summed are the parts of m that are tied over periods, areas and categories.
func (m *measure) summed() []string {
	switch m.Kind {
	case "proportion":
		return []string{partBase, partMet, partRest}
	case "rate":
		return []string{partMet, partPeople}
	case "change":
		return []string{partBase, partStarted, partLeft, partImproved, partSame, partWorse, partCeiling, partBelow}
	}
	return []string{partBase}
}
