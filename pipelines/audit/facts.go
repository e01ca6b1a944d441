package audit

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// facts reads the numbers of a line that no data file holds, and holds them against the
// rules: people, those who started, shares done within so many days, means.
func (a *audience) facts(r *Report, file string, m *measure, data row, t table, l tableLine) {
	where := t.heads[0] + " " + l.label
	for i, cell := range l.cells {
		ns := numbersIn(cell)
		if i+1 >= len(t.heads) || len(ns) == 0 {
			continue
		}
		switch head := t.heads[i+1]; {
		case head == "People":
			a.countFact(r, file, where, m, data, partPeople, ns[0])
		case head == "Counted before":
			a.countFact(r, file, where, m, data, partStarted, ns[0])
		case head == "Before" || head == "After":
			if m.people() && tooFine(ns[0].text, m.leastBehind(data.base)) {
				r.add(file, where, RuleMean, "a mean is printed finer than the number behind it allows")
			}
		case head == medianHead:
			r.Checked++
			if !slices.ContainsFunc(m.Breakdowns, func(b string) bool { return m.settles(data, b, ns[0].value) }) {
				r.add(file, where, RuleUnknown, "a median does not follow from the counts printed")
			}
		case head == ratioHead:
			r.Checked++
			if local := slices.Index(t.heads, localHead) - 1; local < 0 || !ratioFollows(data, ns[0], numbersIn(l.cells[local])) {
				r.add(file, where, RuleShare, "a ratio to local people does not follow from what is printed")
			}
		case head == slowestHead:
			a.checkSlowest(r, file, where, m, data)
		case head == "Share done" || strings.HasPrefix(head, "Within "):
			a.checkDone(r, file, where, m, data, ns[0])
		case head == "Limits of chance" && !slices.Contains(limitWords, cell):
			r.add(file, where, RuleUnknown, "the auditor does not know what this says of the limits of chance")
		}
	}
}

// countFact holds a count that only a page prints against the rules, and keeps it.
func (a *audience) countFact(r *Report, file, where string, m *measure, data row, part string, n number) {
	r.Checked++
	v := int64(n.value)
	if !m.people() {
		return
	}
	if n.decimals > 0 {
		r.add(file, where, RuleUnknown, "a number of people is not whole")
		return
	}
	if m.tooSmall(v) {
		r.add(file, where, RuleSmall, "a small count is printed")
	}
	if v == 0 && part != partOpen && m.hidesZeros() {
		r.add(file, where, RuleZero, "a zero is printed, and zeros are hidden")
	}
	if m.RoundTo > 1 && v%m.RoundTo != 0 {
		r.add(file, where, RuleRounding, "a count is not rounded")
	}
	m.keep(fact{data.place(), part, m.leastBehind(v), m.mostBehind(v), false})
}

func (m *measure) keep(f fact) {
	if !slices.Contains(m.facts, f) {
		m.facts = append(m.facts, f)
	}
}

// shareFact keeps a percentage of a row's base as a count between two.
func (a *audience) shareFact(m *measure, data row, part string, n number) {
	if !m.people() || data.base < 0 {
		return
	}
	least, most := m.countOfShare(n, data.base)
	m.keep(fact{data.place(), part, least, most, true})
}

// countOfShare is the counts that a percentage of a printed base can stand for.
func (r rules) countOfShare(n number, base int64) (least, most int64) {
	least, _, _ = feasibleTo(n.exact(), n.decimals, max(1, r.leastBehind(base)), 100)
	_, most, _ = feasibleTo(n.exact(), n.decimals, max(1, r.mostBehind(base)), 100)
	return least, most
}

// checkDone holds the share done by a day against the rules. Cases still open count for as
// long as they are known, so that it stands for no count exactly, but for one no larger than
// itself: a share of so few that only a small count can be behind it gives that away.
func (a *audience) checkDone(r *Report, file, where string, m *measure, data row, n number) {
	r.Checked++
	if !m.people() || data.base <= 0 {
		return
	}
	least, most := m.countOfShare(n, data.base)
	if n.value > 0 && most <= m.HideUpTo && most >= 1 || least == most && m.tooSmall(least) {
		r.add(file, where, RuleSmall, "a share stands for a small count")
	}
}

// slowestHead heads the days by which nine in ten of a duration's cases had ended.
const slowestHead = "Days for nine in ten"

