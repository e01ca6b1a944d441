package audit

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// besideColumns are the columns of data/<id>-beside.csv: numbers that pages print of a row
// and that its data file has no column for.
var besideColumns = []string{"measure", "period", "area", "breakdown", "category", "name", "value", "low", "high"}

// besideFile is where the numbers beside a measure's rows are, below the audience's folder.
func (m *measure) besideFile() string { return strings.TrimSuffix(m.file(), ".csv") + "-beside.csv" }

// checkBeside holds the numbers beside each measure's rows against the rules, and keeps them
// for the sums.
func (a *audience) checkBeside(r *Report) error {
	for _, m := range a.Measures {
		text, err := os.ReadFile(filepath.Join(a.dir, m.besideFile()))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return err
		}
		lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			return fmt.Errorf("%s: %w", m.besideFile(), err)
		}
		if len(lines) == 0 || !slices.Equal(lines[0], besideColumns) {
			return fmt.Errorf("%s: its columns are not those of such a file", m.besideFile())
		}
		rows := map[place]row{}
		for _, row := range m.rows {
			rows[row.place()] = row
		}
		said := map[place]map[string]number{}
		for _, l := range lines[1:] {
			at := place{l[1], l[2], l[3], l[4]}
			if said[at] == nil {
				said[at] = map[string]number{}
			}
			a.beside(r, m, rows, at, l, said[at])
		}
	}
	return nil
}

// beside holds one number against the rules. said is those of the same row that came before.
func (a *audience) beside(r *Report, m *measure, rows map[place]row, at place, l []string, said map[string]number) {
	file := a.folder + "/" + m.besideFile()
	name, data := l[5], rows[at]
	where := row{period: at.period, area: at.area, breakdown: at.breakdown, category: at.category}.where() + " " + name
	ns := numbersIn(l[6])
	done := strings.HasPrefix(name, "within_")
	// a duration more than half of which is open has shares done before it has a median
	if _, there := rows[at]; !there || len(ns) != 1 || data.value == "" && !((done || name == "open") && data.markValue == "p") {
		r.add(file, where, RuleUnknown, "a number belongs to no row that has a value")
		return
	}
	said[name] = ns[0]
	switch {
	case name == "people":
		a.countFact(r, file, where, m, data, partPeople, ns[0])
	case name == "started":
		a.countFact(r, file, where, m, data, partStarted, ns[0])
	case name == "open":
		a.countFact(r, file, where, m, data, partOpen, ns[0])
	case name == "paired":
		r.Checked++
		if int64(ns[0].value) != data.base {
			r.add(file, where, RuleShare, "those with both scores are not the base of the row")
		}
	case name == "before", name == "after":
		a.meanBeside(r, file, where, m, ns[0], data.base)
	case name == "leavers_before":
		a.meanBeside(r, file, where, m, ns[0], int64(said["started"].value)-data.base)
	case name == "local_share":
		r.Checked++
	case name == "local_ratio":
		r.Checked++
		if !ratioFollows(data, ns[0], []number{said["local_share"]}) {
			r.add(file, where, RuleShare, "a ratio to local people does not follow from what is printed")
		}
	case strings.HasPrefix(name, "median_"):
		r.Checked++
		if !m.settles(data, strings.TrimPrefix(name, "median_"), ns[0].value) {
			r.add(file, where, RuleUnknown, "a median does not follow from the counts printed")
		}
	case name == "nine_in_ten":
		a.checkSlowest(r, file, where, m, data)
	case done:
		a.checkDone(r, file, where, m, data, ns[0])
	case shareParts[name] != "":
		r.Checked++
		a.shareFact(m, data, shareParts[name], ns[0])
	default:
		r.add(file, where, RuleUnknown, "the auditor does not know this number")
	}
}

// shareParts are the parts that shares of those with both scores stand for.
var shareParts = map[string]string{"improved": partImproved, "same": partSame, "worse": partWorse, "at_ceiling": partCeiling}

// meanBeside holds a mean of n answers against the rules.
func (a *audience) meanBeside(r *Report, file, where string, m *measure, mean number, n int64) {
	r.Checked++
	if !m.people() {
		return
	}
	if n <= 0 || m.mostBehind(n) < m.MinBase {
		r.add(file, where, RuleBase, "a mean is printed of fewer than are allowed")
	}
	if tooFine(mean.text, m.leastBehind(n)) {
		r.add(file, where, RuleMean, "a mean is printed finer than the number behind it allows")
	}
}