// checkSlowest holds the days for nine in ten against the rules: the slowest tenth is a group
// of its own, and may not be a small one.
func (a *audience) checkSlowest(r *Report, file, where string, m *measure, data row) {
	r.Checked++
	if m.people() && data.base < 10*(a.HideUpTo+1) {
		r.add(file, where, RuleBase, "days for nine in ten are printed where the slowest tenth is a small group")
	}
}

// checkRest holds the difference of each unit from the rest against the counts that the data
// file prints of them: made from others, it would tell of those hidden.
func (a *audience) checkRest(r *Report, file string, m *measure, t table) {
	at := slices.Index(t.heads, "Against the rest") - 1
	var events, size int64
	compared := func(l tableLine) bool {
		return l.row != nil && l.row.value != "" && l.row.numerator >= 0 && l.row.base > 0 && !notKnown(*l.row)
	}
	for _, l := range t.lines {
		if compared(l) {
			events, size = events+l.row.numerator, size+l.row.base
		}
	}
	for _, l := range t.lines {
		if at >= len(l.cells) || len(numbersIn(l.cells[at])) == 0 {
			continue
		}
		r.Checked++
		if !compared(l) || !m.restFollows(l.cells[at], *l.row, events-l.row.numerator, size-l.row.base) {
			r.add(file, t.heads[0]+" "+l.label, RulePage, "the difference from the rest does not follow from what is printed of them")
		}
	}
}

// notKnown says that a row is of those placed nowhere.
func notKnown(r row) bool {
	return r.breakdown == "" && r.area == "unknown" || slices.Contains([]string{"not recorded", "not known", "not asked", "unknown"}, r.category)
}

var signedForm = regexp.MustCompile(`[-−]?\d[\d,]*(?:\.\d+)?`)

// restFollows says whether a printed difference, with its interval, is that of a unit's
// printed counts from those of the others.
func (m *measure) restFollows(cell string, r row, events, size int64) bool {
	var said []float64
	for _, s := range signedForm.FindAllString(cell, -1) {
		v, err := strconv.ParseFloat(strings.ReplaceAll(strings.ReplaceAll(s, "−", "-"), ",", ""), 64)
		if err != nil {
			return false
		}
		said = append(said, v)
	}
	if len(said) != 3 || size <= 0 {
		return false
	}
	near := func(said, v, half float64) bool { return math.Abs(said-v) <= half+1e-6 }
	if m.Kind == "rate" {
		ratio := float64(r.numerator) / float64(r.base) / (float64(events) / float64(size))
		return strings.Contains(cell, "times") && near(said[0], ratio, 0.05) && said[1] <= ratio+0.05 && said[2] >= ratio-0.05
	}
	diff, low, high := newcombe(r.numerator, r.base, events, size)
	return near(said[0], 100*diff, 0.5) && near(said[1], 100*low, 0.5) && near(said[2], 100*high, 0.5)
}

// saying is a sentence that stands beside a table, and how to check what it says; without a
// check it says nothing of any count.
type saying struct {
	form  *regexp.Regexp
	check func(a *audience, m *measure, data row, says string, ns []number) bool
}

var sayings = []saying{
	{regexp.MustCompile(`^Limits are those of chance about the average of those shown: by chance alone 1 in 20 lies outside the inner limits and 1 in 500 outside the outer\.( \d+ (is|are) not shown and not part of the average\.)?[^\d]*$`), nil},
	{regexp.MustCompile(`^Beyond the limits: .*\. That asks for a closer look at the data and at the people served, and says nothing yet about practice\.$`), nil},
	{regexp.MustCompile(`^Clearly (above|below) the .* figure: .*$`), nil},
	{regexp.MustCompile(`^The new councils begin on \d{1,2} [A-Z][a-z]+ \d{4}\. Their boundaries need not follow those of districts\.$`), nil},
	{regexp.MustCompile(`^Worked out from: .*$`), nil},
	{regexp.MustCompile(`^Local people: .*$`), nil},
	{regexp.MustCompile(`^Not yet set beside local people: .*$`), nil},
	{regexp.MustCompile(`^(\S+)% could not be placed in any of these\.$`), saysUnknown},
	{regexp.MustCompile(`^It is not recorded for (\S+)%[.:][^\d]*$`), saysUnknown},
	{regexp.MustCompile(`^(\S+) had not ended when the data were received\.[^\d]*$`), saysOpen},
	{regexp.MustCompile(`^Of those counted both times, [^.]*(\.\d)?[^.]*\.$`), saysMoved},
	{regexp.MustCompile(`^(\S+) of the (\S+) counted before were not counted after \((\S+)%\)\.[^\d]*(They began at (-?[\d.]+) on average, against (-?[\d.]+|\[c\]) of those counted both times: how they are now is not known\.)?$`), saysLeft},
	{regexp.MustCompile(`^(\S+)% gave the highest score there is at the end, so any further change of theirs could not be seen\.$`), saysCeiling},
}

// checkWords holds the sentences of a section against its table. One with a number that the
// auditor cannot place is a Finding.
func (a *audience) checkWords(r *Report, page string, m *measure, section *html.Node) {
	var data []row
	for _, node := range find(section, func(n *html.Node) bool { return is("table")(n) && hasClass(n, "data") }) {
		if t, ok := readTable(node); ok {
			a.settle(m, &t)
			for _, l := range t.lines {
				if l.row != nil {
					data = append(data, *l.row)
				}
			}
		}
	}
	for _, words := range find(section, func(n *html.Node) bool { return hasClass(n, "words") }) {
		for _, says := range texts(find(words, is("p")), nil) {
			if len(numbersIn(says)) == 0 {
				continue
			}
			r.Checked++
			if why := a.saysMore(m, data, says); why != "" {
				r.add(a.folder+"/"+page, "section "+sectionName(section), RuleUnknown, why)
			}
		}
	}
}

// saysMore is why a sentence may say more than the data files, "" where it does not.
func (a *audience) saysMore(m *measure, data []row, says string) string {
	for _, s := range sayings {
		if !s.form.MatchString(says) {
			continue
		}
		if s.check == nil || slices.ContainsFunc(data, func(d row) bool { return s.check(a, m, d, says, numbersIn(says)) }) {
			return ""
		}
		return "a sentence does not follow from what is printed"
	}
	return "the auditor does not know what a sentence with a number says"
}

func sectionName(section *html.Node) string {
	for _, h := range find(section, is("h2")) {
		return attr(h, "id")
	}
	return ""
}

// saysUnknown checks the percentage placed nowhere against the printed counts of a period.
func saysUnknown(a *audience, m *measure, data row, _ string, ns []number) bool {
	var unknown, whole int64
	for _, r := range m.rows {
		n := r.base
		if m.Kind == "rate" || m.isPart(r) {
			n = r.numerator
		}
		switch {
		case r.period != data.period:
		case r.area == a.Area && r.breakdown == "":
			whole = n
		case notKnown(r) && r.breakdown == data.breakdown && (r.breakdown != "" || r.area != a.Area):
			if n < 0 {
				return false
			}
			unknown += n
		}
	}
	return whole > 0 && math.Abs(100*float64(unknown)/float64(whole)-ns[0].value) <= 0.5*math.Pow10(-ns[0].decimals)+1e-6
}

// saysOpen checks the number still open, and keeps it.
func saysOpen(a *audience, m *measure, data row, _ string, ns []number) bool {
	n := int64(ns[0].value)
	if !m.people() {
		return true
	}
	m.keep(fact{data.place(), partOpen, m.leastBehind(n), m.mostBehind(n), false})
	return data.base >= n && !m.tooSmall(n) && (m.RoundTo <= 1 || n%m.RoundTo == 0)
}

var movedForm = regexp.MustCompile(`([\d.]+)% (got better|rose|stayed the same|got worse|fell)`)

func saysMoved(a *audience, m *measure, data row, says string, ns []number) bool {
	part := map[string]string{"got better": partImproved, "rose": partImproved, "stayed the same": partSame, "got worse": partWorse, "fell": partWorse}
	if data.base < 0 {
		return false
	}
	found := movedForm.FindAllStringSubmatch(says, -1)
	for _, f := range found {
		a.shareFact(m, data, part[f[2]], numbersIn(f[1])[0])
	}
	return len(found) == len(ns)
}

func saysCeiling(a *audience, m *measure, data row, _ string, ns []number) bool {
	a.shareFact(m, data, partCeiling, ns[0])
	return true
}

// saysLeft checks those who left against those who started and those who stayed.
func saysLeft(a *audience, m *measure, data row, _ string, ns []number) bool {
	left, started := int64(ns[0].value), int64(ns[1].value)
	if data.base < 0 || left != started-data.base || math.Abs(100*float64(left)/float64(started)-ns[2].value) > 0.5*math.Pow10(-ns[2].decimals)+1e-6 {
		return false
	}
	return !m.people() || len(ns) < 4 || !tooFine(ns[3].text, m.leastBehind(left)) && m.leastBehind(left) >= m.MinBase
}
